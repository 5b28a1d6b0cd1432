import { features, NETS, type Seen } from '../engine/learned/features.ts'
import { MOST, pack } from '../engine/learned/vectors.ts'
import type { Learned } from '../engine/learned/weigh.ts'

/** A written line, in the ways it may be typed, how many times it is heard, and the classes it belongs to. */
export interface Lesson {
  ways: readonly Seen[]
  times: number
  /** Class by class: 1 it belongs, 0 it does not, null it says nothing about it. */
  truth: readonly (0 | 1 | null)[]
}

const WIDTH = 56
const ROUNDS = 9
const STEP = 0.2
/** So many of the features are left out of each lesson, so that no single one decides (dropout: Srivastava and others 2014). */
const LEFT_OUT = 0.65
/** How much a class counts beside the danger in a message. */
const BESIDE = 0.5
/** A feature of fewer lines than these is chance. */
const SHARED = 4
/** So many features stay, net by net: those that move the lessons furthest in a first net (as fastText.zip: Joulin and others 2016). */
const KEPT = [130_000, 100_000]

/**
 * Nets with one layer over the sum of a vector for each feature (as fastText: Joulin and others 2016), by stochastic
 * descent with a step of its own for each feature and weight (AdaGrad: Duchi and others 2011). What a message asks for
 * is learnt with the same vectors as the danger in it, which makes both better (decision 030). Each net sees other features
 * and is learnt apart; they are heard together (decision 032). The order of the lessons is drawn from a fixed seed: the same
 * lines give the same nets.
 */
export function learn(classes: readonly string[], lessons: readonly Lesson[]): Omit<Learned, 'bars'> {
  const read = readFeatures(lessons)
  return written(
    classes,
    read.names,
    NETS.map((_, i) => learnNet(i, classes, lessons, read)),
  )
}

/** One of the nets, by its place in `NETS`: it takes minutes, so each may be learnt beside the others. */
export function learnNet(i: number, classes: readonly string[], lessons: readonly Lesson[], read: Read): Net {
  const draw = chance(i)
  const { blind, strange } = NETS[i]!
  const net = (kept: readonly number[]) =>
    descend(kept, classes, heardBy(kept, { blind, strange }, lessons, read), draw)
  const shared = sharedOf(read, blind)
  return net(strongest(read, shared, net(shared).vectors, KEPT[i]!))
}

/** The features of all lessons by number: as text they would fill the memory. */
export interface Read {
  names: readonly string[]
  /** How many lines hold each. */
  counts: readonly number[]
  /** Lesson by lesson, way by way. */
  ways: readonly (readonly Int32Array[])[]
}

export function readFeatures(lessons: readonly Lesson[]): Read {
  const places = new Map<string, number>()
  const counts: number[] = []
  const numberOf = (name: string): number => {
    const known = places.get(name)
    if (known !== undefined) return known
    places.set(name, places.size)
    return counts.push(0) - 1
  }
  const ways = lessons.map(({ ways }) => ways.map((way) => Int32Array.from([...features(way)].map(numberOf))))
  for (const all of ways) for (const feature of new Set(all.flatMap((way) => [...way]))) counts[feature]!++
  return { names: [...places.keys()], counts, ways }
}

interface HeardLesson {
  features: readonly number[]
  /** How many features count in it, left out or not; null where only those that are held do. */
  size: number | null
  truth: Lesson['truth']
}

/** Each lesson as the places of its features among those that stay, as many times as it is heard. */
function heardBy(
  kept: readonly number[],
  { blind, strange }: { blind: string; strange: boolean },
  lessons: readonly Lesson[],
  { names, ways }: Read,
): readonly HeardLesson[] {
  const places = new Int32Array(names.length).fill(-1)
  for (const [place, feature] of kept.entries()) places[feature] = place
  const sees = (feature: number) => !names[feature]!.startsWith(blind)
  return lessons.flatMap(({ times, truth }, i) => {
    const heard = ways[i]!.map((way) => {
      const features = [...way].map((feature) => places[feature]!).filter((place) => place >= 0)
      return { truth, features, size: strange ? way.filter(sees).length : null }
    })
    return Array.from({ length: times }, () => heard).flat()
  })
}

/** The features whose vectors are long and that many lines hold. */
function strongest(
  { counts }: Read,
  shared: readonly number[],
  vectors: Float32Array,
  most: number,
): readonly number[] {
  const strengths = shared.map(
    (feature, i) => Math.sqrt(counts[feature]!) * Math.hypot(...vectors.subarray(i * WIDTH, (i + 1) * WIDTH)),
  )
  const least = [...strengths].sort((a, b) => b - a)[most - 1] ?? 0
  return shared.filter((_, i) => strengths[i]! >= least)
}

/** The features that enough lines share and the net looks at, by name. */
function sharedOf({ names, counts }: Read, blind: string): readonly number[] {
  return [...names.keys()]
    .filter((feature) => counts[feature]! >= SHARED && !names[feature]!.startsWith(blind))
    .sort((a, b) => (names[a]! < names[b]! ? -1 : 1))
}

export interface Net {
  /** Its features by number, in the order of their vectors. */
  kept: readonly number[]
  vectors: Float32Array
  hidden: Float32Array
  /** Class by class, a weight for each place of the layer. */
  out: Float32Array
  before: Float32Array
}

