import type { Book, Topic } from '../book.ts'
import type { FillValue, Id, Instant, Option } from '../content.ts'
import type { Directory } from '../facts.ts'
import { dayOf } from '../hours.ts'
import { fold } from '../text.ts'
import { endedSince } from '../topic.ts'

export const PRACTICE_FLOW = 'do-vui'

/** A question with its answers; `right` counts from one. */
export type QuizQuestion = NonNullable<Topic['quiz']>[number]

/** A question of the library: of this topic, the nth from zero. */
export interface QuizItem {
  topic: Id
  n: number
}

/** What of a question is said: itself, why, the right answer, or an answer by its number from one. */
export type QuizPart = 'question' | 'why' | 'right' | number

export function questionOf(book: Pick<Book, 'topics'>, { topic, n }: QuizItem): QuizQuestion | undefined {
  return book.topics.find(({ id }) => id === topic)?.quiz?.[n]
}

export function partOf(question: QuizQuestion | undefined, part: QuizPart): string {
  if (!question) return ''
  if (part === 'question' || part === 'why') return question[part]
  return question.answers[(part === 'right' ? question.right : part) - 1] ?? ''
}

/** May a question of this text be asked: it was not taken down, and no law it rests on has ended since it was checked. */
export function mayAsk(book: Book, { endings = {} }: Pick<Directory, 'endings'>, at: Instant, topic: Id): boolean {
  const found = book.topics.find(({ id }) => id === topic)
  return found !== undefined && endedSince(book, found, dayOf(at), endings) === null
}

/** The answers of a question as choices: the id of each is its number. */
export function answerOptions(
  question: QuizQuestion | undefined,
  label: (part: number) => FillValue,
): readonly Option[] {
  return (question?.answers ?? []).map((_, i) => ({ id: String(i + 1), label: label(i + 1) }))
}

/** Every question of the topics for an audience. */
export function itemsFor(book: Pick<Book, 'topics'>, audience: string | null): readonly QuizItem[] {
  return book.topics
    .filter((one) => audience === null || one.audiences.includes(audience))
    .flatMap(({ id }) => itemsOf(book, id))
}

export function itemsOf(book: Pick<Book, 'topics'>, topic: Id): readonly QuizItem[] {
  const quiz = book.topics.find(({ id }) => id === topic)?.quiz ?? []
  return quiz.map((_, n) => ({ topic, n }))
}

/**
 * So many of them, of as many readings as can be; others for another seed and the same for the same, since the engine has
 * no chance. A question added to the library seldom changes a draw.
 */
export function draw(items: readonly QuizItem[], count: number, seed: number): readonly QuizItem[] {
  const shuffled = items
    .map((item) => ({ item, place: hash(`${seed}:${item.topic}:${item.n}`) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item)
  const firsts = shuffled.filter(({ topic }, i) => shuffled.findIndex((one) => one.topic === topic) === i)
  return [...firsts, ...shuffled.filter((item) => !firsts.includes(item))].slice(0, count)
}

/** FNV-1a, mixed once more: texts that differ in one sign lie far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 0
}

/** Are these the same words, marks and case aside. */
export const sameQuestion = (one: QuizQuestion, other: QuizQuestion | undefined): boolean =>
  other !== undefined &&
  fold(one.question) === fold(other.question) &&
  one.right === other.right &&
  one.answers.length === other.answers.length &&
  one.answers.every((answer, i) => fold(answer) === fold(other.answers[i]!))
