import { consentTo, giveConsent } from '../consent.ts'
import type { Id } from '../content.ts'
import type { StaffAction } from '../conversation.ts'
import { emit, nextId, prose, type Turn } from '../turn.ts'
import {
  NEXT_STEPS,
  offeredReferral,
  openReferrals,
  PASS_ITEMS,
  type Referral,
  type ReferralState,
  referralCode,
} from './referral.ts'

type ReferralAction = Extract<StaffAction, { type: 'refer' | 'referral_step' }>

const ACTIONS = ['refer', 'referral_step']

export function isForReferral(action: StaffAction): action is ReferralAction {
  return ACTIONS.includes(action.type)
}

/** What staff do about an introduction: nothing of anybody goes to another place without their own yes. */
export function onReferral(turn: Turn, by: Id, action: ReferralAction): void {
  switch (action.type) {
    case 'refer':
      return offer(turn, by, action)
    case 'referral_step':
      return step(turn, by, action)
    default:
      return action satisfies never
  }
}

function offer(turn: Turn, by: Id, action: Extract<ReferralAction, { type: 'refer' }>): void {
  const { service, kind, passes, point, heard } = action
  const ignore = (reason: string) => emit(turn, { type: 'ignored', reason })
  const place = (turn.facts.directory.services ?? []).find(({ id }) => id === service)
  if (!place?.kinds.includes(kind)) return ignore('no_such_service')
  // The one question of the chat must be about one place.
  if (offeredReferral(turn.state)) return ignore('referral_waits')
  // Who has no chat is asked by the member of staff, or not at all.
  if (turn.state.walkIn && !heard) return ignore('not_asked')
  const id = nextId(turn)
  const referral: Referral = {
    id,
    service,
    kind,
    point,
    state: 'offered',
    consentId: null,
    passes: PASS_ITEMS.filter((item) => passes.includes(item)),
    code: referralCode(id),
    offeredAt: turn.at,
    madeAt: null,
  }
  emit(turn, { type: 'referral_offered', referral, by, at: turn.at })
  if (heard) {
    hear(turn, by)
    return
  }
  emit(turn, {
    type: 'message_queued',
    id: nextId(turn),
    lane: turn.state.ticket?.heldBy ? 'conversation' : 'unprompted',
    kind: 'reminder',
    message: { blocks: [{ key: 'gioi-thieu.moi.kin' }] },
  })
}

function hear(turn: Turn, by: Id): void {
  giveConsent(turn, 'referral', 'gioi-thieu.hoi', by)
  makeReferral(turn, by)
}

/**
 * The introduction is made, by the person's yes to exactly this place and these things.
 * @param by null: the person said so here; else who heard their yes
 * @returns false when nothing waits for a yes, or none was given
 */
export function makeReferral(turn: Turn, by: Id | null): boolean {
  const offered = offeredReferral(turn.state)
  const consent = consentTo(turn, 'referral')
  if (!offered || !consent || consent.at < offered.offeredAt) return false
  emit(turn, { type: 'referral_made', id: offered.id, consent: consent.id, by, at: turn.at })
  // The yes was to this one introduction: the next asks anew.
  emit(turn, { type: 'consent_withdrawn', id: consent.id, purpose: 'referral', by, at: turn.at })
  return true
}

/** "Không": it is kept that they were asked, nothing was passed on, and nothing else changes. */
export function declineReferral(turn: Turn): boolean {
  const offered = offeredReferral(turn.state)
  if (!offered) return false
  emitStep(turn, offered.id, 'declined', null)
  return true
}

function step(turn: Turn, by: Id, action: Extract<ReferralAction, { type: 'referral_step' }>): void {
  const one = openReferrals(turn.state).find(({ id }) => id === action.referral)
  if (!one) return emit(turn, { type: 'ignored', reason: 'referral_over' })
  if (!NEXT_STEPS[one.state].includes(action.to)) return emit(turn, { type: 'ignored', reason: 'same_state' })
  if (one.state === 'offered' && action.to === 'made') return hear(turn, by)
  emitStep(turn, one.id, action.to, by, action.note)
}

function emitStep(turn: Turn, referral: Id, to: ReferralState, by: Id | null, note = ''): void {
  const words = note === '' ? {} : { words: prose(turn, note) }
  emit(turn, { type: 'referral_stepped', id: nextId(turn), referral, to, by, at: turn.at, ...words })
}
