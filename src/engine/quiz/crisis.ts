import { DANGERS } from '../ticket.ts'
import type { Turn } from '../turn.ts'

/** Somebody is, or was lately, in danger: nothing is brought up then but help. */
export function inCrisis({ state, at }: Pick<Turn, 'state' | 'at'>): boolean {
  const { ticket } = state
  const open = ticket !== null && (ticket.priority === 'emergency' || DANGERS.includes(ticket.reason))
  return open || at < (state.quietUntil ?? 0)
}
