import type { Id, Instant } from '../content.ts'
import type { Timer } from '../conversation.ts'
import { dayOf } from '../hours.ts'
import { emit, nextId, type Turn } from '../turn.ts'
import { type Appointment, chosenAppointment, openAppointments, visitFills } from '../visits/appointment.ts'
import { clearReminders, planOf, remind, setReminders } from '../visits/reminders.ts'
import type { Seat } from '../visits/slots.ts'
import { type MeetingFact, membershipOf, seatsOfMeeting } from './club.ts'

/** The one timer that brings somebody's place in a meeting in line with the meeting. */
export const meetingTimer = (meeting: Id, contact: Id): Id => `buoi:${meeting}:${contact}`

export function meetingOfTimer(id: Id): Id {
  return id.slice('buoi:'.length, id.indexOf(':', 'buoi:'.length))
}

/**
 * Something about a meeting came to one person: it was announced, it moved or was called off, or a seat became free.
 * Whatever it was, their place is brought in line with the meeting as it stands, so a second timer changes nothing.
 */
export function meetingDue(turn: Turn, timer: Timer): void {
  const fact = turn.facts.meetings?.get(meetingOfTimer(timer.id))
  const ignore = (reason: string) => emit(turn, { type: 'ignored', reason })
  if (!fact) return ignore('meeting_gone')
  const one = openAppointments(turn.state).find(({ meeting }) => meeting?.id === fact.id)
  if (fact.state === 'cancelled') return one ? callOff(turn, one) : ignore('meeting_cancelled')
  if (turn.at >= fact.startsAt) return ignore('meeting_over')
  if (!one) return isMember(turn, fact.club) ? announce(turn, fact) : ignore('not_member')
  if (differs(one, fact)) return change(turn, one, fact)
  if (one.state === 'waiting' && takeSeats(turn, one, fact)) return tell(turn, one.id, 'co-cho')
  return ignore('meeting_unchanged')
}

function isMember({ state }: Turn, club: Id): boolean {
  const membership = membershipOf(state)
  return membership?.club === club && membership.state === 'member'
}

function differs(one: Appointment, { startsAt, minutes, place }: MeetingFact): boolean {
  return one.startsAt !== startsAt || one.minutes !== minutes || one.meeting?.place !== place
}

/** A member hears of a meeting, and stands on its list whether or not anything can be sent to them. */
function announce(turn: Turn, { id, club, point, startsAt, minutes, place, family }: MeetingFact): void {
  const appointment: Appointment = {
    id: nextId(turn),
    kind: 'meeting',
    point,
    staff: null,
    startsAt,
    minutes,
    remind: true,
    mayVisit: false,
    place: null,
    calendar: seatsOfMeeting(id),
    state: 'invited',
    asked: null,
    meeting: { id, club, place, family },
  }
  emit(turn, { type: 'appointment_booked', appointment, seats: [], by: null, at: turn.at })
  setReminders(turn, appointment)
  tell(turn, appointment.id, 'moi')
}

/** Another time or place: whoever had a seat keeps it, and is asked anew whether it suits. */
function change(turn: Turn, one: Appointment, { startsAt, minutes, place }: MeetingFact): void {
  const hadSeat = one.state === 'confirmed' || one.state === 'booked'
  clearReminders(turn, one)
  emit(turn, {
    type: 'meeting_moved',
    id: one.id,
    startsAt,
    minutes,
    place,
    state: hadSeat ? 'booked' : one.state === 'declined' ? 'invited' : (one.state as 'invited' | 'waiting'),
  })
  const moved = openAppointments(turn.state).find(({ id }) => id === one.id)!
  setReminders(turn, moved)
  tell(turn, one.id, 'doi')
}

/** The meeting does not take place; who had said that they cannot come hears nothing more of it. */
function callOff(turn: Turn, one: Appointment): void {
  clearReminders(turn, one)
  emit(turn, { type: 'appointment_cancelled', id: one.id, by: null })
  if (one.state === 'declined') return
  if (turn.state.walkIn) return emit(turn, { type: 'call_planned', on: dayOf(turn.at) })
  emit(turn, {
    type: 'message_queued',
    id: nextId(turn),
    lane: 'unprompted',
    kind: 'reminder',
    message: { blocks: [{ key: 'sinh-hoat.huy.kin', fills: visitFills(one, turn.state) }] },
    expiresAt: one.startsAt,
  })
}

/** Says a step in the person's own wording; somebody without a chat goes on the point's list of calls. */
function tell(turn: Turn, id: Id, step: string): void {
  const one = openAppointments(turn.state).find((each) => each.id === id)
  if (one) remind(turn, one, step, latestFor(turn, one.startsAt))
}

const latestFor = (turn: Turn, startsAt: Instant): Instant => startsAt - planOf(turn).latestMinutes * 60_000

/** Gives the person so many seats if there are enough that nobody waits for, else a place on the waiting list. */
function takeSeats(turn: Turn, one: Appointment, fact: MeetingFact, party = one.meeting?.party ?? 1): boolean {
  const free = freeSeats(fact, party)
  if (free === null) return false
  const calendar = seatsOfMeeting(fact.id)
  const seats: readonly Seat[] = free.map((quarter) => ({ calendar, quarter }))
  emit(turn, { type: 'meeting_answered', id: one.id, as: 'confirmed', seats, party, at: turn.at })
  return true
}

function freeSeats({ capacity, taken, ahead }: MeetingFact, party: number): readonly number[] | null {
  const last = capacity ?? taken.size + party
  const free = Array.from({ length: last }, (_, i) => i + 1).filter((number) => !taken.has(number))
  const left = capacity === null ? free.length : free.length - ahead
  return left >= party ? free.slice(0, party) : null
}

/** The person said that they come. @returns false when nothing is left to come to */
export function acceptMeeting(turn: Turn, one: Appointment, party: number): boolean {
  const fact = turn.facts.meetings?.get(one.meeting?.id ?? '')
  if (!fact || fact.state === 'cancelled' || turn.at >= one.startsAt) return false
  if (!takeSeats(turn, one, fact, party))
    emit(turn, { type: 'meeting_answered', id: one.id, as: 'waiting', seats: [], party, at: turn.at })
  return true
}

/** They cannot come: the seat goes to whoever waits, and no reason is asked. */
export function declineMeeting(turn: Turn, one: Appointment): void {
  if (one.asked) emit(turn, { type: 'message_withdrawn', id: one.asked.message })
  emit(turn, { type: 'meeting_answered', id: one.id, as: 'declined', seats: [], party: 1, at: turn.at })
}

/** Has the chosen meeting a seat for this person: `yes`, `waiting`, or `no`. */
export function seatIn({ state }: Turn): string {
  const one = chosenAppointment(state)
  if (one?.state === 'waiting') return 'waiting'
  return one?.state === 'confirmed' || one?.state === 'booked' ? 'yes' : 'no'
}

/** Ends whatever was open about meetings of a club that the person left. */
export function leaveMeetings(turn: Turn, by: Id | null): void {
  for (const one of openAppointments(turn.state)) {
    if (!one.meeting) continue
    clearReminders(turn, one)
    emit(turn, { type: 'appointment_cancelled', id: one.id, by })
  }
}
