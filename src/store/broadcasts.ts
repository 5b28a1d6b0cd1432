import { desc, eq, sql } from 'drizzle-orm'
import type { BroadcastFact } from '../engine/broadcast.ts'
import type { Id, Instant } from '../engine/content.ts'
import { broadcast, broadcastTarget } from './broadcast-tables.ts'
import { build, p, type Query, select, write } from './query.ts'
import { address, conversation, outbox, timer } from './schema.ts'
import type { Store } from './store.ts'

/** To whom a message goes, by what people themselves said; an empty list asks for nothing. */
export interface Audience {
  /** For whom they write, as they answered it. */
  who: readonly string[]
  communes: readonly Id[]
  channels: readonly string[]
  /** Clubs they are members of, and languages they asked for. */
  clubs: readonly Id[]
  languages: readonly string[]
  /** By which paper they came, and where they are on their way, as they or staff with their yes said. */
  entrances: readonly string[]
  stages: readonly string[]
}

export interface BroadcastRow {
  id: Id
  point: Id | null
  by: Id
  text: string
  audience: Audience
  state: 'waiting' | 'sending' | 'paused' | 'stopped'
  startsAt: Instant
  endsAt: Instant
  createdAt: Instant
  approvedBy: Id | null
  approvedAt: Instant | null
  people: number | null
  endedAt: Instant | null
}

/** Why somebody the tags name does not get it; `null` where they do. The first that holds is counted. */
export const EXCLUSIONS = ['no_consent', 'stopped', 'muted', 'unreachable', 'no_channel', 'crisis'] as const
export type Exclusion = (typeof EXCLUSIONS)[number]

const code = (name: string) => sql`json_extract(${conversation.body}, ${sql.raw(`'$.answers.${name}.value'`)})`
const listed = (value: ReturnType<typeof sql>, list: string) =>
  sql`(json_array_length(${p(list)}) = 0 or ${value} in (select value from json_each(${p(list)})))`
/** Somebody belongs to a point by what they chose, where they live, or an appointment there. */
const ofPoint = sql`(${p('point')} is null or ${code('point')} = ${p('point')} or ${code('commune')} in (select value from json_each(${p('served')})) or exists (select 1 from appointment where appointment.contact = ${conversation.contact} and appointment.point = ${p('point')}))`
const memberOf = sql`case when json_extract(${conversation.body}, '$.club.state') = 'member' then json_extract(${conversation.body}, '$.club.club') end`
const tagged = sql`${ofPoint} and ${listed(code('who'), 'who')} and ${listed(code('commune'), 'communes')} and ${listed(sql`coalesce(${address.channel}, '')`, 'channels')} and ${listed(memberOf, 'clubs')} and ${listed(code('language'), 'languages')} and ${listed(code('entrance'), 'entrances')} and ${listed(code('stage'), 'stages')}`
const exclusion = sql`case
  when json_extract(${conversation.body}, '$.walkIn') is not null or ${address.id} is null then 'no_channel'
  when coalesce(${code('news')}, '') <> 'co' then 'no_consent'
  when ${conversation.stopped} then 'stopped'
  when json_extract(${conversation.body}, '$.muted') is not null then 'muted'
  when not ${conversation.reachable} then 'unreachable'
  when coalesce(json_extract(${conversation.body}, '$.quietUntil'), 0) > ${p('now')} then 'crisis'
end`

const audienceCounts = select(
  build
    .select({ reason: sql<string | null>`${exclusion}`.as('reason'), count: sql<number>`count(*)`.as('count') })
    .from(conversation)
    .leftJoin(address, eq(address.id, conversation.address))
    .where(tagged)
    .groupBy(sql`1`),
)

export interface Reach {
  people: number
  excluded: Readonly<Partial<Record<Exclusion, number>>>
}

interface Aim {
  point: Id | null
  /** The communes the point serves. */
  served: readonly Id[]
  audience: Audience
  now: Instant
}

