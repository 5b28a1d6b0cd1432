import { PHONE_LOST } from '../../app/record.ts'
import type { LegalGroup } from '../../engine/clubs/club.ts'
import type { MuteReason } from '../../engine/conversation.ts'
import type { AppointmentKind } from '../../engine/visits/appointment.ts'
import type { TraceStep } from '../../engine/visits/trace.ts'

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
  visit_book: 'Muốn đặt lịch hẹn',
  visit_move: 'Muốn đổi lịch hẹn',
  club_wish: 'Muốn vào câu lạc bộ',
  check_in_help: 'Trả lời “cần giúp” khi được hỏi thăm',
  enrolment: 'Muốn đăng ký đi cai, điều trị',
  hand_over: 'Gia đình xin giờ bàn giao',
  supporter_wish: 'Muốn có người đồng hành',
  supporter_change: 'Muốn đổi người đồng hành',
  unsupported_message: 'Tin không đọc được (có thể là trẻ em)',
  service_error: 'Máy gặp lỗi giữa cuộc trò chuyện',
}

export const VISIT_KIND_WORDS: Readonly<Record<AppointmentKind, string>> = {
  individual: 'Tư vấn riêng',
  group: 'Sinh hoạt nhóm',
  family: 'Tư vấn cùng gia đình',
  health_station: 'Khám ở trạm y tế',
  methadone: 'Cơ sở điều trị Methadone',
  determination: 'Xác định tình trạng nghiện',
  admission: 'Vào cơ sở cai nghiện',
  hand_over: 'Gia đình và cơ sở bàn giao',
  meeting: 'Sinh hoạt câu lạc bộ',
}

/** Where somebody is on their way, as staff wrote down with their yes. */
export const STAGE_WORDS: Readonly<Record<string, string>> = {
  'tim-hieu': 'Đang tìm hiểu',
  'dieu-tri': 'Đang cai, đang điều trị',
  'sau-cai': 'Đã về, sau cai',
}

/** Luật Phòng, chống ma tuý 2025, Điều 42. */
export const GROUP_WORDS: Readonly<Record<LegalGroup, string>> = {
  voluntary: 'Hoàn thành cai nghiện tự nguyện, điều trị thay thế',
  young: 'Từ đủ 12 đến dưới 18 tuổi',
  compulsory: 'Hoàn thành cai nghiện bắt buộc',
}

export const VISIT_STATE_WORDS: Readonly<Record<string, string>> = {
  requested: 'chờ xếp giờ',
  booked: 'đã hẹn',
  confirmed: 'sẽ đến',
  move_asked: 'xin đổi lịch',
  invited: 'chưa trả lời',
  waiting: 'chờ chỗ',
  declined: 'không đến được',
  moved: 'đã đổi sang lịch khác',
  cancelled: 'đã huỷ',
  attended: 'đã đến',
  missed: 'không đến',
  unknown: 'chưa rõ có đến không',
}

export const STYLE_WORDS: Readonly<Record<string, string>> = {
  kin: 'Kín: chỉ ngày giờ',
  vua: 'Vừa: ngày giờ và chỗ',
  ro: 'Rõ: cả việc gì',
}

export const REMINDER_HOURS: Readonly<Record<string, string>> = {
  'ca-ngay': 'Lúc nào cũng được, 7 đến 21 giờ',
  sang: 'Buổi sáng',
  trua: 'Buổi trưa',
  chieu: 'Buổi chiều',
  toi: 'Buổi tối',
}

export const MUTE_WORDS: Readonly<Record<MuteReason, string>> = {
  'theo-yeu-cau': 'Người ấy yêu cầu',
  'chuyen-noi': 'Đã chuyển nơi khác',
  'khong-lien-lac-duoc': 'Không liên lạc được',
  'da-mat': 'Đã mất',
  khac: 'Lý do khác',
}

export const TRACE_WORDS: Readonly<Record<TraceStep, string>> = {
  called: 'Đã gọi, chưa gặp được',
  messaged: 'Đã nhắn, chưa trả lời',
  visited: 'Đã đến nhà, chưa gặp',
  reached: 'Đã gặp, đã nói chuyện được',
  closed: 'Thôi tìm hiểu',
}

/** Why a reminder was not sent, where somebody should know. */
const DROPS: Readonly<Record<string, string>> = {
  too_late: 'đến giờ hẹn mới gửi được nên không gửi nữa',
  'too_late:hours': 'giờ người ấy chọn để nhận tin không kịp trước giờ hẹn',
  'too_late:crisis': 'vừa có ca khẩn cấp nên không nhắc',
  'too_late:switched_off': 'mọi tin tự gửi đang được tắt',
  no_time: 'không có lúc nào gửi được trước giờ hẹn',
  muted: 'đã tắt tin tự gửi cho người này',
  stopped: 'người ấy đã nhắn “dừng”',
  unreachable: 'người ấy đã chặn kênh',
}

/** What became of the last reminder, where it did not go out; null where nothing needs to be known. */
export function dropWords(reason: string | null): string | null {
  return (reason !== null && DROPS[reason]) || null
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
  reminder_style: 'Cách nhắc lịch',
  reminder_hours: 'Giờ nhận tin nhắc',
  reminder_relative: 'Được hỏi người nhà khi không liên lạc được',
  reminder_label: 'Tên gọi trong tin nhắc',
  topic: 'Bài đang đọc',
  phone: 'Số điện thoại',
  hours: 'Giờ gọi an toàn',
  call_time: 'Giờ gọi cụ thể',
  cover: 'Nếu người khác nghe máy',
  cover_words: 'Câu nên nói khi người khác nghe máy',
  affiliation: 'Chọn gặp người của',
  entrance: 'Vào bằng mã in trên',
  stage: 'Giai đoạn',
  supporter_every: 'Muốn được hỏi thăm',
  club_nickname: 'Tên gọi trong câu lạc bộ',
  club_follow_up: 'Muốn được hỏi thăm khi vắng',
  enrol_whom: 'Đăng ký cho ai',
  call_name: 'Muốn được gọi là',
  by_code: 'Muốn được gọi bằng mã',
  age_band: 'Nhóm tuổi',
  treatment_form: 'Cách mong muốn',
  need_today: 'Cần gặp hôm nay',
  no_home: 'Chỗ ở',
  relative_may_know: 'Được nói chuyện với người nhà',
  handled_by: 'Muốn ai nhận',
  paper: 'Giấy tờ vừa đánh dấu',
  papers_remind: 'Nhắc về giấy tờ',
}

/** @param name whom it is about, where it is about a colleague */
export function taskWords(reason: string, name: string): string {
  if (reason === PHONE_LOST)
    return `Điện thoại của ${name} không nhận tin nữa (đã chặn bot). Nhắc người ấy liên kết lại ở trang Tài khoản`
  if (reason === 'reminder_cannot_push') return 'Một người nhắn trên web có lịch hẹn: máy không gọi họ dậy được để nhắc'
  const [outcome = '', why = ''] = reason.split(':')
  const what = outcome === 'uncertain' ? 'Một tin chưa chắc đã tới' : 'Một tin không gửi được'
  return why === 'blocked' ? `${what}: người nhận đã chặn kênh` : `${what} (${failureWords(why)})`
}

/** What can be done about it. */
export function taskTodo(reason: string, hasTicket: boolean): string | null {
  if (reason === 'reminder_cannot_push')
    return 'Lời nhắc chỉ hiện khi họ mở lại trang. Nếu họ để lại số thì gọi, xem giờ an toàn trước.'
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
