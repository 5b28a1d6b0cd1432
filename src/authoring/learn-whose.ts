import type { Whose } from '../engine/learned/whose.ts'
import { shuffle } from './chance.ts'

/** What fewer lessons hold is chance; a line is one with its marks and one without. */
const SHARED = 6
const ROUNDS = 12
const STEP = 0.5
const STEP_BEFORE = 0.01
/** So much of each weight is taken off a line, so that what is rare says little. */
const DECAY = 0.001
/** A weight below this says nothing. */
const SMALLEST = 0.25

/** What tells of a danger, and whether it is the writer's own. */
export interface WhoseLesson {
  tells: ReadonlySet<string>
  self: boolean
}

/**
 * Whose a danger is, by stochastic descent with a step of its own for each weight (AdaGrad: Duchi and others 2011).
 *
 * @param draw numbers from 0 to 1: the order of the lessons
 */
export function learnWhose(lessons: readonly WhoseLesson[], draw: () => number): Whose {
  const counts = new Map<string, number>()
  for (const { tells } of lessons) for (const name of tells) counts.set(name, (counts.get(name) ?? 0) + 1)
  const names = [...counts.keys()].filter((name) => counts.get(name)! >= SHARED).sort()
  const places = new Map(names.map((name, i) => [name, i]))
  const held = lessons.map(({ tells }) => [...tells].flatMap((name) => places.get(name) ?? []))
  const weights = new Float64Array(names.length)
  const past = new Float64Array(names.length).fill(1)
  let before = 0
  const order = lessons.map((_, i) => i)
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, draw)
    for (const at of order) {
      const known = held[at]!
      const share = 1 / Math.sqrt(Math.max(1, known.length))
      const odds = before + known.reduce((sum, place) => sum + weights[place]! * share, 0)
      const miss = 1 / (1 + Math.exp(-odds)) - (lessons[at]!.self ? 1 : 0)
      before -= STEP_BEFORE * miss
      for (const place of known) {
        const change = miss * share + DECAY * weights[place]!
        past[place]! += change * change
        weights[place]! -= (STEP * change) / Math.sqrt(past[place]!)
      }
    }
  }
  const said = names.map((name, i): [string, number] => [name, Number(weights[i]!.toPrecision(3))])
  return {
    before: Number(before.toPrecision(3)),
    weights: Object.fromEntries(said.filter(([, one]) => Math.abs(one) >= SMALLEST)),
  }
}
