import { syllables, trim } from '../engine/text.ts'
import type { Draft } from './draft.ts'
import { type Place, type Problem, warningAt } from './problem.ts'

interface Asked {
  question: string
  /** Where it leads, as the sentence of a problem names it. */
  to: string
  place: Place
}

/** The same question can lead to one place only; marks and polite words make no other question of it. */
export function checkSameQuestions(draft: Draft): readonly Problem[] {
  const owners = new Map<string, string>()
  return [...ofTopics(draft), ...ofFlows(draft)].flatMap(({ question, to, place }) => {
    const asked = trim(syllables(question))
      .map(({ bare }) => bare)
      .join(' ')
    const owner = owners.get(asked)
    owners.set(asked, owner ?? to)
    if (owner === undefined) return []
    return [warningAt(place, `Câu “${question}” ${owner === to ? 'đã có ở trên' : `đã có ở ${owner}`}.`)]
  })
}

function ofTopics(draft: Draft): readonly Asked[] {
  return draft.topics.flatMap(({ topic, at }) =>
    topic.questions.map((question, i) => ({
      question,
      to: `chủ đề “${topic.id}”`,
      place: { ...at(['questions', i]), path: 'questions' },
    })),
  )
}

function ofFlows(draft: Draft): readonly Asked[] {
  return Object.entries(draft.asked).flatMap(([flow, questions]) =>
    questions.map((question) => ({
      question,
      to: `luồng “${flow}”`,
      place: { file: 'flows/asked.yaml', path: flow },
    })),
  )
}
