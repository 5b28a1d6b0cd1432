import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A message of a point to many; its text is the house's own words, and nobody's. */
export const broadcast = sqliteTable(
  'broadcast',
  {
    id: text('id').primaryKey(),
    /** The point whose people it is for; null: everybody's. */
    point: text('point'),
    by: text('by').notNull(),
    text: text('text').notNull(),
    /** To whom, as JSON (`Audience`). */
    audience: text('audience').notNull(),
    state: text('state', { enum: ['waiting', 'sending', 'paused', 'stopped'] }).notNull(),
    /** From when, and until when it helps. */
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    createdAt: integer('created_at').notNull(),
    approvedBy: text('approved_by'),
    approvedAt: integer('approved_at'),
    /** How many it went to when it was let go. */
    people: integer('people'),
    endedAt: integer('ended_at'),
  },
  (t) => [index('broadcast_created').on(t.createdAt)],
)

/** What became of it for one person. `contact` is null once the person's data are erased. */
export const broadcastTarget = sqliteTable(
  'broadcast_target',
  {
    id: text('id').primaryKey(),
    broadcast: text('broadcast').notNull(),
    contact: text('contact'),
    /** The message in the outbox; null where none was queued. */
    message: text('message'),
    /** Why none was. */
    skipped: text('skipped'),
  },
  (t) => [
    index('broadcast_target_of').on(t.broadcast),
    index('broadcast_target_message').on(t.message).where(sql`message is not null`),
    index('broadcast_target_contact').on(t.contact),
  ],
)
