import type { ChannelName, Part } from '../channels/channel.ts'
import { toHtml, toPlain } from '../channels/render.ts'
import type { Book } from '../engine/book.ts'
import type { Message } from '../engine/content.ts'
import { emptyConversation, type Inbound, type InboundEvent } from '../engine/conversation.ts'
import { decide } from '../engine/decide.ts'
import type { Event } from '../engine/event.ts'
import type { Facts } from '../engine/facts.ts'
import { compose } from '../engine/fill.ts'
import { type Patch, revise } from '../engine/revised.ts'
import { beginTurn } from '../engine/turn.ts'
import { startFlow } from '../engine/walk.ts'
import type { App } from './app.ts'
import { serviceFacts } from './part.ts'

/** What the platforms take at most, counted as they count; a test compares it with the channels. */
export const TEXT_LIMITS: Readonly<Record<ChannelName, number>> = { telegram: 4096, zalo: 2000, webchat: 4000 }

/** One message as a channel would bring it. */
export interface PreviewMessage {
  channel: ChannelName
  /** Telegram: its HTML; Zalo: plain text with numbered choices; the web chat: text with `**bold**`. */
  text: string
  /** Buttons; none where choices are numbered lines of the text. */
  buttons: readonly string[]
  length: number
  limit: number
}

export interface PreviewPart {
  /** The part of a topic, or the key of a flow’s words. */
  name: string
  /** Are these words another than those that hold. */
  changed: boolean
  messages: readonly PreviewMessage[]
}

const WHO = 'xem-thu'
const TOPIC_FLOW = 'chu-de'

/** A topic as people get it who ask for it, and then read on: the engine’s own turns, with nothing kept or sent. */
export function previewTopic(app: App, patch: Patch, pronoun: string | null): readonly PreviewPart[] {
  const topic = patch.topic
  if (topic === null) return []
  const book = revise(app.book(), [patch])
  const facts: Facts = {
    directory: app.directory(),
    receipt: '',
    lastMessageAt: app.now(),
    service: serviceFacts(app),
  }
  const inbound = (event: InboundEvent, n: number): Inbound => ({
    key: `${WHO}:${n}`,
    contact: WHO,
    at: app.now(),
    event,
  })
  const part = (name: string, messages: readonly Message[]): PreviewPart => ({
    ...shown(app, book, name, messages, pronoun),
    changed: isChanged(app, book, `topic.${topic.id}.${name}`),
  })
  if (!book.flow(TOPIC_FLOW))
    return ['card', 'more'].map((name) => part(name, [{ blocks: [{ key: `topic.${topic.id}.${name}` }] }]))
  const before = {
    ...emptyConversation(WHO),
    introduced: true,
    pronoun,
    answers: { topic: { type: 'code' as const, value: topic.id } },
  }
  const turn = beginTurn(book, before, facts, inbound({ type: 'message', text: '' }, 1))
  startFlow(turn, TOPIC_FLOW)
  const card = messagesIn(turn.events)
  const choice = `${card.at(-1)?.question ?? 0}.doc-them`
  const more = messagesIn(decide(book, turn.state, facts, inbound({ type: 'message', text: '', choice }, 2)))
  return [part('card', card), part('more', more)]
}

/** Each passage of a flow that this text changes, with its choices. */
export function previewWords(app: App, patch: Patch, pronoun: string | null): readonly PreviewPart[] {
  const book = revise(app.book(), [patch])
  const passages = Object.keys(patch.words).filter((key) => !patch.labels.includes(key))
  return passages.flatMap((key) => {
    const labels = patch.labels.filter((label) => label.slice(0, label.lastIndexOf('.')) === key)
    if (![key, ...labels].some((one) => isChanged(app, book, one))) return []
    const options = labels.map((one) => ({ id: one, label: { type: 'words' as const, key: one } }))
    const message = options.length === 0 ? { blocks: [{ key }] } : { blocks: [{ key }], options }
    return [{ ...shown(app, book, key.slice(key.indexOf('.') + 1), [message], pronoun), changed: true }]
  })
}

function isChanged(app: App, book: Book, key: string): boolean {
  return JSON.stringify(app.book().words(key, 'vi')) !== JSON.stringify(book.words(key, 'vi'))
}

function messagesIn(events: readonly Event[]): readonly Message[] {
  return events.flatMap((event) => (event.type === 'message_queued' ? [event.message] : []))
}

function shown(
  app: App,
  book: Book,
  name: string,
  messages: readonly Message[],
  pronoun: string | null,
): Omit<PreviewPart, 'changed'> {
  const context = {
    book,
    directory: app.directory(),
    pronoun,
    now: app.now(),
    service: serviceFacts(app),
    answer: () => undefined,
  }
  const parts = messages.map((message): Part => ({ ...compose(message, context), markup: true }))
  return {
    name,
    messages: (['telegram', 'zalo', 'webchat'] as const).flatMap((channel) =>
      parts.map((part) => render(channel, part)),
    ),
  }
}

function render(channel: ChannelName, part: Part): PreviewMessage {
  const buttons = part.choices.map(({ label }) => label)
  const limit = TEXT_LIMITS[channel]
  switch (channel) {
    case 'telegram':
      // Telegram counts what is left when the marks are read.
      return { channel, text: toHtml(part), buttons, length: toPlain(part, false).length, limit }
    case 'zalo': {
      const text = toPlain(part, true)
      return { channel, text, buttons: [], length: text.length, limit }
    }
    case 'webchat': {
      const text = part.paragraphs.join('\n\n')
      return { channel, text, buttons, length: text.length, limit }
    }
    default:
      return channel satisfies never
  }
}
