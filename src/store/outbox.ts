import { and, asc, eq, inArray, lte, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Id, Instant, Message } from '../engine/content.ts'
import { broadcast, broadcastTarget } from './broadcast-tables.ts'
import { build, p, returning, select, write } from './query.ts'
import { address, conversation, outbox, staffPhone } from './schema.ts'
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
  /** Null when the address is lost. */
  handle: Uint8Array | null
  /** The conversation as stored, for the person's pronoun. */
  conversation: string
  activeAt: Instant
  askedAt: Instant | null
  /** From then on it helps nobody. */
  expiresAt: Instant | null
  /** How the message to many stands that it belongs to; null where it belongs to none. */
  broadcast: 'waiting' | 'sending' | 'paused' | 'stopped' | null
  stopped: boolean
  reachable: boolean
  ticket: Id | null
  /** Whose phone the address is; null for a person's. */
  phoneOf: Id | null
}

const earlier = alias(outbox, 'earlier')
const due = build
  .select({ id: outbox.id })
  .from(outbox)
  .where(
    and(
      // Written out, not bound: the planner takes a partial index only where it reads the value.
      sql`${outbox.state} = 'queued'`,
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
              sql`${earlier.state} in ('queued', 'leased')`,
              sql`${earlier.n} < ${outbox.n}`,
              // What the gate holds back for later does not hold back what may go now.
              sql`(${outbox.lane} < 2 or ${earlier.dueAt} <= ${p('now')})`,
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
    .set({
      state: 'leased',
      leaseUntil: p('leaseUntil'),
      fence: sql`${outbox.fence} + 1`,
      attempts: sql`${outbox.attempts} + 1`,
    } as never)
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
      channel: sql<string>`coalesce(${address.channel}, '')`.as('channel'),
      bot: sql<string>`coalesce(${address.bot}, '')`.as('bot'),
      handle: address.handle,
      conversation: conversation.body,
      activeAt: conversation.activeAt,
      askedAt: conversation.askedAt,
      expiresAt: outbox.expiresAt,
      broadcast: sql<Claimed['broadcast']>`${broadcast.state}`.as('broadcast_state'),
      stopped: conversation.stopped,
      reachable: conversation.reachable,
      ticket: conversation.ticket,
      phoneOf: staffPhone.staff,
    })
    .from(outbox)
    .leftJoin(address, eq(address.id, outbox.address))
    .innerJoin(conversation, eq(conversation.contact, outbox.contact))
    .leftJoin(staffPhone, eq(staffPhone.address, outbox.address))
    .leftJoin(broadcastTarget, eq(broadcastTarget.message, outbox.id))
    .leftJoin(broadcast, eq(broadcast.id, broadcastTarget.broadcast))
    .where(sql`${outbox.id} in (select value from json_each(${p('ids')}))`)
    .orderBy(asc(outbox.n)),
)

/** A row that belongs to no conversation any more could only be leased again and again. */
const dropStray = write(
  build
    .update(outbox)
    .set({ state: 'dropped', settledAt: p('now'), reason: 'gone', leaseUntil: null } as never)
    .where(and(eq(outbox.id, p('id') as never), eq(outbox.state, 'leased'))),
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
  const ids = (await store.returning(claimRows({ lane, now, leaseUntil, limit }))).map(({ id }) => id)
  if (ids.length === 0) return []
  const rows = await store.read(claimed({ ids: JSON.stringify(ids) }))
  const found = new Set(rows.map(({ id }) => id))
  const strays = ids.filter((id) => !found.has(id))
  if (strays.length > 0) await store.batch(strays.map((id) => dropStray({ id, now })))
  return rows.map((row) => ({ ...row, message: row.content === null ? null : (JSON.parse(row.content) as Message) }))
}
