import { NEWS, YES } from '../broadcast.ts'
import { membershipOf } from '../clubs/club.ts'
import { acceptMeeting, declineMeeting } from '../clubs/meetings.ts'
import type { Id, Instant } from '../content.ts'
import type { ReminderSettings, StaffAction } from '../conversation.ts'
import { moveAlong } from '../enrolment/request.ts'
import { nextOpen } from '../hours.ts'
import { emit, nextId, prose, type Turn } from '../turn.ts'
import { type Appointment, type Booking, openAppointments, type VisitMark, visitFills } from './appointment.ts'
import { setMilestones } from './milestones.ts'
import { clearReminders, planOf, remind, setReminders } from './reminders.ts'
import { calendarsOf, findSeats, type Seat, seatKey, seatsIn } from './slots.ts'
import { TRACE_ENDS } from './trace.ts'

type VisitAction = Extract<
  StaffAction,
  {
    type:
      | 'book_visit'
      | 'confirm_visit'
      | 'cancel_visit'
      | 'mark_visit'
      | 'trace'
      | 'set_milestones'
      | 'mute'
      | 'unmute'
  }
>

const ACTIONS = [
  'book_visit',
  'confirm_visit',
  'cancel_visit',
  'mark_visit',
  'trace',
  'set_milestones',
  'mute',
  'unmute',
]

/** Is this about somebody's time, and about no ticket. */
export function isForVisit(action: StaffAction): action is VisitAction {
  return ACTIONS.includes(action.type)
}

/** What staff do with somebody's appointments. */
export function onVisit(turn: Turn, by: Id, action: VisitAction): void {
  switch (action.type) {
    case 'book_visit':
      return bookByStaff(turn, by, action)
    case 'confirm_visit':
      return withOpen(turn, action.visit, (one) => confirmByStaff(turn, by, one))
    case 'cancel_visit':
      return withOpen(turn, action.visit, (one) => cancelByStaff(turn, by, one))
    case 'mark_visit':
      return withOpen(turn, action.visit, (one) => mark(turn, by, one, action.as))
    case 'trace':
      return emit(turn, {
        type: 'trace_stepped',
        id: action.trace,
        step: action.step,
        by,
        dueAt: TRACE_ENDS.includes(action.step) ? null : action.dueAt,
        at: turn.at,
        words: prose(turn, action.note),
      })
    case 'set_milestones':
      return setMilestones(turn, action, by)
    case 'mute':
      return emit(turn, { type: 'contact_muted', reason: action.reason, by })
    case 'unmute':
      return emit(turn, { type: 'contact_unmuted', by })
    default:
      return action satisfies never
  }
}

/** They told staff that they come; to a meeting only while it has a seat. */
function confirmByStaff(turn: Turn, by: Id, one: Appointment): void {
  if (!one.meeting) return emit(turn, { type: 'appointment_confirmed', id: one.id, by })
  if (!acceptMeeting(turn, one, 1)) emit(turn, { type: 'ignored', reason: 'meeting_gone' })
}

function withOpen(turn: Turn, id: Id, run: (one: Appointment) => void): void {
  const one = openAppointments(turn.state).find((each) => each.id === id)
  return one ? run(one) : emit(turn, { type: 'ignored', reason: 'appointment_gone' })
}

function bookByStaff(turn: Turn, by: Id, action: Extract<VisitAction, { type: 'book_visit' }>): void {
  const { booking, moves, place, note, settings } = action
  const old = moves === undefined ? null : openAppointments(turn.state).find(({ id }) => id === moves)
  if (old === undefined || old?.meeting) return emit(turn, { type: 'ignored', reason: 'appointment_gone' })
  const seats = seatsFor(turn, booking, old)
  if (seats === null) return emit(turn, { type: 'ignored', reason: 'slot_taken' })
  if (settings) keepSettings(turn, settings)
  const where = place === '' ? null : prose(turn, place)
  if (where) emit(turn, { type: 'place_noted', id: where.id, words: where })
  const appointment = arrange(turn, {
    booking,
    place: where?.id ?? old?.place ?? null,
    seats,
    by,
    note,
    old: old ?? null,
  })
  if (!appointment.remind) return
  tell(turn, appointment, old ? 'doi-boi-diem' : 'dat')
}

/** Somebody is told at once where a human is talking with them; else as anything unasked, at a fit moment. */
function tell(turn: Turn, appointment: Appointment, step: string): void {
  if (turn.state.walkIn) return
  const expiresAt = appointment.startsAt - planOf(turn).latestMinutes * 60_000
  remind(turn, appointment, step, expiresAt, turn.state.ticket?.heldBy ? 'conversation' : 'unprompted')
}

function keepSettings(turn: Turn, { style, hours, label, news }: ReminderSettings): void {
  for (const [name, value] of [
    ['reminder_style', style],
    ['reminder_hours', hours],
    ...(news ? [[NEWS, YES] as const] : []),
  ] as const)
    emit(turn, { type: 'answer_saved', name, answer: { type: 'code', value } })
  if (label === '') return
  const words = prose(turn, label)
  emit(turn, { type: 'answer_saved', name: 'reminder_label', answer: { type: 'words', id: words.id }, words })
}

