import type { Flow } from '../book.ts'
import type { Ask } from '../choose.ts'
import type { When } from '../clock/when.ts'
import { instantOn } from '../clock/zone.ts'
import { acceptMeeting, declineMeeting } from '../clubs/meetings.ts'
import type { Instant, Option } from '../content.ts'
import type { Point } from '../facts.ts'
import { pointsFor } from '../fill.ts'
import { dayOf } from '../hours.ts'
import { ask, optionsOf } from '../question.ts'
import { emit, say, type Turn } from '../turn.ts'
import { bookByPerson, cancelByPerson } from './acts.ts'
import { type Appointment, type Booking, chosenAppointment, visitCode } from './appointment.ts'
import { calendarsOf, FURTHEST_MS, findSeats, isFree, offers, offersOn, USUAL_MINUTES } from './slots.ts'

/** A time is kept this long for somebody who was asked whether it is right. */
const HOLD_MS = 15 * 60_000

/** The appointment that a time is chosen for: a new one, or one in place of an old. */
interface Wanted {
  point: Point
  booking: Omit<Booking, 'startsAt'>
  old: Appointment | null
}

/** In a flow that moves an appointment its answer `visit` names it; any other makes a new one. */
function wantedOf(turn: Turn): Wanted | null {
  const moving = turn.state.session?.runs.some(({ flow }) => flow === MOVE) ?? false
  const old = moving ? chosenAppointment(turn.state) : null
  const { points } = turn.facts.directory
  if (old) {
    const point = points.find(({ id }) => id === old.point)
    const { kind, staff, minutes, remind, mayVisit } = old
    // A meeting is where it is: nobody moves it by themselves.
    if (!point || kind === 'meeting') return null
    return { point, old, booking: { kind, point: point.id, staff, minutes, remind, mayVisit } }
  }
  const named = turn.state.answers.point
  const point =
    points.find(({ id }) => named?.type === 'code' && named.value === id) ??
    pointsFor(turn.state, turn.facts.directory)[0]
  if (!point) return null
  const minutes = point.slotMinutes ?? USUAL_MINUTES
  return {
    point,
    old: null,
    booking: { kind: 'individual', point: point.id, staff: null, minutes, remind: true, mayVisit: false },
  }
}

/** The flow that moves an appointment. */
export const MOVE = 'doi-lich'

function wishOf(turn: Turn, { point, booking }: Wanted) {
  return {
    point,
    staff: booking.staff,
    minutes: booking.minutes,
    calendar: turn.facts.directory.calendar,
    taken: turn.facts.taken ?? new Set<string>(),
    now: turn.at,
  }
}

const toOption = (at: Instant): Option => ({ id: String(at), label: { type: 'instant', at, as: 'date_time' } })

/** Three free times, as choices. */
export function slotOptions(turn: Turn): readonly Option[] {
  const wanted = wantedOf(turn)
  return wanted ? offers(wishOf(turn, wanted), null, wanted.old?.startsAt ?? null).map(toOption) : []
}

/** Keeps a chosen time for somebody while they are asked whether it is right; false when it is gone. */
export function holdSlot(turn: Turn, at: Instant): boolean {
  const wanted = wantedOf(turn)
  if (!wanted || !isFree(wishOf(turn, wanted), at)) return false
  const { taken = new Set() } = turn.facts
  const seats = findSeats(calendarsOf(wanted.point, wanted.booking.staff), at, wanted.booking.minutes, taken)
  if (!seats) return false
  emit(turn, { type: 'slot_held', seats, until: turn.at + HOLD_MS })
  return true
}

/**
 * A day or a time in the person's own words. A free time is taken as it is; else the nearest free ones are offered in
 * its place, with the reason said.
 * @returns the time, or null when something else was asked instead
 */
