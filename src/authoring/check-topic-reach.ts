import type { Draft } from './draft.ts'
import { type Problem, problemAt } from './problem.ts'

/**
 * A topic is come to from a shelf of its audience, by an intent, or by a question that people ask. One without any of
 * them is written for nobody.
 */
export function checkTopicReach(draft: Draft): readonly Problem[] {
  const shelves = shelvesOf(draft)
  const meant = new Set(Object.values(draft.intents).flatMap(({ to }) => to))
  return draft.topics.flatMap(({ topic, waiting, place }) => {
    const onShelf = shelves.includes(null) || topic.audiences.some((audience) => shelves.includes(audience))
    if (waiting || onShelf || meant.has(topic.id) || topic.questions.length > 0) return []
    return [
      problemAt(place, 'Không ai tới được bài này: không kệ nào có nó, không ý nào dẫn tới, và chưa có câu hỏi nào.'),
    ]
  })
}

/** The audiences whose topics some flow lists; null lists all. */
function shelvesOf(draft: Draft): readonly (string | null)[] {
  return [...draft.flows.values()].flatMap(({ flow }) =>
    Object.values(flow.nodes).flatMap((node) =>
      node.type === 'ask' && node.from?.list === 'topics' ? [node.from.audience] : [],
    ),
  )
}
