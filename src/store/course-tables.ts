import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * How often a course was begun and read to its end, by month in Vietnam. It has no column for a person, a point or a
 * lesson: that somebody reads a course is kept in their own conversation alone.
 */
export const courseCount = sqliteTable(
  'course_count',
  {
    month: text('month').notNull(),
    course: text('course').notNull(),
    started: integer('started').notNull(),
    finished: integer('finished').notNull(),
  },
  (t) => [primaryKey({ columns: [t.month, t.course] })],
)
