import { instantOn, zoned } from '../clock/zone.ts'
import type { Id, Instant } from '../content.ts'
import type { Timer } from '../conversation.ts'
import type { Calendar, Day } from '../facts.ts'
import { dayOf } from '../hours.ts'
import { emit, type Turn } from '../turn.ts'
import { DAYTIME, nextCalm } from '../visits/calm.ts'
import type { Rhythm } from './supporter.ts'

const MORNING = 8 * 60

const timerId = (contact: Id): Id => `tham:${contact}`

/** The day on which somebody is asked after next, counted from the last time; never a public holiday. */
export function nextContact(every: Rhythm, from: Instant, calendar: Calendar): Day {
  const today = zoned(from)
  const wanted = every === 'thang' ? today.add({ months: 1 }) : today.add({ days: every === 'tuan' ? 7 : 14 })
  return dayOf(nextCalm(instantOn(wanted.toPlainDate(), MORNING), DAYTIME, calendar))
}

/**
 * Somebody with a chat stands on the list of the day of their point until the contact is noted; somebody without one is
 * put on its list of calls when the day comes.
 */
export function setContactTimer(turn: Turn, day: Day | null): void {
  if (!turn.state.walkIn) return
  const id = timerId(turn.state.contact)
  emit(turn, { type: 'timer_cleared', id })
  if (day !== null) emit(turn, { type: 'timer_set', id, kind: 'supporter_contact', dueAt: instantOn(day, MORNING) })
}

export function contactDue(turn: Turn, timer: Timer): void {
  const { supporter, walkIn } = turn.state
  if (!supporter || !walkIn || timer.dueAt < instantOn(supporter.nextOn, MORNING))
    return emit(turn, { type: 'ignored', reason: 'no_supporter' })
  emit(turn, { type: 'call_planned', on: dayOf(turn.at) })
}
