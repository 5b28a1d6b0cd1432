import type { Option } from './content.ts'
import type { InboundEvent } from './conversation.ts'
import { offeredReferral } from './referrals/referral.ts'
import { takeAnswer } from './reply.ts'
import { match } from './triggers.ts'
import { emit, type Turn } from './turn.ts'
import { startFlow } from './walk.ts'

/** The flows of what a person may always do, whatever is switched off: delete, stop, take back a request or a yes. */
export const RIGHTS: readonly string[] = [
  ...['xoa', 'dung', 'huy-yeu-cau', 'rut-dang-ky'],
  ...['thoi-dong-hanh', 'thoi-chia-se', 'thoi-hoi-tham', 'tach-kenh'],
]

/** The flows in which staff wish to hear a yes or a no, and whether there is anything they ask. */
const QUESTIONS: Readonly<Record<string, (turn: Turn) => boolean>> = {
  'chuyen-diem': () => true,
  'gioi-thieu': ({ state }) => offeredReferral(state) !== null,
  'nguoi-dong-hanh': ({ state }) => Boolean(state.supporterOffer),
}

/** Goes on while a human holds the talk. */
export const isOwn = (flow: string | undefined): boolean =>
  flow !== undefined && (RIGHTS.includes(flow) || QUESTIONS[flow] !== undefined)

/**
 * While a human holds the talk a promised word still does what was promised, and what it asks is answered; all else is
 * for the human alone.
 */
export function takeOwnWord(
  turn: Turn,
  event: Extract<InboundEvent, { type: 'message' }>,
  pressed: Option | null,
): boolean {
  const flow = pressed ? null : calledFlow(turn, event.text)
  if (flow !== null) {
    // Not inside what waited before: that would be asked again in the midst of the talk.
    startFlow(turn, flow)
    return true
  }
  if (event.edited || (pressed === null && !asksLast(turn, event.text))) return false
  return cutToOwn(turn) && takeAnswer(turn, event.text, pressed)
}

function calledFlow(turn: Turn, text: string): string | null {
  for (const kind of ['verb', 'ordinary'] as const) {
    const called = match(turn.book, text, [kind])
    if (!called?.sure || called.trigger.action.type !== 'start') continue
    const { flow } = called.trigger.action
    if (RIGHTS.includes(flow) || QUESTIONS[flow]?.(turn)) return flow
  }
  return null
}

/** After a line of the human a "có" is said to them. */
function asksLast({ state }: Turn, text: string): boolean {
  return text !== '' && state.session !== null && state.session.wait > (state.ticket?.lineSeq ?? 0)
}

/** What the flow was begun inside of is given up: it is not to speak when the flow ends. */
function cutToOwn(turn: Turn): boolean {
  const runs = turn.state.session?.runs ?? []
  const from = runs.findLastIndex(({ flow }) => !isOwn(flow)) + 1
  if (from === runs.length) return false
  if (from > 0) emit(turn, { type: 'runs_replaced', runs: runs.slice(from) })
  return true
}
