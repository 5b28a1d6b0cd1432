import { and, asc, eq, inArray, lte, notInArray, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { build, p, returning, select, write } from './query.ts'
import { outbox } from './schema.ts'
import type { Store } from './store.ts'

/** Kinds that are sent again after a crash between send and mark; the others ask a human. */
export const REPEATED: readonly string[] = ['answer', 'emergency', 'receipt', 'staff_alert', 'staff_say', 'staff_relay']

const expired = and(sql`${outbox.state} = 'leased'`, lte(outbox.leaseUntil, p('now') as never))
const repeatExpired = returning(
  build
    .update(outbox)
    .set({ state: 'queued', leaseUntil: null, reason: 'lease_expired' } as never)
    .where(and(expired, inArray(outbox.kind, [...REPEATED])))
    .returning({ id: outbox.id }),
  { id: outbox.id },
)
const uncertainRows = select(
  build
    .select({ id: outbox.id, n: outbox.n, contact: outbox.contact })
    .from(outbox)
    .where(and(expired, notInArray(outbox.kind, [...REPEATED])))
    .orderBy(asc(outbox.leaseUntil), asc(outbox.n))
    .limit(p('limit') as never),
)
const markUncertain = write(
  build
    .update(outbox)
    .set({ state: 'uncertain', leaseUntil: null, settledAt: p('now'), reason: 'lease_expired' } as never)
    .where(and(eq(outbox.n, p('n') as never), eq(outbox.state, 'leased'))),
)

/** A row whose sender died between send and mark and that a person must judge. */
export interface Uncertain {
  id: Id
  n: number
  contact: Id
}

/** Queues again the answers and cards whose lease ended before `now`; returns how many. */
export async function repeatExpiredRows(store: Store, now: Instant): Promise<number> {
  return (await store.returning(repeatExpired({ now }))).length
}

/** The other rows whose lease ended before `now`; they stay leased until `endUncertain`, so that none is forgotten. */
export async function uncertainLeases(
  store: Store,
  now: Instant,
  limit = Number.MAX_SAFE_INTEGER,
): Promise<readonly Uncertain[]> {
  return store.read(uncertainRows({ now, limit }))
}

export async function endUncertain(store: Store, n: number, now: Instant): Promise<void> {
  await store.batch([markUncertain({ n, now })])
}
