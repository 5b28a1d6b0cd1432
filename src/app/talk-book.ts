import type { Book } from '../engine/book.ts'
import { drafts, withoutTopics } from '../engine/topic.ts'
import type { App } from './app.ts'

const made = new WeakMap<Book, { without: string; book: Book }>()

/**
 * The book as people talk with it: without what was taken down at the desk and, where the operator wants it so, without
 * drafts. The desk itself reads the whole book.
 */
export function talkBook(app: App): Book {
  const book = app.book()
  const hidden = [...(app.directory().takenDown ?? []), ...(app.settings.hideDrafts ? drafts(book) : [])]
  if (hidden.length === 0) return book
  const without = hidden.join(' ')
  const kept = made.get(book)
  if (kept?.without === without) return kept.book
  const shown = withoutTopics(book, hidden)
  made.set(book, { without, book: shown })
  return shown
}
