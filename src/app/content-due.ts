import type { Book } from '../engine/book.ts'
import { localTime } from '../engine/hours.ts'
import { drafts } from '../engine/topic.ts'
import type { App } from './app.ts'
import type { Log } from './log.ts'

/** How many topics are past their review date: staff hear of it, readers still get the text with its date. */
export function topicsDue(app: App): number {
  const { year, month, day } = localTime(app.now())
  const today = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return app.book().topics.filter((topic) => topic.reviewBy < today).length
}

export async function warnOfTopics(app: App): Promise<void> {
  const count = topicsDue(app)
  if (count > 0) app.log.warn({ event: 'content_due', what: 'topics', count })
}

/** What the operator's setting leaves out is said at each start. */
export function warnOfDrafts(book: Book, log: Log): void {
  log.warn({ event: 'drafts_hidden', what: 'HIDE_DRAFTS', count: drafts(book).length })
}
