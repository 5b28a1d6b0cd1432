import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { AnswerRef, Priority } from '../engine/conversation.ts'
import { build, p, returning, select } from './query.ts'
import { address, conversation, form, setting, ticket } from './schema.ts'
import type { Store } from './store.ts'

export interface OpenTicket {
  id: Id
  contact: Id
  reason: string
  priority: Priority
  heldBy: Id | null
  openedAt: Instant
  channel: string
}

/** A page of the list; a flood must show as a number, never hide who came after it. */
const TICKETS_PER_PAGE = 100

const columns = {
  id: ticket.id,
  contact: sql<string>`${ticket.contact}`.as('contact'),
  reason: ticket.reason,
  priority: ticket.priority,
  heldBy: ticket.heldBy,
  openedAt: ticket.openedAt,
  channel: address.channel,
}
const rank = sql`case ${ticket.priority} when 'emergency' then 0 when 'urgent' then 1 else 2 end`
const open = select(
  build
    .select(columns)
    .from(ticket)
    .innerJoin(conversation, eq(conversation.contact, ticket.contact))
    .innerJoin(address, eq(address.id, conversation.address))
    .where(isNull(ticket.closedAt))
    .orderBy(asc(rank), asc(ticket.openedAt))
    .limit(TICKETS_PER_PAGE)
    .offset(p('skip') as never),
)

/** Tickets that wait, the most serious and longest waiting first; pages count from 1. */
export async function openTickets(store: Store, page = 1): Promise<readonly OpenTicket[]> {
  return store.read(open({ skip: (page - 1) * TICKETS_PER_PAGE }))
}

const newestForm = select(
  build
    .select({ body: form.body })
    .from(form)
    .where(and(eq(form.contact, p('contact') as never), eq(form.form, p('form') as never)))
    .orderBy(desc(form.at))
    .limit(1),
)

/** The answers of the form a contact last filled, as references. */
export async function lastForm(
  store: Store,
  contact: Id,
  name: string,
): Promise<Readonly<Record<string, AnswerRef>> | null> {
  const row = (await store.read(newestForm({ contact, form: name })))[0]
  return row ? (JSON.parse(row.body) as Record<string, AnswerRef>) : null
}

const takeSetting = returning(
  build
    .delete(setting)
    .where(and(eq(setting.name, p('name') as never), eq(setting.value, p('value') as never)))
    .returning({ name: setting.name }),
  { name: setting.name },
)

/** Uses up a one-time link; false when it is not the present one. */
export async function useLink(store: Store, hash: string): Promise<boolean> {
  return (await store.returning(takeSetting({ name: 'setup_link', value: hash }))).length > 0
}

const held = select(
  build
    .select({
      id: ticket.id,
      contact: sql<string>`${ticket.contact}`.as('contact'),
      heldBy: sql<string>`${ticket.heldBy}`.as('held_by'),
      chosePolice: ticket.chosePolice,
    })
    .from(ticket)
    .where(and(isNull(ticket.closedAt), isNotNull(ticket.heldBy))),
)

/** Every open ticket that somebody holds. */
export async function heldTickets(
  store: Store,
): Promise<readonly { id: Id; contact: Id; heldBy: Id; chosePolice: boolean }[]> {
  return store.read(held({}))
}
