import type { Book } from '../book.ts'
import { isMarked } from '../learned/features.ts'
import { reasonOf } from '../learned/reason.ts'
import { type Weights, weigh } from '../learned/weigh.ts'
import { match } from '../triggers.ts'
import { type Danger, type Heard, hear, rank, whoIs, worst } from './detect.ts'
import type { Level, Reason } from './rules.ts'

/** Sorrow, a craving and a lapse are never an emergency of their own. */
const SLOW: readonly string[] = ['distress', 'craving', 'lapse']

/**
 * The danger in a message: by the rules, by what the weights learnt, which may raise a level and never lower one, and by
 * the words of the book that call for help.
 */
export function assess(book: Book, text: string): Danger {
  const pieces = book.safety ? hear(book.safety, text) : []
  const heard = worst(pieces.map((piece) => raised(book, piece)))
  if (heard.level === 'emergency') return heard
  const phrase = match(book, text, ['emergency'])
  if (!phrase) return heard
  return { ...heard, level: 'emergency', reason: phrase.trigger.reason as Reason, rule: phrase.trigger.id }
}

function raised({ learned, safety }: Book, { typed, concepts, danger }: Heard): Danger {
  if (!learned || !safety || danger.level === 'emergency' || typed.length === 0) return danger
  const seen = { typed, concepts, level: danger.level, reason: danger.reason }
  const [odds = 0, emergency = 0] = weigh(learned, seen, 2)
  let grave = 0
  for (const concept of concepts) if (safety.grave.includes(concept)) grave++
  const sure = isMarked(typed) ? odds : odds - learned.bars.bare
  const level = levelOf(learned.bars, grave, sure, emergency)
  if (rank(level) <= rank(danger.level)) return danger
  const reason = danger.reason ?? reasonOf(learned, weigh(learned, seen))
  const capped = level === 'emergency' && SLOW.includes(reason) ? 'urgent' : level
  if (rank(capped) <= rank(danger.level)) return danger
  return { level: capped, reason, who: whoIs((name) => concepts.includes(name), reason), rule: 'learned' }
}

function levelOf(bars: Weights['bars'], grave: number, danger: number, emergency: number): Level {
  const check = bars.check[Math.min(grave, bars.check.length - 1)]!
  if (danger < check) return 'none'
  if (danger < check + bars.urgent) return 'check'
  return emergency >= bars.emergency ? 'emergency' : 'urgent'
}
