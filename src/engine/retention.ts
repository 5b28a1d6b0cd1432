import { dropPlan, isPlanKept, planWords } from './accompany/plan.ts'
import { isProgressAhead } from './accompany/progress.ts'
import type { Id, Instant } from './content.ts'
import type { Conversation } from './conversation.ts'
import { endCourse } from './courses/reading.ts'
import { enrolmentOf, IDENTITY_ANSWERS, isOver } from './enrolment/enrolment.ts'
import { expireRequest, keptUntil } from './enrolment/expire.ts'
import { checkInsOf } from './referrals/check-ins.ts'
import { isReferralAhead, passedWords } from './referrals/referral.ts'
import { emit, type Turn } from './turn.ts'
import { openAppointments } from './visits/appointment.ts'
import { isMilestoneAhead } from './visits/milestones.ts'

/**
 * Texts have reached their age. Everything goes, unless something of the person is still ahead: a member of a club, or
 * somebody with an appointment, keeps that and what it needs.
 */
export function expire(turn: Turn): void {
  const { state, at } = turn
  if (state.ticket?.heldBy) return emit(turn, { type: 'ignored', reason: 'held' })
  if (state.plan && !isPlanKept(state, at)) dropPlan(turn)
  const ahead =
    Boolean(state.supporter) ||
    isProgressAhead(state) ||
    isPlanKept(state, at) ||
    state.club?.state === 'member' ||
    openAppointments(state).some(({ startsAt }) => startsAt > at) ||
    isMilestoneAhead(turn, state) ||
    isReferralAhead(state, at) ||
    checkInsOf(state) !== null ||
    isRequestKept(turn)
  const request = enrolmentOf(state)
  // A course holds nobody beyond the age of texts, and of somebody who stays it goes.
  if (ahead) endCourse(turn, 'expired')
  // Of somebody who stays for another reason the request goes all the same.
  if (ahead && request && keptUntil(turn, request) <= at) expireRequest(turn, request)
  emit(
    turn,
    ahead ? { type: 'texts_erased', keep: stillNeeded(turn.state, at) } : { type: 'contact_erased', receipt: null },
  )
}

/** An open request holds its person as long as they were told. */
function isRequestKept(turn: Turn): boolean {
  const open = enrolmentOf(turn.state)
  return open !== null && !isOver(open) && keptUntil(turn, open) > turn.at
}

/** The sealed words without which an appointment or a membership says nothing. */
function stillNeeded(state: Conversation, at: Instant): readonly Id[] {
  const label = state.answers.reminder_label
  const open = enrolmentOf(state)
  const called = ['call_name', 'phone', 'cover_words']
  const asked = open && !isOver(open) ? [...IDENTITY_ANSWERS, ...called] : state.supporter ? called : []
  return [
    // Of somebody without a chat the record is all there is.
    ...(state.walkIn ? Object.values(state.answers).flatMap((one) => (one.type === 'words' ? [one.id] : [])) : []),
    ...(isPlanKept(state, at) ? planWords(state) : []),
    ...(state.club?.name ? [state.club.name] : []),
    ...asked.flatMap((name) => {
      const answer = state.answers[name]
      return answer?.type === 'words' ? [answer.id] : []
    }),
    ...(label?.type === 'words' ? [label.id] : []),
    ...passedWords(state),
    ...openAppointments(state).flatMap(({ place }) => place ?? []),
  ]
}

/** The conversation without what was written in it; choices that are codes stay. */
export function withoutTexts(state: Conversation, keep: readonly Id[]): Conversation {
  const answers = Object.entries(state.answers).filter(([, one]) => one.type === 'code' || keep.includes(one.id))
  return { ...state, answers: Object.fromEntries(answers), session: null, confirm: null, linking: null, pronoun: null }
}
