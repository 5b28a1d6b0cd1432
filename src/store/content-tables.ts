import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/**
 * Texts of the house edited at the desk, each row the whole text of one authored file at one time. A row's text never
 * changes; the key says no to the second of two who save at once, and the checks to whoever approves their own.
 */
export const contentRevision = sqliteTable(
  'content_revision',
  {
    /** The file, such as `content/vi/topics/qua-lieu.md`. */
    unit: text('unit').notNull(),
    n: integer('n').notNull(),
    /** `released`: the file of a release says the same, so the revision is over. */
    state: text('state', { enum: ['draft', 'live', 'replaced', 'dropped', 'released'] }).notNull(),
    text: text('text').notNull(),
    hash: text('hash').notNull(),
    /** Hashes of the text it was made from, and of the file of the release at that time. */
    base: text('base').notNull(),
    file: text('file').notNull(),
    /** The revision whose text it brings back; 0: the file's. */
    restores: integer('restores'),
    note: text('note').notNull(),
    by: text('by').notNull(),
    createdAt: integer('created_at').notNull(),
    /** What the text makes in the book, as JSON (`Patch`); null while it cannot be read. */
    patch: text('patch'),
    /** Mistakes that keep it from being approved, when it was saved. */
    problems: integer('problems').notNull(),
    approvedBy: text('approved_by'),
    approvedAt: integer('approved_at'),
    endedAt: integer('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.unit, t.n] }),
    uniqueIndex('content_revision_draft').on(t.unit).where(sql`state = 'draft'`),
    uniqueIndex('content_revision_live').on(t.unit).where(sql`state = 'live'`),
    index('content_revision_created').on(t.createdAt),
    check('content_revision_two_people', sql`approved_by is null or approved_by <> "by"`),
    check('content_revision_approved', sql`state <> 'live' or (approved_by is not null and patch is not null)`),
  ],
)
