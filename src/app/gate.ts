import type { Instant } from '../engine/content.ts'
import type { Calendar } from '../engine/facts.ts'
import { nextCalm, type Window } from '../engine/visits/calm.ts'

export type Gate =
  | { type: 'send' }
  | { type: 'hold'; until: Instant; reason: string }
  | { type: 'drop'; reason: string }

/** The state of the person an unprompted message is for, and of the service. */
export interface GateFacts {
  /** A lead stopped all unprompted sending. */
  switchedOff: boolean
  stopped: boolean
  /** Staff noted that this person is not to be written to. */
  muted: boolean
  reachable: boolean
  /** The hours in which the person may be written to, and the public holidays. */
  window: Window
  calendar: Calendar
  /** Until when an emergency keeps campaigns, quizzes and reminders away; null: none did. */
  quietUntil: Instant | null
  /** Is a ticket open. */
  ticket: boolean
  /** When a question was asked that still waits for its answer. */
  askedAt: Instant | null
  /** A reminder of something on a fixed day: said also during a talk, and rather in the midst of a question than not at all. */
  mustBeKnown: boolean
  /** Staff hold back the message to many that it belongs to, or ended it. */
  halted: 'paused' | 'stopped' | null
  /** From then on it helps nobody; null: it always does. */
  expiresAt: Instant | null
}

const FRESH_MS = 30 * 60_000
const LATER_MS = 60 * 60_000

/**
 * May an unprompted message leave now? Asked when it is claimed for sending, not when it was queued: the leads' switch,
 * "dừng", a mute, the days after an emergency, the person's hours and holidays, an open ticket, a question so fresh
 * that the message would steal its answer. What could only leave when it helps nobody any more is dropped.
 */
export function gate(facts: GateFacts, now: Instant): Gate {
  if (facts.stopped) return { type: 'drop', reason: 'stopped' }
  if (facts.halted === 'stopped') return { type: 'drop', reason: 'broadcast_stopped' }
  if (facts.muted) return { type: 'drop', reason: 'muted' }
  if (!facts.reachable) return { type: 'drop', reason: 'unreachable' }
  const expiresAt = facts.expiresAt ?? Number.POSITIVE_INFINITY
  if (now >= expiresAt) return { type: 'drop', reason: 'too_late' }
  const verdict = standing(facts, now)
  if (verdict.type !== 'hold' || verdict.until < expiresAt) return verdict
  const soft = facts.mustBeKnown && verdict.reason === 'question'
  return soft ? { type: 'send' } : { type: 'drop', reason: `too_late:${verdict.reason}` }
}

function standing(facts: GateFacts, now: Instant): Exclude<Gate, { type: 'drop' }> {
  if (facts.switchedOff) return { type: 'hold', until: now + LATER_MS, reason: 'switched_off' }
  if (facts.halted === 'paused') return { type: 'hold', until: now + LATER_MS, reason: 'paused' }
  const calm = nextCalm(now, facts.window, facts.calendar)
  if (calm > now) return { type: 'hold', until: calm, reason: 'hours' }
  if (facts.quietUntil !== null && now < facts.quietUntil)
    return { type: 'hold', until: facts.quietUntil, reason: 'crisis' }
  if (facts.ticket && !facts.mustBeKnown) return { type: 'hold', until: now + LATER_MS, reason: 'ticket' }
  if (facts.askedAt !== null && now < facts.askedAt + FRESH_MS)
    return { type: 'hold', until: facts.askedAt + FRESH_MS, reason: 'question' }
  return { type: 'send' }
}
