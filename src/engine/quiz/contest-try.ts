import type { Fills, FillValue, Id, Option } from '../content.ts'
import type { Conversation } from '../conversation.ts'
import type { Directory } from '../facts.ts'
import { emit, prose, type Turn } from '../turn.ts'
import {
  type Contest,
  type ContestTry,
  contestAnswers,
  contestBy,
  contestPart,
  isOpen,
  openContests,
  type Phase,
  type Trying,
  tryName,
} from './contest.ts'
import { beginPractice } from './practice.ts'
import { mayAsk } from './quiz.ts'

const FORMS = ['contest_choose', 'contest_begin', 'contest_finish', 'contest_claim', 'contest_practice'] as const
export type ContestForm = (typeof FORMS)[number]
export const isContestForm = (form: string): form is ContestForm => (FORMS as readonly string[]).includes(form)

/** @returns false where what was asked for cannot be had */
export function submitContest(turn: Turn, form: ContestForm): boolean {
  switch (form) {
    case 'contest_choose': {
      const [only] = offered(turn)
      if (!only) return false
      emit(turn, { type: 'answer_saved', name: CHOSEN, answer: { type: 'code', value: only.id } })
      return true
    }
    case 'contest_begin':
      return begin(turn)
    case 'contest_finish':
      return finish(turn)
    case 'contest_claim':
      return claim(turn)
    case 'contest_practice':
      return beginPractice(turn, chosen(turn)?.questions.map(({ topic, n }) => ({ topic, n })) ?? [])
    default:
      return form satisfies never
  }
}

/** What may be entered: the one whose paper led here, else every open one. */
function offered(turn: Turn): readonly Contest[] {
  const { state, facts, inbound, at } = turn
  const open = openContests(facts.directory, at).filter((one) => isWhole(turn, one))
  const here = inbound.event.type === 'message' ? inbound.event.entrance : undefined
  // The paper of a contest that is over leads to the others, if there are any.
  const one = open.filter(({ entrance }) => entrance === here)
  if (one.length > 0) return one
  const came = codeOf(state, 'entrance')
  return open.toSorted((a, b) => Number(b.entrance === came) - Number(a.entrance === came))
}

/** One of whose texts was taken down, or whose law has ended, stands still: nobody learns what does not hold. */
const isWhole = ({ book, facts, at }: Turn, { questions }: Contest): boolean =>
  questions.every(({ topic }) => mayAsk(book, facts.directory, at, topic))

/** The answer that names the contest. */
const CHOSEN = 'cuoc_thi'

const codeOf = ({ answers }: Pick<Conversation, 'answers'>, name: string): string | null =>
  answers[name]?.type === 'code' ? answers[name].value : null

const chosen = ({ state, facts }: Pick<Turn, 'state' | 'facts'>): Contest | undefined =>
  contestBy(facts.directory, state.session?.trying?.contest ?? codeOf(state, CHOSEN))

export function contestOptions(turn: Turn): readonly Option[] {
  return offered(turn)
    .slice(0, 7)
    .map(({ id, title }) => ({ id, label: { type: 'text', text: title } }))
}

/** How many can be entered: `none`, `one` or `several`. */
export function contestsFact(turn: Turn): 'none' | 'one' | 'several' {
  const { length } = offered(turn)
  return length === 0 ? 'none' : length === 1 ? 'one' : 'several'
}

function tryOf({ facts }: Turn, contest: Id, phase: Phase): ContestTry | null {
  return facts.tries?.get(tryName(contest, phase)) ?? null
}

/** The try goes on where it was left; one that is done is not begun again. */
function begin(turn: Turn): boolean {
  const contest = contestBy(turn.facts.directory, codeOf(turn.state, CHOSEN))
  if (!contest || !isOpen(contest, turn.at) || !isWhole(turn, contest) || !turn.facts.tries) return false
  const { id, phase } = contest
  const before = tryOf(turn, id, phase)
  if (before?.done) {
    emit(turn, { type: 'contest_entered', contest: id, phase, at: contest.questions.length, done: true })
    return false
  }
  if (!before) emit(turn, { type: 'contest_begun', contest: id, phase })
  emit(turn, { type: 'contest_entered', contest: id, phase, at: before?.answered ?? 0, done: false })
  return true
}

/**
 * How the try stands: `going`, `full` when every question is answered, `closed`; over with nothing to win (`done`), with a prize
 * (`prize`, whatever the score: who is asked would tell it), or with its code given (`taken`).
 */
