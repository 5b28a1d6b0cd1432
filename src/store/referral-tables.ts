import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A place that people may be introduced to, as JSON (`ServicePlace`). */
export const servicePlace = sqliteTable('service_place', { id: text('id').primaryKey(), body: text('body').notNull() })

/**
 * An introduction to a place. It has no column for what somebody has, used, or was tested for; a test says so.
 * `contact` and `code` are null once the person's data are erased: what is left is a count.
 */
export const referral = sqliteTable(
  'referral',
  {
    id: text('id').primaryKey(),
    contact: text('contact'),
    point: text('point').notNull(),
    service: text('service').notNull(),
    kind: text('kind').notNull(),
    state: text('state').notNull(),
    /** What may be passed on, as a JSON list of codes; never a value. */
    passes: text('passes').notNull(),
    consent: text('consent'),
    code: text('code'),
    offeredBy: text('offered_by').notNull(),
    offeredAt: integer('offered_at').notNull(),
    madeAt: integer('made_at'),
    movedAt: integer('moved_at').notNull(),
  },
  (t) => [
    index('referral_open').on(t.point, t.movedAt).where(sql`state not in ('attended', 'declined')`),
    index('referral_contact').on(t.contact),
    index('referral_made').on(t.point, t.madeAt),
  ],
)

/** Every step of an introduction, with who and when. */
export const referralStep = sqliteTable(
  'referral_step',
  {
    id: text('id').primaryKey(),
    referral: text('referral').notNull(),
    step: text('step').notNull(),
    at: integer('at').notNull(),
    /** Null: the person themselves. */
    by: text('by'),
    /** The id of sealed words. */
    note: text('note'),
  },
  (t) => [index('referral_step_of').on(t.referral, t.at)],
)

/** One weekly question to somebody who wished to be asked, and what came of it. */
export const checkIn = sqliteTable(
  'check_in',
  {
    id: text('id').primaryKey(),
    contact: text('contact'),
    point: text('point'),
    referral: text('referral'),
    askedAt: integer('asked_at').notNull(),
    state: text('state', { enum: ['asked', 'ok', 'help', 'text', 'missed', 'unsent'] }).notNull(),
    endedAt: integer('ended_at'),
    /** The id of sealed words: the answer as they wrote it. */
    line: text('line'),
    /** Who looked after it, where there was no answer or one in words. */
    seenBy: text('seen_by'),
    seenAt: integer('seen_at'),
  },
  (t) => [
    index('check_in_unseen').on(t.endedAt).where(sql`state in ('missed', 'text') and seen_at is null`),
    index('check_in_contact').on(t.contact),
  ],
)

/** A line of a register that the plans ask for: counts or a code, never a name. */
export const registerLine = sqliteTable(
  'register_line',
  {
    id: text('id').primaryKey(),
    point: text('point').notNull(),
    register: text('register').notNull(),
    /** As `2026-12-05`. */
    day: text('day').notNull(),
    /** A code of the point's own, or empty for a count of several. */
    code: text('code').notNull(),
    /** The place whose licence it is; empty in other registers. */
    service: text('service').notNull(),
    /** Numbers by the names of the register's columns, as JSON. */
    numbers: text('numbers').notNull(),
    by: text('by').notNull(),
    at: integer('at').notNull(),
    /** Entered by mistake: it stays, and is not counted. */
    withdrawnBy: text('withdrawn_by'),
  },
  (t) => [index('register_line_day').on(t.register, t.day)],
)
