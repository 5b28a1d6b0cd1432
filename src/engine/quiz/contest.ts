import type { FillValue, Id, Instant, Option } from '../content.ts'
import type { Day, Directory } from '../facts.ts'
import { dayOf } from '../hours.ts'
import { answerOptions, type QuizItem, type QuizPart, type QuizQuestion } from './quiz.ts'

/** `single`: one try; else one before a talk and one after it. */
export const PHASES = ['single', 'before', 'after'] as const
export type Phase = (typeof PHASES)[number]

/** `draft`: never opened, may still be changed; `closed`: may be opened again; `ended`: for good. */
export type ContestState = 'draft' | 'open' | 'closed' | 'ended'

/** A question as it was when it was chosen: everybody gets the same, whatever becomes of the library. */
export type ContestQuestion = QuizItem & QuizQuestion

/** A contest of knowledge: a window, an audience and questions. It tells of no person. */
export interface Contest {
  id: Id
  /** What its link and its picture carry: `thi-…`. */
  entrance: string
  title: string
  /** For whom, as the topics name their audiences. */
  audience: string
  /** Who holds it; null: the tier above. */
  point: Id | null
  from: Day
  /** The last day, included. */
  to: Day
  state: ContestState
  /** What is tried now: `before` or `after` for one that measures a gain. */
  phase: Phase
  questions: readonly ContestQuestion[]
  /** What may be won; empty: nothing. */
  prize: string
  /** Where the prize is handed over. */
  prizeAt: string
  /** Right answers that it takes. */
  least: number
}

/** How one try stands, found by a key that only this person's own key can make. */
export interface ContestTry {
  answered: number
  /** Right answers so far; null once it is counted: then nothing of it is left. */
  correct: number | null
  done: boolean
  /** Is there a code to be had: `open`, `taken` or `none`. */
  claim: 'none' | 'open' | 'taken'
}

/** The try of this session: which, and the question that is asked now, from zero. The score is not in here. */
export interface Trying {
  contest: Id
  phase: Phase
  at: number
  done: boolean
  /** The sealed words of the score, for the person alone, and of the code. */
  score?: Id
  code?: Id
}

/** The longest title and words about a prize: a title is a button. */
export const CONTEST_TITLE = 40
export const CONTEST_PRIZE = 120

export const ENTRANCE_OF_CONTEST = 'thi-'
export const CONTEST_FLOW = 'cuoc-thi'

/** How a try is called among the facts. */
export const tryName = (contest: Id, phase: Phase): string => `${contest}:${phase}`

export function isOpen({ state, from, to }: Contest, at: Instant): boolean {
  const today = dayOf(at)
  return state === 'open' && from <= today && today <= to
}

/** Those that can be entered now. */
export function openContests({ contests = [] }: Pick<Directory, 'contests'>, at: Instant): readonly Contest[] {
  return contests.filter((one) => isOpen(one, at))
}

export function contestBy({ contests = [] }: Pick<Directory, 'contests'>, id: Id | null): Contest | undefined {
  return contests.find((one) => one.id === id)
}

export const contestPart = (id: Id, n: number, part: QuizPart): FillValue => ({ type: 'contest', id, n, part })

export function contestAnswers(contest: Contest | undefined, n: number): readonly Option[] {
  return contest ? answerOptions(contest.questions[n], (part) => contestPart(contest.id, n, part)) : []
}
