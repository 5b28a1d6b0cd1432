import { and, asc, eq, inArray, lte, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Id, Instant, Message } from '../engine/content.ts'
import { build, p, type Query, returning, select, write } from './query.ts'
import { address, conversation, outbox, quota, words } from './schema.ts'
import type { Store } from './store.ts'

/** A row claimed for sending, with what is needed to send it. */
export interface Claimed {
  id: Id
  n: number
  contact: Id
  address: Id
  lane: number
  kind: string
  message: Message | null
  words: Id | null
  fence: number
  attempts: number
  channel: string
  bot: string
  handle: Uint8Array
  /** The conversation as stored, for the person's pronoun. */
  conversation: string
  activeAt: Instant
  askedAt: Instant | null
  stopped: boolean
  reachable: boolean
  ticket: Id | null
}

const earlier = alias(outbox, 'earlier')
const due = build
  .select({ id: outbox.id })
  .from(outbox)
  .where(
    and(
      eq(outbox.state, 'queued'),
      eq(outbox.lane, p('lane') as never),
      lte(outbox.dueAt, p('now') as never),
      notExists(
        build
          .select({ one: sql`1` })
          .from(earlier)
          .where(
            and(
              eq(earlier.address, outbox.address),
              eq(earlier.lane, outbox.lane),
              inArray(earlier.state, ['queued', 'leased']),
              sql`${earlier.n} < ${outbox.n}`,
            ),
          ),
      ),
    ),
  )
  .orderBy(asc(outbox.dueAt), asc(outbox.n))
  .limit(p('limit') as never)

const claimRows = returning(
  build
    .update(outbox)
    .set({ state: 'leased', leaseUntil: p('leaseUntil'), fence: sql`${outbox.fence} + 1`, attempts: sql`${outbox.attempts} + 1` } as never)
    .where(inArray(outbox.id, due))
    .returning({ id: outbox.id }),
  { id: outbox.id },
)

const claimed = select(
  build
    .select({
      id: outbox.id,
      n: outbox.n,
      contact: outbox.contact,
      address: outbox.address,
      lane: outbox.lane,
      kind: outbox.kind,
      content: outbox.content,
      words: outbox.words,
      fence: outbox.fence,
      attempts: outbox.attempts,
      channel: address.channel,
      bot: address.bot,
      handle: address.handle,
      conversation: conversation.body,
      activeAt: conversation.activeAt,
      askedAt: conversation.askedAt,
      stopped: conversation.stopped,
      reachable: conversation.reachable,
      ticket: conversation.ticket,
    })
    .from(outbox)
    .innerJoin(address, eq(address.id, outbox.address))
    .innerJoin(conversation, eq(conversation.contact, outbox.contact))
    .where(eq(outbox.id, p('id') as never)),
)

/**
 * Leases up to `limit` due rows of a lane: for each address only the first that waits, so that order holds.
 * @param leaseUntil when another drain may take the rows over
 */
export async function claim(
  store: Store,
  lane: number,
  now: Instant,
  leaseUntil: Instant,
  limit: number,
): Promise<readonly Claimed[]> {
  const ids = await store.returning(claimRows({ lane, now, leaseUntil, limit }))
  const rows: Claimed[] = []
  for (const { id } of ids) {
    const row = (await store.read(claimed({ id })))[0]
    if (row) rows.push({ ...row, message: row.content === null ? null : (JSON.parse(row.content) as Message) })
  }
  return rows.sort((a, b) => a.n - b.n)
}

const held = and(eq(outbox.id, p('id') as never), eq(outbox.fence, p('fence') as never), eq(outbox.state, 'leased'))
const settleRow = write(
  build
    .update(outbox)
    .set({ state: p('state'), settledAt: p('now'), externalId: p('externalId'), reason: p('reason'), leaseUntil: null } as never)
    .where(held),
)
const requeueRow = write(
  build.update(outbox).set({ state: 'queued', dueAt: p('dueAt'), reason: p('reason'), leaseUntil: null } as never).where(held),
)
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

/** Ends a claimed row. `line` is the message as it was sent, sealed: the desk and the web chat show that. */
export function settle(
  row: Claimed,
  outcome: { state: 'sent' | 'failed' | 'uncertain' | 'dropped'; externalId: string | null; reason: string | null },
  now: Instant,
  line: { kind: 'bot' | 'human'; sealed: Buffer } | null,
): readonly Query[] {
  const month = new Date(now + 7 * 3_600_000).toISOString().slice(0, 7)
  const key = { id: row.id, fence: row.fence }
  return [
    ...(line ? [addLine({ ...key, lineId: `${row.id}:sent`, kind: line.kind, sealed: line.sealed, now })] : []),
    ...(outcome.state === 'sent' ? [countSent({ channel: row.channel, bot: row.bot, month })] : []),
    settleRow({ ...key, ...outcome, now }),
  ]
}

/** Puts a claimed row back for a later try. */
export function requeue(row: Claimed, dueAt: Instant, reason: string): Query {
  return requeueRow({ id: row.id, fence: row.fence, dueAt, reason })
}

/** Kinds that are sent again after a crash between send and mark; the others ask a human. */
const REPEATED = ['answer', 'emergency', 'receipt']
const expired = and(eq(outbox.state, 'leased'), lte(outbox.leaseUntil, p('now') as never))
const repeatExpired = write(
  build
    .update(outbox)
    .set({ state: 'queued', leaseUntil: null, reason: 'lease_expired' } as never)
    .where(and(expired, inArray(outbox.kind, REPEATED))),
)
const uncertainRows = select(
  build
    .select({ id: outbox.id, contact: outbox.contact })
    .from(outbox)
    .where(and(expired, sql`${outbox.kind} not in ('answer', 'emergency', 'receipt')`)),
)
const markUncertain = write(
  build
    .update(outbox)
    .set({ state: 'uncertain', leaseUntil: null, settledAt: p('now'), reason: 'lease_expired' } as never)
    .where(and(eq(outbox.id, p('id') as never), expired)),
)

/**
 * Releases leases that ran out: their sender died between send and mark. Answers and emergency cards are sent
 * again; the ids of the others come back, for a person to decide.
 */
export async function releaseExpired(store: Store, now: Instant): Promise<readonly { id: Id; contact: Id }[]> {
  const uncertain = await store.read(uncertainRows({ now }))
  await store.batch([repeatExpired({ now }), ...uncertain.map(({ id }) => markUncertain({ id, now }))])
  return uncertain
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
  const month = new Date(now + 7 * 3_600_000).toISOString().slice(0, 7)
  const result = new Map<string, Usage>()
  const of = (bot: string) => result.get(bot) ?? { sent: 0, people: 0 }
  for (const row of await store.read(sentThisMonth({ channel, month }))) result.set(row.bot, { ...of(row.bot), sent: row.sent })
  for (const row of await store.read(peopleOfBot({ channel }))) result.set(row.bot, { ...of(row.bot), people: row.people })
  return result
}

const waiting = select(
  build.select({ lane: outbox.lane, count: sql<number>`count(*)`.as('count') }).from(outbox).where(eq(outbox.state, 'queued')).groupBy(outbox.lane),
)

/** Rows waiting to be sent, by lane. */
export async function backlog(store: Store): Promise<readonly { lane: number; count: number }[]> {
  return store.read(waiting({}))
}
