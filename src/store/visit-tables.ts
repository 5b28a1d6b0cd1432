import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** An appointment; `contact` is null once the person's data are erased: what is left is a count. */
export const appointment = sqliteTable(
  'appointment',
  {
    id: text('id').primaryKey(),
    contact: text('contact'),
    kind: text('kind').notNull(),
    point: text('point').notNull(),
    staff: text('staff'),
    startsAt: integer('starts_at').notNull(),
    minutes: integer('minutes').notNull(),
    state: text('state', {
      enum: [
        'requested',
        'booked',
        'confirmed',
        'move_asked',
        'invited',
        'waiting',
        'declined',
        'moved',
        'cancelled',
        'attended',
        'missed',
        'unknown',
      ],
    }).notNull(),
    remind: integer('remind', { mode: 'boolean' }).notNull(),
    /** Who made it, and who ended it; null: the person, or nobody. */
    by: text('by'),
    endedBy: text('ended_by'),
    bookedAt: integer('booked_at').notNull(),
    endedAt: integer('ended_at'),
    movedTo: text('moved_to'),
    /** Why the last reminder was not sent, where one was not. */
    dropped: text('dropped'),
    /** The ids of sealed words: where, and a note among staff. */
    place: text('place'),
    note: text('note'),
    /** The meeting it is a place in, and since when they wait for a seat there. */
    meeting: text('meeting'),
    queuedAt: integer('queued_at'),
  },
  (t) => [
    index('appointment_point').on(t.point, t.startsAt),
    index('appointment_contact').on(t.contact),
    index('appointment_meeting').on(t.meeting).where(sql`meeting is not null`),
  ],
)

/** A quarter of an hour that is given, or kept for a moment; its key refuses a second giving. */
export const seat = sqliteTable(
  'seat',
  {
    calendar: text('calendar').notNull(),
    quarter: integer('quarter').notNull(),
    contact: text('contact').notNull(),
    /** Null while it is only kept. */
    appointment: text('appointment'),
    heldUntil: integer('held_until'),
  },
  (t) => [
    primaryKey({ columns: [t.calendar, t.quarter] }),
    index('seat_appointment').on(t.appointment),
    index('seat_contact').on(t.contact),
    index('seat_held').on(t.heldUntil).where(sql`held_until is not null`),
  ],
)

/** A human looks for somebody who did not come. `contact` is null once the person's data are erased. */
export const trace = sqliteTable(
  'trace',
  {
    id: text('id').primaryKey(),
    contact: text('contact'),
    appointment: text('appointment').notNull(),
    point: text('point').notNull(),
    mayVisit: integer('may_visit', { mode: 'boolean' }).notNull(),
    /** The last step taken; null before the first. */
    step: text('step', { enum: ['called', 'messaged', 'visited', 'reached', 'closed'] }),
    openedAt: integer('opened_at').notNull(),
    dueAt: integer('due_at').notNull(),
    closedAt: integer('closed_at'),
  },
  (t) => [index('trace_open').on(t.dueAt).where(sql`closed_at is null`), index('trace_contact').on(t.contact)],
)
