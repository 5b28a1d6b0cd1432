import { isMarked, NETS, type Seen } from './features.ts'
import { type Layer, type LearnedNets, type Nets, ready, sideOf } from './weigh.ts'

/**
 * A small net over what the nets say of every class (stacked generalization: Wolpert 1992; decision 035). It learnt from lines
 * by authors whom the nets it listened to had not read, so it knows how far they are to be trusted with strangers.
 */
export interface Stack {
  /** Place by place of its layer, a weight for each input, and what it has before any. */
  inner: readonly (readonly number[])[]
  /** For a danger and for an emergency, a weight for each input and each place, and what it has before any. */
  outer: readonly (readonly number[])[]
}

/** What `npm run learn` makes of written lines. */
export interface Learned extends LearnedNets {
  bars: Bars
  /** Over the nets. */
  stack: Stack
}

/** From which log odds of the stack on a level is raised. */
export interface Bars {
  /** The odds of a danger: urgent, or what a weighed rule says. */
  danger: number
  /** The odds of a danger and of an emergency in one: urgent at least. */
  both: number
  /** The odds of an emergency, where one of those holds: the card. */
  emergency: number
  /** How much more the odds of each must be in a message of few syllables: an answer to a question, more often than not. */
  short: number
}

export type Weights = Nets & Pick<Learned, 'bars' | 'stack'>

export function weightsOf({ bars, stack, ...nets }: Learned): Weights {
  return { ...ready(nets), bars, stack }
}

/** The two questions it answers. */
export const ASKED = ['danger', 'emergency'] as const
/** Besides the odds: where the nets disagree, and of the message its length, told twice, its marks, what is known in it, its concepts. */
const OTHERS = 5
/** Odds beyond these say no more. */
const [LEAST, MOST] = [-15, 12]
/** So that most inputs lie between −1 and 1. */
const SCALE = 1 / 5

/** What it hears of a message. */
export function inputsOf(nets: Nets, layer: Layer, { typed, concepts }: Seen): Float64Array {
  const inputs = new Float64Array(nets.classes.length + ASKED.length + OTHERS)
  let i = 0
  const say = (odds: number) => {
    inputs[i++] = Math.max(LEAST, Math.min(MOST, odds)) * SCALE
  }
  for (const [k, side] of nets.out.entries()) say(nets.before[k]! + sideOf(side, layer.top, 0, layer.top.length))
  for (const name of ASKED) say(Math.abs(apart(nets, layer, name)))
  inputs[i++] = Math.min(typed.length, 30) / 10
  inputs[i++] = 1 / (1 + typed.length / 5)
  inputs[i++] = isMarked(typed) ? 1 : 0
  inputs[i++] = layer.known
  inputs[i] = concepts.length / 5
  return inputs
}

/** By how much the first net says more than the last. */
function apart({ classes, out }: Nets, { top }: Layer, name: string): number {
  const side = out[classes.indexOf(name)]
  if (side === undefined) return 0
  const height = top.length / NETS.length
  // The sides are shares of a mean over the nets.
  return NETS.length * (sideOf(side, top, 0, height) - sideOf(side, top, top.length - height, top.length))
}

/** How likely a message is a danger and an emergency, as log odds. */
export function judge(weights: Weights, layer: Layer, seen: Seen): Readonly<Record<(typeof ASKED)[number], number>> {
  const [danger, emergency] = answers(weights.stack, inputsOf(weights, layer, seen))
  return { danger: danger!, emergency: emergency! }
}

export function answers({ inner, outer }: Stack, inputs: Float64Array): readonly number[] {
  const places = inner.map((weights) => Math.max(0, summed(weights, inputs, weights[inputs.length]!)))
  return outer.map((weights) => {
    let odds = summed(weights, inputs, weights[inputs.length + places.length]!)
    for (const [j, place] of places.entries()) odds += weights[inputs.length + j]! * place
    return odds
  })
}

function summed(weights: readonly number[], inputs: Float64Array, before: number): number {
  let sum = before
  for (let i = 0; i < inputs.length; i++) sum += weights[i]! * inputs[i]!
  return sum
}

/** Whether it has a weight for each input. */
export function fits({ inner, outer }: Stack, classes: readonly string[]): boolean {
  const inputs = classes.length + ASKED.length + OTHERS
  return (
    inner.every((weights) => weights.length === inputs + 1) &&
    outer.every((weights) => weights.length === inputs + inner.length + 1)
  )
}
