import type { Book } from '../book.ts'
import { openTicket } from '../ticket.ts'
import type { Turn } from '../turn.ts'
import { startFlow } from '../walk.ts'
import type { Danger } from './detect.ts'

/** Each asks one plain question: of fear and exhaustion, of a wish to die, for somebody else, of a craving or a lapse. */
const ASKS = { fear: 'lo-so', death: 'hoi-thang', other: 'hoi-ho', craving: 'luc-kho' }
/** Urgent reasons told to the staff at once. A lapse or a craving waits for the person's yes: it can cost freedom. */
const TELLS: readonly string[] = ['suicide', 'self_harm', 'medical', 'overdose', 'poisoning', 'violence', 'child']
const DEATH: readonly string[] = ['suicide', 'self_harm']
const CRAVING: readonly string[] = ['lapse', 'craving']
/** Where the cards of safety are missing, reasons that share the card of another. */
const CARD_OF: Readonly<Record<string, string>> = { self_harm: 'suicide', withdrawal: 'medical', drowning: 'fire' }

/** The words of the card for a danger, said to whoever writes: about themselves, or about somebody beside them. */
export function cardOf(book: Book, { reason, card, who }: Danger): string | null {
  const written = book.safety?.cards[card ?? ''] ?? book.safety?.cards[reason ?? 'emergency']
  if (written && book.words(written[who], 'vi')) return written[who]
  const called = (wanted: string) =>
    book.triggers.find((one) => one.kind === 'emergency' && one.reason === wanted)?.card ?? null
  return called(reason ?? 'emergency') ?? called(CARD_OF[reason ?? ''] ?? 'emergency')
}

/** Does this danger go to the staff without being asked. */
export function opensTicket({ level, reason }: Danger): boolean {
  return level === 'urgent' && TELLS.includes(reason ?? '')
}

/** Is it asked about once nothing else understood the message. */
export function asksFirst(turn: Turn, danger: Danger): boolean {
  return (
    danger.level !== 'none' &&
    !opensTicket(danger) &&
    !isAsked(turn) &&
    turn.book.flow(questionFor(danger)) !== undefined
  )
}

/** Is the person being asked already, or have they got the card. */
export function isAsked({ book, state }: Turn): boolean {
  const card = state.ticket?.priority === 'emergency' && state.session === null
  const asking = state.session?.runs.some(({ flow }) => Object.values(ASKS).includes(flow)) ?? false
  return card || asking || !book.flow(ASKS.fear)
}

/** The one plain question; a danger to life or limb is with the staff already when it is asked. */
export function askSafety(turn: Turn, danger: Danger): void {
  if (opensTicket(danger)) openTicket(turn, danger.reason ?? 'emergency', 'urgent')
  const flow = questionFor(danger)
  startFlow(turn, turn.book.flow(flow) ? flow : ASKS.fear, 'instead')
}

function questionFor({ reason, who }: Danger): string {
  if (CRAVING.includes(reason ?? '')) return who === 'self' ? ASKS.craving : ''
  if (who === 'other') return ASKS.other
  return DEATH.includes(reason ?? '') ? ASKS.death : ASKS.fear
}
