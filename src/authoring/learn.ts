import { features, type Seen } from '../engine/learned/features.ts'
import { MOST, pack } from '../engine/learned/vectors.ts'
import type { Learned } from '../engine/learned/weigh.ts'

/** A written line, in the ways it may be typed, how many times it is heard, and the classes it belongs to. */
export interface Lesson {
  ways: readonly Seen[]
  times: number
  /** Class by class: 1 it belongs, 0 it does not, null it says nothing about it. */
  truth: readonly (0 | 1 | null)[]
}

/** So many nets are learnt apart and heard together: one alone depends on the order of its lessons. */
const NETS = 2
const WIDTH = 56
const ROUNDS = 9
const STEP = 0.2
/** So many of the features are left out of each lesson, so that no single one decides (dropout: Srivastava and others 2014). */
const LEFT_OUT = 0.65
/** How much a class counts beside the danger in a message. */
const BESIDE = 0.5
/** A feature of fewer lines than these is chance. */
const SHARED = 4
/** So many features stay: those that move the lessons furthest in a first net (as fastText.zip: Joulin and others 2016). */
const KEPT = 130_000

/**
 * A net with one layer over the sum of a vector for each feature (as fastText: Joulin and others 2016), by stochastic
 * descent with a step of its own for each feature and weight (AdaGrad: Duchi and others 2011). What a message asks for
 * is learnt with the same vectors as the danger in it, which makes both better (decision 030). The order of the lessons is
 * drawn from a fixed seed: the same lines give the same net.
 */
export function learn(classes: readonly string[], lessons: readonly Lesson[]): Omit<Learned, 'bars'> {
  const seen = lessons.map(({ ways }) => ways.map(features))
  const draw = chance()
  const net = (names: readonly string[]) => descend(names.length, classes, heardBy(names, lessons, seen), draw)
  const shared = sharedOf(seen)
  const names = strongest(shared, net([...shared.keys()]).vectors)
  const nets = Array.from({ length: NETS }, () => net(names))
  return written(classes, names, nets)
}

interface HeardLesson {
  features: readonly number[]
  truth: Lesson['truth']
}

/** Each lesson as the numbers of its features, as many times as it is heard. */
function heardBy(
  names: readonly string[],
  lessons: readonly Lesson[],
  seen: readonly (readonly ReadonlySet<string>[])[],
): readonly HeardLesson[] {
  const places = new Map(names.map((name, i) => [name, i]))
  return lessons.flatMap(({ times, truth }, i) => {
    const ways = seen[i]!.map((way) => ({ truth, features: [...way].flatMap((name) => places.get(name) ?? []) }))
    return Array.from({ length: times }, () => ways).flat()
  })
}

/** The features whose vectors are long and that many lines hold, in the same order. */
function strongest(shared: ReadonlyMap<string, number>, vectors: Float32Array): readonly string[] {
  const strengths = [...shared.values()].map(
    (count, i) => Math.sqrt(count) * Math.hypot(...vectors.subarray(i * WIDTH, (i + 1) * WIDTH)),
  )
  const least = [...strengths].sort((a, b) => b - a)[KEPT - 1] ?? 0
  return [...shared.keys()].filter((_, i) => strengths[i]! >= least)
}

/** The features that enough lines share, by name, and how many lines. */
function sharedOf(seen: readonly (readonly ReadonlySet<string>[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const ways of seen)
    for (const name of new Set(ways.flatMap((way) => [...way]))) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map([...counts].filter(([, count]) => count >= SHARED).sort(([a], [b]) => (a < b ? -1 : 1)))
}

interface Net {
  vectors: Float32Array
  hidden: Float32Array
  /** Class by class, a weight for each place of the layer. */
  out: Float32Array
  before: Float32Array
}

function descend(size: number, classes: readonly string[], heard: readonly HeardLesson[], draw: () => number): Net {
  const drawn = (length: number, spread: number, middle = 0) =>
    Float32Array.from({ length }, () => (draw() - 0.5) * spread + middle)
  const vectors = drawn(size * WIDTH, 0.02)
  const hidden = drawn(WIDTH, 0.2, 0.1)
  const out = drawn(classes.length * WIDTH, 0.4)
  const before = new Float32Array(classes.length)
  const past = { vectors: new Float32Array(size).fill(1e-2), out: new Float32Array(out.length).fill(1e-2) }
  const worth = classes.map((name) => (DANGERS.includes(name) ? 1 : BESIDE))
  const [layer, slope] = [new Float32Array(WIDTH), new Float32Array(WIDTH)]
  const order = heard.map((_, i) => i)
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(draw() * (i + 1))
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    for (const at of order) {
      const { features, truth } = heard[at]!
      const held = features.filter(() => draw() >= LEFT_OUT)
      if (held.length === 0) continue
      const share = 1 / Math.sqrt(held.length)
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
  return { vectors, hidden, out, before }
}

const DANGERS: readonly string[] = ['danger', 'emergency']

/** A vector needs only fifteen steps a place: on lines never seen that hears as well as the whole number (decision 030). */
function written(classes: readonly string[], features: readonly string[], nets: readonly Net[]): Omit<Learned, 'bars'> {
  const vectors = sideBySide(nets, features.length)
  const sizes = vectors.map(Math.abs).sort()
  const step = sizes[Math.floor(sizes.length * 0.9999)]! / MOST
  const sideOf = (k: number) => nets.flatMap(({ out }) => [...out.subarray(k * WIDTH, (k + 1) * WIDTH)])
  return {
    classes,
    step: round(step),
    hidden: nets.flatMap(({ hidden }) => [...hidden].map(round)),
    out: classes.map((_, k) => sideOf(k).map((weight) => round(weight / nets.length))),
    before: classes.map((_, k) => round(nets.reduce((sum, { before }) => sum + before[k]!, 0) / nets.length)),
    features,
    vectors: pack(vectors.map((value) => Math.round(value / step))),
  }
}

/** The vectors of all nets as one, feature by feature. */
function sideBySide(nets: readonly Net[], size: number): Float32Array {
  const width = nets.length * WIDTH
  const all = new Float32Array(size * width)
  for (const [net, { vectors }] of nets.entries())
    for (let i = 0; i < size; i++) all.set(vectors.subarray(i * WIDTH, (i + 1) * WIDTH), i * width + net * WIDTH)
  return all
}

const round = (value: number) => Number(value.toPrecision(5))

/** Numbers from 0 to 1 that look drawn and are the same every time (a linear congruential generator). */
function chance(): () => number {
  let state = 20261125
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
