import { consentTo } from '../consent.ts'
import type { Id } from '../content.ts'
import { emit, nextId, type Turn } from '../turn.ts'
import { enrolmentOf, isOver } from './enrolment.ts'

/**
 * The record goes to the point that was asked about, by the person's yes to exactly that; both points keep a receipt
 * that names nobody.
 * @param by null: the person said so here; else who heard their yes
 */
export function transfer(turn: Turn, by: Id | null): boolean {
  const open = enrolmentOf(turn.state)
  const consent = consentTo(turn, 'transfer')
  const to = open?.transferTo ?? null
  if (!open || isOver(open) || to === null || !consent) return false
  emit(turn, {
    type: 'enrolment_transferred',
    id: nextId(turn),
    enrolment: open.id,
    from: open.point,
    to,
    consent: consent.id,
    by,
    at: turn.at,
  })
  // The yes was to this one move: the next asks anew.
  emit(turn, { type: 'consent_withdrawn', id: consent.id, purpose: 'transfer', by, at: turn.at })
  const { ticket } = turn.state
  if (ticket && ticket.point !== to)
    emit(turn, { type: 'ticket_transferred', id: ticket.id, by: by ?? '', point: to, to: null })
  return true
}

/** "Không": the record stays where it is. */
export function endTransfer(turn: Turn): boolean {
  const open = enrolmentOf(turn.state)
  if (!open?.transferTo) return false
  emit(turn, { type: 'enrolment_transfer_ended', enrolment: open.id, at: turn.at })
  return true
}
