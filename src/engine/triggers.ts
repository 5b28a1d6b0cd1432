import type { Book, Trigger } from './book.ts'
import { type Fit, find, type Syllable, syllables, whole } from './text.ts'

interface Compiled {
  trigger: Trigger
  phrases: readonly (readonly Syllable[])[]
  ambiguous: readonly (readonly Syllable[])[]
  unless: readonly (readonly Syllable[])[]
}

const compiled = new WeakMap<Book, readonly Compiled[]>()

function compile(book: Book): readonly Compiled[] {
  let list = compiled.get(book)
  if (!list) {
    list = book.triggers.map((trigger) => ({
      trigger,
      phrases: trigger.phrases.map(syllables),
      ambiguous: trigger.ambiguous.map(syllables),
      unless: trigger.unless.map(syllables),
    }))
    compiled.set(book, list)
  }
  return list
}

/** `ambiguous`: only phrases typed without marks fit, and they may well mean something else. */
export interface Match {
  trigger: Trigger
  sure: boolean
}

/** The first trigger of these kinds that the text calls, in the order of the file. */
export function match(book: Book, text: string, kinds: readonly Trigger['kind'][]): Match | null {
  const typed = syllables(text)
  if (typed.length === 0) return null
  let unsure: Match | null = null
  for (const one of compile(book)) {
    if (!kinds.includes(one.trigger.kind)) continue
    if (one.unless.some((phrase) => find(typed, phrase) !== 'none')) continue
    const fits = (phrase: readonly Syllable[]): Fit =>
      one.trigger.match === 'whole' ? whole(typed, phrase) : find(typed, phrase)
    if (one.phrases.some((phrase) => fits(phrase) !== 'none')) return { trigger: one.trigger, sure: true }
    const weak = one.ambiguous.map(fits)
    if (weak.includes('exact')) return { trigger: one.trigger, sure: true }
    if (weak.includes('bare') && one.trigger.kind !== 'emergency') unsure ??= { trigger: one.trigger, sure: false }
  }
  return unsure
}
