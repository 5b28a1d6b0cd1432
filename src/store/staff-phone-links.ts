import { and, eq, gt, lte, or, sql } from 'drizzle-orm'
import type { Id, Instant, Message } from '../engine/content.ts'
import { emptyConversation } from '../engine/conversation.ts'
import { build, p, select, write } from './query.ts'
import { address, conversation, inbound, linkTry, outbox, staffLink, staffPhone } from './schema.ts'
import type { Store } from './store.ts'

/* The one-time codes that make a chat a staff phone, and the wrong ones that were tried. */

const openCode = select(
  build
    .select({ staff: staffLink.staff })
    .from(staffLink)
    .where(and(eq(staffLink.code, p('code') as never), gt(staffLink.expiresAt, p('now') as never))),
)
const addCode = write(build.insert(staffLink).values({ code: p('code'), staff: p('staff'), expiresAt: p('expiresAt') }))
const dropCodes = write(
  build
    .delete(staffLink)
    .where(or(eq(staffLink.staff, p('staff') as never), lte(staffLink.expiresAt, p('now') as never))),
)
const dropCode = write(build.delete(staffLink).where(eq(staffLink.code, p('code'))))

/** A fresh code takes the place of the member's earlier one. */
export async function putLinkCode(store: Store, code: string, staff: Id, now: Instant, until: Instant): Promise<void> {
  await store.batch([dropCodes({ staff, now }), addCode({ code, staff, expiresAt: until })])
}

/** Whose code this is; null when it is wrong, used or old. */
export async function staffOfCode(store: Store, code: string, now: Instant): Promise<Id | null> {
  return (await store.read(openCode({ code, now })))[0]?.staff ?? null
}

const tries = select(
  build
    .select({ count: sql<number>`count(*)`.as('count') })
    .from(linkTry)
    .where(and(eq(linkTry.who, p('who') as never), gt(linkTry.at, p('since') as never))),
)
const addTry = write(build.insert(linkTry).values({ who: p('who'), at: p('at') }))
const dropTries = write(build.delete(linkTry).where(lte(linkTry.at, p('since'))))

/** How many wrong codes came from here since. */
export async function countTries(store: Store, who: string, since: Instant): Promise<number> {
  return (await store.read(tries({ who, since })))[0]?.count ?? 0
}

export async function noteTry(store: Store, who: string, at: Instant, since: Instant): Promise<void> {
  await store.batch([dropTries({ since }), addTry({ who, at })])
}

// Each row follows from the code: when another phone has used it, none is written.
const ifOpen = sql`from ${staffLink} where ${staffLink.code} = ${p('code')} and ${staffLink.expiresAt} > ${p('now')}`
const linkAddress = write(
  build
    .insert(address)
    .select(
      sql`select ${p('address')}, ${p('contact')}, ${p('channel')}, ${p('bot')}, ${p('handle')}, ${p('now')} ${ifOpen}`,
    )
    .onConflictDoUpdate({
      target: address.id,
      set: { contact: sql`excluded.contact`, handle: sql`excluded.handle` } as never,
    }),
)
const linkConversation = write(
  build
    .insert(conversation)
    .select(
      sql`select ${p('contact')}, ${p('address')}, 0, ${p('body')}, ${Number.MAX_SAFE_INTEGER}, null, 0, 1, null ${ifOpen}`,
    ),
)
const linkPhone = write(
  build.insert(staffPhone).select(sql`select ${p('address')}, ${staffLink.staff}, ${p('now')}, null ${ifOpen}`),
)
const linkWelcome = write(
  build
    .insert(outbox)
    .select(
      sql`select null, ${p('id')}, ${p('contact')}, ${p('address')}, 1, 'staff_say', 'queued', ${p('content')}, null, ${p('now')}, 0, 0, null, null, null, null, null ${ifOpen}`,
    ),
)
const linkInbound = write(build.insert(inbound).select(sql`select ${p('key')}, ${p('now')} ${ifOpen}`))

export interface Linking {
  code: string
  key: string
  address: Id
  contact: Id
  channel: string
  bot: string
  handle: Buffer
  welcome: Message
}

/** Uses the code up and makes the address a staff phone, all or nothing; the caller looks whether it did. */
export async function linkStaffPhone(store: Store, { welcome, ...link }: Linking, now: Instant): Promise<void> {
  const { contact: _, seq: __, ...body } = emptyConversation(link.contact)
  const values = {
    ...link,
    now,
    body: JSON.stringify(body),
    id: `${link.contact}.${link.key}`,
    content: JSON.stringify(welcome),
  }
  await store.batch([
    linkInbound(values),
    linkAddress(values),
    linkConversation(values),
    linkPhone(values),
    linkWelcome(values),
    dropCode(values),
  ])
}
