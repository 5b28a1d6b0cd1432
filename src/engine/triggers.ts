import type { Book, Trigger } from './book.ts'
import { ANY, type Fit, find, type Syllable, spots, syllables, TENS, whole } from './text.ts'

type Phrase = readonly Syllable[]

interface Compiled {
  trigger: Trigger
  phrases: readonly Phrase[]
  ambiguous: readonly Phrase[]
  /** Harmless turns that hold one of the phrases: they take it out of the text and leave the rest to be read. */
  masks: readonly Phrase[]
  /** Contexts in which the whole text is left alone. */
  vetoes: readonly Phrase[]
}

/** The triggers in the order of the file, and by the first syllable of a phrase those that may be called where it stands. */
interface Index {
  triggers: readonly Compiled[]
  begun: ReadonlyMap<string, readonly number[]>
}

const compiled = new WeakMap<Book, Index>()

function compile(book: Book): Index {
  let index = compiled.get(book)
  if (!index) {
    const triggers = book.triggers.map((trigger) => {
      const phrases = trigger.phrases.flatMap(spell)
      const ambiguous = trigger.ambiguous.flatMap(spell)
      const unless = trigger.unless.flatMap(spell)
      const masks = (turn: Phrase) =>
        trigger.match === 'anywhere' && [...phrases, ...ambiguous].some((phrase) => find(turn, phrase) !== 'none')
      return {
        trigger,
        phrases,
        ambiguous,
        masks: unless.filter(masks),
        vetoes: unless.filter((turn) => !masks(turn)),
      }
    })
    const begun = new Map<string, number[]>()
    for (const [i, { phrases, ambiguous }] of triggers.entries()) {
      const first = [...phrases, ...ambiguous].flatMap((phrase) => phrase[0]?.bare ?? [])
      for (const bare of new Set(first)) begun.set(bare, [...(begun.get(bare) ?? []), i])
    }
    index = { triggers, begun }
    compiled.set(book, index)
  }
  return index
}

/** The triggers of which a phrase may begin somewhere in the text, in the order of the file: few, and most often none. */
function candidates({ triggers, begun }: Index, typed: readonly Syllable[]): readonly Compiled[] {
  const begin = new Set<number>()
  for (const { bare } of [ANY, TENS, ...typed]) for (const i of begun.get(bare) ?? []) begin.add(i)
  return begin.size === 0 ? [] : [...begin].sort((a, b) => a - b).map((i) => triggers[i]!)
}

const GAP = [0, 1, 2, 3].map((length) => Array.from({ length }, () => ANY))

/** Every phrase an author's line stands for: `…` is a gap of up to three syllables, `[số]` a number of two digits. */
function spell(line: string): readonly Phrase[] {
  const [first = [], ...rest] = line.split('…').map(spellPart)
  return rest.reduce<readonly Phrase[]>(
    (begun, part) => begun.flatMap((start) => GAP.map((gap) => [...start, ...gap, ...part])),
    [first],
  )
}

function spellPart(part: string): Phrase {
  return part.split('[số]').flatMap((words, i) => (i === 0 ? syllables(words) : [TENS, ...syllables(words)]))
}

/** `sure` is false when only phrases typed without marks fit, and they may well mean something else. */
export interface Match {
  trigger: Trigger
  sure: boolean
}

/** The first trigger of these kinds that the text calls, in the order of the file. */
export function match(book: Book, text: string, kinds: readonly Trigger['kind'][]): Match | null {
  const typed = syllables(text)
  if (typed.length === 0) return null
  let unsure: Match | null = null
  for (const one of candidates(compile(book), typed)) {
    if (!kinds.includes(one.trigger.kind)) continue
    const within = one.trigger.match === 'whole' ? whole : find
    const called = (phrase: Phrase) => within(typed, phrase) !== 'none'
    if (!one.phrases.some(called) && !one.ambiguous.some(called)) continue
    if (one.vetoes.some((phrase) => find(typed, phrase) !== 'none')) continue
    const left = one.masks.reduce<readonly Syllable[]>(maskOut, typed)
    const fits = (phrase: Phrase): Fit => within(left, phrase)
    if (one.phrases.some((phrase) => fits(phrase) !== 'none')) return { trigger: one.trigger, sure: true }
    const weak = one.ambiguous.map(fits)
    if (weak.includes('exact')) return { trigger: one.trigger, sure: true }
    if (weak.includes('bare') && one.trigger.kind !== 'emergency') unsure ??= { trigger: one.trigger, sure: false }
  }
  return unsure
}

/** Equal to no syllable anybody can type. */
const GONE: Syllable = { marked: '', bare: '' }

function maskOut(text: readonly Syllable[], phrase: Phrase): readonly Syllable[] {
  const starts = spots(text, phrase)
  if (starts.length === 0) return text
  return text.map((syllable, i) => (starts.some((start) => start <= i && i < start + phrase.length) ? GONE : syllable))
}
