import { and, desc, eq, gte, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { Priority } from '../engine/conversation.ts'
import { build, p, select } from './query.ts'
import { seenBy, type Viewer } from './queue.ts'
import { review, ticket } from './schema.ts'
import type { Store } from './store.ts'

/** A ticket that is over, as its list shows it: nothing of words. */
export interface ClosedRow {
  id: Id
  /** Null once the person's data are erased: nothing is left to open. */
  contact: Id | null
  reason: string
  priority: Priority
  point: Id | null
  openedAt: Instant
  takenAt: Instant | null
  answeredAt: Instant | null
  closedAt: Instant
  outcome: string | null
  lastHeldBy: Id | null
}

/** Who looks back, and how far: what they held themselves, and as a lead what their points had. */
export interface LookingBack extends Viewer {
  lead: boolean
  /** What they held themselves, from here on. */
  ownSince: Instant
  /** What belongs to their points, from here on. */
  since: Instant
}

const columns = {
  id: ticket.id,
  contact: ticket.contact,
  reason: ticket.reason,
  priority: ticket.priority,
  point: ticket.point,
  openedAt: ticket.openedAt,
  takenAt: ticket.takenAt,
  answeredAt: ticket.answeredAt,
  closedAt: sql<number>`${ticket.closedAt}`.as('closed_at'),
  outcome: ticket.outcome,
  lastHeldBy: ticket.lastHeldBy,
}
const theirs = sql`(${p('everywhere')} = 1 or (${ticket.point} is null and ${p('unplaced')} = 1) or ${ticket.point} in (select value from json_each(${p('points')})))`
const seen = sql`(${ticket.chosePolice} = 1 or ${p('all')} = 1) and ((${ticket.lastHeldBy} = ${p('me')} and ${ticket.closedAt} >= ${p('ownSince')}) or (${p('lead')} = 1 and ${ticket.closedAt} >= ${p('since')} and ${theirs}))`

export const closedList = select(
  build
    .select(columns)
    .from(ticket)
    .where(
      and(
        isNotNull(ticket.closedAt),
        gte(ticket.closedAt, p('oldest') as never),
        lte(ticket.closedAt, p('before') as never),
        // Many may close at one instant: the id says where the page before ended.
        sql`(${ticket.closedAt} < ${p('before')} or ${ticket.id} < ${p('beforeId')})`,
        sql`(${p('priority')} = '' or ${ticket.priority} = ${p('priority')})`,
        sql`(${p('outcome')} = '' or coalesce(${ticket.outcome}, 'none') = ${p('outcome')})`,
        seen,
      ),
    )
    .orderBy(desc(ticket.closedAt), desc(ticket.id))
    .limit(p('limit') as never),
)
const byId = select(
  build
    .select(columns)
    .from(ticket)
    .where(and(eq(ticket.id, p('id') as never), isNotNull(ticket.closedAt))),
)

export const seenClosed = ({ lead, ownSince, since, ...viewer }: LookingBack) => ({
  ...seenBy(viewer),
  lead: lead ? 1 : 0,
  ownSince,
  since,
  oldest: Math.min(ownSince, since),
})

/** Where a page begins, and what is left out of it; an empty filter leaves out nothing. */
export interface ClosedPage {
  before: Instant
  beforeId: Id
  priority: Priority | ''
  /** `none`: it ended without one. */
  outcome: string
}

/** Tickets that are over, the latest first; `before` and `beforeId` are the end of the page before. */
export async function readClosed(
  store: Store,
  viewer: LookingBack,
  page: ClosedPage,
  limit: number,
): Promise<readonly ClosedRow[]> {
  return store.read(closedList({ ...seenClosed(viewer), ...page, limit }))
}

/** One that is over, whoever may see it: the permissions are asked before. */
export async function closedTicket(store: Store, id: Id): Promise<ClosedRow | null> {
  return (await store.read(byId({ id })))[0] ?? null
}

const due = select(
  build
    .select({ ticket: review.ticket, dueAt: review.dueAt, reason: ticket.reason })
    .from(review)
    .innerJoin(ticket, eq(ticket.id, review.ticket))
    .where(and(isNull(review.reviewedAt), gte(review.dueAt, p('oldest') as never), seen))
    .orderBy(review.dueAt)
    .limit(100),
)

/** Emergencies that are over and that nobody has looked back at yet, the oldest first. */
export async function dueReviews(
  store: Store,
  viewer: LookingBack,
): Promise<readonly { ticket: Id; dueAt: Instant; reason: string }[]> {
  return store.read(due(seenClosed(viewer)))
}
