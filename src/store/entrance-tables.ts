import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A place whose cards lead into the chat. Who comes by one is counted (`entrance_count`) and never named. */
export const entrance = sqliteTable('entrance', {
  code: text('code').primaryKey(),
  /** How staff call it; it stands on no card. */
  name: text('name').notNull(),
  setting: text('setting').notNull(),
  /** The shelf that is offered first; empty: none. */
  audience: text('audience').notNull(),
  point: text('point').notNull(),
  by: text('by').notNull(),
  at: integer('at').notNull(),
  /** Its cards still open the chat, and offer no shelf any more. */
  endedAt: integer('ended_at'),
})
