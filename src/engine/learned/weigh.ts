import { APART, EDGE, isMarked, NETS, type Seen } from './features.ts'
import { MOST, unpack } from './vectors.ts'

/**
 * Nets as data: each has a vector for each feature of a message that it looks at, a layer over their sum and a second one
 * over that; for each class there is a side of the second layers of all nets, one after the other.
 */
export interface LearnedNets {
  /** `danger`, `emergency`, the reasons of a danger and the intents: `reason …`, `intent …`. */
  classes: readonly string[]
  /** What one of a vector's numbers is worth, net by net. */
  steps: readonly number[]
  /** The first layers before anything is heard, one net after the other. */
  hidden: readonly number[]
  /** Net by net, for each place of its second layer a weight for each place of its first. */
  middle: readonly (readonly number[])[]
  /** The second layers before anything is heard. */
  above: readonly number[]
  /** Class by class, a weight for each place of the second layers. */
  out: readonly (readonly number[])[]
  /** Class by class, the log odds where nothing is heard. */
  before: readonly number[]
  /** The features by name, those together that the same nets hold. */
  features: readonly { nets: readonly number[]; names: readonly string[] }[]
  /** Net by net, the vectors of its features in that order, packed. */
  vectors: readonly string[]
}

/**
 * The nets as a message is weighed by them: syllables by number and runs of them in a table, since a hundred thousand small
 * objects would fill a small machine.
 */
export interface Nets extends Omit<LearnedNets, 'features' | 'vectors' | 'middle'> {
  /** Net by net, for each place of its first layer a weight for each place of its second: most of the first are nought. */
  middle: readonly Float64Array[]
  syllables: ReadonlyMap<string, number>
  runs: Runs
  /** The number of a feature that is no run of syllables, by its name. */
  named: ReadonlyMap<string, number>
  /** Feature by feature, its vectors in the nets that hold it, one after the other: four numbers a word, each raised by `RAISED`. */
  vectors: Int32Array
  /** At which word those of a feature begin. */
  begins: Int32Array
  /** Feature by feature, the nets that hold it, as a sum of 1, 2, 4 … */
  holders: Uint8Array
  /** The last message a run was counted in, by its place in the table, since it counts once. */
  counted: Int32Array
  turn: { now: number }
}

/** Runs of up to three syllables: a table with open places, of which each holds the number of a feature and one. */
interface Runs {
  table: Int32Array
  /** The syllables of each feature by number, nought for none; marked ones are counted from `MARKED` on, a pair apart from `SPACED` on. */
  keys: Int32Array
}

const MARKED = 1 << 24
const SPACED = 1 << 25
/** What the number of the first syllable is raised by, by the kind of a run. */
const KINDS: Readonly<Record<string, number>> = { b: 0, t: 0, m: MARKED, s: SPACED }

/** Makes the nets ready; `learned` itself is needed no more. A start waits for it, so each name is read once. */
export function ready({ features, vectors, middle, ...rest }: LearnedNets): Nets {
  const syllables = new Map<string, number>()
  const number = (syllable: string): number => {
    const known = syllables.get(syllable)
    if (known !== undefined) return known
    syllables.set(syllable, syllables.size + 1)
    return syllables.size
  }
  const count = features.reduce((sum, { names }) => sum + names.length, 0)
  const named = new Map<string, number>()
  // Runs that no line held are counted at open places: there must be many, so that two seldom share one.
  const size = 2 ** Math.max(16, Math.ceil(Math.log2(2 * count + 2)))
  const runs = { table: new Int32Array(size), keys: new Int32Array(3 * count) }
  const words = rest.hidden.length / vectors.length / 4
  const unpacked = vectors.map((text) => wordsOf(unpack(text)))
  const joined = new Int32Array(unpacked.reduce((sum, { length }) => sum + length, 0))
  const begins = new Int32Array(count)
  const holders = new Uint8Array(count)
  const ends = vectors.map(() => 0)
  let [i, end] = [-1, 0]
  for (const { nets, names } of features) {
    const held = nets.reduce((sum, net) => sum + 2 ** net, 0)
    for (const name of names) {
      begins[++i] = end
      holders[i] = held
      for (const net of nets) {
        joined.set(unpacked[net]!.subarray(ends[net]!, ends[net]! + words), end)
        ends[net]! += words
        end += words
      }
      const kind = KINDS[name.charAt(0)]
      if (kind === undefined) {
        named.set(name, i)
        continue
      }
      const [first = '', second, third] = name.slice(2).split(' ')
      const key = [number(first) + kind, second ? number(second) : 0, third ? number(third) : 0]
      runs.keys.set(key, 3 * i)
      runs.table[placeOf(runs, key[0]!, key[1]!, key[2]!)] = i + 1
    }
  }
  const counted = new Int32Array(size)
  const turned = middle.map((weights) => turnedOver(weights, 4 * words))
  return {
    ...rest,
    middle: turned,
    syllables,
    runs,
    named,
    vectors: joined,
    begins,
    holders,
    counted,
    turn: { now: 0 },
  }
}