const aimed = ({ point, served, audience, now }: Aim) => ({
  point,
  served: JSON.stringify(served),
  who: JSON.stringify(audience.who),
  communes: JSON.stringify(audience.communes),
  channels: JSON.stringify(audience.channels),
  clubs: JSON.stringify(audience.clubs),
  languages: JSON.stringify(audience.languages),
  entrances: JSON.stringify(audience.entrances),
  stages: JSON.stringify(audience.stages),
  now,
})

/** How many it would go to at this moment, and how many of those the tags name it would not, by reason. */
export async function reachOf(store: Store, aim: Aim): Promise<Reach> {
  const rows = await store.read(audienceCounts(aimed(aim)))
  const people = rows.find(({ reason }) => reason === null)?.count ?? 0
  return {
    people,
    excluded: Object.fromEntries(rows.flatMap(({ reason, count }) => (reason === null ? [] : [[reason, count]]))),
  }
}

const add = write(
  build.insert(broadcast).values({
    id: p('id'),
    point: p('point'),
    by: p('by'),
    text: p('text'),
    audience: p('audience'),
    state: 'waiting',
    startsAt: p('startsAt'),
    endsAt: p('endsAt'),
    createdAt: p('createdAt'),
  }),
)

export function addingBroadcast(
  row: Omit<BroadcastRow, 'state' | 'approvedBy' | 'approvedAt' | 'people' | 'endedAt'>,
): Query {
  return add({ ...row, audience: JSON.stringify(row.audience) })
}

const TIMER = 'tin:'
/** Only while it waits: a second approval finds nothing. */
const stillWaits = sql`exists (select 1 from ${broadcast} where ${broadcast.id} = ${p('id')} and ${broadcast.state} = 'waiting')`
const aimTimers = write(
  build
    .insert(timer)
    .select(
      sql`select ${TIMER} || ${p('id')} || ':' || ${conversation.contact}, ${conversation.contact}, 'broadcast', ${p('startsAt')}, 0 from ${conversation} left join ${address} on ${address.id} = ${conversation.address} where ${stillWaits} and ${tagged} and ${exclusion} is null`,
    )
    .onConflictDoNothing(),
)
const begin = write(
  build
    .update(broadcast)
    .set({
      state: 'sending',
      approvedBy: p('by'),
      approvedAt: p('now'),
      people: sql`(select count(*) from timer where id >= ${TIMER} || ${p('id')} || ':' and id < ${TIMER} || ${p('id')} || ';')`,
    } as never)
    .where(sql`${broadcast.id} = ${p('id')} and ${broadcast.state} = 'waiting'`),
)

/** Lets it go: one timer for each person, set by one statement in the batch that notes who approved it. */
export function beginning(row: BroadcastRow, by: Id, aim: Aim): readonly Query[] {
  const { id, startsAt } = row
  return [aimTimers({ ...aimed(aim), id, startsAt: Math.max(startsAt, aim.now) }), begin({ id, by, now: aim.now })]
}

const FAR = 8_640_000_000_000_000
const setState = write(
  build
    .update(broadcast)
    .set({ state: p('to'), endedAt: p('endedAt') } as never)
    .where(sql`${broadcast.id} = ${p('id')} and ${broadcast.state} = ${p('from')}`),
)
const ofTimers = sql`${timer.id} >= ${TIMER} || ${p('id')} || ':' and ${timer.id} < ${TIMER} || ${p('id')} || ';'`
const moveTimers = write(
  build
    .update(timer)
    .set({ dueAt: p('dueAt') } as never)
    .where(ofTimers),
)
const dropTimers = write(build.delete(timer).where(ofTimers))
const ofOutbox = sql`${outbox.id} in (select message from ${broadcastTarget} where ${broadcastTarget.broadcast} = ${p('id')}) and ${outbox.state} = 'queued'`
const dropQueued = write(
  build
    .update(outbox)
    .set({ state: 'dropped', settledAt: p('now'), reason: 'broadcast_stopped' } as never)
    .where(ofOutbox),
)
const wakeQueued = write(
  build
    .update(outbox)
    .set({ dueAt: p('now') } as never)
    .where(ofOutbox),
)

