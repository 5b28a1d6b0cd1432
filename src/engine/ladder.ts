import type { Ladder, Step } from './book.ts'
import type { Id, Instant } from './content.ts'
import type { Timer } from './conversation.ts'
import type { Hours, Point } from './facts.ts'
import { pointsFor } from './fill.ts'
import { afterWorking, openAt } from './hours.ts'
import { mayBeCalled, type StaffMember } from './staff.ts'
import { emit, flush, say, type Turn } from './turn.ts'

/*
 * A ticket that nobody holds climbs: who is on duty, everybody at the point, its lead, the tier above, and at last the
 * person is told the truth. Each rung is a timer through the one door, so that nothing depends on a process staying up.
 */

const MINUTE = 60_000

const timerOf = (turn: Turn): Id => `${turn.state.contact}:ladder`

/** From the foot: a ticket was opened, raised, transferred or given back. */
export function beginLadder(turn: Turn, colleague?: Id): void {
  stopLadder(turn)
  if (colleague === undefined) return climb(turn, { from: turn.at, step: 0, round: 0 })
  emit(turn, { type: 'staff_called', id: turn.state.ticket!.id, step: 0, staff: [colleague] })
  climb(turn, { from: turn.at, step: 1, round: 0 })
}

/** Somebody took the ticket, or it is over. */
export function stopLadder(turn: Turn): void {
  if (!turn.state.ticket?.ladder) return
  emit(turn, { type: 'timer_cleared', id: timerOf(turn) })
}

/** The time for a rung has come. A ticket that is held, gone, or climbs by a later timer stays as it is. */
export function rungDue(turn: Turn, timer: Timer): void {
  const { ticket } = turn.state
  if (!ticket || ticket.heldBy !== null) return emit(turn, { type: 'ignored', reason: 'not_waiting' })
  // Opened by a release that knew no ladders.
  if (!ticket.ladder) return beginLadder(turn)
  if (ticket.ladder.dueAt !== timer.dueAt) return emit(turn, { type: 'ignored', reason: 'climbed' })
  const { from, step, round } = ticket.ladder
  const again = step >= ladderOf(turn).steps.length
  climb(turn, again ? { from: turn.at, step: 0, round: round + 1 } : { from, step, round })
}

interface Place {
  from: Instant
  step: number
  round: number
}

/**
 * Every rung that is due; a rung where nobody can be called is passed at once, so that no time is lost on it. Where no
 * staff are known at all, whoever reads the desk still gets the time of each rung.
 */
function climb(turn: Turn, { from, step, round }: Place): void {
  const { steps, again } = ladderOf(turn)
  const known = turn.facts.directory.staff.length > 0
  let passed = false
  for (; step < steps.length; step++) {
    const one = steps[step]!
    if (dueOf(turn, from, one) > turn.at && !passed) break
    if (one.call === 'person') tell(turn, round, from)
    else passed = !call(turn, one, { step, round }) && known
  }
  const next = steps[step]
  const dueAt = next ? dueOf(turn, from, next) : again === null ? null : turn.at + again * MINUTE
  emit(turn, { type: 'ladder_climbed', id: turn.state.ticket!.id, from, step, round, dueAt })
  if (dueAt !== null) emit(turn, { type: 'timer_set', id: timerOf(turn), kind: 'ladder', dueAt })
}

function ladderOf({ book, state }: Turn): Ladder {
  return book.ladders[state.ticket!.priority]
}

/** Working minutes where the point's hours are known; plain minutes for an emergency, and where no hours are known. */
function dueOf(turn: Turn, from: Instant, step: Step): Instant {
  const plain = from + step.after * MINUTE
  if (ladderOf(turn).clock === 'always') return plain
  return afterWorking(pointsOf(turn), turn.facts.directory.calendar, from, step.after) ?? plain
}

