import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { Day } from '../engine/facts.ts'
import type { ActAudience, OutreachAct } from '../engine/outreach.ts'
import { entranceCount, outreachAct } from './outreach-tables.ts'
import { build, p, type Query, select, write } from './query.ts'
import type { Store } from './store.ts'

export interface ActRow extends OutreachAct {
  by: Id
  at: Instant
  withdrawnBy: Id | null
}

const add = write(
  build
    .insert(outreachAct)
    .values({
      id: p('id'),
      point: p('point'),
      kind: p('kind'),
      day: p('day'),
      commune: p('commune'),
      hamlet: p('hamlet'),
      setting: p('setting'),
      audiences: p('audiences'),
      people: p('people'),
      partner: p('partner'),
      content: p('content'),
      note: p('note'),
      by: p('by'),
      at: p('at'),
    })
    .onConflictDoNothing(),
)
export const addingAct = ({ audiences, ...act }: OutreachAct & { by: Id; at: Instant }): Query =>
  add({ ...act, audiences: JSON.stringify(audiences) })

const withdraw = write(
  build
    .update(outreachAct)
    .set({ withdrawnBy: p('by') } as never)
    .where(and(eq(outreachAct.id, p('id')), isNull(outreachAct.withdrawnBy))),
)
export const withdrawingAct = (id: Id, by: Id): Query => withdraw({ id, by })

const columns = {
  id: outreachAct.id,
  point: outreachAct.point,
  kind: sql<OutreachAct['kind']>`${outreachAct.kind}`.as('kind'),
  day: outreachAct.day,
  commune: outreachAct.commune,
  hamlet: outreachAct.hamlet,
  setting: sql<OutreachAct['setting']>`${outreachAct.setting}`.as('setting'),
  audiences: outreachAct.audiences,
  people: outreachAct.people,
  partner: outreachAct.partner,
  content: outreachAct.content,
  note: outreachAct.note,
  by: outreachAct.by,
  at: outreachAct.at,
  withdrawnBy: outreachAct.withdrawnBy,
}
const one = select(
  build
    .select(columns)
    .from(outreachAct)
    .where(eq(outreachAct.id, p('id') as never)),
)
const ofPoints = sql`${outreachAct.point} in (select value from json_each(${p('points')})) and ${outreachAct.day} >= ${p('from')} and ${outreachAct.day} <= ${p('to')}`
const between = select(
  build
    .select(columns)
    .from(outreachAct)
    .where(ofPoints)
    .orderBy(sql`${outreachAct.day} desc`, sql`${outreachAct.at} desc`)
    .limit(p('limit') as never),
)

type Found = Omit<ActRow, 'audiences'> & { audiences: string }
const toRow = (row: Found): ActRow => ({ ...row, audiences: JSON.parse(row.audiences) as ActAudience[] })

export async function readAct(store: Store, id: Id): Promise<ActRow | null> {
  const row = (await store.read(one({ id })))[0]
  return row ? toRow(row) : null
}

/** Acts of these points between two days, the newest first; those withdrawn too. */
export async function actsBetween(
  store: Store,
  points: readonly Id[],
  from: Day,
  to: Day,
  limit = 200,
): Promise<readonly ActRow[]> {
  return (await store.read(between({ points: JSON.stringify(points), from, to, limit }))).map(toRow)
}

const entrances = select(
  build
    .select({ entrance: entranceCount.entrance, count: sql<number>`sum(${entranceCount.count})`.as('count') })
    .from(entranceCount)
    .groupBy(entranceCount.entrance),
)
/** How many conversations began by each entrance, since it is printed. */
export async function countEntrances(store: Store): Promise<ReadonlyMap<string, number>> {
  return new Map((await store.read(entrances({}))).map(({ entrance, count }) => [entrance, count]))
}

export interface ActCount {
  kind: OutreachAct['kind']
  acts: number
  people: number
  communes: number
}

const counts = select(
  build
    .select({
      kind: sql<OutreachAct['kind']>`${outreachAct.kind}`.as('kind'),
      acts: sql<number>`count(*)`.as('acts'),
      people: sql<number>`coalesce(sum(${outreachAct.people}), 0)`.as('people'),
      communes: sql<number>`count(distinct ${outreachAct.commune})`.as('communes'),
    })
    .from(outreachAct)
    .where(and(ofPoints, isNull(outreachAct.withdrawnBy)))
    .groupBy(outreachAct.kind)
    .orderBy(sql`2 desc`),
)
/** What was done at these points between two days, by kind; what was entered by mistake is not counted. */
export async function countActs(store: Store, points: readonly Id[], from: Day, to: Day): Promise<readonly ActCount[]> {
  return store.read(counts({ points: JSON.stringify(points), from, to }))
}
