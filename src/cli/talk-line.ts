import type { InputLine, StaffWord } from '../authoring/transcript.ts'
import type { Media } from '../engine/conversation.ts'
import { fold } from '../engine/text.ts'

/** What a typed line asks for: something that happens in the conversation, the end, or a line that means nothing. */
export type Typed = InputLine | { type: 'leave' } | { type: 'unknown' } | { type: 'empty' }

export const COMMANDS = `  :2                            bấm nút thứ hai của câu hỏi vừa hiện
  :anh :thoai :video :sticker   gửi ảnh, tin thoại, video, nhãn dán
  :tep :vitri :lienhe :khongdoc gửi tệp, vị trí, danh thiếp, tin máy không đọc được
  :gio 2026-11-23 09:00         đặt đồng hồ
  :den 2026-11-26 09:00         để thời gian trôi tới lúc ấy; lời nhắc nào đến hạn thì hiện ra
  :diem trống | mẫu             danh bạ không có điểm nào, hoặc lại có các điểm mẫu
  :can-bo vào | trả lời … | trả lại | đóng
  :can-bo hẹn | dời 2026-11-27 09:00, :can-bo huỷ | đã đến | không đến
  :thoat                        kết thúc`

const MEDIA: Readonly<Record<string, Media>> = {
  anh: 'photo',
  thoai: 'voice',
  video: 'video',
  sticker: 'sticker',
  tep: 'file',
  vitri: 'location',
  lienhe: 'contact',
  khongdoc: 'unsupported',
}

/** The longer first: "trả lời" and "trả lại" both begin with "trả". */
const STAFF: readonly (readonly [string, StaffWord])[] = [
  ['tra loi', 'reply'],
  ['tra lai', 'hand_back'],
  ['vao', 'take'],
  ['dong', 'close'],
  ['hen', 'book'],
  ['doi', 'move'],
  ['huy', 'cancel'],
  ['da den', 'attended'],
  ['khong den', 'missed'],
]

/** These name a day and a time. */
const DATED: readonly StaffWord[] = ['book', 'move']

/** A colon and a letter or digit begin a command; ":(" is something people write. */
const COMMAND = /^:([\p{L}\p{N}-]+)\s*(.*)$/u

export function readTyped(raw: string): Typed {
  const text = raw.normalize('NFC').trim()
  if (text === '') return { type: 'empty' }
  const [, name, rest = ''] = COMMAND.exec(text) ?? []
  return name === undefined ? { type: 'text', text } : readCommand(name, rest)
}

function readCommand(name: string, rest: string): Typed {
  if (/^\d{1,2}$/.test(name)) return { type: 'press', position: Number(name) }
  const command = fold(name).replaceAll(' ', '')
  const media = MEDIA[command]
  if (media !== undefined) return { type: 'media', media }
  switch (command) {
    case 'gio':
      return readClock('at', rest)
    case 'den':
      return readClock('until', rest)
    case 'diem':
      return readPoints(rest)
    case 'canbo':
      return readStaff(rest)
    case 'thoat':
      return { type: 'leave' }
    default:
      return { type: 'unknown' }
  }
}

const CLOCK = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})$/

function readClock(type: 'at' | 'until', rest: string): Typed {
  const [, day, time] = CLOCK.exec(rest) ?? []
  return day !== undefined && time !== undefined ? { type, day, time } : { type: 'unknown' }
}

function readPoints(rest: string): Typed {
  switch (fold(rest)) {
    case 'trong':
      return { type: 'points', points: 'none' }
    case 'mau':
      return { type: 'points', points: 'samples' }
    default:
      return { type: 'unknown' }
  }
}

function readStaff(rest: string): Typed {
  const words = rest.split(/\s+/)
  for (const [phrase, action] of STAFF) {
    const length = phrase.split(' ').length
    if (fold(words.slice(0, length).join(' ')) !== phrase) continue
    const text = words.slice(length).join(' ')
    const fits = action === 'reply' ? text !== '' : DATED.includes(action) ? CLOCK.test(text) : text === ''
    if (!fits) return { type: 'unknown' }
    return { type: 'staff', by: 'can-bo', action, text }
  }
  return { type: 'unknown' }
}
