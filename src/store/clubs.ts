import { and, eq, sql } from 'drizzle-orm'
import type { LegalGroup } from '../engine/clubs/club.ts'
import type { Id, Instant } from '../engine/content.ts'
import type { Club } from '../engine/facts.ts'
import { clubMember, meeting } from './club-tables.ts'
import { openWords } from './lines.ts'
import { build, p, type Query, select, write } from './query.ts'
import { club, conversation } from './schema.ts'
import type { Vault } from './seal.ts'
import type { Store } from './store.ts'
import { appointment, trace } from './visit-tables.ts'

const putClub = write<{ id: string; body: string }>(
  build
    .insert(club)
    .values({ id: p('id'), body: p('body') })
    .onConflictDoUpdate({ target: club.id, set: { body: p('body') } as never }),
)

/** Makes this the whole of what is known of a club, beside what sets the new version of the directory. */
export const placingClub = (one: Club): Query => putClub({ id: one.id, body: JSON.stringify(one) })

/** Somebody in a club, or invited to it. */
export interface MemberRow {
  id: Id
  club: Id
  contact: Id
  /** The turn their conversation stood at when this was read. */
  seq: number
  state: 'invited' | 'member'
  /** Not for the board. */
  group: LegalGroup
  /** The id of the sealed words by which the club calls them. */
  name: Id | null
  followUp: boolean
  invitedAt: Instant
  joinedAt: Instant | null
  ticket: Id | null
  walkIn: boolean
}

const memberRows = () =>
  build
    .select({
      id: clubMember.id,
      club: clubMember.club,
      contact: sql<string>`${clubMember.contact}`.as('contact'),
      seq: conversation.seq,
      state: sql<MemberRow['state']>`${clubMember.state}`.as('state'),
      group: sql<LegalGroup>`${clubMember.legalGroup}`.as('group'),
      name: clubMember.name,
      followUp: sql<number>`${clubMember.followUp}`.as('follow_up'),
      invitedAt: clubMember.invitedAt,
      joinedAt: clubMember.joinedAt,
      ticket: conversation.ticket,
      walkIn: sql<number>`json_extract(${conversation.body}, '$.walkIn') is not null`.as('walk_in'),
    })
    .from(clubMember)
    .innerJoin(conversation, eq(conversation.contact, clubMember.contact))
const membersOf = select(
  memberRows()
    .where(sql`${clubMember.club} = ${p('club')} and ${clubMember.state} in ('invited', 'member')`)
    .orderBy(clubMember.state, clubMember.joinedAt, clubMember.id)
    .limit(500),
)
const oneMember = select(
  memberRows().where(and(eq(clubMember.id, p('id') as never), sql`${clubMember.state} in ('invited', 'member')`)),
)

type FoundMember = Omit<MemberRow, 'followUp' | 'walkIn'> & { followUp: number; walkIn: number }
const toMember = ({ followUp, walkIn, ...row }: FoundMember): MemberRow => ({
  ...row,
  followUp: followUp === 1,
  walkIn: walkIn === 1,
})

/** Who is in a club and who is invited. */
export async function readMembers(store: Store, id: Id): Promise<readonly MemberRow[]> {
  return (await store.read(membersOf({ club: id }))).map((row) => toMember(row as FoundMember))
}

export async function readMember(store: Store, id: Id): Promise<MemberRow | null> {
  const row = (await store.read(oneMember({ id })))[0]
  return row ? toMember(row as FoundMember) : null
}

/** How the club calls its people, by the ids of the names; a name that is gone is left out. */
export async function namesOf(store: Store, vault: Vault, ids: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  const names = new Map<Id, string>()
  for (const id of ids) {
    const name = await openWords(store, vault, id)
    if (name !== null) names.set(id, name)
  }
  return names
}

const sizes = select(
  build
    .select({ club: clubMember.club, count: sql<number>`count(*)`.as('count') })
    .from(clubMember)
    .where(eq(clubMember.state, 'member'))
    .groupBy(clubMember.club),
)

/** How many people each club has. */
export async function clubSizes(store: Store): Promise<ReadonlyMap<Id, number>> {
  return new Map((await store.read(sizes({}))).map((row) => [row.club, row.count]))
}

/** What a month of a club was, in counts. */
export interface ClubMonth {
  /** As `2026-12`. */
  month: string
  meetings: number
  invited: number
  came: number
  others: number
  joined: number
  left: number
}

