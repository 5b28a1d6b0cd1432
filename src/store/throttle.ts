import { eq, lte, sql } from 'drizzle-orm'
import type { Instant } from '../engine/content.ts'
import { build, p, returning, select, write } from './query.ts'
import { throttle } from './schema.ts'
import type { Store } from './store.ts'

/** How patient a counter is: `free` failures cost nothing, then each doubles the wait up to `capMs`. */
export interface Patience {
  free: number
  baseMs: number
  capMs: number
  /** Without an attempt in this time, it starts anew. */
  forgetMs: number
}

const failures = sql<number>`case when ${throttle.at} <= ${p('since')} then 1 else ${throttle.failures} + 1 end`
const wait = sql<number>`case when ${failures} < ${p('free')} then 0
  else ${p('now')} + min(${p('capMs')}, ${p('baseMs')} * (1 << min(16, ${failures} - ${p('free')}))) end`

const take = returning(
  build
    .insert(throttle)
    .values({ key: p('key'), failures: 1, waitUntil: 0, at: p('now') })
    .onConflictDoUpdate({
      target: throttle.key,
      set: { failures, waitUntil: wait, at: p('now') } as never,
      setWhere: lte(throttle.waitUntil, p('now') as never),
    })
    .returning({ key: throttle.key }),
  { key: throttle.key },
)

/**
 * Takes one attempt, counted as a failure before anything is tried: guesses sent at once cannot slip through together.
 * False while one must wait; such an attempt is not even looked at.
 */
export async function takeAttempt(store: Store, key: string, patience: Patience, now: Instant): Promise<boolean> {
  const { forgetMs, ...rest } = patience
  return (await store.returning(take({ key, now, since: now - forgetMs, ...rest }))).length > 0
}

const waitOf = select(
  build
    .select({ waitUntil: throttle.waitUntil })
    .from(throttle)
    .where(eq(throttle.key, p('key') as never)),
)

/** Until when this one must wait; a past moment when it need not. */
export async function waitUntil(store: Store, key: string): Promise<Instant> {
  return (await store.read(waitOf({ key })))[0]?.waitUntil ?? 0
}

/** A success: the counter starts anew. */
export const forgetFailures = write<{ key: string }>(build.delete(throttle).where(eq(throttle.key, p('key') as never)))

/** Gives back the attempt that turned out well, and no other. */
export const giveBack = write<{ key: string }>(
  build
    .update(throttle)
    .set({ failures: sql`max(0, ${throttle.failures} - 1)`, waitUntil: 0 } as never)
    .where(eq(throttle.key, p('key') as never)),
)

export const dropStaleThrottles = write<{ before: Instant }>(
  build.delete(throttle).where(lte(throttle.at, p('before') as never)),
)
