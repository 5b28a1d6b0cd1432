import { and, eq, gt, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { build, p, select } from './query.ts'
import { seenBy, type Viewer, visible } from './queue.ts'
import { event, ticket, words } from './schema.ts'
import type { Store } from './store.ts'

/** How far the log and the words have grown: two numbers that are read at no cost. */
export interface Pulse {
  event: number
  words: number
}

const now = select(
  build
    .select({
      event: sql<number>`coalesce((select max(rowid) from ${event}), 0)`.as('event'),
      words: sql<number>`coalesce((select max(n) from ${words}), 0)`.as('words'),
    })
    .from(sql`(select 1)`),
)

export async function readPulse(store: Store): Promise<Pulse> {
  return (await store.read(now({})))[0]!
}

/** A page that shows a ticket must hear that it was closed. */
const fresh = sql`(${ticket.closedAt} is null or ${ticket.closedAt} > ${p('lately')})`
const LATELY_MS = 5 * 60_000
const LIMIT = 50
const byEvents = select(
  build
    .selectDistinct({ id: ticket.id })
    .from(event)
    .innerJoin(ticket, eq(ticket.contact, event.contact))
    .where(and(gt(sql`"event".rowid`, p('after') as never), fresh, visible))
    .limit(LIMIT),
)
const byWords = select(
  build
    .selectDistinct({ id: ticket.id })
    .from(words)
    .innerJoin(ticket, eq(ticket.contact, words.contact))
    .where(and(gt(words.n, p('after') as never), fresh, visible))
    .limit(LIMIT),
)

/** The tickets this member of staff may see in which something happened since. */
export async function changedTickets(store: Store, viewer: Viewer, since: Pulse, at: Instant): Promise<readonly Id[]> {
  const seen = { ...seenBy(viewer), lately: at - LATELY_MS }
  const found = await Promise.all([
    store.read(byEvents({ after: since.event, ...seen })),
    store.read(byWords({ after: since.words, ...seen })),
  ])
  return [...new Set(found.flat().map(({ id }) => id))]
}
