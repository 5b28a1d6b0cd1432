import { withMonth } from './accompany/progress.ts'
import type { Supporting } from './accompany/supporter.ts'
import type { Purpose } from './consent.ts'
import { type Conversation, emptyConversation, type Session, type Ticket } from './conversation.ts'
import { COURSE_ANSWERS, type CourseRun } from './courses/course.ts'
import type { Enrolment } from './enrolment/enrolment.ts'
import { type Event, INTRODUCTION } from './event.ts'
import { CONTEST_FLOW, type Trying } from './quiz/contest.ts'
import { PRACTICE_FLOW } from './quiz/quiz.ts'
import type { CheckIns } from './referrals/check-ins.ts'
import { openReferrals, REFERRAL_ENDS } from './referrals/referral.ts'
import { withoutTexts } from './retention.ts'
import type { Appointment } from './visits/appointment.ts'

const TRAIL = 12

/** The conversation after a turn: its events folded in, one sequence number further. */
export function fold(before: Conversation, events: readonly Event[]): Conversation {
  return events.reduce(evolve, { ...before, seq: before.seq + 1 })
}

/** The conversation after one event. */
export function evolve(state: Conversation, event: Event): Conversation {
  switch (event.type) {
    case 'message_received':
    case 'timer_fired':
    case 'staff_acted':
    case 'delivery_ended':
    case 'message_relayed':
    case 'form_submitted':
    case 'form_withdrawn':
    case 'task_opened':
    case 'timer_cleared':
    case 'staff_called':
    case 'phones_rung':
    case 'note_added':
    case 'call_planned':
    case 'slips_withdrawn':
    case 'chat_linked':
    case 'chats_unlinked':
    case 'join_asked':
    case 'slot_held':
    case 'reminder_dropped':
    case 'place_noted':
    case 'trace_opened':
    case 'trace_stepped':
    case 'broadcast_queued':
    case 'broadcast_skipped':
    case 'line_closed':
    case 'contest_begun':
    case 'parked':
    case 'ignored':
      return state
    case 'message_queued':
      return queued(state, event)
    case 'message_withdrawn':
      return state.ticket ? { ...state, ticket: { ...state.ticket, waitingCard: null } } : state
    case 'reach_changed':
      return { ...state, reachable: event.reachable }
    case 'pronoun_noticed':
      return { ...state, pronoun: event.pronoun }
    case 'run_started': {
      const session = state.session ?? { runs: [], wait: 0, options: [], misses: 0, trail: [] }
      const run = { flow: event.flow, revision: event.revision, node: event.node }
      return { ...state, session: { ...session, runs: [...session.runs, run] } }
    }
    case 'moved':
      return inSession(state, (session) => {
        const top = session.runs.at(-1)
        return top ? { ...session, runs: [...session.runs.slice(0, -1), { ...top, node: event.to }] } : session
      })
    case 'run_ended':
      return inSession(state, (session) => ended(session, event.flow))
    case 'runs_replaced':
      return inSession(state, (session) => ({ ...session, runs: event.runs }))
    case 'asked':
      return inSession(state, ({ text: _, pronoun: __, ...session }) => ({
        ...session,
        wait: state.seq,
        options: event.options,
        ...(event.text === undefined ? {} : { text: event.text }),
        ...(event.pronoun === undefined ? {} : { pronoun: event.pronoun }),
        trail: sameRuns(session.trail.at(-1), session.runs)
          ? session.trail
          : [...session.trail, session.runs].slice(-TRAIL),
      }))
    case 'answer_saved':
      return { ...state, answers: { ...state.answers, [event.name]: event.answer } }
    case 'answer_missed':
      return inSession(state, (session) => ({ ...session, misses: session.misses + 1 }))
    case 'answer_understood':
      return inSession(state, (session) => ({ ...session, misses: 0 }))
    case 'went_back':
      return inSession(state, (session) => ({
        ...session,
        runs: event.runs,
        misses: 0,
        trail: session.trail.slice(0, -2),
      }))
    case 'session_ended':
      return { ...state, session: null, answers: withoutNames(state.answers, OF_A_SESSION) }
    case 'confirm_asked':
      return { ...state, confirm: { trigger: event.trigger, wait: state.seq } }
    case 'confirm_cleared':
      return { ...state, confirm: null }
    case 'walk_in_registered':
      return { ...state, walkIn: { point: event.point } }
    case 'contact_recorded':
      // Somebody who was talked with does not wait for a line; the short minute of the emergency card is for writing.
      return event.reached ? onTicket(state, () => ({ answerBy: null })) : state
    case 'link_asked':
      return {
        ...state,
        linking: { slip: event.slip, walkIn: event.walkIn, ...(event.chat ? { chat: true } : {}), wait: state.seq },
      }
    case 'slip_made':
      return event.words ? { ...state, joinCode: event.words.id } : state
    case 'join_heard':
      return { ...state, joining: { code: event.code, other: event.other, at: event.at } }
    case 'join_refused':
      return { ...state, joining: null }
    case 'channels_joined':
      return { ...state, joining: null, joined: true }
    case 'channels_parted':
    case 'join_over':
      return { ...state, joined: false }
    case 'link_settled':
      return { ...state, linking: null }
    case 'timer_set':
      // A wait that already runs is not made longer by another message.
      return event.kind === 'unanswered' ? onTicket(state, (t) => ({ answerBy: t.answerBy ?? event.dueAt })) : state
    case 'staff_line_queued':
      return onTicket(state, () => ({ staffLineAt: event.at, lineSeq: state.seq, answerBy: null }))
    case 'ticket_opened':
      return {
        ...state,
        ticket: {
          id: event.id,
          reason: event.reason,
          priority: event.priority,
          point: event.point,
          chosePolice: event.chosePolice ?? false,
          ladder: null,
          openedAt: event.at,
          heldBy: null,
          staffLineAt: null,
          answerBy: null,
        },
      }
    case 'ticket_raised':
      return onTicket(state, () => ({ reason: event.reason, priority: event.priority }))
    case 'ladder_climbed': {
      const { from, step, round, dueAt } = event
      return onTicket(state, () => ({ ladder: { from, step, round, dueAt } }))
    }
    case 'ticket_taken':
      return onTicket(state, () => ({ heldBy: event.by, lineSeq: state.seq, ladder: null }))
    case 'ticket_transferred':
      return onTicket(state, () => ({
        ...{ heldBy: null, answerBy: null, point: event.point },
        ...(event.chosePolice === false ? { chosePolice: false } : {}),
      }))
    case 'ticket_released':
      return onTicket(state, () => ({ heldBy: null, answerBy: null }))
    case 'ticket_closed':
      return { ...state, ticket: null }
    case 'quiz_begun':
      return inSession(state, (session) => ({
        ...session,
        quiz: { items: event.items, at: 0, right: 0, last: null },
      }))
    case 'quiz_answered':
      return inSession(state, ({ quiz, ...session }) => {
        if (!quiz) return session
        const { right = false } = event
        return { ...session, quiz: { ...quiz, at: quiz.at + 1, right: quiz.right + (right ? 1 : 0), last: right } }
      })
    case 'contest_entered': {
      const { contest, phase, at, done } = event
      return inSession(state, (session) => ({ ...session, trying: { contest, phase, at, done } }))
    }
    case 'contest_answered':
      return onTrying(state, (one) => ({ ...one, at: one.at + 1 }))
    case 'contest_finished':
      return onTrying(state, (one) => ({ ...one, done: true, score: event.words.id }))
    case 'contest_claimed':
      return onTrying(state, (one) => ({ ...one, code: event.words.id }))
    case 'contact_stopped':
      return { ...state, stopped: true }
    case 'contact_resumed':
      return { ...state, stopped: false }
    case 'contact_quieted':
      return { ...state, quietUntil: event.until }
    case 'contact_muted':
      return { ...state, muted: event.reason }
    case 'contact_unmuted':
      return { ...state, muted: null }
    case 'appointment_booked':
      return { ...state, appointments: [...(state.appointments ?? []), event.appointment] }
    case 'meeting_answered':
      return onAppointment(state, event.id, (one) => ({
        ...one,
        state: event.as,
        ...(one.meeting ? { meeting: { ...one.meeting, party: event.party } } : {}),
      }))
    case 'meeting_moved':
      return onAppointment(state, event.id, (one) => ({
        ...one,
        state: event.state,
        startsAt: event.startsAt,
        minutes: event.minutes,
        ...(one.meeting ? { meeting: { ...one.meeting, place: event.place } } : {}),
      }))
    case 'milestones_set':
      return { ...state, milestones: event.days }
    case 'club_invited':
      return { ...state, club: { id: event.id, club: event.club, state: 'invited', name: null, followUp: false } }
    case 'club_joined':
      return {
        ...state,
        club: { id: event.id, club: event.club, state: 'member', name: event.name, followUp: event.followUp },
      }
    case 'club_left':
      return { ...state, club: null }
    case 'consent_given': {
      const { id, purpose, version, at, point } = event
      const given = { id, version, at, ...(point === undefined ? {} : { point }) }
      return { ...state, consents: { ...state.consents, [purpose]: given } }
    }
    // What was asked on the strength of a yes is not gone back to once it is taken back.
    case 'consent_withdrawn':
      return inSession({ ...state, consents: withoutPurpose(state.consents, event.purpose) }, (session) => ({
        ...session,
        trail: [],
      }))
    case 'answers_dropped':
      return { ...state, answers: withoutNames(state.answers, event.names) }
    case 'enrolment_requested':
      return { ...state, enrolment: event.enrolment }
    case 'enrolment_stepped':
      return onEnrolment(state, event.enrolment, () => ({ state: event.to, movedAt: event.at }))
    case 'paper_ticked':
      return onEnrolment(state, event.enrolment, ({ papers }) => ({
        papers: [...papers.filter((one) => one !== event.paper), ...(event.done ? [event.paper] : [])],
      }))
    case 'enrolment_transfer_asked':
      return onEnrolment(state, event.enrolment, () => ({ transferTo: event.to }))
    case 'enrolment_transfer_ended':
      return onEnrolment(state, event.enrolment, () => ({ transferTo: null }))
    case 'enrolment_transferred':
      return onEnrolment(atNewPoint(state, event.enrolment), event.enrolment, () => ({
        point: event.to,
        transferTo: null,
        movedAt: event.at,
      }))
    case 'enrolment_expired':
      return state.enrolment?.id === event.enrolment ? { ...state, enrolment: null } : state
    case 'referral_offered':
      return { ...state, referrals: [...openReferrals(state), event.referral] }
    case 'referral_made': {
      const { id, consent, at } = event
      const made = openReferrals(state).filter((one) => one.id === id)
      const others = openReferrals(state).filter((one) => one.id !== id)
      const changed = made.map((one) => ({ ...one, state: 'made' as const, consentId: consent, madeAt: at }))
      return { ...state, referrals: [...others, ...changed] }
    }
    case 'referral_stepped': {
      const moved = openReferrals(state).map((one) => (one.id === event.referral ? { ...one, state: event.to } : one))
      return { ...state, referrals: moved.filter((one) => !REFERRAL_ENDS.includes(one.state)) }
    }
    case 'check_ins_started': {
      const { consent, referral, point, nextAt } = event
      return { ...state, checkIns: { consent, referral, point, nextAt, asked: null, misses: 0 } }
    }
    case 'check_ins_stopped':
      return { ...state, checkIns: null }
    case 'check_in_asked': {
      const { id, message, nextAt, at } = event
      return onCheckIns(state, () => ({ nextAt, asked: { id, message, seq: state.seq, at } }))
    }
    case 'check_in_ended': {
      const { as } = event
      // Who answers late is still heard.
      if (as === 'missed') return onCheckIns(state, ({ misses }) => ({ misses: misses + 1 }))
      return onCheckIns(state, ({ misses }) => ({ asked: null, misses: as === 'unsent' ? misses : 0 }))
    }
    case 'supporter_offered':
      return { ...state, supporterOffer: { id: event.id, supporter: event.supporter } }
    case 'supporter_assigned': {
      const { id, supporter, point, every, nextOn, at } = event
      return { ...state, supporterOffer: null, supporter: { id, supporter, point, every, nextOn, since: at } }
    }
    case 'supporter_ended':
      return {
        ...state,
        ...(state.supporter?.id === event.id ? { supporter: null } : {}),
        ...(state.supporterOffer?.id === event.id ? { supporterOffer: null } : {}),
      }
    case 'supporter_scheduled':
      return onSupporter(state, event.id, { every: event.every, nextOn: event.nextOn })
    case 'supporter_met':
      return onSupporter(state, event.id, { nextOn: event.nextOn })
    case 'progress_asked': {
      const { silent = 0, months = [] } = state.progress ?? {}
      return { ...state, progress: { silent: silent + 1, months } }
    }
    case 'progress_noted':
      if (event.side !== 'self') return state
      return { ...state, progress: withMonth(state.progress ?? {}, event.month, event.scores) }
    case 'plan_kept':
      return { ...state, plan: { id: event.id, changedAt: event.at } }
    case 'plan_dropped':
      return { ...state, plan: null }
    case 'course_started': {
      const { course, lesson, pace, minutes, nextAt } = event
      const run = { course, lesson, place: 0, pace, minutes, paused: nextAt === null, nextAt, notice: null, told: 0 }
      return { ...state, course: run }
    }
    case 'lesson_told': {
      const { message, told, nextAt } = event
      return onCourse(state, () => ({ notice: { message, seq: state.seq, waits: true }, told, nextAt }))
    }
    case 'lesson_put_off':
      return onCourse(state, ({ notice }) => ({ nextAt: event.nextAt, notice: answered(notice), told: 0 }))
    case 'lesson_opened': {
      const { lesson, place, nextAt } = event
      return onCourse(state, ({ notice }) => ({ lesson, place, nextAt, notice: answered(notice), told: 0 }))
    }
    case 'lesson_read': {
      const { lesson, place, nextAt } = event
      return onCourse(state, () => ({ lesson, place, nextAt }))
    }
    case 'course_paced': {
      const { pace, minutes, nextAt } = event
      const paused = nextAt === null
      return onCourse(state, ({ notice }) => ({ pace, minutes, nextAt, paused, notice: answered(notice), told: 0 }))
    }
    case 'course_paused':
      return onCourse(state, ({ notice }) => ({ paused: true, nextAt: null, notice: answered(notice), told: 0 }))
    case 'course_resumed':
      return onCourse(state, () => ({ paused: false, nextAt: event.nextAt }))
    case 'course_ended':
      return { ...state, course: null }
    case 'appointment_confirmed':
      return onAppointment(state, event.id, (one) => ({ ...one, state: 'confirmed' }))
    case 'appointment_move_asked':
      return onAppointment(state, event.id, (one) => ({ ...one, state: 'move_asked' }))
    case 'reminder_asked':
      return onAppointment(state, event.id, (one) => ({ ...one, asked: { message: event.message, seq: state.seq } }))
    case 'appointment_moved':
      return endAppointment(state, event.id, 'moved')
    case 'appointment_cancelled':
      return endAppointment(state, event.id, 'cancelled')
    case 'appointment_marked':
      return endAppointment(state, event.id, 'past')
    case 'texts_erased':
      return withoutTexts(state, event.keep)
    case 'contact_erased':
      return { ...emptyConversation(state.contact), seq: state.seq }
    default:
      return event satisfies never
  }
}

