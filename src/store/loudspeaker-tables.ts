import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Weeks are named by their Monday, days as `2026-12-05`. Nothing here is about a person. */

/** Which scripts a commune is to read out in a week; the key lets a script be planned once. */
export const readingPlan = sqliteTable(
  'reading_plan',
  {
    week: text('week').notNull(),
    commune: text('commune').notNull(),
    topic: text('topic').notNull(),
    point: text('point').notNull(),
    /** How often in that week. */
    times: integer('times').notNull(),
    by: text('by').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.week, t.commune, t.topic] })],
)

/** The sheet of a commune for a week: who holds its code may say what was read, and nothing else. */
export const readingSheet = sqliteTable(
  'reading_sheet',
  {
    week: text('week').notNull(),
    commune: text('commune').notNull(),
    point: text('point').notNull(),
    /** Hashed; what is printed is computed anew each time. */
    code: text('code').notNull(),
    /** Counts up when the printed code is to be worth nothing any more. */
    serial: integer('serial').notNull(),
  },
  (t) => [primaryKey({ columns: [t.week, t.commune] }), uniqueIndex('reading_sheet_code').on(t.code)],
)

/** A script was read out at a place on a day. Its act in the register is what counts, and what may be withdrawn. */
export const reading = sqliteTable(
  'reading',
  {
    commune: text('commune').notNull(),
    topic: text('topic').notNull(),
    day: text('day').notNull(),
    /** Empty: the whole commune. */
    hamlet: text('hamlet').notNull(),
    week: text('week').notNull(),
    point: text('point').notNull(),
    times: integer('times').notNull(),
    act: text('act').notNull(),
    /** Who said so; null: whoever held the sheet. */
    by: text('by'),
    at: integer('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.commune, t.topic, t.day, t.hamlet] }), index('reading_week').on(t.week)],
)

/** A text of the library as somebody speaks it: sound as base64, and what it says in Vietnamese. */
export const topicRecording = sqliteTable(
  'topic_recording',
  {
    topic: text('topic').notNull(),
    language: text('language').notNull(),
    /** `aac`: raw AAC, which Zalo asks for; `any`: what all other players take. */
    form: text('form', { enum: ['any', 'aac'] }).notNull(),
    transcript: text('transcript').notNull(),
    /** Who speaks, and agreed to be heard. */
    speaker: text('speaker').notNull(),
    recordedOn: text('recorded_on').notNull(),
    mime: text('mime').notNull(),
    data: text('data').notNull(),
    by: text('by').notNull(),
    at: integer('at').notNull(),
    /** The lead who lets it be heard; null: it is not. */
    enabledBy: text('enabled_by'),
  },
  (t) => [primaryKey({ columns: [t.topic, t.language, t.form] })],
)
