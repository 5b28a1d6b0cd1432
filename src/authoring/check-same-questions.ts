import { syllables, trim } from '../engine/text.ts'
import type { Draft } from './draft.ts'
import { type Problem, warningAt } from './problem.ts'

/** The same question under two topics can only lead to one of them; marks and polite words make no other question of it. */
export function checkSameQuestions(draft: Draft): readonly Problem[] {
  const owners = new Map<string, string>()
  return draft.topics.flatMap(({ topic, at }) =>
    topic.questions.flatMap((question, i) => {
      const asked = trim(syllables(question))
        .map(({ bare }) => bare)
        .join(' ')
      const owner = owners.get(asked)
      owners.set(asked, owner ?? topic.id)
      if (owner === undefined) return []
      const where = owner === topic.id ? 'đã có ở trên' : `đã có ở chủ đề “${owner}”`
      return [warningAt({ ...at(['questions', i]), path: 'questions' }, `Câu “${question}” ${where}.`)]
    }),
  )
}
