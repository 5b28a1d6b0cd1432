import type { Conversation, Inbound } from '../engine/conversation.ts'
import { decide } from '../engine/decide.ts'
import type { Event, EventType } from '../engine/event.ts'
import type { Facts } from '../engine/facts.ts'
import { openTicket, serviceBroke } from '../engine/ticket.ts'
import { beginTurn, emit, flush, nextId, prose, type Turn } from '../engine/turn.ts'
import { Unreadable } from '../store/versions.ts'
import type { App } from './app.ts'
import { errorName } from './error-name.ts'
import { talkBook } from './talk-book.ts'

/** A fault in `decide` parks the inbound: the person gets the emergency numbers, and a ticket is opened. */
export function decideSafely(app: App, before: Conversation, facts: Facts, inbound: Inbound): readonly Event[] {
  const turn = beginTurn(talkBook(app), before, facts, inbound)
  try {
    const events = decide(talkBook(app), before, facts, inbound)
    if (inbound.event.type !== 'message' || events.some((one) => ANSWERS.has(one.type))) return events
    // Words were lost: what was decided still holds, but the person must hear something.
    for (const one of events) emit(turn, one)
    noteParked(app, inbound, 'silence')
    serviceBroke(turn, 'silence')
  } catch (error) {
    // A counsellor sees that the click failed and still has the words.
    if (inbound.event.type === 'staff') throw error
    noteParked(app, inbound, errorName(error))
    park(turn)
  }
  return turn.events
}

/** One of these stands in every turn that a person began: it is answered by the bot, or a human reads it. */
const ANSWERS: ReadonlySet<EventType> = new Set(['message_queued', 'message_relayed', 'contact_erased'])

function noteParked(app: App, inbound: Inbound, error: string): void {
  app.metrics.parked.inc()
  app.log.error({ event: 'turn_parked', kind: inbound.event.type, error })
}

/**
 * A conversation that only a later release can read stays as it is: the words are kept, the person gets the emergency
 * numbers, and a task asks a human, until it can be read again.
 */
export function parkUnread(app: App, before: Conversation, facts: Facts, inbound: Inbound): readonly Event[] {
  const { event, at } = inbound
  if (event.type === 'staff' || (event.type === 'timer' && event.timer.kind === 'retention'))
    throw new Unreadable('conversation')
  const turn = beginTurn(talkBook(app), before, facts, inbound)
  noteParked(app, inbound, 'unreadable')
  noteArrival(turn)
  emit(turn, { type: 'parked', reason: 'unreadable' })
  const about = event.type === 'delivery' ? event.outbound : null
  emit(turn, { type: 'task_opened', id: `${about ?? nextId(turn)}:task`, reason: 'unreadable', about, at })
  if (event.type !== 'message') return turn.events
  turn.blocks = [{ key: 'he-thong.loi' }]
  flush(turn)
  return turn.events
}

function noteArrival(turn: Turn): void {
  const { event } = turn.inbound
  if (event.type === 'timer') emit(turn, { type: 'timer_fired', timer: event.timer.id, kind: event.timer.kind })
  if (event.type === 'message' && event.text !== '')
    emit(turn, { type: 'message_received', words: prose(turn, event.text) })
}

function park(turn: Turn): void {
  const { event } = turn.inbound
  noteArrival(turn)
  if (event.type === 'message' || event.type === 'timer') return serviceBroke(turn, 'decide_failed')
  // Nobody waits for an answer to this one; a message whose own fate failed again would go round for ever.
  emit(turn, { type: 'parked', reason: 'decide_failed' })
  openTicket(turn, 'service_error', 'urgent')
}
