import { tellsOwn } from './accompany/plan.ts'
import type { Book } from './book.ts'
import type { Block, Id, Instant, Message, Option } from './content.ts'
import type { Conversation, Inbound, Prose } from './conversation.ts'
import { isOfCourse } from './courses/course.ts'
import type { Event, Lane, OutboundKind } from './event.ts'
import { evolve } from './evolve.ts'
import type { Facts } from './facts.ts'
import { fillsFor, placeholders } from './fill.ts'
import { tellsTry } from './quiz/contest-try.ts'
import { wordsOf } from './safe-card.ts'

/** The work of one turn: events so far, the conversation they give, and what is about to be said. */
export interface Turn {
  readonly book: Book
  readonly facts: Facts
  readonly inbound: Inbound
  readonly at: Instant
  readonly events: Event[]
  state: Conversation
  blocks: Block[]
  /** Words to be said just before the question this turn ends with. */
  aside: string | null
  /** Topics and flows that the text of this turn most likely asked for. */
  suggested: readonly string[]
}

export function beginTurn(book: Book, before: Conversation, facts: Facts, inbound: Inbound): Turn {
  return {
    book,
    facts,
    inbound,
    at: inbound.at,
    events: [],
    state: { ...before, seq: before.seq + 1 },
    blocks: [],
    aside: null,
    suggested: [],
  }
}

export function emit(turn: Turn, event: Event): void {
  turn.events.push(event)
  turn.state = evolve(turn.state, event)
}

/** Ids are computed, so a retried turn makes the same ones. */
export function nextId(turn: Turn): Id {
  return `${turn.state.contact}.${turn.state.seq}.${turn.events.length}`
}

export function prose(turn: Turn, text: string): Prose {
  return { id: nextId(turn), text }
}

/** Adds a passage to what this turn says; a key without words is left out. */
export function say(turn: Turn, key: string): void {
  const words = turn.book.words(key, turn.state.locale)
  if (!words || words.length === 0) return
  const fills = fillsFor(placeholders(words), turn.state, turn.facts, turn.at)
  turn.blocks.push(Object.keys(fills).length > 0 ? { key, fills } : { key })
}

/** Leaves room for fills and for words that grow by a correction: Zalo carries 2,000. */
const BUDGET = 1_500

/** Queues what was said: as one message where it fits, the choices with the last. */
export function flush(
  turn: Turn,
  options: readonly Option[] = [],
  lane: Lane = 'conversation',
  kind: OutboundKind = 'answer',
  dueAt?: Instant,
): void {
  const ofCourse = turn.blocks.some(({ key }) => isOfCourse(key))
  const groups: Block[][] = []
  let size = 0
  for (const block of turn.blocks) {
    const length = measure(turn, block)
    const last = groups.at(-1)
    if (last && size + length <= BUDGET) {
      last.push(block)
      size += length
    } else {
      groups.push([block])
      size = length
    }
  }
  turn.blocks = []
  // Words may be missing, a question may not: its choices still go out.
  if (groups.length === 0 && options.length > 0) groups.push([{ key: 'he-thong.lai.choice' }])
  for (const [i, blocks] of groups.entries()) {
    const message: Message =
      i === groups.length - 1 && options.length > 0 ? { blocks, options, question: turn.state.seq } : { blocks }
    const due = dueAt === undefined ? {} : { dueAt }
    const own = ofCourse || blocks.some(({ fills }) => tellsOwn(fills) || tellsTry(fills)) ? { own: true as const } : {}
    emit(turn, { type: 'message_queued', id: nextId(turn), lane, kind, message: { ...message, ...own }, ...due })
  }
}

/** Typical lengths of the fills that are longer than their names. */
const LONG_FILLS: Readonly<Record<string, number>> = {
  sources: 260,
  points: 900,
  facilities_now: 300,
  point: 260,
  topic: 40,
  commune: 40,
  quiz_question: 160,
  quiz_why: 200,
  quiz_right: 80,
  contest_question: 160,
  contest_title: 80,
  contest_prize: 160,
  contest_prize_at: 120,
  own_help: 240,
  course_about: 320,
  plan_goal: 200,
  plan_step: 200,
  plan_people: 200,
  plan_shaky: 200,
  plan_helps: 200,
}

function measure(turn: Turn, block: Block): number {
  const words = wordsOf(turn.book, block.key, turn.state.locale)
  const fills = placeholders(words).reduce((sum, name) => sum + (LONG_FILLS[name] ?? 20), 0)
  return words.reduce((sum, paragraph) => sum + paragraph.length + 2, 0) + fills
}