function inSession(state: Conversation, change: (session: Session) => Session): Conversation {
  return state.session ? { ...state, session: change(state.session) } : state
}

/** A round of practice and a try end with their flow. */
function ended({ quiz, trying, ...session }: Session, flow: string): Session {
  return {
    ...session,
    runs: session.runs.slice(0, -1),
    ...(quiz && flow !== PRACTICE_FLOW ? { quiz } : {}),
    ...(trying && flow !== CONTEST_FLOW ? { trying } : {}),
  }
}

function onTrying(state: Conversation, change: (one: Trying) => Trying): Conversation {
  return inSession(state, (session) => (session.trying ? { ...session, trying: change(session.trying) } : session))
}

/** Which appointment is meant is said anew each time, and so is which contest, and for whom one practises. */
const OF_A_SESSION: readonly string[] = ['visit', 'reply', 'cuoc_thi', 'quiz_audience', ...COURSE_ANSWERS]

function withoutNames(answers: Conversation['answers'], names: readonly string[]): Conversation['answers'] {
  if (!names.some((name) => name in answers)) return answers
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !names.includes(name)))
}

function withoutPurpose(consents: Conversation['consents'], purpose: Purpose): NonNullable<Conversation['consents']> {
  return Object.fromEntries(Object.entries(consents ?? {}).filter(([name]) => name !== purpose))
}

