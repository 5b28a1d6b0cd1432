import { consentTo } from '../consent.ts'
import type { Id } from '../content.ts'
import { beginLadder } from '../ladder.ts'
import { choseOfPolice } from '../staff.ts'
import { emit, nextId, type Turn } from '../turn.ts'
import { type Enrolment, enrolmentOf, isOver } from './enrolment.ts'
import { keepFromNow } from './expire.ts'

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
  keepFromNow(turn)
  // The yes was to this one move: the next asks anew.
  emit(turn, { type: 'consent_withdrawn', id: consent.id, purpose: 'transfer', by, at: turn.at })
  const { point } = turn.state.answers
  // Whoever is asked for next is asked for there.
  if (point?.type !== 'code' || point.value === '' || point.value === open.point)
    emit(turn, { type: 'answer_saved', name: 'point', answer: { type: 'code', value: to } })
  moveTicket(turn, open, to, by)
  return true
}

/** The talk goes along, to people who are called anew; a choice of staff of the police was for the old place. */
function moveTicket(turn: Turn, open: Enrolment, to: Id, by: Id | null): void {
  const { ticket } = turn.state
  if (!ticket) return
  const chose = ticket.chosePolice === true && open.chosePolice === true && !choseOfPolice(turn.state)
  if (ticket.point === to && !chose) return
  const police = chose ? { chosePolice: false as const } : {}
  emit(turn, { type: 'ticket_transferred', id: ticket.id, by: by ?? '', point: to, to: null, ...police })
  beginLadder(turn)
}

/** "Không": the record stays where it is. */
export function endTransfer(turn: Turn): boolean {
  const open = enrolmentOf(turn.state)
  if (!open?.transferTo) return false
  emit(turn, { type: 'enrolment_transfer_ended', enrolment: open.id, at: turn.at })
  return true
}
