import { chance } from './chance.ts'
import type { AuthoredRow } from './lessons.ts'

/** So many long lines are joined from whole everyday ones. */
const WHOLE = 15_000
/** So many from scraps of everyday ones. */
const SCRAPS = 15_000
/** So many dangers stand amid harmless talk. */
const AMID = 6_000
/** A joined line has words from here to twice as many. */
const LONG = 18
/** A scrap has words from the first number to the second. */
const SCRAP = [3, 8] as const
/** A danger of fewer words may be an answer, which says little without its question. */
const TOLD = 6

/**
 * Longer lines made of written ones, always of one author, so that nets that have not read an author have read no word of
 * theirs: people tell a danger at length and an ordinary thing briefly, and nets took length itself for a sign (decision 036).
 *
 * @returns everyday lines one after the other, scraps of them, and dangers with a harmless line before or after
 */
export function joined(rows: readonly AuthoredRow[]): readonly AuthoredRow[] {
  const draw = chance(36)
  const upTo = (most: number) => Math.floor(draw() * most)
  const everyday = rows.filter(({ level, note }) => level === 'none' && /\bEVERYDAY\b/.test(note))
  const everydayOf = byAuthor(everyday)
  const harmlessOf = byAuthor(rows.filter(({ level }) => level === 'none'))
  const dangers = rows.filter(
    ({ author, level, text }) => level !== 'none' && wordsOf(text).length >= TOLD && harmlessOf.has(author),
  )
  const some = <T>(of: readonly T[]): T => of[upTo(of.length)]!
  const whole = (): AuthoredRow => {
    const first = some(everyday)
    const least = LONG * (1 + draw())
    let text = first.text
    do text = `${text} ${some(everydayOf.get(first.author)!).text}`
    while (wordsOf(text).length < least)
    return { ...first, text }
  }
  const scrap = ({ text }: AuthoredRow): string => {
    const words = wordsOf(text)
    const length = SCRAP[0] + upTo(SCRAP[1] - SCRAP[0] + 1)
    const from = upTo(Math.max(1, words.length - length + 1))
    return words.slice(from, from + length).join(' ')
  }
  const scraps = (): AuthoredRow => {
    const first = some(everyday)
    const others = Array.from({ length: 1 + upTo(3) }, () => some(everydayOf.get(first.author)!))
    return { ...first, text: [first, ...others].map(scrap).join(' ') }
  }
  const amid = (): AuthoredRow => {
    const danger = some(dangers)
    const other = some(harmlessOf.get(danger.author)!).text
    return { ...danger, text: draw() < 0.5 ? `${other} ${danger.text}` : `${danger.text} ${other}` }
  }
  const times = (count: number, of: readonly AuthoredRow[], make: () => AuthoredRow) =>
    Array.from({ length: of.length > 0 ? count : 0 }, make)
  return [...times(WHOLE, everyday, whole), ...times(SCRAPS, everyday, scraps), ...times(AMID, dangers, amid)]
}

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== '')

function byAuthor(rows: readonly AuthoredRow[]): ReadonlyMap<string, readonly AuthoredRow[]> {
  return Map.groupBy(rows, ({ author }) => author)
}
