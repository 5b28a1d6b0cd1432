import { and, desc, eq, gt, gte, isNull, lte, or, sql } from 'drizzle-orm'
import type { Id, Instant, Message } from '../engine/content.ts'
import { emptyConversation, type Priority } from '../engine/conversation.ts'
import { build, p, type Query, select, write } from './query.ts'
import {
  address,
  conversation,
  erasure,
  inbound,
  linkTry,
  outbox,
  staffCall,
  staffLink,
  staffPhone,
  ticket,
  words,
} from './schema.ts'
import type { Store } from './store.ts'

/*
 * A member's own chat. Its contact has a conversation of number zero, which the door never moves on: the outbox, leases
 * and sealing work as for everybody, and no flow ever runs there.
 */

export interface StaffPhone {
  address: Id
  contact: Id
  staff: Id
  current: Id | null
}

const byAddress = select(
  build
    .select({
      address: staffPhone.address,
      contact: address.contact,
      staff: staffPhone.staff,
      current: staffPhone.current,
    })
    .from(staffPhone)
    .innerJoin(address, eq(address.id, staffPhone.address))
    .where(eq(staffPhone.address, p('address'))),
)

export async function staffPhoneAt(store: Store, id: Id): Promise<StaffPhone | null> {
  return (await store.read(byAddress({ address: id })))[0] ?? null
}

const whose = select(
  build
    .select({
      address: address.id,
      contact: address.contact,
      staff: staffPhone.staff,
      current: staffPhone.current,
    })
    .from(address)
    .leftJoin(staffPhone, eq(staffPhone.address, address.id))
    .where(eq(address.id, p('address'))),
)

/** Whom an address belongs to, in one read: a new contact's id is its first address id. */
export async function ownerOf(store: Store, id: Id): Promise<{ contact: Id; phone: StaffPhone | null }> {
  const row = (await store.read(whose({ address: id })))[0]
  if (!row) return { contact: id, phone: null }
  const { staff, ...rest } = row
  return { contact: row.contact, phone: staff === null ? null : { ...rest, staff } }
}

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
      sql`select null, ${p('id')}, ${p('contact')}, ${p('address')}, 1, 'staff_say', 'queued', ${p('content')}, null, ${p('now')}, 0, 0, null, null, null, null ${ifOpen}`,
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

const addInbound = write(build.insert(inbound).values({ key: p('key'), at: p('at') }))
const addSay = write(
  build.insert(outbox).values({
    id: p('id'),
    contact: p('contact'),
    address: p('address'),
    lane: 1,
    kind: 'staff_say',
    state: 'queued',
    content: p('content'),
    dueAt: p('at'),
    attempts: 0,
    fence: 0,
  }),
)
const setCurrent = write(
  build
    .update(staffPhone)
    .set({ current: p('current') } as never)
    .where(eq(staffPhone.address, p('address'))),
)
const dropPhone = write(build.delete(staffPhone).where(eq(staffPhone.address, p('address'))))
/** The chat is a stranger's from now on; its last rows go once the farewell has gone out, as after an erasure. */
const endConversation = write(
  build
    .update(conversation)
    .set({ activeAt: p('at') } as never)
    .where(eq(conversation.contact, p('contact'))),
)
const addErasure = write(
  build
    .insert(erasure)
    .values({ contact: p('contact'), seq: 0, at: p('at') })
    .onConflictDoNothing(),
)
const dropQueued = write(
  build.delete(outbox).where(and(eq(outbox.contact, p('contact') as never), sql`${outbox.state} = 'queued'`)),
)

/** What a message from a phone ends with: its key, what is said back, and which conversation is open there. */
export async function answerPhone(
  store: Store,
  phone: StaffPhone,
  answer: { key: string; at: Instant; say: Message; current: Id | null; unlink: boolean },
): Promise<void> {
  const { address, contact } = phone
  const { key, at, say, current, unlink } = answer
  await store.batch([
    addInbound({ key, at }),
    ...(unlink
      ? [dropQueued({ contact }), dropPhone({ address }), endConversation({ contact, at }), addErasure({ contact, at })]
      : []),
    ...(!unlink && current !== phone.current ? [setCurrent({ address, current })] : []),
    addSay({ id: `${contact}.${key}`, contact, address, content: JSON.stringify(say), at }),
  ])
}

/** What is said to somebody whose chat cannot become a staff phone now. */
export function sayTo(contact: Id, address: Id, key: string, say: Message, at: Instant): readonly Query[] {
  return [
    addInbound({ key, at }),
    addSay({ id: `${contact}.${key}`, contact, address, content: JSON.stringify(say), at }),
  ]
}

/** A ticket that a member was called to or holds. */
export interface Called {
  id: Id
  contact: Id | null
  priority: Priority
  point: Id | null
  heldBy: Id | null
  openedAt: Instant
  closedAt: Instant | null
}

const calledTo = select(
  build
    .select({
      id: ticket.id,
      contact: ticket.contact,
      priority: ticket.priority,
      point: ticket.point,
      heldBy: ticket.heldBy,
      openedAt: ticket.openedAt,
      closedAt: ticket.closedAt,
    })
    .from(ticket)
    .where(
      and(
        or(isNull(ticket.closedAt), gte(ticket.closedAt, p('since') as never)),
        or(
          eq(ticket.heldBy, p('staff') as never),
          sql`${ticket.id} in (select ${staffCall.ticket} from ${staffCall} where ${staffCall.staff} = ${p('staff')})`,
        ),
      ),
    )
    .orderBy(sql`case ${ticket.priority} when 'emergency' then 0 when 'urgent' then 1 else 2 end`, ticket.openedAt),
)

/** Open tickets of a member, and those that closed after `since`, the most serious and longest waiting first. */
export async function ticketsOf(store: Store, staff: Id, since: Instant): Promise<readonly Called[]> {
  return store.read(calledTo({ staff, since }))
}

const ring = write(
  build
    .insert(outbox)
    .select(
      sql`select null, ${p('id')} || ${address.id}, ${address.contact}, ${address.id}, ${p('lane')}, ${p('kind')}, 'queued', ${p('content')}, ${p('words')}, ${p('at')}, 0, 0, null, null, null, null from ${staffPhone} join ${address} on ${address.id} = ${staffPhone.address} where ${staffPhone.staff} in (select value from json_each(${p('staff')}))`,
    )
    .onConflictDoNothing(),
)

/** One row for each linked phone of these members; `id` is the beginning of each row's. */
export function toPhones(row: {
  id: string
  staff: readonly Id[]
  lane: number
  kind: 'staff_alert' | 'staff_relay'
  message: Message
  words: Id | null
  at: Instant
}): Query {
  const { staff, message, ...rest } = row
  return ring({ ...rest, staff: JSON.stringify(staff), content: JSON.stringify(message) })
}

const lastWords = select(
  build
    .select({ id: words.id })
    .from(words)
    .where(and(eq(words.contact, p('contact') as never), eq(words.kind, 'you')))
    .orderBy(desc(words.n))
    .limit(p('limit') as never),
)

/** The newest lines of a person, oldest first, as references. */
export async function newestWords(store: Store, contact: Id, limit: number): Promise<readonly Id[]> {
  return (await store.read(lastWords({ contact, limit }))).map(({ id }) => id).reverse()
}
