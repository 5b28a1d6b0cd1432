import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Two chats of one person, who confirmed in both that they are theirs. */
export const channelJoin = sqliteTable(
  'channel_join',
  {
    /** The hash of the code that was read out from one and typed into the other. */
    code: text('code').primaryKey(),
    first: text('first').notNull(),
    second: text('second').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [index('channel_join_first').on(t.first), index('channel_join_second').on(t.second)],
)
