import type { Priority, StaffAction, Timer } from './conversation.ts'
import { split } from './split.ts'
import { emit, flush, nextId, prose, say, type Turn } from './turn.ts'

/** Ten minutes without a staff line end a hold. */
const HOLD_MS = 10 * 60_000
/** A counsellor's text is cut to what every channel carries in one message. */
const STAFF_PIECE = 1_900
const RANK: Readonly<Record<Priority, number>> = { emergency: 2, urgent: 1, routine: 0 }

/** Opens a ticket, or raises the open one when this is more serious. */
export function openTicket(turn: Turn, reason: string, priority: Priority): void {
  const open = turn.state.ticket
  if (!open) {
    const point = turn.state.answers.point
    const chosen = point?.type === 'code' && point.value !== '' ? point.value : null
    emit(turn, { type: 'ticket_opened', id: nextId(turn), reason, priority, point: chosen, at: turn.at })
  } else if (RANK[priority] > RANK[open.priority]) {
    emit(turn, { type: 'ticket_raised', id: open.id, reason, priority })
  }
}

/** What a person may take back. An emergency is not for a message to close: the phone may be in other hands. */
export function requestOf({ state }: Turn): 'waiting' | 'emergency' | 'none' {
  if (!state.ticket) return 'none'
  return state.ticket.priority === 'emergency' ? 'emergency' : 'waiting'
}

/** The number to call goes, and so does the ticket unless it is an emergency. */
export function withdrawRequest(turn: Turn): void {
  emit(turn, { type: 'form_withdrawn', form: 'callback' })
  const { ticket } = turn.state
  if (ticket && requestOf(turn) === 'waiting') emit(turn, { type: 'ticket_closed', id: ticket.id, by: null })
}

/** A fault of ours: the person hears so at once, gets the emergency numbers, and a human is asked to look. */
export function serviceBroke(turn: Turn, reason: string): void {
  if (turn.state.session) emit(turn, { type: 'session_ended', reason: 'broken' })
  emit(turn, { type: 'parked', reason })
  openTicket(turn, 'service_error', 'urgent')
  // Not `say`, which looks into the book: the book may be what broke.
  turn.blocks = [{ key: 'he-thong.loi' }]
  flush(turn)
}

const unansweredTimer = (turn: Turn) => `${turn.state.contact}:unanswered`

/** While a human holds the conversation their lines go to that human, and the wait for an answer is timed. */
export function relay(turn: Turn): void {
  const ticket = turn.state.ticket!
  emit(turn, { type: 'message_relayed', to: ticket.heldBy! })
  emit(turn, { type: 'timer_set', id: unansweredTimer(turn), kind: 'unanswered', dueAt: turn.at + HOLD_MS })
}

/** Nobody answered in time: the person is told, and the ticket goes back to the queue. */
export function holdExpired(turn: Turn, timer: Timer): void {
  const ticket = turn.state.ticket
  if (!ticket?.heldBy) return emit(turn, { type: 'ignored', reason: 'not_held' })
  // A line or a hand-over that came while this timer was on its way has settled its wait.
  const since = ticket.answerBy ?? null
  if (since === null) return emit(turn, { type: 'ignored', reason: 'answered' })
  if (timer.dueAt < since) {
    emit(turn, { type: 'ignored', reason: 'answered' })
    return emit(turn, { type: 'timer_set', id: timer.id, kind: 'unanswered', dueAt: since })
  }
  giveUp(turn)
  emit(turn, { type: 'ticket_released', id: ticket.id, reason: 'unanswered' })
  say(turn, 'he-thong.chua-co-nguoi')
  flush(turn)
}

/** A counsellor's click. Two takes give one owner and one refusal. */
export function staffActs(turn: Turn, by: string, action: StaffAction): void {
  emit(turn, { type: 'staff_acted', by, action: action.type })
  const ticket = turn.state.ticket
  if (!ticket) return emit(turn, { type: 'ignored', reason: 'no_ticket' })
  if (ticket.heldBy !== null && ticket.heldBy !== by && action.type !== 'close')
    return emit(turn, { type: 'ignored', reason: 'held_by_another' })
  switch (action.type) {
    case 'take':
      return take(turn, by)
    case 'reply': {
      if (action.text.trim() === '') return emit(turn, { type: 'ignored', reason: 'empty' })
      take(turn, by)
      for (const piece of split(action.text, STAFF_PIECE)) {
        const words = prose(turn, piece)
        emit(turn, { type: 'staff_line_queued', id: words.id, by, words, at: turn.at })
      }
      if (ticket.waitingCard) emit(turn, { type: 'message_withdrawn', id: ticket.waitingCard })
      return emit(turn, { type: 'timer_cleared', id: unansweredTimer(turn) })
    }
    case 'hand_back':
    case 'close':
      if (action.type === 'hand_back' && ticket.heldBy === null)
        return emit(turn, { type: 'ignored', reason: 'not_held' })
      giveUp(turn)
      emit(turn, { type: 'timer_cleared', id: unansweredTimer(turn) })
      if (action.type === 'close') emit(turn, { type: 'ticket_closed', id: ticket.id, by })
      else emit(turn, { type: 'ticket_released', id: ticket.id, reason: 'handed_back' })
      say(turn, action.type === 'close' ? 'he-thong.da-dong' : 'he-thong.tro-lai')
      return flush(turn)
    default:
      return action satisfies never
  }
}

/** A question from before the human came would take a later "1" for its answer. */
function giveUp(turn: Turn): void {
  if (turn.state.confirm) emit(turn, { type: 'confirm_cleared' })
  if (turn.state.session) emit(turn, { type: 'session_ended', reason: 'replaced' })
}

function take(turn: Turn, by: string): void {
  const ticket = turn.state.ticket!
  if (ticket.heldBy === by) return
  emit(turn, { type: 'ticket_taken', id: ticket.id, by })
  emit(turn, { type: 'timer_set', id: unansweredTimer(turn), kind: 'unanswered', dueAt: turn.at + HOLD_MS })
  say(turn, 'he-thong.nguoi-da-vao')
  flush(turn)
}
