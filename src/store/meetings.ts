import { and, eq, isNull, sql } from 'drizzle-orm'
import { type MeetingFact, seatsOfMeeting } from '../engine/clubs/club.ts'
import type { HolidayWay, MeetingRule } from '../engine/clubs/series.ts'
import type { Id, Instant } from '../engine/content.ts'
import type { Day } from '../engine/facts.ts'
import { clubSeries, meeting } from './club-tables.ts'
import { build, p, type Query, select, write } from './query.ts'
import { timer } from './schema.ts'
import type { Store } from './store.ts'

/** What a meeting is, as far as it can be written down before it is held. */
export interface MeetingPlan {
  minutes: number
  place: string
  agenda: string
  family: boolean
  capacity: number | null
  /** So many days before it members are told. */
  noticeDays: number
}

export interface MeetingRow extends Omit<MeetingPlan, 'noticeDays'> {
  id: Id
  club: Id
  series: Id | null
  startsAt: Instant
  state: 'planned' | 'cancelled'
  noticeAt: Instant
  announcedAt: Instant | null
  others: number
  /** Sealed with the service's own key. */
  note: Uint8Array | null
}

export interface SeriesRow extends MeetingRule {
  id: Id
  club: Id
  plan: MeetingPlan
}

const rows = () =>
  build
    .select({
      id: meeting.id,
      club: meeting.club,
      series: meeting.series,
      startsAt: meeting.startsAt,
      minutes: meeting.minutes,
      place: meeting.place,
      agenda: meeting.agenda,
      family: sql<number>`${meeting.family}`.as('family'),
      capacity: meeting.capacity,
      state: sql<MeetingRow['state']>`${meeting.state}`.as('state'),
      noticeAt: meeting.noticeAt,
      announcedAt: meeting.announcedAt,
      others: meeting.others,
      note: meeting.note,
    })
    .from(meeting)
const one = select(rows().where(eq(meeting.id, p('id') as never)))
const between = select(
  rows()
    .where(
      sql`${meeting.club} = ${p('club')} and ${meeting.startsAt} >= ${p('from')} and ${meeting.startsAt} < ${p('to')}`,
    )
    .orderBy(meeting.startsAt, meeting.id)
    .limit(100),
)

type Found = Omit<MeetingRow, 'family'> & { family: number }
const toRow = (row: Found): MeetingRow => ({ ...row, family: row.family === 1 })

export async function readMeeting(store: Store, id: Id): Promise<MeetingRow | null> {
  const row = (await store.read(one({ id })))[0]
  return row ? toRow(row as Found) : null
}

/** Meetings of a club between two instants, in order; those called off too. */
export async function meetingsOf(store: Store, club: Id, from: Instant, to: Instant): Promise<readonly MeetingRow[]> {
  return (await store.read(between({ club, from, to }))).map((row) => toRow(row as Found))
}

const add = write(
  build
    .insert(meeting)
    .values({
      id: p('id'),
      club: p('club'),
      series: p('series'),
      startsAt: p('startsAt'),
      minutes: p('minutes'),
      place: p('place'),
      agenda: p('agenda'),
      family: p('family') as never,
      capacity: p('capacity'),
      state: 'planned',
      noticeAt: p('noticeAt'),
      others: 0,
    })
    .onConflictDoNothing(),
)

const DAY_MS = 86_400_000

/** A meeting as planned; made once whatever happens twice. */
export function addingMeeting(
  of: { id: Id; club: Id; series: Id | null; startsAt: Instant },
  { noticeDays, ...plan }: MeetingPlan,
): Query {
  return add({ ...of, ...plan, noticeAt: of.startsAt - noticeDays * DAY_MS })
}

/** Timers of a meeting's people have ids of their own: one set in the midst of a turn is not lost with it. */
const drawn = sql`lower(hex(randomblob(6)))`
const callEverybody = write(
  build
    .insert(timer)
    .select(
      sql`select 'buoi:' || appointment.meeting || ':' || ${drawn}, appointment.contact, 'meeting', ${p('at')}, 0 from appointment where appointment.meeting = ${p('id')} and appointment.contact is not null and appointment.ended_at is null`,
    ),
)
const changeMeeting = write(
  build
    .update(meeting)
    .set({
      startsAt: p('startsAt'),
      minutes: p('minutes'),
      place: p('place'),
      agenda: p('agenda'),
      capacity: p('capacity'),
      noticeAt: p('noticeAt'),
    } as never)
    .where(and(eq(meeting.id, p('id')), eq(meeting.state, 'planned'))),
)
const cancelMeeting = write(
  build
    .update(meeting)
    .set({ state: 'cancelled' } as never)
    .where(and(eq(meeting.id, p('id')), eq(meeting.state, 'planned'))),
)
const noteMeeting = write(
  build
    .update(meeting)
    .set({ others: p('others'), note: p('note') } as never)
    .where(eq(meeting.id, p('id'))),
)
const announceNow = write(
  build
    .update(meeting)
    .set({ noticeAt: p('at') } as never)
    .where(and(eq(meeting.id, p('id')), isNull(meeting.announcedAt))),
)

/** Another time, place, agenda or number of seats; everybody on its list looks again. */
export const changingMeeting = (
  id: Id,
  change: Pick<MeetingRow, 'startsAt' | 'minutes' | 'place' | 'agenda' | 'capacity' | 'noticeAt'>,
  at: Instant,
): readonly Query[] => [changeMeeting({ id, ...change }), callEverybody({ id, at })]

