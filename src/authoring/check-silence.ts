import type { Flow, Node } from '../engine/book.ts'
import type { Draft } from './draft.ts'
import { isErasure, pathOf, routesOf, targetsOf } from './graph.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { SERVICE_FLOWS } from './service-words.ts'

type Flows = ReadonlyMap<string, Flow>

/** The service never answers with silence: after an answer, or on coming in, something is said or asked. */
export function checkSilence(draft: Draft): readonly Problem[] {
  const flows: Flows = new Map([...draft.flows].map(([id, { flow }]) => [id, flow]))
  const entries = new Set([
    ...SERVICE_FLOWS,
    ...draft.triggers.flatMap(({ trigger }) => (trigger.action.type === 'start' ? [trigger.action.flow] : [])),
  ])
  const mute = (flow: Flow, node: string) => endsUnsaid(flow, node, flows, entries)
  return [...draft.flows.values()].flatMap(({ flow, place }) => {
    const answers = Object.entries(flow.nodes).flatMap(([id, node]) =>
      node.type === 'ask' ? routesOf(id, node).map((route) => ({ ...route, path: pathOf(id, node, route.route) })) : [],
    )
    const silent = answers.filter(({ to }) => mute(flow, to)).map(({ path }) => path)
    if (entries.has(flow.id) && mute(flow, flow.start)) silent.push(['start'])
    return silent.map((path) => problemAt(place(path), SILENT))
  })
}

const SILENT = 'Từ đây có thể hết luồng mà máy không nói lời nào. Hãy thêm một câu (say) trước khi hết.'

/** Can the whole conversation end from here without a word: this flow, then every flow that waits for its return. */
function endsUnsaid(
  flow: Flow,
  node: string,
  flows: Flows,
  entries: ReadonlySet<string>,
  open: readonly string[] = [],
): boolean {
  if (open.includes(flow.id) || !passesUnsaid(flow, node, flows)) return false
  if (entries.has(flow.id)) return true
  return [...flows.values()].some((caller) =>
    Object.values(caller.nodes).some(
      (call) =>
        call.type === 'call' &&
        call.flow === flow.id &&
        endsUnsaid(caller, call.next, flows, entries, [...open, flow.id]),
    ),
  )
}

/** Can the flow run from a node to its end without a word. */
function passesUnsaid(flow: Flow, from: string, flows: Flows, open: readonly string[] = []): boolean {
  const seen = new Set<string>()
  const todo = [from]
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    const node = flow.nodes[id]
    if (node === undefined || seen.has(id)) continue
    seen.add(id)
    if (node.type === 'end') return true
    if (!speaks(node, flows, [...open, flow.id])) todo.push(...targetsOf(node))
  }
  return false
}

function speaks(node: Node, flows: Flows, open: readonly string[]): boolean {
  if (node.type === 'say' || node.type === 'ask' || isErasure(node)) return true
  if (node.type !== 'call') return false
  const callee = flows.get(node.flow)
  return callee === undefined || open.includes(callee.id) || !passesUnsaid(callee, callee.start, flows, open)
}
