import type { Reason } from '../safety/rules.ts'
import type { Weights } from './weigh.ts'

/** The reason a danger most likely has, by what the weights say of each. */
export function reasonOf(learned: Weights, odds: readonly number[]): Reason {
  return (best(learned, odds, 'reason ') ?? 'emergency') as Reason
}

/** The intent a message most likely has, surest first. */
export function intentsOf(learned: Weights, odds: readonly number[]): readonly { intent: string; odds: number }[] {
  return ranked(learned, odds, 'intent ').map(({ name, odds }) => ({ intent: name, odds }))
}

function best(learned: Weights, odds: readonly number[], kind: string): string | null {
  return ranked(learned, odds, kind)[0]?.name ?? null
}

function ranked(
  { classes }: Weights,
  odds: readonly number[],
  kind: string,
): readonly { name: string; odds: number }[] {
  return classes
    .flatMap((name, i) => (name.startsWith(kind) ? [{ name: name.slice(kind.length), odds: odds[i]! }] : []))
    .sort((a, b) => b.odds - a.odds)
}
