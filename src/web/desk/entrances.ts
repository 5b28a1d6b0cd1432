import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { newVersion } from '../../app/accounts.ts'
import type { App } from '../../app/app.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import { ENTRANCE_PAYLOAD, readEntrance } from '../../engine/entrance.ts'
import type { Point } from '../../engine/facts.ts'
import { dayOf } from '../../engine/hours.ts'
import { ACT_SETTINGS } from '../../engine/outreach.ts'
import { ENTRANCE_OF_CONTEST } from '../../engine/quiz/contest.ts'
import { bumpingDirectory } from '../../store/directory.ts'
import { addingEntrance, allEntrances, type EntranceRow, endingEntrance } from '../../store/entrances.ts'
import { countEntrances } from '../../store/outreach.ts'
import { readForm } from '../form-fields.ts'
import { cardsPage, type Door, type EntranceDraft, entrancesPage } from '../pages/desk/entrances.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { writtenDay } from './call-day.ts'
import { fewWords } from './entrance-words.ts'
import { idOfForm } from './id-of-form.ts'
import { choicesOf, SETTING_WORDS } from './outreach-words.ts'
import { type DeskEnv, readerOf, staffName } from './who.ts'

type C = Context<DeskEnv>

export interface EntrancePlaces {
  publicUrl: string | null
  telegram: string | null
  /** The link of the Zalo bot that takes new people now; null where there is none. */
  zalo: () => Promise<string | null>
}

/**
 * The shelves that a card may offer first. None of those who use or have been through rehabilitation: the code stays
 * with the conversation, and where somebody came from must never say that of them.
 */
const SHELVES: Readonly<Record<string, string>> = {
  'hoc-sinh': 'Học sinh, sinh viên',
  'phu-huynh': 'Cha mẹ, người thân',
  'nguoi-lao-dong': 'Người lao động, quán xá',
  'moi-nguoi': 'Ai cũng nên biết',
}
const DONE: Readonly<Record<string, string>> = {
  mo: 'Đã mở lối vào. Bạn in thẻ ở dưới.',
  thoi: 'Đã thôi dùng: thẻ cũ vẫn mở được trò chuyện, không mở ngăn bài nào nữa.',
}
const NAME = 80