const monthOf = (at: ReturnType<typeof sql>) => sql`strftime('%Y-%m', ${at} / 1000 + 25200, 'unixepoch')`
const meetingMonths = select(
  build
    .select({
      month: sql<string>`${monthOf(sql`${meeting.startsAt}`)}`.as('month'),
      meetings: sql<number>`count(*)`.as('meetings'),
      invited:
        sql<number>`sum((select count(*) from appointment a where a.meeting = meeting.id and a.state <> 'cancelled'))`.as(
          'invited',
        ),
      came: sql<number>`sum((select count(*) from appointment a where a.meeting = meeting.id and a.state = 'attended'))`.as(
        'came',
      ),
      others: sql<number>`sum(${meeting.others})`.as('others'),
    })
    .from(meeting)
    .where(
      sql`${meeting.club} = ${p('club')} and ${meeting.state} = 'planned' and ${meeting.startsAt} >= ${p('from')} and ${meeting.startsAt} < ${p('to')}`,
    )
    .groupBy(sql`1`),
)
const memberMonths = select(
  build
    .select({
      month: sql<string>`${monthOf(sql`moment.at`)}`.as('month'),
      joined: sql<number>`sum(moment.came)`.as('joined'),
      left: sql<number>`sum(1 - moment.came)`.as('left'),
    })
    .from(
      sql`(select joined_at as at, 1 as came from club_member where club = ${p('club')} and joined_at is not null union all select ended_at, 0 from club_member where club = ${p('club')} and state = 'left' and ended_at is not null) as moment`,
    )
    .where(sql`moment.at >= ${p('from')} and moment.at < ${p('to')}`)
    .groupBy(sql`1`),
)

/** The months between two instants in which anything happened, the newest first. Vietnam keeps +07:00 all year. */
export async function clubMonths(store: Store, id: Id, from: Instant, to: Instant): Promise<readonly ClubMonth[]> {
  const [met, moved] = [
    await store.read(meetingMonths({ club: id, from, to })),
    await store.read(memberMonths({ club: id, from, to })),
  ]
  const months = [...new Set([...met, ...moved].map(({ month }) => month))].sort().reverse()
  const none = { meetings: 0, invited: 0, came: 0, others: 0, joined: 0, left: 0 }
  return months.map((month) => ({
    ...none,
    ...met.find((one) => one.month === month),
    ...moved.find((one) => one.month === month),
    month,
  }))
}

/** Somebody's place in a meeting, as its list shows it. */
export interface PlaceRow {
  /** The appointment. */
  id: Id
  contact: Id
  seq: number
  state: string
  /** The id of the sealed words by which the club calls them. */
  name: Id | null
}

const places = select(
  build
    .select({
      id: appointment.id,
      contact: sql<string>`${appointment.contact}`.as('contact'),
      seq: conversation.seq,
      state: sql<string>`${appointment.state}`.as('state'),
      name: sql<
        string | null
      >`(select name from club_member m where m.contact = appointment.contact and m.state = 'member' limit 1)`.as(
        'name',
      ),
    })
    .from(appointment)
    .innerJoin(conversation, eq(conversation.contact, appointment.contact))
    .where(sql`${appointment.meeting} = ${p('meeting')} and ${appointment.state} <> 'cancelled'`)
    .orderBy(appointment.bookedAt, appointment.id)
    .limit(500),
)

/** Everybody who stands on the list of a meeting, whatever they answered. */
export async function placesIn(store: Store, id: Id): Promise<readonly PlaceRow[]> {
  return store.read(places({ meeting: id }))
}

const correct = write(
  build
    .update(appointment)
    .set({ state: p('as') } as never)
    .where(
      sql`${appointment.id} = ${p('id')} and ${appointment.meeting} is not null and ${appointment.state} in ('attended', 'missed')`,
    ),
)
const stopLooking = write(
  build
    .update(trace)
    .set({ step: 'closed', closedAt: p('at') } as never)
    .where(sql`${trace.appointment} = ${p('id')} and ${trace.closedAt} is null`),
)
/** What was written down wrongly about who came: nobody is looked for who was there. */
export const correctingMark = (id: Id, as: 'attended' | 'missed', at: Instant): readonly Query[] => [
  correct({ id, as }),
  ...(as === 'attended' ? [stopLooking({ id, at })] : []),
]
