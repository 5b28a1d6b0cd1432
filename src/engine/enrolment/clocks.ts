import { afterWorkingDays } from '../clock/working-days.ts'
import { zoned } from '../clock/zone.ts'
import type { Id, Instant } from '../content.ts'
import type { Calendar } from '../facts.ts'
import type { EnrolmentState, EnrolmentStep, OperatorKind, TreatmentForm } from './enrolment.ts'

/** A paper that a way of treatment asks for, as dated configuration. */
export interface Paper {
  id: Id
  title: string
  /** The source it rests on, and the article. */
  source: Id
  article: string
  /** False: nobody has confirmed it, and it says so. */
  confirmed: boolean
}

/** A time that runs from one step of a request until another. `article` null: a target of the house, no rule of law. */
export interface ClockPlan {
  id: Id
  title: string
  from: EnrolmentState
  until: readonly EnrolmentState[]
  count: number
  unit: 'working_days' | 'days' | 'hours' | 'months'
  /** Only for these; left out: for all. */
  forms?: readonly TreatmentForm[]
  operators?: readonly OperatorKind[]
  source: Id | null
  article: string | null
  confirmed: boolean
}

/** What the house has configured about requests. */
export interface EnrolmentPlan {
  /** The day on which the papers and times were last held against their sources. */
  asOf: string
  /** Days after its last step for which an open request is kept. */
  keepDays: number
  papers: Readonly<Partial<Record<TreatmentForm, readonly Paper[]>>>
  clocks: readonly ClockPlan[]
}

export const NO_PLAN: EnrolmentPlan = { asOf: '', keepDays: 180, papers: {}, clocks: [] }

/** A clock that runs for one request. */
export interface RunningClock {
  plan: ClockPlan
  startedAt: Instant
  dueAt: Instant
}

/** The clocks that run now: begun by a step, and not ended by a later one. */
export function runningClocks(
  plan: EnrolmentPlan,
  about: { form: TreatmentForm; operator: OperatorKind | null; steps: readonly { step: EnrolmentStep; at: Instant }[] },
  calendar: Calendar,
): readonly RunningClock[] {
  return plan.clocks.flatMap((clock): readonly RunningClock[] => {
    if (clock.forms && !clock.forms.includes(about.form)) return []
    if (clock.operators && (about.operator === null || !clock.operators.includes(about.operator))) return []
    const from = about.steps.findLast(({ step }) => step === clock.from)
    if (!from) return []
    const ended = about.steps.some(({ step, at }) => at >= from.at && clock.until.some((end) => end === step))
    return ended ? [] : [{ plan: clock, startedAt: from.at, dueAt: deadline(clock, from.at, calendar) }]
  })
}

function deadline({ count, unit }: ClockPlan, from: Instant, calendar: Calendar): Instant {
  switch (unit) {
    case 'working_days':
      return afterWorkingDays(from, count, calendar)
    case 'days':
      return zoned(from).add({ days: count }).epochMilliseconds
    case 'hours':
      return from + count * 3_600_000
    case 'months':
      return zoned(from).add({ months: count }).epochMilliseconds
    default:
      return unit satisfies never
  }
}
