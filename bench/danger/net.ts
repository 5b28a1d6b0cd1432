/** A line by the numbers of its features, and on which sides it stands. */
export interface Lesson {
  features: readonly number[]
  danger: 0 | 1
  emergency: 0 | 1
}

const WIDTH = 12
const ROUNDS = 6
const STEP = 0.05
/** So many of the features are left out of each lesson, so that no single one decides (dropout: Srivastava and others 2014). */
const LEFT_OUT = 0.3
const HOLD = 1e-6
/** So many nets are learnt apart and heard together, since one alone depends on the order of its lessons. */
const NETS = 3

/**
 * Hears danger by one layer over the sum of a vector for each feature (as fastText: Joulin and others 2016), learnt by
 * stochastic descent with a step of its own for each weight (AdaGrad: Duchi and others 2011).
 *
 * @param size how many features there are
 * @returns log odds of a danger for the features of a message
 */
export function learnNet(size: number, lessons: readonly Lesson[]): (features: readonly number[]) => number {
  const draw = chance()
  const nets = Array.from({ length: NETS }, () => learnOne(size, lessons, draw))
  return (features) => nets.reduce((sum, net) => sum + net(features), 0) / NETS
}

function learnOne(
  size: number,
  lessons: readonly Lesson[],
  draw: () => number,
): (features: readonly number[]) => number {
  const vectors = Float32Array.from({ length: size * WIDTH }, () => (draw() - 0.5) * 0.1)
  const out = [0, 1].map(() => Float32Array.from({ length: WIDTH }, () => (draw() - 0.5) * 0.4))
  const past = { vectors: new Float32Array(size).fill(1e-2), out: out.map((side) => side.map(() => 1e-2)) }
  const bias = new Float32Array(WIDTH)
  const before = [0, 0]
  const [sum, slope] = [new Float32Array(WIDTH), new Float32Array(WIDTH)]
  const layer = (features: readonly number[]) => {
    const share = 1 / Math.sqrt(Math.max(1, features.length))
    sum.set(bias)
    for (const feature of features) for (let i = 0; i < WIDTH; i++) sum[i]! += vectors[feature * WIDTH + i]! * share
    return share
  }
  const odds = (side: number) => {
    let all = before[side]!
    for (let i = 0; i < WIDTH; i++) all += out[side]![i]! * Math.max(0, sum[i]!)
    return all
  }
  const order = lessons.map((_, i) => i)
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(draw() * (i + 1))
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    for (const at of order) {
      const { features, danger, emergency } = lessons[at]!
      const held = features.filter(() => draw() >= LEFT_OUT)
      if (held.length === 0) continue
      const share = layer(held)
      slope.fill(0)
      for (const [side, truth] of [danger, emergency].entries()) {
        const [weights, gone] = [out[side]!, past.out[side]!]
        const miss = 1 / (1 + Math.exp(-odds(side))) - truth
        before[side]! -= STEP * 0.1 * miss
        for (let i = 0; i < WIDTH; i++) {
          if (sum[i]! <= 0) continue
          slope[i]! += miss * weights[i]!
          const change = miss * sum[i]!
          gone[i]! += change * change
          weights[i]! -= (STEP * change) / Math.sqrt(gone[i]!)
        }
      }
      let steep = 0
      for (let i = 0; i < WIDTH; i++) {
        steep += slope[i]! * slope[i]!
        bias[i]! -= 0.01 * slope[i]!
      }
      if (steep === 0) continue
      for (const feature of held) {
        past.vectors[feature]! += (steep * share * share) / WIDTH
        const step = (STEP * share) / Math.sqrt(past.vectors[feature]!)
        const from = feature * WIDTH
        for (let i = 0; i < WIDTH; i++) vectors[from + i]! -= step * slope[i]! + STEP * HOLD * vectors[from + i]!
      }
    }
  }
  return (features) => {
    layer(features)
    return odds(0)
  }
}

/** Numbers from 0 to 1 that look drawn and are the same every time (a linear congruential generator). */
function chance(): () => number {
  let state = 20261128
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
