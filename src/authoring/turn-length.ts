import type { Flow, Node } from '../engine/book.ts'
import { INTRODUCTION } from '../engine/event.ts'
import type { Draft } from './draft.ts'
import { routesOf, targetsOf } from './graph.ts'
import { HOME } from './service-words.ts'

/**
 * For each question (`flow/node`) the most text that can stand before it in the same turn: what is said on the way
 * there, the introduction before a first turn, or the "I did not understand" in front of a repeat. Counted up to `cap`, where a new message begins.
 */
export function textBefore(draft: Draft, length: (key: string) => number, cap: number): ReadonlyMap<string, number> {
  const flows = new Map([...draft.flows].map(([id, { flow }]) => [id, flow]))
  const before = new Map<string, number>()
  const todo: string[] = []
  const arrive = (name: string, said: number) => {
    const capped = Math.min(said, cap)
    if ((before.get(name) ?? -1) >= capped) return
    before.set(name, capped)
    todo.push(name)
  }
  for (const flow of flows.values()) {
    arrive(nameOf(flow.id, flow.start), flow.safety || flow.id === HOME ? 0 : length(INTRODUCTION))
    for (const [id, node] of Object.entries(flow.nodes)) {
      if (node.type !== 'ask') continue
      for (const { to } of routesOf(id, node)) arrive(nameOf(flow.id, to), 0)
    }
  }
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    const [flow, node] = find(flows, name)
    if (flow === undefined || node === undefined || node.type === 'ask') continue
    const said = before.get(name)! + (node.type === 'say' ? saidBy(draft, node, length) : 0)
    for (const next of following(flow, node, flows)) arrive(next, said)
  }
  for (const flow of flows.values()) {
    for (const [id, node] of Object.entries(flow.nodes)) {
      if (node.type !== 'ask' || !('key' in node.words)) continue
      const retries = [`${node.words.key}.lai`, `he-thong.lai.${node.answer}`, 'he-thong.lai-nua', 'he-thong.nut-cu']
      const name = nameOf(flow.id, id)
      before.set(name, Math.max(before.get(name) ?? 0, ...retries.map(length)))
    }
  }
  return before
}

function following(flow: Flow, node: Node, flows: ReadonlyMap<string, Flow>): readonly string[] {
  if (node.type === 'call') {
    const callee = flows.get(node.flow)
    return callee ? [nameOf(callee.id, callee.start)] : []
  }
  if (node.type !== 'end') return targetsOf(node).map((to) => nameOf(flow.id, to))
  return [...flows.values()].flatMap((caller) =>
    Object.values(caller.nodes).flatMap((call) =>
      call.type === 'call' && call.flow === flow.id ? [nameOf(caller.id, call.next)] : [],
    ),
  )
}

function saidBy(draft: Draft, node: Extract<Node, { type: 'say' }>, length: (key: string) => number): number {
  const { words } = node
  if ('key' in words) return length(words.key)
  const longest = Math.max(0, ...draft.topics.map(({ topic }) => length(`topic.${topic.id}.${words.topic}`)))
  const last = Math.max(length('he-thong.chu-de-chua-duyet'), length('he-thong.chu-de-da-duyet'))
  if (words.topic !== 'card') return longest + last
  const doubts = ['chu-de-chua-ky.legal', 'chu-de-chua-ky.clinical', 'chu-de-qua-han', 'chu-de-luat-doi']
  const first = Math.max(...doubts.map((key) => length(`he-thong.${key}`))) + length('he-thong.chu-de-tinh-den')
  return longest + Math.max(last, first)
}

function find(flows: ReadonlyMap<string, Flow>, name: string): [Flow | undefined, Node | undefined] {
  const slash = name.indexOf('/')
  const flow = flows.get(name.slice(0, slash))
  return [flow, flow?.nodes[name.slice(slash + 1)]]
}

function nameOf(flow: string, node: string): string {
  return `${flow}/${node}`
}
