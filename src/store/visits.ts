import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { type Seat, seatKey } from '../engine/visits/slots.ts'
import { build, p, select } from './query.ts'
import { address, conversation, outbox } from './schema.ts'
import type { Store } from './store.ts'
import { appointment, seat, trace } from './visit-tables.ts'

const QUARTER_MS = 15 * 60_000

const taken = select(
  build
    .select({ calendar: seat.calendar, quarter: seat.quarter })
    .from(seat)
    .where(
      sql`${seat.calendar} in (select value from json_each(${p('calendars')})) and ${seat.quarter} between ${p('from')} and ${p('to')} and (${seat.heldUntil} is null or ${seat.heldUntil} > ${p('now')}) and not (${seat.heldUntil} is not null and ${seat.contact} = ${p('contact')})`,
    ),
)

/** The quarters of these calendars that are given, or kept for somebody else. */
export async function takenSeats(
  store: Store,
  calendars: readonly string[],
  between: { from: Instant; to: Instant },
  who: { contact: Id; now: Instant },
): Promise<ReadonlySet<string>> {
  const rows = await store.read(
    taken({
      calendars: JSON.stringify(calendars),
      from: Math.floor(between.from / QUARTER_MS),
      to: Math.ceil(between.to / QUARTER_MS),
      ...who,
    }),
  )
  return new Set(rows.map(seatKey))
}

/** Is one of these quarters given to somebody else meanwhile. */
export async function isAnyTaken(store: Store, seats: readonly Seat[], contact: Id, now: Instant): Promise<boolean> {
  const first = seats[0]
  if (!first) return false
  const all = await takenSeats(
    store,
    [first.calendar],
    { from: first.quarter * QUARTER_MS, to: seats.at(-1)!.quarter * QUARTER_MS },
    { contact, now },
  )
  return seats.some((one) => all.has(seatKey(one)))
}

const sentOf = select(
  build
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      sql`${outbox.id} in (select value from json_each(${p('ids')})) and ${outbox.state} in ('sent', 'uncertain')`,
    ),
)

/** Those of these messages that have left, or may have. */
export async function sentAmong(store: Store, ids: readonly Id[]): Promise<ReadonlySet<Id>> {
  return new Set((await store.read(sentOf({ ids: JSON.stringify(ids) }))).map(({ id }) => id))
}

const fatesOf = select(
  build
    .select({ id: outbox.id, state: outbox.state, reason: outbox.reason })
    .from(outbox)
    .where(sql`${outbox.id} in (select value from json_each(${p('ids')}))`),
)

