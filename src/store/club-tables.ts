import { sql } from 'drizzle-orm'
import { blob, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Somebody's place in a club. `contact` is null once the person's data are erased: what is left is a count. */
export const clubMember = sqliteTable(
  'club_member',
  {
    id: text('id').primaryKey(),
    club: text('club').notNull(),
    contact: text('contact'),
    state: text('state', { enum: ['invited', 'member', 'declined', 'left'] }).notNull(),
    /** The legal group: for staff of the point and for counts, never for the board. */
    legalGroup: text('legal_group', { enum: ['voluntary', 'young', 'compulsory'] }).notNull(),
    /** The id of sealed words: how the club calls them. */
    name: text('name'),
    followUp: integer('follow_up', { mode: 'boolean' }).notNull(),
    invitedBy: text('invited_by').notNull(),
    invitedAt: integer('invited_at').notNull(),
    joinedAt: integer('joined_at'),
    endedAt: integer('ended_at'),
  },
  (t) => [index('club_member_of').on(t.club, t.state), index('club_member_contact').on(t.contact)],
)

/** How often a club meets; its meetings are rows of their own. */
export const clubSeries = sqliteTable(
  'club_series',
  {
    id: text('id').primaryKey(),
    club: text('club').notNull(),
    /** RFC 5545. */
    rule: text('rule').notNull(),
    first: text('first').notNull(),
    last: text('last'),
    /** Minutes after midnight. */
    time: integer('time').notNull(),
    onHoliday: text('on_holiday', { enum: ['bo', 'truoc', 'sau'] }).notNull(),
    /** What each of its meetings begins as, as JSON (`MeetingPlan`). */
    plan: text('plan').notNull(),
    endedAt: integer('ended_at'),
  },
  (t) => [index('club_series_of').on(t.club)],
)

/** One meeting of a club. Its texts are the house's own; notes are sealed and name nobody. */
export const meeting = sqliteTable(
  'meeting',
  {
    /** `<series>.<day of the rule>` for one of a series, so that it is made once. */
    id: text('id').primaryKey(),
    club: text('club').notNull(),
    series: text('series'),
    startsAt: integer('starts_at').notNull(),
    minutes: integer('minutes').notNull(),
    place: text('place').notNull(),
    agenda: text('agenda').notNull(),
    family: integer('family', { mode: 'boolean' }).notNull(),
    capacity: integer('capacity'),
    state: text('state', { enum: ['planned', 'cancelled'] }).notNull(),
    /** When members are told of it, and when they were. */
    noticeAt: integer('notice_at').notNull(),
    announcedAt: integer('announced_at'),
    /** How many came who are nobody's record: visitors, family. */
    others: integer('others').notNull(),
    note: blob('note', { mode: 'buffer' }),
  },
  (t) => [
    index('meeting_of').on(t.club, t.startsAt),
    index('meeting_due').on(t.noticeAt).where(sql`announced_at is null and state = 'planned'`),
  ],
)
