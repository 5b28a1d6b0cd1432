import type { Contest, Phase } from '../engine/quiz/contest.ts'
import type { Tally } from '../store/contests.ts'

/** A count below this is not shown: few people are easily told apart. */
export const FEWEST = 5

/** What is shown of one phase: counts alone, and null where they would tell of few. */
export interface PhaseResult {
  phase: Phase
  tries: number | null
  /** Right answers of a hundred, over all finished tries. */
  mean: number | null
  /** Of each question, answers that were right of a hundred. */
  questions: readonly (number | null)[]
  /** It is tried now: nothing but the number of tries is shown, or each further try could be told by the change. */
  going: boolean
}

const share = (correct: number, of: number): number => Math.round((100 * correct) / of)

const all = (tallies: readonly Tally[], id: string, phase: Phase): Tally | undefined =>
  tallies.find((one) => one.contest === id && one.phase === phase && one.question === 0)

/** The results of a contest's phases that anybody has tried. */
export function resultsOf(contest: Contest, tallies: readonly Tally[]): readonly PhaseResult[] {
  const phases: readonly Phase[] = contest.phase === 'single' ? ['single'] : ['before', 'after']
  return phases.map((phase) => {
    const of = tallies.filter((one) => one.contest === contest.id && one.phase === phase)
    const finished = all(tallies, contest.id, phase)
    const tries = finished && finished.answered >= FEWEST ? finished.answered : null
    const going = contest.state === 'open' && contest.phase === phase
    const shown = finished !== undefined && tries !== null && !going
    return {
      phase,
      tries: finished === undefined ? 0 : tries,
      mean: shown ? share(finished.correct, finished.answered * contest.questions.length) : null,
      questions: contest.questions.map((_, n) => {
        const one = of.find(({ question }) => question === n + 1)
        return shown && one && one.answered >= FEWEST ? share(one.correct, one.answered) : null
      }),
      going,
    }
  })
}

export interface Gain {
  audience: string
  /** Right answers of a hundred before a talk and after it, over all contests for this audience. */
  before: number
  after: number
  tries: readonly [before: number, after: number]
}

/** What audiences knew before and after: of contests of which both phases are over and were tried by enough. */
export function gainsOf(contests: readonly Contest[], tallies: readonly Tally[]): readonly Gain[] {
  const measured = contests.flatMap((contest) => {
    const [before, after] = resultsOf(contest, tallies)
    if (contest.phase === 'single' || before?.mean == null || after?.mean == null) return []
    const sums = (['before', 'after'] as const).map((phase) => all(tallies, contest.id, phase)!)
    return [{ audience: contest.audience, of: contest.questions.length, sums }]
  })
  return [...Map.groupBy(measured, ({ audience }) => audience)].map(([audience, some]) => {
    const total = (i: 0 | 1) => {
      const tries = some.reduce((sum, { sums }) => sum + sums[i]!.answered, 0)
      const asked = some.reduce((sum, { sums, of }) => sum + sums[i]!.answered * of, 0)
      return {
        tries,
        share: share(
          some.reduce((sum, { sums }) => sum + sums[i]!.correct, 0),
          asked,
        ),
      }
    }
    const [before, after] = [total(0), total(1)]
    return { audience, before: before.share, after: after.share, tries: [before.tries, after.tries] }
  })
}
