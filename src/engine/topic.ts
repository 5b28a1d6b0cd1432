import type { Book, Topic } from './book.ts'
import type { Block, FillValue, Id } from './content.ts'
import type { Day } from './facts.ts'

/**
 * What a text about law or health says first when nobody of the profession has signed it, or its day to be looked at
 * again has passed; null where nothing is to be said. A text of safety begins with what to do.
 */
export function doubtOf({ level, reviewed, reviewBy }: Topic, today: Day): Block | null {
  if (level !== 'legal' && level !== 'clinical') return null
  if (reviewed === null) return { key: `he-thong.chu-de-chua-ky.${level}` }
  return reviewBy < today ? { key: 'he-thong.chu-de-qua-han', fills: { review_by: writtenDay(reviewBy) } } : null
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
 * The book without the topics that nobody has signed, where the operator wants it so. Those of safety stay: who
 * stands beside somebody unconscious is not left without an answer.
 */
export function reviewedBook(book: Book): Book {
  const shown = (topic: Topic) => topic.status !== 'draft' || topic.level === 'safety'
  const hidden = new Set(book.topics.filter((topic) => !shown(topic)).map(({ id }) => id))
  const intents = Object.entries(book.intents ?? {}).map(
    ([intent, route]) => [intent, { ...route, to: route.to.filter((id) => !hidden.has(id)) }] as const,
  )
  return {
    ...book,
    topics: book.topics.filter(shown),
    ...(book.intents === undefined ? {} : { intents: Object.fromEntries(intents) }),
  }
}
