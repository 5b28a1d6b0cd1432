import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { internal } from '../../app/handle.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import { makeSlip, slipLinks } from '../../app/slip.ts'
import type { StaffAction } from '../../engine/conversation.ts'
import type { Point } from '../../engine/facts.ts'
import { dayOf } from '../../engine/hours.ts'
import type { StaffMember } from '../../engine/staff.ts'
import { refusalOf } from '../../store/decided.ts'
import { isKnown } from '../../store/load.ts'
import {
  countWalkIns,
  readWalkIn,
  readWalkIns,
  receiptOf,
  WALK_INS_PAGE,
  type WalkInRow,
} from '../../store/walk-ins.ts'
import { goneRecordPage } from '../pages/desk/gone.ts'
import { slipPage } from '../pages/desk/slip.ts'
import { erasedPage, walkInsPage } from '../pages/desk/walk-in.ts'
import { consentWords, type WalkInDraft, walkInFormPage } from '../pages/desk/walk-in-form.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited, entryFor } from '../signed-in.ts'
import { writtenDay } from './call-day.ts'
import { contactDraft, readContact } from './contact-form.ts'
import { fieldsOf, pageOf } from './field.ts'
import { type KeptRecord, showWalkIn, walkInItem } from './show-walk-in.ts'
import { draftOf, readWalkIn as readForm } from './walk-in-form.ts'
import { type DeskEnv, readerOf, type Who } from './who.ts'

export interface SlipPlaces {
  publicUrl: string | null
  /** The link of the Telegram bot, where one is set up. */
  telegram: string | null
}

type C = Context<DeskEnv>
type Fields = (name: string) => string

const DONE: Readonly<Record<string, string>> = {
  luu: 'Đã lưu. Bạn có thể in phiếu ở mục “Phiếu nối cuộc nhắn”.',
  ghi: 'Đã ghi lại.',
  thu: 'Đã thu lại phiếu: mã trên phiếu không dùng được nữa.',
  go: 'Đã gỡ nối. Cuộc nhắn ấy vẫn là của người đang nhắn; muốn nối lại thì in phiếu mới.',
}

/** What each form of a record needs; whatever is not here does not exist. */
const ACTIONS: Readonly<Record<string, Action>> = {
  slip: 'walk_in.slip',
  withdraw: 'walk_in.slip',
  unlink: 'walk_in.slip',
  contact: 'walk_in.read',
  reveal: 'walk_in.read',
  erase: 'walk_in.erase',
}

/** The points whose records this member may do this with; none for police-affiliated staff, whom nobody chose there. */
export function recordPoints(app: App, member: StaffMember, action: Action = 'walk_in.read'): readonly Point[] {
  return app.directory().points.filter(({ id, above }) => may(action, member, { point: id, above }))
}

