import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { Day } from '../engine/facts.ts'
import type { Register, RegisterLine } from '../engine/registers.ts'
import { build, p, type Query, select, write } from './query.ts'
import { registerLine } from './referral-tables.ts'
import type { Store } from './store.ts'

const add = write(
  build
    .insert(registerLine)
    .values({
      id: p('id'),
      point: p('point'),
      register: p('register'),
      day: p('day'),
      code: p('code'),
      service: p('service'),
      numbers: p('numbers'),
      by: p('by'),
      at: p('at'),
    })
    .onConflictDoNothing(),
)
const withdraw = write(
  build
    .update(registerLine)
    .set({ withdrawnBy: p('by') } as never)
    .where(and(eq(registerLine.id, p('id')), isNull(registerLine.withdrawnBy))),
)

/** Writes a line once, however often its form is sent. */
export const addingLine = (one: RegisterLine & { by: Id; at: Instant }): Query =>
  add({ ...one, numbers: JSON.stringify(one.numbers) })

/** A line that was a mistake stays, and is not counted. */
export const withdrawingLine = (id: Id, by: Id): Query => withdraw({ id, by })

export interface LineRow extends RegisterLine {
  by: Id
  withdrawnBy: Id | null
}

const columns = () =>
  build
    .select({
      id: registerLine.id,
      point: registerLine.point,
      register: sql<Register>`${registerLine.register}`.as('register'),
      day: registerLine.day,
      code: registerLine.code,
      service: registerLine.service,
      numbers: registerLine.numbers,
      by: registerLine.by,
      withdrawnBy: registerLine.withdrawnBy,
    })
    .from(registerLine)
const between = select(
  columns()
    .where(
      sql`${registerLine.register} = ${p('register')} and ${registerLine.day} >= ${p('from')} and ${registerLine.day} <= ${p('to')} and ${registerLine.point} in (select value from json_each(${p('points')}))`,
    )
    .orderBy(desc(registerLine.day), desc(registerLine.at), registerLine.id)
    .limit(500),
)
const byId = select(columns().where(eq(registerLine.id, p('id') as never)))

type Found = Omit<LineRow, 'numbers'> & { numbers: string }
const toRow = ({ numbers, ...row }: Found): LineRow => ({ ...row, numbers: JSON.parse(numbers) as LineRow['numbers'] })

/** The lines of one book at these points, from one day to another, the newest first. */
export async function linesBetween(
  store: Store,
  register: Register,
  points: readonly Id[],
  from: Day,
  to: Day,
): Promise<readonly LineRow[]> {
  const rows = await store.read(between({ register, points: JSON.stringify(points), from, to }))
  return rows.map((row) => toRow(row as Found))
}

export async function readLine(store: Store, id: Id): Promise<LineRow | null> {
  const row = (await store.read(byId({ id })))[0]
  return row ? toRow(row as Found) : null
}
