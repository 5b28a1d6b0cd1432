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
/** From here on an intent is worth offering, unless the message is much rather talk. */
const POSSIBLE = -0.3
/** What a machine must not answer: it is refused, kindly, sooner than a topic is found for it. */
const REFUSED: readonly string[] = ['drug_howto', 'report_crime']
const TALK: readonly string[] = ['chitchat', 'other']
/** From here on it is mere talk, in which a word or two of a topic mean nothing. */
const MERE_TALK = 1
/** A topic that shares this much with the question is the answer; with this much more than any other, too. */
const FOUND = 0.6
const AHEAD = 0.2
const STRIKING = 0.75
const OFFERED = 3
const WORDS = 3

/** The topics and flows a free text most likely asks for. */
export function retrieve(book: Book, text: string): Way {
  const intents = guess(book, text)
  const talk = Math.max(...intents.filter(({ intent }) => TALK.includes(intent)).map(({ odds }) => odds), -9)
  const wanted = intents.filter(({ intent, odds }) => !TALK.includes(intent) && odds >= Math.max(POSSIBLE, talk))
  const [first] = wanted
  const next = intents.find(({ intent }) => intent !== first?.intent)
  const believed = first && first.odds >= SURE && first.odds - (next?.odds ?? -9) >= LEAD ? first.intent : null
  const route = believed === null ? undefined : book.intents?.[believed]
  if (route && believed !== null && REFUSED.includes(believed)) return { sure: route.to[0] ?? null, likely: route.to }
  const least = wanted.length === 0 && talk >= MERE_TALK ? STRIKING : 0
  const topics = search(book, text).filter(({ score }) => score >= least)
  const [best, second] = topics
  if (best && (best.score >= FOUND || best.score - (second?.score ?? 0) >= AHEAD)) {
    return { sure: best.topic.id, likely: [best.topic.id] }
  }
  const routes = wanted.flatMap(({ intent }) => book.intents?.[intent]?.to ?? [])
  // Two words say too little to guess from, unless a topic has them.
  const guesses = text.trim().split(/\s+/).length >= WORDS ? routes : []
  const likely = [...new Set([...topics.map(({ topic }) => topic.id), ...guesses])].slice(0, OFFERED)
  return { sure: route?.straight ? (route.to[0] ?? null) : null, likely }
}

/** What people in danger write about; in a calm message these words mostly mean something else. */
const GRAVE: readonly string[] = ['suicide', 'self_harm', 'overdose', 'violence', 'psychosis', 'child_safety']
/** Odds of a danger that speak neither for nor against those, and how much the rest counts. */
const NEUTRAL = 2
const GRAVITY = 0.4

/** The intents of a text, surest first; none where nothing was learnt. */
export function guess(book: Book, text: string): readonly { intent: string; odds: number }[] {
  const [piece] = book.safety && book.learned ? hear(book.safety, text) : []
  if (!piece || !book.learned || piece.typed.length === 0) return []
  const { typed, concepts, danger } = piece
  const odds = weigh(book.learned, { typed, concepts, level: danger.level, reason: danger.reason })
  const grave = GRAVITY * Math.max(-5, Math.min(5, odds[0]! - NEUTRAL))
  return intentsOf(book.learned, odds)
    .map((one) => (GRAVE.includes(one.intent) ? { ...one, odds: one.odds + grave } : one))
    .sort((a, b) => b.odds - a.odds)
}

/** A danger that was heard names its intent; anything else has the one the weights believe most. */
export function intentOf(book: Book, text: string): string {
  return guess(book, text)[0]?.intent ?? 'other'
}
