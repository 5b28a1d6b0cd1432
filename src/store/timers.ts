import { asc, lte } from 'drizzle-orm'
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