/** Khách đến: people without a channel, written down by staff with their yes. */
export function walkInRoutes(app: App, places: SlipPlaces): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/people', async (c) => {
    const who = c.get('who')
    if (!mayEver('walk_in.read', who.member)) return refuse(c)
    await audited(c, 'walk_in.read')
    const points = recordPoints(app, who.member).map(({ id }) => id)
    const page = pageOf(c)
    const rows = await readWalkIns(app.store, points, page)
    const { all } = await countWalkIns(app.store, points, dayOf(app.now()))
    return c.html(
      walkInsPage({
        reader: readerOf(who),
        items: rows.map((row) => walkInItem(app, row)),
        total: all,
        page,
        pages: Math.ceil(all / WALK_INS_PAGE),
        mayRegister: app.settings.anonymous !== true && mayEver('walk_in.register', who.member),
        now: app.now(),
        done: null,
      }),
    )
  })

  routes.get('/desk/people/new', (c) =>
    formPage(
      c,
      draftOf(() => ''),
      randomUUID(),
      null,
    ),
  )
  routes.post('/desk/people/new', async (c) => {
    const who = c.get('who')
    const fields = await fieldsOf(c)
    const draft = draftOf(fields)
    const form = fields('id').slice(0, 100) || randomUUID()
    const points = recordPoints(app, who.member, 'walk_in.register')
    if (points.length === 0 || app.settings.anonymous) return formPage(c, draft, form, null)
    const named = app.directory().points.some(({ id }) => id === draft.point)
    if (named && !points.some(({ id }) => id === draft.point)) return refuse(c)
    const read = readForm(app, points, draft)
    if ('problem' in read) return formPage(c, draft, form, read.problem)
    // Computed from the form: sent twice, it is one record.
    const contact = `khach-${app.vault.hashToken(`walk-in:${who.id}:${form}`).slice(0, 24)}`
    const note = entryFor(c, 'walk_in.register', contact, { point: read.walkIn.point })
    await internal(app, contact, `walk-in:${contact}`, staff(who, { type: 'register', walkIn: read.walkIn }), { note })
    return (await readWalkIn(app.store, contact))
      ? c.redirect(`/desk/people/${contact}?xong=luu`, 303)
      : formPage(c, draft, randomUUID(), 'Chưa lưu được. Bạn thử lại; mọi điều đã ghi còn nguyên dưới đây.')
  })

  routes.get('/desk/people/:id', async (c) => {
    const row = await find(c, 'walk_in.read', true)
    return row instanceof Response ? row : show(c, row, { done: DONE[c.req.query('xong') ?? ''] ?? null })
  })
  // A reload of a page that answered a form.
  routes.get('/desk/people/:id/:verb', (c) => c.redirect(`/desk/people/${encodeURIComponent(c.req.param('id'))}`, 303))

  on('contact', async (c, row, fields) => {
    const read = readContact(app, row.point, fields)
    const kept = { draft: contactDraft(fields), recording: true }
    if ('problem' in read) return show(c, row, { ...kept, message: read.problem }, 400)
    return carryOut(c, row, { type: 'contact', contact: read.contact }, fields, 'ghi', kept)
  })
  on('slip', async (c, row, fields) => {
    const { shown, slip } = makeSlip(app)
    const outcome = await act(c, row, { type: 'make_slip', slip }, fields)
    if (outcome === 'again')
      return show(
        c,
        row,
        { message: 'Phiếu này đã in rồi. Mã chỉ hiện một lần; cần mã khác thì bấm “In phiếu mới”.' },
        409,
      )
    if (outcome !== 'done') return gone(c, fields)
    const base = places.publicUrl ?? new URL(c.req.url).origin
    const links = slipLinks(base, places.telegram, shown)
    const { renderSVG } = await import('uqr')
    const qr = (text: string) => renderSVG(text, { border: 2 })
    return c.html(
      slipPage({
        back: `/desk/people/${row.contact}`,
        shown,
        until: writtenDay(dayOf(slip.expiresAt)),
        address: `${new URL(base).host}/chat`,
        web: qr(links.web),
        telegram: links.telegram === null ? null : qr(links.telegram),
      }),
    )
  })
  on('withdraw', (c, row, fields) => carryOut(c, row, { type: 'withdraw_slip' }, fields, 'thu'))
  on('unlink', (c, row, fields) => carryOut(c, row, { type: 'unlink' }, fields, 'go'))
  on('reveal', async (c, row) => {
    await audited(c, 'answer.shown', row.contact, { about: 'phone', point: row.point })
    return show(c, row, { showNumber: true })
  })
  on('erase', async (c, row, fields) => {
    if (fields('wish') !== 'yes')
      return show(c, row, { message: 'Chưa xoá: chỉ xoá khi người ấy muốn, và bạn đánh dấu ô đó.' }, 400)
    const outcome = await act(c, row, { type: 'erase' }, fields)
    if (outcome === 'refused') return gone(c, fields)
    return c.html(
      erasedPage(readerOf(c.get('who')), outcome === 'done' ? await receiptOf(app.store, row.contact) : null),
    )
  })
  return routes

  /** A form of the record's page. What was written in it comes back even when the record is gone. */
  function on(verb: string, run: (c: C, row: WalkInRow, fields: Fields) => Response | Promise<Response>): void {
    routes.post(`/desk/people/:id/${verb}`, async (c) => {
      const fields = await fieldsOf(c)
      const row = await find(c, ACTIONS[verb]!, false, fields)
      return row instanceof Response ? row : run(c, row, fields)
    })
  }

  /** The record, for whoever may do this with it; a reading is noted here, a turn with what it did. */
  async function find(c: C, action: Action, reads: boolean, fields: Fields = () => ''): Promise<WalkInRow | Response> {
    const row = await readWalkIn(app.store, c.req.param('id')!)
    if (!row) return gone(c, fields)
    const above = app.directory().points.find(({ id }) => id === row.point)?.above
    const allowed = may(action, c.get('who').member, { point: row.point, above })
    if (!allowed) await audited(c, 'refused', row.contact, { point: row.point })
    else if (reads) await audited(c, action, row.contact, { point: row.point })
    return allowed ? row : refuse(c)
  }

  async function act(c: C, row: WalkInRow, action: StaffAction, fields: Fields): Promise<'done' | 'again' | 'refused'> {
    const who = c.get('who')
    const key = `walk-in:${row.contact}:${action.type}:${fields('id').slice(0, 100) || randomUUID()}`
    const called =
      action.type === 'contact' ? 'contact.record' : action.type === 'erase' ? 'walk_in.erase' : 'walk_in.slip'
    const note = entryFor(c, called, row.contact, { about: action.type, point: row.point })
    const still = async () => (await readWalkIn(app.store, row.contact)) !== null
    const result = await internal(app, row.contact, key, staff(who, action), { still, note })
    if (result === 'duplicate')
      return (await isKnown(app.store, app.vault.hashKey(`internal:${key}`))) ? 'again' : 'refused'
    return (await refusalOf(app.store, row.contact, row.seq, who.id, action.type)) === null ? 'done' : 'refused'
  }

  async function carryOut(
    c: C,
    row: WalkInRow,
    action: StaffAction,
    fields: Fields,
    done: string,
    kept: KeptRecord = {},
  ): Promise<Response> {
    if ((await act(c, row, action, fields)) !== 'refused')
      return c.redirect(`/desk/people/${row.contact}?xong=${done}`, 303)
    const fresh = await readWalkIn(app.store, row.contact)
    if (!fresh) return gone(c, fields)
    return show(
      c,
      fresh,
      { ...kept, message: 'Việc vừa rồi chưa được thực hiện vì hồ sơ đã thay đổi. Bạn xem rồi làm lại.' },
      409,
    )
  }

  async function show(c: C, row: WalkInRow, kept: KeptRecord = {}, status: 200 | 400 | 409 = 200): Promise<Response> {
    if (c.req.method === 'POST') await audited(c, 'walk_in.read', row.contact, { point: row.point })
    return c.html(await showWalkIn(app, c.get('who'), row, kept), status)
  }

  async function formPage(c: C, draft: WalkInDraft, formId: string, problem: string | null): Promise<Response> {
    const who = c.get('who')
    const points = recordPoints(app, who.member, 'walk_in.register')
    if (points.length === 0 || app.settings.anonymous) return refuse(c)
    const { retentionDays, operator } = app.settings
    const view = {
      reader: readerOf(who),
      formId,
      draft,
      points: points.map(({ id, name }) => ({ value: id, label: name })),
      consent: consentWords(retentionDays, operator.name),
      today: dayOf(app.now()),
      problem,
    }
    return c.html(walkInFormPage(view), problem === null ? 200 : 400)
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }

  /** Erased, or never there: no telling which. */
  async function gone(c: C, fields: Fields): Promise<Response> {
    return c.html(goneRecordPage(readerOf(c.get('who')), fields('contact_note')), 404)
  }
}

function staff(who: Who, action: StaffAction) {
  return { type: 'staff', by: who.id, action } as const
}
