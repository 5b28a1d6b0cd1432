import type { Fills, FillValue, Id, Option } from '../content.ts'
import type { Conversation } from '../conversation.ts'
import { dayOf } from '../hours.ts'
import { doubtOf } from '../topic.ts'
import { emit, type Turn } from '../turn.ts'
import { inCrisis } from './crisis.ts'
import { answerOptions, draw, itemsFor, itemsOf, mayAsk, type QuizItem, type QuizPart, questionOf } from './quiz.ts'

/** How many questions make a round. */
export const ROUND = 5

/** A round of practice while it lasts: it ends with the flow or the session, and nothing of it is kept. */
export interface Practice {
  items: readonly QuizItem[]
  /** The question that is asked now, from zero. */
  at: number
  right: number
  /** How the last answer was. */
  last: boolean | null
}

const FORMS = ['quiz_audience', 'quiz_topic'] as const
export type PracticeForm = (typeof FORMS)[number]
export const isPracticeForm = (form: string): form is PracticeForm => (FORMS as readonly string[]).includes(form)

/** Begins a round with questions for whom was chosen, or about the topic just read. @returns false when there are none */
export function submitPractice(turn: Turn, form: PracticeForm): boolean {
  const { answers } = turn.state
  switch (form) {
    case 'quiz_audience': {
      const chosen = answers.quiz_audience?.type === 'code' ? answers.quiz_audience.value : null
      const items = chosen === null ? [] : itemsFor(turn.book, chosen === EVERYBODY ? null : chosen)
      const askable = items.filter(({ topic }) => isAskable(turn, topic))
      return beginPractice(turn, draw(askable, ROUND, turn.state.seq))
    }
    case 'quiz_topic':
      return beginPractice(turn, itemsOf(turn.book, topicRead(turn.state) ?? ''))
    default:
      return form satisfies never
  }
}

/** The choice of the flow that leaves the audience open. */
const EVERYBODY = 'ai-cung-duoc'

export function beginPractice(turn: Turn, wanted: readonly QuizItem[]): boolean {
  const items = wanted.filter(({ topic }) => isAskable(turn, topic))
  if (items.length === 0 || !turn.state.session) return false
  emit(turn, { type: 'quiz_begun', items })
  return true
}

const isAskable = ({ book, facts, at }: Turn, topic: Id): boolean => mayAsk(book, facts.directory, at, topic)

const practiceOf = ({ session }: Pick<Conversation, 'session'>): Practice | null => session?.quiz ?? null

function topicRead({ answers }: Pick<Conversation, 'answers'>): Id | null {
  return answers.topic?.type === 'code' ? answers.topic.value : null
}

/** The choice under a reading that stands there only where it has questions, and never in a crisis. */
export const TRY_QUESTIONS = 'thu-cau-hoi'

export function mayTryQuestions(turn: Turn): boolean {
  const topic = topicRead(turn.state)
  return topic !== null && itemsOf(turn.book, topic).length > 0 && isAskable(turn, topic) && !inCrisis(turn)
}

/** Where the round stands: `none`, `going`, or `over`. */
export function practiceFact({ state }: Turn): 'none' | 'going' | 'over' {
  const quiz = practiceOf(state)
  if (!quiz) return 'none'
  return quiz.at < quiz.items.length ? 'going' : 'over'
}

export const lastAnswerFact = ({ state }: Turn): 'right' | 'wrong' | null => {
  const last = practiceOf(state)?.last ?? null
  return last === null ? null : last ? 'right' : 'wrong'
}

/** Does any question rest on a text about law or health that nobody has signed, or that is overdue. */
export function doubtFact({ book, facts, state, at }: Turn): 'yes' | 'no' {
  const asked = new Set((practiceOf(state)?.items ?? []).map(({ topic }) => topic))
  const today = dayOf(at)
  return book.topics.some(
    (topic) => asked.has(topic.id) && doubtOf(book, topic, today, facts.directory.endings) !== null,
  )
    ? 'yes'
    : 'no'
}

const part = ({ topic, n }: QuizItem, of: QuizPart): FillValue => ({ type: 'quiz', topic, n, part: of })

export function practiceOptions({ book, state }: Turn): readonly Option[] {
  const quiz = practiceOf(state)
  const item = quiz?.items[quiz.at]
  return item ? answerOptions(questionOf(book, item), (n) => part(item, n)) : []
}

export function answerPractice(turn: Turn, option: string): void {
  const quiz = practiceOf(turn.state)
  const item = quiz?.items[quiz.at]
  const question = item && questionOf(turn.book, item)
  if (question) emit(turn, { type: 'quiz_answered', right: question.right === Number(option) })
}

/** The topics of a round that is over, as choices: what to read now. */
export function topicOptions({ book, state }: Turn): readonly Option[] {
  const topics = new Set((practiceOf(state)?.items ?? []).map(({ topic }) => topic))
  return book.topics.filter(({ id }) => topics.has(id)).map(({ id }) => ({ id, label: { type: 'topic', id } }))
}

export function practiceFills(state: Conversation): Fills {
  const quiz = practiceOf(state)
  if (!quiz) return {}
  const [now, before] = [quiz.items[quiz.at], quiz.items[quiz.at - 1]]
  const number = (value: number): FillValue => ({ type: 'text', text: String(value) })
  return {
    quiz_of: number(quiz.items.length),
    quiz_right_count: number(quiz.right),
    ...(now ? { quiz_n: number(quiz.at + 1), quiz_question: part(now, 'question') } : {}),
    ...(before
      ? {
          quiz_why: part(before, 'why'),
          quiz_right: part(before, 'right'),
          quiz_topic: { type: 'topic' as const, id: before.topic },
        }
      : {}),
  }
}
