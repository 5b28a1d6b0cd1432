import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import type { TalkKit } from '../../engine/book.ts'
import type { Point } from '../../engine/facts.ts'
import { dayOf } from '../../engine/hours.ts'
import { ACT_AUDIENCES, ACT_KINDS, ACT_SETTINGS, type OutreachAct } from '../../engine/outreach.ts'
import { readPlace } from '../../engine/place.ts'
import {
  type ActRow,
  actsBetween,
  addingAct,
  countActs,
  countEntrances,
  readAct,
  withdrawingAct,
} from '../../store/outreach.ts'
import { BY_SHEET, readingOf } from '../../store/readings.ts'
import { type Form, readForm } from '../form-fields.ts'
import { type ActDraft, actFormPage, kitPage, kitsPage, outreachPage } from '../pages/desk/outreach.ts'
import { errorPage } from '../pages/error.ts'
import { paragraphs } from '../pages/line-text.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { isDay, midnightOf, writtenDay } from './call-day.ts'
import { signedBy } from './content-words.ts'
import { fewWords } from './entrance-words.ts'
import { idOfForm } from './id-of-form.ts'
import { AUDIENCE_WORDS, choicesOf, KIND_WORDS, SETTING_WORDS } from './outreach-words.ts'
import { type DeskEnv, readerOf, staffName } from './who.ts'

type C = Context<DeskEnv>

const DAY_MS = 86_400_000
const OLDEST_DAYS = 366
const MOST_PEOPLE = 100_000
const SHOWN = 200
const ALREADY_READ = 'lần đọc này đã được ghi ở trang Loa (cùng bài, cùng nơi, cùng ngày), ghi nữa thì đếm hai lần.'
const DONE: Readonly<Record<string, string>> = { ghi: 'Đã ghi hoạt động.', rut: 'Đã rút, không đếm nữa.' }

