import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * The ledger of consents: one row for each yes, never changed but for its end. `contact` is null once the person's data
 * are erased: what is left is that a yes was once given, to which text, and that it is over.
 */
export const consent = sqliteTable(
  'consent',
  {
    id: text('id').primaryKey(),
    contact: text('contact'),
    purpose: text('purpose').notNull(),
    /** The text it was said to, in `consent_text`. */
    version: text('version').notNull(),
    /** Null: the person said so themselves; else the member of staff who heard it. */
    heardBy: text('heard_by'),
    givenAt: integer('given_at').notNull(),
    withdrawnAt: integer('withdrawn_at'),
    withdrawnBy: text('withdrawn_by'),
  },
  (t) => [index('consent_contact').on(t.contact)],
)

/** Every text to which anybody ever said yes, as it was shown. */
export const consentText = sqliteTable('consent_text', {
  version: text('version').primaryKey(),
  key: text('key').notNull(),
  text: text('text').notNull(),
  firstAt: integer('first_at').notNull(),
})

/**
 * A request to be helped into treatment. It has no column for what somebody used, since when, or how; a test says so.
 * `contact` and `answers` are null once the person's data are erased.
 */
export const enrolment = sqliteTable(
  'enrolment',
  {
    id: text('id').primaryKey(),
    contact: text('contact'),
    whom: text('whom', { enum: ['minh', 'con'] }).notNull(),
    form: text('form').notNull(),
    point: text('point').notNull(),
    /** The point that is to have it, while the person has not said yes or no. */
    transferTo: text('transfer_to'),
    state: text('state').notNull(),
    askedAt: integer('asked_at').notNull(),
    movedAt: integer('moved_at').notNull(),
    consent: text('consent').notNull(),
    /** The person chose staff of the police, knowing it. */
    chosePolice: integer('chose_police', { mode: 'boolean' }).notNull(),
    /** What the person answered after their yes, as JSON of codes and of ids of sealed words. */
    answers: text('answers'),
  },
  (t) => [
    index('enrolment_open').on(t.point, t.movedAt).where(sql`state not in ('started', 'declined')`),
    index('enrolment_contact').on(t.contact),
  ],
)

/** Every step of a request, with who and when. Of a transfer this row is the receipt that both points keep. */
export const enrolmentStep = sqliteTable(
  'enrolment_step',
  {
    id: text('id').primaryKey(),
    enrolment: text('enrolment').notNull(),
    step: text('step').notNull(),
    at: integer('at').notNull(),
    /** Null: the person themselves. */
    by: text('by'),
    fromPoint: text('from_point'),
    toPoint: text('to_point'),
    /** The id of sealed words. */
    note: text('note'),
  },
  (t) => [
    index('enrolment_step_of').on(t.enrolment, t.at),
    index('enrolment_step_from').on(t.fromPoint, t.at),
    index('enrolment_step_transferred').on(t.at).where(sql`step = 'transferred'`),
  ],
)
