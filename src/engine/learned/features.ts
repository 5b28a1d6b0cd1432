import type { Syllable } from '../text.ts'

/** What the weights look at in a message: its syllables, the concepts of danger in it, and the rule it fits. */
export interface Seen {
  typed: readonly Syllable[]
  concepts: readonly string[]
  level: string
  reason: string | null
}

/** From this share of marked syllables on, a message was typed with marks, and one without any has none. */
const MARKED = 0.2

export function isMarked(typed: readonly Syllable[]): boolean {
  return typed.filter((one) => one.marked !== one.bare).length > MARKED * typed.length
}

/**
 * The features of a message by name: single syllables, neighbours and pairs with one between, bare (`b`, `s`) and, where
 * the message has marks, marked (`m`); concepts (`c`); what the rules said (`r`).
 */
export function features({ typed, concepts, level, reason }: Seen): ReadonlySet<string> {
  const found = new Set<string>()
  const marked = isMarked(typed)
  for (const [i, { bare, marked: full }] of typed.entries()) {
    const [before, earlier] = [typed[i - 1], typed[i - 2]]
    found.add(`b ${bare}`)
    if (before) found.add(`b ${before.bare} ${bare}`)
    if (earlier) found.add(`s ${earlier.bare} ${bare}`)
    if (marked) found.add(`m ${full}`)
    if (marked && before) found.add(`m ${before.marked} ${full}`)
  }
  for (const concept of concepts) found.add(`c ${concept}`)
  if (level !== 'none') found.add(`r ${level}`)
  if (reason !== null) found.add(`r ${reason}`)
  return found
}
