import type { Book } from './book.ts'
import { intentsOf } from './learned/reason.ts'
import { weigh } from './learned/weigh.ts'
import { hear } from './safety/detect.ts'
import { search } from './search.ts'

/** Where a free text leads: one topic or flow the bot is sure of, else the likeliest few to choose from. */
export interface Way {
  sure: string | null
  likely: readonly string[]
}

/** Log odds from which an intent is believed, and by how much it must lead the next. */
const SURE = 0.3
const LEAD = 0.8
/** From here on an intent is worth offering. */
const POSSIBLE = -1.2
/** What a machine must not answer: it is refused, kindly, sooner than a topic is found for it. */
const REFUSED: readonly string[] = ['drug_howto', 'report_crime']
/** A topic that shares this much with the question is the answer; with this much more than any other, too. */
const FOUND = 0.6
const AHEAD = 0.2
const OFFERED = 3

/** The topics and flows a free text most likely asks for. */
export function retrieve(book: Book, text: string): Way {
  const topics = search(book, text)
  const intents = guess(book, text)
  const [first, second] = intents
  const believed = first && first.odds >= SURE && first.odds - (second?.odds ?? -9) >= LEAD ? first.intent : null
  const route = believed === null ? undefined : book.intents?.[believed]
  if (route && believed !== null && REFUSED.includes(believed)) return { sure: route.to[0] ?? null, likely: route.to }
  const [best, next] = topics
  if (best && (best.score >= FOUND || best.score - (next?.score ?? 0) >= AHEAD)) {
    return { sure: best.topic.id, likely: [best.topic.id] }
  }
  const likely = [
    ...topics.map(({ topic }) => topic.id),
    ...intents.filter(({ odds }) => odds >= POSSIBLE).flatMap(({ intent }) => book.intents?.[intent]?.to ?? []),
  ]
  const sure = route?.straight ? (route.to[0] ?? null) : null
  return { sure, likely: [...new Set(likely)].slice(0, OFFERED) }
}

/** What people in danger write about; in a calm message these words mostly mean something else. */
const GRAVE: readonly string[] = ['suicide', 'self_harm', 'overdose', 'violence', 'psychosis', 'child_safety']
/** How much the odds of a danger count for those. */
const GRAVITY = 0.4

/** The intents of a text, surest first; none where nothing was learnt. */
export function guess(book: Book, text: string): readonly { intent: string; odds: number }[] {
  const [piece] = book.safety && book.learned ? hear(book.safety, text) : []
  if (!piece || !book.learned || piece.typed.length === 0) return []
  const { typed, concepts, danger } = piece
  const odds = weigh(book.learned, { typed, concepts, level: danger.level, reason: danger.reason })
  const grave = GRAVITY * Math.max(-5, Math.min(5, odds[0]! - book.learned.bars.check))
  return intentsOf(book.learned, odds)
    .map((one) => (GRAVE.includes(one.intent) ? { ...one, odds: one.odds + grave } : one))
    .sort((a, b) => b.odds - a.odds)
}

/** A danger that was heard names its intent; anything else has the one the weights believe most. */
export function intentOf(book: Book, text: string): string {
  return guess(book, text)[0]?.intent ?? 'other'
}
