import { type Syllable, syllables } from '../text.ts'
import { bareOf, plausible, undo } from './telex.ts'

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]|[\ufe00-\ufe0f]|\u20e3/g
const LOOKALIKE: Readonly<Record<string, string>> = {
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', х: 'x', у: 'y', і: 'i', к: 'k', м: 'm', н: 'h', т: 't', в: 'b', ı: 'i',
  α: 'a', ο: 'o', ε: 'e', ι: 'i', κ: 'k', ν: 'v', τ: 't', υ: 'u', '@': 'a', $: 's', ð: 'đ', '!': ' ',
} // biome-ignore format: a table
const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's' }
const LAUGH = /[\u{1F602}\u{1F923}\u{1F606}\u{1F604}\u{1F605}\u{1F601}]|:\)\)+|=\)\)+/gu

/**
 * Undoes what hides a word: lookalike letters, dots and spaces inside it, stretched letters, raw telex and VNI,
 * teencode. A syllable keeps its marks when it had them. Linear in the length of the text.
 *
 * @param vocabulary bare syllables of the rules, to take words apart that were run together
 */
export function normalise(
  text: string,
  teencode: ReadonlyMap<string, readonly Syllable[]>,
  vocabulary: ReadonlySet<string>,
): readonly Syllable[] {
  const clean = text
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(LAUGH, ' emo cười ')
    .replace(/[^\p{Script=Latin}\p{M}\p{N}\p{P}\s]|[@ð]/gu, (sign) => LOOKALIKE[sign] ?? ' ')
  const out: Syllable[] = []
  for (const word of joined(clean)) {
    for (const one of meant(word, teencode, vocabulary)) out.push(one)
  }
  return out
}

/** The words of a text, those written letter by letter put together again ("t.ự t.ử", "t u t u", "c-h-ế-t"). */
function joined(clean: string): readonly string[] {
  const words: string[] = []
  let letters: string[] = []
  const flush = () => {
    if (letters.length >= 3) words.push(letters.join(''))
    else words.push(...letters)
    letters = []
  }
  for (const chunk of clean.split(/\s+/)) {
    const parts = cut(chunk)
    if (parts.length === 1 && parts[0]!.length <= 2 && /^\p{L}$/u.test(parts[0]!)) letters.push(parts[0]!)
    else if (parts.length > 0) {
      flush()
      words.push(...parts)
    }
  }
  flush()
  return words
}

/** What was cut before, since most messages are of the same words. */
const cuts = new Map<string, readonly string[]>()

/** What stands between two spaces, without signs; in one where signs part single letters. */
function cut(chunk: string): readonly string[] {
  const seen = cuts.get(chunk)
  if (seen) return seen
  const parts = chunk.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const broken = parts.length > 1 && parts.length <= 24 && parts.some((part) => /^\p{L}$/u.test(part))
  const made = broken ? [parts.join('')] : parts
  if (chunk.length > 12) return made
  if (cuts.size >= KNOWN) cuts.clear()
  cuts.set(chunk, made)
  return made
}

const KNOWN = 20_000
const caches = new WeakMap<object, Map<string, readonly Syllable[]>>()

function meant(
  word: string,
  teencode: ReadonlyMap<string, readonly Syllable[]>,
  vocabulary: ReadonlySet<string>,
): readonly Syllable[] {
  const cache = caches.get(vocabulary) ?? new Map<string, readonly Syllable[]>()
  caches.set(vocabulary, cache)
  const seen = cache.get(word)
  if (seen) return seen
  const made = decipher(word, teencode, vocabulary)
  if (word.length > 12) return made
  if (cache.size >= KNOWN) cache.clear()
  cache.set(word, made)
  return made
}

function decipher(
  word: string,
  teencode: ReadonlyMap<string, readonly Syllable[]>,
  vocabulary: ReadonlySet<string>,
): readonly Syllable[] {
  if (word.length > 40) return syllables(word.slice(0, 40))
  // A letter with marks is never doubled in a word, another one seldom three times.
  const short = word
    .normalize('NFC')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .replace(/([\u{80}-\u{10ffff}])\1/gu, '$1')
  const known = teencode.get(short)
  if (known) return known
  if (/^\d/.test(short) || plausible(bareOf(short))) return syllables(short)
  const raw = undo(short)
  if (raw !== null) return teencode.get(raw) ?? syllables(raw)
  const single = short.normalize('NFC').replace(/(\p{L})\1+/gu, '$1')
  if (teencode.has(single)) return teencode.get(single)!
  if (plausible(bareOf(single))) return syllables(single)
  const again = undo(single)
  if (again !== null) return syllables(again)
  const letters = single.replace(/[01345]/g, (digit) => LEET[digit]!)
  if (plausible(bareOf(letters))) return syllables(letters)
  return apart(letters, vocabulary) ?? apart(short, vocabulary) ?? syllables(short)
}

/** A word run together, as the syllables of the rules it consists of; null when it does not. */
function apart(word: string, vocabulary: ReadonlySet<string>): readonly Syllable[] | null {
  const letters = word.normalize('NFC')
  const bare = bareOf(letters)
  if (bare.length !== letters.length || bare.length < 4 || bare.length > 30) return null
  const from: (number | undefined)[] = [-1]
  for (let end = 1; end <= bare.length; end++) {
    for (let start = Math.max(0, end - 7); start < end; start++) {
      if (from[start] === undefined || end - start < 2 || !vocabulary.has(bare.slice(start, end))) continue
      from[end] = start
      break
    }
  }
  if (from[bare.length] === undefined) return null
  const parts: string[] = []
  for (let end = bare.length; end > 0; end = from[end]!) parts.unshift(letters.slice(from[end]!, end))
  return parts.flatMap((part) => syllables(part))
}