/** Nothing more leaves until it goes on; what is being sent at this moment has left. */
export const pausing = (id: Id): readonly Query[] => [
  setState({ id, from: 'sending', to: 'paused', endedAt: null }),
  moveTimers({ id, dueAt: FAR }),
]
export const resuming = (id: Id, now: Instant): readonly Query[] => [
  setState({ id, from: 'paused', to: 'sending', endedAt: null }),
  moveTimers({ id, dueAt: now }),
  wakeQueued({ id, now }),
]
/** It is over, whatever is left of it. */
export const stopping = (id: Id, from: BroadcastRow['state'], now: Instant): readonly Query[] => [
  setState({ id, from, to: 'stopped', endedAt: now }),
  dropTimers({ id }),
  dropQueued({ id, now }),
]

const rows = () =>
  build
    .select({
      id: broadcast.id,
      point: broadcast.point,
      by: broadcast.by,
      text: broadcast.text,
      audience: broadcast.audience,
      state: sql<BroadcastRow['state']>`${broadcast.state}`.as('state'),
      startsAt: broadcast.startsAt,
      endsAt: broadcast.endsAt,
      createdAt: broadcast.createdAt,
      approvedBy: broadcast.approvedBy,
      approvedAt: broadcast.approvedAt,
      people: broadcast.people,
      endedAt: broadcast.endedAt,
    })
    .from(broadcast)
const one = select(rows().where(eq(broadcast.id, p('id') as never)))
const newest = select(rows().orderBy(desc(broadcast.createdAt)).limit(50))

type Found = Omit<BroadcastRow, 'audience'> & { audience: string }
const NOBODY_ELSE = { clubs: [], languages: [], entrances: [], stages: [] }
/** One of before has fewer tags. */
const toRow = (row: Found): BroadcastRow => ({
  ...row,
  audience: { ...NOBODY_ELSE, ...(JSON.parse(row.audience) as Audience) },
})

export async function readBroadcast(store: Store, id: Id): Promise<BroadcastRow | null> {
  const row = (await store.read(one({ id })))[0]
  return row ? toRow(row) : null
}

/** The newest first. */
export async function readBroadcasts(store: Store): Promise<readonly BroadcastRow[]> {
  return (await store.read(newest({}))).map(toRow)
}

const counts = select(
  build
    .select({
      outcome: sql<string>`coalesce(${broadcastTarget.skipped}, ${outbox.state}, 'gone')`.as('outcome'),
      count: sql<number>`count(*)`.as('count'),
    })
    .from(broadcastTarget)
    .leftJoin(outbox, eq(outbox.id, broadcastTarget.message))
    .where(eq(broadcastTarget.broadcast, p('id')))
    .groupBy(sql`1`),
)
const waitingTimers = select(
  build
    .select({ count: sql<number>`count(*)`.as('count') })
    .from(timer)
    .where(ofTimers),
)

/** What became of it, by outcome; `waiting`: not decided yet. */
export async function outcomesOf(store: Store, id: Id): Promise<Readonly<Record<string, number>>> {
  const rows = await store.read(counts({ id }))
  const waiting = (await store.read(waitingTimers({ id })))[0]?.count ?? 0
  return { ...Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count])), waiting }
}

/** The message to many that a timer brings; null when it is stopped or gone. */
export async function broadcastOf(store: Store, timerId: Id): Promise<BroadcastFact | null> {
  const row = await readBroadcast(store, timerId.slice(TIMER.length, timerId.indexOf(':', TIMER.length)))
  if (row?.state !== 'sending' && row?.state !== 'paused') return null
  return { id: row.id, text: row.text, endsAt: row.endsAt, paused: row.state === 'paused' }
}
