import type { Instant } from '../engine/content.ts'
import { type Conversation, emptyConversation } from '../engine/conversation.ts'
import { EVENT_VERSION, type Event } from '../engine/event.ts'

/** The conversation as its column holds it; contact and seq have columns of their own. */
export type Body = Omit<Conversation, 'contact' | 'seq'>

const FORMAT = 1 satisfies Conversation['format']

/** How a body of one format becomes one of the next; the first release wrote format 1. */
const UPGRADES: Readonly<Record<number, (body: Readonly<Record<string, unknown>>) => Record<string, unknown>>> = {}

/** How the body of an event of one version becomes one of the next. */
const EVENT_UPGRADES: Readonly<Record<number, (event: Readonly<Record<string, unknown>>) => Record<string, unknown>>> =
  {}

/** Something stored that this release cannot read: a newer one wrote it, or it is damaged. It says nothing of its content. */
export class Unreadable extends Error {
  override name = 'Unreadable'
}

/**
 * A stored conversation as this release knows it.
 * @throws Unreadable for a format of a later release, or none
 */
export function upgradeConversation(stored: string): Body {
  const body = upgrade(parse(stored), 'format', FORMAT, UPGRADES)
  const { contact: _, seq: __, ...empty } = emptyConversation('')
  return { ...empty, ...body, format: FORMAT }
}

/**
 * A stored event as this release knows it.
 * @throws Unreadable for a version of a later release
 */
export function upgradeEvent({ version, body }: { version: number; body: string }): Event {
  const { version: _, ...event } = upgrade({ ...parse(body), version }, 'version', EVENT_VERSION, EVENT_UPGRADES)
  if (typeof event.type !== 'string') throw new Unreadable('an event without a type')
  return event as Event
}

/** What of a conversation stands in the way of writing to somebody unasked. */
export interface Wishes {
  /** Until when an emergency keeps everything away. */
  quietUntil: Instant | null
  muted: boolean
  /** The part of the day they chose for it. */
  hours: string | null
}

/** Of a conversation that cannot be read nothing is known, and nothing unasked may go there. */
export function wishesIn(stored: string): Wishes {
  try {
    const { quietUntil = null, muted = null, answers } = upgradeConversation(stored)
    const hours = answers.reminder_hours
    return { quietUntil, muted: muted !== null, hours: hours?.type === 'code' ? hours.value : null }
  } catch {
    return { quietUntil: null, muted: true, hours: null }
  }
}

/** How the person speaks of themselves; unknown while the conversation cannot be read. */
export function pronounIn(stored: string): string | null {
  try {
    return upgradeConversation(stored).pronoun
  } catch {
    return null
  }
}

function upgrade(
  stored: Readonly<Record<string, unknown>>,
  name: string,
  current: number,
  steps: typeof UPGRADES,
): Readonly<Record<string, unknown>> {
  let from = Number(stored[name])
  let body = stored
  for (; from < current && steps[from]; from++) body = steps[from]!(body)
  if (from !== current)
    throw new Unreadable(`${name} ${Number.isInteger(from) ? from : 'unknown'}, this release reads up to ${current}`)
  return body
}

function parse(stored: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(stored)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // The parser's message would quote the content.
  }
  throw new Unreadable('no object')
}
