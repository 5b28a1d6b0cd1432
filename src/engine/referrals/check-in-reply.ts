import { samePhrase } from '../text.ts'
import { openTicket } from '../ticket.ts'
import { flush, say, type Turn } from '../turn.ts'
import { openAppointments } from '../visits/appointment.ts'
import { answerCheckIn, type CheckIns, checkInsOf } from './check-ins.ts'

/** Why a ticket is open that came with an answer. */
const REASON = 'check_in_help'

const OK = [
  '0',
  '0 ổn',
  'ổn',
  'ổn ạ',
  'vẫn ổn',
  'em ổn',
  'mình ổn',
  'tôi ổn',
  'con ổn',
  'em vẫn ổn',
  'ok',
  'bình thường',
]
const HELP = [
  '1',
  '1 cần giúp',
  'cần giúp',
  'cần giúp đỡ',
  'em cần giúp',
  'giúp em',
  'giúp với',
  'không ổn',
  'em không ổn',
]

/**
 * "0" or "1" to the weekly question that was sent, unless a question or a reminder came after it: then it is theirs.
 */
export function takeCheckInReply(turn: Turn, text: string): boolean {
  const waiting = waitingCheckIn(turn)
  if (!waiting || isOfReminder(turn, waiting)) return false
  const said = text.trim()
  if (HELP.some((phrase) => samePhrase(phrase, said))) {
    answerCheckIn(turn, 'help', null)
    say(turn, 'hoi-tham.can-giup')
    openTicket(turn, REASON, 'urgent')
    flush(turn)
    return true
  }
  if (!OK.some((phrase) => samePhrase(phrase, said))) return false
  answerCheckIn(turn, 'ok', null)
  say(turn, 'hoi-tham.on')
  flush(turn)
  return true
}

/** Anything else that was understood as nothing else is their answer in their own words; a question is answered as ever. */
export function takeCheckInText(turn: Turn, text: string): boolean {
  const waiting = waitingCheckIn(turn)
  if (!waiting || text.trim() === '' || text.includes('?')) return false
  const heard = turn.events.find((one) => one.type === 'message_received')
  answerCheckIn(turn, 'text', heard?.words?.id ?? null)
  say(turn, 'hoi-tham.da-ghi')
  flush(turn)
  return true
}

/** The question that has left and came after any other that waits. */
function waitingCheckIn({ state, facts }: Turn): NonNullable<CheckIns['asked']> | null {
  const asked = checkInsOf(state)?.asked ?? null
  if (!asked || asked.seq <= (state.session?.wait ?? -1)) return null
  return facts.sent?.has(asked.message) ? asked : null
}

function isOfReminder({ state, facts }: Turn, { seq }: { seq: number }): boolean {
  return openAppointments(state).some(({ asked }) => asked && asked.seq > seq && facts.sent?.has(asked.message))
}
