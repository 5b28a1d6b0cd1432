import { and, eq, sql } from 'drizzle-orm'
import type { Event } from '../engine/event.ts'
import { tryName } from '../engine/quiz/contest.ts'
import type { Turn } from './commit.ts'
import { contestCode, contestMark, contestTally } from './contest-tables.ts'
import { build, p, type Query, write } from './query.ts'
import type { Vault } from './seal.ts'

const isMark = eq(contestMark.id, p('mark') as never)
const going = and(isMark, eq(contestMark.done, sql`0`), eq(contestMark.answered, p('n') as never))

/** Its key is the fence: a second beginning of the same try fails, and is decided again. */
const begin = write(
  build
    .insert(contestMark)
    .values({ id: p('mark'), contest: p('contest'), answered: 0, correct: 0, done: false, claim: 'none' }),
)
const addTally = (question: ReturnType<typeof sql>, answered: ReturnType<typeof sql>, where: typeof going) =>
  write(
    build
      .insert(contestTally)
      .select(
        sql`select ${contestMark.contest}, ${p('phase')}, ${question}, 1, ${answered} from ${contestMark} where ${where}`,
      )
      .onConflictDoUpdate({
        target: [contestTally.contest, contestTally.phase, contestTally.question],
        set: {
          answered: sql`${contestTally.answered} + 1`,
          correct: sql`${contestTally.correct} + excluded.correct`,
        },
      }),
  )
const countAnswer = addTally(sql`${p('n')} + 1`, sql`${p('right')}`, going)
const advance = write(
  build
    .update(contestMark)
    .set({
      answered: sql`${contestMark.answered} + 1`,
      correct: sql`${contestMark.correct} + ${p('right')}`,
    } as never)
    .where(going),
)
const notDone = and(isMark, eq(contestMark.done, sql`0`))
const countTry = addTally(sql`0`, sql`${contestMark.correct}`, notDone)
/** From here on the row says only that this try was made. */
const finish = write(
  build
    .update(contestMark)
    .set({ done: true, correct: null, claim: p('claim') } as never)
    .where(notDone),
)
const claimable = and(isMark, eq(contestMark.claim, sql`'open'`))
const addCode = write(
  build
    .insert(contestCode)
    .select(sql`select ${p('code')}, ${contestMark.contest}, null, null from ${contestMark} where ${claimable}`),
)
const take = write(
  build
    .update(contestMark)
    .set({ claim: 'taken' } as never)
    .where(claimable),
)

type ContestEvent = Extract<
  Event,
  { type: 'contest_begun' | 'contest_answered' | 'contest_finished' | 'contest_claimed' }
>
const isContestEvent = (one: Event): one is ContestEvent =>
  ['contest_begun', 'contest_answered', 'contest_finished', 'contest_claimed'].includes(one.type)

/** The id of a person's try: it leads to nobody without their own key, and ends with it. */
export const markOf = (vault: Vault, contact: string, name: string): Promise<string> =>
  vault.hashOwn(contact, 'contest', name)

/**
 * What a turn adds to the counts. Neither the contact nor its events stand in these rows; the score of a try is added
 * up from its mark, and stands nowhere beside a person.
 */
export async function contestRows(vault: Vault, { after, events }: Turn): Promise<readonly Query[]> {
  const rows: Query[] = []
  for (const one of events.filter(isContestEvent)) {
    const { contest, phase } = one
    const mark = await markOf(vault, after.contact, tryName(contest, phase))
    switch (one.type) {
      case 'contest_begun':
        rows.push(begin({ mark, contest }))
        break
      case 'contest_answered': {
        const values = { mark, phase, n: one.n, right: one.right ? 1 : 0 }
        rows.push(countAnswer(values), advance(values))
        break
      }
      case 'contest_finished':
        rows.push(countTry({ mark, phase }), finish({ mark, claim: one.claim ?? 'none' }))
        break
      case 'contest_claimed':
        if (one.code) rows.push(addCode({ mark, code: one.code }), take({ mark }))
        break
      default:
        one satisfies never
    }
  }
  return rows
}

/** An event of a quiz as stored: without what would tell how somebody did, or which code is theirs. */
export function withoutScore(one: Event): Event {
  switch (one.type) {
    case 'quiz_answered':
      return { type: one.type }
    case 'contest_answered': {
      const { right: _, ...kept } = one
      return kept
    }
    case 'contest_finished': {
      const { claim: _, ...kept } = one
      return kept
    }
    case 'contest_claimed': {
      const { code: _, ...kept } = one
      return kept
    }
    default:
      return one
  }
}
