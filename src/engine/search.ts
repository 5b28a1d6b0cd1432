import type { Book } from './book.ts'
import type { Id } from './content.ts'
import { hear } from './safety/detect.ts'
import { fold, type Syllable, syllables } from './text.ts'

/** Syllables too common to tell one question from another. */
const COMMON = new Set(
  'la gi co khong ko toi em minh ban anh chi chau con cho cua va thi ma o a nhe lam sao the nao duoc bi nhu voi ve nay kia mot cac nhung muon can hoi hay roi da se dang nguoi nao vay ai day do khi neu thoi cung lai den tu de nhieu bao lau mat tien mien phi tiep chuyen biet noi chang no ay xong hieu nua'.split(
    ' ',
  ),
)

/** A title, a question or a card, as the index holds it. */
interface Line {
  id: Id
  /** A card is read as well, but it says what to do and not what is asked. */
  card: boolean
  /** How telling all its terms are together. */
  worth: number
}

interface Index {
  /** How telling a term is: one that few topics have tells more. */
  weight: ReadonlyMap<string, number>
  /** As telling as the rarest: what nobody ever wrote here is what was asked all the same. */
  unknown: number
  lines: readonly Line[]
  /** Where a term stands, and how it is spelt there. */
  places: ReadonlyMap<string, readonly { line: number; marked: string }[]>
  /** Titles and questions as they are written, folded. */
  written: ReadonlyMap<string, Id>
  titles: ReadonlyMap<Id, ReadonlyMap<string, string>>
}

const indexes = new WeakMap<Book, Index>()

function index(book: Book): Index {
  const made = indexes.get(book)
  if (made) return made
  const asked = Object.entries(book.asked ?? {}).flatMap(([id, list]) => list.map((text) => ({ id, text })))
  const own = book.topics.flatMap(({ id, title, questions }) => [title, ...questions].map((text) => ({ id, text })))
  const cards = book.topics.map(({ id }) => ({ id, text: (book.words(`topic.${id}.card`, 'vi') ?? []).join(' ') }))
  const texts = [
    ...[...own, ...asked].map((one) => ({ ...one, card: false })),
    ...cards.map((one) => ({ ...one, card: true })),
  ].map(({ id, text, card }) => ({ id, card, found: terms(syllables(text)) }))
  const having = new Map<string, Set<Id>>()
  const places = new Map<string, { line: number; marked: string }[]>()
  for (const [line, { id, found }] of texts.entries())
    for (const [term, marked] of found) {
      having.set(term, (having.get(term) ?? new Set()).add(id))
      const list = places.get(term) ?? []
      list.push({ line, marked })
      places.set(term, list)
    }
  const count = new Set(texts.map(({ id }) => id)).size
  const weight = new Map([...having].map(([term, ids]) => [term, Math.log(1 + count / ids.size)]))
  const lines = texts.map(({ id, card, found }) => ({ id, card, worth: sum([...found.keys()], weight) }))
  const written = new Map([...own, ...asked].map(({ id, text }) => [fold(text), id] as const))
  const titles = new Map(book.topics.map(({ id, title }) => [id, terms(syllables(title))]))
  const one = { weight, unknown: Math.log(1 + count), lines, places, written, titles }
  indexes.set(book, one)
  return one
}

const sum = (list: readonly string[], weight: ReadonlyMap<string, number>): number =>
  list.reduce((all, term) => all + (weight.get(term) ?? 0), 0)

/** Syllables and neighbouring pairs, bare, each with its spelling: pairs tell "điều trị" from "điều kiện". */
function terms(words: readonly Syllable[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [i, { bare, marked }] of words.entries()) {
    const before = words[i - 1]
    if (bare.length > 1 && !COMMON.has(bare)) found.set(bare, marked)
    if (before && !(COMMON.has(bare) && COMMON.has(before.bare)))
      found.set(`${before.bare} ${bare}`, `${before.marked} ${marked}`)
  }
  return found
}

