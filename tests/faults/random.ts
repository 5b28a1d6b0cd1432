/** Chances of one run: the same seed gives the same run. */
export interface Random {
  seed: number
  /** A number from 0 up to 1. */
  next(): number
  chance(share: number): boolean
  below(limit: number): number
  pick<T>(list: readonly T[]): T
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { seed, next, chance: (share) => next() < share, below, pick: (list) => list[below(list.length)]! }
}
