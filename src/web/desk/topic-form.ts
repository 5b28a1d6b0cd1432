import type { QuizFields, TopicFields } from '../../app/editing.ts'
import type { Form } from '../form-fields.ts'

/** The longest text of a file that is taken. */
export const LONGEST = 60_000

/** Whole, unlike `one`: nothing of a text is cut off. */
export const wholeOf = (form: Form, name: string): string => (form.all(name)[0] ?? '').slice(0, LONGEST)

/** A topic as its form tells it; what the form does not know is asked of nobody. */
export function readTopicForm(form: Form): TopicFields {
  const articles = form.all('article')
  const quiz = (name: string) => form.all(`quiz-${name}`)
  return {
    title: form.one('title'),
    audiences: form.all('audiences'),
    tags: form.one('tags'),
    questions: wholeOf(form, 'questions'),
    sources: form.all('source').map((id, i) => ({ id, article: articles[i] ?? '' })),
    asOf: form.one('asOf'),
    written: form.one('written'),
    reviewedRole: form.one('reviewedRole'),
    reviewedOn: form.one('reviewedOn'),
    reviewBy: form.one('reviewBy'),
    status: form.one('status'),
    quiz: quiz('question').map(
      (question, i): QuizFields => ({
        question,
        answers: (quiz('answers')[i] ?? '').replaceAll('\r\n', '\n').split('\n'),
        right: quiz('right')[i] ?? '',
        why: quiz('why')[i] ?? '',
      }),
    ),
    card: wholeOf(form, 'card'),
    more: wholeOf(form, 'more'),
    loa: wholeOf(form, 'loa'),
    poster: wholeOf(form, 'poster'),
  }
}
