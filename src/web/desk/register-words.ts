import type { Register } from '../../engine/registers.ts'

/** The books in the words staff read. */
export const REGISTER_WORDS: Readonly<Record<Register, { title: string; about: string }>> = {
  follow_up: {
    title: 'Sổ theo dõi, đánh giá quá trình sau cai',
    about: 'Số lần liên hệ, thăm, gặp; theo mã hoặc gộp cả tháng.',
  },
  files: { title: 'Hồ sơ đủ', about: 'Trong số người sau cai điểm biết, bao nhiêu người có hồ sơ đủ.' },
  licence: { title: 'Giấy phép của cơ sở', about: 'Ngày trên giấy phép, như đã xem tại nơi ấy.' },
  placements: { title: 'Việc làm giữ được', about: 'Số người còn làm sau 1, 3 và 6 tháng.' },
  before_release: { title: 'Buổi gặp trước khi về', about: 'Số buổi gặp người sắp về địa phương.' },
}

export const NUMBER_WORDS: Readonly<Record<string, string>> = {
  contacts: 'Số lần liên hệ',
  complete: 'Hồ sơ đủ',
  known: 'Số người điểm biết',
  one_month: 'Còn làm sau 1 tháng',
  three_months: 'Còn làm sau 3 tháng',
  six_months: 'Còn làm sau 6 tháng',
  meetings: 'Số buổi',
}
