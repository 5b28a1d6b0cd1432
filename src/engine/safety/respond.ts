import type { Book } from '../book.ts'
import { openTicket } from '../ticket.ts'
import type { Turn } from '../turn.ts'
import { startFlow } from '../walk.ts'
import type { Danger } from './detect.ts'

/** The flow whose first question is whether anybody is in danger. */
const SAFETY_FLOW = 'lo-so'
/** Urgent reasons told to the staff at once. A lapse or a craving waits for the person's yes: it can cost freedom. */
const TELLS: readonly string[] = ['suicide', 'self_harm', 'medical', 'overdose', 'poisoning', 'violence', 'child']
/** Reasons that share the card of another. */
const CARD_OF: Readonly<Record<string, string>> = { self_harm: 'suicide', withdrawal: 'medical', drowning: 'fire' }

/** The words of the card for a reason. */
export function cardOf(book: Book, reason: string): string | null {
  const card = (wanted: string) => book.triggers.find((one) => one.kind === 'emergency' && one.reason === wanted)?.card
  return card(reason) ?? card(CARD_OF[reason] ?? 'emergency') ?? null
}

/** Does this danger go to the staff without being asked. */
export function opensTicket({ level, reason }: Danger): boolean {
  return level === 'urgent' && TELLS.includes(reason ?? '')
}

/** Is it asked about once nothing else understood the message. A lapse or a craving has its topic instead. */
export function asksFirst({ level, reason }: Danger): boolean {
  return level === 'check' || (level === 'urgent' && (reason === 'distress' || reason === 'withdrawal'))
}

/** Is the person being asked already, or have they got the card. */
export function asksSafety({ book, state }: Turn): boolean {
  const card = state.ticket?.priority === 'emergency' && state.session === null
  return card || !book.flow(SAFETY_FLOW) || (state.session?.runs.some(({ flow }) => flow === SAFETY_FLOW) ?? false)
}

/** The one plain question; a danger to life or limb is with the staff already when it is asked. */
export function askSafety(turn: Turn, danger: Danger): void {
  if (opensTicket(danger)) openTicket(turn, danger.reason ?? 'emergency', 'urgent')
  startFlow(turn, SAFETY_FLOW, 'instead')
}
