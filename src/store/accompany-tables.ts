import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Who may walk beside people, as JSON (`Supporter`); they are part of the directory. */
export const supporter = sqliteTable('supporter', {
  id: text('id').primaryKey(),
  body: text('body').notNull(),
})

/**
 * Somebody walks beside a person, or was offered. `contact` is null once the person's data are erased: what is left is a
 * count. It has no column for how somebody fares, and none for why it ended.
 */
export const accompaniment = sqliteTable(
  'accompaniment',
  {
    id: text('id').primaryKey(),
    contact: text('contact'),
    supporter: text('supporter').notNull(),
    point: text('point').notNull(),
    state: text('state', { enum: ['offered', 'assigned', 'declined', 'withdrawn', 'changed', 'ended'] }).notNull(),
    every: text('every'),
    /** The yes it rests on, in the ledger. */
    consent: text('consent'),
    offeredBy: text('offered_by').notNull(),
    offeredAt: integer('offered_at').notNull(),
    assignedAt: integer('assigned_at'),
    /** Days in Vietnam. */
    lastOn: text('last_on'),
    nextOn: text('next_on'),
    endedAt: integer('ended_at'),
  },
  (t) => [
    index('accompaniment_point').on(t.point, t.nextOn).where(sql`state = 'assigned'`),
    index('accompaniment_contact').on(t.contact),
  ],
)

/**
 * One month of one person as one side saw it. The scores are sleep, work, family, surroundings and how one finds
 * oneself, never use; they are null once the person's data are erased.
 */
export const progress = sqliteTable(
  'progress',
  {
    id: text('id').primaryKey(),
    contact: text('contact'),
    /** As `2026-11`. */
    month: text('month').notNull(),
    side: text('side', { enum: ['self', 'supporter'] }).notNull(),
    scores: text('scores'),
    /** The club they belonged to then, for its counts. */
    club: text('club'),
    /** The member of staff who wrote it down; null: the person themselves. */
    by: text('by'),
    at: integer('at').notNull(),
  },
  (t) => [uniqueIndex('progress_month').on(t.contact, t.month, t.side), index('progress_club').on(t.club, t.month)],
)

/** That a person has a plan of their own; its words are answers, sealed. `contact` is null once it is erased. */
export const ownPlan = sqliteTable(
  'own_plan',
  {
    id: text('id').primaryKey(),
    contact: text('contact'),
    madeAt: integer('made_at').notNull(),
    changedAt: integer('changed_at').notNull(),
    club: text('club'),
    endedAt: integer('ended_at'),
  },
  (t) => [index('own_plan_contact').on(t.contact), index('own_plan_club').on(t.club)],
)
