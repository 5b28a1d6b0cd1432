import type { Instant } from '../engine/content.ts'
import { instantOf, localTime } from '../engine/hours.ts'

export type Gate =
  | { type: 'send' }
  | { type: 'hold'; until: Instant; reason: string }
  | { type: 'drop'; reason: string }

/** The state of the person an unprompted message is for, and of the service. */
export interface GateFacts {
  /** A lead stopped all unprompted sending. */
  switchedOff: boolean
  stopped: boolean
  reachable: boolean
  /** Until when an emergency keeps campaigns, quizzes and reminders away; null: none did. */
  quietUntil: Instant | null
  /** Is a ticket open. */
  ticket: boolean
  /** When a question was asked that still waits for its answer. */
  askedAt: Instant | null
}

const FROM = 7 * 60
const TO = 21 * 60
const FRESH_MS = 30 * 60_000
const LATER_MS = 60 * 60_000

/**
 * May an unprompted message leave now? Asked when it is claimed for sending, not when it was queued: hours
 * (07:00–21:00 in Vietnam), the leads' switch, "dừng", the days after an emergency, an open ticket, a question so fresh that the message would steal its answer.
 */
export function gate(facts: GateFacts, now: Instant): Gate {
  if (facts.stopped) return { type: 'drop', reason: 'stopped' }
  if (!facts.reachable) return { type: 'drop', reason: 'unreachable' }
  if (facts.switchedOff) return { type: 'hold', until: now + LATER_MS, reason: 'switched_off' }
  const t = localTime(now)
  if (t.minutes < FROM) return { type: 'hold', until: instantOf(t.year, t.month, t.day, FROM), reason: 'hours' }
  if (t.minutes >= TO) return { type: 'hold', until: instantOf(t.year, t.month, t.day + 1, FROM), reason: 'hours' }
  if (facts.quietUntil !== null && now < facts.quietUntil)
    return { type: 'hold', until: facts.quietUntil, reason: 'crisis' }
  if (facts.ticket) return { type: 'hold', until: now + LATER_MS, reason: 'ticket' }
  if (facts.askedAt !== null && now < facts.askedAt + FRESH_MS)
    return { type: 'hold', until: facts.askedAt + FRESH_MS, reason: 'question' }
  return { type: 'send' }
}
