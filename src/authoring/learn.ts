import { features, type Seen } from '../engine/learned/features.ts'
import { type Learned, lengthOf } from '../engine/learned/weigh.ts'

/** A written line, in the ways it may be typed, and the classes it belongs to. */
export interface Lesson {
  ways: readonly Seen[]
  /** Class by class: 1 it belongs, 0 it does not, null it says nothing about it. */
  truth: readonly (0 | 1 | null)[]
}

const ROUNDS = 16
/**
 * A danger's weights begin at what the counts say and are held near it. An intent's begin at nothing; the lines of a
 * rare one count for more (`even`), for how often it was written is not how often it is meant.
 */
const DANGER = { counted: true, even: false, step: 0.1, hold: 1e-2, smallest: 40, shared: 1 }
const INTENT = { counted: false, even: true, step: 0.3, hold: 1e-4, smallest: 40, shared: 2 }
type Manner = typeof DANGER
/** Added to every count, so that a feature never seen on one side is not a proof. */
const SMOOTH = 0.1
const SCALE = 100

/**
 * For each class a logistic regression that begins with the log ratio of the counts and is held near it (naive Bayes
 * features: Wang and Manning 2012), by stochastic descent with a step of its own for each weight (AdaGrad, Duchi and
 * others 2011). The order of the lessons is drawn from a fixed seed: the same lines give the same weights.
 */
export function learn(classes: readonly string[], lessons: readonly Lesson[]): Omit<Learned, 'bars'> {
  const names = [...new Set(lessons.flatMap(({ ways }) => ways.flatMap((way) => [...features(way)])))]
  const places = new Map(names.map((name, i) => [name, i]))
  const rows = lessons.map(({ ways }) => ways.map((way) => [...features(way)].map((name) => places.get(name)!)))
  const lengths = lessons.map(({ ways }) => ways.map(({ typed }) => 1 / lengthOf(typed)))
  const counts = countsOf(names.length, rows)
  const bias: number[] = []
  const weights: number[][] = names.map(() => [])
  for (const [k] of classes.entries()) {
    const truth = lessons.map((lesson) => lesson.truth[k] ?? null)
    const manner = k < 2 ? DANGER : INTENT
    const model = regress(
      manner,
      manner.counted ? ratios(names.length, rows, truth) : null,
      names.length,
      rows,
      lengths,
      truth,
    )
    bias.push(Math.round(model.bias * SCALE))
    for (const [i, weight] of model.weights.entries()) {
      const rounded = Math.round(weight * SCALE)
      if (counts[i]! >= manner.shared && Math.abs(rounded) >= manner.smallest) weights[i]!.push(k, rounded)
    }
  }
  const kept = names.flatMap((name, i) => (weights[i]!.length > 0 ? [[name, weights[i]!] as const] : []))
  return { classes, scale: SCALE, bias, weights: Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))) }
}

/** In how many lines each feature stands. */
function countsOf(size: number, rows: Rows): readonly number[] {
  const counts = new Array<number>(size).fill(0)
  for (const ways of rows) for (const feature of new Set(ways.flat())) counts[feature]! += 1
  return counts
}

type Rows = readonly (readonly (readonly number[])[])[]

/** How much likelier a feature is in lines of the class than in others, as the logarithm of the ratio. */
function ratios(size: number, rows: Rows, truth: readonly (0 | 1 | null)[]): Float64Array {
  const counts = [new Float64Array(size).fill(SMOOTH), new Float64Array(size).fill(SMOOTH)] as const
  const lines = [2 * SMOOTH, 2 * SMOOTH]
  for (const [i, ways] of rows.entries()) {
    const side = truth[i]
    if (side === null || side === undefined) continue
    lines[side]! += 1
    for (const feature of new Set(ways.flat())) counts[side][feature]! += 1
  }
  return counts[1].map((count, i) => Math.log(count / lines[1]!) - Math.log(counts[0][i]! / lines[0]!))
}

function regress(
  { step, hold, even }: Manner,
  counted: Float64Array | null,
  size: number,
  rows: Rows,
  lengths: readonly (readonly number[])[],
  truth: readonly (0 | 1 | null)[],
): { weights: Float64Array; bias: number } {
  const start = counted ? 1 : 0
  const ratio = counted ?? new Float64Array(size).fill(1)
  const factors = new Float64Array(size).fill(start)
  const past = new Float64Array(size).fill(1e-2)
  let [bias, pastBias] = [0, 1e-2]
  const order = rows.flatMap((ways, i) => (truth[i] === null ? [] : ways.map((_, way) => [i, way] as const)))
  const members = truth.filter((side) => side === 1).length
  const worth = even ? Math.sqrt((truth.filter((side) => side === 0).length + 1) / (members + 1)) : 1
  const draw = chance()
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(draw() * (i + 1))
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    for (const [line, way] of order) {
      const [row, length] = [rows[line]![way]!, lengths[line]![way]!]
      let sum = 0
      for (const feature of row) sum += factors[feature]! * ratio[feature]!
      const side = truth[line]!
      const miss = (1 / (1 + Math.exp(-(bias + sum * length))) - side) * (side === 1 ? worth : 1)
      pastBias += miss * miss
      bias -= (step * miss) / Math.sqrt(pastBias)
      for (const feature of row) {
        const slope = miss * length * ratio[feature]! + hold * (factors[feature]! - start)
        past[feature]! += slope * slope
        factors[feature]! -= (step * slope) / Math.sqrt(past[feature]!)
      }
    }
  }
  return { weights: factors.map((factor, i) => factor * ratio[i]!), bias }
}

/** Numbers from 0 to 1 that look drawn and are the same every time (a linear congruential generator). */
function chance(): () => number {
  let state = 20261125
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
