import type { Seen } from '../learned/features.ts'
import { compare, type Syllable, syllables, TENS } from '../text.ts'
import { normalise } from './normalise.ts'
import { LEVELS, type Level, type Reason, type SafetyRule, type SafetyRules } from './rules.ts'
import { byNames, type People, type Place, type Who } from './who.ts'

/** What a message says of a danger: how near, which, about whom, and the rule that heard it. */
export interface Danger {
  level: Level
  reason: Reason | null
  who: Who
  rule: string | null
  /** The card of the rule, where it is not the one of the reason. */
  card?: string
}

export const SAFE: Danger = { level: 'none', reason: null, who: 'self', rule: null }
/** Longer messages are read in pieces that overlap, so that the work grows with the length and no more. */
const PIECE = { length: 90, step: 60 }
/** From more syllables than these on, a message is read in parts as well: a danger amid much else drowns in the whole (decision 037). */
const LONG = 28
const PART = { length: 10, step: 5 }
const SENTENCE_END = /(?<=[.!?;…])\s+|\n+/

/**
 * A piece of a message: its syllables without polite words around them, the concepts in it, its people, what the rules say of
 * it by themselves, and what they say where the weights see a danger too.
 */
export interface Heard {
  /** A sentence or a slice of a longer message, read by itself. */
  part: 'sentence' | 'slice' | null
  typed: readonly Syllable[]
  concepts: readonly string[]
  people: () => People
  danger: Danger
  hint: Danger
}

/**
 * Reads a message for danger by the rules alone: in pieces, and a long one also in its sentences and in parts that overlap.
 * Pure and linear in the length of the text.
 *
 * @param text what the person typed, of any length
 */
export function hear(rules: SafetyRules, text: string): readonly Heard[] {
  const matcher = compile(rules)
  const heard: Heard[] = []
  for (const { piece, part } of pieces(matcher, text)) {
    heard.push(heardIn(matcher, piece, part))
    if (!part && heard.at(-1)!.danger.level === 'emergency') break
  }
  return heard
}

function* pieces(matcher: Matcher, text: string): Generator<{ piece: readonly Syllable[]; part: Heard['part'] }> {
  const read = (text: string) => normalise(text, matcher.teencode, matcher.vocabulary)
  const typed = read(text)
  for (const piece of slices(typed, PIECE)) yield { piece, part: null }
  if (typed.length <= LONG) return
  for (const sentence of text.split(SENTENCE_END))
    yield { piece: read(sentence).slice(0, PIECE.length), part: 'sentence' }
  for (const piece of slices(typed, PART)) yield { piece, part: 'slice' }
}

function* slices<T>(all: readonly T[], { length, step }: { length: number; step: number }): Generator<readonly T[]> {
  for (let from = 0; ; from += step) {
    yield all.length <= length ? all : all.slice(from, from + length)
    if (from + length >= all.length) return
  }
}

/** A piece as the weights look at it. */
export function seenOf({ typed, concepts, hint }: Heard): Seen {
  return { typed, concepts, level: hint.level, reason: hint.reason }
}

/** What is heard in one piece. */
function heardIn(matcher: Matcher, piece: readonly Syllable[], part: Heard['part']): Heard {
  const found = hits(matcher, piece)
  const [from, to] = withoutPoliteness(piece)
  const typed = from === 0 && to === piece.length ? piece : piece.slice(from, to)
  const people = () => peopleIn(matcher, found, from)
  return {
    part,
    typed,
    people,
    concepts: found.size === 0 ? NONE : [...found.keys()].map((concept) => matcher.names[concept]!),
    ...(found.size === 0 ? NOTHING : read(matcher, found, people, typed.length <= FEW)),
  }
}

/** What mostly whoever has it tells of, and what nobody tells of themselves. */
const FEELS = ['bad_body', 'heart', 'heart_sure']
const LIES = ['no_wake', 'no_wake_sure', 'seizure_sure', 'blue_sure']

/** Where the people stand, counted from the syllable `from` on. */
function peopleIn({ concepts }: Matcher, found: ReadonlyMap<number, readonly Place[]>, from: number): People {
  const places = (name: string) => found.get(concepts.get(name) ?? -1) ?? []
  const some = (names: readonly string[]) => names.some((name) => places(name).length > 0)
  const of = (name: string) => places(name).map(({ start, end }) => ({ start: start - from, end: end - from }))
  return { self: of('self'), other: of('other'), feels: some(FEELS) && !some(LIES) }
}

