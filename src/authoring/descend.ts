import { shuffle } from './chance.ts'

/** The places of the first layer of a net that stays. */
export const WIDTH = 88
/** The places of the second layer. */
export const TOP = 32
const ROUNDS = 9
/** Of so many of the last rounds the net is the mean, which lies steadier than its last place (Polyak and Juditsky 1992). */
const MEAN = 4
const STEP = 0.2
/** A step of the second layer is so much of one of the others. */
const CALMER = 0.5
/** So many of the features are left out of each lesson, so that no single one decides (dropout: Srivastava and others 2014). */
const LEFT_OUT = 0.65
/** How much a class counts beside the danger in a message. */
const BESIDE = 0.5
const DANGERS: readonly string[] = ['danger', 'emergency']

/** Class by class: 1 it belongs, 0 it does not, null the lesson says nothing about it. */
export type Truth = readonly (0 | 1 | null)[]

/** A lesson as a net hears it. */
export interface HeardLesson {
  features: readonly number[]
  /** How many features count in it, left out or not; null where only those that are held do. */
  size: number | null
  truth: Truth
}

export interface Net {
  /** Its features by number, in the order of their vectors. */
  kept: readonly number[]
  vectors: Float32Array
  hidden: Float32Array
  /** Place by place of the second layer, a weight for each of the first. */
  middle: Float32Array
  above: Float32Array
  /** Class by class, a weight for each place of the second layer. */
  out: Float32Array
  before: Float32Array
}

/**
 * A net by stochastic descent with a step of its own for each feature and weight (AdaGrad: Duchi and others 2011).
 *
 * @param kept its features, by number
 * @param draw numbers from 0 to 1: the order of the lessons and what is left out of them
 * @param width the places of its first layer
 */
export function descend(
  kept: readonly number[],
  classes: readonly string[],
  heard: readonly HeardLesson[],
  draw: () => number,
  width = WIDTH,
): Net {
  const drawn = (length: number, spread: number, middle = 0) =>
    Float32Array.from({ length }, () => (draw() - 0.5) * spread + middle)
  const vectors = drawn(kept.length * width, 0.02)
  const hidden = drawn(width, 0.2, 0.1)
  const middle = drawn(TOP * width, 0.4)
  const above = drawn(TOP, 0.1, 0.1)
  const out = drawn(classes.length * TOP, 0.4)
  const before = new Float32Array(classes.length)
  const mean = meanOf([vectors, hidden, middle, above, out, before])
  const past = {
    vectors: new Float32Array(kept.length).fill(1e-2),
    middle: new Float32Array(middle.length).fill(1e-2),
    out: new Float32Array(out.length).fill(1e-2),
  }
  const worth = classes.map((name) => (DANGERS.includes(name) ? 1 : BESIDE))
  const [layer, slope] = [new Float32Array(width), new Float32Array(width)]
  const [top, steepness] = [new Float32Array(TOP), new Float32Array(TOP)]
  const order = heard.map((_, i) => i)
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, draw)
    for (const at of order) {
      const { features, size, truth } = heard[at]!
      const held = features.filter(() => draw() >= LEFT_OUT)
      if (held.length === 0) continue
      const share = 1 / Math.sqrt(size === null ? held.length : size * (1 - LEFT_OUT))
      layer.set(hidden)
      for (const feature of held)
        for (let i = 0, from = feature * width; i < width; i++) layer[i]! += vectors[from + i]! * share
      for (let j = 0; j < TOP; j++) {
        let sum = above[j]!
        for (let i = 0, from = j * width; i < width; i++) if (layer[i]! > 0) sum += middle[from + i]! * layer[i]!
        top[j] = sum
      }
      steepness.fill(0)
      for (let k = 0; k < classes.length; k++) {
        const side = truth[k]!
        if (side === null) continue
        const from = k * TOP
        let odds = before[k]!
        for (let j = 0; j < TOP; j++) if (top[j]! > 0) odds += out[from + j]! * top[j]!
        const miss = worth[k]! * (1 / (1 + Math.exp(-odds)) - side)
        before[k]! -= STEP * 0.1 * miss
        for (let j = 0; j < TOP; j++) {
          if (top[j]! <= 0) continue
          steepness[j]! += miss * out[from + j]!
          const change = miss * top[j]!
          past.out[from + j]! += change * change
          out[from + j]! -= (STEP * change) / Math.sqrt(past.out[from + j]!)
        }
      }
      slope.fill(0)
      for (let j = 0; j < TOP; j++) {
        const miss = steepness[j]!
        if (miss === 0) continue
        above[j]! -= 0.01 * miss
        for (let i = 0, at = j * width; i < width; i++, at++) {
          if (layer[i]! <= 0) continue
          slope[i]! += miss * middle[at]!
          const change = miss * layer[i]!
          past.middle[at]! += change * change
          middle[at]! -= (STEP * CALMER * change) / Math.sqrt(past.middle[at]!)
        }
      }
      let steep = 0
      for (let i = 0; i < width; i++) {
        steep += slope[i]! * slope[i]!
        hidden[i]! -= 0.01 * slope[i]!
      }
      if (steep === 0) continue
      for (const feature of held) {
        past.vectors[feature]! += (steep * share * share) / width
        const step = (STEP * share) / Math.sqrt(past.vectors[feature]!)
        for (let i = 0, from = feature * width; i < width; i++) vectors[from + i]! -= step * slope[i]!
      }
    }
    if (round >= ROUNDS - MEAN) mean.add()
  }
  mean.take()
  return { kept, vectors, hidden, middle, above, out, before }
}

/** The mean of numbers at several times. */
function meanOf(all: readonly Float32Array[]): { add(): void; take(): void } {
  const sums = all.map((numbers) => new Float32Array(numbers.length))
  let times = 0
  return {
    add() {
      times++
      for (const [n, sum] of sums.entries()) for (let i = 0; i < sum.length; i++) sum[i]! += all[n]![i]!
    },
    take() {
      for (const [n, sum] of sums.entries()) for (let i = 0; i < sum.length; i++) all[n]![i] = sum[i]! / times
    },
  }
}
