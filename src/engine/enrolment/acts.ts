import { giveConsent, withdrawConsent } from '../consent.ts'
import type { Id } from '../content.ts'
import type { HeardRequest, StaffAction } from '../conversation.ts'
import { emit, nextId, prose, type Turn } from '../turn.ts'
import { ENROLMENT_STATES, type Enrolment, enrolmentOf, isOver } from './enrolment.ts'
import { keepFromNow } from './expire.ts'
import { clearPapersTimer, papersOf } from './papers.ts'
import { makeRequest, step } from './request.ts'
import { transfer } from './transfer.ts'

type EnrolmentAction = Extract<StaffAction, { type: 'enrol_request' | 'enrol_step' | 'enrol_transfer' | 'enrol_paper' }>

const ACTIONS = ['enrol_request', 'enrol_step', 'enrol_transfer', 'enrol_paper']

export function isForEnrolment(action: StaffAction): action is EnrolmentAction {
  return ACTIONS.includes(action.type)
}

/** What staff write down of somebody's request. They record; nothing here decides over the person. */
export function onEnrolment(turn: Turn, by: Id, action: EnrolmentAction): void {
  if (action.type === 'enrol_request') return hear(turn, by, action.request)
  const open = enrolmentOf(turn.state)
  if (open?.id !== action.enrolment || isOver(open)) return emit(turn, { type: 'ignored', reason: 'enrolment_over' })
  switch (action.type) {
    case 'enrol_step': {
      if (action.to === open.state || !ENROLMENT_STATES.includes(action.to))
        return emit(turn, { type: 'ignored', reason: 'same_state' })
      const words = action.note === '' ? {} : { words: prose(turn, action.note) }
      const stepped = { id: nextId(turn), enrolment: open.id, to: action.to, by, at: turn.at }
      emit(turn, { type: 'enrolment_stepped', ...stepped, ...words })
      keepFromNow(turn)
      if (enrolmentOf(turn.state) === null || isOver(enrolmentOf(turn.state)!)) clearPapersTimer(turn)
      return
    }
    case 'enrol_paper': {
      const paper = papersOf(turn).find(({ id }) => id === action.paper)
      if (!paper) return emit(turn, { type: 'ignored', reason: 'no_paper' })
      const done = !open.papers.includes(paper.id)
      return emit(turn, { type: 'paper_ticked', enrolment: open.id, paper: paper.id, done })
    }
    case 'enrol_transfer':
      return askTransfer(turn, by, open, action)
    default:
      return action satisfies never
  }
}

/** What somebody said in person goes the same way as in the chat: the yes first, to the same text. */
function hear(turn: Turn, by: Id, { point, whom, form, name, codes, relativeMayKnow }: HeardRequest): void {
  const open = enrolmentOf(turn.state)
  if (open && !isOver(open)) return emit(turn, { type: 'ignored', reason: 'enrolment_open' })
  giveConsent(turn, 'enrolment', whom === 'con' ? 'dang-ky.thong-bao-con' : 'dang-ky.thong-bao', by)
  if (relativeMayKnow) giveConsent(turn, 'relative', 'dang-ky.ai-biet', by)
  else withdrawConsent(turn, 'relative', by)
  const said = {
    ...codes,
    relative_may_know: relativeMayKnow ? 'co' : 'khong',
    treatment_form: form,
    enrol_whom: whom,
    point,
  }
  for (const [answer, value] of Object.entries(said))
    emit(turn, { type: 'answer_saved', name: answer, answer: { type: 'code', value } })
  // Who gave no name this time goes by none; the words stay with the older request that holds them.
  if (name === '') {
    if (turn.state.answers.call_name) emit(turn, { type: 'answers_dropped', names: ['call_name'], texts: [] })
  } else {
    const words = prose(turn, name)
    emit(turn, { type: 'answer_saved', name: 'call_name', answer: { type: 'words', id: words.id }, words })
  }
  makeRequest(turn, [...Object.keys(said), 'call_name'], by)
  // It was heard by a human, there and then.
  const made = enrolmentOf(turn.state)
  if (made) step(turn, made, 'answered', by)
}

/** The person is asked, in words that say nothing on a lock screen; a yes that was heard in person is noted as such. */
function askTransfer(
  turn: Turn,
  by: Id,
  open: Enrolment,
  { to, heard }: Extract<EnrolmentAction, { type: 'enrol_transfer' }>,
): void {
  const known = turn.facts.directory.points.some(({ id }) => id === to)
  if (!known || to === open.point) return emit(turn, { type: 'ignored', reason: 'nobody_there' })
  emit(turn, { type: 'enrolment_transfer_asked', id: nextId(turn), enrolment: open.id, to, by, at: turn.at })
  if (heard) {
    giveConsent(turn, 'transfer', 'chuyen-diem.hoi', by)
    transfer(turn, by)
    return
  }
  if (turn.state.walkIn) return
  emit(turn, {
    type: 'message_queued',
    id: nextId(turn),
    lane: turn.state.ticket?.heldBy ? 'conversation' : 'unprompted',
    kind: 'reminder',
    message: { blocks: [{ key: 'chuyen-diem.moi.kin' }] },
  })
}
