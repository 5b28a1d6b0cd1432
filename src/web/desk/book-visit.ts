import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { may } from '../../app/permissions.ts'
import type { Id } from '../../engine/content.ts'
import type { StaffAction } from '../../engine/conversation.ts'
import type { Point } from '../../engine/facts.ts'
import { dayOf, formatClock, formatDateTime, localTime } from '../../engine/hours.ts'
import { STYLES, VISIT_KINDS } from '../../engine/visits/appointment.ts'
import { calendarsOf, freeOn, USUAL_MINUTES } from '../../engine/visits/slots.ts'
import { load } from '../../store/load.ts'
import { readVisit, takenSeats, type VisitRow } from '../../store/visits.ts'
import { goneVisitPage } from '../pages/desk/gone.ts'
import { visitFormPage } from '../pages/desk/visit-form.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { mondayOf } from './call-day.ts'
import { fieldsOf } from './field.ts'
import { REMINDER_HOURS, STYLE_WORDS, VISIT_KIND_WORDS } from './labels.ts'
import { describeDay } from './show-visits.ts'
import { readSubject, type Subject } from './subject.ts'
import { actOnVisit } from './visit-act.ts'
import { LENGTHS, readVisitForm, type VisitDraft, visitDraft } from './visit-form.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>
type Fields = (name: string) => string

const DAY_MS = 86_400_000
const FORM = '/desk/lich/moi'

/** An appointment is made or moved: for somebody who writes, who came by, or who has one already. */
export function bookVisitRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get(FORM, async (c) => {
    const query = (name: string) => c.req.query(name) ?? ''
    const subject = await readSubject(app, c.get('who'), query)
    if (!subject) return gone(c)
    await audited(c, 'visit.read', subject.contact, { point: subject.point })
    return form(c, subject, await startDraft(c, subject, query), null)
  })
  routes.post(FORM, async (c) => {
    const who = c.get('who')
    const subject = await readSubject(app, who, (name) => c.req.query(name) ?? '')
    const fields = await fieldsOf(c)
    const draft = visitDraft(fields)
    if (!subject) return gone(c, draft.note)
    const point = pointsFor(c).find(({ id }) => id === draft.point)
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
    const reason = await actOnVisit(app, c, subject, {
      action,
      form: fields('id'),
      called: 'visit.book',
      point: point.id,
    })
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

  return routes

  function pointsFor(c: C): readonly Point[] {
    const { member } = c.get('who')
    return app.directory().points.filter(({ id, above }) => may('visit.book', member, { point: id, above }))
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
    const points = pointsFor(c)
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
    const points = pointsFor(c)
    const point = points.find(({ id }) => id === draft.point)
    if (!point) return refuse(c)
    const now = app.now()
    const old = c.req.query('doi')
    const asked = c.req.query('tuan') ?? (draft.slot === '' ? undefined : dayOf(Number(draft.slot)))
    const { conversation } = await load(app.store, subject.contact)
    const free = (from: number) => freeDays(point, draft, from, subject.contact)
    let monday = mondayOf(asked, now)
    let days = await free(monday)
    // Late in a week, or when it is full, nobody should have to look for the first free hour.
    if (asked === undefined && days.every((day) => day.free.length === 0)) {
      monday += 7 * DAY_MS
      days = await free(monday)
    }
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

  /** The free times of one week, day by day. */
  async function freeDays(point: Point, draft: VisitDraft, monday: number, contact: Id) {
    const now = app.now()
    const staff = draft.staff || null
    const taken = await takenSeats(
      app.store,
      calendarsOf(point, staff),
      { from: monday, to: monday + 7 * DAY_MS },
      { contact, now },
    )
    const minutes = Number(draft.minutes) || USUAL_MINUTES
    const wish = { point, staff, minutes, calendar: app.directory().calendar, taken, now }
    return Promise.all(
      [0, 1, 2, 3, 4, 5, 6].map(async (i) => ({
        name: (await describeDay(app, monday + i * DAY_MS, [])).name,
        free: freeOn(wish, monday + i * DAY_MS).map((at) => ({
          value: String(at),
          label: formatClock(localTime(at).minutes),
        })),
      })),
    )
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }

  /** Erased, over, or never there: no telling which. */
  async function gone(c: C, note = ''): Promise<Response> {
    return c.html(goneVisitPage(readerOf(c.get('who')), note), 404)
  }
}
