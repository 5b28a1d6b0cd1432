import type { Id } from './content.ts'
import type { Conversation } from './conversation.ts'
import { NO_PLAN } from './enrolment/clocks.ts'
import { enrolmentOf, IDENTITY_ANSWERS, isOver } from './enrolment/enrolment.ts'
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
  const ahead =
    state.club?.state === 'member' ||
    openAppointments(state).some(({ startsAt }) => startsAt > at) ||
    isMilestoneAhead(turn, state) ||
    isReferralAhead(state, at) ||
    checkInsOf(state) !== null ||
    isRequestKept(turn)
  emit(turn, ahead ? { type: 'texts_erased', keep: stillNeeded(state) } : { type: 'contact_erased', receipt: null })
}

const DAY_MS = 86_400_000

/** An open request is kept as long as the person was told: so many days after its last step. */
function isRequestKept({ book, state, at }: Turn): boolean {
  const open = enrolmentOf(state)
  const { keepDays } = book.enrolment ?? NO_PLAN
  return open !== null && !isOver(open) && open.movedAt + keepDays * DAY_MS > at
}

/** The sealed words without which an appointment or a membership says nothing. */
function stillNeeded(state: Conversation): readonly Id[] {
  const label = state.answers.reminder_label
  const open = enrolmentOf(state)
  const asked = open && !isOver(open) ? [...IDENTITY_ANSWERS, 'phone', 'cover_words'] : []
  return [
    // Of somebody without a chat the record is all there is.
    ...(state.walkIn ? Object.values(state.answers).flatMap((one) => (one.type === 'words' ? [one.id] : [])) : []),
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
