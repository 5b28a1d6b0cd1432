import type { Book } from '../../src/engine/book.ts'
import { type Conversation, emptyConversation, type InboundEvent, type Timer } from '../../src/engine/conversation.ts'
import { decide } from '../../src/engine/decide.ts'
import type { Event } from '../../src/engine/event.ts'
import { fold } from '../../src/engine/evolve.ts'
import type { Directory } from '../../src/engine/facts.ts'
import { instantOf } from '../../src/engine/hours.ts'
import { book, directory, RECEIPT } from './converse.ts'

/** Monday 30/11/2026, 09:00: the week after the holiday. */
export const START = instantOf(2026, 11, 30, 9 * 60)
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** Somebody with a clock and timers of their own; what was queued leaves at once, unless told otherwise. */
export class CourseTalk {
  readonly #book: Book
  readonly #where: Directory
  readonly #timers = new Map<string, Timer>()
  readonly #sent = new Map<string, number>()
  /** False: nothing leaves the outbox, as while the gate holds it. */
  leaves = true
  at = START
  last: readonly Event[] = []
  state: Conversation

  constructor(its: Book = book, start: Conversation = emptyConversation('c'), where: Directory = directory) {
    this.#book = its
    this.#where = where
    this.state = start
  }

  receive(event: InboundEvent): readonly Event[] {
    this.at += 1_000
    const sent = new Set(this.#sent.keys())
    const known = { directory: this.#where, receipt: RECEIPT, lastMessageAt: null, sent, sentAt: this.#sent }
    const inbound = { key: `k${this.state.seq + 1}`, contact: 'c', at: this.at, event }
    this.last = decide(this.#book, this.state, known, inbound)
    this.state = fold(this.state, this.last)
    for (const one of this.last) {
      if (one.type === 'timer_cleared') this.#timers.delete(one.id)
      if (one.type === 'timer_set') this.#timers.set(one.id, { id: one.id, kind: one.kind, dueAt: one.dueAt })
      if (one.type === 'message_queued' && this.leaves) this.#sent.set(one.id, this.at)
    }
    return this.last
  }

  /** A message of another kind has left as well. */
  left(id: string): this {
    this.#sent.set(id, this.at)
    return this
  }

  say(...texts: readonly string[]): readonly Event[] {
    return texts.flatMap((text) => this.receive({ type: 'message', text }))
  }

  press(question: number, id: string): readonly Event[] {
    return this.receive({ type: 'message', text: '', choice: `${question}.${id}` })
  }

  /** Lets time pass; what falls due on the way happens when it does. */
  pass(milliseconds: number): readonly Event[] {
    const until = this.at + milliseconds
    const happened: Event[] = []
    for (let timer = this.#next(until); timer; timer = this.#next(until)) {
      this.#timers.delete(timer.id)
      this.at = Math.max(this.at, timer.dueAt)
      happened.push(...this.receive({ type: 'timer', timer }))
    }
    this.at = Math.max(this.at, until)
    return happened
  }

  #next(until: number): Timer | undefined {
    return [...this.#timers.values()].filter(({ dueAt }) => dueAt <= until).sort((a, b) => a.dueAt - b.dueAt)[0]
  }

  get timers(): readonly Timer[] {
    return [...this.#timers.values()]
  }

  /** Begins a course by its place in the list, at a pace by its place, at an hour as it is typed. */
  begin(course = '1', pace = '1', hour = '8h'): this {
    this.say('chào', 'khoá học', course, pace, hour)
    return this
  }
}

export const said = (events: readonly Event[]): readonly string[] =>
  events.flatMap((one) => (one.type === 'message_queued' ? one.message.blocks.map(({ key }) => key) : []))

export const NOTICE = 'bai-hoc.moi.kin'
export const notices = (events: readonly Event[]): number => said(events).filter((key) => key === NOTICE).length
