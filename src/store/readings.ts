import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { Day } from '../engine/facts.ts'
import { reading, readingPlan, readingSheet } from './loudspeaker-tables.ts'
import { outreachAct } from './outreach-tables.ts'
import { build, p, type Query, select, write } from './query.ts'
import type { Store } from './store.ts'

/** Who is written down for what the holder of a sheet said. */
export const BY_SHEET = 'sheet'

/** A script that a commune is to read out in the week of this Monday. */
export interface PlannedReading {
  week: Day
  commune: Id
  topic: Id
  point: Id
  times: number
}

/** A script was read out; `by` null: whoever held the sheet says so. */
export interface Reading extends PlannedReading {
  day: Day
  /** Empty: the whole commune. */
  hamlet: string
  /** The act of the register by which it is counted. */
  act: Id
  by: Id | null
}

const put = write(
  build
    .insert(readingPlan)
    .values({
      week: p('week'),
      commune: p('commune'),
      topic: p('topic'),
      point: p('point'),
      times: p('times'),
      by: p('by'),
      at: p('at'),
    })
    .onConflictDoUpdate({
      target: [readingPlan.week, readingPlan.commune, readingPlan.topic],
      set: { times: p('times') } as never,
      // A commune that two points serve keeps the plan of the first.
      setWhere: eq(readingPlan.point, p('point') as never),
    }),
)
const addSheet = write(
  build
    .insert(readingSheet)
    .values({ week: p('week'), commune: p('commune'), point: p('point'), code: p('code'), serial: 1 })
    .onConflictDoNothing(),
)
/** Plans a script and gives the commune its sheet for that week. @param code the hash of the first code */
export function planning(one: PlannedReading & { by: Id; at: Instant }, code: string): Query[] {
  const { week, commune, point } = one
  return [put({ ...one }), addSheet({ week, commune, point, code })]
}

const counted = sql`${reading.act} in (select ${outreachAct.id} from ${outreachAct} where ${outreachAct.withdrawnBy} is null)`
const drop = write(
  build
    .delete(readingPlan)
    .where(
      and(
        eq(readingPlan.week, p('week') as never),
        eq(readingPlan.commune, p('commune') as never),
        eq(readingPlan.topic, p('topic') as never),
        sql`not exists (select 1 from ${reading} where ${reading.week} = ${readingPlan.week} and ${reading.commune} = ${readingPlan.commune} and ${reading.topic} = ${readingPlan.topic} and ${counted})`,
      ),
    ),
)
/** Takes a script out of a week, unless it was read out already. */
export const unplanning = (one: Pick<PlannedReading, 'week' | 'commune' | 'topic'>): Query => drop({ ...one })

const sameAct = sql`${outreachAct.kind} = 'loudspeaker' and ${outreachAct.day} = ${p('day')} and ${outreachAct.commune} = ${p('commune')} and ${outreachAct.hamlet} = ${p('hamlet')} and ${outreachAct.content} = ${p('topic')} and ${outreachAct.withdrawnBy} is null`
const addReading = write(
  build
    .insert(reading)
    .values({
      commune: p('commune'),
      topic: p('topic'),
      day: p('day'),
      hamlet: p('hamlet'),
      week: p('week'),
      point: p('point'),
      times: p('times'),
      act: sql`coalesce((select ${outreachAct.id} from ${outreachAct} where ${sameAct} order by ${outreachAct.at} limit 1), ${p('act')})`,
      by: p('by'),
      at: p('at'),
    })
    .onConflictDoUpdate({
      target: [reading.commune, reading.topic, reading.day, reading.hamlet],
      set: { times: p('times'), act: sql`excluded.act`, by: p('by'), at: p('at'), point: p('point') } as never,
      setWhere: sql`${reading.act} in (select ${outreachAct.id} from ${outreachAct} where ${outreachAct.withdrawnBy} is not null)`,
    }),
)
const addAct = write(
  build
    .insert(outreachAct)
    .select(
      sql`select ${p('act')}, ${p('point')}, 'loudspeaker', ${p('day')}, ${p('commune')}, ${p('hamlet')}, 'community', '["public"]', null, '', ${p('topic')}, ${p('note')}, ${p('actBy')}, ${p('at')}, null where exists (select 1 from ${reading} where ${reading.act} = ${p('act')})` as never,
    )
    .onConflictDoNothing(),
)
/**
 * Writes down that a script was read out, and its act in the register. Said a second time it stays one, whoever says
 * it; an act that staff had already written down by hand is the one that counts.
 * @param one with the id its act gets when there is none yet
 */
export function confirming(one: Reading & { at: Instant; note: string }): Query[] {
  return [addReading({ ...one }), addAct({ ...one, actBy: one.by ?? BY_SHEET })]
}

