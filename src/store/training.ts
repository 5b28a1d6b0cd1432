import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { trainingClass, trainingSeat } from './outreach-tables.ts'
import { build, p, type Query, select, write } from './query.ts'
import type { Store } from './store.ts'

export interface ClassRow {
  id: Id
  point: Id | null
  title: string
  startsAt: Instant
  minutes: number
  place: string
  capacity: number | null
  state: 'planned' | 'cancelled'
  by: Id
  remindedAt: Instant | null
}

export interface SeatRow {
  class: Id
  number: number
  staff: Id
  state: 'signed' | 'attended' | 'missed'
  certificate: boolean
}

const add = write(
  build
    .insert(trainingClass)
    .values({
      id: p('id'),
      point: p('point'),
      title: p('title'),
      startsAt: p('startsAt'),
      minutes: p('minutes'),
      place: p('place'),
      capacity: p('capacity'),
      state: 'planned',
      by: p('by'),
    })
    .onConflictDoNothing(),
)
export const addingClass = (row: Omit<ClassRow, 'state' | 'remindedAt'>): Query => add(row)

const cancel = write(
  build
    .update(trainingClass)
    .set({ state: 'cancelled' } as never)
    .where(eq(trainingClass.id, p('id'))),
)
export const cancellingClass = (id: Id): Query => cancel({ id })

const columns = {
  id: trainingClass.id,
  point: trainingClass.point,
  title: trainingClass.title,
  startsAt: trainingClass.startsAt,
  minutes: trainingClass.minutes,
  place: trainingClass.place,
  capacity: trainingClass.capacity,
  state: sql<ClassRow['state']>`${trainingClass.state}`.as('state'),
  by: trainingClass.by,
  remindedAt: trainingClass.remindedAt,
}
const one = select(
  build
    .select(columns)
    .from(trainingClass)
    .where(eq(trainingClass.id, p('id') as never)),
)
const from = select(
  build
    .select(columns)
    .from(trainingClass)
    .where(sql`${trainingClass.startsAt} >= ${p('from')}`)
    .orderBy(sql`${trainingClass.startsAt} desc`)
    .limit(100),
)
export async function readClass(store: Store, id: Id): Promise<ClassRow | null> {
  return (await store.read(one({ id })))[0] ?? null
}
/** Classes that begin from this instant on, the furthest ahead first. */
export async function classesFrom(store: Store, at: Instant): Promise<readonly ClassRow[]> {
  return store.read(from({ from: at }))
}

const soon = select(
  build
    .select(columns)
    .from(trainingClass)
    .innerJoin(trainingSeat, and(eq(trainingSeat.class, trainingClass.id), eq(trainingSeat.staff, p('staff'))))
    .where(
      sql`${trainingClass.state} = 'planned' and ${trainingClass.startsAt} > ${p('now')} and ${trainingClass.startsAt} <= ${p('before')}`,
    ),
)
/** Classes that this member has a seat in and that begin before an instant. */
export async function classesSoon(
  store: Store,
  staff: Id,
  now: Instant,
  before: Instant,
): Promise<readonly ClassRow[]> {
  return store.read(soon({ staff, now, before }))
}

const seatColumns = {
  class: trainingSeat.class,
  number: trainingSeat.number,
  staff: trainingSeat.staff,
  state: sql<SeatRow['state']>`${trainingSeat.state}`.as('state'),
  certificate: sql<number>`${trainingSeat.certificate}`.as('certificate'),
}
const seats = select(
  build
    .select(seatColumns)
    .from(trainingSeat)
    .where(sql`${trainingSeat.class} in (select value from json_each(${p('classes')}))`)
    .orderBy(trainingSeat.number),
)
/** Who has a seat in these classes, in the order of the seats. */
export async function seatsOf(store: Store, classes: readonly Id[]): Promise<readonly SeatRow[]> {
  const rows = await store.read(seats({ classes: JSON.stringify(classes) }))
  return rows.map(({ certificate, ...row }) => ({ ...row, certificate: certificate === 1 }))
}

/** The lowest seat that is free; none where the class is full, and the keys refuse what two take at once. */
const sign = write(
  build
    .insert(trainingSeat)
    .select(
      sql`select c.id, n.value, ${p('staff')}, 'signed', 0 from training_class c, json_each(${p('numbers')}) n where c.id = ${p('id')} and c.state = 'planned' and c.starts_at > ${p('now')} and (c.capacity is null or n.value <= c.capacity) and not exists (select 1 from training_seat t where t.class = c.id and (t.number = n.value or t.staff = ${p('staff')})) order by n.value limit 1`,
    ),
)
const NUMBERS = JSON.stringify(Array.from({ length: 500 }, (_, i) => i + 1))
export const signing = (id: Id, staff: Id, now: Instant): Query => sign({ id, staff, now, numbers: NUMBERS })

const leave = write(
  build
    .delete(trainingSeat)
    .where(and(eq(trainingSeat.class, p('id')), eq(trainingSeat.staff, p('staff')), eq(trainingSeat.state, 'signed'))),
)
export const leavingClass = (id: Id, staff: Id): Query => leave({ id, staff })

const mark = write(
  build
    .update(trainingSeat)
    .set({ state: p('state'), certificate: p('certificate') } as never)
    .where(and(eq(trainingSeat.class, p('id')), eq(trainingSeat.staff, p('staff')))),
)
export const markingSeat = (id: Id, staff: Id, state: SeatRow['state'], certificate: boolean): Query =>
  mark({ id, staff, state, certificate: certificate ? 1 : 0 })

const due = select(
  build
    .select(columns)
    .from(trainingClass)
    .where(
      and(
        eq(trainingClass.state, 'planned'),
        isNull(trainingClass.remindedAt),
        sql`${trainingClass.startsAt} > ${p('now')} and ${trainingClass.startsAt} <= ${p('before')}`,
      ),
    )
    .limit(20),
)
/** Classes that begin before an instant and of which nobody was reminded yet. */
export async function classesToRemind(store: Store, now: Instant, before: Instant): Promise<readonly ClassRow[]> {
  return store.read(due({ now, before }))
}

const remind = write(
  build
    .update(trainingClass)
    .set({ remindedAt: p('now') } as never)
    .where(and(eq(trainingClass.id, p('id')), isNull(trainingClass.remindedAt))),
)
export const reminding = (id: Id, now: Instant): Query => remind({ id, now })
