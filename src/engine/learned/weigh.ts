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

/** A feature with its weights; `turn` is the last message it was counted in, since a feature counts once. */
interface Node {
  weights: readonly number[] | undefined
  turn: number
  next: Map<string, Node> | undefined
}

interface Tables {
  roots: Readonly<Record<'b' | 's' | 'm', Map<string, Node>>>
  named: ReadonlyMap<string, Node>
  turn: number
}

const compiled = new WeakMap<Learned, Tables>()

function compile(learned: Learned): Tables {
  const made = compiled.get(learned)
  if (made) return made
  const roots = { b: new Map<string, Node>(), s: new Map<string, Node>(), m: new Map<string, Node>() }
  const named = new Map<string, Node>()
  const node = (weights?: readonly number[]): Node => ({ weights, turn: 0, next: undefined })
  for (const [feature, weights] of Object.entries(learned.weights)) {
    const [kind = '', first = '', second] = feature.split(' ')
    if (kind !== 'b' && kind !== 's' && kind !== 'm') {
      named.set(feature, node(weights))
      continue
    }
    const begin = roots[kind].get(first) ?? node()
    roots[kind].set(first, begin)
    if (second === undefined) begin.weights = weights
    else {
      begin.next ??= new Map()
      begin.next.set(second, node(weights))
    }
  }
  const tables = { roots, named, turn: 0 }
  compiled.set(learned, tables)
  return tables
}

/**
 * How far a message is on the side of each class, as log odds, in the order of `classes`. Linear in its length.
 *
 * @param upTo only so many classes: the first two are the danger and the emergency, and mostly enough
 */
export function weigh(learned: Learned, seen: Seen, upTo = learned.classes.length): readonly number[] {
  const tables = compile(learned)
  const { roots, named } = tables
  const turn = ++tables.turn
  const sums = new Array<number>(upTo).fill(0)
  const add = (node: Node | undefined) => {
    if (!node?.weights || node.turn === turn) return
    node.turn = turn
    const { weights } = node
    for (let i = 0; i < weights.length && weights[i]! < upTo; i += 2) sums[weights[i]!]! += weights[i + 1]!
  }
  const { typed } = seen
  const marked = isMarked(typed)
  for (let i = 0; i < typed.length; i++) {
    const [here, after, later] = [typed[i]!, typed[i + 1], typed[i + 2]]
    const bare = roots.b.get(here.bare)
    add(bare)
    if (after) add(bare?.next?.get(after.bare))
    if (later) add(roots.s.get(here.bare)?.next?.get(later.bare))
    if (!marked) continue
    const full = roots.m.get(here.marked)
    add(full)
    if (after) add(full?.next?.get(after.marked))
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
