import { EDGE, isMarked, type Seen } from './features.ts'
import { unpack } from './vectors.ts'

/**
 * A net learnt from written lines (`npm run learn`), as data: a vector for each feature of a message, one layer over
 * their sum, and for each class a side of that layer.
 */
export interface Learned {
  /** `danger`, `emergency`, the reasons of a danger and the intents: `reason …`, `intent …`. */
  classes: readonly string[]
  bars: Bars
  /** What one of a vector's numbers is worth. */
  step: number
  /** The layer before anything is heard. */
  hidden: readonly number[]
  /** Class by class, a weight for each place of the layer. */
  out: readonly (readonly number[])[]
  /** Class by class, the log odds where nothing is heard. */
  before: readonly number[]
  features: readonly string[]
  /** The vectors in the order of the features, packed. */
  vectors: string
}

/** From which log odds on a level is raised. */
export interface Bars {
  /** The odds of a danger: urgent, or what a weighed rule says. */
  danger: number
  /** The odds of an emergency: urgent at least. */
  perhaps: number
  /** The same: the card. */
  emergency: number
  /** How much more each takes in a message of few syllables: an answer to a question, more often than not. */
  short: number
}

/**
 * The net as a message is weighed by it: syllables by number and runs of them in a table, since a hundred thousand small
 * objects would fill a small machine.
 */
export interface Weights extends Omit<Learned, 'features' | 'vectors'> {
  syllables: ReadonlyMap<string, number>
  runs: Runs
  /** The number of a feature that is no run of syllables, by its name. */
  named: ReadonlyMap<string, number>
  vectors: Int8Array
  /** The last message a feature was counted in, since it counts once. */
  counted: Int32Array
  turn: { now: number }
}

/** Runs of up to three syllables: a table with open places, of which each holds the number of a feature and one. */
interface Runs {
  table: Int32Array
  /** The syllables of each feature by number, nought for none; marked ones are counted from `MARKED` on. */
  keys: Int32Array
}

const MARKED = 1 << 24

/** Makes the net ready; `learned` itself is needed no more. A start waits for it, so each name is read once. */
export function ready({ features, vectors, ...rest }: Learned): Weights {
  const syllables = new Map<string, number>()
  const number = (syllable: string): number => {
    const known = syllables.get(syllable)
    if (known !== undefined) return known
    syllables.set(syllable, syllables.size + 1)
    return syllables.size
  }
  const named = new Map<string, number>()
  const size = 2 ** Math.ceil(Math.log2(2 * features.length + 2))
  const runs = { table: new Int32Array(size), keys: new Int32Array(3 * features.length) }
  for (let i = 0; i < features.length; i++) {
    const name = features[i]!
    const kind = name.charAt(0)
    if (kind !== 'b' && kind !== 'm') {
      named.set(name, i)
      continue
    }
    const [first = '', second, third] = name.slice(2).split(' ')
    const key = [number(first) + (kind === 'm' ? MARKED : 0), second ? number(second) : 0, third ? number(third) : 0]
    runs.keys.set(key, 3 * i)
    runs.table[placeOf(runs, key[0]!, key[1]!, key[2]!)] = i + 1
  }
  const counted = new Int32Array(features.length)
  return { ...rest, syllables, runs, named, vectors: unpack(vectors), counted, turn: { now: 0 } }
}

/** Where a run stands in the table, or the open place where it would. */
function placeOf({ table, keys }: Runs, first: number, second: number, third: number): number {
  const last = table.length - 1
  let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  for (let place = (hash ^ (hash >>> 13)) & last; ; place = (place + 1) & last) {
    const at = 3 * (table[place]! - 1)
    if (at < 0 || (keys[at] === first && keys[at + 1] === second && keys[at + 2] === third)) return place
  }
}

/** The features of a message that lines held, each once. Linear in its length. */
function present(learned: Weights, seen: Seen): readonly number[] {
  const { syllables, runs, named, counted } = learned
  const turn = ++learned.turn.now
  const found: number[] = []
  const add = (feature: number | undefined) => {
    if (feature === undefined || feature < 0 || counted[feature] === turn) return
    counted[feature] = turn
    found.push(feature)
  }
  const run = (first: number, second: number, third: number) =>
    add(runs.table[placeOf(runs, first, second, third)]! - 1)
  const { typed } = seen
  const marked = isMarked(typed)
  const edge = syllables.get(EDGE) ?? 0
  // The numbers of the syllables before this one; one that no line ever held has none, and no run holds it.
  let [bare1, bare2, full1] = [edge, 0, edge]
  for (let i = 0; i <= typed.length; i++) {
    const one = typed[i]
    const bare = one ? (syllables.get(one.bare) ?? 0) : edge
    if (bare > 0) {
      if (one) run(bare, 0, 0)
      if (bare1 > 0) run(bare1, bare, 0)
      if (bare1 > 0 && bare2 > 0) run(bare2, bare1, bare)
    }
    bare2 = bare1
    bare1 = bare
    if (!marked) continue
    const full = !one ? edge : one.marked === one.bare ? bare : (syllables.get(one.marked) ?? 0)
    if (full > 0) {
      if (one) run(full + MARKED, 0, 0)
      if (full1 > 0) run(full1 + MARKED, full, 0)
    }
    full1 = full
  }
  for (const concept of seen.concepts) add(named.get(`c ${concept}`))
  if (seen.level !== 'none') add(named.get(`r ${seen.level}`))
  if (seen.reason !== null) add(named.get(`r ${seen.reason}`))
  return found
}

/** What the layer makes of a message; how far it is on the side of a class is asked of that (`oddsOf`). */
export function weigh(learned: Weights, seen: Seen): Layer {
  const { vectors, step, hidden } = learned
  const width = hidden.length
  const sums = new Int32Array(width)
  const found = present(learned, seen)
  for (const feature of found) {
    const from = feature * width
    for (let i = 0; i < width; i++) sums[i]! += vectors[from + i]!
  }
  const share = step / Math.sqrt(Math.max(1, found.length))
  const layer = new Float64Array(width)
  for (let i = 0; i < width; i++) layer[i] = Math.max(0, hidden[i]! + sums[i]! * share)
  return layer
}

export type Layer = Readonly<Float64Array>

/** How far a message is on the side of a class, as log odds. */
export function oddsOf({ classes, out, before }: Weights, layer: Layer, name: string): number {
  const k = classes.indexOf(name)
  const side = out[k]!
  let odds = before[k]!
  for (let i = 0; i < layer.length; i++) odds += side[i]! * layer[i]!
  return odds
}
