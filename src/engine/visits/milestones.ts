import { daysBefore, instantOn } from '../clock/zone.ts'
import type { Id, Instant } from '../content.ts'
import type { Conversation, StaffAction, Timer } from '../conversation.ts'
import type { Day } from '../facts.ts'
import { dayOf } from '../hours.ts'
import { emit, nextId, type Turn } from '../turn.ts'
import { momentFor, windowOf } from './calm.ts'

/**
 * Days of somebody's own from which a word is counted: they came home, a period ends, a paper is to be presented by then
 * (Luật 120/2025/QH15, khoản 3 Điều 33: within 02 days after a private facility).
 */
export const MILESTONES = ['ve', 'het-han', 'giay'] as const
export type Milestone = (typeof MILESTONES)[number]
export type Milestones = Readonly<Partial<Record<Milestone, Day>>>

/** A word so many days after a milestone, or before it when negative. */
export interface MilestoneStep {
  id: string
  of: Milestone
  days: number
  /** Minutes after midnight. */
  minutes: number
}

/** A word that is a week late says nothing any more. */
const LATE_MS = 7 * 86_400_000

/** Of a paper nothing is said once its last day is nearly over. */
const OFFICE_CLOSES = 17 * 60

const timerId = (step: string, contact: Id): Id => `moc:${step}:${contact}`

/** The steps of the book, or none in a small book of a test. */
const stepsOf = ({ book }: Turn): readonly MilestoneStep[] => book.reminders?.milestones ?? []

function planned(step: MilestoneStep, { [step.of]: day }: Milestones): Instant | null {
  return day === undefined ? null : instantOn(daysBefore(instantOn(day, 0), -step.days), step.minutes)
}

/** From then on the word helps nobody. */
function lateAt(step: MilestoneStep, wanted: Instant, { giay }: Milestones): Instant {
  return step.of === 'giay' && giay !== undefined ? instantOn(giay, OFFICE_CLOSES) : wanted + LATE_MS
}

/** Staff wrote down, with the person's yes, where they are on their way and the days that count; what was set before is replaced. */
export function setMilestones(turn: Turn, action: Extract<StaffAction, { type: 'set_milestones' }>, by: Id): void {
  const { stage, days } = action
  if (stage !== null) emit(turn, { type: 'answer_saved', name: 'stage', answer: { type: 'code', value: stage } })
  emit(turn, { type: 'milestones_set', days, by })
  const hours = turn.state.answers.reminder_hours
  const window = windowOf(hours?.type === 'code' ? hours.value : null)
  for (const step of stepsOf(turn)) {
    const id = timerId(step.id, turn.state.contact)
    emit(turn, { type: 'timer_cleared', id })
    const wanted = planned(step, days)
    if (wanted === null || wanted <= turn.at) continue
    const bounds = { earliest: turn.at, latest: lateAt(step, wanted, days) }
    const dueAt = momentFor(wanted, bounds, window, turn.facts.directory.calendar)
    if (dueAt !== null) emit(turn, { type: 'timer_set', id, kind: 'milestone', dueAt })
  }
}

/** One gentle word; somebody without a chat is called. It never follows from a visit that was missed. */
export function milestoneDue(turn: Turn, timer: Timer): void {
  const step = stepsOf(turn).find(({ id }) => timerId(id, turn.state.contact) === timer.id)
  const wanted = step && planned(step, turn.state.milestones ?? {})
  if (!step || !wanted) return emit(turn, { type: 'ignored', reason: 'no_milestone' })
  const late = lateAt(step, wanted, turn.state.milestones ?? {})
  if (turn.at >= late) return emit(turn, { type: 'ignored', reason: 'too_late' })
  if (turn.state.walkIn) return emit(turn, { type: 'call_planned', on: dayOf(turn.at) })
  emit(turn, {
    type: 'message_queued',
    id: nextId(turn),
    lane: 'unprompted',
    kind: 'broadcast',
    message: { blocks: [{ key: `moc.${step.id}.kin` }] },
    expiresAt: late,
  })
}

/** Is a word of somebody's own days still to come. */
export function isMilestoneAhead(turn: Turn, { milestones = {} }: Conversation): boolean {
  return stepsOf(turn).some((step) => (planned(step, milestones) ?? 0) > turn.at)
}
