import type { Book, Topic } from './book.ts'
import type { Id } from './content.ts'
import { isLesson } from './courses/course.ts'

/** What topics are about, in the order in which they stand; `rest` takes those that belong nowhere else. */
export interface Subject {
  id: Id
  title: string
  topics: readonly Id[]
  tags: readonly string[]
  rest: boolean
}

/** A subject with the topics of one audience that stand under it. */
export interface Shelf {
  subject: Subject
  topics: readonly Topic[]
}

const NONE: Subject = { id: 'bai-khac', title: 'Bài khác', topics: [], tags: [], rest: true }

/**
 * The topics of an audience by subject, each in its order; lessons are read in their course. Where there are more subjects than fit one question, the
 * smallest are put together with the rest.
 *
 * @param most how many subjects there may be
 */
export function shelvesOf(book: Book, audience: string | null, most = Number.POSITIVE_INFINITY): readonly Shelf[] {
  const subjects = book.subjects ?? []
  const rest = subjects.find((one) => one.rest) ?? NONE
  const own = (topic: Topic) =>
    subjects.find((one) => one.topics.includes(topic.id)) ??
    subjects.find((one) => one.tags.some((tag) => topic.tags?.includes(tag))) ??
    rest
  const place = ({ subject, topic }: { subject: Subject; topic: Topic }) => {
    const found = subject.topics.indexOf(topic.id)
    return found < 0 ? subject.topics.length : found
  }
  const placed = book.topics
    .filter((topic) => !isLesson(book, topic) && (audience === null || topic.audiences.includes(audience)))
    .map((topic) => ({ subject: own(topic), topic }))
    .toSorted((a, b) => place(a) - place(b))
  const under = (subject: Subject): Shelf => ({
    subject,
    topics: placed.filter((one) => one.subject === subject).map(({ topic }) => topic),
  })
  let full = subjects
    .filter((one) => one !== rest)
    .map(under)
    .filter(({ topics }) => topics.length > 0)
  let left = under(rest).topics
  while (full.length + (left.length > 0 ? 1 : 0) > most) {
    const least = full.toReversed().reduce((a, b) => (b.topics.length < a.topics.length ? b : a))
    left = [...least.topics, ...left]
    full = full.filter((one) => one !== least)
  }
  return left.length > 0 ? [...full, { subject: rest, topics: left }] : full
}
