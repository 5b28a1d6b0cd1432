import type { Flow } from '../engine/book.ts'
import type { Draft } from './draft.ts'
import type { FlowSource } from './flow-format.ts'
import { calledFrom, canPassSilently, pathOf, routesOf, targetsOf } from './graph.ts'
import type { Place, Problem } from './problem.ts'
import { problemAt, warningAt } from './problem.ts'
import { SERVICE_FLOWS } from './service-words.ts'

/** Ways that lead nowhere and loops that never wait: with these a conversation would break. */
export function checkStructure(draft: Draft): readonly Problem[] {
  const flows = new Map([...draft.flows].map(([id, source]) => [id, source.flow]))
  return [
    ...checkServiceFlows(draft),
    ...[...draft.flows.values()].flatMap((source) => [...checkTargets(source, flows), ...checkCalls(source, flows)]),
    ...checkLoops(draft, flows),
    ...checkTriggerFlows(draft),
    ...checkPublished(draft, flows),
  ]
}

function checkServiceFlows(draft: Draft): readonly Problem[] {
  return SERVICE_FLOWS.filter((id) => !draft.flows.has(id)).map((id) =>
    problemAt({ file: `flows/${id}/flow.yaml`, path: '' }, 'Thiếu luồng này: máy tự bắt đầu nó khi cần.'),
  )
}

function checkTargets({ flow, place }: FlowSource, flows: ReadonlyMap<string, Flow>): readonly Problem[] {
  const problems: Problem[] = []
  const missing = (at: Place, target: string) =>
    problems.push(problemAt(at, `Không có nút “${target}” trong luồng này.`))
  if (!(flow.start in flow.nodes)) missing(place(['start']), flow.start)
  for (const [id, node] of Object.entries(flow.nodes)) {
    for (const { route, to } of routesOf(id, node)) if (!(to in flow.nodes)) missing(place(pathOf(id, node, route)), to)
    if (node.type === 'call' && !flows.has(node.flow)) {
      problems.push(problemAt(place(['nodes', id, 'call']), `Không có luồng “${node.flow}”.`))
    }
  }
  return problems
}

/** Flows that call each other in a circle pile up runs for as long as a person goes round. */
function checkCalls({ flow, place }: FlowSource, flows: ReadonlyMap<string, Flow>): readonly Problem[] {
  return Object.entries(flow.nodes).flatMap(([id, node]) => {
    if (node.type !== 'call') return []
    if (node.flow !== flow.id && !calledFrom(node.flow, flows).has(flow.id)) return []
    return [
      warningAt(
        place(['nodes', id, 'call']),
        `Luồng “${node.flow}” lại gọi về luồng này: ai đi vòng sẽ bắt đầu lại luồng ấy, không về chỗ cũ.`,
      ),
    ]
  })
}

/** Nodes that lead back to themselves, through other flows too, without a question in between. */
function checkLoops(draft: Draft, flows: ReadonlyMap<string, Flow>): readonly Problem[] {
  const state = new Map<string, 'open' | 'done'>()
  const problems: Problem[] = []
  const visit = (flow: Flow, id: string): void => {
    const name = `${flow.id}/${id}`
    const node = flow.nodes[id]
    if (node === undefined || node.type === 'ask' || state.get(name) === 'done') return
    if (state.get(name) === 'open') {
      const place = draft.flows.get(flow.id)!.place(['nodes', id])
      problems.push(problemAt(place, LOOP))
      return
    }
    state.set(name, 'open')
    const callee = node.type === 'call' ? flows.get(node.flow) : undefined
    if (callee) visit(callee, callee.start)
    if (!callee || canPassSilently(callee.id, flows)) for (const next of targetsOf(node)) visit(flow, next)
    state.set(name, 'done')
  }
  for (const flow of flows.values()) for (const id of Object.keys(flow.nodes)) visit(flow, id)
  return problems
}

const LOOP = 'Vòng lặp không có câu hỏi: máy sẽ nói mãi không dừng. Hãy thêm một nút hỏi (ask) vào vòng.'

function checkTriggerFlows(draft: Draft): readonly Problem[] {
  const ids = new Set<string>()
  return draft.triggers.flatMap(({ trigger, place }) => {
    const problems: Problem[] = []
    if (ids.has(trigger.id)) problems.push(problemAt(place, `Mã “${trigger.id}” có hai lần.`))
    ids.add(trigger.id)
    if (trigger.kind !== 'emergency' && trigger.action.type === 'start' && !draft.flows.has(trigger.action.flow)) {
      problems.push(problemAt(place, `Không có luồng “${trigger.action.flow}”.`))
    }
    return problems
  })
}

/** People may still be inside a published structure, so what it leads to has to stay. */
function checkPublished(draft: Draft, flows: ReadonlyMap<string, Flow>): readonly Problem[] {
  return draft.published.flatMap(({ flow, withdrawn, place }) => {
    const current = flows.get(flow.id)
    if (withdrawn === null) {
      return Object.values(flow.nodes)
        .flatMap((node) => (node.type === 'call' && !flows.has(node.flow) ? [node.flow] : []))
        .map((id) => problemAt(place, `Bản đã công bố này gọi luồng “${id}” nay không còn. Hãy rút bản này (retire).`))
    }
    return Object.entries(withdrawn.to)
      .filter(([, to]) => current?.nodes[to] === undefined)
      .map(([from, to]) =>
        problemAt(place, `Người đang ở nút “${from}” được chuyển tới “${to}”, nhưng nút đó không còn.`),
      )
  })
}
