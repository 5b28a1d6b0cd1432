import { asc, desc, eq, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { PassItem, ReferralState } from '../engine/referrals/referral.ts'
import type { ServiceKind, ServicePlace } from '../engine/referrals/service.ts'
import { build, p, type Query, select, write } from './query.ts'
import { referral, referralStep, servicePlace } from './referral-tables.ts'
import { conversation } from './schema.ts'
import type { Store } from './store.ts'

const putService = write<{ id: string; body: string }>(
  build
    .insert(servicePlace)
    .values({ id: p('id'), body: p('body') })
    .onConflictDoUpdate({ target: servicePlace.id, set: { body: p('body') } as never }),
)
const services = select(build.select({ body: servicePlace.body }).from(servicePlace).orderBy(servicePlace.id))
const dropServices = write(build.delete(servicePlace))

/** Makes this the whole of what is known of a place, beside what sets the new version of the directory. */
export const placingService = (one: ServicePlace): Query => putService({ id: one.id, body: JSON.stringify(one) })

export const droppingServices = (): Query => dropServices({})

/** The places as stored, newer than the snapshot. */
export async function allServices(store: Store): Promise<readonly ServicePlace[]> {
  return (await store.read(services({}))).map(({ body }) => JSON.parse(body) as ServicePlace)
}

/** An introduction as staff of its point see it. */
export interface ReferralRow {
  id: Id
  contact: Id
  /** The turn their conversation stood at when this was read. */
  seq: number
  point: Id
  service: Id
  kind: ServiceKind
  state: ReferralState
  passes: readonly PassItem[]
  code: string
  offeredAt: Instant
  movedAt: Instant
  ticket: Id | null
}

const rows = () =>
  build
    .select({
      id: referral.id,
      contact: sql<string>`${referral.contact}`.as('contact'),
      seq: conversation.seq,
      point: referral.point,
      service: referral.service,
      kind: sql<ServiceKind>`${referral.kind}`.as('kind'),
      state: sql<ReferralState>`${referral.state}`.as('state'),
      passes: referral.passes,
      code: sql<string>`${referral.code}`.as('code'),
      offeredAt: referral.offeredAt,
      movedAt: referral.movedAt,
      ticket: conversation.ticket,
    })
    .from(referral)
    .innerJoin(conversation, eq(conversation.contact, referral.contact))

const inPoints = sql`${referral.point} in (select value from json_each(${p('points')}))`
const open = select(
  rows()
    .where(sql`${referral.state} not in ('attended', 'declined') and ${inPoints}`)
    .orderBy(asc(referral.movedAt), asc(referral.id))
    .limit(300),
)
const ended = select(
  rows()
    .where(sql`${referral.state} in ('attended', 'declined') and ${referral.movedAt} >= ${p('since')} and ${inPoints}`)
    .orderBy(desc(referral.movedAt))
    .limit(100),
)
const byId = select(rows().where(eq(referral.id, p('id') as never)))

type Found = Omit<ReferralRow, 'passes'> & { passes: string }
const toRow = ({ passes, ...row }: Found): ReferralRow => ({ ...row, passes: JSON.parse(passes) as PassItem[] })

/** Introductions of these points that go on, the one that moved longest ago first. */
export async function openReferralsAt(store: Store, points: readonly Id[]): Promise<readonly ReferralRow[]> {
  return (await store.read(open({ points: JSON.stringify(points) }))).map((row) => toRow(row as Found))
}

/** Introductions of these points that ended since then. */
export async function endedReferralsAt(
  store: Store,
  points: readonly Id[],
  since: Instant,
): Promise<readonly ReferralRow[]> {
  return (await store.read(ended({ points: JSON.stringify(points), since }))).map((row) => toRow(row as Found))
}

export async function readReferral(store: Store, id: Id): Promise<ReferralRow | null> {
  const row = (await store.read(byId({ id })))[0]
  return row ? toRow(row as Found) : null
}

const steps = select(
  build
    .select({
      step: sql<ReferralState>`${referralStep.step}`.as('step'),
      at: referralStep.at,
      by: referralStep.by,
      note: referralStep.note,
    })
    .from(referralStep)
    .where(eq(referralStep.referral, p('id') as never))
    .orderBy(asc(referralStep.at), asc(referralStep.id)),
)

/** Every step of an introduction, the first one first. */
export async function referralSteps(
  store: Store,
  id: Id,
): Promise<readonly { step: ReferralState; at: Instant; by: Id | null; note: Id | null }[]> {
  return store.read(steps({ id }))
}

const counts = select(
  build
    .select({
      kind: sql<ServiceKind>`${referral.kind}`.as('kind'),
      made: sql<number>`count(${referral.madeAt})`.as('made'),
      accepted: sql<number>`sum(${referral.state} in ('accepted', 'attended'))`.as('accepted'),
      attended: sql<number>`sum(${referral.state} = 'attended')`.as('attended'),
    })
    .from(referral)
    .where(sql`${referral.madeAt} >= ${p('from')} and ${referral.madeAt} < ${p('to')} and ${inPoints}`)
    .groupBy(referral.kind)
    .orderBy(referral.kind),
)

/** Made, accepted and attended, by kind: those that were made between two instants, erased people too. */
export async function countReferrals(
  store: Store,
  points: readonly Id[],
  from: Instant,
  to: Instant,
): Promise<readonly { kind: ServiceKind; made: number; accepted: number; attended: number }[]> {
  return store.read(counts({ points: JSON.stringify(points), from, to }))
}
