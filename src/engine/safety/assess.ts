import type { Book } from '../book.ts'
import { match } from '../triggers.ts'
import { type Danger, detect, isCalm } from './detect.ts'
import type { Reason } from './rules.ts'

/** Things that are often only named: a pesticide, a film about a suicide. */
const NAMED: readonly string[] = ['suicide', 'poisoning', 'overdose']

/** The danger in a message by the rules of safety and, above them, by the emergency phrases of the book. */
export function assess(book: Book, text: string): Danger {
  const heard: Danger = book.safety
    ? detect(book.safety, text)
    : { level: 'none', reason: null, who: 'self', rule: null }
  if (heard.level === 'emergency') return heard
  const phrase = match(book, text, ['emergency'])
  if (!phrase) return heard
  const named = NAMED.includes(phrase.trigger.reason ?? '')
  if (heard.level === 'none' && named && book.safety && isCalm(book.safety, text)) return heard
  return { ...heard, level: 'emergency', reason: phrase.trigger.reason as Reason, rule: phrase.trigger.id }
}
