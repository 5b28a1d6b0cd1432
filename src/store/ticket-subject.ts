import { eq } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { build, p, select } from './query.ts'
import { ticket } from './schema.ts'
import type { Store } from './store.ts'

/** What of a ticket decides who may see it; nothing a person said. */
export interface TicketSubject {
  id: Id
  /** Null once the person's data are erased. */
  contact: Id | null
  point: Id | null
  heldBy: Id | null
  /** Who held it when it closed. */
  lastHeldBy: Id | null
  /** The person chose staff who belong to the police, knowing it. */
  chosePolice: boolean
  closedAt: Instant | null
}

const byId = select(
  build
    .select({
      id: ticket.id,
      contact: ticket.contact,
      point: ticket.point,
      heldBy: ticket.heldBy,
      lastHeldBy: ticket.lastHeldBy,
      chosePolice: ticket.chosePolice,
      closedAt: ticket.closedAt,
    })
    .from(ticket)
    .where(eq(ticket.id, p('id') as never)),
)

export async function ticketSubject(store: Store, id: Id): Promise<TicketSubject | null> {
  return (await store.read(byId({ id })))[0] ?? null
}
