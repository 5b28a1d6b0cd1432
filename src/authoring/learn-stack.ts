import type { Stack } from '../engine/learned/stack.ts'
import { shuffle } from './chance.ts'

/** The places of its layer: more hear no better (decision 035). */
const PLACES = 8
const ROUNDS = 6
const STEP = 0.05

/** A line as the nets answered to it that had not read its author. */
export interface Example {
  inputs: Float64Array
  /** Whether it is a danger, and an emergency. */
  truth: readonly (0 | 1)[]
  /** How many times it is heard. */
  times: number
}

/** Weights and what changed each before. */
interface Row {
  weights: Float64Array
  past: Float64Array
}

/**
 * The stack over the nets, by stochastic descent with a step of its own for each weight (AdaGrad: Duchi and others 2011) that
 * shrinks to nothing.
 *
 * @param draw numbers from 0 to 1: where it begins and the order of the examples
 */
export function learnStack(examples: readonly Example[], draw: () => number): Stack {
  const width = examples[0]?.inputs.length ?? 0
  const rowOf = (length: number, spread: (i: number) => number): Row => ({
    weights: Float64Array.from({ length }, (_, i) => (draw() - 0.5) * spread(i)),
    past: new Float64Array(length).fill(1),
  })
  const inner = Array.from({ length: PLACES }, () => rowOf(width + 1, (i) => (i < width ? 0.5 : 0)))
  const outer = Array.from({ length: 2 }, () => rowOf(width + PLACES + 1, (i) => (i < width ? 0 : 0.5)))
  const order = examples.flatMap(({ times }, i) => Array.from({ length: times }, () => i))
  const heard = new Float64Array(width + 1).fill(1)
  const said = new Float64Array(width + PLACES + 1).fill(1)
  let left = ROUNDS * order.length
  const whole = left
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, draw)
    for (const at of order) {
      const { inputs, truth } = examples[at]!
      const step = (STEP * left--) / whole
      heard.set(inputs)
      said.set(inputs)
      for (const [j, { weights }] of inner.entries()) said[width + j] = Math.max(0, dot(weights, heard))
      const slopes = new Float64Array(PLACES)
      for (const [k, row] of outer.entries()) {
        const miss = 1 / (1 + Math.exp(-dot(row.weights, said))) - truth[k]!
        for (let j = 0; j < PLACES; j++) slopes[j]! += miss * row.weights[width + j]!
        move(row, said, miss, step)
      }
      for (const [j, row] of inner.entries()) if (said[width + j]! > 0) move(row, heard, slopes[j]!, step)
    }
  }
  const rounded = ({ weights }: Row) => [...weights].map((weight) => Number(weight.toPrecision(5)))
  return { inner: inner.map(rounded), outer: outer.map(rounded) }
}

function dot(weights: Float64Array, values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * values[i]!
  return sum
}

function move({ weights, past }: Row, values: Float64Array, miss: number, step: number): void {
  for (let i = 0; i < weights.length; i++) {
    const change = miss * values[i]!
    past[i]! += change * change
    weights[i]! -= (step * change) / Math.sqrt(past[i]!)
  }
}
