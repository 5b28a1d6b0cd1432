import type { Id } from './content.ts'

/**
 * Questions somebody asks themselves. What comes out is where a talk may begin and one next step, never a diagnosis, and
 * it is kept nowhere. Only a tool whose licence allows it and whose official Vietnamese wording is at hand is in a book.
 */
export interface SelfCheck {
  id: Id
  title: string
  /** Under which licence it may be used here, and where its wording comes from. */
  licence: string
  source: Id
  intro: string
  questions: readonly { text: string; answers: readonly { text: string; points: number }[] }[]
  /** From the fewest points on; the words say a next step. */
  bands: readonly { from: number; words: string }[]
}

/**
 * The words for these answers, by their positions from zero.
 * @returns null while a question is without one
 */
export function readSelfCheck({ questions, bands }: SelfCheck, chosen: readonly number[]): string | null {
  let sum = 0
  for (const [i, { answers }] of questions.entries()) {
    const answer = answers[chosen[i] ?? -1]
    if (!answer) return null
    sum += answer.points
  }
  return bands.findLast(({ from }) => sum >= from)?.words ?? null
}
