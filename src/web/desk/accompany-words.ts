import type { PlanPart } from '../../engine/accompany/plan.ts'
import { SCORES, type ScoreName, type Side } from '../../engine/accompany/progress.ts'
import type { Rhythm, SupporterBody } from '../../engine/accompany/supporter.ts'

export const BODY_WORDS: Readonly<Record<SupporterBody, string>> = {
  mttq: 'Mặt trận Tổ quốc',
  doan_thanh_nien: 'Đoàn Thanh niên',
  hoi_phu_nu: 'Hội Phụ nữ',
  ccb: 'Hội Cựu chiến binh',
  nong_dan: 'Hội Nông dân',
  doi_tinh_nguyen: 'Đội công tác xã hội tình nguyện',
  tram_y_te: 'Trạm y tế',
  khac: 'Tổ chức khác',
}

export const RHYTHM_WORDS: Readonly<Record<Rhythm, string>> = {
  tuan: 'mỗi tuần',
  'hai-tuan': 'hai tuần một lần',
  thang: 'mỗi tháng',
}

export const SCORE_WORDS: Readonly<Record<ScoreName, string>> = {
  sleep: 'Giấc ngủ',
  work: 'Tiền và việc',
  family: 'Người thân',
  around: 'Người và chỗ quanh mình',
  self: 'Thấy mình',
}
/** What each number stands for, to the person and to staff alike. */
export const LEVEL_WORDS: readonly string[] = ['rất khó', 'còn khó', 'tạm được', 'tốt']

export const SIDE_WORDS: Readonly<Record<Side, string>> = {
  self: 'Tự nói',
  supporter: 'Đồng hành thấy',
}

export const PART_WORDS: Readonly<Record<PlanPart, string>> = {
  plan_goal: 'Mình muốn',
  plan_step: 'Bước nhỏ tuần này',
  plan_people: 'Gọi được',
  plan_shaky: 'Dễ lung lay khi',
  plan_helps: 'Giúp mình qua',
}

export const levels = LEVEL_WORDS.map((label, i) => ({ value: String(i), label }))
export const scores = SCORES.map((name) => ({ name, label: SCORE_WORDS[name] }))
