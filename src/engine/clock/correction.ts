import { find, type Syllable, spots, syllables } from '../text.ts'

const LATER = [
  'à nhầm',
  'nhầm rồi',
  'nhầm',
  'à không',
  'à quên',
  'sửa lại',
  'đổi lại',
  'đổi thành',
  'ý em là',
  'ý tôi là',
  'đúng ra là',
].map(syllables)
const NOT = ['chứ không phải', 'chứ không', 'không phải', 'ko phải', 'k phải', 'hông phải', 'đâu phải'].map(syllables)
const BUT = ['mà là', 'mà', 'chứ'].map(syllables)
const LONGEST = 60

export interface Corrected<T> {
  value: T
  /** A first answer was taken back. */
  corrected: boolean
}

/**
 * Reads a text that may correct itself ("à nhầm, ngày 5", "8h à không 9h", "thứ 6 chứ không phải thứ 5"): the last part
 * that can be read counts, and what is denied does not.
 *
 * @param read reads a part of the text; null where it says nothing
 */
export function correcting<T>(text: string, read: (part: readonly Syllable[]) => T | null): Corrected<T> | null {
  const parts = splitAt(syllables(text.slice(0, 200)).slice(0, LONGEST), LATER)
  for (let i = parts.length - 1; i >= 0; i--) {
    const value = undenied(parts[i]!, read)
    if (value !== null) return { value, corrected: i > 0 }
  }
  return null
}

function undenied<T>(part: readonly Syllable[], read: (part: readonly Syllable[]) => T | null): T | null {
  const denial = first(part, NOT)
  if (!denial) return read(part)
  const before = read(part.slice(0, denial.at))
  if (before !== null) return before
  const rest = part.slice(denial.at + denial.length)
  const but = first(rest, BUT)
  if (but) return read(rest.slice(but.at + but.length))
  // "Không phải thứ 5, thứ 6 cơ": the second of two is meant.
  for (let from = 1; from < rest.length; from++) {
    const value = read(rest.slice(0, from)) === null ? null : read(rest.slice(from))
    if (value !== null) return value
  }
  return null
}

type Phrase = readonly Syllable[]

function first(text: readonly Syllable[], phrases: readonly Phrase[]): { at: number; length: number } | null {
  const found = phrases
    .filter((phrase) => find(text, phrase) !== 'none')
    .map((phrase) => ({ at: spots(text, phrase)[0]!, length: phrase.length }))
  return found.sort((a, b) => a.at - b.at || b.length - a.length)[0] ?? null
}

function splitAt(text: readonly Syllable[], phrases: readonly Phrase[]): readonly (readonly Syllable[])[] {
  const parts: (readonly Syllable[])[] = []
  let rest = text
  for (let found = first(rest, phrases); found; found = first(rest, phrases)) {
    parts.push(rest.slice(0, found.at))
    rest = rest.slice(found.at + found.length)
  }
  return [...parts, rest]
}
