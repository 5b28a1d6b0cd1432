import type { Purpose } from '../../engine/consent.ts'
import type { EnrolmentStep } from '../../engine/enrolment/enrolment.ts'
import type { ReferralState } from '../../engine/referrals/referral.ts'
import type { AppointmentKind } from '../../engine/visits/appointment.ts'
import type { PersonLine } from '../../store/person.ts'
import { KIND_WORDS, OUTCOME_WORDS } from '../pages/desk/contact-form.ts'
import { SIDE_WORDS } from './accompany-words.ts'
import { PURPOSE_WORDS, STEP_WORDS } from './enrolment-words.ts'
import { OUTCOMES, REASONS, VISIT_KIND_WORDS, VISIT_STATE_WORDS } from './labels.ts'
import { REFERRAL_STATE_WORDS } from './referral-words.ts'

const SUPPORTER_STATE_WORDS: Readonly<Record<string, string>> = {
  offered: 'đang hỏi ý',
  assigned: 'đã đồng ý',
  declined: 'không nhận',
  withdrawn: 'lời hỏi đã rút',
  changed: 'đã đổi người khác',
  ended: 'đã thôi',
}
const CLUB_STATE_WORDS: Readonly<Record<string, string>> = {
  invited: 'đã mời',
  member: 'đã vào',
  declined: 'không vào',
  left: 'đã rời',
}

/** A line of somebody's timeline, in the words staff read. */
export function lineWords({ part, code }: PersonLine): string {
  const [first = '', second = ''] = code.split(':')
  switch (part) {
    case 'ticket_opened':
      return `Cuộc nhắn: ${REASONS[code] ?? code}`
    case 'ticket_closed':
      return `Cuộc nhắn kết thúc${OUTCOMES[code] ? `: ${OUTCOMES[code]}` : ''}`
    case 'contact':
      return `${KIND_WORDS[first as keyof typeof KIND_WORDS] ?? first}: ${OUTCOME_WORDS[second as keyof typeof OUTCOME_WORDS] ?? second}`
    case 'request':
      return `Đăng ký: ${STEP_WORDS[code as EnrolmentStep] ?? code}`
    case 'visit':
      return `${VISIT_KIND_WORDS[first as AppointmentKind] ?? first}: ${VISIT_STATE_WORDS[second] ?? second}`
    case 'referral':
      return `Giới thiệu: ${REFERRAL_STATE_WORDS[code as ReferralState] ?? code}`
    case 'supporter':
      return `Người đồng hành: ${SUPPORTER_STATE_WORDS[code] ?? code}`
    case 'progress':
      return `Nhìn lại tháng ${first.split('-').reverse().join('/')} (${SIDE_WORDS[second as keyof typeof SIDE_WORDS] ?? second})`
    case 'club':
      return `Câu lạc bộ: ${CLUB_STATE_WORDS[code] ?? code}`
    case 'consent_given':
      return `Đồng ý: ${PURPOSE_WORDS[code as Purpose] ?? code}`
    case 'consent_withdrawn':
      return `Thôi đồng ý: ${PURPOSE_WORDS[code as Purpose] ?? code}`
    default:
      return part satisfies never
  }
}
