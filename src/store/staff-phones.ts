import { and, desc, eq, gte, isNull, or, sql } from 'drizzle-orm'
import type { Id, Instant, Message } from '../engine/content.ts'
import type { Priority } from '../engine/conversation.ts'
import { build, p, type Query, select, write } from './query.ts'
import { address, conversation, erasure, inbound, outbox, staffCall, staffPhone, ticket, words } from './schema.ts'
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

/** The chat is an ordinary one again, and nothing that waited for it goes out. */
export function unlinking(
  { address, contact }: Pick<StaffPhone, 'address' | 'contact'>,
  at: Instant,
): readonly Query[] {
  return [
    dropQueued({ contact }),
    dropPhone({ address }),
    endConversation({ contact, at }),
    addErasure({ contact, at }),
  ]
}

const ofStaff = select(
  build
    .select({ address: address.id, contact: address.contact, channel: address.channel, linkedAt: staffPhone.linkedAt })
    .from(staffPhone)
    .innerJoin(address, eq(address.id, staffPhone.address))
    .where(eq(staffPhone.staff, p('staff') as never))
    .orderBy(staffPhone.linkedAt),
)

export interface LinkedPhone {
  address: Id
  contact: Id
  channel: string
  linkedAt: Instant
}

/** The chats that are linked to a member. */
export async function phonesOf(store: Store, staff: Id): Promise<readonly LinkedPhone[]> {
  return store.read(ofStaff({ staff }))
}

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
    ...(unlink ? unlinking(phone, at) : []),
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
      sql`select null, ${p('id')} || ${address.id}, ${address.contact}, ${address.id}, ${p('lane')}, ${p('kind')}, 'queued', ${p('content')}, ${p('words')}, ${p('at')}, 0, 0, null, null, null, null, null from ${staffPhone} join ${address} on ${address.id} = ${staffPhone.address} where ${staffPhone.staff} in (select value from json_each(${p('staff')}))`,
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
