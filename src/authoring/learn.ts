import { features, type Seen } from '../engine/learned/features.ts'
import { type Learned, lengthOf } from '../engine/learned/weigh.ts'

/** A written line, in the ways it may be typed, and the classes it belongs to. */
export interface Lesson {
  ways: readonly Seen[]
  /** Class by class: 1 it belongs, 0 it does not, null it says nothing about it. */
  truth: readonly (0 | 1 | null)[]
}

/** Rounds over all lessons, step, and the pull of every weight towards nothing. */
const ROUNDS = 24
const STEP = 0.5
const DECAY = 2e-5
/** A feature of one line alone teaches that line by heart. */
const SEEN_IN = 1
const SCALE = 100
/** A weight below this says nothing that a second line would not change. */
const SMALLEST = 20

/**
 * One logistic regression for each class, by stochastic descent with a step of its own for each weight (AdaGrad, Duchi
 * and others 2011). The order of the lessons is drawn from a fixed seed: the same lines give the same weights.
 */
export function learn(classes: readonly string[], lessons: readonly Lesson[]): Omit<Learned, 'bars'> {
  const ways = lessons.flatMap(({ ways, truth }) => ways.map((seen) => ({ seen, truth })))
  const names = shared(lessons)
  const places = new Map(names.map((name, i) => [name, i]))
  const rows = ways.map(({ seen }) => [...features(seen)].flatMap((name) => places.get(name) ?? []))
  const lengths = ways.map(({ seen }) => 1 / lengthOf(seen.typed))
  const bias: number[] = []
  const weights: number[][] = names.map(() => [])
  for (const [k] of classes.entries()) {
    const truth = ways.map((way) => way.truth[k] ?? null)
    const model = regress(names.length, rows, lengths, truth)
    bias.push(Math.round(model.bias * SCALE))
    for (const [i, weight] of model.weights.entries()) {
      const rounded = Math.round(weight * SCALE)
      if (Math.abs(rounded) >= SMALLEST) weights[i]!.push(k, rounded)
    }
  }
  const kept = names.flatMap((name, i) => (weights[i]!.length > 0 ? [[name, weights[i]!] as const] : []))
  return { classes, scale: SCALE, bias, weights: Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))) }
}

/** The features that more than one line has. */
function shared(lessons: readonly Lesson[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { ways } of lessons)
    for (const name of new Set(ways.flatMap((way) => [...features(way)]))) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].filter(([, count]) => count >= SEEN_IN).map(([name]) => name)
}

function regress(
  size: number,
  rows: readonly (readonly number[])[],
  lengths: readonly number[],
  truth: readonly (0 | 1 | null)[],
): { weights: Float64Array; bias: number } {
  const weights = new Float64Array(size)
  const past = new Float64Array(size).fill(1e-2)
  let [bias, pastBias] = [0, 1e-2]
  const order = truth.flatMap((one, i) => (one === null ? [] : [i]))
  const draw = chance()
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(draw() * (i + 1))
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    for (const at of order) {
      const [row, length] = [rows[at]!, lengths[at]!]
      let sum = 0
      for (const feature of row) sum += weights[feature]!
      const miss = 1 / (1 + Math.exp(-(bias + sum * length))) - truth[at]!
      pastBias += miss * miss
      bias -= (STEP * miss) / Math.sqrt(pastBias)
      for (const feature of row) {
        const slope = miss * length + DECAY * weights[feature]!
        past[feature]! += slope * slope
        weights[feature]! -= (STEP * slope) / Math.sqrt(past[feature]!)
      }
    }
  }
  return { weights, bias }
}

/** Numbers from 0 to 1 that look drawn and are the same every time (a linear congruential generator). */
function chance(): () => number {
  let state = 20261125
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
