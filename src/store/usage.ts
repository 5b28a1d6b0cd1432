import { and, eq, sql } from 'drizzle-orm'
import type { Instant } from '../engine/content.ts'
import { build, p, select, write } from './query.ts'
import { address, inbound, outbox, quota } from './schema.ts'
import type { Store } from './store.ts'

/** The month in Vietnam as `2026-11`: platforms count messages by it. */
export function monthOf(at: Instant): string {
  return new Date(at + 7 * 3_600_000).toISOString().slice(0, 7)
}

const sentThisMonth = select(
  build
    .select({ bot: quota.bot, sent: quota.sent })
    .from(quota)
    .where(and(eq(quota.channel, p('channel') as never), eq(quota.month, p('month') as never))),
)
const peopleOfBot = select(
  build
    .select({ bot: address.bot, people: sql<number>`count(*)`.as('people') })
    .from(address)
    .where(eq(address.channel, p('channel') as never))
    .groupBy(address.bot),
)

export interface Usage {
  sent: number
  people: number
}

/** Messages sent this month and people known, by bot of a channel. */
export async function usage(store: Store, channel: string, now: Instant): Promise<ReadonlyMap<string, Usage>> {
  const result = new Map<string, Usage>()
  const of = (bot: string) => result.get(bot) ?? { sent: 0, people: 0 }
  for (const row of await store.read(sentThisMonth({ channel, month: monthOf(now) })))
    result.set(row.bot, { ...of(row.bot), sent: row.sent })
  for (const row of await store.read(peopleOfBot({ channel })))
    result.set(row.bot, { ...of(row.bot), people: row.people })
  return result
}

/** Notes a hashed key, as if it had arrived; it is forgotten two weeks after `at`. */
export const noteInbound = write<{ key: string; at: Instant }>(
  build
    .insert(inbound)
    .values({ key: p('key'), at: p('at') })
    .onConflictDoNothing(),
)

const waiting = select(
  build
    .select({ lane: outbox.lane, count: sql<number>`count(*)`.as('count') })
    .from(outbox)
    .where(sql`${outbox.state} = 'queued'`)
    .groupBy(outbox.lane),
)

/** Rows waiting to be sent, by lane. */
export async function backlog(store: Store): Promise<readonly { lane: number; count: number }[]> {
  return store.read(waiting({}))
}