function descend(
  kept: readonly number[],
  classes: readonly string[],
  heard: readonly HeardLesson[],
  draw: () => number,
): Net {
  const drawn = (length: number, spread: number, middle = 0) =>
    Float32Array.from({ length }, () => (draw() - 0.5) * spread + middle)
  const vectors = drawn(kept.length * WIDTH, 0.02)
  const hidden = drawn(WIDTH, 0.2, 0.1)
  const out = drawn(classes.length * WIDTH, 0.4)
  const before = new Float32Array(classes.length)
  const past = { vectors: new Float32Array(kept.length).fill(1e-2), out: new Float32Array(out.length).fill(1e-2) }
  const worth = classes.map((name) => (DANGERS.includes(name) ? 1 : BESIDE))
  const [layer, slope] = [new Float32Array(WIDTH), new Float32Array(WIDTH)]
  const order = heard.map((_, i) => i)
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(draw() * (i + 1))
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    for (const at of order) {
      const { features, size, truth } = heard[at]!
      const held = features.filter(() => draw() >= LEFT_OUT)
      if (held.length === 0) continue
      const share = 1 / Math.sqrt(size === null ? held.length : size * (1 - LEFT_OUT))
      layer.set(hidden)
      for (const feature of held)
        for (let i = 0, from = feature * WIDTH; i < WIDTH; i++) layer[i]! += vectors[from + i]! * share
      slope.fill(0)
      for (let k = 0; k < classes.length; k++) {
        const side = truth[k]!
        if (side === null) continue
        const from = k * WIDTH
        let odds = before[k]!
        for (let i = 0; i < WIDTH; i++) if (layer[i]! > 0) odds += out[from + i]! * layer[i]!
        const miss = worth[k]! * (1 / (1 + Math.exp(-odds)) - side)
        before[k]! -= STEP * 0.1 * miss
        for (let i = 0; i < WIDTH; i++) {
          if (layer[i]! <= 0) continue
          slope[i]! += miss * out[from + i]!
          const change = miss * layer[i]!
          past.out[from + i]! += change * change
          out[from + i]! -= (STEP * change) / Math.sqrt(past.out[from + i]!)
        }
      }
      let steep = 0
      for (let i = 0; i < WIDTH; i++) {
        steep += slope[i]! * slope[i]!
        hidden[i]! -= 0.01 * slope[i]!
      }
      if (steep === 0) continue
      for (const feature of held) {
        past.vectors[feature]! += (steep * share * share) / WIDTH
        const step = (STEP * share) / Math.sqrt(past.vectors[feature]!)
        for (let i = 0, from = feature * WIDTH; i < WIDTH; i++) vectors[from + i]! -= step * slope[i]!
      }
    }
  }
  return { kept, vectors, hidden, out, before }
}

const DANGERS: readonly string[] = ['danger', 'emergency']

/** A vector needs only fifteen steps a place: on lines never seen that hears as well as the whole number (decision 030). */
export function written(
  classes: readonly string[],
  names: readonly string[],
  nets: readonly Net[],
): Omit<Learned, 'bars'> {
  const steps = nets.map(({ vectors }) => vectors.map(Math.abs).sort()[Math.floor(vectors.length * 0.9999)]! / MOST)
  const sideOf = (k: number) => nets.flatMap(({ out }) => [...out.subarray(k * WIDTH, (k + 1) * WIDTH)])
  const groups = groupsOf(nets.map(({ kept }) => kept))
  return {
    classes,
    steps: steps.map(round),
    hidden: nets.flatMap(({ hidden }) => [...hidden].map(round)),
    out: classes.map((_, k) => sideOf(k).map((weight) => round(weight / nets.length))),
    before: classes.map((_, k) => round(nets.reduce((sum, { before }) => sum + before[k]!, 0) / nets.length)),
    features: groups.map(({ nets, kept }) => ({ nets, names: kept.map((feature) => names[feature]!) })),
    vectors: nets.map(({ kept, vectors }, net) => {
      const places = new Map(kept.map((feature, place) => [feature, place]))
      const order = groups.flatMap((group) => (group.nets.includes(net) ? group.kept : []))
      const values = new Float32Array(vectors.length)
      for (const [i, feature] of order.entries())
        for (let j = 0, from = places.get(feature)! * WIDTH; j < WIDTH; j++)
          values[i * WIDTH + j] = Math.round(vectors[from + j]! / steps[net]!)
      return pack(values)
    }),
  }
}

/** The features by which nets hold them, in the order of their names. */
function groupsOf(
  kepts: readonly (readonly number[])[],
): readonly { nets: readonly number[]; kept: readonly number[] }[] {
  const holders = new Map<number, number[]>()
  for (const [net, kept] of kepts.entries())
    for (const feature of kept) holders.set(feature, [...(holders.get(feature) ?? []), net])
  const groups = new Map<string, { nets: readonly number[]; kept: number[] }>()
  for (const [feature, nets] of holders) {
    const group = groups.get(nets.join()) ?? { nets, kept: [] }
    groups.set(nets.join(), group)
    group.kept.push(feature)
  }
  return [...groups.values()]
}

const round = (value: number) => Number(value.toPrecision(5))

/** Numbers from 0 to 1 that look drawn and are the same every time (a linear congruential generator). */
function chance(net: number): () => number {
  let state = 20261125 + net
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
