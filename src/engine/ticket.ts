import { isForAccompany, onAccompany } from './accompany/forms.ts'
import { isForClub, onClub } from './clubs/membership.ts'
import type { Fills, FillValue } from './content.ts'
import type { Priority, Recording, StaffAction, Timer } from './conversation.ts'
import { isForEnrolment, onEnrolment } from './enrolment/acts.ts'
import { enrolmentOf, isOver } from './enrolment/enrolment.ts'
import { moveAlong } from './enrolment/request.ts'
import { closesAt } from './hours.ts'
import { beginLadder, ringAll, stopLadder } from './ladder.ts'
import { isForReferral, onReferral } from './referrals/acts.ts'
import { askAgain } from './reply.ts'
import { split } from './split.ts'
import { answersByPhone, choseOfPolice, mayAnswer } from './staff.ts'
import { emit, flush, nextId, prose, say, type Turn } from './turn.ts'
import { isForVisit, onVisit } from './visits/acts.ts'
import { startFlow } from './walk.ts'
import { isForRecord, onRecord, recordContact } from './walk-in.ts'

/** The short question after a talk with a human. */
const FEEDBACK = 'co-ich-khong'

/** Nothing unprompted for three days after an emergency. */
const QUIET_MS = 72 * 3_600_000
/** After these nobody is asked how it was. */
/** Troubles of a ticket that tell of a life or a body in danger. */
export const DANGERS: readonly string[] = [
  'suicide',
  'self_harm',
  'overdose',
  'poisoning',
  'violence',
  'child',
  'medical',
  'psychosis',
]
/** Ten minutes without a staff line end a hold. */
const HOLD_MS = 10 * 60_000
/** A counsellor's text is cut to what every channel carries in one message. */
const STAFF_PIECE = 1_900
const RANK: Readonly<Record<Priority, number>> = { emergency: 2, urgent: 1, routine: 0 }

/** Opens a ticket, or raises the open one when this is more serious. */
export function openTicket(turn: Turn, reason: string, priority: Priority): void {
  if (priority === 'emergency') emit(turn, { type: 'contact_quieted', until: turn.at + QUIET_MS })
  const open = turn.state.ticket
  if (!open) {
    const point = codeOf(turn, 'point')
    const request = enrolmentOf(turn.state)
    const forRequest = reason === 'enrolment' && request?.chosePolice === true && !isOver(request)
    const police = forRequest || choseOfPolice(turn.state) ? { chosePolice: true as const } : {}
    emit(turn, { type: 'ticket_opened', id: nextId(turn), reason, priority, point, ...police, at: turn.at })
    beginLadder(turn)
    if (priority === 'emergency') ringAll(turn)
    greet(turn)
  } else if (RANK[priority] > RANK[open.priority]) {
    emit(turn, { type: 'ticket_raised', id: open.id, reason, priority })
    if (open.heldBy === null) beginLadder(turn)
    if (priority === 'emergency') ringAll(turn)
  }
}

/** The recorded greeting of the point, in the language the person asked for: somebody who cannot read hears that someone will come. */
export function greet(turn: Turn): void {
  const language = codeOf(turn, 'language')
  const all = (turn.facts.directory.greetings ?? []).filter((one) => one.language === language)
  const greeting = all.find(({ point }) => point === turn.state.ticket?.point) ?? all[0]
  if (!greeting) return
  const message = { blocks: [{ key: 'he-thong.loi-chao-thoai' }], greeting: greeting.id }
  emit(turn, { type: 'message_queued', id: nextId(turn), lane: 'conversation', kind: 'answer', message })
}

function codeOf({ state }: Turn, name: string): string | null {
  const answer = state.answers[name]
  return answer?.type === 'code' && answer.value !== '' ? answer.value : null
}

/** What a person may take back. An emergency is not for a message to close: the phone may be in other hands. */
export function requestOf({ state }: Turn): 'waiting' | 'emergency' | 'none' {
  if (!state.ticket) return 'none'
  return state.ticket.priority === 'emergency' ? 'emergency' : 'waiting'
}

/** The number to call goes, and so does the ticket unless it is an emergency or a human is talking with them. */
export function withdrawRequest(turn: Turn): void {
  emit(turn, { type: 'form_withdrawn', form: 'callback' })
  const { ticket } = turn.state
  if (!ticket || ticket.heldBy !== null || requestOf(turn) !== 'waiting') return
  stopLadder(turn)
  emit(turn, { type: 'ticket_closed', id: ticket.id, by: null, outcome: 'withdrawn' })
}

/** A fault of ours: the person hears so at once, gets the emergency numbers, and a human is asked to look. */
export function serviceBroke(turn: Turn, reason: string): void {
  if (turn.state.session) emit(turn, { type: 'session_ended', reason: 'broken' })
  emit(turn, { type: 'parked', reason })
  openTicket(turn, 'service_error', 'urgent')
  // Not `say`, which looks into the book: the book may be what broke.
  turn.blocks = [{ key: 'he-thong.loi' }]
  flush(turn)
}

const unansweredTimer = (turn: Turn) => `${turn.state.contact}:unanswered`

