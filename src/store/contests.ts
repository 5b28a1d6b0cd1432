import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Id } from '../engine/content.ts'
import type { Day } from '../engine/facts.ts'
import type { Contest, ContestTry, Phase } from '../engine/quiz/contest.ts'
import { contest, contestCode, contestMark, contestTally } from './contest-tables.ts'
import { markOf } from './project-contests.ts'
import { build, p, type Query, select, write } from './query.ts'
import type { Vault } from './seal.ts'
import type { Store } from './store.ts'

const put = write<{ id: string; body: string }>(
  build
    .insert(contest)
    .values({ id: p('id'), body: p('body') })
    .onConflictDoUpdate({ target: contest.id, set: { body: p('body') } as never }),
)
const all = select(build.select({ body: contest.body }).from(contest).orderBy(contest.id))
const dropMarks = write(build.delete(contestMark).where(eq(contestMark.contest, p('contest') as never)))

/** Makes this the whole of what is known of a contest, beside what sets the new version of the directory. */
export const placingContest = (one: Contest): Query => put({ id: one.id, body: JSON.stringify(one) })

/** A contest that has ended for good needs no mark of who tried: only its counts stay. */
export const forgettingTries = (id: Id): Query => dropMarks({ contest: id })

/** The contests as stored, newer than the snapshot. */
export async function allContests(store: Store): Promise<readonly Contest[]> {
  return (await store.read(all({}))).map(({ body }) => JSON.parse(body) as Contest)
}

const marks = select(
  build
    .select({
      id: contestMark.id,
      answered: contestMark.answered,
      correct: contestMark.correct,
      done: contestMark.done,
      claim: contestMark.claim,
    })
    .from(contestMark)
    .where(sql`${contestMark.id} in (select value from json_each(${p('ids')}))`),
)

/** How the tries of one person stand, by the names they are asked for with. */
export async function triesOf(
  store: Store,
  vault: Vault,
  contact: Id,
  names: readonly string[],
): Promise<ReadonlyMap<string, ContestTry>> {
  const ids = new Map<string, string>()
  for (const name of names) ids.set(await markOf(vault, contact, name), name)
  const rows = ids.size === 0 ? [] : await store.read(marks({ ids: JSON.stringify([...ids.keys()]) }))
  return new Map(rows.map(({ id, ...one }) => [ids.get(id)!, one]))
}

export interface Tally {
  contest: Id
  phase: Phase
  /** By its number from one; nought: all finished tries. */
  question: number
  answered: number
  correct: number
}

const tallies = select(
  build
    .select({
      contest: contestTally.contest,
      phase: contestTally.phase,
      question: contestTally.question,
      answered: contestTally.answered,
      correct: contestTally.correct,
    })
    .from(contestTally)
    .where(sql`${contestTally.contest} in (select value from json_each(${p('contests')}))`)
    .orderBy(contestTally.contest, contestTally.phase, contestTally.question),
)

/** The counts of these contests. */
export async function talliesOf(store: Store, contests: readonly Id[]): Promise<readonly Tally[]> {
  return store.read(tallies({ contests: JSON.stringify(contests) }))
}

const ofCode = and(eq(contestCode.code, p('code') as never), eq(contestCode.contest, p('contest') as never))
const code = select(build.select({ handedOn: contestCode.handedOn }).from(contestCode).where(ofCode))
const hand = write(
  build
    .update(contestCode)
    .set({ handedOn: p('day'), handedBy: p('by') } as never)
    .where(and(ofCode, isNull(contestCode.handedOn))),
)
const codes = select(
  build
    .select({
      given: sql<number>`count(*)`.as('given'),
      handed: sql<number>`count(${contestCode.handedOn})`.as('handed'),
    })
    .from(contestCode)
    .where(eq(contestCode.contest, p('contest') as never)),
)

/** @param hash what is kept of a code */
export async function readCode(store: Store, id: Id, hash: string): Promise<{ handedOn: Day | null } | null> {
  return (await store.read(code({ contest: id, code: hash })))[0] ?? null
}

export const handingPrize = (id: Id, hash: string, by: Id, day: Day): Query =>
  hand({ contest: id, code: hash, by, day })

export async function countCodes(store: Store, id: Id): Promise<{ given: number; handed: number }> {
  return (await store.read(codes({ contest: id })))[0] ?? { given: 0, handed: 0 }
}