/** It does not take place; everybody on its list hears of it. */
export const cancellingMeeting = (id: Id, at: Instant): readonly Query[] => [
  cancelMeeting({ id }),
  callEverybody({ id, at }),
]

export const notingMeeting = (id: Id, others: number, note: Uint8Array | null): Query =>
  noteMeeting({ id, others, note })

/** Members are told at the next tick. */
export const announcingMeeting = (id: Id, at: Instant): Query => announceNow({ id, at })

const isDue = sql`${meeting.noticeAt} <= ${p('now')} and ${meeting.announcedAt} is null and ${meeting.state} = 'planned' and ${meeting.startsAt} > ${p('now')}`
const tellMembers = write(
  build
    .insert(timer)
    .select(
      sql`select 'buoi:' || ${meeting.id} || ':' || ${drawn}, club_member.contact, 'meeting', ${p('now')}, 0 from ${meeting} join club_member on club_member.club = ${meeting.club} and club_member.state = 'member' and club_member.contact is not null where ${isDue}`,
    ),
)
const markTold = write(
  build
    .update(meeting)
    .set({ announcedAt: p('now') } as never)
    .where(isDue),
)

/** Meetings whose notice is due get a timer for each member, in the batch that marks them as announced. */
export const announcingDue = (now: Instant): readonly Query[] => [tellMembers({ now }), markTold({ now })]

const anyDue = select(
  build
    .select({ one: sql<number>`1`.as('one') })
    .from(meeting)
    .where(isDue)
    .limit(1),
)

export async function isAnyNoticeDue(store: Store, now: Instant): Promise<boolean> {
  return (await store.read(anyDue({ now }))).length > 0
}

const facts = select(
  build
    .select({
      id: meeting.id,
      club: meeting.club,
      startsAt: meeting.startsAt,
      minutes: meeting.minutes,
      place: meeting.place,
      family: sql<number>`${meeting.family}`.as('family'),
      capacity: meeting.capacity,
      state: sql<MeetingRow['state']>`${meeting.state}`.as('state'),
      taken:
        sql<string>`(select json_group_array(quarter) from seat where seat.calendar = ${seatsOfMeeting('')} || meeting.id and seat.contact <> ${p('contact')})`.as(
          'taken',
        ),
      ahead:
        sql<number>`(select count(*) from appointment a where a.meeting = meeting.id and a.state = 'waiting' and a.contact <> ${p('contact')} and (a.queued_at, a.id) < (select coalesce(max(m.queued_at), 9e15), coalesce(max(m.id), '') from appointment m where m.meeting = meeting.id and m.contact = ${p('contact')} and m.state = 'waiting'))`.as(
          'ahead',
        ),
    })
    .from(meeting)
    .where(sql`${meeting.id} in (select value from json_each(${p('ids')}))`),
)

/** Meetings as one person's turn may know them; `point` is left to whoever knows the directory. */
export async function meetingFacts(
  store: Store,
  ids: readonly Id[],
  contact: Id,
): Promise<readonly Omit<MeetingFact, 'point'>[]> {
  const found = await store.read(facts({ ids: JSON.stringify(ids), contact }))
  return found.map(({ taken, family, ...row }) => ({
    ...row,
    family: family === 1,
    taken: new Set(JSON.parse(taken) as number[]),
  }))
}

const addSeries = write(
  build
    .insert(clubSeries)
    .values({
      id: p('id'),
      club: p('club'),
      rule: p('rule'),
      first: p('first'),
      last: p('last'),
      time: p('time'),
      onHoliday: p('onHoliday') as never,
      plan: p('plan'),
    })
    .onConflictDoNothing(),
)
export const addingSeries = ({ plan, ...row }: SeriesRow): Query => addSeries({ ...row, plan: JSON.stringify(plan) })

const endSeries = write(
  build
    .update(clubSeries)
    .set({ endedAt: p('at') } as never)
    .where(eq(clubSeries.id, p('id'))),
)
const dropUntold = write(
  build
    .delete(meeting)
    .where(sql`${meeting.series} = ${p('id')} and ${meeting.announcedAt} is null and ${meeting.startsAt} > ${p('at')}`),
)
/** No more of it: meetings that nobody was told of go with it, those announced stay. */
export const endingSeries = (id: Id, at: Instant): readonly Query[] => [endSeries({ id, at }), dropUntold({ id, at })]

const openSeries = select(
  build
    .select({
      id: clubSeries.id,
      club: clubSeries.club,
      rule: clubSeries.rule,
      first: clubSeries.first,
      last: clubSeries.last,
      time: clubSeries.time,
      onHoliday: sql<HolidayWay>`${clubSeries.onHoliday}`.as('on_holiday'),
      plan: clubSeries.plan,
    })
    .from(clubSeries)
    .where(sql`${clubSeries.endedAt} is null and (${p('club')} is null or ${clubSeries.club} = ${p('club')})`)
    .orderBy(clubSeries.id),
)

/** Series that go on, of one club or of all. */
export async function readSeries(store: Store, club: Id | null): Promise<readonly SeriesRow[]> {
  const found = await store.read(openSeries({ club }))
  return found.map(({ plan, first, last, ...row }) => ({
    ...row,
    first: first as Day,
    last: last as Day | null,
    plan: JSON.parse(plan) as MeetingPlan,
  }))
}
