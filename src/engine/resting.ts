import type { ApprovedReply, Topic } from './book.ts'
import type { Id } from './content.ts'
import type { EnrolmentPlan } from './enrolment/clocks.ts'
import type { Day } from './facts.ts'

/** A text that rests on a law, and when it was last checked against it. */
export interface Resting {
  what: 'topic' | 'reply' | 'paper' | 'clock'
  id: Id
  title: string
  asOf: Day
}

interface Shelf {
  topics: readonly Topic[]
  replies: readonly ApprovedReply[]
  enrolment?: EnrolmentPlan
}

/** Every text that rests on this source. */
export function restingOn({ topics, replies, enrolment }: Shelf, source: Id): readonly Resting[] {
  const asOf = enrolment?.asOf ?? ''
  return [
    ...topics
      .filter(({ sources }) => sources.includes(source))
      .map((one): Resting => ({ what: 'topic', id: one.id, title: one.title, asOf: one.asOf })),
    ...replies
      .filter(({ sources }) => sources.includes(source))
      .map((one): Resting => ({ what: 'reply', id: one.id, title: one.title, asOf: one.asOf })),
    ...Object.entries(enrolment?.papers ?? {}).flatMap(([form, papers]) =>
      (papers ?? [])
        .filter((paper) => paper.source === source)
        .map((paper): Resting => ({ what: 'paper', id: `${form}/${paper.id}`, title: paper.title, asOf })),
    ),
    ...(enrolment?.clocks ?? [])
      .filter((clock) => clock.source === source)
      .map((clock): Resting => ({ what: 'clock', id: clock.id, title: clock.title, asOf })),
  ]
}
