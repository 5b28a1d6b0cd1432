import { isAccompanyForm, submitAccompany } from './accompany/forms.ts'
import { planState } from './accompany/plan.ts'
import { progressState } from './accompany/progress.ts'
import { supportState } from './accompany/supporter.ts'
import type { Condition, Flow, Node } from './book.ts'
import { membershipOf } from './clubs/club.ts'
import { seatIn } from './clubs/meetings.ts'
import { isClubForm, submitClub } from './clubs/membership.ts'
import { consentTo } from './consent.ts'
import type { AnswerRef } from './conversation.ts'
import { courseFact } from './courses/course.ts'
import { isCourseForm, submitCourse } from './courses/forms.ts'
import { pauseCourse } from './courses/reading.ts'
import { enrolmentOf, isOver } from './enrolment/enrolment.ts'
import { isEnrolmentForm, submitEnrolment } from './enrolment/request.ts'
import { deskAt } from './fill.ts'
import { isJoinForm, joiningFact, submitJoin } from './join.ts'
import { put, sayWords } from './question.ts'
import { contestsFact, isContestForm, phaseFact, submitContest, tryFact } from './quiz/contest-try.ts'
import { inCrisis } from './quiz/crisis.ts'
import { doubtFact, isPracticeForm, lastAnswerFact, practiceFact, submitPractice } from './quiz/practice.ts'
import { checkInsOf } from './referrals/check-ins.ts'
import { offeredReferral, openReferrals } from './referrals/referral.ts'
import { facilitiesFor } from './referrals/service.ts'
import { isReferralForm, submitReferral } from './referrals/submit.ts'
import { openTicket, requestOf, serviceBroke, withdrawRequest } from './ticket.ts'
import { emit, flush, nextId, say, type Turn } from './turn.ts'
import { chosenAppointment, openAppointments } from './visits/appointment.ts'
import { isVisitForm, slotOptions, submitVisit } from './visits/choose-slot.ts'

/** More steps than this in one turn is a loop that the checks should have refused. */
const STEPS = 60

/** The greeting for somebody new, the table of contents for everybody else. */
export function startOver(turn: Turn): void {
  startFlow(turn, turn.state.introduced ? 'muc-luc' : turn.book.home)
}

/** Begins a flow: on top of the present ones (`inside`), or instead of them. */
export function startFlow(turn: Turn, id: string, place: 'inside' | 'instead' = 'instead'): void {
  if (place === 'instead' && turn.state.session) emit(turn, { type: 'session_ended', reason: 'replaced' })
  if (!enter(turn, id)) return serviceBroke(turn, 'missing_flow')
  walk(turn)
}

function enter(turn: Turn, id: string): boolean {
  const flow = turn.book.flow(id)
  const runs = turn.state.session?.runs ?? []
  const again = runs.findIndex((run) => run.flow === id)
  // Two flows that call each other go round; they do not pile up.
  if (flow && again >= 0) emit(turn, { type: 'runs_replaced', runs: runs.slice(0, again) })
  if (flow) emit(turn, { type: 'run_started', flow: id, revision: flow.revision, node: flow.start })
  return flow !== undefined
}

/** Runs nodes until a question is asked or every run has ended. */
export function walk(turn: Turn): void {
  for (let step = 0; step < STEPS; step++) {
    const run = turn.state.session?.runs.at(-1)
    if (!run) {
      if (turn.state.session) emit(turn, { type: 'session_ended', reason: 'finished' })
      return flush(turn)
    }
    const place = locate(turn)
    if (!place) return
    if (doNode(turn, place.flow, run.node, place.node) === 'wait') return
  }
  serviceBroke(turn, 'too_many_steps')
}

/** The present node, after moving people out of a withdrawn or lost revision; undefined when they went to a human. */
export function locate(turn: Turn): { flow: Flow; node: Node } | undefined {
  const runs = turn.state.session?.runs ?? []
  const run = runs.at(-1)
  if (!run) return undefined
  const withdrawn = turn.book.withdrawn(run.flow, run.revision)
  const pinned = withdrawn ? undefined : turn.book.flow(run.flow, run.revision)
  const node = pinned?.nodes[run.node]
  if (pinned && node) return { flow: pinned, node }
  const current = turn.book.flow(run.flow)
  const target = withdrawn ? withdrawn.to[run.node] : run.node
  const moved = target === undefined ? undefined : current?.nodes[target]
  if (current && target !== undefined && moved) {
    emit(turn, {
      type: 'runs_replaced',
      runs: [...runs.slice(0, -1), { ...run, revision: current.revision, node: target }],
    })
    return { flow: current, node: moved }
  }
  serviceBroke(turn, 'flow_changed')
  return undefined
}

function doNode(turn: Turn, flow: Flow, id: string, node: Node): 'go' | 'wait' {
  switch (node.type) {
    case 'say':
      sayWords(turn, node.words)
      return move(turn, flow, id, 'next', node.next)
    case 'ask':
      put(turn, flow, id, node)
      return 'wait'
    case 'branch': {
      const value = evaluate(turn, node.on)
      const to = value === null ? undefined : node.cases[value]
      return to === undefined ? move(turn, flow, id, 'else', node.else) : move(turn, flow, id, value!, to)
    }
    case 'call':
      move(turn, flow, id, 'next', node.next)
      // Whoever talks with a human is not led to one.
      if (node.flow === 'gap-nguoi' && turn.state.ticket?.heldBy) return 'go'
      if (!enter(turn, node.flow)) serviceBroke(turn, 'missing_flow')
      return turn.state.session ? 'go' : 'wait'
    case 'submit':
      return submit(turn, flow, id, node)
    case 'handoff':
      openTicket(turn, node.reason, node.priority)
      return move(turn, flow, id, 'next', node.next)
    case 'end':
      emit(turn, { type: 'run_ended', flow: flow.id })
      return 'go'
    default:
      return node satisfies never
  }
}