/** Rows of so many numbers as columns. */
function turnedOver(rows: readonly number[], width: number): Float64Array {
  const height = rows.length / width
  return Float64Array.from(rows, (_, at) => rows[(at % height) * width + Math.floor(at / height)]!)
}

/** What each number of a vector is raised by, so that none is below nought. */
const RAISED = MOST + 1

/** Four numbers in a word, so that they are summed two at a time. */
function wordsOf(values: Int8Array): Int32Array {
  const words = new Int32Array(values.length / 4)
  for (let i = 0; i < values.length; i++) words[i >> 2]! |= (values[i]! + RAISED) << (8 * (i & 3))
  return words
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

/** What of a message lines held, each feature once, and how many features there are and each net sees, those no line ever held among them. */
interface Present {
  found: readonly number[]
  sizes: readonly number[]
  all: number
}

/** The kinds of features as they are counted, and net by net the one it is blind to. */
const [B, M, T, S, OTHER] = [0, 1, 2, 3, 4]
const UNSEEN = NETS.map(({ blind }) => ({ t: T, s: S })[blind])

/** Linear in the length of the message. */
function present(learned: Nets, seen: Seen): Present {
  const { syllables, runs, named, counted } = learned
  const turn = ++learned.turn.now
  const found: number[] = []
  const sizes = [0, 0, 0, 0, 0]
  const run = (kind: number, first: number, second: number, third: number) => {
    const place = placeOf(runs, first, second, third)
    if (counted[place] === turn) return
    counted[place] = turn
    sizes[kind]!++
    const feature = runs.table[place]! - 1
    if (feature >= 0) found.push(feature)
  }
  const name = (feature: number | undefined) => {
    sizes[OTHER]!++
    if (feature !== undefined) found.push(feature)
  }
  const numberOf = numbersOf(syllables)
  const { typed } = seen
  const edge = numberOf(EDGE)
  const bares = [edge, ...typed.map((one) => numberOf(one.bare)), edge]
  const marked = isMarked(typed)
  const fulls = marked ? [edge, ...typed.map((one) => numberOf(one.marked)), edge] : []
  for (let i = 1; i < bares.length; i++) {
    const inside = i < bares.length - 1
    const bare = bares[i]!
    if (inside) run(B, bare, 0, 0)
    run(B, bares[i - 1]!, bare, 0)
    if (i > 1) run(T, bares[i - 2]!, bares[i - 1]!, bare)
    if (inside) for (const gap of APART) if (i > gap) run(S, bares[i - gap]! + SPACED, bare, 0)
    if (!marked) continue
    const full = fulls[i]!
    if (inside) run(M, full + MARKED, 0, 0)
    run(M, fulls[i - 1]! + MARKED, full, 0)
  }
  for (const concept of seen.concepts) name(named.get(`c ${concept}`))
  if (seen.level !== 'none') name(named.get(`r ${seen.level}`))
  if (seen.reason !== null) name(named.get(`r ${seen.reason}`))
  const all = sizes.reduce((sum, size) => sum + size)
  return { found, sizes: UNSEEN.map((kind) => all - sizes[kind]!), all }
}

/** The numbers of syllables; one that no line ever held gets the next, for this message. */
function numbersOf(known: ReadonlyMap<string, number>): (syllable: string) => number {
  const strange = new Map<string, number>()
  return (syllable) => {
    const number = known.get(syllable) ?? strange.get(syllable)
    if (number !== undefined) return number
    strange.set(syllable, known.size + strange.size + 1)
    return known.size + strange.size
  }
}

/** Every second number of a word, each with room for the sum of some four thousand. */
const EVEN = 0x00ff00ff
const ROOM = 4_000

/** What the nets make of a message; how far it is on the side of a class is asked of that (`oddsOf`). */
export function weigh(learned: Nets, seen: Seen): Layer {
  const { steps, hidden, middle, above } = learned
  const { found, sizes, all } = present(learned, seen)
  const layer = new Float64Array(hidden.length)
  const known = NETS.map(() => 0)
  for (let from = 0; from < found.length; from += ROOM) add(learned, found.slice(from, from + ROOM), layer, known)
  const [width, height] = [hidden.length / NETS.length, above.length / NETS.length]
  const top = new Float64Array(above.length)
  for (const [net, { strange }] of NETS.entries()) {
    const share = steps[net]! / Math.sqrt(Math.max(1, strange ? sizes[net]! : known[net]!))
    const first = net * width
    const from = net * height
    for (let j = from; j < from + height; j++) top[j] = above[j]!
    const weights = middle[net]!
    for (let i = first, at = 0; i < first + width; i++, at += height) {
      const value = hidden[i]! + layer[i]! * share
      if (value > 0) for (let j = 0; j < height; j++) top[from + j]! += weights[at + j]! * value
    }
    for (let j = from; j < from + height; j++) if (top[j]! < 0) top[j] = 0
  }
  return { top, known: found.length / Math.max(1, all) }
}

/** Adds the vectors of the features to the layers, and how many each net holds. */
function add({ vectors, begins, holders }: Nets, found: readonly number[], layer: Float64Array, known: number[]): void {
  const words = layer.length / NETS.length / 4
  const even = new Int32Array(layer.length / 4)
  const odd = new Int32Array(layer.length / 4)
  const added = NETS.map(() => 0)
  for (const feature of found) {
    let from = begins[feature]!
    for (let held = holders[feature]!, net = 0; held > 0; held >>= 1, net++) {
      if ((held & 1) === 0) continue
      added[net]!++
      for (let to = net * words, end = to + words; to < end; to++) {
        const word = vectors[from++]!
        even[to]! += word & EVEN
        odd[to]! += (word >>> 8) & EVEN
      }
    }
  }
  for (const [net, some] of added.entries()) {
    known[net]! += some
    for (let word = net * words, i = 4 * word; word < (net + 1) * words; word++) {
      layer[i++]! += (even[word]! & 0xffff) - RAISED * some
      layer[i++]! += (odd[word]! & 0xffff) - RAISED * some
      layer[i++]! += (even[word]! >>> 16) - RAISED * some
      layer[i++]! += (odd[word]! >>> 16) - RAISED * some
    }
  }
}

export interface Layer {
  /** The second layers of the nets, one after the other. */
  top: Readonly<Float64Array>
  /** Which share of its features lines held. */
  known: number
}

/** How far a message is on the side of a class, as log odds. */
export function oddsOf({ classes, out, before }: Nets, { top }: Layer, name: string): number {
  const k = classes.indexOf(name)
  return before[k]! + sideOf(out[k]!, top, 0, top.length)
}

/** How far the places from `from` to `to` move a message to a side. */
export function sideOf(side: readonly number[], top: Readonly<Float64Array>, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += side[i]! * top[i]!
  return sum
}
