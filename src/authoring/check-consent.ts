import type { Flow } from '../engine/book.ts'
import type { Purpose } from '../engine/consent.ts'
import { IDENTITY_ANSWERS } from '../engine/enrolment/enrolment.ts'
import type { Draft } from './draft.ts'
import { targetsOf } from './graph.ts'
import { type Problem, problemAt } from './problem.ts'

/** What may be done only behind a yes to exactly that. */
const BEHIND: Readonly<Record<string, Purpose>> = { referral_accept: 'referral', check_in_start: 'follow_up' }

/**
 * Who somebody is may be asked only where every way there leads through the notice and their yes; and a request is
 * made only there. Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: consent comes first, and for one purpose.
 */
export function checkConsent(draft: Draft): readonly Problem[] {
  return [...draft.flows.values()].flatMap(({ flow, place }) => {
    const open = withoutYes(flow, 'enrolment')
    const unasked = Object.entries(flow.nodes).flatMap(([id, node]) => {
      const purpose = node.type === 'submit' ? BEHIND[node.form] : undefined
      if (purpose === undefined || !withoutYes(flow, purpose).has(id)) return []
      return [problemAt(place(['nodes', id]), `Có đường tới đây mà chưa qua lời đồng ý (consent: ${purpose}).`)]
    })
    const identity = Object.entries(flow.nodes).flatMap(([id, node]) => {
      if (!open.has(id)) return []
      if (node.type === 'ask' && node.save !== null && IDENTITY_ANSWERS.includes(node.save))
        return [
          problemAt(
            place(['nodes', id]),
            `Có đường tới câu hỏi “${node.save}” mà chưa qua lời đồng ý (consent: enrolment). Hãy hỏi đồng ý trước.`,
          ),
        ]
      if (node.type === 'submit' && node.form === 'enrol')
        return [problemAt(place(['nodes', id]), 'Có đường tới việc ghi yêu cầu mà chưa qua lời đồng ý.')]
      return []
    })
    return [...unasked, ...identity]
  })
}

/** The nodes that can be reached without a yes for this purpose. */
function withoutYes(flow: Flow, purpose: Purpose): ReadonlySet<string> {
  const seen = new Set<string>()
  const waiting = [flow.start]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = flow.nodes[id]
    if (node === undefined || seen.has(id)) continue
    seen.add(id)
    const asks = node.type === 'ask' && node.consent === purpose
    const knows = purpose === 'enrolment' && node.type === 'branch' && 'fact' in node.on && node.on.fact === 'consent'
    if (asks) waiting.push(...node.choices.filter((choice) => choice.id !== 'co').map(({ next }) => next))
    else if (knows)
      waiting.push(...Object.entries(node.cases).flatMap(([value, to]) => (value === 'yes' ? [] : [to])), node.else)
    else waiting.push(...targetsOf(node))
  }
  return seen
}
