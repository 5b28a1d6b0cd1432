import type { Flow } from '../engine/book.ts'
import type { Draft } from './draft.ts'
import { calledFrom, reachable, targetsOf } from './graph.ts'
import type { Problem } from './problem.ts'
import { problemAt, warningAt } from './problem.ts'
import { CALLED_FLOWS, SERVICE_FLOWS } from './service-words.ts'

/** The flow that brings a person to the phone; the verb that starts it works from anywhere. */
const HUMAN = 'gap-nguoi'

/** Nothing written in vain, and a human at the end of every path. */
export function checkReach(draft: Draft): readonly Problem[] {
  const flows = new Map([...draft.flows].map(([id, { flow }]) => [id, flow]))
  return [...checkNodesReached(draft), ...checkFlowsReached(draft, flows), ...checkHumanReached(draft, flows)]
}

function checkNodesReached(draft: Draft): readonly Problem[] {
  return [...draft.flows.values()].flatMap(({ flow, place }) => {
    const reached = reachable(flow)
    return Object.keys(flow.nodes)
      .filter((id) => !reached.has(id))
      .map((id) => problemAt(place(['nodes', id]), 'Không có đường nào dẫn tới nút này.'))
  })
}

function checkFlowsReached(draft: Draft, flows: ReadonlyMap<string, Flow>): readonly Problem[] {
  const entries = draft.triggers.flatMap(({ trigger }) =>
    trigger.action.type === 'start' ? [trigger.action.flow] : [],
  )
  const roots = [...SERVICE_FLOWS, ...CALLED_FLOWS, ...entries]
  const reached = new Set(roots.flatMap((id) => [id, ...calledFrom(id, flows)]))
  return [...draft.flows.values()]
    .filter(({ flow }) => !reached.has(flow.id))
    .map(({ flow, place }) => warningAt(place([]), `Không có câu gọi (trigger) hay luồng nào dẫn tới “${flow.id}”.`))
}

function checkHumanReached(draft: Draft, flows: ReadonlyMap<string, Flow>): readonly Problem[] {
  const verb = draft.triggers.some(
    ({ trigger }) => trigger.kind === 'verb' && trigger.action.type === 'start' && trigger.action.flow === HUMAN,
  )
  const everywhere = verb && handsOff(HUMAN, flows)
  return [...draft.flows.values()].flatMap(({ flow, place }) => {
    const asks = Object.entries(flow.nodes).filter(([, node]) => node.type === 'ask')
    const stranded = everywhere ? [] : asks.filter(([id]) => !leadsToHuman(flow, id, flows))
    const problems = stranded.map(([id]) =>
      problemAt(
        place(['nodes', id]),
        `Từ câu hỏi này không có đường nào tới một người thật, và không có câu gọi “${HUMAN}”.`,
      ),
    )
    if (flow.safety && !handsOff(flow.id, flows)) {
      problems.push(
        warningAt(place(['safety']), 'Luồng an toàn này tự nó không có chỗ nào chuyển cho người thật (handoff).'),
      )
    }
    return problems
  })
}

/** Does the flow, or one it calls, contain a handoff that can be reached. */
function handsOff(id: string, flows: ReadonlyMap<string, Flow>): boolean {
  return [id, ...calledFrom(id, flows)].some((one) => {
    const flow = flows.get(one)
    return flow !== undefined && [...reachable(flow)].some((node) => flow.nodes[node]!.type === 'handoff')
  })
}

/** From one node on: in this flow, in those it calls, or after its end in a flow that called it. */
function leadsToHuman(
  flow: Flow,
  from: string,
  flows: ReadonlyMap<string, Flow>,
  open: readonly string[] = [],
): boolean {
  const nodes = [...reachable({ ...flow, start: from }, targetsOf)].map((id) => flow.nodes[id]!)
  if (nodes.some((node) => node.type === 'handoff' || (node.type === 'call' && handsOff(node.flow, flows)))) return true
  if (open.includes(flow.id) || !nodes.some((node) => node.type === 'end')) return false
  return [...flows.values()].some((caller) =>
    Object.values(caller.nodes).some(
      (node) =>
        node.type === 'call' && node.flow === flow.id && leadsToHuman(caller, node.next, flows, [...open, flow.id]),
    ),
  )
}
