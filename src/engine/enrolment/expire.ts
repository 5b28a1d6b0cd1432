import { consentTo, withdrawConsent } from '../consent.ts'
import type { Instant } from '../content.ts'
import type { Timer } from '../conversation.ts'
import { passedWords } from '../referrals/referral.ts'
import { emit, type Turn } from '../turn.ts'
import { NO_PLAN } from './clocks.ts'
import { type Enrolment, enrolmentOf, IDENTITY_ANSWERS, REQUEST_ANSWERS } from './enrolment.ts'
import { clearPapersTimer } from './papers.ts'
import { CALL_ANSWERS, dropAnswers } from './request.ts'

const DAY_MS = 86_400_000
const NAMED = 'giu-yeu-cau:'

/** Until when a request is kept, as the person was told: so many days after its last step, open or ended. */
export function keptUntil({ book }: Turn, { movedAt }: Enrolment): Instant {
  return movedAt + (book.enrolment ?? NO_PLAN).keepDays * DAY_MS
}

/** Every step gives a request its whole time anew, and sees to it that it ends. */
export function keepFromNow(turn: Turn): void {
  const one = enrolmentOf(turn.state)
  if (one) emit(turn, { type: 'timer_set', id: `${NAMED}${one.id}`, kind: 'request', dueAt: keptUntil(turn, one) })
}

/** The time of this request is over; a later one of the same person has its own. */
export function requestDue(turn: Turn, timer: Timer): void {
  const id = timer.id.slice(NAMED.length)
  const present = enrolmentOf(turn.state)
  if (present?.id !== id) return emit(turn, { type: 'enrolment_expired', enrolment: id, at: turn.at })
  if (keptUntil(turn, present) > turn.at) return keepFromNow(turn)
  expireRequest(turn, present)
}

/** The request goes, with each yes it rested on and the answers given for it; what serves something else stays. */
export function expireRequest(turn: Turn, { id }: Enrolment): void {
  const calls = consentTo(turn, 'contact') !== null
  for (const purpose of ['enrolment', 'contact', 'relative', 'transfer'] as const) withdrawConsent(turn, purpose, null)
  const { supporter, walkIn, ticket } = turn.state
  const needed = [
    // A supporter, and whoever has no chat, is called by these; so is somebody who waits for a human.
    ...(supporter || walkIn || ticket ? ['call_name', ...CALL_ANSWERS] : []),
    ...(walkIn ? ['commune'] : []),
  ]
  if (calls && needed.length === 0) emit(turn, { type: 'form_withdrawn', form: 'callback' })
  const given = [...IDENTITY_ANSWERS, ...REQUEST_ANSWERS, 'enrol_whom', 'handled_by', 'paper']
  const passed = passedWords(turn.state)
  const isNeeded = (name: string) => {
    const answer = turn.state.answers[name]
    return needed.includes(name) || (answer?.type === 'words' && passed.includes(answer.id))
  }
  const names = [...given, ...(calls ? CALL_ANSWERS : [])].filter((name) => !isNeeded(name))
  dropAnswers(turn, [...new Set(names)])
  clearPapersTimer(turn)
  emit(turn, { type: 'enrolment_expired', enrolment: id, at: turn.at })
}
