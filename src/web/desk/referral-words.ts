import type { CheckInEnd } from '../../engine/referrals/check-ins.ts'
import type { PassItem, ReferralState } from '../../engine/referrals/referral.ts'
import type { ServiceKind } from '../../engine/referrals/service.ts'

/** Codes about introductions in the words staff read. */

export const SERVICE_KIND_WORDS: Readonly<Record<ServiceKind, string>> = {
  methadone: 'Methadone, thuốc thay thế',
  arv: 'Điều trị ARV',
  hiv_test: 'Xét nghiệm HIV',
  hcv_test: 'Xét nghiệm viêm gan C',
  health_station: 'Khám ở trạm y tế',
  mental_health: 'Sức khoẻ tâm thần',
  vocational: 'Học nghề',
  job: 'Việc làm',
  loan: 'Vay vốn Ngân hàng Chính sách xã hội',
  legal_aid: 'Trợ giúp pháp lý',
  rehab_public: 'Cơ sở cai nghiện công lập',
  rehab_private: 'Cơ sở cai nghiện tư nhân',
}

export const REFERRAL_STATE_WORDS: Readonly<Record<ReferralState, string>> = {
  offered: 'đang hỏi ý',
  made: 'đã giới thiệu',
  accepted: 'nơi ấy đã nhận',
  attended: 'đã đến',
  not_attended: 'chưa đến',
  declined: 'không đi nữa',
}

/** What staff do next from each state. */
export const NEXT_WORDS: Readonly<Record<ReferralState, string>> = {
  offered: 'chờ người ấy trả lời, hoặc hỏi khi gặp',
  made: 'hỏi nơi ấy đã nhận chưa',
  accepted: 'hỏi xem đã đến chưa',
  not_attended: 'hỏi nhẹ có điều gì vướng, không trách',
  attended: 'xong',
  declined: 'xong',
}

/** What a step means, where staff choose it. */
export const STEP_WORDS: Readonly<Record<ReferralState, string>> = {
  offered: 'Đang hỏi ý',
  made: 'Người ấy đã đồng ý khi nói chuyện với tôi',
  accepted: 'Nơi ấy đã nhận',
  attended: 'Đã đến',
  not_attended: 'Chưa đến',
  declined: 'Người ấy không đi nữa',
}

export const PASS_WORDS: Readonly<Record<PassItem, string>> = {
  call_name: 'Tên gọi đã chọn',
  code: 'Mã giới thiệu',
  phone: 'Số điện thoại',
  meeting_day: 'Ngày sẽ đến',
}

export const CHECK_IN_WORDS: Readonly<Record<CheckInEnd, string>> = {
  ok: 'ổn',
  help: 'cần giúp',
  text: 'trả lời bằng lời',
  missed: 'chưa trả lời',
  unsent: 'chưa gửi được',
}