function onEnrolment(state: Conversation, id: string, change: (one: Enrolment) => Partial<Enrolment>): Conversation {
  const one = state.enrolment
  return one?.id === id ? { ...state, enrolment: { ...one, ...change(one) } } : state
}

/** Who of the staff may read it was chosen for the old point. */
function atNewPoint(state: Conversation, id: string): Conversation {
  if (state.enrolment?.id !== id) return state
  const { chosePolice: _, ...one } = state.enrolment
  return { ...state, enrolment: one }
}

function onCheckIns(state: Conversation, change: (one: CheckIns) => Partial<CheckIns>): Conversation {
  return state.checkIns ? { ...state, checkIns: { ...state.checkIns, ...change(state.checkIns) } } : state
}

function onCourse(state: Conversation, change: (run: CourseRun) => Partial<CourseRun>): Conversation {
  return state.course ? { ...state, course: { ...state.course, ...change(state.course) } } : state
}

/** It is still known by its buttons. */
function answered(notice: CourseRun['notice']): CourseRun['notice'] {
  return notice && { ...notice, waits: false }
}

function onSupporter(state: Conversation, id: string, change: Partial<Supporting>): Conversation {
  return state.supporter?.id === id ? { ...state, supporter: { ...state.supporter, ...change } } : state
}

