import { toLine } from '../authoring/play.ts'
import { SAMPLE_SERVICE } from '../authoring/service-words.ts'
import { type InputLine, printLine, type TranscriptLine } from '../authoring/transcript.ts'
import type { Book } from '../engine/book.ts'
import type { Option } from '../engine/content.ts'
import { emptyConversation, type InboundEvent } from '../engine/conversation.ts'
import { decide } from '../engine/decide.ts'
import type { Event } from '../engine/event.ts'
import { fold } from '../engine/evolve.ts'
import type { Directory } from '../engine/facts.ts'
import { type Composed, compose } from '../engine/fill.ts'
import { instantOf } from '../engine/hours.ts'

/** What a line of the transcript brings to the screen. */
export type Heard =
  | { type: 'bot'; composed: Composed }
  | { type: 'staff'; text: string }
  /** Something that happened and is not said, as the transcript writes it. */
  | { type: 'note'; text: string }

export interface Talk {
  /** Everything so far, ready to be printed as a golden conversation. */
  readonly lines: readonly TranscriptLine[]
  step(line: InputLine): readonly Heard[]
}

const CONTACT = 'mau'
const RECEIPT = 'MAU-0000'
const STEP_MS = 1_000

/** A conversation in memory. It keeps the player's clock and ids, so that what is saved plays back the same. */
export function openTalk(book: Book, directory: Directory): Talk {
  const lines: TranscriptLine[] = []
  const words = new Map<string, string>()
  let state = emptyConversation(CONTACT)
  let shown: { question: number; options: readonly Option[] } = { question: 0, options: [] }
  let known = directory
  let at = 0
  let lastMessageAt: number | null = null

  return { lines, step }

  function step(line: InputLine): readonly Heard[] {
    if (line.type === 'at' && lines.at(-1)?.type === 'at') lines.pop()
    lines.push(line)
    switch (line.type) {
      case 'at':
        at = toInstant(line.day, line.time)
        return []
      case 'points':
        known = line.points === 'none' ? { ...directory, points: [], clubs: [] } : directory
        return []
      case 'slip':
        return []
      default:
        return turn(toEvent(line))
    }
  }

  function turn(event: InboundEvent): readonly Heard[] {
    at += STEP_MS
    const inbound = { key: `${CONTACT}:${state.seq + 1}`, contact: CONTACT, at, event }
    const events = decide(book, state, { directory: known, receipt: RECEIPT, lastMessageAt }, inbound)
    state = fold(state, events)
    if (event.type === 'message') lastMessageAt = at
    for (const one of events) if ('words' in one && one.words) words.set(one.words.id, one.words.text)
    return events.flatMap(hear)
  }

  function hear(event: Event): readonly Heard[] {
    const output = toLine(event)
    if (output) lines.push(output)
    switch (event.type) {
      case 'message_queued': {
        const { options, question } = event.message
        if (options !== undefined) shown = { question: question ?? 0, options }
        const { pronoun } = state
        const answer = (id: string) => words.get(id)
        const context = { book, directory: known, pronoun, now: at, service: SAMPLE_SERVICE, answer }
        return [{ type: 'bot', composed: compose(event.message, context) }]
      }
      case 'staff_line_queued':
        return [{ type: 'staff', text: event.words.text }]
      default:
        return output ? [{ type: 'note', text: printLine(output) }] : []
    }
  }

  function toEvent(line: Exclude<InputLine, { type: 'at' | 'points' | 'slip' }>): InboundEvent {
    switch (line.type) {
      case 'text':
        return { type: 'message', text: line.text }
      case 'press': {
        const id = shown.options[line.position - 1]?.id ?? 'khong-co'
        return { type: 'message', text: '', choice: `${shown.question}.${id}` }
      }
      case 'media':
        return { type: 'message', text: '', media: line.media }
      case 'staff': {
        const action = line.action === 'reply' ? { type: line.action, text: line.text } : { type: line.action }
        return { type: 'staff', by: line.by, action }
      }
      default:
        return line satisfies never
    }
  }
}

function toInstant(day: string, time: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return instantOf(year, month, date, hours * 60 + minutes)
}
