import { asc, desc, eq, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { Day } from '../engine/facts.ts'
import { build, p, select } from './query.ts'
import { callPlan, chatLink, conversation, event, walkIn } from './schema.ts'
import type { Store } from './store.ts'

/** The record of somebody who came by, as lists show it: nothing they said. */
export interface WalkInRow {
  contact: Id
  /** The turn it stood at when this was read. */
  seq: number
  point: Id
  by: Id
  at: Instant
  /** The next day to call; null when none is planned. */
  callOn: Day | null
  /** They asked not to be called. */
  never: boolean
  /** 1 once a chat is joined to it. */
  linked: number
}

const isLinked = sql<number>`exists (select 1 from ${chatLink} where ${chatLink.walkIn} = ${walkIn.contact} and ${chatLink.endedAt} is null)`
const columns = {
  contact: walkIn.contact,
  seq: conversation.seq,
  point: walkIn.point,
  by: walkIn.by,
  at: walkIn.at,
  callOn: callPlan.callOn,
  never: sql<number>`coalesce(${callPlan.never}, 0)`.as('is_never'),
  linked: isLinked.as('is_linked'),
}
const rows = () =>
  build
    .select(columns)
    .from(walkIn)
    .innerJoin(conversation, eq(conversation.contact, walkIn.contact))
    .leftJoin(callPlan, eq(callPlan.contact, walkIn.contact))
const mine = sql`${walkIn.point} in (select value from json_each(${p('points')}))`

const one = select(rows().where(eq(walkIn.contact, p('contact') as never)))
const all = select(
  rows()
    .where(mine)
    .orderBy(desc(walkIn.at))
    .limit(p('limit') as never)
    .offset(p('skip') as never),
)
const due = select(
  rows()
    .where(sql`${mine} and ${callPlan.callOn} <= ${p('today')}`)
    .orderBy(asc(callPlan.callOn), asc(walkIn.at))
    .limit(p('limit') as never),
)
const dueCount = select(
  build
    .select({
      due: sql<number>`coalesce(sum(${callPlan.callOn} <= ${p('today')}), 0)`.as('due'),
      later: sql<number>`coalesce(sum(${callPlan.callOn} > ${p('today')}), 0)`.as('later'),
      all: sql<number>`count(*)`.as('all'),
    })
    .from(walkIn)
    .leftJoin(callPlan, eq(callPlan.contact, walkIn.contact))
    .where(mine),
)

type Found = Omit<WalkInRow, 'never'> & { never: number }
const toRow = ({ never, ...row }: Found): WalkInRow => ({ ...row, never: never === 1 })

export async function readWalkIn(store: Store, contact: Id): Promise<WalkInRow | null> {
  const row = (await store.read(one({ contact })))[0]
  return row ? toRow(row) : null
}

/** A page of the list. */
export const WALK_INS_PAGE = 50

/** Those of these points, the newest first; pages count from 1. */
export async function readWalkIns(store: Store, points: readonly Id[], page: number): Promise<readonly WalkInRow[]> {
  const skip = (page - 1) * WALK_INS_PAGE
  return (await store.read(all({ points: JSON.stringify(points), limit: WALK_INS_PAGE, skip }))).map(toRow)
}

/** Whom of them to call by today, those who wait longest first. */
export async function walkInsToCall(
  store: Store,
  points: readonly Id[],
  today: Day,
  limit: number,
): Promise<readonly WalkInRow[]> {
  return (await store.read(due({ points: JSON.stringify(points), today, limit }))).map(toRow)
}

export async function countWalkIns(
  store: Store,
  points: readonly Id[],
  today: Day,
): Promise<{ due: number; later: number; all: number }> {
  return (await store.read(dueCount({ points: JSON.stringify(points), today })))[0]!
}

const erased = select(
  build
    .select({ receipt: sql<string | null>`body ->> 'receipt'`.as('receipt') })
    .from(event)
    .where(sql`${event.contact} = ${p('contact')} and ${event.type} = 'contact_erased'`)
    .orderBy(desc(event.seq))
    .limit(1),
)

/** The receipt of an erasure that was just asked for; null when there is none. */
export async function receiptOf(store: Store, contact: Id): Promise<string | null> {
  return (await store.read(erased({ contact })))[0]?.receipt ?? null
}