export function settleWhen(turn: Turn, flow: Flow, id: string, node: Ask, when: When): Instant | null {
  const wanted = wantedOf(turn)
  if (!wanted) return null
  const wish = wishOf(turn, wanted)
  const midnight = when.date === null ? null : instantOn(when.date, 0)
  const exact = midnight !== null && when.time !== null ? midnight + when.time * 60_000 : null
  if (exact !== null && isFree(wish, exact)) return exact
  if (when.date !== null && (exact ?? instantOn(when.date, 24 * 60)) <= turn.at) {
    offerInstead(turn, flow, id, node, 'lich-hen.da-qua-roi')
    return null
  }
  if (midnight === null) {
    offerInstead(turn, flow, id, node, 'lich-hen.chon-gio', whenTime(turn, wish, when.time))
    return null
  }
  const near = offersOn(wish, midnight, when.time)
  if (near.length > 0) {
    const key = exact === null ? 'lich-hen.chon-gio' : 'lich-hen.gio-khong-trong'
    offerInstead(turn, flow, id, node, key, near)
  } else if (midnight > turn.at + FURTHEST_MS) offerInstead(turn, flow, id, node, 'lich-hen.ngay-xa')
  else offerInstead(turn, flow, id, node, 'lich-hen.ngay-khong-trong', offers(wish, midnight))
  return null
}

/** Says why a time cannot be had, and asks again with others: those given, else the nearest. */
export function offerInstead(
  turn: Turn,
  flow: Flow,
  id: string,
  node: Ask,
  why: string,
  times: readonly Instant[] = [],
): void {
  const shown = times.length > 0 ? times.map(toOption) : slotOptions(turn)
  say(turn, shown.length > 0 ? why : 'lich-hen.het-cho')
  ask(turn, flow, id, optionsOf(turn, flow, id, node, shown))
}

/** Only an hour was said: on the next days, as near to it as there is room. */
function whenTime(turn: Turn, wish: Parameters<typeof offersOn>[0], time: number | null): readonly Instant[] {
  const found: Instant[] = []
  for (let ahead = 0; ahead < 14 && found.length < 3; ahead++) {
    const midnight = instantOn(dayOf(turn.at + ahead * 86_400_000), 0)
    const wished = midnight + (time ?? 0) * 60_000
    const best = offersOn(wish, midnight, time).find((at) => Math.abs(at - wished) <= 60 * 60_000)
    if (best !== undefined) found.push(best)
  }
  return found
}

/** What the last steps of the flows about appointments ask for. */
export const VISIT_FORMS = [
  'visit_book',
  'visit_move',
  'visit_cancel',
  'visit_confirm',
  'visit_confirm_two',
  'visit_ask_move',
] as const
export type VisitForm = (typeof VISIT_FORMS)[number]

export const isVisitForm = (form: string): form is VisitForm => (VISIT_FORMS as readonly string[]).includes(form)

/** Does it; false when it cannot be had any more. */
export function submitVisit(turn: Turn, form: VisitForm): boolean {
  const visit = chosenAppointment(turn.state)
  switch (form) {
    case 'visit_confirm':
    case 'visit_confirm_two':
      if (visit?.meeting) return acceptMeeting(turn, visit, form === 'visit_confirm' ? 1 : 2)
      if (visit) emit(turn, { type: 'appointment_confirmed', id: visit.id, by: null })
      return visit !== null
    case 'visit_cancel':
      if (visit?.meeting) declineMeeting(turn, visit)
      else if (visit) cancelByPerson(turn, visit)
      return visit !== null
    case 'visit_ask_move':
      if (visit) emit(turn, { type: 'appointment_move_asked', id: visit.id })
      return true
    case 'visit_book':
    case 'visit_move': {
      const wanted = wantedOf(turn)
      const slot = turn.state.answers.slot
      if (!wanted || slot?.type !== 'code' || Number(slot.value) <= turn.at) return false
      const made = bookByPerson(turn, { ...wanted.booking, startsAt: Number(slot.value) }, wanted.old)
      if (made) emit(turn, { type: 'answer_saved', name: 'visit', answer: { type: 'code', value: visitCode(made.id) } })
      return made !== null
    }
    default:
      return form satisfies never
  }
}
