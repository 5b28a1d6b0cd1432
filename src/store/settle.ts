import { and, eq, sql } from 'drizzle-orm'
import type { Instant } from '../engine/content.ts'
import type { Claimed } from './outbox.ts'
import { build, p, type Query, select, write } from './query.ts'
import { outbox, quota, words } from './schema.ts'
import type { Store } from './store.ts'
import { monthOf } from './usage.ts'

/** By number, not by id: ids begin again when an erased person comes back. */
const held = and(eq(outbox.n, p('n') as never), eq(outbox.fence, p('fence') as never), eq(outbox.state, 'leased'))
const settleRow = write(
  build
    .update(outbox)
    .set({
      state: p('state'),
      settledAt: p('now'),
      externalId: p('externalId'),
      reason: p('reason'),
      leaseUntil: null,
    } as never)
    .where(held),
)
const requeueRow = write(
  build
    .update(outbox)
    .set({ state: 'queued', dueAt: p('dueAt'), reason: p('reason'), leaseUntil: null } as never)
    .where(held),
)
const postponeRow = write(
  build
    .update(outbox)
    .set({
      state: 'queued',
      dueAt: p('dueAt'),
      reason: p('reason'),
      leaseUntil: null,
      attempts: sql`${outbox.attempts} - 1`,
    } as never)
    .where(held),
)
const leased = select(build.select({ n: outbox.n }).from(outbox).where(held))
/** Written before the row is settled, and only while its lease is still ours. */
const addLine = write(
  build
    .insert(words)
    .select(
      build
        .select({
          n: sql`null`.as('n'),
          id: sql`${p('lineId')}`.as('id'),
          contact: outbox.contact,
          kind: sql`${p('kind')}`.as('kind'),
          sealed: sql`${p('sealed')}`.as('sealed'),
          at: sql`${p('now')}`.as('at'),
        })
        .from(outbox)
        .where(held) as never,
    )
    .onConflictDoNothing(),
)
const countSent = write(
  build
    .insert(quota)
    .values({ channel: p('channel'), bot: p('bot'), month: p('month'), sent: 1 })
    .onConflictDoUpdate({ target: [quota.channel, quota.bot, quota.month], set: { sent: sql`${quota.sent} + 1` } }),
)

/** Is the row still leased by this very claim: not erased, not taken over. */
export async function isHeld(store: Store, { n, fence }: Pick<Claimed, 'n' | 'fence'>): Promise<boolean> {
  return (await store.read(leased({ n, fence }))).length > 0
}

/** Ends a claimed row. `line` is the message as it was sent, sealed: the desk and the web chat show that. */
export function settle(
  row: Claimed,
  outcome: { state: 'sent' | 'failed' | 'uncertain' | 'dropped'; externalId: string | null; reason: string | null },
  now: Instant,
  line: { kind: 'bot' | 'own_bot' | 'human'; sealed: Buffer } | null,
  counted = line !== null,
): readonly Query[] {
  const month = monthOf(now)
  const key = { n: row.n, fence: row.fence }
  return [
    ...(line ? [addLine({ ...key, lineId: `${row.id}:sent`, kind: line.kind, sealed: line.sealed, now })] : []),
    // What left was counted by the platform too, whoever holds the lease by now.
    ...(counted ? [countSent({ channel: row.channel, bot: row.bot, month })] : []),
    settleRow({ ...key, ...outcome, now }),
  ]
}

/** Puts a claimed row back because now is not the time; that was no attempt. */
export function postpone(row: Claimed, dueAt: Instant, reason: string): Query {
  return postponeRow({ n: row.n, fence: row.fence, dueAt, reason })
}

/** Puts a claimed row back for a later try. */
export function requeue(row: Claimed, dueAt: Instant, reason: string): Query {
  return requeueRow({ n: row.n, fence: row.fence, dueAt, reason })
}
