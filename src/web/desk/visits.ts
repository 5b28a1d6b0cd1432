import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import { MUTE_REASONS, type StaffAction } from '../../engine/conversation.ts'
import type { Point } from '../../engine/facts.ts'
import { dayOf } from '../../engine/hours.ts'
import { VISIT_MARKS } from '../../engine/visits/appointment.ts'
import { readVisit, type VisitRow, visitsBetween } from '../../store/visits.ts'
import { calendarFile } from '../calendar-file.ts'
import { goneVisitPage } from '../pages/desk/gone.ts'
import { dayPage, weekPage } from '../pages/desk/week.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { isDay, midnightOf, mondayOf } from './call-day.ts'
import { fieldsOf } from './field.ts'
import { describeDay, showVisit } from './show-visits.ts'
import { actOnVisit } from './visit-act.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>
type Fields = (name: string) => string

const DAY_MS = 86_400_000

const DONE: Readonly<Record<string, string>> = {
  dat: 'Đã đặt lịch. Người ấy được nhắn nếu đã đồng ý được nhắc.',
  doi: 'Đã đổi lịch.',
  nhan: 'Đã ghi là người ấy sẽ đến.',
  ghi: 'Đã ghi.',
  huy: 'Đã huỷ lịch và báo cho người ấy.',
  tat: 'Đã tắt tin tự gửi cho người này.',
  mo: 'Đã bật lại tin tự gửi cho người này.',
}

/** What each form of an appointment's page needs; whatever is not here does not exist. */
const ACTIONS: Readonly<Record<string, Action>> = {
  confirm: 'visit.book',
  cancel: 'visit.book',
  mark: 'visit.mark',
  mute: 'contact.mute',
  unmute: 'contact.mute',
}

