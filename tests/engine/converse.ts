import { load } from '../../src/authoring/load.ts'
import { printProblem } from '../../src/authoring/problem.ts'
import { SAMPLE_SERVICE } from '../../src/authoring/service-words.ts'
import { readAuthored } from '../../src/cli/files.ts'
import type { Book, Node } from '../../src/engine/book.ts'
import type { Option } from '../../src/engine/content.ts'
import type { Conversation, InboundEvent, Media, StaffAction } from '../../src/engine/conversation.ts'
import { emptyConversation } from '../../src/engine/conversation.ts'
import { decide } from '../../src/engine/decide.ts'
import type { Event } from '../../src/engine/event.ts'
import { fold } from '../../src/engine/evolve.ts'
import type { Directory } from '../../src/engine/facts.ts'
import { type Composed, compose } from '../../src/engine/fill.ts'
import { instantOf } from '../../src/engine/hours.ts'

const loaded = load(readAuthored())
if ('problems' in loaded) throw new Error(loaded.problems.map(printProblem).join('\n'))

export const { book } = loaded
export const directory: Directory = loaded.directory
/** Monday 23/11/2026, 09:00. */
export const MONDAY = instantOf(2026, 11, 23, 9 * 60)
export const RECEIPT = 'ABCDE-FGHJK'

export interface Turned {
  before: Conversation
  after: Conversation
  events: readonly Event[]
}

/** One turn of a conversation that has come this far. */
export function turn(
  before: Conversation,
  event: InboundEvent,
  at: number,
  with_: Book = book,
  where: Directory = directory,
): Turned {
  const facts = { directory: where, receipt: RECEIPT, lastMessageAt: null, service: SAMPLE_SERVICE }
  const inbound = { key: `k${before.seq + 1}`, contact: before.contact, at, event }
  const events = decide(with_, before, facts, inbound)
  return { before, after: fold(before, events), events }
}

export interface Conversing {
  readonly state: Conversation
  /** The events of the last turn. */
  readonly events: readonly Event[]
  /** Keys of what the last turn said, in order. */
  readonly said: readonly string[]
  /** Ids of the choices shown last. */
  readonly options: readonly string[]
  send(text: string, more?: { choice?: string; edited?: true; media?: Media }): Conversing
  /** Presses the nth choice shown last; the label comes with it as a channel sends it. */
  press(position: number): Conversing
  media(media: Media): Conversing
  staff(by: string, action: StaffAction): Conversing
  receive(event: InboundEvent): Conversing
  wait(minutes: number): Conversing
  /** The next rung of the ladder comes due. */
  rung(): Conversing
  /** The last turn's messages as a person reads them. */
  read(): readonly Composed[]
}

/** Somebody talking with the service; every step returns the same conversation. */
export function converse(
  with_: Book = book,
  start: Conversation = emptyConversation('c'),
  where: Directory = directory,
  from = MONDAY,
): Conversing {
  const words = new Map<string, string>()
  let state = start
  let events: readonly Event[] = []
  let shown: { question: number; options: readonly Option[] } = { question: 0, options: [] }
  let at = from
  const talk: Conversing = {
    get state() {
      return state
    },
    get events() {
      return events
    },
    get said() {
      return events.flatMap((e) => (e.type === 'message_queued' ? e.message.blocks.map((b) => b.key) : []))
    },
    get options() {
      return shown.options.map((o) => o.id)
    },
    receive(event) {
      at += 1_000
      const turned = turn(state, event, at, with_, where)
      state = turned.after
      events = turned.events
      for (const one of events) {
        if ('words' in one && one.words) words.set(one.words.id, one.words.text)
        if (one.type === 'message_queued')
          shown = { question: one.message.question ?? 0, options: one.message.options ?? [] }
      }
      return talk
    },
    send: (text, more = {}) => talk.receive({ type: 'message', text, ...more }),
    press(position) {
      const option = shown.options[position - 1]
      return talk.receive({ type: 'message', text: '', choice: `${shown.question}.${option?.id}` })
    },
    media: (media) => talk.receive({ type: 'message', text: '', media }),
    staff: (by, action) => talk.receive({ type: 'staff', by, action }),
    wait(minutes) {
      at += minutes * 60_000
      return talk
    },
    rung() {
      const dueAt = state.ticket?.ladder?.dueAt ?? at
      at = Math.max(at, dueAt - 1_000)
      return talk.receive({ type: 'timer', timer: { id: 'c:ladder', kind: 'ladder', dueAt } })
    },
    read: () =>
      events.flatMap((e) =>
        e.type === 'message_queued'
          ? [
              compose(e.message, {
                book: with_,
                directory: where,
                pronoun: state.pronoun,
                now: at,
                service: SAMPLE_SERVICE,
                answer: (id) => words.get(id),
              }),
            ]
          : [],
      ),
  }
  return talk
}

/** The kinds of the last turn's events. */
export function kinds(talk: Conversing): readonly string[] {
  return talk.events.map((event) => event.type)
}

type Nodes = Readonly<Record<string, Node>>

/** The real book with flows of a test's own beside its flows; the first node of each is where it starts. */
export function bookWith(flows: Readonly<Record<string, Nodes>>, more: Partial<Book> = {}): Book {
  return {
    ...book,
    flow(id, revision) {
      const nodes = flows[id]
      if (!nodes) return book.flow(id, revision)
      if (revision !== undefined && revision !== 'r1') return undefined
      return { id, revision: 'r1', title: id, safety: false, start: Object.keys(nodes)[0]!, nodes }
    },
    ...more,
  }
}

/** A question with the usual defaults. */
export function question(more: Partial<Extract<Node, { type: 'ask' }>>): Node {
  const words = { key: 'goi-lai.cau-khac' }
  return {
    type: 'ask',
    answer: 'choice',
    words,
    save: null,
    choices: [],
    from: null,
    next: null,
    unknown: null,
    ...more,
  }
}
