import type { ChatLine, ChatMessage, ChatRoom } from '../../src/web/chat-room.ts'

type Spoken = Omit<ChatLine, 'id' | 'at'> & { at?: number }

export interface FakeRoom extends ChatRoom {
  /** What each visitor sent, repeated ids left out, as the real room does. */
  sent: Map<string, ChatMessage[]>
  /** Puts a line into a conversation from outside, as a counsellor or a timer would. */
  speak(visitor: string, line: Spoken): void
  /** While true, every post is refused. */
  full: boolean
  reads: number
}

const START = Date.UTC(2026, 10, 21, 7, 30)

/** A room in memory: ids are 1, 2, 3 …; `answer` is what the bot says to a message, nothing by default. */
export function fakeRoom(answer: (message: ChatMessage) => readonly Spoken[] = () => []): FakeRoom {
  const lines = new Map<string, ChatLine[]>()
  const sent = new Map<string, ChatMessage[]>()
  const waiting = new Set<() => void>()
  const room: FakeRoom = {
    sent,
    full: false,
    reads: 0,
    speak(visitor, line) {
      const all = lines.get(visitor) ?? []
      lines.set(visitor, [...all, { at: START + all.length * 60_000, ...line, id: String(all.length + 1) }])
      for (const wake of waiting) wake()
    },
    async post(visitor, message) {
      if (room.full) return 'busy'
      const before = sent.get(visitor) ?? []
      if (before.some((earlier) => earlier.id === message.id)) return 'accepted'
      sent.set(visitor, [...before, message])
      room.speak(visitor, { from: 'you', text: message.text ?? message.choice ?? '' })
      for (const line of answer(message)) room.speak(visitor, line)
      return 'accepted'
    },
    async lines(visitor, after) {
      room.reads++
      return (lines.get(visitor) ?? []).filter((line) => Number(line.id) > Number(after ?? 0))
    },
    wake(_visitor, signal) {
      return new Promise((resolve) => {
        const end = () => {
          waiting.delete(end)
          resolve()
        }
        waiting.add(end)
        signal.addEventListener('abort', end, { once: true })
      })
    },
  }
  return room
}
