import type { App } from '../../app/app.ts'
import { talkBook } from '../../app/talk-book.ts'
import type { Contest } from '../../engine/quiz/contest.ts'
import { mayAsk } from '../../engine/quiz/quiz.ts'

/** The titles of what a contest rests on and nobody may be asked about any more: it stands still because of them. */
export function goneFrom(app: App, { questions }: Contest): readonly string[] {
  const [shown, directory] = [talkBook(app), app.directory()]
  const gone = new Set(questions.map(({ topic }) => topic).filter((id) => !mayAsk(shown, directory, app.now(), id)))
  return [...gone].map((id) => app.book().topics.find((topic) => topic.id === id)?.title ?? id)
}
