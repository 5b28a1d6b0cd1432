import type { Trigger } from './book.ts'
import type { Option } from './content.ts'
import type { InboundEvent } from './conversation.ts'
import { put } from './question.ts'
import { askAgain } from './reply.ts'
import { requestOf } from './ticket.ts'
import { emit, flush, say, type Turn } from './turn.ts'
import { locate, startFlow, startOver } from './walk.ts'
import { readYesNo } from './yes-no.ts'

/** Does what a verb asks for. */
export function act(turn: Turn, trigger: Trigger): void {
  const { action } = trigger
  switch (action.type) {
    case 'start':
      return startFlow(turn, action.flow)
    case 'back':
      return goBack(turn)
    case 'exit':
      if (turn.state.session) emit(turn, { type: 'session_ended', reason: 'left' })
      say(turn, requestOf(turn) === 'waiting' ? 'he-thong.tam-biet-con-phieu' : 'he-thong.tam-biet')
      return flush(turn)
    default:
      return action satisfies never
  }
}

/** To the question before this one; the first one is put again. */
function goBack(turn: Turn): void {
  const runs = turn.state.session?.trail.at(-2)
  if (!runs) {
    if (!askAgain(turn)) startOver(turn)
    return
  }
  emit(turn, { type: 'went_back', runs })
  const place = locate(turn)
  const node = turn.state.session?.runs.at(-1)?.node
  if (!place || node === undefined) return
  if (place.node.type !== 'ask') return startOver(turn)
  put(turn, place.flow, node, place.node)
}

/** "dung" is usually "đúng": where it answers nothing, the person is asked what it meant. */
export function confirm(turn: Turn, trigger: Trigger): void {
  if (asksFirst(turn, trigger)) return act(turn, trigger)
  emit(turn, { type: 'confirm_asked', trigger: trigger.id })
  say(turn, `he-thong.xac-nhan.${trigger.id}`)
  if (turn.blocks.length === 0) say(turn, 'he-thong.xac-nhan')
  const options: Option[] = ['co', 'khong'].map((id) => ({
    id,
    label: { type: 'words', key: `he-thong.xac-nhan.${id}` },
  }))
  flush(turn, options)
}

/** A flow that begins with yes or no is its own confirmation: "xoa" is asked about once, not twice. */
function asksFirst(turn: Turn, { action }: Trigger): boolean {
  const flow = action.type === 'start' ? turn.book.flow(action.flow) : undefined
  const first = flow?.nodes[flow.start]
  return first?.type === 'ask' && first.answer === 'yes_no'
}

/**
 * The answer to "did you mean to stop?". Anything else that arrives drops the question and is read as usual, so that
 * a later "1" never stops anything; a button of another question is no answer to this one.
 */
export function settleConfirm(turn: Turn, event: Extract<InboundEvent, { type: 'message' }>): boolean {
  const pending = turn.state.confirm
  if (!pending) return false
  emit(turn, { type: 'confirm_cleared' })
  const [question, choice] = event.choice?.split('.') ?? []
  const pressed = question === String(pending.wait) ? choice === 'co' : null
  const meant = event.choice !== undefined ? pressed : event.edited ? null : readYesNo(event.text)
  if (meant === null) return false
  const trigger = turn.book.triggers.find((t) => t.id === pending.trigger)
  if (meant && trigger) act(turn, trigger)
  else if (!askAgain(turn)) startOver(turn)
  return true
}
