import type { Turn } from '../turn.ts'
import { declineReferral, makeReferral } from './acts.ts'
import { startCheckIns, stopCheckIns } from './check-ins.ts'

/** What the last steps of the flows about introductions and about asking how it goes ask for. */
const REFERRAL_FORMS = ['referral_accept', 'referral_decline', 'check_in_start', 'check_in_stop'] as const
export type ReferralForm = (typeof REFERRAL_FORMS)[number]

export const isReferralForm = (form: string): form is ReferralForm =>
  (REFERRAL_FORMS as readonly string[]).includes(form)

/** @returns false when it cannot be done any more: no yes stands, or nothing waits */
export function submitReferral(turn: Turn, form: ReferralForm): boolean {
  switch (form) {
    case 'referral_accept':
      return makeReferral(turn, null)
    case 'referral_decline':
      return declineReferral(turn)
    case 'check_in_start':
      return startCheckIns(turn)
    case 'check_in_stop':
      return stopCheckIns(turn)
    default:
      return form satisfies never
  }
}
