import type { Reason } from '../safety/rules.ts'
import { type Layer, type Nets, oddsOf } from './weigh.ts'

/** The reason a danger most likely has. */
export function reasonOf(learned: Nets, layer: Layer): Reason {
  return (ranked(learned, layer, 'reason ')[0]?.name ?? 'emergency') as Reason
}

/** The intent a message most likely has, surest first. */
export function intentsOf(learned: Nets, layer: Layer): readonly { intent: string; odds: number }[] {
  return ranked(learned, layer, 'intent ').map(({ name, odds }) => ({ intent: name, odds }))
}

function ranked(learned: Nets, layer: Layer, kind: string): readonly { name: string; odds: number }[] {
  return learned.classes
    .filter((name) => name.startsWith(kind))
    .map((name) => ({ name: name.slice(kind.length), odds: oddsOf(learned, layer, name) }))
    .sort((a, b) => b.odds - a.odds)
}