/** While a human holds the conversation its lines go to that human. */
export function tellHolder(turn: Turn): void {
  const holder = turn.state.ticket!.heldBy!
  const phone = answersByPhone(turn.facts.directory, holder) ? { phone: true as const } : {}
  emit(turn, { type: 'message_relayed', to: holder, ...phone })
}

/** The wait for the human's answer is timed; a line that the machine answers asks nobody for one. */
export function awaitHolder(turn: Turn): void {
  const dueAt = holdEnds(turn, turn.state.ticket!.heldBy!)
  emit(turn, { type: 'timer_set', id: unansweredTimer(turn), kind: 'unanswered', dueAt })
}

/** Nobody answered in time: the person is told, and the ticket goes back to the queue. */
export function holdExpired(turn: Turn, timer: Timer): void {
  const ticket = turn.state.ticket
  if (!ticket?.heldBy) return emit(turn, { type: 'ignored', reason: 'not_held' })
  // A line or a hand-over that came while this timer was on its way has settled its wait.
  const since = ticket.answerBy ?? null
  if (since === null) return emit(turn, { type: 'ignored', reason: 'answered' })
  if (timer.dueAt < since) {
    emit(turn, { type: 'ignored', reason: 'answered' })
    return emit(turn, { type: 'timer_set', id: timer.id, kind: 'unanswered', dueAt: since })
  }
  release(turn, 'unanswered')
  say(turn, 'he-thong.chua-co-nguoi')
  flush(turn)
  beginLadder(turn)
}

/** Whoever held it is gone: the person hears so at once, and others are called. */
export function holderLeft(turn: Turn): void {
  const holder = turn.state.ticket?.heldBy
  if (!holder || !isStranger(turn, holder)) return emit(turn, { type: 'ignored', reason: 'still_there' })
  release(turn, 'holder_left')
  emit(turn, { type: 'timer_cleared', id: unansweredTimer(turn) })
  say(turn, 'he-thong.doi-nguoi')
  flush(turn)
  beginLadder(turn)
}

function release(turn: Turn, reason: 'unanswered' | 'holder_left'): void {
  giveUp(turn)
  emit(turn, { type: 'ticket_released', id: turn.state.ticket!.id, reason })
}

/** Ten minutes, or the end of the holder's shift if that comes first. */
function holdEnds(turn: Turn, holder: string): number {
  const { directory } = turn.facts
  const member = directory.staff.find(({ id }) => id === holder)
  const hours = member?.duty ?? directory.points.find(({ id }) => id === member?.point)
  const closes = hours ? closesAt(hours, directory.calendar, turn.at) : null
  return Math.min(turn.at + HOLD_MS, closes ?? Number.POSITIVE_INFINITY)
}

/** A counsellor's click. Two takes give one owner and one refusal. */
export function staffActs(turn: Turn, by: string, action: StaffAction): void {
  emit(turn, { type: 'staff_acted', by, action: action.type })
  const { ticket, walkIn } = turn.state
  if (isForClub(action))
    return isStranger(turn, by) ? emit(turn, { type: 'ignored', reason: 'not_allowed' }) : onClub(turn, by, action)
  if (isForEnrolment(action))
    return isStranger(turn, by) ? emit(turn, { type: 'ignored', reason: 'not_allowed' }) : onEnrolment(turn, by, action)
  if (isForReferral(action))
    return isStranger(turn, by) ? emit(turn, { type: 'ignored', reason: 'not_allowed' }) : onReferral(turn, by, action)
  if (isForAccompany(action))
    return isStranger(turn, by) ? emit(turn, { type: 'ignored', reason: 'not_allowed' }) : onAccompany(turn, by, action)
  if (isForVisit(action))
    return isStranger(turn, by) ? emit(turn, { type: 'ignored', reason: 'not_allowed' }) : onVisit(turn, by, action)
  if (walkIn || isForRecord(action))
    return isStranger(turn, by) ? emit(turn, { type: 'ignored', reason: 'not_allowed' }) : onRecord(turn, by, action)
  if (!ticket) return emit(turn, { type: 'ignored', reason: 'no_ticket' })
  if (isStranger(turn, by)) return emit(turn, { type: 'ignored', reason: 'not_allowed' })
  if (action.type === 'note') return addNote(turn, by, action.text)
  if (action.type === 'contact') return recordContact(turn, by, action.contact)
  if (ticket.heldBy !== null && ticket.heldBy !== by) return emit(turn, { type: 'ignored', reason: 'held_by_another' })
  switch (action.type) {
    case 'take':
      return take(turn, by)
    case 'reply':
      return reply(turn, by, action.text, action.recording)
    case 'transfer':
      return transfer(turn, by, action)
    case 'hand_back':
      if (ticket.heldBy === null) return emit(turn, { type: 'ignored', reason: 'not_held' })
      return end(turn, by, 'handed_back')
    case 'close':
      return end(turn, by, action.outcome)
    default:
      return action satisfies never
  }
}

/** Somebody who left, or who belongs to the police and was not chosen by the person. */
function isStranger({ facts, state }: Turn, by: string): boolean {
  const member = facts.directory.staff.find(({ id }) => id === by)
  return member !== undefined && !mayAnswer(member, state.ticket?.chosePolice === true)
}

