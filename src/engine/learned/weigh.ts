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

interface Node {
  weights: readonly number[] | undefined
  next: Map<string, Node> | undefined
}

interface Tables {
  roots: Readonly<Record<'b' | 's' | 'm', Map<string, Node>>>
  named: ReadonlyMap<string, readonly number[]>
}

const compiled = new WeakMap<Learned, Tables>()

function compile(learned: Learned): Tables {
  const made = compiled.get(learned)
  if (made) return made
  const roots = { b: new Map<string, Node>(), s: new Map<string, Node>(), m: new Map<string, Node>() }
  const named = new Map<string, readonly number[]>()
  for (const [feature, weights] of Object.entries(learned.weights)) {
    const [kind = '', first = '', second] = feature.split(' ')
    if (kind !== 'b' && kind !== 's' && kind !== 'm') {
      named.set(feature, weights)
      continue
    }
    const node = roots[kind].get(first) ?? { weights: undefined, next: undefined }
    roots[kind].set(first, node)
    if (second === undefined) node.weights = weights
    else {
      node.next ??= new Map()
      node.next.set(second, { weights, next: undefined })
    }
  }
  const tables = { roots, named }
  compiled.set(learned, tables)
  return tables
}

/**
 * How far a message is on the side of each class, as log odds, in the order of `classes`. Linear in its length.
 */
export function weigh(learned: Learned, seen: Seen): readonly number[] {
  const { roots, named } = compile(learned)
  const sums = new Array<number>(learned.classes.length).fill(0)
  const counted = new Set<readonly number[]>()
  const add = (weights: readonly number[] | undefined) => {
    if (!weights || counted.has(weights)) return
    counted.add(weights)
    for (let i = 0; i < weights.length; i += 2) sums[weights[i]!]! += weights[i + 1]!
  }
  const { typed } = seen
  const marked = isMarked(typed)
  for (let i = 0; i < typed.length; i++) {
    const [here, after, later] = [typed[i]!, typed[i + 1], typed[i + 2]]
    pair(roots.b.get(here.bare), after?.bare, add)
    if (later) add(roots.s.get(here.bare)?.next?.get(later.bare)?.weights)
    if (marked) pair(roots.m.get(here.marked), after?.marked, add)
  }
  for (const concept of seen.concepts) add(named.get(`c ${concept}`))
  if (seen.level !== 'none') add(named.get(`r ${seen.level}`))
  if (seen.reason !== null) add(named.get(`r ${seen.reason}`))
  const length = lengthOf(typed)
  return sums.map((sum, i) => (learned.bias[i]! + sum / length) / learned.scale)
}

function pair(
  node: Node | undefined,
  after: string | undefined,
  add: (weights: readonly number[] | undefined) => void,
) {
  if (!node) return
  add(node.weights)
  if (after !== undefined) add(node.next?.get(after)?.weights)
}

/** A long message has more features, not more to say. */
export function lengthOf(typed: readonly Syllable[]): number {
  return Math.sqrt(4 + typed.length)
}
