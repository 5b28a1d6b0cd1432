import type { Recording } from '../engine/conversation.ts'
import { openAppointments } from '../engine/visits/appointment.ts'
import { greetingSound } from '../store/greetings.ts'
import { type Line, lastLines, linesAfter } from '../store/lines.ts'
import { contactOf, load } from '../store/load.ts'
import { openRecording } from '../store/recordings.ts'
import { heardSound } from '../store/topic-recordings.ts'
import type { App } from './app.ts'
import { receive } from './handle.ts'

const NEWEST = 300
/** A visitor with this many messages in flight is asked to wait. */
const IN_FLIGHT = 8
/** A choice is kept in the clear, so it must be one of ours and no place for words. */
const CHOICE = /^\d{1,9}\.[A-Za-z0-9][A-Za-z0-9_.:/-]{0,60}$/

/** The web chat's side of a conversation: a visitor is a random cookie, the lines are rows that are tailed. */
export interface Room {
  post(
    visitor: string,
    message: { id: string; text?: string; choice?: string; entrance?: string },
  ): Promise<'accepted' | 'busy'>
  lines(visitor: string, after: string | null): Promise<readonly RoomLine[]>
  /** The recording of a line of this visitor's talk; null when it has none. */
  voice(visitor: string, line: string): Promise<Recording | null>
  /** Appointments of this visitor that are still ahead. */
  visits(visitor: string): Promise<readonly { id: string; startsAt: number; minutes: number }[]>
  wake(visitor: string, signal: AbortSignal): Promise<void>
}

export interface RoomLine {
  id: string
  from: Line['from']
  text: string
  choices?: readonly { id: string; label: string }[]
  /** There is a recording to listen to. */
  voice?: true
  at: number
}

/** Wakes the streams of a contact in this process; other processes tail the rows. */
export interface Waker {
  wake(contact: string): void
  wait(contact: string, signal: AbortSignal): Promise<void>
}

export function createWaker(): Waker {
  const waiting = new Map<string, Set<() => void>>()
  return {
    wake(contact) {
      for (const resolve of waiting.get(contact) ?? []) resolve()
    },
    wait: (contact, signal) =>
      new Promise((resolve) => {
        const mine = waiting.get(contact) ?? new Set()
        waiting.set(contact, mine)
        const done = () => {
          mine.delete(done)
          if (mine.size === 0 && waiting.get(contact) === mine) waiting.delete(contact)
          signal.removeEventListener('abort', done)
          resolve()
        }
        mine.add(done)
        signal.addEventListener('abort', done)
        if (signal.aborted) done()
      }),
  }
}

export function createRoom(app: App, waker: Waker): Room {
  const find = (visitor: string) => contactOf(app.store, app.vault.hashHandle('webchat', 'web', visitor))
  const flying = new Map<string, number>()

  return {
    async post(visitor, message) {
      const count = flying.get(visitor) ?? 0
      if (count >= IN_FLIGHT) return 'busy'
      flying.set(visitor, count + 1)
      try {
        const label = await labelOf(await find(visitor), message.choice)
        const text = message.text ?? label ?? ''
        const choice = CHOICE.test(message.choice ?? '') ? { choice: message.choice! } : {}
        const entrance = message.entrance === undefined ? {} : { entrance: message.entrance }
        const event = { type: 'message' as const, text, ...choice, ...entrance }
        // The visitor is part of the key: a page kept by the browser gives the next visitor the same id.
        const arrival = { key: `${visitor}:${message.id}`, handle: visitor, at: app.now(), event }
        await receive(app, 'webchat', 'web', arrival)
        return 'accepted'
      } finally {
        const left = (flying.get(visitor) ?? 1) - 1
        if (left > 0) flying.set(visitor, left)
        else flying.delete(visitor)
      }
    },
    async lines(visitor, after) {
      const contact = await find(visitor)
      const lines =
        after === null
          ? await lastLines(app.store, app.vault, contact, NEWEST)
          : await linesAfter(app.store, app.vault, contact, Number(after) || 0)
      return lines.map(toRoomLine)
    },
    async voice(visitor, line) {
      const contact = await find(visitor)
      const n = Number(line)
      const [found] = Number.isSafeInteger(n) ? await linesAfter(app.store, app.vault, contact, n - 1, 1) : []
      if (found?.n !== n) return null
      if (found.greeting !== null) return greetingSound(app.store, found.greeting)
      if (found.spoken !== null) return heardSound(app.store, found.spoken)
      return found.recording === null ? null : openRecording(app.store, app.vault, contact, found.recording)
    },
    async visits(visitor) {
      const { conversation } = await load(app.store, await find(visitor))
      return openAppointments(conversation).filter(({ startsAt }) => startsAt > app.now())
    },
    wake: async (visitor, signal) => waker.wait(await find(visitor), signal),
  }

  /** The words on a pressed button, so that the conversation shows what the person chose. */
  async function labelOf(contact: string, choice: string | undefined): Promise<string | undefined> {
    if (choice === undefined) return undefined
    const lines = await lastLines(app.store, app.vault, contact, 30)
    return lines.flatMap((line) => line.choices).findLast((one) => one.data === choice)?.label
  }
}

export function toRoomLine(line: Line): RoomLine {
  const choices = line.choices.map((choice) => ({ id: choice.data, label: choice.label }))
  return {
    id: String(line.n),
    from: line.from,
    text: line.text,
    ...(choices.length > 0 ? { choices } : {}),
    ...((line.recording ?? line.greeting ?? line.spoken) === null ? {} : { voice: true as const }),
    at: line.at,
  }
}
