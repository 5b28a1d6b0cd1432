import type { App } from '../../app/app.ts'
import type { About, Action } from '../../app/permissions.ts'
import { zoned } from '../../engine/clock/zone.ts'
import type { Purpose } from '../../engine/consent.ts'
import type { Id } from '../../engine/content.ts'
import type { RunningClock } from '../../engine/enrolment/clocks.ts'
import type { EnrolmentStep, TreatmentForm, Whom } from '../../engine/enrolment/enrolment.ts'
import { dayOf } from '../../engine/hours.ts'
import { writtenDay } from './call-day.ts'

/** Requests in the words staff read. */

export const STEP_WORDS: Readonly<Record<EnrolmentStep, string>> = {
  asked: 'Mới gửi',
  answered: 'Đã trả lời',
  booked: 'Đã hẹn gặp',
  papers_ready: 'Đủ giấy tờ',
  submitted: 'Đã nộp',
  accepted: 'Nơi nhận đồng ý',
  started: 'Đã bắt đầu',
  declined: 'Thôi, đổi ý',
  transferred: 'Đã chuyển điểm',
}

export const TREATMENT_WORDS: Readonly<Record<TreatmentForm, string>> = {
  'tai-nha': 'Tại nhà, tại cộng đồng',
  'cong-lap': 'Cơ sở công lập',
  'tu-nhan': 'Cơ sở tư nhân',
  'thay-the': 'Điều trị thay thế',
  'chua-biet': 'Chưa chọn cách',
}

export const WHOM_WORDS: Readonly<Record<Whom, string>> = {
  minh: 'Cho chính người ấy',
  con: 'Cha, mẹ hỏi cho con 12 đến dưới 18 tuổi',
}

export const AGE_WORDS: Readonly<Record<string, string>> = {
  'du-18': 'đủ 18 tuổi trở lên',
  'tu-12': 'từ 12 đến dưới 18',
  'duoi-12': 'dưới 12',
  'khong-noi': 'không nói',
}

export const NEED_WORDS: Readonly<Record<string, string>> = {
  'mang-thai': 'đang mang thai, cần gặp hôm nay',
  'suc-khoe': 'không khoẻ, cần gặp hôm nay',
  khong: 'không có gì gấp',
}

export const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  enrolment: 'Giữ và dùng câu trả lời cho việc đăng ký',
  contact: 'Được gọi điện',
  relative: 'Được nói chuyện với người nhà',
  transfer: 'Chuyển yêu cầu sang điểm khác',
  referral: 'Giới thiệu đến nơi khác',
  follow_up: 'Được hỏi thăm mỗi tuần',
  progress: 'Nhìn lại mỗi tháng',
  supporter: 'Có người đồng hành',
  plan_share: 'Cho điểm xem kế hoạch',
  join: 'Hai kênh nhắn là của một người',
}

/** Which right opens each yes: its words name a place, a supporter, or what is shared with whom. */
export const PURPOSE_RIGHTS: Readonly<Record<Purpose, Action>> = {
  enrolment: 'enrolment.read',
  contact: 'enrolment.read',
  relative: 'enrolment.read',
  transfer: 'enrolment.read',
  referral: 'referral.read',
  follow_up: 'referral.read',
  progress: 'accompany.read',
  supporter: 'accompany.read',
  plan_share: 'accompany.read',
  join: 'ticket.read',
}

/** A clock as staff read it: what for, until when, and what it rests on. */
export function clockWords(
  { plan, dueAt }: RunningClock,
  now: number,
): { words: string; rests: string; late: boolean } {
  const day = writtenDay(dayOf(dueAt - 1))
  const left = zoned(now)
    .toPlainDate()
    .until(zoned(dueAt - 1).toPlainDate(), { largestUnit: 'days' }).days
  const near = left === 0 ? 'là hôm nay' : left === 1 ? 'là ngày mai' : `còn ${left} ngày`
  const when = dueAt <= now ? `quá hạn, lẽ ra đến hết ${day}` : `đến hết ${day}, ${near}`
  const rests =
    plan.article === null ? 'mục tiêu của điểm' : `${plan.article}${plan.confirmed ? '' : ' – chưa xác nhận'}`
  return { words: `${plan.title}: ${when}`, rests, late: dueAt <= now }
}

/** How a request stands to whoever wants to read it. */
export const aboutEnrolment = (app: App, { point, chosePolice }: { point: Id; chosePolice: boolean }): About => ({
  point,
  above: app.directory().points.find(({ id }) => id === point)?.above,
  chosen: chosePolice,
})
