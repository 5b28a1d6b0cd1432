import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A contest as the desk made it, as JSON. */
export const contest = sqliteTable('contest', { id: text('id').primaryKey(), body: text('body').notNull() })

/**
 * That a try was begun. Its id is made with the person's own key: when that dies, nobody can make it again. It holds a
 * count only while the try goes on; once it is counted nothing of how it went is left here.
 */
export const contestMark = sqliteTable(
  'contest_mark',
  {
    id: text('id').primaryKey(),
    contest: text('contest').notNull(),
    answered: integer('answered').notNull(),
    correct: integer('correct'),
    done: integer('done', { mode: 'boolean' }).notNull(),
    claim: text('claim', { enum: ['none', 'open', 'taken'] }).notNull(),
  },
  (t) => [index('contest_mark_contest').on(t.contest)],
)

/** Counts without anybody: of a question by its number, and under nought of all finished tries and their right answers. */
export const contestTally = sqliteTable(
  'contest_tally',
  {
    contest: text('contest').notNull(),
    phase: text('phase', { enum: ['single', 'before', 'after'] }).notNull(),
    question: integer('question').notNull(),
    answered: integer('answered').notNull(),
    correct: integer('correct').notNull(),
  },
  (t) => [primaryKey({ columns: [t.contest, t.phase, t.question] })],
)

/** A code for a prize: whoever brings it gets it, once. */
export const contestCode = sqliteTable('contest_code', {
  code: text('code').primaryKey(),
  contest: text('contest').notNull(),
  handedOn: text('handed_on'),
  handedBy: text('handed_by'),
})