export function tryFact(turn: Turn): 'going' | 'full' | 'done' | 'prize' | 'taken' | 'closed' {
  const trying = turn.state.session?.trying
  const contest = chosen(turn)
  if (!trying || !contest) return 'closed'
  if (trying.done) {
    if (contest.prize === '' || trying.phase === 'before') return 'done'
    return trying.code || tryOf(turn, contest.id, trying.phase)?.claim === 'taken' ? 'taken' : 'prize'
  }
  if (!isOpen(contest, turn.at) || !isWhole(turn, contest) || contest.phase !== trying.phase) return 'closed'
  return trying.at < contest.questions.length ? 'going' : 'full'
}

/** Was this try before a talk: its questions come again after it, so no answers are told. */
export const phaseFact = ({ state }: Turn): Phase | null => state.session?.trying?.phase ?? null

export function tryOptions({ state, facts }: Turn): readonly Option[] {
  const trying = state.session?.trying
  return trying ? contestAnswers(contestBy(facts.directory, trying.contest), trying.at) : []
}

/**
 * Takes an answer of a scored try. What was chosen goes into no log: the line that said it is kept as one that says only
 * that an answer came.
 */
export function answerContest(turn: Turn, option: string): void {
  const { trying } = turn.state.session ?? {}
  const contest = chosen(turn)
  const question = trying && contest?.questions[trying.at]
  if (!trying || !question || tryFact(turn) !== 'going') return
  unhear(turn)
  const right = question.right === Number(option)
  emit(turn, { type: 'contest_answered', contest: trying.contest, phase: trying.phase, n: trying.at, right })
}

function unhear(turn: Turn): void {
  const at = turn.events.findIndex(({ type }) => type === 'message_received')
  const heard = turn.events[at]
  if (heard?.type !== 'message_received') return
  const text = turn.book.words('cuoc-thi.da-tra-loi', turn.state.locale)?.join(' ') ?? ''
  turn.events[at] = { type: 'message_received', words: heard.words && { id: heard.words.id, text } }
}

/** Every question is answered: it is counted, and the person alone is told how many were right. */
function finish(turn: Turn): boolean {
  const trying = turn.state.session?.trying
  const contest = chosen(turn)
  if (!trying || !contest || tryFact(turn) !== 'full') return false
  const now = turn.events.filter((one) => one.type === 'contest_answered' && one.right).length
  const score = (tryOf(turn, trying.contest, trying.phase)?.correct ?? 0) + now
  const claim = contest.prize !== '' && trying.phase !== 'before' && score >= contest.least ? 'open' : 'none'
  const { phase } = trying
  emit(turn, { type: 'contest_finished', contest: contest.id, phase, claim, words: prose(turn, String(score)) })
  return true
}

/** A code that leads to nobody, for whoever brings it to where the prize is. */
function claim(turn: Turn): boolean {
  const trying = turn.state.session?.trying
  const { claimCode } = turn.facts
  if (!trying || !claimCode || tryFact(turn) !== 'prize') return false
  const { contest, phase } = trying
  if (tryOf(turn, contest, phase)?.claim !== 'open') return false
  emit(turn, { type: 'contest_claimed', contest, phase, code: claimCode.code, words: prose(turn, claimCode.shown) })
  return true
}

export function contestFills(state: Conversation, directory: Directory): Fills {
  const trying: Trying | null = state.session?.trying ?? null
  const contest = contestBy(directory, trying?.contest ?? codeOf(state, CHOSEN))
  if (!contest) return {}
  const text = (value: string | number): FillValue => ({ type: 'text', text: String(value) })
  return {
    contest_title: text(contest.title),
    contest_of: text(contest.questions.length),
    contest_until: text(contest.to.split('-').reverse().join('/')),
    contest_prize: text(contest.prize),
    contest_least: text(contest.least),
    contest_prize_at: text(contest.prizeAt),
    ...(trying && trying.at < contest.questions.length
      ? { contest_n: text(trying.at + 1), contest_question: contestPart(contest.id, trying.at, 'question') }
      : {}),
    ...(trying?.score ? { contest_score: { type: 'answer' as const, id: trying.score } } : {}),
    ...(trying?.code ? { contest_code: { type: 'answer' as const, id: trying.code } } : {}),
  }
}

/** The score and the code are the person's alone: staff do not see the line that tells them. */
export const tellsTry = (fills: Fills | undefined): boolean =>
  fills?.contest_score?.type === 'answer' || fills?.contest_code?.type === 'answer'
