import { eq, sql } from 'drizzle-orm'
import type { Scores, Side } from '../engine/accompany/progress.ts'
import type { Rhythm, Supporter } from '../engine/accompany/supporter.ts'
import type { Id, Instant } from '../engine/content.ts'
import type { Day } from '../engine/facts.ts'
import { accompaniment, ownPlan, progress, supporter } from './accompany-tables.ts'
import { build, p, type Query, select, write } from './query.ts'
import { conversation } from './schema.ts'
import type { Store } from './store.ts'

const putSupporter = write<{ id: string; body: string }>(
  build
    .insert(supporter)
    .values({ id: p('id'), body: p('body') })
    .onConflictDoUpdate({ target: supporter.id, set: { body: p('body') } as never }),
)

/** Makes this the whole of what is known of a supporter, beside what sets the new version of the directory. */
export const placingSupporter = (one: Supporter): Query => putSupporter({ id: one.id, body: JSON.stringify(one) })

/** Somebody who has a supporter, or was asked, as staff of the point see it. */
export interface AccompanyRow {
  id: Id
  contact: Id
  /** The turn their conversation stood at when this was read. */
  seq: number
  supporter: Id
  point: Id
  state: 'offered' | 'assigned'
  every: Rhythm | null
  offeredAt: Instant
  assignedAt: Instant | null
  lastOn: Day | null
  nextOn: Day | null
  ticket: Id | null
  walkIn: boolean
}

const rows = () =>
  build
    .select({
      id: accompaniment.id,
      contact: sql<string>`${accompaniment.contact}`.as('contact'),
      seq: conversation.seq,
      supporter: accompaniment.supporter,
      point: accompaniment.point,
      state: sql<AccompanyRow['state']>`${accompaniment.state}`.as('state'),
      every: sql<Rhythm | null>`${accompaniment.every}`.as('every'),
      offeredAt: accompaniment.offeredAt,
      assignedAt: accompaniment.assignedAt,
      lastOn: accompaniment.lastOn,
      nextOn: accompaniment.nextOn,
      ticket: conversation.ticket,
      walkIn: sql<number>`json_extract(${conversation.body}, '$.walkIn') is not null`.as('walk_in'),
    })
    .from(accompaniment)
    .innerJoin(conversation, eq(conversation.contact, accompaniment.contact))

const open = sql`${accompaniment.state} in ('offered', 'assigned')`
const atPoints = select(
  rows()
    .where(sql`${accompaniment.point} in (select value from json_each(${p('points')})) and ${open}`)
    .orderBy(sql`${accompaniment.nextOn} is null`, accompaniment.nextOn, accompaniment.id)
    .limit(500),
)
const due = select(
  rows()
    .where(
      sql`${accompaniment.point} in (select value from json_each(${p('points')})) and ${accompaniment.state} = 'assigned' and ${accompaniment.nextOn} <= ${p('today')}`,
    )
    .orderBy(accompaniment.nextOn, accompaniment.id)
    .limit(100),
)
const byId = select(rows().where(sql`${accompaniment.id} = ${p('id')} and ${open}`))
const ofContact = select(rows().where(sql`${accompaniment.contact} = ${p('contact')} and ${open}`))

type Found = Omit<AccompanyRow, 'walkIn'> & { walkIn: number }
const toRow = ({ walkIn, ...row }: Found): AccompanyRow => ({ ...row, walkIn: walkIn === 1 })

/** Who has a supporter at these points or was asked, those whom to ask after first. */
export async function accompaniedAt(store: Store, points: readonly Id[]): Promise<readonly AccompanyRow[]> {
  return (await store.read(atPoints({ points: JSON.stringify(points) }))).map((row) => toRow(row as Found))
}

/** Whom to ask after by this day. */
export async function contactsDue(store: Store, points: readonly Id[], today: Day): Promise<readonly AccompanyRow[]> {
  return (await store.read(due({ points: JSON.stringify(points), today }))).map((row) => toRow(row as Found))
}

export async function readAccompaniment(store: Store, id: Id): Promise<AccompanyRow | null> {
  const row = (await store.read(byId({ id })))[0]
  return row ? toRow(row as Found) : null
}

/** What stands about this person: a supporter, an offer, both or neither. */
export async function accompanimentOf(store: Store, contact: Id): Promise<readonly AccompanyRow[]> {
  return (await store.read(ofContact({ contact }))).map((row) => toRow(row as Found))
}