/** What was typed; short and raw ways of typing are undone in words that the index does not know. */
function typed(book: Book, text: string): ReadonlyMap<string, string> {
  const { weight } = index(book)
  const known = ({ bare }: Syllable) => bare.length > 1 && (COMMON.has(bare) || weight.has(bare))
  const meant = (word: Syllable) => (book.safety && hear(book.safety, word.marked)[0]?.typed) ?? [word]
  return terms(syllables(text.slice(0, 300)).flatMap((word) => (known(word) ? [word] : meant(word))))
}

/** "đá" is not "da" to one who types marks; a slip in them still counts for something. */
const OTHER_MARKS = 0.5
/** How much the words of a line, of all lines and of the card weigh; a line that says just what was asked weighs twice. */
const WORTH = { line: 0.5, fit: 0.5, all: 0.5, card: 0.3 }
const OFFERED = 12

export interface Found {
  id: Id
  /** How likely it is this that was asked for, by its words. */
  score: number
  /** How much of what was asked all its lines speak of, by weight: 0 to 1. */
  share: number
  /** How nearly one of its lines and what was asked are the same: 0 to 1. */
  fit: number
  /** How telling the syllables are, all together, that it shares with what was asked: a lone "việc" tells nothing. */
  tells: number
  /** The title says all that was asked ("methadone"). */
  named: boolean
}

/** Is what stands there what was typed; without marks it may be any. */
function spelt(there: string | undefined, typed: string, bare: string): boolean {
  return there !== undefined && (there === typed || typed === bare || there === bare)
}

/** The syllables of a question that tell something. */
export function telling(book: Book, text: string): number {
  return [...typed(book, text).keys()].filter((term) => !term.includes(' ')).length
}

/** Topics, and flows that have questions written for them, that share words with a question; best first. */
export function search(book: Book, text: string): readonly Found[] {
  const { weight, unknown, lines, places, titles } = index(book)
  const asked = typed(book, text)
  const worth = (term: string) => weight.get(term) ?? (term.includes(' ') ? 0 : unknown)
  const total = [...asked.keys()].reduce((all, term) => all + worth(term), 0)
  if (total === 0) return []
  const hits = new Map<number, number>()
  const whole = new Map<Id, number>()
  const singly = new Map<Id, number>()
  for (const [term, marked] of asked) {
    const counted = new Map<Id, number>()
    for (const { line, marked: there } of places.get(term) ?? []) {
      const value = worth(term) * (spelt(there, marked, term) ? 1 : OTHER_MARKS)
      hits.set(line, (hits.get(line) ?? 0) + value)
      const { id, card } = lines[line]!
      if (!card) counted.set(id, Math.max(counted.get(id) ?? 0, value))
    }
    for (const [id, value] of counted) {
      whole.set(id, (whole.get(id) ?? 0) + value)
      if (!term.includes(' ')) singly.set(id, (singly.get(id) ?? 0) + value)
    }
  }
  const best = new Map<Id, { line: number; fit: number; card: number }>()
  for (const [line, value] of hits) {
    const { id, card, worth: full } = lines[line]!
    const one = best.get(id) ?? { line: 0, fit: 0, card: 0 }
    best.set(id, one)
    if (card) one.card = value / total
    else {
      one.line = Math.max(one.line, value / total)
      one.fit = Math.max(one.fit, value / Math.sqrt(total * full))
    }
  }
  const tell = [...asked.keys()].filter((term) => !term.includes(' '))
  return [...best]
    .map(([id, { line, fit, card }]) => {
      const share = (whole.get(id) ?? 0) / total
      const title = titles.get(id)
      return {
        id,
        score: WORTH.line * line + WORTH.fit * fit + WORTH.all * share + WORTH.card * card,
        share,
        fit,
        tells: singly.get(id) ?? 0,
        named:
          title !== undefined &&
          tell.length > 0 &&
          tell.every((term) => spelt(title.get(term), asked.get(term)!, term)),
      }
    })
    .sort((a, b) => b.score - a.score)
    .filter(({ named }, place) => named || place < OFFERED)
}

/** The topic that has this very question. */
export function written(book: Book, text: string): Id | null {
  return index(book).written.get(fold(text.slice(0, 300))) ?? null
}
