import type { Book } from '../book.ts'
import { isMarked } from '../learned/features.ts'
import { reasonOf } from '../learned/reason.ts'
import { type Learned, weigh } from '../learned/weigh.ts'
import { match } from '../triggers.ts'
import { type Danger, type Heard, hear, isCalm, rank, SAFE, whoIs, worst } from './detect.ts'
import type { Level, Reason } from './rules.ts'

/** Things that are often only named: a pesticide, a film about a suicide. */
const NAMED: readonly string[] = ['suicide', 'poisoning', 'overdose']
/** Sorrow, a craving and a lapse are never an emergency of their own. */
const SLOW: readonly string[] = ['distress', 'craving', 'lapse']

/**
 * The danger in a message: by the rules, by what the weights learnt, which may raise a level and never lower one, and by
 * the emergency phrases of the book.
 */
export function assess(book: Book, text: string): Danger {
  const pieces = book.safety ? hear(book.safety, text) : []
  const heard = worst(pieces.map((piece) => raised(book, piece)))
  if (heard.level === 'emergency') return heard
  const phrase = match(book, text, ['emergency'])
  if (!phrase) return heard
  const named = NAMED.includes(phrase.trigger.reason ?? '')
  if (heard.level === 'none' && named && book.safety && isCalm(book.safety, text)) return heard
  return { ...heard, level: 'emergency', reason: phrase.trigger.reason as Reason, rule: phrase.trigger.id }
}

function raised({ learned, safety }: Book, { typed, concepts, danger }: Heard): Danger {
  if (!learned || !safety || danger.level === 'emergency' || typed.length === 0) return danger
  const odds = weigh(learned, { typed, concepts, level: danger.level, reason: danger.reason })
  const reason = danger.reason ?? reasonOf(learned, odds)
  const grave = concepts.filter((concept) => safety.grave.includes(concept)).length
  const level = levelOf(
    learned.bars,
    grave,
    odds[0]! - (isMarked(typed) ? 0 : learned.bars.bare),
    SLOW.includes(reason) ? Number.NEGATIVE_INFINITY : odds[1]!,
  )
  if (rank(level) <= rank(danger.level)) return danger
  return { ...SAFE, level, reason, who: whoIs((name) => concepts.includes(name), reason), rule: 'learned' }
}

function levelOf(bars: Learned['bars'], grave: number, danger: number, emergency: number): Level {
  const check = bars.check[Math.min(grave, bars.check.length - 1)]!
  if (danger < check) return 'none'
  if (danger < check + bars.urgent) return 'check'
  return emergency >= bars.emergency ? 'emergency' : 'urgent'
}
