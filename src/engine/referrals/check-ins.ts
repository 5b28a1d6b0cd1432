import { daysBefore, instantOn } from '../clock/zone.ts'
import { consentTo, withdrawConsent } from '../consent.ts'
import type { Id, Instant } from '../content.ts'
import type { Conversation, Timer } from '../conversation.ts'
import { emit, nextId, type Turn } from '../turn.ts'
import { momentFor, windowOf } from '../visits/calm.ts'
import { openReferrals } from './referral.ts'

/** How somebody answered, or why there is no answer; `unsent`: they never saw the question. */
export const CHECK_IN_ENDS = ['ok', 'help', 'text', 'missed', 'unsent'] as const
export type CheckInEnd = (typeof CHECK_IN_ENDS)[number]

/** Somebody wishes to be asked once a week how it goes. */
export interface CheckIns {
  /** The yes it rests on. */
  consent: Id
  /** The introduction it goes with; null: none. */
  referral: Id | null
  /** Whose staff read the answers; null: the tier above. */
  point: Id | null
  nextAt: Instant
  /** The question that waits for an answer, with the turn that asked. */
  asked: { id: Id; message: Id; seq: number; at: Instant } | null
  /** Questions in a row without an answer. */
  misses: number
}

const DAY_MS = 86_400_000
/** A question this old says nothing any more, and is not sent. */
const LATE_MS = 3 * DAY_MS
/** So long after it was sent a question without an answer is told to who walks beside the person. */
const ANSWER_MS = 2 * DAY_MS
/** Nobody is asked on and on who does not answer. */
const MOST_MISSES = 4
const MORNING = 9 * 60

const askTimer = (contact: Id): Id => `hoi-tham:${contact}`
const missTimer = (contact: Id): Id => `hoi-tham-lo:${contact}`

export const checkInsOf = ({ checkIns }: Conversation): CheckIns | null => checkIns ?? null

/** Who walks beside this person, as far as they said yes to somebody; else the staff of the point look after it. */
export const supporterOf = ({ supporter }: Conversation): Id | null => supporter?.supporter ?? null

/** From next week on, in the part of the day they chose. */
export function startCheckIns(turn: Turn): boolean {
  const consent = consentTo(turn, 'follow_up')
  if (!consent || checkInsOf(turn.state)) return false
  const referral = openReferrals(turn.state).findLast(({ state }) => state !== 'offered') ?? null
  const named = turn.state.answers.point
  const point = referral?.point ?? (named?.type === 'code' && named.value !== '' ? named.value : null)
  const nextAt = nextWeek(turn)
  emit(turn, {
    type: 'check_ins_started',
    consent: consent.id,
    referral: referral?.id ?? null,
    point,
    nextAt,
    at: turn.at,
  })
  setTimer(turn, askTimer(turn.state.contact), nextAt)
  return true
}

/** "Thôi hỏi thăm": one word, no reason, and the yes is taken back. */
export function stopCheckIns(turn: Turn): boolean {
  const open = checkInsOf(turn.state)
  // Where the asking had stopped by itself, the yes still stands and is taken back all the same.
  const stood = consentTo(turn, 'follow_up') !== null
  if (open) stop(turn, open)
  withdrawConsent(turn, 'follow_up', null)
  return stood || open !== null
}

function stop(turn: Turn, { asked }: CheckIns): void {
  if (asked) emit(turn, { type: 'message_withdrawn', id: asked.message })
  emit(turn, { type: 'timer_cleared', id: askTimer(turn.state.contact) })
  emit(turn, { type: 'timer_cleared', id: missTimer(turn.state.contact) })
  emit(turn, { type: 'check_ins_stopped', at: turn.at })
}

/** A question is due, or has waited for an answer long enough. */
export function checkInDue(turn: Turn, timer: Timer): void {
  const open = checkInsOf(turn.state)
  if (!open) return emit(turn, { type: 'ignored', reason: 'no_check_ins' })
  if (timer.id === missTimer(turn.state.contact)) return unanswered(turn, open)
  if (timer.id !== askTimer(turn.state.contact)) return emit(turn, { type: 'ignored', reason: 'no_check_ins' })
  const nextAt = nextWeek(turn)
  setTimer(turn, askTimer(turn.state.contact), nextAt)
  if (!mayAsk(turn.state)) return emit(turn, { type: 'ignored', reason: 'not_now' })
  if (open.asked) emit(turn, { type: 'message_withdrawn', id: open.asked.message })
  const message = nextId(turn)
  emit(turn, {
    type: 'message_queued',
    id: message,
    lane: 'unprompted',
    kind: 'broadcast',
    message: { blocks: [{ key: 'hoi-tham.tuan-nay.kin' }] },
    expiresAt: turn.at + LATE_MS,
  })
  const { referral, point } = open
  emit(turn, { type: 'check_in_asked', id: nextId(turn), message, referral, point, nextAt, at: turn.at })
  setTimer(turn, missTimer(turn.state.contact), turn.at + ANSWER_MS)
}

/** Not after "dừng", not while muted, not to who cannot be reached; the gate keeps the days after an emergency. */
const mayAsk = ({ stopped, muted, reachable }: Conversation): boolean =>
  !stopped && (muted ?? null) === null && reachable

/**
 * No answer two days after it was sent: a human who walks beside the person may ask how they are. It is no missed visit,
 * it is told to no authority, and nothing is sent to the person.
 */
function unanswered(turn: Turn, { asked, misses }: CheckIns): void {
  if (!asked) return emit(turn, { type: 'ignored', reason: 'answered' })
  const sentAt = turn.facts.sentAt?.get(asked.message) ?? null
  const due = sentAt === null ? asked.at + LATE_MS : sentAt + ANSWER_MS
  if (turn.at < due) return setTimer(turn, missTimer(turn.state.contact), due)
  const as = sentAt === null ? 'unsent' : 'missed'
  const supporter = as === 'missed' ? supporterOf(turn.state) : null
  emit(turn, { type: 'check_in_ended', id: asked.id, as, supporter, line: null, at: turn.at })
  if (as === 'missed' && misses + 1 >= MOST_MISSES) stop(turn, checkInsOf(turn.state)!)
}

/** The person answered: staff see how, and the wait is over. */
export function answerCheckIn(turn: Turn, as: 'ok' | 'help' | 'text', line: Id | null): void {
  const asked = checkInsOf(turn.state)?.asked
  if (!asked) return
  emit(turn, { type: 'check_in_ended', id: asked.id, as, supporter: null, line, at: turn.at })
  emit(turn, { type: 'timer_cleared', id: missTimer(turn.state.contact) })
}

/** Setting a timer again never moves it later, so the old one goes first. */
function setTimer(turn: Turn, id: Id, dueAt: Instant): void {
  emit(turn, { type: 'timer_cleared', id })
  emit(turn, { type: 'timer_set', id, kind: 'check_in', dueAt })
}

/** A week on, at a moment they may be written to. */
function nextWeek(turn: Turn): Instant {
  const hours = turn.state.answers.reminder_hours
  const window = windowOf(hours?.type === 'code' ? hours.value : null)
  const day = daysBefore(turn.at, -7)
  const wanted = instantOn(day, Math.max(MORNING, window.from + 60))
  const bounds = { earliest: turn.at + DAY_MS, latest: wanted + LATE_MS }
  return momentFor(wanted, bounds, window, turn.facts.directory.calendar) ?? wanted + 7 * DAY_MS
}
