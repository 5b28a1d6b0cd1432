import { and, asc, eq, isNull, not, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { Priority } from '../engine/conversation.ts'
import type { Day } from '../engine/facts.ts'
import { build, p, select } from './query.ts'
import { address, conversation, ticket } from './schema.ts'
import type { Store } from './store.ts'

/** An open ticket as the desk shows it. */
export interface QueueRow {
  id: Id
  contact: Id
  /** The turn the conversation stood at when this was read. */
  seq: number
  reason: string
  priority: Priority
  point: Id | null
  heldBy: Id | null
  openedAt: Instant
  takenAt: Instant | null
  /** When the hold ends unless a staff line goes out; null while the person waits for none. */
  answerBy: Instant | null
  /** When the next rung of the ladder is called; null while held, or when nobody is left to call. */
  rungDueAt: Instant | null
  chosePolice: boolean
  channel: string
  /** The language the person asked for; null for Vietnamese. */
  language: string | null
  reachable: boolean
  /** The newest rung called this very member of staff. */
  callsMe: number
  /** The filled form of somebody who wishes to be called, as references; null when there is none. */
  callback: string | null
}

/** Who looks, and at what: see `viewerOf`. */
export interface Viewer {
  id: Id
  /** Police-affiliated staff see only people who chose them, knowing it. */
  police: boolean
  /** Tickets of every point. */
  everywhere: boolean
  /** Tickets that no point has yet. */
  unplaced: boolean
  /** Tickets of these points. */
  points: readonly Id[]
}

/** A page of the queue; a flood must show as a number, never hide who came after it. */
export const QUEUE_PAGE = 50

const callbackForm = sql<
  string | null
>`(select body from form where form.contact = ${ticket.contact} and form.form = 'callback' order by form.at desc limit 1)`
const callsMe = sql`exists (select 1 from staff_call as called where called.ticket = ${ticket.id} and called.staff = ${p('me')} and called.at = (select max(at) from staff_call as newest where newest.ticket = ${ticket.id}))`
const columns = {
  id: ticket.id,
  contact: sql<string>`${ticket.contact}`.as('contact'),
  seq: conversation.seq,
  reason: ticket.reason,
  priority: ticket.priority,
  point: ticket.point,
  heldBy: ticket.heldBy,
  openedAt: ticket.openedAt,
  takenAt: ticket.takenAt,
  answerBy: sql<number | null>`${conversation.body} -> 'ticket' ->> 'answerBy'`.as('answer_by'),
  rungDueAt: ticket.rungDueAt,
  chosePolice: ticket.chosePolice,
  channel: address.channel,
  language: sql<string | null>`${conversation.body} -> 'answers' -> 'language' ->> 'value'`.as('language'),
  reachable: conversation.reachable,
  callsMe: sql<number>`${callsMe}`.as('calls_me'),
  callback: callbackForm.as('callback'),
}
const rank = sql`case ${ticket.priority} when 'emergency' then 0 when 'urgent' then 1 else 2 end`
/** Nothing comes before a life in danger that nobody has taken; then what one holds. */
const first = sql`case when ${ticket.heldBy} is null and ${ticket.priority} = 'emergency' then 0 when ${ticket.heldBy} = ${p('me')} then 1 else 2 end`
export const visible = sql`(${ticket.chosePolice} = 1 or ${p('all')} = 1) and (${p('everywhere')} = 1 or ${ticket.heldBy} = ${p('me')} or (${ticket.point} is null and ${p('unplaced')} = 1) or ${ticket.point} in (select value from json_each(${p('points')})))`
const notOthers = sql`(${ticket.heldBy} is null or ${ticket.heldBy} = ${p('me')})`
/** The table's name is written out: a query of one table would leave it away, and the inner one has such a column too. */
const asked = sql`exists (select 1 from form where form.contact = ticket.contact and form.form = 'callback')`
const planned = sql`(select call_on from call_plan where call_plan.contact = ticket.contact)`
/** A call to make, today or later: asked for, and not settled by one that reached them. */
const wantsCall = sql`(${asked} and not exists (select 1 from call_plan where call_plan.contact = ticket.contact and call_plan.call_on is null))`
/** To be made by today. */
const callNow = sql`(${wantsCall} and coalesce(${planned}, '') <= ${p('today')})`
/** They asked for a call and nothing else. */
const onlyCall = sql`(${ticket.reason} = 'callback' and ${wantsCall})`

const rows = () =>
  build
    .select(columns)
    .from(ticket)
    .innerJoin(conversation, eq(conversation.contact, ticket.contact))
    .innerJoin(address, eq(address.id, conversation.address))
const queuePage = select(
  rows()
    .where(and(isNull(ticket.closedAt), visible))
    .orderBy(asc(rank), asc(ticket.openedAt))
    .limit(QUEUE_PAGE)
    .offset(p('skip') as never),
)
const todayRows = select(
  rows()
    .where(and(isNull(ticket.closedAt), visible, notOthers, not(onlyCall)))
    .orderBy(asc(first), asc(rank), asc(ticket.openedAt))
    .limit(p('limit') as never),
)
const callRows = select(
  rows()
    .where(and(isNull(ticket.closedAt), visible, notOthers, callNow))
    .orderBy(asc(rank), asc(ticket.openedAt))
    .limit(p('limit') as never),
)
const byId = select(rows().where(and(eq(ticket.id, p('id') as never), isNull(ticket.closedAt), visible)))
const counts = select(
  build
    .select({
      open: sql<number>`count(*)`.as('open'),
      waiting: sql<number>`coalesce(sum(held_by is null), 0)`.as('waiting'),
      emergency: sql<number>`coalesce(sum(held_by is null and priority = 'emergency'), 0)`.as('emergency'),
      mine: sql<number>`coalesce(sum(held_by = ${p('me')}), 0)`.as('mine'),
      talks: sql<number>`coalesce(sum(${notOthers} and not ${onlyCall}), 0)`.as('talks'),
      calls: sql<number>`coalesce(sum(${notOthers} and ${callNow}), 0)`.as('calls'),
      later: sql<number>`coalesce(sum(${notOthers} and ${wantsCall} and not ${callNow}), 0)`.as('later'),
    })
    .from(ticket)
    .where(and(isNull(ticket.closedAt), visible)),
)

export const seenBy = ({ id, police, everywhere, unplaced, points }: Viewer) => ({
  me: id,
  all: police ? 0 : 1,
  everywhere: everywhere ? 1 : 0,
  unplaced: unplaced ? 1 : 0,
  points: JSON.stringify(points),
})

/** The most serious first, then who waits longest; pages count from 1. */
export async function readQueue(store: Store, viewer: Viewer, page: number): Promise<readonly QueueRow[]> {
  return store.read(queuePage({ ...seenBy(viewer), skip: (page - 1) * QUEUE_PAGE }))
}

/** What this member of staff can do something about: their own first; what a colleague holds is left out. */
export async function readToday(store: Store, viewer: Viewer, limit: number): Promise<readonly QueueRow[]> {
  return store.read(todayRows({ ...seenBy(viewer), limit }))
}

/** Whom to call by today, the most serious and longest waiting first. */
export async function readCalls(store: Store, viewer: Viewer, today: Day, limit: number): Promise<readonly QueueRow[]> {
  return store.read(callRows({ ...seenBy(viewer), today, limit }))
}

/** Null when the ticket is closed, unknown, or not for this member of staff. */
export async function readTicket(store: Store, viewer: Viewer, id: Id): Promise<QueueRow | null> {
  return (await store.read(byId({ ...seenBy(viewer), id })))[0] ?? null
}

export interface QueueCounts {
  open: number
  waiting: number
  emergency: number
  mine: number
  /** What this reader can do something about: talks, and calls to make. */
  talks: number
  calls: number
  /** Calls that were put off to a later day. */
  later: number
}

export async function countQueue(store: Store, viewer: Viewer, today: Day): Promise<QueueCounts> {
  return (await store.read(counts({ ...seenBy(viewer), today })))[0]!
}
