import { desc, eq, isNull, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { SlipFact } from '../engine/facts.ts'
import { build, p, select } from './query.ts'
import { address, chatLink, conversation, slip, ticket, walkIn } from './schema.ts'
import type { Store } from './store.ts'

const byCode = select(
  build
    .select({ walkIn: slip.walkIn, expiresAt: slip.expiresAt, used: chatLink.slip, point: walkIn.point })
    .from(slip)
    .leftJoin(walkIn, eq(walkIn.contact, slip.walkIn))
    .leftJoin(chatLink, eq(chatLink.slip, slip.code))
    .where(eq(slip.code, p('code') as never)),
)

/** What the hash of a code stands for at this instant; one that was withdrawn is as unknown as a guess. */
export async function readSlip(store: Store, code: string, now: Instant): Promise<SlipFact> {
  const row = (await store.read(byCode({ code })))[0]
  if (!row) return { state: 'unknown' }
  if (row.used !== null) return { state: 'used' }
  if (row.expiresAt <= now) return { state: 'expired' }
  const { walkIn, point } = row
  // A code of no record is that of another chat.
  return point === null ? { state: 'open', code, walkIn, point, chat: true } : { state: 'open', code, walkIn, point }
}

export async function isUsed(store: Store, code: string): Promise<boolean> {
  return ((await store.read(byCode({ code })))[0]?.used ?? null) !== null
}

const open = select(
  build
    .select({ at: slip.at, expiresAt: slip.expiresAt })
    .from(slip)
    .leftJoin(chatLink, eq(chatLink.slip, slip.code))
    .where(sql`${slip.walkIn} = ${p('walkIn')} and ${chatLink.slip} is null`)
    .orderBy(desc(slip.at))
    .limit(1),
)

/** The slip that was made last and that nobody has used yet. */
export async function slipOf(store: Store, record: Id): Promise<{ at: Instant; expiresAt: Instant } | null> {
  return (await store.read(open({ walkIn: record })))[0] ?? null
}

/** A chat that was joined to a record: the channel, and its open ticket. */
export interface Joined {
  channel: string
  at: Instant
  ticket: Id | null
}

const joined = select(
  build
    .select({ channel: address.channel, at: chatLink.at, ticket: ticket.id })
    .from(chatLink)
    .innerJoin(conversation, eq(conversation.contact, chatLink.contact))
    .innerJoin(address, eq(address.id, conversation.address))
    .leftJoin(ticket, sql`${ticket.contact} = ${chatLink.contact} and ${ticket.closedAt} is null`)
    .where(sql`${chatLink.walkIn} = ${p('walkIn')} and ${isNull(chatLink.endedAt)}`)
    .orderBy(desc(chatLink.at)),
)

export async function chatsOf(store: Store, record: Id): Promise<readonly Joined[]> {
  return store.read(joined({ walkIn: record }))
}

const recordOf = select(
  build
    .select({ walkIn: chatLink.walkIn })
    .from(chatLink)
    .where(sql`${chatLink.contact} = ${p('contact')} and ${isNull(chatLink.endedAt)}`)
    .orderBy(desc(chatLink.at))
    .limit(1),
)

/** The record that a chat was joined to. */
export async function joinedTo(store: Store, contact: Id): Promise<Id | null> {
  return (await store.read(recordOf({ contact })))[0]?.walkIn ?? null
}
