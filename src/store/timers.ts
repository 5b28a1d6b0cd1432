import { and, asc, eq, lte } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { build, p, select } from './query.ts'
import { timer } from './schema.ts'
import type { Store } from './store.ts'

export interface DueTimer {
  id: Id
  contact: Id
  kind: string
  dueAt: Instant
  round: number
}

const due = select(
  build
    .select({ id: timer.id, contact: timer.contact, kind: timer.kind, dueAt: timer.dueAt, round: timer.round })
    .from(timer)
    .where(lte(timer.dueAt, p('now') as never))
    .orderBy(asc(timer.dueAt))
    .limit(p('limit') as never),
)

/** Timers that are due, oldest first. */
export async function dueTimers(store: Store, now: Instant, limit: number): Promise<readonly DueTimer[]> {
  return store.read(due({ now, limit }))
}

const same = select(
  build
    .select({ id: timer.id })
    .from(timer)
    .where(and(eq(timer.id, p('id')), eq(timer.round, p('round')), eq(timer.dueAt, p('dueAt')))),
)

/** Is this very timer still set: not cleared, and not set anew since it was read. */
export async function isSet(store: Store, { id, round, dueAt }: DueTimer): Promise<boolean> {
  return (await store.read(same({ id, round, dueAt }))).length > 0
}
