import type { App } from '../../app/app.ts'
import { internal } from '../../app/handle.ts'
import type { StaffAction } from '../../engine/conversation.ts'
import type { Entry } from '../../store/audit.ts'
import { refusalOf } from '../../store/decided.ts'
import { isKnown } from '../../store/load.ts'
import { type QueueRow, readTicket } from '../../store/queue.ts'
import { viewerOf, type Who } from './who.ts'

/** What became of a click: it happened, it had happened before, the ticket was over, or the reason why not. */
export type Outcome = { type: 'done' } | { type: 'again' } | { type: 'gone' } | { type: 'refused'; reason: string }

/**
 * Sends a counsellor's click through the one door and reads what was decided.
 * @param form the form that was sent: the same one once more does nothing
 * @param note its row of the audit
 */
export async function act(
  app: App,
  who: Who,
  ticket: QueueRow,
  action: StaffAction,
  form: string,
  note: Entry,
): Promise<Outcome> {
  const key = clickKey(ticket.id, form)
  // A new ticket of the same person must not get what was meant for the old one.
  const still = async () => (await readTicket(app.store, viewerOf(app, who), ticket.id)) !== null
  const result = await internal(app, ticket.contact, key, { type: 'staff', by: who.id, action }, { still, note })
  if (result === 'duplicate') return (await happened(app, ticket.id, form)) ? { type: 'again' } : { type: 'gone' }
  const reason = await refusalOf(app.store, ticket.contact, ticket.seq, who.id, action.type)
  if (reason === 'no_ticket') return { type: 'gone' }
  return reason === null ? { type: 'done' } : { type: 'refused', reason }
}

const clickKey = (ticket: string, form: string) => `staff:${ticket}:${form}`

/** Was this very form taken in before. */
export function happened(app: App, ticket: string, form: string): Promise<boolean> {
  return isKnown(app.store, app.vault.hashKey(`internal:${clickKey(ticket, form)}`))
}
