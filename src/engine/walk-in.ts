import type { StaffAction, StaffContact, WalkIn } from './conversation.ts'
import { moveAlong } from './enrolment/request.ts'
import { emit, nextId, prose, type Turn } from './turn.ts'

type RecordAction = Extract<StaffAction, { type: 'register' | 'make_slip' | 'withdraw_slip' | 'unlink' | 'erase' }>

/** Is this about the record of somebody who came by, and about no ticket. */
export function isForRecord(action: StaffAction): action is RecordAction {
  return ['register', 'make_slip', 'withdraw_slip', 'unlink', 'erase'].includes(action.type)
}

/** What staff do with the record of somebody who came by. It has no channel, so nothing of a talk fits it. */
export function onRecord(turn: Turn, by: string, action: StaffAction): void {
  if (action.type === 'register') return register(turn, by, action.walkIn)
  if (!turn.state.walkIn) return emit(turn, { type: 'ignored', reason: 'no_record' })
  switch (action.type) {
    case 'contact':
      return recordContact(turn, by, action.contact)
    case 'make_slip':
      emit(turn, { type: 'slips_withdrawn' })
      return emit(turn, { type: 'slip_made', ...action.slip, by, at: turn.at })
    case 'withdraw_slip':
      return emit(turn, { type: 'slips_withdrawn' })
    case 'unlink':
      return emit(turn, { type: 'chats_unlinked' })
    case 'erase':
      return emit(turn, { type: 'contact_erased', receipt: turn.facts.receipt })
    default:
      return emit(turn, { type: 'ignored', reason: 'no_ticket' })
  }
}

/** Once for a record: the same form sent again changes nothing. */
function register(turn: Turn, by: string, walkIn: WalkIn): void {
  if (turn.state.seq > 1) return emit(turn, { type: 'ignored', reason: 'registered' })
  const { point, consent, pronoun, codes, words, note, callOn } = walkIn
  emit(turn, { type: 'walk_in_registered', by, point, consent, at: turn.at })
  if (pronoun !== null) emit(turn, { type: 'pronoun_noticed', pronoun })
  for (const [name, value] of Object.entries(codes))
    emit(turn, { type: 'answer_saved', name, answer: { type: 'code', value } })
  for (const [name, text] of Object.entries(words)) {
    const kept = prose(turn, text)
    emit(turn, { type: 'answer_saved', name, answer: { type: 'words', id: kept.id }, words: kept })
  }
  if (note !== '') emit(turn, { type: 'note_added', by, words: prose(turn, note) })
  emit(turn, { type: 'call_planned', on: callOn })
}

/**
 * A call or a visit, whoever holds the ticket. Only a human who truly talked with the person ends the wait for an
 * answer; a call that nobody took leaves it running. "Đừng gọi nữa" ends every call, and the number is given up.
 */
export function recordContact(turn: Turn, by: string, { kind, outcome, note, callOn }: StaffContact): void {
  const reached = outcome === 'reached' || outcome === 'met' || outcome === 'no_calls'
  const { ticket, walkIn } = turn.state
  const words = prose(turn, note)
  const point = walkIn?.point ?? ticket?.point ?? null
  emit(turn, { type: 'contact_recorded', id: nextId(turn), by, kind, outcome, reached, point, words, at: turn.at })
  if (reached) moveAlong(turn, 'answered', by)
  if (ticket?.heldBy && reached) emit(turn, { type: 'timer_cleared', id: `${turn.state.contact}:unanswered` })
  if (outcome !== 'no_calls') return emit(turn, { type: 'call_planned', on: callOn })
  emit(turn, { type: 'form_withdrawn', form: 'callback' })
  emit(turn, { type: 'call_planned', on: null, never: true })
}
