import type { Flow } from '../engine/book.ts'
import type { Draft } from './draft.ts'
import { isErasure } from './graph.ts'

/** A passage that a node says, with the labels shown under it. */
export interface Use {
  node: string
  field: string
  key: string
  labels: readonly string[]
}

/** The keys a flow needs; the words of a topic are found through its answer and are not listed. */
export function usesOf(flow: Flow): readonly Use[] {
  return Object.entries(flow.nodes).flatMap(([node, value]): readonly Use[] => {
    if (value.type === 'say' && 'key' in value.words) return [{ node, field: 'say', key: value.words.key, labels: [] }]
    // The receipt of an erasure is said in the same turn, under the name of the next node.
    if (value.type === 'submit' && isErasure(value))
      return [{ node, field: 'next', key: `${flow.id}.${value.next}`, labels: [] }]
    if (value.type !== 'ask') return []
    const key = 'key' in value.words ? value.words.key : `${flow.id}.${node}`
    const labels = value.choices.map((choice) => `${key}.${choice.id}`)
    const uses = [{ node, field: 'words', key, labels }]
    return 'key' in value.words ? uses : uses.map((use) => ({ ...use, field: 'choices' }))
  })
}

/** Every flow somebody may be inside: those in force and the published ones that were not withdrawn. */
export function livingFlows(draft: Draft): readonly Flow[] {
  const current = [...draft.flows.values()].map(({ flow }) => flow)
  const names = new Set(current.map((flow) => `${flow.id}@${flow.revision}`))
  const past = draft.published.filter(
    ({ flow, withdrawn }) => withdrawn === null && !names.has(`${flow.id}@${flow.revision}`),
  )
  return [...current, ...past.map(({ flow }) => flow)]
}
