/**
 * Vietnamese text as syllables. A syllable keeps two spellings: `marked`, in which the tone stands at the end so
 * that hoà and hòa are one, and `bare`, without any mark. A syllable typed with marks is trusted; one typed
 * without may stand for any marking.
 */
export interface Syllable {
  marked: string
  bare: string
}

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g
const MARKS = /[\u0300-\u036f]/g
/** Zero-width characters, emoji variation selectors and the enclosing keycap. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]|[\ufe00-\ufe0f]|\u20e3/g
const WORD = /[\p{L}\p{M}\p{N}]+/gu
const LONGEST = 8_000

/**
 * The syllables of a text, lower-cased, with letters stretched for effect shortened ("cứuuuu"). Of a very long text
 * the beginning and the end are read: what hurts most is often said last.
 */
export function syllables(text: string): readonly Syllable[] {
  const read = text.length > 2 * LONGEST ? `${text.slice(0, LONGEST)} … ${text.slice(-LONGEST)}` : text
  const clean = read.replace(INVISIBLE, '').normalize('NFC').toLowerCase()
  return (clean.match(WORD) ?? []).map(syllable)
}

/** Vietnamese has some seven thousand syllables, of seven letters at most; longer words and numbers are not kept. */
const KNOWN = 10_000
const COMMON_FORM = /^\p{L}{1,7}$/u
const known = new Map<string, Syllable>()

function syllable(word: string): Syllable {
  const seen = known.get(word)
  if (seen) return seen
  const made = spell(word)
  if (!COMMON_FORM.test(word)) return made
  if (known.size >= KNOWN) known.clear()
  known.set(word, made)
  return made
}

function spell(word: string): Syllable {
  if (/^\d+$/.test(word)) return { marked: word, bare: word }
  const short = word.replace(/(\p{L})\1{2,}/gu, '$1')
  const parts = short.normalize('NFD')
  const tones = parts.match(TONES)?.join('') ?? ''
  return {
    marked: parts.replace(TONES, '').normalize('NFC') + tones,
    bare: parts.replace(MARKS, '').replaceAll('đ', 'd'),
  }
}

/** The text without marks, single-spaced: the form in which spellings are compared. */
export function fold(text: string): string {
  return syllables(text)
    .map((s) => s.bare)
    .join(' ')
}

/** How a typed syllable stands to one of a phrase. */
export type Fit = 'exact' | 'bare' | 'none'

/** In a phrase: any one syllable, and a number of two or three digits ("uống 20 viên", not "uống 2 viên"). */
export const ANY: Syllable = { marked: '…', bare: '…' }
export const TENS: Syllable = { marked: '[số]', bare: '[số]' }

export function compare(typed: Syllable, wanted: Syllable): Fit {
  if (wanted === ANY) return 'exact'
  if (wanted === TENS) return typed === TENS || /^\d{2,3}$/.test(typed.bare) ? 'exact' : 'none'
  if (typed.marked === wanted.marked) return 'exact'
  return typed.marked === typed.bare && typed.bare === wanted.bare ? 'bare' : 'none'
}

/** The weakest fit over the whole phrase at the best place of the text, or `none`. */
export function find(text: readonly Syllable[], phrase: readonly Syllable[]): Fit {
  let best: Fit = 'none'
  if (phrase.length === 0) return best
  for (let start = 0; start + phrase.length <= text.length; start++) {
    const found = fitAt(text, phrase, start)
    if (found === 'exact') return 'exact'
    if (found === 'bare') best = 'bare'
  }
  return best
}

/** Where a phrase begins in the text. */
export function spots(text: readonly Syllable[], phrase: readonly Syllable[]): readonly number[] {
  const found: number[] = []
  for (let start = 0; start + phrase.length <= text.length; start++) {
    if (fitAt(text, phrase, start) !== 'none') found.push(start)
  }
  return found
}

function fitAt(text: readonly Syllable[], phrase: readonly Syllable[], start: number): Fit {
  let weakest: Fit = 'exact'
  for (let i = 0; i < phrase.length; i++) {
    const one = compare(text[start + i]!, phrase[i]!)
    if (one === 'none') return 'none'
    if (one === 'bare') weakest = 'bare'
  }
  return weakest
}

/** Words of politeness and self-reference that may stand around what is meant. */
const PARTICLES = new Set(
  syllables(
    'dạ vâng ạ ah à ơi nhé nha nhá nhe với đi đó luôn ad admin shop xin cho em tôi mình cháu con tớ muốn cần hãy giúp giùm dùm lại please pls',
  ).map((s) => s.bare),
)

/** Is this syllable only politeness or self-reference. */
export function particle(syllable: Syllable): boolean {
  return PARTICLES.has(syllable.bare)
}

/** The text without polite words at its ends; all of it when nothing else is left. */
export function trim(text: readonly Syllable[]): readonly Syllable[] {
  let from = 0
  let to = text.length
  while (from < to && particle(text[from]!)) from++
  while (to > from && particle(text[to - 1]!)) to--
  return from < to ? text.slice(from, to) : text
}

/** The fit of a phrase with the whole text, whatever polite words stand around it. */
export function whole(text: readonly Syllable[], phrase: readonly Syllable[]): Fit {
  if (phrase.length === 0) return 'none'
  const last = text.length - phrase.length
  for (let start = 0; start <= last; start++) {
    const found = text.slice(start + phrase.length).every(particle) ? fitAt(text, phrase, start) : 'none'
    if (found !== 'none') return found
    if (!particle(text[start]!)) break
  }
  return 'none'
}

/** True when two phrases cannot be told apart once typed without marks. */
export function samePhrase(a: string, b: string): boolean {
  return fold(a) === fold(b)
}

/** Without any asterisk: what people and staff typed beside our own words would move their bold. */
export function unmarked(text: string): string {
  return text.replaceAll('*', '∗')
}