function onTicket(state: Conversation, change: (ticket: Ticket) => Partial<Ticket>): Conversation {
  return state.ticket ? { ...state, ticket: { ...state.ticket, ...change(state.ticket) } } : state
}

function onAppointment(state: Conversation, id: string, change: (one: Appointment) => Appointment): Conversation {
  return { ...state, appointments: (state.appointments ?? []).map((one) => (one.id === id ? change(one) : one)) }
}

function endAppointment(state: Conversation, id: string, how: 'moved' | 'cancelled' | 'past'): Conversation {
  const ended = state.appointments?.find((one) => one.id === id)
  const left = (state.appointments ?? []).filter((one) => one.id !== id)
  return { ...state, appointments: left, ...(ended?.asked ? { endedVisit: { seq: ended.asked.seq, how } } : {}) }
}

function sameRuns(a: Session['runs'] | undefined, b: Session['runs']): boolean {
  return a?.length === b.length && b.every((run, i) => a[i]?.flow === run.flow && a[i]?.node === run.node)
}

function queued(state: Conversation, event: Extract<Event, { type: 'message_queued' }>): Conversation {
  const introduced = state.introduced || event.message.blocks.some(({ key }) => key === INTRODUCTION)
  const card = event.kind === 'emergency' ? { card: event.message.blocks[0]?.key ?? null } : {}
  const waits = event.kind === 'emergency' && event.dueAt !== undefined ? { waitingCard: event.id } : {}
  const ticket = event.kind === 'emergency' && state.ticket ? { ...state.ticket, ...card, ...waits } : state.ticket
  return introduced === state.introduced && ticket === state.ticket ? state : { ...state, introduced, ticket }
}
