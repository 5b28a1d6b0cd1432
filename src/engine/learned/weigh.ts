import type { Syllable } from '../text.ts'
import { isMarked, type Seen } from './features.ts'

/**
 * Weights learnt from written lines (`npm run learn`), as data: for each class a logistic regression over the features
 * of a message. Integers, `scale` to the unit, so that a file written twice is the same.
 */
export interface Learned {
  /** `danger` and `emergency`, then the reasons of a danger and the intents: `reason …`, `intent …`. */
  classes: readonly string[]
  /**
   * From which log odds on a message is asked about, by how many grave scenes it holds (none, one, two, more), and how
   * much more where it has no marks; how much above that it is urgent; from which odds of an emergency it is one.
   */
  bars: { check: readonly number[]; bare: number; urgent: number; emergency: number }
  scale: number
  bias: readonly number[]
  /** For a feature, its weights as class, weight, class, weight … */
  weights: Readonly<Record<string, readonly number[]>>
}

/**
 * The weights as a message is weighed by them: syllables by number, pairs of them in one map, and all weights in one
 * array, since a hundred thousand small objects would fill a small machine.
 */
export interface Weights extends Omit<Learned, 'weights'> {
  syllables: ReadonlyMap<string, number>
  /** The number of a feature: of a single syllable or a pair by their numbers, of any other by its name. */
  pairs: ReadonlyMap<number, number>
  named: ReadonlyMap<string, number>
  /** Where the weights of a feature begin: class, weight, class, weight … */
  starts: Int32Array
  flat: Int16Array
  /** The last message a feature was counted in, since it counts once. */
  counted: Int32Array
  turn: { now: number }
}

const KINDS = 'bsm'

/** Makes the weights ready; `learned` itself is needed no more. A start waits for it, so each name is read once. */
export function ready({ weights, ...rest }: Learned): Weights {
  const names = Object.keys(weights)
  const syllables = new Map<string, number>()
  const number = (syllable: string): number => {
    const known = syllables.get(syllable)
    if (known !== undefined) return known
    syllables.set(syllable, syllables.size + 1)
    return syllables.size
  }
  const named = new Map<string, number>()
  const firsts = new Int32Array(names.length)
  const seconds = new Int32Array(names.length)
  const starts = new Int32Array(names.length + 1)
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!
    starts[i + 1] = starts[i]! + weights[name]!.length
    if (KINDS.indexOf(name.charAt(0)) < 0 || name.charAt(1) !== ' ') {
      named.set(name, i)
      continue
    }
    const gap = name.indexOf(' ', 2)
    firsts[i] = number(gap < 0 ? name.slice(2) : name.slice(2, gap))
    if (gap >= 0) seconds[i] = number(name.slice(gap + 1))
  }
  const flat = new Int16Array(starts[names.length]!)
  const pairs = new Map<number, number>()
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!
    flat.set(weights[name]!, starts[i])
    if (firsts[i]! > 0) pairs.set(pairOf(syllables.size, KINDS.indexOf(name.charAt(0)), firsts[i]!, seconds[i]!), i)
  }
  const counted = new Int32Array(names.length)
  return { ...rest, syllables, pairs, named, starts, flat, counted, turn: { now: 0 } }
}

/** Syllables are numbered from one: nought stands for none. */
function pairOf(size: number, kind: number, first: number, second: number): number {
  return (kind * (size + 1) + first) * (size + 1) + second
}

/**
 * How far a message is on the side of each class, as log odds, in the order of `classes`. Linear in its length.
 *
 * @param upTo only so many classes: the first two are the danger and the emergency, and mostly enough
 */
export function weigh(learned: Weights, seen: Seen, upTo = learned.classes.length): readonly number[] {
  const { syllables, pairs, named, starts, flat, counted } = learned
  const turn = ++learned.turn.now
  const sums = new Array<number>(upTo).fill(0)
  const add = (feature: number | undefined) => {
    if (feature === undefined || counted[feature] === turn) return
    counted[feature] = turn
    for (let i = starts[feature]!; i < starts[feature + 1]! && flat[i]! < upTo; i += 2) sums[flat[i]!]! += flat[i + 1]!
  }
  const { typed } = seen
  const size = syllables.size
  const marked = isMarked(typed)
  // The numbers of the two syllables before this one; one that no line ever held has none.
  let [bare1, bare2, full1] = [0, 0, 0]
  for (const one of typed) {
    const bare = syllables.get(one.bare) ?? 0
    if (bare > 0) {
      add(pairs.get(pairOf(size, 0, bare, 0)))
      if (bare1 > 0) add(pairs.get(pairOf(size, 0, bare1, bare)))
      if (bare2 > 0) add(pairs.get(pairOf(size, 1, bare2, bare)))
    }
    bare2 = bare1
    bare1 = bare
    if (!marked) continue
    const full = one.marked === one.bare ? bare : (syllables.get(one.marked) ?? 0)
    if (full > 0) {
      add(pairs.get(pairOf(size, 2, full, 0)))
      if (full1 > 0) add(pairs.get(pairOf(size, 2, full1, full)))
    }
    full1 = full
  }
  for (const concept of seen.concepts) add(named.get(`c ${concept}`))
  if (seen.level !== 'none') add(named.get(`r ${seen.level}`))
  if (seen.reason !== null) add(named.get(`r ${seen.reason}`))
  const length = lengthOf(typed)
  return sums.map((sum, i) => (learned.bias[i]! + sum / length) / learned.scale)
}

/** A long message has more features, not more to say. */
export function lengthOf(typed: readonly Syllable[]): number {
  return Math.sqrt(4 + typed.length)
}
