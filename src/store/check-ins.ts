import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { CheckInEnd } from '../engine/referrals/check-ins.ts'
import { build, p, type Query, select, write } from './query.ts'
import { checkIn } from './referral-tables.ts'
import { conversation, outbox } from './schema.ts'
import type { Store } from './store.ts'

/** A weekly question whose answer, or its absence, a human is to look at. */
export interface CheckInRow {
  id: Id
  contact: Id
  /** Null: the tier above looks after it. */
  point: Id | null
  state: CheckInEnd
  askedAt: Instant
  /** The id of sealed words. */
  line: Id | null
  ticket: Id | null
}

const rows = () =>
  build
    .select({
      id: checkIn.id,
      contact: sql<string>`${checkIn.contact}`.as('contact'),
      point: checkIn.point,
      state: sql<CheckInEnd>`${checkIn.state}`.as('state'),
      askedAt: checkIn.askedAt,
      line: checkIn.line,
      ticket: conversation.ticket,
    })
    .from(checkIn)
    .innerJoin(conversation, eq(conversation.contact, checkIn.contact))
const unseen = select(
  rows()
    .where(
      sql`${checkIn.state} in ('missed', 'text') and ${checkIn.seenAt} is null and coalesce(${checkIn.point}, ${p('pointless')}) in (select value from json_each(${p('points')}))`,
    )
    .orderBy(asc(checkIn.endedAt), asc(checkIn.id))
    .limit(300),
)
const byId = select(rows().where(eq(checkIn.id, p('id') as never)))
const see = write(
  build
    .update(checkIn)
    .set({ seenBy: p('by'), seenAt: p('at') } as never)
    .where(and(eq(checkIn.id, p('id')), isNull(checkIn.seenAt))),
)

/** An id no point has: who looks after what belongs to none is told by it in the list. */
const POINTLESS = ''

/**
 * Questions of these points without an answer, and answers in words, that nobody has looked at, the oldest first.
 * @param points null among them: those of no point too
 */
export async function unseenCheckInsAt(store: Store, points: readonly (Id | null)[]): Promise<readonly CheckInRow[]> {
  const listed = JSON.stringify(points.map((point) => point ?? POINTLESS))
  return store.read(unseen({ points: listed, pointless: POINTLESS }))
}

export async function readCheckIn(store: Store, id: Id): Promise<CheckInRow | null> {
  return (await store.read(byId({ id })))[0] ?? null
}

/** Somebody looked after it; a second press changes nothing. */
export const seeingCheckIn = (id: Id, by: Id, at: Instant): Query => see({ id, by, at })

const times = select(
  build
    .select({ id: outbox.id, at: sql<number>`coalesce(${outbox.settledAt}, ${outbox.dueAt})`.as('at') })
    .from(outbox)
    .where(
      sql`${outbox.id} in (select value from json_each(${p('ids')})) and ${outbox.state} in ('sent', 'uncertain')`,
    ),
)

/** When those of these messages that have left, or may have, did so. */
export async function sentTimes(store: Store, ids: readonly Id[]): Promise<ReadonlyMap<Id, Instant>> {
  return new Map((await store.read(times({ ids: JSON.stringify(ids) }))).map(({ id, at }) => [id, at]))
}
