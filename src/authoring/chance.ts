/** Numbers from 0 to 1 that look drawn and are the same every time (a linear congruential generator). */
export function chance(seed: number): () => number {
  let state = 20261125 + seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Puts the numbers of a list in another order, in place (Fisher and Yates). */
export function shuffle(order: number[], draw: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1))
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
}