/** Lối vào: cards with a code for a school, a company, a commune or an event. */
export function entranceRoutes(app: App, places: EntrancePlaces): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/loi-vao', (c) => {
    const points = pointsFor(c, 'entrance.edit')
    const point = points.find(({ id }) => id === c.get('who').member.point) ?? points[0]
    return show(c, { ...EMPTY, point: point?.id ?? '' }, randomUUID(), null)
  })
  routes.post('/desk/loi-vao', async (c) => {
    const form = await readForm(c)
    const text = (name: string) => form.one(name).normalize('NFC').trim()
    const formId = form.one('id').slice(0, 100) || randomUUID()
    const draft: EntranceDraft = {
      name: text('name'),
      code: text('code').toLowerCase(),
      setting: text('setting'),
      audience: text('audience'),
      point: text('point'),
    }
    if (!allowed(c, 'entrance.edit', draft.point)) return refuse(c)
    const { id: by } = c.get('who').member
    const code =
      draft.code === ''
        ? `the-${idOfForm(app, 'entrance', by, formId)
            .toLowerCase()
            .replaceAll(/[^a-z0-9]/g, '')
            .slice(0, 6)}`
        : draft.code
    const known = await allEntrances(app.store)
    const mine = known.find((one) => one.code === code && one.by === by && one.name === draft.name)
    if (mine) return c.redirect('/desk/loi-vao?xong=mo', 303)
    const setting = ACT_SETTINGS.find((one) => one === draft.setting)
    const problem =
      draft.name === '' || draft.name.length > NAME
        ? `tên có từ 1 đến ${NAME} ký tự.`
        : setting === undefined
          ? 'bạn chọn nơi.'
          : draft.audience !== '' && !(draft.audience in SHELVES)
            ? 'bạn chọn ngăn bài.'
            : readEntrance(code) === null
              ? 'mã chỉ có chữ thường không dấu, số và gạch nối, tối đa 40 ký tự.'
              : code.startsWith(ENTRANCE_OF_CONTEST) ||
                  known.some((one) => one.code === code) ||
                  app.book().kits?.some(({ id }) => id === code)
                ? `mã “${code}” đã có nơi dùng, bạn chọn mã khác.`
                : null
    if (problem !== null || setting === undefined) return show(c, draft, formId, `Chưa mở: ${problem}`)
    const { name, audience, point } = draft
    await audited(c, 'entrance.edit', null, { about: code, point }, [
      addingEntrance({ code, name, setting, audience, point, by, at: app.now() }),
      bumpingDirectory(newVersion(app)),
    ])
    return c.redirect('/desk/loi-vao?xong=mo', 303)
  })
  routes.post('/desk/loi-vao/:code/thoi', async (c) => {
    const row = await find(c, 'entrance.edit')
    if (row instanceof Response) return row
    const writes = [endingEntrance(row.code, app.now()), bumpingDirectory(newVersion(app))]
    await audited(c, 'entrance.edit', null, { about: row.code, point: row.point }, writes)
    return c.redirect('/desk/loi-vao?xong=thoi', 303)
  })
  routes.get('/desk/loi-vao/:code/the', async (c) => {
    const row = await find(c, 'outreach.read')
    if (row instanceof Response) return row
    const { renderSVG } = await import('uqr')
    const doors = (await doorsOf(c, row.code)).map((door) => ({ ...door, qr: renderSVG(door.href, { border: 2 }) }))
    return c.html(
      cardsPage({
        code: row.code,
        name: row.name,
        sheet: c.req.query('kho') === 'a4' ? 'a4' : 'a6',
        doors,
      }),
    )
  })
  return routes

  /** Where a card leads: the web chat always, the platforms where the house has a bot there. */
  async function doorsOf(c: C, code: string): Promise<readonly Door[]> {
    const base = places.publicUrl ?? new URL(c.req.url).origin
    const web = `${base}/chat?vao=${code}`
    const zalo = await places.zalo()
    return [
      { name: 'Web', href: web, shown: web.replace(/^https?:\/\//, '') },
      ...(zalo === null ? [] : [{ name: 'Zalo', href: zalo, shown: zalo.replace(/^https?:\/\//, '') }]),
      ...(places.telegram === null
        ? []
        : [
            {
              name: 'Telegram',
              href: `${places.telegram}?start=${ENTRANCE_PAYLOAD}${code}`,
              shown: places.telegram.replace(/^https?:\/\//, ''),
            },
          ]),
    ]
  }

  async function find(c: C, action: Action): Promise<EntranceRow | Response> {
    const row = (await allEntrances(app.store)).find(({ code }) => code === c.req.param('code'))
    if (!row) return c.html(errorPage(404), 404)
    return allowed(c, action, row.point) ? row : refuse(c)
  }

  async function show(c: C, draft: EntranceDraft, formId: string, problem: string | null): Promise<Response> {
    const { member } = c.get('who')
    if (!mayEver('outreach.read', member)) return refuse(c)
    const came = await countEntrances(app.store)
    const rows = (await allEntrances(app.store)).filter(({ point }) => allowed(c, 'outreach.read', point))
    const points = pointsFor(c, 'entrance.edit')
    const view = {
      reader: readerOf(c.get('who')),
      items: rows.toReversed().map((row) => ({
        code: row.code,
        name: row.name,
        facts: [
          SETTING_WORDS[row.setting],
          row.audience === '' ? 'hỏi như thường' : `mở ngăn “${SHELVES[row.audience] ?? row.audience}” trước`,
          `${fewWords(came.get(row.code) ?? 0)} cuộc trò chuyện bắt đầu từ đây`,
          `${staffName(app, row.by)} mở ngày ${writtenDay(dayOf(row.at))}`,
        ].join(' · '),
        ended: row.endedAt !== null,
        mayEnd: row.endedAt === null && allowed(c, 'entrance.edit', row.point),
      })),
      mayMake: points.length > 0,
      points: points.map(({ id, name }) => ({ value: id, label: name })),
      settings: choicesOf(SETTING_WORDS),
      shelves: choicesOf(SHELVES),
      hasZalo: (await places.zalo()) !== null,
      draft,
      formId,
      problem,
      done: DONE[c.req.query('xong') ?? ''] ?? null,
    }
    return c.html(entrancesPage(view), problem === null ? 200 : 400)
  }

  function allowed(c: C, action: Action, point: string): boolean {
    const { member } = c.get('who')
    const above = app.directory().points.find(({ id }) => id === point)?.above
    return may(action, member, { point, above })
  }

  function pointsFor(c: C, action: Action): readonly Point[] {
    return app.directory().points.filter(({ id }) => allowed(c, action, id))
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}

const EMPTY: EntranceDraft = { name: '', code: '', setting: 'school', audience: '', point: '' }
