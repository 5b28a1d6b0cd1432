import type { Book } from '../engine/book.ts'
import type { Option } from '../engine/content.ts'
import type { Inbound, InboundEvent } from '../engine/conversation.ts'
import { emptyConversation } from '../engine/conversation.ts'
import { decide } from '../engine/decide.ts'
import type { Event } from '../engine/event.ts'
import { fold } from '../engine/evolve.ts'
import type { Directory, SlipFact } from '../engine/facts.ts'
import { instantOf } from '../engine/hours.ts'
import type { InputLine, OutputLine, Transcript, TranscriptLine } from './transcript.ts'
import { isInput } from './transcript.ts'

export interface Played {
  transcript: Transcript
  /** `flow/node/route`, as walked. */
  routes: ReadonlySet<string>
}

const CONTACT = 'mau'
const RECEIPT = 'MAU-0000'
/** Lines of one minute follow each other by seconds, so that order is never in doubt. */
const STEP_MS = 1_000

/** Plays what the person and the staff do, and writes down what the service does. */
export function play(transcript: Transcript, book: Book, directory: Directory): Played {
  const lines: TranscriptLine[] = []
  const routes = new Set<string>()
  let state = emptyConversation(CONTACT)
  let shown: { question: number; options: readonly Option[] } = { question: 0, options: [] }
  let known = directory
  let at = 0
  let lastMessageAt: number | null = null
  let slip: SlipFact['state'] | null = null
  for (const line of transcript.lines.filter(isInput)) {
    lines.push(line)
    if (line.type === 'at') {
      at = toInstant(line.day, line.time)
      continue
    }
    if (line.type === 'points') {
      known = line.points === 'none' ? { ...directory, points: [], clubs: [] } : directory
      continue
    }
    if (line.type === 'slip') {
      slip = line.state
      continue
    }
    at += STEP_MS
    const event = toEvent(line, shown)
    const inbound: Inbound = { key: `${CONTACT}:${state.seq + 1}`, contact: CONTACT, at, event }
    const facts = {
      directory: known,
      receipt: RECEIPT,
      lastMessageAt,
      ...(slip === null ? {} : { slip: factOf(slip) }),
    }
    const events = decide(book, state, facts, inbound)
    state = fold(state, events)
    if (event.type === 'message') lastMessageAt = at
    for (const one of events) {
      if (one.type === 'moved') routes.add(`${one.flow}/${one.node}/${one.route}`)
      if (one.type === 'message_queued') {
        const { options, question } = one.message
        if (options !== undefined) shown = { question: question ?? 0, options }
      }
      const output = toLine(one)
      if (output) lines.push(output)
    }
  }
  return { transcript: { title: transcript.title, lines }, routes }
}

function factOf(state: SlipFact['state']): SlipFact {
  return state === 'open' ? { state, code: 'phieu', walkIn: 'khach', point: 'diem' } : { state }
}

function toInstant(day: string, time: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return instantOf(year, month, date, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
}

function toEvent(
  line: Exclude<InputLine, { type: 'at' | 'points' | 'slip' }>,
  shown: { question: number; options: readonly Option[] },
): InboundEvent {
  switch (line.type) {
    case 'text':
      return { type: 'message', text: line.text }
    case 'press': {
      const option = shown.options[line.position - 1]
      return { type: 'message', text: '', choice: `${shown.question}.${option?.id ?? 'khong-co'}` }
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

/** What a reader of a golden conversation must see; bookkeeping stays out. */
export function toLine(event: Event): OutputLine | null {
  const happened = (...words: readonly string[]): OutputLine => ({ type: 'happened', event: words.join(' ') })
  switch (event.type) {
    case 'message_queued':
      return {
        type: 'said',
        keys: event.message.blocks.map((block) => block.key),
        options: (event.message.options ?? []).map((option) => option.id),
      }
    case 'ticket_opened':
    case 'ticket_raised':
      return happened(event.type, event.priority, event.reason)
    case 'ticket_taken':
      return happened(event.type, event.by)
    case 'ticket_released':
    case 'session_ended':
    case 'task_opened':
    case 'parked':
      return happened(event.type, event.reason)
    case 'form_submitted':
      return happened(event.type, event.form, ...Object.keys(event.values).sort())
    case 'pronoun_noticed':
      return happened(event.type, event.pronoun)
    case 'chat_linked':
    case 'ticket_closed':
    case 'staff_line_queued':
    case 'message_relayed':
    case 'contact_erased':
    case 'contact_stopped':
    case 'contact_resumed':
      return happened(event.type)
    default:
      return null
  }
}