/** The seats of a booking; those the old appointment gives back count as free. */
function seatsFor(turn: Turn, booking: Booking, old: Appointment | null): readonly Seat[] | null {
  const point = turn.facts.directory.points.find(({ id }) => id === booking.point)
  if (!point) return null
  const taken = new Set(turn.facts.taken ?? [])
  if (old) for (const seat of seatsIn(old.calendar, old.startsAt, old.minutes)) taken.delete(seatKey(seat))
  return findSeats(calendarsOf(point, booking.staff), booking.startsAt, booking.minutes, taken)
}

interface Placing {
  booking: Booking
  place: Id | null
  seats: readonly Seat[]
  by: Id | null
  note?: string
  old: Appointment | null
}

/** Makes the appointment, ends the one it replaces, and sets what is to be said of it. */
function arrange(turn: Turn, { booking, place, seats, by, note = '', old }: Placing): Appointment {
  const id = nextId(turn)
  const appointment: Appointment = {
    ...booking,
    id,
    place,
    calendar: seats[0]?.calendar ?? '',
    state: by === null ? 'confirmed' : 'booked',
    asked: null,
  }
  if (old) {
    clearReminders(turn, old)
    emit(turn, { type: 'appointment_moved', id: old.id, to: id })
  }
  const words = note === '' ? {} : { words: prose(turn, note) }
  emit(turn, { type: 'appointment_booked', appointment, seats, by, at: turn.at, ...words })
  setReminders(turn, appointment)
  moveAlong(turn, 'booked', by)
  return appointment
}

/** The person chose this time, for a new appointment or in place of an old one; false when it is gone meanwhile. */
export function bookByPerson(turn: Turn, booking: Booking, old: Appointment | null): Appointment | null {
  const seats = seatsFor(turn, booking, old)
  return seats && arrange(turn, { booking, place: old?.place ?? null, seats, by: null, old })
}

/** The person cannot come; asks for nothing more. */
export function cancelByPerson(turn: Turn, appointment: Appointment): void {
  clearReminders(turn, appointment)
  emit(turn, { type: 'appointment_cancelled', id: appointment.id, by: null })
}

/** What is cancelled from our side is said, with the way to a new time. */
function cancelByStaff(turn: Turn, by: Id, appointment: Appointment): void {
  if (appointment.meeting) return declineMeeting(turn, appointment)
  clearReminders(turn, appointment)
  emit(turn, { type: 'appointment_cancelled', id: appointment.id, by })
  if (turn.state.walkIn || !appointment.remind) return
  const message = {
    blocks: [{ key: 'lich-hen.diem-huy', fills: visitFills(appointment, turn.state) }],
  }
  emit(turn, {
    type: 'message_queued',
    id: nextId(turn),
    lane: 'unprompted',
    kind: 'reminder',
    message,
    expiresAt: appointment.startsAt,
  })
}

/** People come to a meeting before it begins. */
const DOORS_MS = 30 * 60_000

/** Whether the person came. Of a missed appointment nothing more is sent by itself: a human is to look. */
function mark(turn: Turn, by: Id, appointment: Appointment, as: VisitMark): void {
  const from = appointment.startsAt - (appointment.meeting ? DOORS_MS : 0)
  if (turn.at < from) return emit(turn, { type: 'ignored', reason: 'not_yet' })
  clearReminders(turn, appointment)
  emit(turn, { type: 'appointment_marked', id: appointment.id, as, by, at: turn.at })
  if (as !== 'missed') return
  // Who stays away from a club is asked after only where they wished it.
  if (appointment.meeting && !membershipOf(turn.state)?.followUp) return
  const { id, point, mayVisit } = appointment
  emit(turn, {
    type: 'trace_opened',
    id: `${id}:trace`,
    appointment: id,
    point,
    mayVisit,
    dueAt: traceDue(turn, point),
    at: turn.at,
  })
  const asks = turn.facts.directory.points.find((one) => one.id === point)?.asksAfterMiss === true
  if (asks && !appointment.meeting && appointment.remind && !turn.state.walkIn) {
    const message = { blocks: [{ key: 'lich-hen.khi-nao-tien' }] }
    emit(turn, { type: 'message_queued', id: nextId(turn), lane: 'unprompted', kind: 'reminder', message })
  }
}

/** Within the hours of the plan, or when the point opens next if that is later. */
function traceDue(turn: Turn, pointId: Id): Instant {
  const due = turn.at + planOf(turn).traceHours * 3_600_000
  const point = turn.facts.directory.points.find(({ id }) => id === pointId)
  const opens = point && nextOpen(point, turn.facts.directory.calendar, turn.at)
  return Math.max(due, opens ?? due)
}
