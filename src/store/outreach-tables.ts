import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Something that was done outside the chat and must be counted. It tells of no person. */
export const outreachAct = sqliteTable(
  'outreach_act',
  {
    id: text('id').primaryKey(),
    point: text('point').notNull(),
    kind: text('kind').notNull(),
    /** As `2026-12-05`. */
    day: text('day').notNull(),
    commune: text('commune').notNull(),
    hamlet: text('hamlet').notNull(),
    setting: text('setting').notNull(),
    /** For whom, as a JSON list of codes. */
    audiences: text('audiences').notNull(),
    /** How many took part; null where nobody can know, as with a loudspeaker. */
    people: integer('people'),
    partner: text('partner').notNull(),
    /** The topic or kit that was used; empty: another. */
    content: text('content').notNull(),
    note: text('note').notNull(),
    by: text('by').notNull(),
    at: integer('at').notNull(),
    /** Entered by mistake: it stays, and is not counted. */
    withdrawnBy: text('withdrawn_by'),
  },
  (t) => [index('outreach_act_day').on(t.day)],
)

/** How many conversations began by an entrance on a day; it leads back to nobody. */
export const entranceCount = sqliteTable(
  'entrance_count',
  { day: text('day').notNull(), entrance: text('entrance').notNull(), count: integer('count').notNull() },
  (t) => [primaryKey({ columns: [t.day, t.entrance] })],
)

/** A class for staff. */
export const trainingClass = sqliteTable(
  'training_class',
  {
    id: text('id').primaryKey(),
    /** The point that gives it; null: the tier above. */
    point: text('point'),
    title: text('title').notNull(),
    startsAt: integer('starts_at').notNull(),
    minutes: integer('minutes').notNull(),
    place: text('place').notNull(),
    capacity: integer('capacity'),
    state: text('state', { enum: ['planned', 'cancelled'] }).notNull(),
    by: text('by').notNull(),
    remindedAt: integer('reminded_at'),
  },
  (t) => [index('training_class_starts').on(t.startsAt)],
)

/** A numbered seat in a class; its keys refuse a second giving, and a second seat for one member. */
export const trainingSeat = sqliteTable(
  'training_seat',
  {
    class: text('class').notNull(),
    number: integer('number').notNull(),
    staff: text('staff').notNull(),
    state: text('state', { enum: ['signed', 'attended', 'missed'] }).notNull(),
    certificate: integer('certificate', { mode: 'boolean' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.class, t.number] }),
    uniqueIndex('training_seat_once').on(t.class, t.staff),
    index('training_seat_staff').on(t.staff),
  ],
)
