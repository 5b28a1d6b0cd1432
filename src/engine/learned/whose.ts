import type { Reason } from '../safety/rules.ts'
import { isChild, type People, type Place, type Who } from '../safety/who.ts'
import type { Syllable } from '../text.ts'
import { EDGE } from './features.ts'

/** Whose a danger is, as log odds of whoever writes: a sum over what tells it (logistic regression; decision 037). */
export interface Whose {
  /** Where nothing is known. */
  before: number
  weights: Readonly<Record<string, number>>
}

/** What is looked at of a piece of a message. */
export interface Told {
  typed: readonly Syllable[]
  people: () => People
  concepts: readonly string[]
}

/** The people who are named stand for themselves: “bạn em rủ em” is `<other> ru <self>`. */
const [SELF, OTHER] = ['<self>', '<other>']

/**
 * What tells whose a danger is, by name: words and up to three in a row with the people as people (`w`), a person
 * and what stands near after them (`n`), who is named after whom (`p`), concepts (`c`), and which danger it is (`r`), also with
 * the people.
 */
export function tells({ typed, concepts, ...told }: Told, reason: Reason): ReadonlySet<string> {
  const people = told.people()
  const within = (places: readonly Place[], i: number) => places.some(({ start, end }) => start <= i && i < end)
  // Who calls themselves otherwise means somebody else by "con" and "cháu".
  const calledOtherwise = people.self.some(({ start }) => !isChild(typed[start]))
  const words = [EDGE]
  for (const [i, one] of typed.entries()) {
    const { bare } = one
    const child = calledOtherwise && isChild(one)
    const word = within(people.other, i) || child ? OTHER : within(people.self, i) ? SELF : bare
    if (word === bare || word !== words.at(-1)) words.push(word)
  }
  words.push(EDGE)
  const order = words.flatMap((word) => (word === SELF ? 's' : word === OTHER ? 'o' : [])).join('')
  const found = new Set([`p ${order.slice(0, 6)}`, `r ${reason}`, `r ${reason} ${order.slice(0, 3)}`])
  for (const [i, word] of words.entries()) {
    for (const first of [i, i - 1, i - 2]) if (first >= 0) found.add(`w ${words.slice(first, i + 1).join(' ')}`)
    // A person and what is said up to five words later.
    if (word === SELF || word === OTHER) for (const after of words.slice(i + 2, i + 6)) found.add(`n ${word} ${after}`)
  }
  for (const concept of concepts) found.add(`c ${concept}`)
  return found
}

/** Who is in danger. */
export function whoseOf({ before, weights }: Whose, told: Told, reason: Reason): Who {
  const known = [...tells(told, reason)].flatMap((name) => weights[name] ?? [])
  const sum = known.reduce((sum, weight) => sum + weight, 0)
  return before + sum / Math.sqrt(Math.max(1, known.length)) > 0 ? 'self' : 'other'
}
