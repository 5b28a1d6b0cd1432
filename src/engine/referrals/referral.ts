import type { Fills, FillValue, Id, Instant } from '../content.ts'
import type { Conversation } from '../conversation.ts'
import type { Directory } from '../facts.ts'
import { shortCode } from '../short-code.ts'
import { openAppointments } from '../visits/appointment.ts'
import type { ServiceKind } from './service.ts'

/** What may be passed on to a place, each thing only with the person's yes to exactly that. */
export const PASS_ITEMS = ['call_name', 'code', 'phone', 'meeting_day'] as const
export type PassItem = (typeof PASS_ITEMS)[number]

/** How far an introduction has come. `offered`: the person has not said yes or no. */
export const REFERRAL_STATES = ['offered', 'made', 'accepted', 'attended', 'not_attended', 'declined'] as const
export type ReferralState = (typeof REFERRAL_STATES)[number]

/** Nothing follows after these; who did not come may still come. */
export const REFERRAL_ENDS: readonly ReferralState[] = ['attended', 'declined']

/** Where staff may bring it from each state; `made` from an offer means that they heard the yes. */
export const NEXT_STEPS: Readonly<Record<ReferralState, readonly ReferralState[]>> = {
  offered: ['made', 'declined'],
  made: ['accepted', 'attended', 'not_attended', 'declined'],
  accepted: ['attended', 'not_attended', 'declined'],
  not_attended: ['accepted', 'attended', 'declined'],
  attended: [],
  declined: [],
}

/** An introduction to a place. Nothing in it says what somebody has, used, or was tested for. */
export interface Referral {
  id: Id
  service: Id
  kind: ServiceKind
  /** The point whose staff look after it. */
  point: Id
  state: ReferralState
  /** The yes it rests on; null while it was not given. */
  consentId: Id | null
  passes: readonly PassItem[]
  /** What the person may say at the place instead of a name. */
  code: string
  offeredAt: Instant
  madeAt: Instant | null
}

export const openReferrals = ({ referrals }: Conversation): readonly Referral[] => referrals ?? []

export const offeredReferral = (state: Conversation): Referral | null =>
  openReferrals(state).find((one) => one.state === 'offered') ?? null

/** The one that words are about: that which waits for a yes or no, else the latest. */
export const currentReferral = (state: Conversation): Referral | null =>
  offeredReferral(state) ?? openReferrals(state).at(-1) ?? null

export const referralCode = (id: Id): string => `GT-${shortCode(id)}`

const KEEP_MS = 180 * 86_400_000

/** Is an introduction still to be looked after; half a year after it began it is not. */
export const isReferralAhead = (state: Conversation, at: Instant): boolean =>
  openReferrals(state).some(({ offeredAt, madeAt }) => (madeAt ?? offeredAt) + KEEP_MS > at)

/** The answers that an item stands for; the first that the person gave is meant. */
const ANSWERS: Readonly<Partial<Record<PassItem, readonly string[]>>> = {
  call_name: ['call_name', 'called', 'club_nickname'],
  phone: ['phone'],
}

/** The sealed words without which an introduction says nothing. */
export function passedWords(state: Conversation): readonly Id[] {
  return openReferrals(state).flatMap((one) =>
    passedOn(state, one).flatMap(({ value }) => (value.type === 'answer' ? [value.id] : [])),
  )
}

/** Everything that is passed on: the items the person agreed to, and nothing before they did. */
export function passedOn(
  state: Conversation,
  { passes, consentId, code }: Pick<Referral, 'passes' | 'consentId' | 'code'>,
): readonly { item: PassItem; value: FillValue }[] {
  if (consentId === null) return []
  return PASS_ITEMS.filter((item) => passes.includes(item)).flatMap((item) => {
    const value = valueToPass(state, item, code)
    return value ? [{ item, value }] : []
  })
}

function valueToPass(state: Conversation, item: PassItem, code: string): FillValue | null {
  switch (item) {
    case 'code':
      return { type: 'text', text: code }
    case 'meeting_day': {
      const visits = openAppointments(state).filter(({ meeting }) => !meeting)
      const next = [...visits].sort((a, b) => a.startsAt - b.startsAt)[0]
      return next ? { type: 'instant', at: next.startsAt, as: 'date' } : null
    }
    case 'call_name':
    case 'phone': {
      const answers = (ANSWERS[item] ?? []).map((name) => state.answers[name])
      const words = answers.find((one) => one?.type === 'words')
      return words?.type === 'words' ? { type: 'answer', id: words.id } : null
    }
    default:
      return item satisfies never
  }
}

/** The values that words about an introduction may name. */
export function referralFills(state: Conversation, { services = [] }: Pick<Directory, 'services'>): Fills {
  const one = currentReferral(state)
  const place = services.find(({ id }) => id === one?.service)
  if (!one) return {}
  return {
    referral_code: { type: 'text', text: one.code },
    referral_service: { type: 'text', text: place?.name ?? 'nơi được giới thiệu' },
    referral_place: { type: 'service', id: one.service },
    referral_passes: { type: 'words_list', keys: one.passes.map((item) => `gioi-thieu.chuyen.${item}`) },
  }
}
