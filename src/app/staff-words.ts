import type { Affiliation, Role } from '../engine/staff.ts'

/** How roles and affiliations are called on pages and in manuals. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  counsellor: 'Tư vấn viên',
  lead: 'Phụ trách điểm',
  club_board: 'Ban chủ nhiệm câu lạc bộ',
  editor: 'Biên tập nội dung',
  analyst: 'Xem số liệu tổng hợp',
  admin: 'Quản trị kỹ thuật',
}
export const AFFILIATION_WORDS: Readonly<Record<Affiliation, string>> = {
  cong_an: 'Công an',
  y_te: 'Y tế',
  ubnd: 'Uỷ ban nhân dân',
  doan_the: 'Đoàn thể',
  to_chuc_xa_hoi: 'Tổ chức xã hội',
}
export const ROLES = Object.keys(ROLE_WORDS) as readonly Role[]
export const AFFILIATIONS = Object.keys(AFFILIATION_WORDS) as readonly Affiliation[]
