import type { Flow, Node } from '../engine/book.ts'

/** A way out of a node, named as the engine's `moved` event names it. */
export interface Route {
  node: string
  route: string
  to: string
}

export function routesOf(id: string, node: Node): readonly Route[] {
  const route = (name: string, to: string | null) => (to === null ? [] : [{ node: id, route: name, to }])
  switch (node.type) {
    case 'say':
    case 'call':
    case 'handoff':
      return route('next', node.next)
    case 'submit':
      return [...route('next', node.next), ...route('else', node.else ?? null)]
    case 'branch':
      return [...Object.entries(node.cases).flatMap(([name, to]) => route(name, to)), ...route('else', node.else)]
    case 'ask':
      return [
        ...node.choices.flatMap((choice) => route(choice.id, choice.next)),
        ...(takesFreeAnswer(node) ? route('next', node.next) : []),
        ...route('unknown', node.unknown),
      ]
    case 'end':
      return []
    default:
      return node satisfies never
  }
}

/** Where in the YAML a route is written. */
export function pathOf(id: string, node: Node, route: string): readonly (string | number)[] {
  if (node.type === 'branch') return route === 'else' ? ['nodes', id, 'else'] : ['nodes', id, 'cases', route]
  const choice = node.type === 'ask' ? node.choices.findIndex((one) => one.id === route) : -1
  return choice >= 0 ? ['nodes', id, 'choices', choice, 'next'] : ['nodes', id, route]
}

/** Can it be answered by anything but its own choices. */
function takesFreeAnswer(node: Extract<Node, { type: 'ask' }>): boolean {
  return node.from !== null || (node.answer !== 'choice' && node.answer !== 'yes_no')
}

export function targetsOf(node: Node): readonly string[] {
  return routesOf('', node).map((route) => route.to)
}

/** The nodes a person can come to; `follow` may leave ways out. */
export function reachable(flow: Flow, follow: (node: Node) => readonly string[] = targetsOf): ReadonlySet<string> {
  const seen = new Set<string>()
  const todo = [flow.start]
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    const node = flow.nodes[id]
    if (node === undefined || seen.has(id)) continue
    seen.add(id)
    todo.push(...follow(node))
  }
  return seen
}

/** Every route a conversation can take through a flow; after an erasure nothing of a run is left to go on. */
export function walkableRoutes(flow: Flow): readonly Route[] {
  const follow = (node: Node) => (isErasure(node) ? [] : targetsOf(node))
  return [...reachable(flow, follow)].flatMap((id) => {
    const node = flow.nodes[id]!
    return isErasure(node) ? [] : routesOf(id, node)
  })
}

export function isErasure(node: Node): boolean {
  return node.type === 'submit' && node.form === 'erase'
}

/** The flows called from a flow, directly; kept, since each check of a book asks this thousands of times. */
function callsOf(flow: Flow): readonly string[] {
  const known = calls.get(flow)
  if (known) return known
  const found = [...new Set(Object.values(flow.nodes).flatMap((node) => (node.type === 'call' ? [node.flow] : [])))]
  calls.set(flow, found)
  return found
}
const calls = new WeakMap<Flow, readonly string[]>()

/** Flows called from a flow, directly or not; without the flow itself unless it comes back to it. */
export function calledFrom(flow: string, flows: ReadonlyMap<string, Flow>): ReadonlySet<string> {
  const seen = new Set<string>()
  const todo = [flow]
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    const called = flows.get(id)
    for (const callee of called ? callsOf(called) : []) {
      if (!seen.has(callee)) todo.push(callee)
      seen.add(callee)
    }
  }
  return seen
}

/** Can a flow run from its start to its end without asking anything. */
export function canPassSilently(id: string, flows: ReadonlyMap<string, Flow>, open: readonly string[] = []): boolean {
  const flow = flows.get(id)
  if (flow === undefined || open.includes(id)) return false
  const follow = (node: Node): readonly string[] => {
    if (node.type === 'ask') return []
    if (node.type === 'call' && !canPassSilently(node.flow, flows, [...open, id])) return []
    return targetsOf(node)
  }
  return [...reachable(flow, follow)].some((node) => flow.nodes[node]!.type === 'end')
}
