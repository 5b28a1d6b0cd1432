import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { internal } from '../../app/handle.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import { zoned } from '../../engine/clock/zone.ts'
import type { Id, Instant } from '../../engine/content.ts'
import { MUTE_REASONS, type StaffAction } from '../../engine/conversation.ts'
import type { Point } from '../../engine/facts.ts'
import { dayOf, formatClock, formatDateTime, localTime } from '../../engine/hours.ts'
import { STYLES, VISIT_KINDS, VISIT_MARKS } from '../../engine/visits/appointment.ts'
import { calendarsOf, freeOn, USUAL_MINUTES } from '../../engine/visits/slots.ts'
import { refusalOf } from '../../store/decided.ts'
import { isKnown, load } from '../../store/load.ts'
import { readVisit, takenSeats, type VisitRow, visitsBetween } from '../../store/visits.ts'
import { calendarFile } from '../calendar-file.ts'
import { goneVisitPage } from '../pages/desk/gone.ts'
import { visitFormPage } from '../pages/desk/visit-form.ts'
import { dayPage, weekPage } from '../pages/desk/week.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited, entryFor } from '../signed-in.ts'
import { isDay, midnightOf } from './call-day.ts'
import { fieldsOf } from './field.ts'
import { REMINDER_HOURS, STYLE_WORDS, VISIT_KIND_WORDS } from './labels.ts'
import { describeDay, showVisit } from './show-visits.ts'
import { readSubject, type Subject } from './subject.ts'
import { LENGTHS, readVisitForm, type VisitDraft, visitDraft } from './visit-form.ts'
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

  routes.get('/desk/lich/moi', async (c) => {
    const query = (name: string) => c.req.query(name) ?? ''
    const subject = await readSubject(app, c.get('who'), query)
    if (!subject) return gone(c)
    return form(c, subject, await startDraft(c, subject, query), null)
  })
  routes.post('/desk/lich/moi', async (c) => {
    const who = c.get('who')
    const subject = await readSubject(app, who, (name) => c.req.query(name) ?? '')
    const fields = await fieldsOf(c)
    const draft = visitDraft(fields)
    if (!subject) return gone(c, draft.note)
    const point = pointsFor(c, 'visit.book').find(({ id }) => id === draft.point)
    if (!point) return refuse(c)
    const read = readVisitForm(app, point, colleaguesAt(point.id), draft)
    if ('problem' in read) return form(c, subject, draft, read.problem)
    const moves = c.req.query('doi')
    const { booking, place, note, settings } = read
    const old = moves === undefined ? null : await readVisit(app.store, moves)
    const action: StaffAction = old
      ? {
          type: 'book_visit',
          booking: {
            ...booking,
            kind: old.kind as typeof booking.kind,
            remind: old.remind,
            mayVisit: await mayVisitOf(old),
          },
          place: '',
          note,
          settings: null,
          moves: old.id,
        }
      : { type: 'book_visit', booking, place, note, settings }
    const reason = await act(c, subject, action, fields, 'visit.book', point.id)
    if (reason === null)
      return c.redirect(
        `/desk/lich?diem=${encodeURIComponent(point.id)}&tuan=${dayOf(booking.startsAt)}&xong=${old ? 'doi' : 'dat'}`,
        303,
      )
    const words =
      reason === 'slot_taken'
        ? `Chưa đặt: ${formatDateTime(booking.startsAt)} vừa có người khác, hoặc không đủ ${booking.minutes} phút trống. Bạn chọn giờ khác.`
        : 'Chưa đặt: lịch này đã thay đổi trong lúc bạn viết. Bạn xem lại rồi làm lại.'
    return form(c, subject, draft, words, 409)
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

  /** Does it through the one door. @returns why not, or null when it was done or had been before */
  async function act(
    c: C,
    subject: Pick<Subject, 'contact' | 'seq'>,
    action: StaffAction,
    fields: Fields,
    called: Action,
    point: Id,
  ): Promise<string | null> {
    const who = c.get('who')
    const { contact, seq } = subject
    const key = `visit:${contact}:${action.type}:${fields('id').slice(0, 100) || randomUUID()}`
    const note = entryFor(c, called, contact, { about: action.type, point })
    const result = await internal(app, contact, key, { type: 'staff', by: who.id, action }, { note })
    if (result === 'duplicate') return (await isKnown(app.store, app.vault.hashKey(`internal:${key}`))) ? null : 'gone'
    return refusalOf(app.store, contact, seq, who.id, action.type)
  }

  async function carryOut(c: C, row: VisitRow, action: StaffAction, fields: Fields, done: string): Promise<Response> {
    const verb = c.req.path.split('/').at(-1)!
    const reason = await act(c, row, action, fields, ACTIONS[verb]!, row.point)
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

  function colleaguesAt(point: Id) {
    return app
      .directory()
      .staff.filter(
        (one) =>
          one.active &&
          one.point === point &&
          one.affiliation !== 'cong_an' &&
          one.roles.some((role) => role === 'counsellor' || role === 'lead'),
      )
  }

  async function mayVisitOf({ contact, id }: VisitRow): Promise<boolean> {
    const { conversation } = await load(app.store, contact)
    return conversation.appointments?.find((one) => one.id === id)?.mayVisit ?? false
  }

  /** What the form begins with: the filter of the address, an old appointment, and what the person chose before. */
  async function startDraft(c: C, subject: Subject, query: Fields): Promise<VisitDraft> {
    const moves = query('doi')
    const old = moves === '' ? null : await readVisit(app.store, moves)
    const { answers } = (await load(app.store, subject.contact)).conversation
    const code = (name: string) => (answers[name]?.type === 'code' ? answers[name].value : '')
    const points = pointsFor(c, 'visit.book')
    const near = [query('diem'), old?.point, subject.point, c.get('who').member.point]
    const point =
      points.find(({ id }) => id === near.find((one) => points.some((each) => each.id === one))) ?? points[0]
    const lengths = LENGTHS.map(String)
    const minutes = [query('phut'), String(old?.minutes ?? ''), String(point?.slotMinutes ?? USUAL_MINUTES)]
    return {
      ...visitDraft(() => ''),
      point: point?.id ?? '',
      staff: query('can_bo') || (c.req.query('can_bo') === undefined ? (old?.staff ?? '') : ''),
      minutes: minutes.find((one) => lengths.includes(one)) ?? String(USUAL_MINUTES),
      kind: old?.kind ?? 'individual',
      style: code('reminder_style') || 'kin',
      hours: code('reminder_hours') || 'ca-ngay',
    }
  }

  async function form(
    c: C,
    subject: Subject,
    draft: VisitDraft,
    problem: string | null,
    status: 200 | 400 | 409 = problem === null ? 200 : 400,
  ): Promise<Response> {
    const points = pointsFor(c, 'visit.book')
    const point = points.find(({ id }) => id === draft.point)
    if (!point) return refuse(c)
    const now = app.now()
    const old = c.req.query('doi')
    const monday = mondayOf(c.req.query('tuan') ?? (draft.slot === '' ? undefined : dayOf(Number(draft.slot))), now)
    const { conversation } = await load(app.store, subject.contact)
    const taken = await takenSeats(
      app.store,
      calendarsOf(point, draft.staff || null),
      { from: monday, to: monday + 7 * DAY_MS },
      { contact: subject.contact, now },
    )
    const wish = {
      point,
      staff: draft.staff || null,
      minutes: Number(draft.minutes) || USUAL_MINUTES,
      calendar: app.directory().calendar,
      taken,
      now,
    }
    const days = await Promise.all(
      [0, 1, 2, 3, 4, 5, 6].map(async (i) => ({
        name: (await describeDay(app, monday + i * DAY_MS, [])).name,
        free: freeOn(wish, monday + i * DAY_MS).map((at) => ({
          value: String(at),
          label: formatClock(localTime(at).minutes),
        })),
      })),
    )
    const choices = (of: Readonly<Record<string, string>>, keys: readonly string[]) =>
      keys.map((value) => ({ value, label: of[value] ?? value }))
    const view = {
      reader: readerOf(c.get('who')),
      formId: randomUUID(),
      query: subject.query,
      code: subject.code,
      back: subject.back,
      moves: old ?? null,
      draft,
      points: points.map(({ id, name }) => ({ value: id, label: name })),
      colleagues: colleaguesAt(point.id).map(({ id, shownAs }) => ({
        value: id,
        label: shownAs ?? 'Cán bộ không để tên',
      })),
      kinds: choices(VISIT_KIND_WORDS, VISIT_KINDS),
      lengths: LENGTHS.map((one) => ({ value: String(one), label: `${one} phút` })),
      styles: choices(STYLE_WORDS, STYLES),
      hours: choices(REMINDER_HOURS, Object.keys(REMINDER_HOURS)),
      week: { before: monday > now ? dayOf(monday - 7 * DAY_MS) : null, after: dayOf(monday + 7 * DAY_MS), days },
      noHours: point.shifts.length === 0,
      noChat: conversation.walkIn !== null && conversation.walkIn !== undefined,
      today: dayOf(now),
      problem,
    }
    return c.html(visitFormPage(view), status)
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }

  /** Erased, over, or never there: no telling which. */
  async function gone(c: C, note = ''): Promise<Response> {
    return c.html(goneVisitPage(readerOf(c.get('who')), note), 404)
  }
}

/** Midnight of the Monday of a day's week; of this week where none is named. */
function mondayOf(day: string | undefined, now: Instant): Instant {
  const date = zoned(day !== undefined && isDay(day) ? midnightOf(day) : now)
  return date.subtract({ days: date.dayOfWeek - 1 }).startOfDay().epochMilliseconds
}
