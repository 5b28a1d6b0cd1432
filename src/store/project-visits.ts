import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Id } from '../engine/content.ts'
import type { Event } from '../engine/event.ts'
import type { Seat } from '../engine/visits/slots.ts'
import { TRACE_ENDS } from '../engine/visits/trace.ts'
import { wakeWaiting } from './project-clubs.ts'
import { build, p, type Query, write } from './query.ts'
import { appointment, seat, trace } from './visit-tables.ts'

export type VisitEvent = Extract<
  Event,
  {
    type:
      | 'slot_held'
      | 'appointment_booked'
      | 'appointment_confirmed'
      | 'appointment_move_asked'
      | 'appointment_moved'
      | 'appointment_cancelled'
      | 'appointment_marked'
      | 'reminder_dropped'
      | 'trace_opened'
      | 'trace_stepped'
  }
>

const addAppointment = write(
  build.insert(appointment).values({
    id: p('id'),
    contact: p('contact'),
    kind: p('kind'),
    point: p('point'),
    staff: p('staff'),
    startsAt: p('startsAt'),
    minutes: p('minutes'),
    state: p('state') as never,
    remind: p('remind') as never,
    by: p('by'),
    bookedAt: p('at'),
    place: p('place'),
    note: p('note'),
    meeting: p('meeting'),
  }),
)
const setState = write(
  build
    .update(appointment)
    .set({ state: p('state') } as never)
    .where(eq(appointment.id, p('id'))),
)
const endAppointment = write(
  build
    .update(appointment)
    .set({ state: p('state'), endedBy: p('by'), endedAt: p('at'), movedTo: p('to') } as never)
    .where(eq(appointment.id, p('id'))),
)
const noteDrop = write(
  build
    .update(appointment)
    .set({ dropped: p('reason') } as never)
    .where(eq(appointment.id, p('id'))),
)
/** A seat that was kept and whose time is up is free, whoever kept it. */
const freeHeld = write(
  build
    .delete(seat)
    .where(
      sql`${seat.heldUntil} is not null and (${seat.contact} = ${p('contact')} or ${seat.heldUntil} <= ${p('at')})`,
    ),
)
const freeSeats = write(build.delete(seat).where(eq(seat.appointment, p('id'))))
const addSeat = write(
  build.insert(seat).values({
    calendar: p('calendar'),
    quarter: p('quarter'),
    contact: p('contact'),
    appointment: p('appointment'),
    heldUntil: p('heldUntil'),
  }),
)
const openTrace = write(
  build.insert(trace).values({
    id: p('id'),
    contact: p('contact'),
    appointment: p('appointment'),
    point: p('point'),
    mayVisit: p('mayVisit') as never,
    openedAt: p('at'),
    dueAt: p('dueAt'),
  }),
)
const stepTrace = write(
  build
    .update(trace)
    .set({ step: p('step'), dueAt: sql`coalesce(${p('dueAt')}, due_at)`, closedAt: p('closedAt') } as never)
    .where(and(eq(trace.id, p('id')), eq(trace.contact, p('contact')), isNull(trace.closedAt))),
)

/** The seats of a meeting as answered: those they had are given back first. */
export function projectSeats(
  { id, seats }: Extract<Event, { type: 'meeting_answered' }>,
  contact: Id,
): readonly Query[] {
  return [freeSeats({ id }), ...seats.map((each) => addSeat({ ...each, contact, appointment: id, heldUntil: null }))]
}

/** The rows that follow from what happened to somebody's appointments. */
export function projectVisit(one: VisitEvent, contact: Id, at: number): readonly Query[] {
  const give = (seats: readonly Seat[], appointmentId: Id | null, heldUntil: number | null) => [
    freeHeld({ contact, at }),
    ...seats.map((each) => addSeat({ ...each, contact, appointment: appointmentId, heldUntil })),
  ]
  const end = (id: Id, state: string, by: Id | null, to: Id | null) => [
    freeSeats({ id }),
    endAppointment({ id, state, by, at, to }),
  ]
  switch (one.type) {
    case 'slot_held':
      return give(one.seats, null, one.until)
    case 'appointment_booked': {
      const { id, kind, point, staff, startsAt, minutes, state, remind, place } = one.appointment
      return [
        ...give(one.seats, id, null),
        addAppointment({
          id,
          contact,
          kind,
          point,
          staff,
          startsAt,
          minutes,
          state,
          remind,
          by: one.by,
          at,
          place,
          note: one.words?.id ?? null,
          meeting: one.appointment.meeting?.id ?? null,
        }),
      ]
    }
    case 'appointment_confirmed':
      return [setState({ id: one.id, state: 'confirmed' })]
    case 'appointment_move_asked':
      return [setState({ id: one.id, state: 'move_asked' })]
    case 'appointment_moved':
      return end(one.id, 'moved', null, one.to)
    case 'appointment_cancelled':
      return [...end(one.id, 'cancelled', one.by, null), wakeWaiting(one.id, contact, at)]
    case 'appointment_marked':
      return end(one.id, one.as, one.by, null)
    case 'reminder_dropped':
      return [noteDrop({ id: one.id, reason: `${one.step}:${one.reason}` })]
    case 'trace_opened':
      return [
        openTrace({
          id: one.id,
          contact,
          appointment: one.appointment,
          point: one.point,
          mayVisit: one.mayVisit,
          dueAt: one.dueAt,
          at,
        }),
      ]
    case 'trace_stepped':
      return [
        stepTrace({
          id: one.id,
          contact,
          step: one.step,
          dueAt: one.dueAt,
          closedAt: TRACE_ENDS.includes(one.step) ? at : null,
        }),
      ]
    default:
      return one satisfies never
  }
}

const drawn = sql`lower(hex(randomblob(12)))`

/** What an erasure takes of them: the counts stay, and lead back to nobody. */
export const eraseVisits = [
  write(
    build
      .update(trace)
      .set({ id: drawn, appointment: drawn, contact: null } as never)
      .where(eq(trace.contact, p('contact'))),
  ),
  write(
    build
      .update(appointment)
      .set({
        state: sql`case when ended_at is null then 'cancelled' else state end`,
        endedAt: sql`coalesce(ended_at, ${p('at')})`,
        id: drawn,
        movedTo: null,
        place: null,
        note: null,
        contact: null,
      } as never)
      .where(eq(appointment.contact, p('contact'))),
  ),
  write(build.delete(seat).where(eq(seat.contact, p('contact')))),
]