/** Of a message with no more syllables than these every rule is sure: on other people's lines 19 of 20 were right. */
export const FEW = 5
const POLITE = new Set(syllables('dạ vâng ạ nha nhé nhe với ad ơi').map(({ marked }) => marked))

/** "dạ … ạ", "… nha": words around what is said that make it neither more nor less. */
function withoutPoliteness(typed: readonly Syllable[]): readonly [from: number, to: number] {
  const polite = (one: Syllable | undefined) => one !== undefined && POLITE.has(one.marked)
  let [from, to] = [0, typed.length]
  while (from < to && polite(typed[from])) from++
  while (to > from && polite(typed[to - 1])) to--
  return from === to ? [0, typed.length] : [from, to]
}

const NONE: readonly string[] = []
const NOTHING = { danger: SAFE, hint: SAFE }

/** What the rules alone say of a message, where there is nothing that weighs. */
export function detect(rules: SafetyRules, text: string): Danger {
  return worst(hear(rules, text).map(({ hint }) => hint))
}

export function worst(dangers: readonly Danger[]): Danger {
  return dangers.reduce((most, one) => (rank(one.level) > rank(most.level) ? one : most), SAFE)
}

export const rank = (level: Level): number => LEVELS.indexOf(level)

interface Node {
  next: Map<string, Node>
  ends: { concept: number; phrase: readonly Syllable[]; marked: boolean }[]
}

interface Matcher {
  root: Node
  concepts: ReadonlyMap<string, number>
  names: readonly string[]
  rules: readonly (Omit<SafetyRule, 'when' | 'with' | 'unless'> & {
    when: readonly (readonly number[])[]
    with: readonly (readonly number[])[]
    unless: readonly number[]
  })[]
  teencode: ReadonlyMap<string, readonly Syllable[]>
  vocabulary: ReadonlySet<string>
}

/** What takes a danger out must be sure of itself: "tho" is thở before it is thơ. */
const CAUTIOUS = new Set(
  'about farm sport kitchen past better place_plain breath_joke love food animal game joke'.split(' '),
)

const compiled = new WeakMap<SafetyRules, Matcher>()

function compile(rules: SafetyRules): Matcher {
  const made = compiled.get(rules)
  if (made) return made
  const written = { ...rules.concepts, ...rules.scenes }
  const names = Object.keys(written)
  const concepts = new Map(names.map((name, i) => [name, i]))
  const ids = (list: readonly string[]) => list.flatMap((name) => concepts.get(name) ?? [])
  const teencode = new Map(Object.entries(rules.teencode).map(([short, long]) => [short, syllables(long)]))
  const root: Node = { next: new Map(), ends: [] }
  const vocabulary = new Set<string>()
  for (const [concept, name] of names.entries())
    for (const line of written[name]!) {
      const words = syllables(line.replace(/!$/, ''))
      const phrase =
        line === '[số]' ? [TENS] : words.flatMap((one) => teencode.get(one.marked.normalize('NFC')) ?? [one])
      const marked = line.endsWith('!') || (CAUTIOUS.has(name) && phrase.length === 1 && phrase[0] !== TENS)
      // Scenes hold everyday words, by which too much could be taken apart.
      if (name in rules.concepts) for (const { bare } of phrase) vocabulary.add(bare)
      let node = root
      for (const { bare } of phrase) {
        const next: Node = node.next.get(bare) ?? { next: new Map(), ends: [] }
        node.next.set(bare, next)
        node = next
      }
      node.ends.push({ concept, phrase, marked })
    }
  const matcher: Matcher = {
    root,
    concepts,
    names,
    rules: [...rules.rules]
      .sort((a, b) => rank(b.level) - rank(a.level))
      .map((rule) => ({ ...rule, when: rule.when.map(ids), with: rule.with.map(ids), unless: ids(rule.unless) })),
    teencode,
    vocabulary,
  }
  compiled.set(rules, matcher)
  return matcher
}

