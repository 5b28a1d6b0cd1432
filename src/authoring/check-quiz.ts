import { fold } from '../engine/text.ts'
import type { Draft } from './draft.ts'
import { type Place, type Problem, problemAt } from './problem.ts'

interface Question {
  question: string
  answers: readonly string[]
  right: number
}

/** A quiz whose right answer is missing, or stands there twice, teaches that we do not know ourselves. */
export function checkQuiz(draft: Draft): readonly Problem[] {
  const asked = new Map<string, string>()
  return draft.topics.flatMap(({ topic, at }) =>
    (topic.quiz ?? []).flatMap((one, i) => {
      const place = { ...at(['quiz', i]), path: 'quiz' }
      // "Câu nào dễ nghe hơn?" may be asked of other answers.
      const whole = [one.question, ...one.answers].map(fold).join('|')
      const owner = asked.get(whole)
      asked.set(whole, owner ?? topic.id)
      const twice = owner === undefined ? [] : [problemAt(place, `Câu đố “${one.question}” đã có ở bài “${owner}”.`)]
      return [...faultsOf(one, place), ...twice]
    }),
  )
}

function faultsOf({ question, answers, right }: Question, place: Place): readonly Problem[] {
  const same = answers.find((answer, i) => answers.findIndex((other) => fold(other) === fold(answer)) < i)
  return [
    ...(right > answers.length ? [problemAt(place, `Câu đố “${question}”: không có câu trả lời số ${right}.`)] : []),
    ...(same === undefined ? [] : [problemAt(place, `Câu đố “${question}”: câu trả lời “${same}” có hai lần.`)]),
  ]
}
