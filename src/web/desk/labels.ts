import { PHONE_LOST } from '../../app/record.ts'
/** Codes of the house in the words staff read. */

export const REASONS: Readonly<Record<string, string>> = {
  person: 'Muốn gặp người',
  callback: 'Muốn được gọi lại',
  emergency: 'Khẩn cấp',
  suicide: 'Có ý định tự làm hại mình',
  self_harm: 'Tự làm đau mình',
  withdrawal: 'Cai nguy hiểm',
  fire: 'Cháy, mắc kẹt',
  drowning: 'Đuối nước, rơi xuống nước',
  overdose: 'Nghi quá liều, bất tỉnh',
  poisoning: 'Nghi ngộ độc',
  violence: 'Bạo lực',
  child: 'Trẻ em gặp nguy hiểm',
  medical: 'Nguy kịch về sức khoẻ',
  psychosis: 'Kích động, hoang tưởng',
  unsupported_message: 'Tin không đọc được (có thể là trẻ em)',
  service_error: 'Máy gặp lỗi giữa cuộc trò chuyện',
}

export const CHANNELS: Readonly<Record<string, string>> = { webchat: 'Web', telegram: 'Telegram', zalo: 'Zalo' }

export const HOURS: Readonly<Record<string, string>> = {
  sang: 'buổi sáng',
  chieu: 'buổi chiều',
  toi: 'buổi tối',
  'luc-nao-cung-duoc': 'lúc nào cũng được',
}

export const COVER: Readonly<Record<string, string>> = {
  'chi-minh': 'không nói gì, cúp máy',
  'noi-la-ban': 'nói là bạn',
  'noi-nham-so': 'nói nhầm số',
}

/** How a talk ended, for the counts; the words are what the counsellor chooses from. */
export const OUTCOMES: Readonly<Record<string, string>> = {
  helped: 'Đã giúp xong',
  appointment: 'Đã hẹn gặp',
  referred: 'Đã giới thiệu nơi khác',
  no_answer: 'Người nhắn không trả lời',
  other: 'Khác',
}

/** What was asked, for an answer kept under this name. */
export const QUESTIONS: Readonly<Record<string, string>> = {
  language: 'Muốn nói',
  who: 'Nhắn cho ai',
  helped: 'Lần trước có ích không',
  commune: 'Xã, phường',
  point: 'Điểm tư vấn đã chọn',
  topic: 'Bài đang đọc',
  phone: 'Số điện thoại',
  hours: 'Giờ gọi an toàn',
  call_time: 'Giờ gọi cụ thể',
  cover: 'Nếu người khác nghe máy',
  cover_words: 'Câu nên nói khi người khác nghe máy',
  affiliation: 'Chọn gặp người của',
}

/** @param name whom it is about, where it is about a colleague */
export function taskWords(reason: string, name: string): string {
  if (reason === PHONE_LOST)
    return `Điện thoại của ${name} không nhận tin nữa (đã chặn bot). Nhắc người ấy liên kết lại ở trang Tài khoản`
  const [outcome = '', why = ''] = reason.split(':')
  const what = outcome === 'uncertain' ? 'Một tin chưa chắc đã tới' : 'Một tin không gửi được'
  return why === 'blocked' ? `${what}: người nhận đã chặn kênh` : `${what} (${failureWords(why)})`
}

/** What can be done about it. */
export function taskTodo(reason: string, hasTicket: boolean): string | null {
  const [outcome = '', why = ''] = reason.split(':')
  if (outcome !== 'failed' && outcome !== 'uncertain') return null
  if (!hasTicket)
    return 'Người này không có cuộc đang mở. Khi họ nhắn lại, bạn nói lại điều chưa tới; xem rồi thì bấm “Đã xong”.'
  if (why === 'blocked') return 'Mở cuộc này: nếu họ để lại số thì gọi, xem giờ an toàn trước.'
  return outcome === 'uncertain'
    ? 'Mở cuộc này, xem tin; gửi lại thì người nhắn có thể nhận hai lần.'
    : 'Mở cuộc này và bấm “Gửi lại” ở tin ấy, hoặc gọi nếu họ để lại số.'
}

/** Why a message did not go out, as far as plain words exist for it. */
export function failureWords(reason: string | null): string {
  return (reason !== null && FAILURES[reason]) || reason || 'chưa rõ vì sao'
}

const FAILURES: Readonly<Record<string, string>> = {
  blocked: 'người nhận đã chặn kênh',
  quota: 'kênh đã hết lượt gửi của tháng',
  timeout: 'mạng quá chậm',
  died: 'máy chủ dừng giữa lúc gửi',
}
