import { consentTo, withdrawConsent } from '../consent.ts'
import type { Id } from '../content.ts'
import type { AnswerRef } from '../conversation.ts'
import { stopLadder } from '../ladder.ts'
import { choseOfPolice } from '../staff.ts'
import { emit, nextId, type Turn } from '../turn.ts'
import {
  type Enrolment,
  enrolmentOf,
  IDENTITY_ANSWERS,
  isOver,
  REQUEST_ANSWERS,
  TREATMENT_FORMS,
  WHOM,
} from './enrolment.ts'
import { keepFromNow } from './expire.ts'
import { clearPapersTimer, remindOfPapers, tickPaper } from './papers.ts'
import { endTransfer, transfer } from './transfer.ts'

/** What the last steps of the flows about a request ask for. */
const ENROLMENT_FORMS = [
  'enrol',
  'enrol_withdraw',
  'enrol_transfer',
  'enrol_stay',
  'paper_tick',
  'papers_remind',
] as const
export type EnrolmentForm = (typeof ENROLMENT_FORMS)[number]

export const isEnrolmentForm = (form: string): form is EnrolmentForm =>
  (ENROLMENT_FORMS as readonly string[]).includes(form)

/** Why a ticket is open that came with a request. */
const REASON = 'enrolment'

/** @returns false when it cannot be done any more: no yes stands, or there is no such request */
export function submitEnrolment(turn: Turn, form: EnrolmentForm, values: readonly string[]): boolean {
  switch (form) {
    case 'enrol':
      return makeRequest(turn, values, null)
    case 'enrol_withdraw':
      return withdraw(turn)
    case 'enrol_transfer':
      return transfer(turn, null)
    case 'enrol_stay':
      return endTransfer(turn)
    case 'paper_tick':
      return tickPaper(turn)
    case 'papers_remind':
      return remindOfPapers(turn)
    default:
      return form satisfies never
  }
}

/**
 * A request is kept only after the notice and the person's own yes, and only what they were told.
 * @param by null: the person made it themselves; else who heard it
 */
export function makeRequest(turn: Turn, names: readonly string[], by: Id | null): boolean {
  const { state, at } = turn
  const consent = consentTo(turn, 'enrolment')
  const open = enrolmentOf(state)
  const point = codeOf(turn, 'point')
  if (!consent || (open && !isOver(open)) || point === null) return false
  const values: Record<string, AnswerRef> = {}
  for (const name of names.filter((one) => REQUEST_ANSWERS.includes(one))) {
    const answer = state.answers[name]
    if (answer && !(answer.type === 'code' && answer.value === '')) values[name] = answer
  }
  const enrolment: Enrolment = {
    id: nextId(turn),
    whom: WHOM.find((one) => one === codeOf(turn, 'enrol_whom')) ?? 'minh',
    form: TREATMENT_FORMS.find((one) => one === codeOf(turn, 'treatment_form')) ?? 'chua-biet',
    point,
    state: 'asked',
    movedAt: at,
    papers: [],
    transferTo: null,
  }
  const chosen = codeOf(turn, 'handled_by') === 'cong-an' || choseOfPolice(state)
  const police = chosen ? { chosePolice: true as const } : {}
  const made = { ...enrolment, ...police }
  emit(turn, { type: 'enrolment_requested', enrolment: made, consent: consent.id, values, by, ...police, at })
  keepFromNow(turn)
  // It was chosen for this request: the next asks anew, and no other talk rests on it.
  dropAnswers(turn, ['handled_by'])
  return true
}

function codeOf({ state }: Turn, name: string): string | null {
  const answer = state.answers[name]
  return answer?.type === 'code' && answer.value !== '' ? answer.value : null
}

/** What was said about being called. */
export const CALL_ANSWERS: readonly string[] = ['phone', 'call_time', 'hours', 'cover', 'cover_words']

/** Everything said for the request is taken back: the yes, the request, and the answers themselves. */
function withdraw(turn: Turn): boolean {
  const open = enrolmentOf(turn.state)
  const stands = consentTo(turn, 'enrolment') !== null || (open !== null && !isOver(open))
  if (open && !isOver(open)) step(turn, open, 'declined', null)
  // The number was given for this: nobody is to call any more.
  if (consentTo(turn, 'contact')) {
    emit(turn, { type: 'form_withdrawn', form: 'callback' })
    dropAnswers(turn, CALL_ANSWERS)
  }
  for (const purpose of ['enrolment', 'contact', 'relative', 'transfer'] as const) withdrawConsent(turn, purpose, null)
  dropAnswers(turn, [...new Set([...IDENTITY_ANSWERS, ...REQUEST_ANSWERS, 'enrol_whom', 'handled_by', 'paper'])])
  clearPapersTimer(turn)
  const { ticket } = turn.state
  // Nobody is to answer what is no longer asked; what a human holds, or an emergency, is not for this to end.
  if (ticket?.reason === REASON && ticket.heldBy === null && ticket.priority !== 'emergency') {
    stopLadder(turn)
    emit(turn, { type: 'ticket_closed', id: ticket.id, by: null, outcome: 'withdrawn' })
  }
  return stands
}

/** Answers that are not to be kept any more, with the words in them. */
export function dropAnswers(turn: Turn, names: readonly string[]): void {
  const held = names.filter((name) => turn.state.answers[name] !== undefined)
  const texts = held.flatMap((name) => {
    const answer = turn.state.answers[name]
    return answer?.type === 'words' ? [answer.id] : []
  })
  if (held.length > 0) emit(turn, { type: 'answers_dropped', names: held, texts })
}

/** One step further on the way; `by` null: the person's own doing. */
export function step(turn: Turn, { id }: Enrolment, to: Enrolment['state'], by: Id | null): void {
  emit(turn, { type: 'enrolment_stepped', id: nextId(turn), enrolment: id, to, by, at: turn.at })
  keepFromNow(turn)
}

/** A human has answered, or a meeting is booked: the request moves by itself, never backwards. */
export function moveAlong(turn: Turn, to: 'answered' | 'booked', by: Id | null): void {
  const open = enrolmentOf(turn.state)
  if (open?.state === 'asked' || (open?.state === 'answered' && to === 'booked')) step(turn, open, to, by)
}