const alone = select(
  build
    .select({
      contact: conversation.contact,
      ticket: conversation.ticket,
      walkIn: sql<number>`json_extract(${conversation.body}, '$.walkIn') is not null`.as('walk_in'),
    })
    .from(conversation)
    .where(
      sql`${conversation.contact} in (select contact from club_member where state = 'member' and club in (select value from json_each(${p('clubs')})) union select contact from walk_in where point in (select value from json_each(${p('points')})) union select contact from ticket where closed_at is null and point in (select value from json_each(${p('points')}))) and json_extract(${conversation.body}, '$.supporter.id') is null and json_extract(${conversation.body}, '$.supporterOffer.id') is null and (json_extract(${conversation.body}, '$.answers.stage.value') = 'sau-cai' or json_extract(${conversation.body}, '$.club.state') = 'member')`,
    )
    .orderBy(conversation.contact)
    .limit(100),
)

/** Somebody who is home, or in a club, and whom nobody walks beside. */
export interface AloneRow {
  contact: Id
  ticket: Id | null
  walkIn: boolean
}

/** Who of these clubs, records and open talks is known to be home or a member, and was neither given nor offered anybody. */
export async function aloneAt(store: Store, points: readonly Id[], clubs: readonly Id[]): Promise<readonly AloneRow[]> {
  const found = await store.read(alone({ points: JSON.stringify(points), clubs: JSON.stringify(clubs) }))
  return found.map(({ walkIn, ...row }) => ({ ...row, walkIn: walkIn === 1 }))
}

const loads = select(
  build
    .select({ supporter: accompaniment.supporter, count: sql<number>`count(*)`.as('count') })
    .from(accompaniment)
    .where(eq(accompaniment.state, 'assigned'))
    .groupBy(accompaniment.supporter),
)

/** How many people each supporter walks beside. */
export async function supporterLoads(store: Store): Promise<ReadonlyMap<Id, number>> {
  return new Map((await store.read(loads({}))).map((row) => [row.supporter, row.count]))
}

const tied = select(
  build
    .select({ id: accompaniment.id })
    .from(accompaniment)
    .where(sql`${accompaniment.supporter} = ${p('supporter')} and ${open}`)
    .limit(1),
)

/** Does somebody have this supporter, or is being asked about them. */
export async function isSupporterTied(store: Store, supporter: Id): Promise<boolean> {
  return (await store.read(tied({ supporter }))).length > 0
}

/** One month of a person as one side saw it. */
export interface ProgressRow {
  month: string
  side: Side
  scores: Scores
}

const monthsOf = select(
  build
    .select({ month: progress.month, side: progress.side, scores: progress.scores })
    .from(progress)
    .where(eq(progress.contact, p('contact') as never))
    .orderBy(sql`${progress.month} desc`, progress.side)
    .limit(24),
)

/** The months of this person, the newest first. */
export async function progressOf(store: Store, contact: Id): Promise<readonly ProgressRow[]> {
  return (await store.read(monthsOf({ contact }))).map(({ month, side, scores }) => ({
    month,
    side,
    scores: JSON.parse(scores ?? '{}') as Scores,
  }))
}

/** Counts of one club for one month; they name nobody. */
export interface ClubProgress {
  month: string
  /** Who belonged to the club at any time of that month. */
  members: number
  /** Of them, those with a month written down. */
  evaluated: number
}

const start = sql`cast(strftime('%s', ${p('month')} || '-01') as integer) * 1000 - 25200000`
const next = sql`cast(strftime('%s', ${p('month')} || '-01', '+1 month') as integer) * 1000 - 25200000`
const membersIn = select(
  build
    .select({
      members: sql<number>`count(*)`.as('members'),
      evaluated:
        sql<number>`(select count(distinct coalesce(contact, id)) from progress where club = ${p('club')} and month = ${p('month')})`.as(
          'evaluated',
        ),
    })
    .from(sql`club_member`)
    .where(
      sql`club = ${p('club')} and joined_at is not null and joined_at < ${next} and (ended_at is null or ended_at >= ${start})`,
    ),
)

/** How many members a club had in each of these months, and how many of them have a month written down. */
export async function clubProgress(
  store: Store,
  club: Id,
  months: readonly string[],
): Promise<readonly ClubProgress[]> {
  const found: ClubProgress[] = []
  for (const month of months) {
    const row = (await store.read(membersIn({ club, month })))[0]
    if (row && row.members > 0) found.push({ month, ...row })
  }
  return found
}

const plans = select(
  build
    .select({ count: sql<number>`count(*)`.as('count') })
    .from(ownPlan)
    .where(sql`${ownPlan.club} = ${p('club')} and ${ownPlan.endedAt} is null`),
)

/** How many members of a club have a plan of their own; whether one of them has is nobody's business. */
export async function clubPlans(store: Store, club: Id): Promise<number> {
  return (await store.read(plans({ club })))[0]?.count ?? 0
}
