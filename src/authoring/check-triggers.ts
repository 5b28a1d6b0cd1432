import type { Flow, Trigger } from '../engine/book.ts'
import { fold } from '../engine/text.ts'
import { match } from '../engine/triggers.ts'
import { bookFrom } from './book-data.ts'
import { compileBook } from './compile.ts'
import type { Draft } from './draft.ts'
import { reachable } from './graph.ts'
import type { Problem } from './problem.ts'
import { problemAt, warningAt } from './problem.ts'

/** A phrase must reach its own trigger, and an answer must not be taken for an interruption. */
export function checkTriggers(draft: Draft): readonly Problem[] {
  return [...checkShadowed(draft), ...checkAnswersSafe(draft)]
}

function checkShadowed(draft: Draft): readonly Problem[] {
  const owners = new Map<string, Trigger[]>()
  return draft.triggers.flatMap(({ trigger, place }) =>
    [...trigger.phrases, ...trigger.ambiguous].flatMap((phrase) => {
      const earlier = owners.get(fold(phrase)) ?? []
      owners.set(fold(phrase), [...earlier, trigger])
      const owner = earlier.find((one) => one !== trigger && covers(one, trigger))
      if (owner === undefined) return []
      return [problemAt(place, `“${phrase}” đã có ở “${owner.id}” phía trên, nên ở đây không bao giờ được dùng.`)]
    }),
  )
}

/** A phrase that must be the whole message leaves longer messages to a later trigger. */
function covers(earlier: Trigger, later: Trigger): boolean {
  return earlier.match === 'anywhere' || later.match === 'whole'
}

/** Labels and synonyms are tried as written and as typed without marks, by the engine's own rules. */
function checkAnswersSafe(draft: Draft): readonly Problem[] {
  const book = bookFrom(compileBook(draft))
  return [...draft.flows.values()].flatMap(({ flow }) =>
    Object.entries(flow.nodes).flatMap(([id, node]) => {
      if (node.type !== 'ask') return []
      const key = 'key' in node.words ? node.words.key : `${flow.id}.${id}`
      return node.choices.flatMap((choice): readonly Problem[] => {
        const label = draft.labels.get(`${key}.${choice.id}`)
        if (label === undefined) return []
        return [label.label, ...label.synonyms].flatMap((answer) => {
          const taken = [answer, fold(answer)].flatMap((text) => {
            const found = match(book, text, ['emergency']) ?? match(book, text, ['verb'])
            return found?.sure && !meansTheSame(found.trigger, flow, id, choice.next) ? [found.trigger] : []
          })[0]
          if (taken === undefined) return []
          const message = `Trả lời “${answer}” sẽ bị hiểu là “${taken.id}” và cắt ngang. Hãy đổi lời, hoặc đưa cụm từ vào ambiguous.`
          return [taken.kind === 'emergency' ? warningAt(label.place, message) : problemAt(label.place, message)]
        })
      })
    }),
  )
}

/** "Gặp người" as a choice and as a verb lead to the same place; so may "quay lại" and "thôi". */
function meansTheSame({ action }: Trigger, flow: Flow, from: string, to: string): boolean {
  const target = flow.nodes[to]
  switch (action.type) {
    case 'start':
      return action.flow === flow.id || (target?.type === 'call' && target.flow === action.flow)
    case 'back':
      return target?.type === 'ask' && reachable({ ...flow, start: to }).has(from)
    case 'exit':
      return leadsToEnd(flow, to)
    default:
      return action satisfies never
  }
}

/** Leaving is what the choice does anyway, perhaps after a goodbye. */
function leadsToEnd(flow: Flow, to: string): boolean {
  let target = flow.nodes[to]
  for (let steps = 0; target?.type === 'say' && steps < 5; steps++) target = flow.nodes[target.next]
  return target?.type === 'end'
}