function reply(turn: Turn, by: string, text: string, recording?: Recording): void {
  if (text.trim() === '') return emit(turn, { type: 'ignored', reason: 'empty' })
  take(turn, by)
  if (recording) {
    const words = { ...prose(turn, text), recording }
    emit(turn, { type: 'staff_line_queued', id: words.id, by, words, voice: true, at: turn.at })
  }
  for (const piece of recording ? [] : split(text, STAFF_PIECE)) {
    const words = prose(turn, piece)
    emit(turn, { type: 'staff_line_queued', id: words.id, by, words, at: turn.at })
  }
  moveAlong(turn, 'answered', by)
  const card = turn.state.ticket?.waitingCard
  if (card) emit(turn, { type: 'message_withdrawn', id: card })
  emit(turn, { type: 'timer_cleared', id: unansweredTimer(turn) })
}

function addNote(turn: Turn, by: string, text: string): void {
  if (text.trim() === '') return emit(turn, { type: 'ignored', reason: 'empty' })
  emit(turn, { type: 'note_added', by, words: prose(turn, text.trim()) })
}

/** The ticket climbs again from where it is sent to; a named colleague is called first and alone. */
function transfer(turn: Turn, by: string, { to, note }: Extract<StaffAction, { type: 'transfer' }>): void {
  const { directory } = turn.facts
  const here = turn.state.ticket!
  const colleague = to && 'staff' in to ? (directory.staff.find(({ id }) => id === to.staff) ?? null) : null
  const own = directory.points.find(({ id }) => id === here.point)
  const point = colleague ? colleague.point : to && 'point' in to ? to.point : (own?.above ?? null)
  const known = point === null || directory.points.some(({ id }) => id === point)
  if (!known || (to && 'staff' in to && !colleague?.active))
    return emit(turn, { type: 'ignored', reason: 'nobody_there' })
  if (note.trim() !== '') addNote(turn, by, note)
  giveUp(turn)
  emit(turn, { type: 'ticket_transferred', id: here.id, by, point, to: colleague?.id ?? null })
  emit(turn, { type: 'timer_cleared', id: unansweredTimer(turn) })
  say(turn, 'he-thong.chuyen-nguoi')
  flush(turn)
  beginLadder(turn, colleague?.id)
}

/** A question from before the human came, and is not put again, would take a later "1" for its answer. */
function giveUp(turn: Turn): void {
  if (turn.state.confirm) emit(turn, { type: 'confirm_cleared' })
  if (turn.state.session) emit(turn, { type: 'session_ended', reason: 'replaced' })
}

/**
 * The human is done. Handed back, the talk goes on at the question that waited before the human came; closed, a short
 * question asks whether it helped, but never after a crisis.
 */
function end(turn: Turn, by: string, outcome: string | undefined): void {
  const { id, priority, reason } = turn.state.ticket!
  if (turn.state.confirm) emit(turn, { type: 'confirm_cleared' })
  stopLadder(turn)
  emit(turn, { type: 'timer_cleared', id: unansweredTimer(turn) })
  emit(turn, { type: 'ticket_closed', id, by, ...(outcome === undefined ? {} : { outcome }) })
  if (outcome === 'handed_back') {
    say(turn, 'he-thong.tro-lai')
    if (!askAgain(turn)) flush(turn)
    return
  }
  giveUp(turn)
  say(turn, 'he-thong.da-dong')
  const crisis = priority === 'emergency' || DANGERS.includes(reason) || turn.at < (turn.state.quietUntil ?? 0)
  if (crisis || !turn.book.flow(FEEDBACK)) return flush(turn)
  startFlow(turn, FEEDBACK)
}

/** A question about a slip that was left open would take a later "1" for its answer. */
export function dropLinking(turn: Turn): void {
  if (turn.state.linking) emit(turn, { type: 'link_settled' })
}

function take(turn: Turn, by: string): void {
  const ticket = turn.state.ticket!
  if (ticket.heldBy === by) return
  dropLinking(turn)
  stopLadder(turn)
  emit(turn, { type: 'ticket_taken', id: ticket.id, by })
  emit(turn, { type: 'timer_set', id: unansweredTimer(turn), kind: 'unanswered', dueAt: holdEnds(turn, by) })
  introduceStaff(turn, by)
  flush(turn)
}

/** Role and institution, and a first name if they wish, before the first human line. */
function introduceStaff(turn: Turn, by: string): void {
  const member = turn.facts.directory.staff.find(({ id }) => id === by)
  if (!member) return say(turn, 'he-thong.nguoi-da-vao')
  const key = member.shownAs === null ? 'he-thong.nguoi-da-vao.khong-ten' : 'he-thong.nguoi-da-vao.co-ten'
  const institution: FillValue = { type: 'words', key: `he-thong.noi-lam-viec.${member.affiliation}` }
  const name: Fills = member.shownAs === null ? {} : { staff_name: { type: 'text', text: member.shownAs } }
  turn.blocks.push({ key, fills: { staff_institution: institution, ...name } })
}