const ofPoints = (column: typeof reading.point | typeof readingPlan.point | typeof readingSheet.point) =>
  sql`${column} in (select value from json_each(${p('points')}))`
const within = (column: typeof reading.week | typeof readingPlan.week) =>
  sql`${column} >= ${p('from')} and ${column} <= ${p('to')}`
const plans = select(
  build
    .select({
      week: readingPlan.week,
      commune: readingPlan.commune,
      topic: readingPlan.topic,
      point: readingPlan.point,
      times: readingPlan.times,
    })
    .from(readingPlan)
    .where(and(ofPoints(readingPlan.point), within(readingPlan.week)))
    .orderBy(readingPlan.commune, readingPlan.topic),
)
/** What is planned at these points for the weeks between two Mondays, both included. */
export async function plansBetween(
  store: Store,
  points: readonly Id[],
  from: Day,
  to: Day,
): Promise<readonly PlannedReading[]> {
  return store.read(plans({ points: JSON.stringify(points), from, to }))
}

const columns = {
  week: reading.week,
  commune: reading.commune,
  topic: reading.topic,
  point: reading.point,
  times: reading.times,
  day: reading.day,
  hamlet: reading.hamlet,
  act: reading.act,
  by: reading.by,
}
const readings = select(
  build
    .select(columns)
    .from(reading)
    .where(and(ofPoints(reading.point), within(reading.week), counted))
    .orderBy(reading.commune, reading.topic, reading.day),
)
/** What was read out of the weeks between two Mondays; what was withdrawn from the register is left out. */
export async function readingsBetween(
  store: Store,
  points: readonly Id[],
  from: Day,
  to: Day,
): Promise<readonly Reading[]> {
  return store.read(readings({ points: JSON.stringify(points), from, to }))
}

const same = select(
  build
    .select(columns)
    .from(reading)
    .where(
      and(
        eq(reading.commune, p('commune') as never),
        eq(reading.topic, p('topic') as never),
        eq(reading.day, p('day') as never),
        eq(reading.hamlet, p('hamlet') as never),
        counted,
      ),
    ),
)
/** The reading of a script at a place on a day that already counts; null where there is none. */
export async function readingOf(
  store: Store,
  one: Pick<Reading, 'commune' | 'topic' | 'day' | 'hamlet'>,
): Promise<Reading | null> {
  return (await store.read(same({ ...one })))[0] ?? null
}

const active = select(
  build
    .selectDistinct({ commune: outreachAct.commune })
    .from(outreachAct)
    .where(
      and(
        sql`${outreachAct.point} in (select value from json_each(${p('points')}))`,
        sql`${outreachAct.day} >= ${p('from')} and ${outreachAct.day} <= ${p('to')}`,
        isNull(outreachAct.withdrawnBy),
      ),
    ),
)
/** Communes in which anything at all was done outside the chat between two days. */
export async function communesWithActs(
  store: Store,
  points: readonly Id[],
  from: Day,
  to: Day,
): Promise<readonly Id[]> {
  return (await store.read(active({ points: JSON.stringify(points), from, to }))).map(({ commune }) => commune)
}

export interface Sheet {
  week: Day
  commune: Id
  point: Id
  serial: number
}

const sheetColumns = {
  week: readingSheet.week,
  commune: readingSheet.commune,
  point: readingSheet.point,
  serial: readingSheet.serial,
}
const sheet = select(
  build
    .select(sheetColumns)
    .from(readingSheet)
    .where(and(eq(readingSheet.week, p('week') as never), eq(readingSheet.commune, p('commune') as never))),
)
export async function readSheet(store: Store, week: Day, commune: Id): Promise<Sheet | null> {
  return (await store.read(sheet({ week, commune })))[0] ?? null
}

const byCode = select(
  build
    .select(sheetColumns)
    .from(readingSheet)
    .where(eq(readingSheet.code, p('code') as never)),
)
/** @param code hashed */
export async function sheetByCode(store: Store, code: string): Promise<Sheet | null> {
  return (await store.read(byCode({ code })))[0] ?? null
}

const renew = write(
  build
    .update(readingSheet)
    .set({ code: p('code'), serial: sql`${readingSheet.serial} + 1` } as never)
    .where(
      and(
        eq(readingSheet.week, p('week') as never),
        eq(readingSheet.commune, p('commune') as never),
        eq(readingSheet.serial, p('serial') as never),
      ),
    ),
)
/** From now on only a fresh code of this sheet is heard. @param code the hash of the code with the next serial */
export const renewingSheet = ({ week, commune, serial }: Sheet, code: string): Query =>
  renew({ week, commune, serial, code })