/** Lịch hẹn: the calendar of a point, who came, and one appointment at a time. */
export function visitRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/lich', async (c) => {
    const who = c.get('who')
    if (!mayEver('visit.read', who.member)) return refuse(c)
    const points = pointsFor(c, 'visit.read')
    const point =
      points.find(({ id }) => id === c.req.query('diem')) ??
      points.find(({ id }) => id === who.member.point) ??
      points[0]
    if (!point) return refuse(c)
    await audited(c, 'visit.read', null, { point: point.id })
    const frame = {
      reader: readerOf(who),
      point: { id: point.id, name: point.name },
      points: points.map(({ id, name }) => ({ value: id, label: name })),
      done: DONE[c.req.query('xong') ?? ''] ?? null,
    }
    const one = c.req.query('ngay') ?? ''
    if (isDay(one)) {
      const midnight = midnightOf(one)
      const rows = await visitsBetween(app.store, [point.id], midnight, midnight + DAY_MS)
      const day = await describeDay(app, midnight, rows)
      const [before, after] = [dayOf(midnight - DAY_MS), dayOf(midnight + DAY_MS)]
      return c.html(dayPage({ ...frame, day, formId: randomUUID(), before, after }))
    }
    const monday = mondayOf(c.req.query('tuan'), app.now())
    const rows = await visitsBetween(app.store, [point.id], monday, monday + 7 * DAY_MS)
    const days = await Promise.all([0, 1, 2, 3, 4, 5, 6].map((i) => describeDay(app, monday + i * DAY_MS, rows)))
    const [before, after] = [dayOf(monday - 7 * DAY_MS), dayOf(monday + 7 * DAY_MS)]
    return c.html(weekPage({ ...frame, days, before, after, noHours: point.shifts.length === 0 }))
  })

  routes.get('/desk/lich/:id', async (c) => {
    const row = await find(c, 'visit.read', true)
    return row instanceof Response
      ? row
      : c.html(await showVisit(app, c.get('who'), row, { done: DONE[c.req.query('xong') ?? ''] ?? null }))
  })
  routes.get('/desk/lich/:id/lich.ics', async (c) => {
    const row = await find(c, 'visit.read', true)
    if (row instanceof Response) return row
    return calendarFile('Lịch hẹn', [{ id: row.id, startsAt: row.startsAt, minutes: row.minutes }])
  })
  // A reload of a page that answered a form.
  routes.get('/desk/lich/:id/:verb', (c) => c.redirect(`/desk/lich/${encodeURIComponent(c.req.param('id'))}`, 303))

  on('confirm', (c, row, fields) => carryOut(c, row, { type: 'confirm_visit', visit: row.id }, fields, 'nhan'))
  on('cancel', (c, row, fields) => carryOut(c, row, { type: 'cancel_visit', visit: row.id }, fields, 'huy'))
  on('mark', (c, row, fields) => {
    const as = VISIT_MARKS.find((one) => one === fields('as'))
    if (!as) return show(c, row, 'Chưa ghi: bạn chọn đã đến hay không đến.', 400)
    return carryOut(c, row, { type: 'mark_visit', visit: row.id, as }, fields, 'ghi')
  })
  on('mute', (c, row, fields) => {
    const reason = MUTE_REASONS.find((one) => one === fields('reason'))
    if (!reason) return show(c, row, 'Chưa tắt: bạn chọn một lý do.', 400)
    return carryOut(c, row, { type: 'mute', reason }, fields, 'tat')
  })
  on('unmute', (c, row, fields) => carryOut(c, row, { type: 'unmute' }, fields, 'mo'))
  return routes

  function on(verb: string, run: (c: C, row: VisitRow, fields: Fields) => Response | Promise<Response>): void {
    routes.post(`/desk/lich/:id/${verb}`, async (c) => {
      const fields = await fieldsOf(c)
      const row = await find(c, ACTIONS[verb]!, false)
      return row instanceof Response ? row : run(c, row, fields)
    })
  }

  async function find(c: C, action: Action, reads: boolean): Promise<VisitRow | Response> {
    const row = await readVisit(app.store, c.req.param('id')!)
    if (!row) return gone(c)
    const above = app.directory().points.find(({ id }) => id === row.point)?.above
    const allowed = may(action, c.get('who').member, { point: row.point, above })
    if (!allowed) await audited(c, 'refused', row.contact, { point: row.point })
    else if (reads) await audited(c, action, row.contact, { about: row.id, point: row.point })
    return allowed ? row : refuse(c)
  }

  async function carryOut(c: C, row: VisitRow, action: StaffAction, fields: Fields, done: string): Promise<Response> {
    const verb = c.req.path.split('/').at(-1)!
    const reason = await actOnVisit(app, c, row, {
      action,
      form: fields('id'),
      called: ACTIONS[verb]!,
      point: row.point,
    })
    const back = isDay(fields('ngay'))
      ? `/desk/lich?diem=${encodeURIComponent(fields('diem'))}&ngay=${fields('ngay')}&xong=${done}#${row.id}`
      : `/desk/lich/${row.id}?xong=${done}`
    if (reason === null) return c.redirect(back, 303)
    const fresh = await readVisit(app.store, row.id)
    if (!fresh) return gone(c)
    const words =
      reason === 'not_yet'
        ? 'Chưa ghi: giờ hẹn chưa tới.'
        : 'Việc vừa rồi chưa được thực hiện vì lịch đã thay đổi. Bạn xem rồi làm lại.'
    return show(c, fresh, words, 409)
  }

  async function show(c: C, row: VisitRow, message: string, status: 400 | 409): Promise<Response> {
    return c.html(await showVisit(app, c.get('who'), row, { message }), status)
  }

  function pointsFor(c: C, action: Action): readonly Point[] {
    const { member } = c.get('who')
    return app.directory().points.filter(({ id, above }) => may(action, member, { point: id, above }))
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }

  /** Erased, over, or never there: no telling which. */
  async function gone(c: C, note = ''): Promise<Response> {
    return c.html(goneVisitPage(readerOf(c.get('who')), note), 404)
  }
}
