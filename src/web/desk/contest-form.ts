import type { Book } from '../../engine/book.ts'
import { CONTEST_PRIZE, CONTEST_TITLE, type Contest, type ContestQuestion } from '../../engine/quiz/contest.ts'
import { itemsOf, questionOf } from '../../engine/quiz/quiz.ts'
import type { Form } from '../form-fields.ts'
import type { ContestDraft } from '../pages/desk/contest-form.ts'
import { isDay, writtenDay } from './call-day.ts'
import { CONTEST_AUDIENCES } from './contest-words.ts'

export const FEWEST_QUESTIONS = 5
export const MOST_QUESTIONS = 20

const name = (topic: string, n: number): string => `${topic}:${n}`

export function draftOf(sent: Form): ContestDraft {
  const text = (field: string) => sent.one(field).normalize('NFC').trim()
  return {
    title: text('title'),
    audience: text('audience'),
    point: text('point'),
    from: text('from'),
    to: text('to'),
    kind: text('kind'),
    questions: sent.all('questions'),
    prize: text('prize'),
    prizeAt: text('prize_at'),
    least: text('least'),
  }
}

export function draftOfContest(one: Contest): ContestDraft {
  return {
    title: one.title,
    audience: one.audience,
    point: one.point ?? '-',
    from: one.from,
    to: one.to,
    kind: one.phase === 'single' ? 'single' : 'pair',
    questions: one.questions.map(({ topic, n }) => name(topic, n)),
    prize: one.prize,
    prizeAt: one.prizeAt,
    least: one.prize === '' ? '' : String(one.least),
  }
}

export interface QuestionChoice {
  value: string
  question: string
  answer: string
}

/** The questions that may be chosen for an audience, by the reading they belong to. */
export function questionsFor(
  book: Book,
  audience: string,
): readonly { title: string; unsigned: boolean; questions: readonly QuestionChoice[] }[] {
  return book.topics
    .filter(({ audiences, quiz = [] }) => quiz.length > 0 && audiences.includes(audience))
    .map((topic) => ({
      title: topic.title,
      unsigned: topic.reviewed === null && topic.level !== 'education',
      questions: itemsOf(book, topic.id).map(({ n }) => {
        const { question, answers, right } = topic.quiz![n]!
        return { value: name(topic.id, n), question, answer: answers[right - 1] ?? '' }
      }),
    }))
}

type Read = Pick<Contest, 'title' | 'audience' | 'from' | 'to' | 'phase' | 'questions' | 'prize' | 'prizeAt' | 'least'>

/** A contest as a form tells it, or what is wrong with it. */
export function readContestForm(
  book: Book,
  draft: ContestDraft,
  today: string,
): { contest: Read } | { problem: string } {
  const problem = (words: string) => ({ problem: `Chưa lưu: ${words}` })
  if (draft.title.length < 5 || draft.title.length > CONTEST_TITLE)
    return problem(`tên cuộc thi dài từ 5 đến ${CONTEST_TITLE} ký tự, vì nó là một nút bấm.`)
  if (!(draft.audience in CONTEST_AUDIENCES)) return problem('bạn chọn cuộc thi dành cho ai.')
  if (!isDay(draft.from) || !isDay(draft.to)) return problem('ghi ngày đầu và ngày cuối.')
  if (draft.to < draft.from)
    return problem(`ngày cuối ${writtenDay(draft.to)} đứng trước ngày đầu ${writtenDay(draft.from)}.`)
  if (draft.to < today) return problem(`ngày cuối ${writtenDay(draft.to)} đã qua.`)
  if (draft.kind !== 'single' && draft.kind !== 'pair')
    return problem('bạn chọn thi một lần, hay trước và sau một buổi.')
  const questions = [...new Set(draft.questions)].flatMap((value): ContestQuestion[] => {
    const [topic = '', n = ''] = value.split(':')
    const item = { topic, n: Number(n) }
    const question = questionOf(book, item)
    return question ? [{ ...question, ...item }] : []
  })
  if (questions.length < FEWEST_QUESTIONS || questions.length > MOST_QUESTIONS)
    return problem(`bạn chọn từ ${FEWEST_QUESTIONS} đến ${MOST_QUESTIONS} câu; đang chọn ${questions.length} câu.`)
  if (draft.prize.length > CONTEST_PRIZE || draft.prizeAt.length > CONTEST_PRIZE)
    return problem(`phần quà và nơi trao, mỗi ô nhiều nhất ${CONTEST_PRIZE} ký tự.`)
  if (draft.prize !== '' && draft.prizeAt === '') return problem('có quà thì ghi cả nơi trao.')
  const least = draft.least === '' ? 1 : Number(draft.least)
  if (!Number.isInteger(least) || least < 1 || least > questions.length)
    return problem(`số câu đúng để nhận quà là một số từ 1 đến ${questions.length}.`)
  return {
    contest: {
      title: draft.title,
      audience: draft.audience,
      from: draft.from,
      to: draft.to,
      phase: draft.kind === 'single' ? 'single' : 'before',
      questions,
      prize: draft.prize,
      prizeAt: draft.prize === '' ? '' : draft.prizeAt,
      least: draft.prize === '' ? 0 : least,
    },
  }
}
