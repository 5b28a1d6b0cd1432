import { sql } from 'drizzle-orm'
import type { ContactKind, ContactOutcome } from '../engine/conversation.ts'
import type { Day } from '../engine/facts.ts'
import { build, p, select } from './query.ts'
import { contactRecord } from './schema.ts'
import type { Store } from './store.ts'

export interface ContactCount {
  day: Day
  point: string | null
  kind: ContactKind
  outcome: ContactOutcome
  count: number
}

const counts = select(
  build
    .select({
      day: contactRecord.day,
      point: contactRecord.point,
      kind: contactRecord.kind,
      outcome: contactRecord.outcome,
      count: sql<number>`count(*)`.as('count'),
    })
    .from(contactRecord)
    .where(sql`${contactRecord.day} >= ${p('from')} and ${contactRecord.day} <= ${p('to')}`)
    .groupBy(contactRecord.day, contactRecord.point, contactRecord.kind, contactRecord.outcome)
    .orderBy(contactRecord.day, contactRecord.point, contactRecord.kind, contactRecord.outcome),
)

/** Calls and visits by day (in Vietnam, both ends included), point, kind and outcome; those of erased people count on. */
export async function contactCounts(store: Store, from: Day, to: Day): Promise<readonly ContactCount[]> {
  return (await store.read(counts({ from, to }))) as readonly ContactCount[]
}