/** The points whose staff are asked: the ticket's own, else those of the person's commune, else all. */
function pointsOf({ state, facts }: Turn): readonly Point[] {
  const { points } = facts.directory
  const own = points.filter((point) => point.id === state.ticket!.point)
  return own.length > 0 ? own : pointsFor(state, facts.directory)
}

/** Calls the staff of a rung; false when there is nobody. */
function call(turn: Turn, rung: Step, { step, round }: Pick<Place, 'step' | 'round'>): boolean {
  const here = staffOf(turn, rung.call)
  // Those who speak it did not come the first time: the next time round nobody waits behind them.
  const called = rung.call === 'on_duty' && round === 0 ? speakersFirst(turn, here) : here
  const staff = called.map((member) => member.id)
  if (staff.length > 0) emit(turn, { type: 'staff_called', id: turn.state.ticket!.id, step, staff })
  return staff.length > 0
}

/** Who waits already asked for a language: those on duty who speak it are called now, and every rung keeps its time. */
export function callSpeakers(turn: Turn): void {
  const { ladder, id } = turn.state.ticket!
  const here = staffOf(turn, 'on_duty')
  const speakers = speakersFirst(turn, here)
  if (speakers === here) return
  const step = Math.max(0, (ladder?.step ?? 0) - 1)
  emit(turn, { type: 'staff_called', id, step, staff: speakers.map((member) => member.id) })
}

/** Every phone of those who may be called here and above: an emergency does not wait for its rung. */
export function ringAll(turn: Turn): void {
  const points = pointsOf(turn)
  const places = [null, ...points.flatMap((point) => [point.id, point.above ?? null])]
  const staff = turn.facts.directory.staff
    .filter((member) => mayBeCalled(member, turn.state.ticket!.chosePolice === true) && places.includes(member.point))
    .map((member) => member.id)
  if (staff.length > 0) emit(turn, { type: 'phones_rung', id: turn.state.ticket!.id, staff })
}

function staffOf(turn: Turn, rung: Step['call']): readonly StaffMember[] {
  const points = pointsOf(turn)
  const at = (ids: readonly (Id | null | undefined)[]) =>
    turn.facts.directory.staff.filter(
      (member) => mayBeCalled(member, turn.state.ticket!.chosePolice === true) && ids.includes(member.point),
    )
  const here = at(points.map((point) => point.id))
  switch (rung) {
    case 'on_duty':
      return here.filter((member) => isOnDuty(turn, member))
    case 'point':
      return here
    case 'lead':
      return here.filter(({ roles }) => roles.includes('lead'))
    case 'above': {
      const above = at([null, ...points.map((point) => point.above)])
      const now = above.filter((member) => isOnDuty(turn, member))
      return now.length > 0 ? now : above
    }
    case 'person':
      return []
    default:
      return rung satisfies never
  }
}

/**
 * Where somebody on duty speaks the person's language they alone are called first; a life in danger waits for no language.
 * The same list where nobody does.
 */
function speakersFirst({ state }: Turn, staff: readonly StaffMember[]): readonly StaffMember[] {
  const { language } = state.answers
  if (language?.type !== 'code' || state.ticket!.priority === 'emergency') return staff
  const speakers = staff.filter(({ languages }) => languages.includes(language.value))
  return speakers.length > 0 ? speakers : staff
}

function isOnDuty({ facts, at }: Turn, { duty, point }: StaffMember): boolean {
  const hours: Hours | null = duty ?? facts.directory.points.find((one) => one.id === point) ?? null
  return hours !== null && openAt(hours, facts.directory.calendar, at)
}

/**
 * Once, however often the ladder begins again: nobody has taken it, or nobody is there to be called at all, and what is
 * open at this minute.
 */
function tell(turn: Turn, round: number, from: Instant): void {
  if (round > 0) return
  say(turn, from === turn.at ? 'he-thong.khong-ai-truc' : 'he-thong.chua-ai-nhan')
  flush(turn)
}
