import { toLine } from '../src/authoring/play.ts'
import { Rehearsal } from '../src/authoring/rehearsal.ts'
import type { InputLine, Transcript } from '../src/authoring/transcript.ts'
import { isInput, printLine } from '../src/authoring/transcript.ts'
import type { Book } from '../src/engine/book.ts'
import { labelText } from '../src/engine/choose.ts'
import type { Event } from '../src/engine/event.ts'
import type { Directory } from '../src/engine/facts.ts'
import { samePhrase } from '../src/engine/text.ts'
import { match } from '../src/engine/triggers.ts'

/** What is on the person's screen when they write or press. */
interface Screen {
  /**
   * The names of the choices that wait. One that is a word of its own everywhere, such as “Gặp người”, is left out: typed,
   * it does more than its button.
   */
  labels: readonly string[]
  /** The choices shown last are of a question that waits no more: only a button can still mean one of them. */
  over: boolean
  /** How many choices were shown last. */
  shown: number
}

/** The same person in another way: without marks, on a channel without buttons, or with buttons alone. */
export type Rendition = (line: InputLine, screen: Screen) => InputLine

/** As somebody types on a telephone without a Vietnamese keyboard. */
export const withoutMarks: Rendition = (line) =>
  line.type === 'text' ? { type: 'text', text: stripMarks(line.text) } : line

/** As on Zalo, which has no buttons: each choice is a numbered line. A press on what is over is nothing that can be typed. */
export const byNumber: Rendition = (line, { over, shown }) =>
  line.type === 'press' && !over && line.position <= shown ? { type: 'text', text: String(line.position) } : line

/** As on Telegram and the web chat: whoever typed the number or the name of a choice presses its button. */
export const byButton: Rendition = (line, { labels }) => {
  if (line.type !== 'text') return line
  const named = labels.findIndex((label) => label !== '' && samePhrase(label, line.text)) + 1
  const position = /^[1-9]$/.test(line.text) ? Number(line.text) : named
  return position >= 1 && position <= labels.length ? { type: 'press', position } : line
}

export function stripMarks(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .normalize('NFC')
}

/** Where a rendition led elsewhere: the line as it was written, what was to happen and what happened. */
export interface Parting {
  line: string
  expected: readonly string[]
  found: readonly string[]
}

export interface Replay {
  /** Null when each line led to the same words, the same choices and the same happenings. */
  parting: Parting | null
  /** Lines that this rendition says otherwise. */
  changed: number
  /** Lines of which the service asked first whether they were meant; after a yes all went on as it should. */
  askedBack: readonly string[]
}

const YES: InputLine = { type: 'text', text: 'co' }

/** Plays a golden conversation beside its rendition; a line of `asWritten` is left as it is. */
export function replay(
  transcript: Transcript,
  rendition: Rendition,
  book: Book,
  directory: Directory,
  asWritten: readonly string[] = [],
): Replay {
  const golden = new Rehearsal(book, directory)
  const other = new Rehearsal(book, directory)
  const nameOf = (label: string) => (match(book, label, ['verb', 'emergency']) ? '' : label)
  const askedBack: string[] = []
  let last: Extract<Event, { type: 'message_queued' }> | null = null
  let changed = 0
  for (const line of transcript.lines.filter(isInput)) {
    const { session, confirm } = golden.state
    const labels = confirm ? [] : (session?.options ?? []).map(({ label }) => nameOf(labelText(label, book, directory)))
    const waits = [session?.wait, confirm?.wait]
    const screen = {
      labels,
      over: last !== null && last.kind === 'answer' && !waits.includes(last.message.question),
      shown: last?.message.options?.length ?? 0,
    }
    const said = asWritten.includes(printLine(line)) ? line : rendition(line, screen)
    if (printLine(said) !== printLine(line)) changed += 1
    const events = golden.step(line)
    for (const event of events) if (event.type === 'message_queued' && event.message.options) last = event
    const expected = shown(events)
    let found = shown(other.step(said))
    if (
      expected.join('\n') !== found.join('\n') &&
      /^< he-thong\.xac-nhan\.\S+ \[co, khong\]$/.test(found.join('\n'))
    ) {
      askedBack.push(printLine(line))
      found = shown(other.step(YES))
    }
    if (expected.join('\n') !== found.join('\n'))
      return { parting: { line: printLine(line), expected, found }, changed, askedBack }
  }
  return { parting: null, changed, askedBack }
}

/**
 * Without what only says that typed words, unlike a press, are closed to staff. Which topics come nearest to a text that
 * nothing else understood hangs on every word of the library; that some are proposed, and a person, does not.
 */
function shown(events: readonly Event[]): readonly string[] {
  return events.flatMap((event) => {
    const line = event.type === 'line_closed' ? null : toLine(event)
    return line === null ? [] : [printLine(line).replace(PROPOSED, '$1[…, ')]
  })
}

const PROPOSED = /^(< (?:\S+ \+ )*y-ban-la\.hoi )\[(?:[a-z0-9-]+, )*?(?=gap-nguoi, khong-phai\])/

export interface Walk {
  /** Flows of which a step was taken. */
  walked: ReadonlySet<string>
  /** Flows of which a choice was taken. */
  chosen: ReadonlySet<string>
  /** What the person typed. */
  words: readonly string[]
}

/** Which flows a golden conversation comes through, and where in them a choice was taken. */
export function walk(transcript: Transcript, book: Book, directory: Directory): Walk {
  const rehearsal = new Rehearsal(book, directory)
  const walked = new Set<string>()
  const chosen = new Set<string>()
  const words: string[] = []
  for (const line of transcript.lines.filter(isInput)) {
    const waiting = rehearsal.state.session?.runs.at(-1)
    const choices = rehearsal.state.session?.options.length ?? 0
    if (line.type === 'text') words.push(line.text)
    for (const event of rehearsal.step(line)) {
      if (event.type !== 'moved') continue
      walked.add(event.flow)
      if (choices > 0 && event.flow === waiting?.flow && event.node === waiting.node) chosen.add(event.flow)
    }
  }
  return { walked, chosen, words }
}
