import { consentTo, giveConsent, type Purpose, withdrawConsent } from '../consent.ts'
import type { Id } from '../content.ts'
import type { Conversation, StaffAction } from '../conversation.ts'
import { dayOf } from '../hours.ts'
import { emit, nextId, type Turn } from '../turn.ts'
import { nextContact, setContactTimer } from './schedule.ts'
import { offeredSupporter, RHYTHMS, type Rhythm, type Supporting } from './supporter.ts'

type SupportAction = Extract<
  StaffAction,
  { type: 'assign_supporter' | 'end_supporter' | 'schedule_supporter' | 'supporter_met' }
>

const ASKED = 'nguoi-dong-hanh.hoi'

/** What staff do about somebody's supporter: nobody is given one without their own yes. */
export function onSupport(turn: Turn, by: Id, action: SupportAction): void {
  const open = turn.state.supporter ?? null
  switch (action.type) {
    case 'assign_supporter':
      return offer(turn, by, action)
    case 'end_supporter':
      if (!open && !turn.state.supporterOffer) return emit(turn, { type: 'ignored', reason: 'no_supporter' })
      endSupport(turn, by)
      return
    case 'schedule_supporter':
      if (!open) return emit(turn, { type: 'ignored', reason: 'no_supporter' })
      return schedule(turn, open, action.every, by)
    case 'supporter_met': {
      if (!open || action.on > dayOf(turn.at)) return emit(turn, { type: 'ignored', reason: 'no_supporter' })
      const nextOn = nextContact(open.every, turn.at, turn.facts.directory.calendar)
      emit(turn, { type: 'supporter_met', id: open.id, on: action.on, nextOn, by, at: turn.at })
      return setContactTimer(turn, nextOn)
    }
    default:
      return action satisfies never
  }
}

/** The person is asked in words that say nothing on a lock screen; a yes that was heard is noted with who heard it. */
function offer(turn: Turn, by: Id, action: Extract<StaffAction, { type: 'assign_supporter' }>): void {
  const { supporters = [] } = turn.facts.directory
  const one = supporters.find(({ id, active }) => id === action.supporter && active)
  const { supporter, supporterOffer, walkIn } = turn.state
  if (!one) return emit(turn, { type: 'ignored', reason: 'nobody_there' })
  if (supporter?.supporter === one.id) return emit(turn, { type: 'ignored', reason: 'same_supporter' })
  // Somebody without a chat can only be asked in person.
  if (walkIn && !action.heard) return emit(turn, { type: 'ignored', reason: 'not_asked' })
  if (supporterOffer) emit(turn, { type: 'supporter_ended', id: supporterOffer.id, how: 'withdrawn', by, at: turn.at })
  emit(turn, { type: 'supporter_offered', id: nextId(turn), supporter: one.id, point: one.point, by, at: turn.at })
  if (action.heard) {
    giveConsent(turn, 'supporter', ASKED, by)
    accept(turn, by)
    return
  }
  emit(turn, {
    type: 'message_queued',
    id: nextId(turn),
    lane: turn.state.ticket?.heldBy ? 'conversation' : 'unprompted',
    kind: 'broadcast',
    message: { blocks: [{ key: 'nguoi-dong-hanh.moi.kin' }] },
  })
}

/**
 * The person's own yes, to exactly this supporter, takes effect; whoever walked beside them before ends.
 * @param by null: they said so here; else who heard it
 */
export function accept(turn: Turn, by: Id | null): boolean {
  const { state, facts, at } = turn
  const one = offeredSupporter(state, facts.directory)
  const consent = consentTo(turn, 'supporter')
  const offered = state.supporterOffer
  if (!one || !offered || !consent) return false
  const before = state.supporter
  if (before) emit(turn, { type: 'supporter_ended', id: before.id, how: 'changed', by, at })
  const every = before?.every ?? 'tuan'
  const nextOn = nextContact(every, at, facts.directory.calendar)
  const given = { id: offered.id, supporter: one.id, point: one.point, every, nextOn, consent: consent.id }
  emit(turn, { type: 'supporter_assigned', ...given, by, at })
  // From now on it is this point that hears of them.
  const { point } = state.answers
  if (point?.type !== 'code' || point.value === '')
    emit(turn, { type: 'answer_saved', name: 'point', answer: { type: 'code', value: one.point } })
  setContactTimer(turn, nextOn)
  return true
}

/** "Không": nothing is kept but that somebody was asked, and no reason is asked for. */
export function decline(turn: Turn): boolean {
  const offered = turn.state.supporterOffer
  if (!offered) return false
  emit(turn, { type: 'supporter_ended', id: offered.id, how: 'declined', by: null, at: turn.at })
  return true
}

/** A no to another supporter leaves standing the yes to the one who is there. */
export function standsFor({ supporter, supporterOffer }: Conversation, purpose: Purpose): boolean {
  return purpose === 'supporter' && Boolean(supporter && supporterOffer)
}

/** It ends at a word of the person, or when staff note that it did; the yes ends with it. */
export function endSupport(turn: Turn, by: Id | null): boolean {
  const { supporter, supporterOffer } = turn.state
  for (const one of [supporterOffer, supporter])
    if (one) emit(turn, { type: 'supporter_ended', id: one.id, how: 'ended', by, at: turn.at })
  withdrawConsent(turn, 'supporter', by)
  setContactTimer(turn, null)
  return Boolean(supporter ?? supporterOffer)
}

/** How often they wish to be asked after, as they chose here. */
export function chooseRhythm(turn: Turn): boolean {
  const open = turn.state.supporter
  const answer = turn.state.answers.supporter_every
  const every = RHYTHMS.find((one) => answer?.type === 'code' && answer.value === one)
  if (!open || !every) return false
  schedule(turn, open, every, null)
  return true
}

function schedule(turn: Turn, open: Supporting, every: Rhythm, by: Id | null): void {
  const nextOn = nextContact(every, turn.at, turn.facts.directory.calendar)
  emit(turn, { type: 'supporter_scheduled', id: open.id, every, nextOn, by })
  setContactTimer(turn, nextOn)
}
