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

/** Stands before the first syllable and after the last, so that how a message begins and ends is seen. */
export const EDGE = '|'

/** Two syllables apart have one or two between them. */
export const APART = [2, 3]

/**
 * The features of a message by name: syllables alone and two in a row, bare (`b`) and, where the message has marks, marked
 * (`m`); three bare ones in a row (`t`); two apart (`s`); concepts (`c`); what the rules said (`r`).
 */
export function features({ typed, concepts, level, reason }: Seen): ReadonlySet<string> {
  const found = new Set<string>()
  const marked = isMarked(typed)
  const bares = [EDGE, ...typed.map((one) => one.bare), EDGE]
  const fulls = [EDGE, ...typed.map((one) => one.marked), EDGE]
  for (let i = 1; i < bares.length; i++) {
    const inside = i < bares.length - 1
    if (inside) found.add(`b ${bares[i]}`)
    found.add(`b ${bares[i - 1]} ${bares[i]}`)
    if (i > 1) found.add(`t ${bares[i - 2]} ${bares[i - 1]} ${bares[i]}`)
    if (inside) for (const gap of APART) if (i > gap) found.add(`s ${bares[i - gap]} ${bares[i]}`)
    if (!marked) continue
    if (inside) found.add(`m ${fulls[i]}`)
    found.add(`m ${fulls[i - 1]} ${fulls[i]}`)
  }
  for (const concept of concepts) found.add(`c ${concept}`)
  if (level !== 'none') found.add(`r ${level}`)
  if (reason !== null) found.add(`r ${reason}`)
  return found
}

/**
 * The nets: nets that see otherwise err otherwise (decision 032). Each is blind to the features of one kind. With `strange` the
 * features that no line ever held make the others count for less, so that a message of strange words is hardly heard.
 */
export const NETS = [
  { blind: 's', strange: false },
  { blind: 't', strange: true },
] as const