/** Hoạt động: the register of what is done outside the chat, and the kits for it. */
export function outreachRoutes(app: App, places: { publicUrl: string | null }): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/hoat-dong', async (c) => {
    const { member } = c.get('who')
    if (!mayEver('outreach.read', member)) return refuse(c)
    const points = pointsFor(c, 'outreach.read').map(({ id }) => id)
    const today = dayOf(app.now())
    const given = (name: string, otherwise: string) => {
      const day = c.req.query(name) ?? ''
      return isDay(day) ? day : otherwise
    }
    const [from, to] = [given('tu', `${today.slice(0, 8)}01`), given('den', today)]
    const rows = await actsBetween(app.store, points, from, to, SHOWN + 1)
    const view = {
      reader: readerOf(c.get('who')),
      from,
      to,
      counts: (await countActs(app.store, points, from, to)).map((one) => ({ ...one, kind: KIND_WORDS[one.kind] })),
      items: rows.slice(0, SHOWN).map((row) => ({
        id: row.id,
        when: writtenDay(row.day),
        kind: KIND_WORDS[row.kind],
        facts: factsOf(row),
        note: row.note,
        withdrawn: row.withdrawnBy !== null,
        mayWithdraw: row.withdrawnBy === null && allowed(c, 'outreach.write', row.point),
      })),
      more: rows.length > SHOWN,
      formId: randomUUID(),
      mayWrite: mayEver('outreach.write', member),
      done: DONE[c.req.query('xong') ?? ''] ?? null,
    }
    return c.html(outreachPage(view))
  })

  routes.get('/desk/hoat-dong/moi', (c) => {
    const points = pointsFor(c, 'outreach.write')
    const point = points.find(({ id }) => id === c.get('who').member.point) ?? points[0]
    const first = app.directory().communes.find(({ id }) => id === point?.communes[0])
    const draft = {
      ...EMPTY,
      day: dayOf(app.now()),
      point: point?.id ?? '',
      commune: first ? communeName(first.id) : '',
    }
    return form(c, draft, randomUUID(), null)
  })
  routes.post('/desk/hoat-dong/moi', async (c) => {
    const sent = await readForm(c)
    const draft = draftOf(sent)
    const formId = sent.one('id').slice(0, 100) || randomUUID()
    if (!allowed(c, 'outreach.write', draft.point)) return refuse(c)
    const read = readActForm(draft)
    if ('problem' in read) return form(c, draft, formId, `Chưa ghi: ${read.problem}`)
    const { act } = read
    const told = act.kind === 'loudspeaker' ? await readingOf(app.store, { ...act, topic: act.content }) : null
    if (told) return form(c, draft, formId, `Chưa ghi: ${ALREADY_READ}`)
    const { member } = c.get('who')
    const id = idOfForm(app, 'outreach', member.id, formId)
    await audited(c, 'outreach.write', null, { about: id, point: draft.point }, [
      addingAct({ ...act, id, by: member.id, at: app.now() }),
    ])
    return c.redirect('/desk/hoat-dong?xong=ghi', 303)
  })
  routes.post('/desk/hoat-dong/:id/rut', async (c) => {
    const row = await readAct(app.store, c.req.param('id'))
    if (!row) return c.html(errorPage(404), 404)
    if (!allowed(c, 'outreach.write', row.point)) return refuse(c)
    const { id } = c.get('who').member
    await audited(c, 'outreach.write', null, { about: row.id, point: row.point }, [withdrawingAct(row.id, id)])
    return c.redirect('/desk/hoat-dong?xong=rut', 303)
  })

  routes.get('/desk/bo-noi-chuyen', async (c) => {
    if (!mayEver('outreach.read', c.get('who').member)) return refuse(c)
    const came = await countEntrances(app.store)
    const kits = kitsOf().map((kit) => {
      const count = came.get(kit.id) ?? 0
      const by = count === 0 ? '' : ` · ${fewWords(count)} cuộc trò chuyện bắt đầu từ mã trên giấy`
      return { id: kit.id, title: kit.title, facts: `${kitFacts(kit)}${by}` }
    })
    return c.html(kitsPage({ reader: readerOf(c.get('who')), kits }))
  })
  routes.get('/desk/bo-noi-chuyen/:id', async (c) => {
    if (!mayEver('outreach.read', c.get('who').member)) return refuse(c)
    const kit = kitsOf().find(({ id }) => id === c.req.param('id'))
    if (!kit) return c.html(errorPage(404), 404)
    const book = app.book()
    const address = places.publicUrl === null ? null : `${places.publicUrl}/chat?vao=${kit.id}`
    const { renderSVG } = await import('uqr')
    const cards = kit.topics.flatMap((id) => {
      const topic = book.topics.find((one) => one.id === id)
      if (!topic) return []
      const reviewed = topic.reviewed === null ? 'chưa có người chuyên môn duyệt' : signedBy(topic.reviewed)
      const words = (book.words(`topic.${id}.card`, 'vi') ?? []).flatMap((text) =>
        paragraphs({ from: 'bot', text: withoutNames(text) }),
      )
      return [{ title: topic.title, paragraphs: words, note: `Tính đến ${writtenDay(topic.asOf)}, ${reviewed}.` }]
    })
    return c.html(
      kitPage({
        title: kit.title,
        facts: kitFacts(kit),
        before: kit.before,
        outline: kit.outline.map(({ minutes, text }) => ({ minutes, paragraphs: text.trim().split('\n') })),
        cards,
        quiz: kit.quiz,
        qr: address === null ? null : renderSVG(address, { border: 2 }),
        address,
      }),
    )
  })
  return routes

  function kitsOf(): readonly TalkKit[] {
    return app.book().kits ?? []
  }

  function allowed(c: C, action: Action, point: string): boolean {
    const above = app.directory().points.find(({ id }) => id === point)?.above
    return may(action, c.get('who').member, { point, above })
  }

  function pointsFor(c: C, action: Action): readonly Point[] {
    return app.directory().points.filter(({ id }) => allowed(c, action, id))
  }

  function communeName(id: string): string {
    const commune = app.directory().communes.find((one) => one.id === id)
    return commune ? `${commune.name}, ${commune.province}` : id
  }

  function factsOf(row: ActRow): string {
    const content = contents().find(({ value }) => value === row.content)?.label
    return [
      `${communeName(row.commune)}${row.hamlet === '' ? '' : `, ${row.hamlet}`}`,
      SETTING_WORDS[row.setting],
      ...(row.people === null ? [] : [`${row.people} người`]),
      ...row.audiences.map((one) => AUDIENCE_WORDS[one]),
      ...(row.partner === '' ? [] : [`cùng ${row.partner}`]),
      ...(content === undefined ? [] : [content]),
      row.by === BY_SHEET ? 'ghi bằng mã trên tờ đọc loa' : `${staffName(app, row.by)} ghi`,
    ].join(' · ')
  }

  function contents() {
    const book = app.book()
    return [
      ...kitsOf().map(({ id, title }) => ({ value: `bo:${id}`, label: `Bộ: ${title}` })),
      ...book.topics.map(({ id, title }) => ({ value: id, label: title })),
    ]
  }

  function readActForm(draft: ActDraft): { act: Omit<OutreachAct, 'id'> } | { problem: string } {
    const kind = ACT_KINDS.find((one) => one === draft.kind)
    const setting = ACT_SETTINGS.find((one) => one === draft.setting)
    if (!kind || !setting) return { problem: 'bạn chọn loại và nơi.' }
    const today = dayOf(app.now())
    if (!isDay(draft.day)) return { problem: `không có ngày “${draft.day}” trong lịch.` }
    if (draft.day > today) return { problem: `ngày ${writtenDay(draft.day)} chưa tới: sổ chỉ ghi việc đã làm.` }
    if (midnightOf(draft.day) < app.now() - OLDEST_DAYS * DAY_MS)
      return { problem: `ngày ${writtenDay(draft.day)} xa quá một năm.` }
    const place = readPlace(draft.commune, app.directory())
    if (place.type === 'several') return { problem: `“${draft.commune}” là nhiều nơi. Hãy thêm tên tỉnh sau dấu phẩy.` }
    if (place.type !== 'commune') return { problem: `không có xã, phường “${draft.commune}”.` }
    if (!/^\d{0,6}$/.test(draft.people) || Number(draft.people) > MOST_PEOPLE)
      return { problem: `số người là một số từ 0 đến ${MOST_PEOPLE}, hoặc để trống.` }
    const content = contents().some(({ value }) => value === draft.content) ? draft.content : ''
    return {
      act: {
        point: draft.point,
        kind,
        day: draft.day,
        commune: place.id,
        hamlet: draft.hamlet.slice(0, 80),
        setting,
        audiences: ACT_AUDIENCES.filter((one) => draft.audiences.includes(one)),
        people: draft.people === '' ? null : Number(draft.people),
        partner: draft.partner.slice(0, 120),
        content,
        note: draft.note.slice(0, 300),
      },
    }
  }

  async function form(c: C, draft: ActDraft, formId: string, problem: string | null): Promise<Response> {
    const points = pointsFor(c, 'outreach.write')
    if (points.length === 0) return refuse(c)
    const view = {
      reader: readerOf(c.get('who')),
      formId,
      draft,
      points: points.map(({ id, name }) => ({ value: id, label: name })),
      kinds: choicesOf(KIND_WORDS),
      communes: [...new Set(points.flatMap(({ communes }) => communes))].slice(0, 40).map(communeName),
      settings: choicesOf(SETTING_WORDS),
      audiences: choicesOf(AUDIENCE_WORDS),
      contents: contents(),
      today: dayOf(app.now()),
      problem,
    }
    return c.html(actFormPage(view), problem === null ? 200 : 400)
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}

const EMPTY: ActDraft = {
  kind: 'talk',
  day: '',
  point: '',
  commune: '',
  hamlet: '',
  setting: 'community',
  audiences: [],
  people: '',
  partner: '',
  content: '',
  note: '',
}

function draftOf(sent: Form): ActDraft {
  const text = (name: string) => sent.one(name).normalize('NFC').trim()
  return {
    kind: text('kind'),
    day: text('day'),
    point: text('point'),
    commune: text('commune'),
    hamlet: text('hamlet'),
    setting: text('setting'),
    audiences: sent.all('audiences'),
    people: text('people'),
    partner: text('partner'),
    content: text('content'),
    note: text('note'),
  }
}

function kitFacts({ minutes, setting, audiences }: TalkKit): string {
  return [`${minutes} phút`, SETTING_WORDS[setting], ...audiences.map((one) => AUDIENCE_WORDS[one])].join(' · ')
}

/** On paper nobody is addressed by name, and nothing is filled in. */
function withoutNames(text: string): string {
  return text
    .replaceAll('{bạn}', 'bạn')
    .replaceAll('{Bạn}', 'Bạn')
    .replaceAll(/\{[^{}\s]+\}/g, '…')
}