export function move(turn: Turn, flow: Flow, node: string, route: string, to: string): 'go' {
  emit(turn, { type: 'moved', flow: flow.id, node, route, to })
  return 'go'
}

function submit(turn: Turn, flow: Flow, id: string, node: Extract<Node, { type: 'submit' }>): 'go' | 'wait' {
  if (node.form === 'erase') {
    const blocks = turn.blocks
    emit(turn, { type: 'contact_erased', receipt: turn.facts.receipt })
    turn.blocks = blocks
    say(turn, `${flow.id}.${node.next}`)
    flush(turn, [], 'conversation', 'receipt')
    return 'wait'
  }
  if (node.form === 'stop') {
    emit(turn, { type: 'contact_stopped' })
    pauseCourse(turn)
  } else if (node.form === 'resume') emit(turn, { type: 'contact_resumed' })
  else if (node.form === 'withdraw') withdrawRequest(turn)
  else if (isVisitForm(node.form)) {
    if (!submitVisit(turn, node.form)) return move(turn, flow, id, 'else', node.else ?? node.next)
  } else if (isClubForm(node.form)) {
    if (!submitClub(turn, node.form)) return move(turn, flow, id, 'else', node.else ?? node.next)
  } else if (isReferralForm(node.form)) {
    if (!submitReferral(turn, node.form)) return move(turn, flow, id, 'else', node.else ?? node.next)
  } else if (isJoinForm(node.form)) {
    if (!submitJoin(turn, node.form)) return move(turn, flow, id, 'else', node.else ?? node.next)
  } else if (isEnrolmentForm(node.form)) {
    if (!submitEnrolment(turn, node.form, node.values)) return move(turn, flow, id, 'else', node.else ?? node.next)
  } else if (isCourseForm(node.form)) {
    if (!submitCourse(turn, node.form)) return move(turn, flow, id, 'else', node.else ?? node.next)
  } else if (isAccompanyForm(node.form)) {
    if (!submitAccompany(turn, node.form)) return move(turn, flow, id, 'else', node.else ?? node.next)
  } else if (isPracticeForm(node.form)) {
    if (!submitPractice(turn, node.form)) return move(turn, flow, id, 'else', node.else ?? node.next)
  } else if (isContestForm(node.form)) {
    if (!submitContest(turn, node.form)) return move(turn, flow, id, 'else', node.else ?? node.next)
  } else {
    const values: Record<string, AnswerRef> = {}
    for (const name of node.values) {
      const answer = turn.state.answers[name]
      if (answer && !(answer.type === 'code' && answer.value === '')) values[name] = answer
    }
    emit(turn, { type: 'form_submitted', id: nextId(turn), form: node.form, values, at: turn.at })
  }
  return move(turn, flow, id, 'next', node.next)
}

function evaluate(turn: Turn, on: Condition): string | null {
  if ('answer' in on) {
    const answer = turn.state.answers[on.answer]
    return answer?.type === 'code' ? answer.value : null
  }
  switch (on.fact) {
    case 'desk':
      return deskAt(turn.state, turn.facts.directory, turn.at).type
    case 'points': {
      const commune = turn.state.answers.commune
      const near = turn.facts.directory.points.some(
        (p) => commune?.type === 'code' && p.communes.includes(commune.value),
      )
      return near ? 'yes' : 'no'
    }
    case 'any_points':
      return turn.facts.directory.points.length > 0 ? 'yes' : 'no'
    case 'ticket':
      return turn.state.ticket ? 'yes' : 'no'
    case 'request':
      return requestOf(turn)
    case 'stopped':
      return turn.state.stopped ? 'yes' : 'no'
    case 'visits': {
      if (openAppointments(turn.state).length === 0) return 'none'
      return chosenAppointment(turn.state) ? 'one' : 'several'
    }
    case 'visit_is': {
      const meeting = chosenAppointment(turn.state)?.meeting
      return meeting ? (meeting.family ? 'family_meeting' : 'meeting') : 'visit'
    }
    case 'seat':
      return seatIn(turn)
    case 'club':
      return membershipOf(turn.state)?.state ?? 'none'
    case 'slots':
      return slotOptions(turn).length > 0 ? 'yes' : 'no'
    case 'enrolment': {
      const enrolment = enrolmentOf(turn.state)
      if (!enrolment) return 'none'
      return isOver(enrolment) ? 'over' : enrolment.transferTo === null ? 'open' : 'transfer'
    }
    case 'facilities':
      return facilitiesFor(turn.facts.directory.services ?? [], null).length > 0 ? 'yes' : 'no'
    case 'joining':
      return joiningFact(turn)
    case 'consent':
      return consentTo(turn, 'enrolment') ? 'yes' : 'no'
    case 'referral':
      if (offeredReferral(turn.state)) return 'offered'
      return openReferrals(turn.state).length > 0 ? 'open' : 'none'
    case 'check_ins':
      return checkInsOf(turn.state) ? 'on' : 'off'
    case 'supporter':
      return supportState(turn.state, turn.facts.directory)
    case 'progress':
      return progressState(turn)
    case 'plan':
      return planState(turn)
    case 'course':
      return courseFact(turn.state)
    case 'crisis':
      return inCrisis(turn) ? 'yes' : 'no'
    case 'quiz':
      return practiceFact(turn)
    case 'quiz_doubt':
      return doubtFact(turn)
    case 'quiz_answer':
      return lastAnswerFact(turn)
    case 'contests':
      return contestsFact(turn)
    case 'contest_try':
      return tryFact(turn)
    case 'contest_phase':
      return phaseFact(turn)
    default:
      return on satisfies never
  }
}