/** What became of these messages, by their ids. */
export async function readFates(
  store: Store,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, { state: string; reason: string | null }>> {
  const found = ids.length === 0 ? [] : await store.read(fatesOf({ ids: JSON.stringify(ids) }))
  return new Map(found.map(({ id, ...fate }) => [id, fate]))
}

const channelAt = select(
  build
    .select({ channel: address.channel })
    .from(address)
    .where(eq(address.id, p('id') as never)),
)

/** The channel of an address; null when there is none. */
export async function channelAtAddress(store: Store, id: Id): Promise<string | null> {
  return (await store.read(channelAt({ id })))[0]?.channel ?? null
}

/** An appointment as lists show it: nothing the person said. */
export interface VisitRow {
  id: Id
  contact: Id
  /** The turn its conversation stood at when this was read. */
  seq: number
  kind: string
  point: Id
  staff: Id | null
  startsAt: Instant
  minutes: number
  state: string
  remind: boolean
  by: Id | null
  dropped: string | null
  place: Id | null
  note: Id | null
  bookedAt: Instant
  movedTo: Id | null
  /** The conversation as stored. */
  conversation: string
  ticket: Id | null
}

const rows = () =>
  build
    .select({
      id: appointment.id,
      contact: sql<string>`${appointment.contact}`.as('contact'),
      seq: conversation.seq,
      kind: appointment.kind,
      point: appointment.point,
      staff: appointment.staff,
      startsAt: appointment.startsAt,
      minutes: appointment.minutes,
      state: sql<string>`${appointment.state}`.as('state'),
      remind: sql<number>`${appointment.remind}`.as('remind'),
      by: appointment.by,
      dropped: appointment.dropped,
      place: appointment.place,
      note: appointment.note,
      bookedAt: appointment.bookedAt,
      movedTo: appointment.movedTo,
      conversation: conversation.body,
      ticket: conversation.ticket,
    })
    .from(appointment)
    .innerJoin(conversation, eq(conversation.contact, appointment.contact))

/** Places in a meeting belong to its own page. */
const alone = isNull(appointment.meeting)
const one = select(rows().where(and(eq(appointment.id, p('id') as never), alone)))
const between = select(
  rows()
    .where(
      sql`${appointment.point} in (select value from json_each(${p('points')})) and ${appointment.startsAt} >= ${p('from')} and ${appointment.startsAt} < ${p('to')} and ${appointment.state} not in ('moved', 'cancelled') and ${alone}`,
    )
    .orderBy(appointment.startsAt, appointment.id)
    .limit(p('limit') as never),
)
const ofContact = select(
  rows()
    .where(and(eq(appointment.contact, p('contact') as never), isNotNull(appointment.contact), alone))
    .orderBy(sql`${appointment.startsAt} desc`)
    .limit(20),
)

type Found = Omit<VisitRow, 'remind'> & { remind: number }
const toRow = ({ remind, ...row }: Found): VisitRow => ({ ...row, remind: remind === 1 })

export async function readVisit(store: Store, id: Id): Promise<VisitRow | null> {
  const row = (await store.read(one({ id })))[0]
  return row ? toRow(row as Found) : null
}

/** Appointments at these points between two instants, in order; those moved away or cancelled are left out. */
export async function visitsBetween(
  store: Store,
  points: readonly Id[],
  from: Instant,
  to: Instant,
  limit = 500,
): Promise<readonly VisitRow[]> {
  return (await store.read(between({ points: JSON.stringify(points), from, to, limit }))).map((row) =>
    toRow(row as Found),
  )
}

/** Somebody's appointments, the latest first. */
export async function visitsOf(store: Store, contact: Id): Promise<readonly VisitRow[]> {
  return (await store.read(ofContact({ contact }))).map((row) => toRow(row as Found))
}

/** Somebody to be looked for. */
export interface TraceRow {
  id: Id
  contact: Id
  seq: number
  appointment: Id
  point: Id
  mayVisit: boolean
  step: string | null
  openedAt: Instant
  dueAt: Instant
  ticket: Id | null
}

const traceRows = () =>
  build
    .select({
      id: trace.id,
      contact: sql<string>`${trace.contact}`.as('contact'),
      seq: conversation.seq,
      appointment: trace.appointment,
      point: trace.point,
      mayVisit: sql<number>`${trace.mayVisit}`.as('may_visit'),
      step: sql<string | null>`${trace.step}`.as('step'),
      openedAt: trace.openedAt,
      dueAt: trace.dueAt,
      ticket: conversation.ticket,
    })
    .from(trace)
    .innerJoin(conversation, eq(conversation.contact, trace.contact))
const openTraces = select(
  traceRows()
    .where(sql`${trace.point} in (select value from json_each(${p('points')})) and ${trace.closedAt} is null`)
    .orderBy(trace.dueAt)
    .limit(p('limit') as never),
)
const oneTrace = select(traceRows().where(and(eq(trace.id, p('id') as never), isNull(trace.closedAt))))

const toTrace = ({ mayVisit, ...row }: Omit<TraceRow, 'mayVisit'> & { mayVisit: number }): TraceRow => ({
  ...row,
  mayVisit: mayVisit === 1,
})

/** Whom to look for at these points, the most urgent first. */
export async function tracesAt(store: Store, points: readonly Id[], limit: number): Promise<readonly TraceRow[]> {
  return (await store.read(openTraces({ points: JSON.stringify(points), limit }))).map(toTrace)
}

export async function readTrace(store: Store, id: Id): Promise<TraceRow | null> {
  const row = (await store.read(oneTrace({ id })))[0]
  return row ? toTrace(row) : null
}
