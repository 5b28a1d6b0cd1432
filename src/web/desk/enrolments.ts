import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { may, mayEver, mayIfChosen } from '../../app/permissions.ts'
import type { StaffAction } from '../../engine/conversation.ts'
import { ENROLMENT_STATES } from '../../engine/enrolment/enrolment.ts'
import {
  type EnrolmentRow,
  endedEnrolmentsAt,
  openEnrolmentsAt,
  readEnrolment,
  stepsOfEach,
  transferReceiptsAt,
} from '../../store/enrolments.ts'
import { enrolmentsPage } from '../pages/desk/enrolment.ts'
import { goneVisitPage } from '../pages/desk/gone.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { aboutEnrolment } from './enrolment-words.ts'
import { fieldsOf } from './field.ts'
import { enrolmentItem, type KeptEnrolment, receiptItem, showEnrolment } from './show-enrolment.ts'
import { actOnVisit } from './visit-act.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const MONTH_MS = 30 * 86_400_000
const NOTE_LIMIT = 1_000

const DONE: Readonly<Record<string, string>> = {
  buoc: 'Đã ghi bước này.',
  giay: 'Đã đánh dấu.',
  hoi: 'Đã hỏi ý người ấy bằng lời kín. Yêu cầu ở lại đây cho đến khi họ đồng ý.',
  chuyen: 'Đã chuyển. Điểm này còn một biên nhận ở danh sách.',
}

/** Đăng ký: requests to be helped into treatment, each with its steps, its papers and its times. */
export function enrolmentRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/dang-ky', async (c) => {
    const { member } = c.get('who')
    if (!mayIfChosen('enrolment.read', member)) return refuse(c)
    await audited(c, 'enrolment.read', null, { point: member.point })
    const since = app.now() - MONTH_MS
    const pointsIf = (chosePolice: boolean) =>
      app
        .directory()
        .points.map(({ id }) => id)
        .filter((point) => may('enrolment.read', member, aboutEnrolment(app, { point, chosePolice })))
    const unchosen = pointsIf(false)
    const whose = { points: pointsIf(true), onlyChosen: unchosen.length === 0 }
    const rows = await openEnrolmentsAt(app.store, whose)
    const steps = await stepsOfEach(
      app.store,
      rows.map(({ id }) => id),
    )
    const open = rows.map((row) => enrolmentItem(app, row, steps.get(row.id) ?? []))
    const ended = await endedEnrolmentsAt(app.store, whose, since)
    const receipts = await transferReceiptsAt(app.store, unchosen, since)
    return c.html(
      enrolmentsPage({
        reader: readerOf(c.get('who')),
        open: [...open.filter(({ urgent }) => urgent), ...open.filter(({ urgent }) => !urgent)],
        ended: ended.map((row) => enrolmentItem(app, row, [])),
        receipts: receipts.map((one) => receiptItem(app, one)),
        done: DONE[c.req.query('xong') ?? ''] ?? null,
      }),
    )
  })

  routes.get('/desk/dang-ky/:id', async (c) => {
    const row = await find(c, 'enrolment.read')
    return row instanceof Response ? row : show(c, row, { done: DONE[c.req.query('xong') ?? ''] ?? null })
  })
  routes.post('/desk/dang-ky/:id/reveal', async (c) => {
    const row = await find(c, 'enrolment.read')
    if (row instanceof Response) return row
    const answer = (await fieldsOf(c))('answer')
    // Which one is noted before it is shown; the name of the question, never the answer.
    if (/^[a-z_]{1,40}$/.test(answer))
      await audited(c, 'answer.shown', row.contact, { about: answer, point: row.point })
    return show(c, row, { reveal: answer })
  })
  routes.post('/desk/dang-ky/:id/buoc', async (c) => {
    const row = await find(c, 'enrolment.write')
    if (row instanceof Response) return row
    const fields = await fieldsOf(c)
    const to = ENROLMENT_STATES.find((one) => one === fields('to'))
    const note = fields('note').normalize('NFC').trim()
    if (!to) return show(c, row, { message: 'Chưa ghi: bạn chọn bước.', draft: note }, 400)
    if (note.length > NOTE_LIMIT)
      return show(
        c,
        row,
        { message: `Chưa ghi: ghi chú dài ${note.length} ký tự, giới hạn là ${NOTE_LIMIT}.`, draft: note },
        400,
      )
    return carryOut(c, row, { type: 'enrol_step', enrolment: row.id, to, note }, fields('id'), 'buoc', note)
  })
  routes.post('/desk/dang-ky/:id/giay', async (c) => {
    const row = await find(c, 'enrolment.write')
    if (row instanceof Response) return row
    const fields = await fieldsOf(c)
    return carryOut(c, row, { type: 'enrol_paper', enrolment: row.id, paper: fields('paper') }, fields('id'), 'giay')
  })
  routes.post('/desk/dang-ky/:id/chuyen', async (c) => {
    const row = await find(c, 'enrolment.write')
    if (row instanceof Response) return row
    const fields = await fieldsOf(c)
    const heard = fields('heard') === 'yes'
    const action = { type: 'enrol_transfer', enrolment: row.id, to: fields('to'), heard } as const
    return carryOut(c, row, action, fields('id'), heard ? 'chuyen' : 'hoi')
  })
  return routes

  async function find(c: C, action: 'enrolment.read' | 'enrolment.write'): Promise<EnrolmentRow | Response> {
    const { member } = c.get('who')
    const row = await readEnrolment(app.store, c.req.param('id') ?? '')
    if (row && may(action, member, aboutEnrolment(app, row))) return row
    if (row) await audited(c, 'refused', null, { about: row.id, point: row.point })
    // Whoever may read none at all is told so; of one of another point nobody learns that it is there.
    return mayEver('enrolment.read', member) ? c.html(goneVisitPage(readerOf(c.get('who')), ''), 404) : refuse(c)
  }

  async function show(c: C, row: EnrolmentRow, kept: KeptEnrolment, status: 200 | 400 | 409 = 200): Promise<Response> {
    await audited(c, 'enrolment.read', row.contact, { about: row.id, point: row.point })
    return c.html(await showEnrolment(app, c.get('who'), row, kept), status)
  }

  async function carryOut(
    c: C,
    row: EnrolmentRow,
    action: StaffAction,
    form: string,
    done: string,
    draft = '',
  ): Promise<Response> {
    const does = { action, form, called: 'enrolment.write', point: row.point } as const
    const reason = await actOnVisit(app, c, row, does)
    // What was transferred is no longer this point's to read.
    const after = done === 'chuyen' ? '/desk/dang-ky' : `/desk/dang-ky/${row.id}`
    if (reason === null) return c.redirect(`${after}?xong=${done}`, 303)
    const fresh = (await readEnrolment(app.store, row.id)) ?? row
    return show(c, fresh, { message: WHY[reason] ?? 'Chưa ghi: yêu cầu này vừa thay đổi. Bạn xem lại.', draft }, 409)
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}

const WHY: Readonly<Record<string, string>> = {
  enrolment_over: 'Chưa ghi: yêu cầu này đã xong, hoặc người ấy đã rút.',
  same_state: 'Chưa ghi: yêu cầu đang ở bước ấy rồi.',
  nobody_there: 'Chưa chuyển: bạn chọn một điểm khác.',
  no_paper: 'Chưa đánh dấu: danh sách giấy tờ vừa đổi.',
}
