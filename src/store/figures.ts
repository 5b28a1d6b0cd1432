import { and, gte, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { Priority } from '../engine/conversation.ts'
import { build, p, select } from './query.ts'
import { ticket } from './schema.ts'
import type { Store } from './store.ts'

/** Whose tickets are counted: of every point, or of these. */
export type Scope = { everywhere: true } | { everywhere: false; points: readonly Id[] }

/** What of a ticket is counted. It outlives an erasure: nothing here leads to a person. */
export interface CountedTicket {
  priority: Priority
  reason: string
  /** Null for tickets from before it was kept. */
  channel: string | null
  openedAt: Instant
  takenAt: Instant | null
  answeredAt: Instant | null
  closedAt: Instant | null
  /** The highest rung of the ladder that was climbed, and how often a hold ran out. */
  rungs: number
  lapses: number
}

const counted = sql`(${p('everywhere')} = 1 or ${ticket.point} in (select value from json_each(${p('points')})))`
const within = (scope: Scope) => ({
  everywhere: scope.everywhere ? 1 : 0,
  points: JSON.stringify(scope.everywhere ? [] : scope.points),
})

export const openedBetween = select(
  build
    .select({
      priority: ticket.priority,
      reason: ticket.reason,
      channel: ticket.channel,
      openedAt: ticket.openedAt,
      takenAt: ticket.takenAt,
      answeredAt: ticket.answeredAt,
      closedAt: ticket.closedAt,
      rungs: ticket.rungs,
      lapses: ticket.lapses,
    })
    .from(ticket)
    .where(and(gte(ticket.openedAt, p('from') as never), lt(ticket.openedAt, p('to') as never), counted)),
)

/** Tickets opened from `from` until before `to`. */
export async function ticketsOpened(
  store: Store,
  scope: Scope,
  from: Instant,
  to: Instant,
): Promise<readonly CountedTicket[]> {
  return store.read(openedBetween({ ...within(scope), from, to }))
}

const waiting = select(
  build
    .select({
      priority: ticket.priority,
      count: sql<number>`count(*)`.as('count'),
      oldest: sql<number>`min(${ticket.openedAt})`.as('oldest'),
    })
    .from(ticket)
    .where(and(isNull(ticket.closedAt), isNull(ticket.heldBy), counted))
    .groupBy(ticket.priority),
)
const held = select(
  build
    .select({ staff: sql<string>`${ticket.heldBy}`.as('staff'), count: sql<number>`count(*)`.as('count') })
    .from(ticket)
    .where(and(isNull(ticket.closedAt), isNotNull(ticket.heldBy), counted))
    .groupBy(ticket.heldBy),
)

/** What waits at this moment, and who holds how much. */
export interface Load {
  waiting: readonly { priority: Priority; count: number; oldest: Instant }[]
  held: readonly { staff: Id; count: number }[]
}

export async function loadNow(store: Store, scope: Scope): Promise<Load> {
  return { waiting: await store.read(waiting(within(scope))), held: await store.read(held(within(scope))) }
}
