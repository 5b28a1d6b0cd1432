import type { Book, Course, Topic } from './book.ts'
import type { Block, FillValue, Id } from './content.ts'
import type { Day } from './facts.ts'

/**
 * What a text says first when it may not hold any more: a law it rests on has ended since it was last checked; or, of
 * law and health, nobody of the profession has signed it, or its day to be looked at again has passed. Null where
 * nothing is to be said. A text of safety begins with what to do.
 */
export function doubtOf(book: Book, topic: Topic, today: Day, endings: Endings = {}): Block | null {
  const { level, reviewed, reviewBy } = topic
  if (level === 'safety') return null
  const ended = endedSince(book, topic, today, endings)
  if (ended) return { key: 'he-thong.chu-de-luat-doi', fills: { ended_on: writtenDay(ended) } }
  if (level !== 'legal' && level !== 'clinical') return null
  if (reviewed === null) return { key: `he-thong.chu-de-chua-ky.${level}` }
  return reviewBy < today ? { key: 'he-thong.chu-de-qua-han', fills: { review_by: writtenDay(reviewBy) } } : null
}

/** Laws said to end, by source, before a release of the book says so. */
type Endings = Readonly<Record<Id, Day>>

/** The last day of a source; null while none is known. */
export function endOf(book: Book, id: Id, endings: Endings): Day | null {
  return endings[id] ?? book.sources?.find((source) => source.id === id)?.until ?? null
}

/** The day on which something a text rests on ended, if it has not been checked since. */
export function endedSince(book: Book, { sources, asOf }: Topic, today: Day, endings: Endings): Day | null {
  const ends = sources.flatMap((id) => endOf(book, id, endings) ?? [])
  return ends.find((end) => end < today && asOf <= end) ?? null
}

/** A source by its title, with the articles that are rested on. */
export function citation(book: Book, topic: Topic, id: Id): string | undefined {
  const title = book.source(id)
  const article = topic.articles?.[id]
  return title === undefined || article === undefined ? title : `${title}, ${article}`
}

/** A day as people write it: 21/11/2026. */
export function writtenDay(day: Day): FillValue {
  const [year, month, date] = day.split('-').map(Number)
  return { type: 'text', text: `${date}/${month}/${year}` }
}

/**
 * The topics that nobody has signed, but for those of safety: who stands beside somebody unconscious is not left
 * without an answer.
 */
export function drafts(book: Book): readonly Id[] {
  return book.topics.filter(({ status, level }) => status === 'draft' && level !== 'safety').map(({ id }) => id)
}

/** A course goes on without a lesson that was taken down; of one that lost half of them nothing is left to follow. */
function coursesWithout(courses: readonly Course[], gone: ReadonlySet<Id>): readonly Course[] {
  return courses.flatMap((course) => {
    const lessons = course.lessons.filter((id) => !gone.has(id))
    return lessons.length * 2 > course.lessons.length ? [{ ...course, lessons }] : []
  })
}

/** The book without these topics: they are not found or chosen, and what of them is still under way says that they are gone. */
export function withoutTopics(book: Book, ids: readonly Id[]): Book {
  const gone = new Set(ids)
  const intents = Object.entries(book.intents ?? {}).map(
    ([intent, route]) => [intent, { ...route, to: route.to.filter((id) => !gone.has(id)) }] as const,
  )
  const isGone = (key: string) => key.startsWith('topic.') && gone.has(key.split('.')[1] ?? '')
  const courses = book.courses === undefined ? undefined : coursesWithout(book.courses, gone)
  const counts = new Map(courses?.map(({ id, lessons }) => [`course.${id}.count`, [String(lessons.length)]]))
  return {
    ...book,
    topics: book.topics.filter(({ id }) => !gone.has(id)),
    words: (key, locale) => counts.get(key) ?? book.words(isGone(key) ? 'he-thong.chu-de-mat' : key, locale),
    ...(courses === undefined ? {} : { courses }),
    ...(book.intents === undefined ? {} : { intents: Object.fromEntries(intents) }),
  }
}
