import { toLine } from '../authoring/play.ts'
import { Rehearsal } from '../authoring/rehearsal.ts'
import { SAMPLE_SERVICE } from '../authoring/service-words.ts'
import { type InputLine, printLine, type TranscriptLine } from '../authoring/transcript.ts'
import type { Book } from '../engine/book.ts'
import type { Event } from '../engine/event.ts'
import type { Directory } from '../engine/facts.ts'
import { type Composed, compose } from '../engine/fill.ts'

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

/** A conversation in memory. It keeps the player's clock and ids, so that what is saved plays back the same. */
export function openTalk(book: Book, directory: Directory): Talk {
  const lines: TranscriptLine[] = []
  const words = new Map<string, string>()
  const rehearsal = new Rehearsal(book, directory)

  return { lines, step }

  function step(line: InputLine): readonly Heard[] {
    if (line.type === 'at' && lines.at(-1)?.type === 'at') lines.pop()
    lines.push(line)
    const events = rehearsal.step(line)
    for (const one of events) if ('words' in one && one.words) words.set(one.words.id, one.words.text)
    return events.flatMap(hear)
  }

  function hear(event: Event): readonly Heard[] {
    const output = toLine(event)
    if (output) lines.push(output)
    switch (event.type) {
      case 'message_queued': {
        const { known: directory, at: now, state } = rehearsal
        const answer = (id: string) => words.get(id)
        const context = { book, directory, pronoun: state.pronoun, now, service: SAMPLE_SERVICE, answer }
        return [{ type: 'bot', composed: compose(event.message, context) }]
      }
      case 'staff_line_queued':
        return [{ type: 'staff', text: event.words.text }]
      default:
        return output ? [{ type: 'note', text: printLine(output) }] : []
    }
  }
}
