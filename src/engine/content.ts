import type { QuizPart } from './quiz/quiz.ts'

/**
 * What the bot says, as keys and values rather than text: words are looked up when a message is delivered,
 * so a corrected text reaches a message that is already queued.
 */

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number
export type Id = string
export type Locale = 'vi'

/** A value put into a `{placeholder}` of the words, resolved to text at delivery. */
export type FillValue =
  | { type: 'text'; text: string } // never a person's words: a code, a number, a receipt
  | { type: 'answer'; id: Id } // a row of sealed words
  | { type: 'instant'; at: Instant; as: 'date' | 'time' | 'date_time' }
  | { type: 'clock'; minutes: number } // minutes after midnight
  | { type: 'point'; id: Id }
  | { type: 'points'; ids: readonly Id[] }
  | { type: 'point_line'; id: Id } // name and address on one line
  | { type: 'commune'; id: Id }
  | { type: 'topic'; id: Id }
  | { type: 'words'; key: string }
  | { type: 'words_list'; keys: readonly string[] } // one after the other, with commas
  | { type: 'services'; ids: readonly Id[] }
  | { type: 'quiz'; topic: Id; n: number; part: QuizPart } // of the nth question of a topic
  | { type: 'contest'; id: Id; n: number; part: QuizPart } // of the nth question of a contest
  | { type: 'service'; id: Id } // a place one is introduced to, with its hours at the minute of delivery
  | { type: 'open_now' } // the numbers that answer at the minute of delivery
  | { type: 'lines_now'; for: string } // those that help with this, beside 111 and 113 to 115
  | { type: 'own_help'; id: Id } // what the person wrote down as a help to themselves
  | { type: 'night_line'; points: readonly Id[] } // who can be called at night where the person is

export type Fills = Readonly<Record<string, FillValue>>

/** One passage of a message: a key of the Book's words with its fills. */
export interface Block {
  key: string
  fills?: Fills
}

/** One choice as it was shown: the number a person types is its position in the list. */
export interface Option {
  id: string
  label: FillValue
}

/**
 * One message of the bot. `question` is the sequence number of the turn that asked: a button carries it, so that
 * a press on an old message is recognised.
 */
export interface Message {
  blocks: readonly Block[]
  options?: readonly Option[]
  question?: number
  /** A point's recorded greeting, sent as sound where the channel carries it, else as these words. */
  greeting?: Id
  /** A text of the library as somebody speaks it, sent as sound where the channel carries it, else in its words. */
  spoken?: Id
  /** It says what the person wrote for themselves alone: staff do not see this line. */
  own?: true
}
