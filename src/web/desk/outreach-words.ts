import type { ActAudience, ActKind, ActSetting } from '../../engine/outreach.ts'

export const KIND_WORDS: Readonly<Record<ActKind, string>> = {
  talk: 'Nói chuyện, toạ đàm',
  loudspeaker: 'Đọc loa truyền thanh',
  event: 'Sự kiện, hội thi, thể thao',
  school: 'Buổi ở trường học',
  company: 'Buổi ở doanh nghiệp',
  group: 'Tư vấn nhóm ngoài điểm',
  pledge: 'Ký cam kết, giao ước thi đua',
  inspection: 'Kiểm tra, giám sát',
  other: 'Khác',
}

export const SETTING_WORDS: Readonly<Record<ActSetting, string>> = {
  community: 'Thôn, bản, tổ dân phố',
  school: 'Trường học',
  workplace: 'Nơi làm việc',
  venue: 'Quán xá, chỗ vui chơi',
  facility: 'Cơ sở cai nghiện, điều trị',
  point: 'Tại điểm tư vấn',
}

export const AUDIENCE_WORDS: Readonly<Record<ActAudience, string>> = {
  pupils: 'Học sinh, sinh viên',
  workers: 'Người lao động',
  families: 'Gia đình',
  after: 'Người sau cai',
  at_risk: 'Người có nguy cơ cao',
  public: 'Mọi người dân',
  cadres: 'Cán bộ, đoàn thể',
}

export const choicesOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))
