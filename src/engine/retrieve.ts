import type { Book } from './book.ts'
import { intentsOf } from './learned/reason.ts'
import { weigh } from './learned/weigh.ts'
import { hear, seenOf } from './safety/detect.ts'
import { plausible } from './safety/telex.ts'
import { search, telling, written } from './search.ts'

/** Where a free text leads: one topic or flow the bot is sure of, else the likeliest few to choose from. */
export interface Way {
  sure: string | null
  likely: readonly string[]
}

/** Log odds from which an intent is believed, and by how much it must lead the next. */
const SURE = 1.3
const LEAD = 0.8
/** What a machine must not answer: it is refused, kindly, sooner than a topic is found for it. */
const REFUSED: readonly string[] = ['drug_howto', 'report_crime']
const REFUSE = 1
const TALK: readonly string[] = ['chitchat', 'other']
/** From here on, as odds beyond those of the likeliest wish, a message is mere talk, and little is offered. */
const MERE_TALK = 0.5
/** So many intents are weighed; a later place in a route counts a little less. */
const WEIGHED = 2
const PLACE = 0.16
const LAST_PLACE = 0.5
/**
 * A line that nearly is what was asked, in words that tell something, and plainly more than any other's, is the answer;
 * or the one title that holds all that was asked. Words scattered over many lines of a topic are not enough.
 */
const SAYS = 0.72
const SAYS_IN_TALK = 0.9
const PLAINLY = 1.2
const TELLING = 3
/** By how much the words may speak more of another way than of the first of an intent that is sure. */
const RIVAL = 0.1
/** What is worth offering, in talk as well; how many; and of how many words a guess may be made. */
const WORTH = 0.3
const WORTH_IN_TALK = 1
const OFFERED = 3
const LEAST_WORDS = 3
/** How telling the shared words must be, all together, where no wish is heard: "hỏi cho con trai" asks for nothing yet. */
const TELLS = 4
const HEARD = 1.6

/** The topics and flows a free text most likely asks for. */
export function retrieve(book: Book, text: string): Way {
  const own = written(book, text)
  if (own !== null) return { sure: own, likely: [own] }
  const intents = guess(book, text)
  const talk = Math.max(...intents.filter(({ intent }) => TALK.includes(intent)).map(({ odds }) => odds), -9)
  const wishes = intents.filter(({ intent }) => !TALK.includes(intent))
  const [first] = wishes
  const lead = (first?.odds ?? -9) - Math.max(talk, wishes[1]?.odds ?? -9)
  const led = first && book.intents?.[first.intent]
  if (led && REFUSED.includes(first.intent) && Math.min(first.odds, lead) >= REFUSE)
    return { sure: led.to[0] ?? null, likely: led.to }
  const route = first && first.odds >= SURE && lead >= LEAD ? led : undefined

  const found = search(book, text)
  const told = telling(book, text)
  const mereTalk = talk - (first?.odds ?? -9) > MERE_TALK
  const [best, second] = found
  const plain = best !== undefined && best.score >= PLAINLY * (second?.score ?? 0)
  const says = told >= TELLING && (best?.fit ?? 0) >= (mereTalk ? SAYS_IN_TALK : SAYS)
  // Words alone may mislead: a wish that is heard and leads elsewhere makes it a choice.
  const elsewhere = first && first.odds >= 0 && !(book.intents?.[first.intent]?.to ?? []).includes(best?.id ?? '')
  const named = found.filter((one) => one.named)
  if (named.length === 1 && !mereTalk) return { sure: named[0]!.id, likely: [named[0]!.id] }
  if (best && plain && says && !elsewhere) return { sure: best.id, likely: [best.id] }

  const scores = new Map(found.map(({ id, score }) => [id, score]))
  for (const { intent, odds } of wishes.slice(0, WEIGHED)) {
    for (const [place, id] of (book.intents?.[intent]?.to ?? []).entries())
      scores.set(id, (scores.get(id) ?? 0) + Math.max(LAST_PLACE, 1 - PLACE * place) / (1 + Math.exp(-odds)))
  }
  const ranked = [...scores].sort(([, a], [, b]) => b - a)
  // An intent opens its first way at once only where the words do not speak more of another.
  const spoken = (best?.score ?? 0) - (found.find(({ id }) => id === route?.to[0])?.score ?? 0)
  if (route?.straight && told > 0 && ranked[0]?.[0] === route.to[0] && spoken < RIVAL)
    return { sure: route.to[0] ?? null, likely: route.to.slice(0, OFFERED) }
  if (text.trim().split(/\s+/).length < LEAST_WORDS || told === 0) return { sure: null, likely: [] }
  // Nothing is heard that is wished, and the words tell too little: a guess would only lead astray.
  if ((first?.odds ?? -9) < HEARD && Math.max(0, ...found.map(({ tells }) => tells)) < TELLS)
    return { sure: null, likely: [] }
  const worth = mereTalk ? WORTH_IN_TALK : WORTH
  const likely = ranked.filter(([, score]) => score >= worth).slice(0, OFFERED)
  return { sure: null, likely: likely.map(([id]) => id) }
}

/** The net is surer of an intent than it is right. */
const TRUST = 0.6

/** The intents of a text, surest first; none where nothing was learnt. */
export function guess(book: Book, text: string): readonly { intent: string; odds: number }[] {
  const [piece] = book.safety && book.learned ? hear(book.safety, text) : []
  if (!piece || !book.learned || piece.typed.length === 0) return []
  const { typed } = piece
  // A code or another language asks for nothing that can be heard.
  if (typed.filter(({ bare }) => plausible(bare)).length * 2 < typed.length) return []
  const layer = weigh(book.learned, seenOf(piece))
  return intentsOf(book.learned, layer).map(({ intent, odds }) => ({ intent, odds: TRUST * odds }))
}

/** A danger that was heard names its intent; anything else has the one the weights believe most. */
export function intentOf(book: Book, text: string): string {
  return guess(book, text)[0]?.intent ?? 'other'
}
