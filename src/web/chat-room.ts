import type { Recording } from '../engine/conversation.ts'

/** One line of a web conversation as its visitor sees it. */
export interface ChatLine {
  /** A cursor: lines come in the order of their ids, and asking after one gives only later ones. */
  id: string
  from: 'bot' | 'human' | 'you'
  text: string
  choices?: readonly ChatChoice[]
  /** There is a recording to listen to. */
  voice?: true
  /** Milliseconds since 1970-01-01T00:00Z. */
  at: number
}

export interface ChatChoice {
  id: string
  label: string
}

/** What one visitor sends. `id` is the sender's uuid: the same id is the same message, however often it arrives. */
export interface ChatMessage {
  id: string
  text?: string
  choice?: string
  /** The code on the paper that led here. */
  entrance?: string
}

/** The conversation behind the page; the page knows nothing else of the house. */
export interface ChatRoom {
  post(visitor: string, message: ChatMessage): Promise<'accepted' | 'busy'>
  lines(visitor: string, after: string | null): Promise<readonly ChatLine[]>
  /** The recording of a line; null when it has none. */
  voice?(visitor: string, line: string): Promise<Recording | null>
  /** Appointments of this visitor that are still ahead. */
  visits?(visitor: string): Promise<readonly { id: string; startsAt: number; minutes: number }[]>
  /** Resolves when there may be something new, or when the signal says that nobody waits any more. */
  wake?(visitor: string, signal: AbortSignal): Promise<void>
}

/** The door of whoever came by the paper of a contest; its words are a trigger of the flows. */
export const CONTEST_CHOICE: ChatChoice = { id: 'start-contest', label: 'Vào cuộc thi' }

/** The four doors of an empty page. They are sent with their label as text, so that a parser of words understands them too. */
export const FIRST_CHOICES: readonly ChatChoice[] = [
  { id: 'start-self', label: 'Cho mình' },
  { id: 'start-relative', label: 'Cho người thân' },
  { id: 'start-learn', label: 'Muốn tìm hiểu' },
  { id: 'start-human', label: 'Cần gặp người' },
]