/** Every concept's places in a piece of text, without those an idiom or a hyperbole takes out. */
function hits(matcher: Matcher, typed: readonly Syllable[]): ReadonlyMap<number, readonly Place[]> {
  const found = new Map<number, Place[]>()
  for (let start = 0; start < typed.length; start++) {
    let node: Node | undefined = matcher.root
    for (let end = start; end < typed.length && node; end++) {
      const { bare } = typed[end]!
      node = node.next.get(bare) ?? (/^\d{2,3}$/.test(bare) ? node.next.get(TENS.bare) : undefined)
      for (const { concept, phrase, marked } of node?.ends ?? []) {
        const fits = phrase.every((wanted, i) => {
          const fit = compare(typed[start + i]!, wanted)
          return fit === 'exact' || (fit === 'bare' && !marked)
        })
        if (!fits) continue
        const list = found.get(concept)
        if (list) list.push({ start, end: end + 1 })
        else found.set(concept, [{ start, end: end + 1 }])
      }
    }
  }
  return withoutIdioms(matcher, found)
}

/** "cười chết mất", "chết máy", "đói muốn chết": a longer harmless turn takes the shorter word out. */
function withoutIdioms(matcher: Matcher, found: Map<number, Place[]>): ReadonlyMap<number, readonly Place[]> {
  const idiom = found.get(matcher.concepts.get('idiom') ?? -1) ?? []
  const hyper = found.get(matcher.concepts.get('hyper') ?? -1) ?? []
  if (idiom.length === 0 && hyper.length === 0) return found
  const placesOf = (...names: readonly string[]) =>
    names.flatMap((name) => found.get(matcher.concepts.get(name) ?? -1) ?? [])
  const wanted = placesOf('want_die', 'wish')
  const deadly = placesOf('die', 'kill_self')
  const masks = [
    // "chết mẹ" is an oath, "muốn chết mẹ cho rồi" is not: a death that is wished for is no idiom.
    ...idiom.filter(
      ({ start }) => !wanted.some(({ end }) => end === start) || !deadly.some((one) => one.start === start),
    ),
    // A feeling right before "(muốn) chết": the word of feeling and up to three syllables after it.
    ...hyper.map(({ start, end }) => ({ start, end: end + 3, feeling: true })),
  ]
  const die = matcher.concepts.get('die')
  const wants = ['want_die', 'wish', 'want'].map((name) => matcher.concepts.get(name))
  const keep = new Set(['idiom', 'hyper', 'about', 'joke', 'farm'].map((name) => matcher.concepts.get(name)))
  for (const [concept, list] of found) {
    if (keep.has(concept)) continue
    const left = list.filter(
      (hit) =>
        !masks.some((mask) => {
          if ('feeling' in mask) {
            return (concept === die || wants.includes(concept)) && hit.start >= mask.start && hit.end <= mask.end
          }
          return hit.start >= mask.start && hit.end <= mask.end && hit.end - hit.start < mask.end - mask.start
        }),
    )
    if (left.length > 0) found.set(concept, left)
    else found.delete(concept)
  }
  return found
}

/** The first rule that fits, from the gravest on; and what it or a later one says alone. */
function read(
  matcher: Matcher,
  found: ReadonlyMap<number, readonly Place[]>,
  people: () => People,
  short: boolean,
): Pick<Heard, 'danger' | 'hint'> {
  let [danger, hint] = [SAFE, SAFE]
  const any = (concepts: readonly number[]) => concepts.some((concept) => found.has(concept))
  for (const rule of matcher.rules) {
    if (!rule.when.every(any) || !rule.with.every(any) || any(rule.unless)) continue
    if (!inOrder(rule.when, rule.within, found)) continue
    const card = rule.card === undefined ? {} : { card: rule.card }
    const who = byNames(people(), rule.reason)
    const full: Danger = { level: rule.level, reason: rule.reason, who, rule: rule.id, ...card }
    if (hint === SAFE) hint = full
    const alone = short ? rule.level : (rule.alone ?? rule.level)
    danger = worst([danger, { ...full, level: alone }])
    if (alone === rule.level) break
  }
  return { danger, hint }
}

/** Do the concepts stand in this order, near enough to each other. */
function inOrder(
  when: readonly (readonly number[])[],
  within: number,
  found: ReadonlyMap<number, readonly Place[]>,
): boolean {
  let ends: readonly number[] | null = null
  for (const concepts of when) {
    const next: number[] = []
    for (const { start, end } of concepts.flatMap((concept) => found.get(concept) ?? [])) {
      if (ends === null || ends.some((before) => before <= start && start - before <= within)) next.push(end)
    }
    if (next.length === 0) return false
    ends = next
  }
  return true
}
