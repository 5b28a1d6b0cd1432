import type { DeskLine } from '../../src/web/pages/desk/dialogue.ts'
import type { Reader } from '../../src/web/pages/desk/frame.ts'
import type { TicketPageView } from '../../src/web/pages/desk/ticket.ts'
import type { TicketView } from '../../src/web/pages/desk/ticket-row.ts'
import type { TaskView } from '../../src/web/pages/desk/today.ts'
import { visitLinks } from '../../src/web/pages/desk/visit.ts'

/** A desk on a plain afternoon; nobody in it is real. */
export const NOW = Date.UTC(2026, 10, 21, 7, 45)

export const TICKETS: readonly TicketView[] = [
  {
    id: 't1',
    reason: 'Nói tới cái chết',
    priority: 'emergency',
    kind: 'talk',
    channel: 'Trang web',
    point: 'Điểm tư vấn MẪU phường Chiềng An',
    waitingMinutes: 2,
    rungMinutes: 3,
    holder: null,
    callsMe: false,
    answerMinutes: null,
    takenAt: null,
    reachable: true,
    callback: null,
  },
  {
    id: 't2',
    reason: 'Xin gọi lại về chỗ điều trị gần nhà',
    priority: 'urgent',
    kind: 'callback',
    channel: 'Zalo',
    point: null,
    waitingMinutes: 74,
    rungMinutes: null,
    holder: { name: 'Lan', mine: true },
    callsMe: false,
    answerMinutes: null,
    takenAt: NOW - 3_600_000,
    reachable: true,
    callback: { phone: '•••• 000', covered: true, hours: '18:00–20:00', safeNow: false, cover: 'nói nhầm số' },
  },
  {
    id: 't3',
    reason: 'Muốn gặp người',
    priority: 'routine',
    kind: 'talk',
    channel: 'Telegram',
    point: null,
    waitingMinutes: 3000,
    rungMinutes: null,
    holder: null,
    callsMe: false,
    answerMinutes: null,
    takenAt: null,
    reachable: true,
    callback: null,
  },
]

export const TASKS: readonly TaskView[] = [
  {
    id: 'k1',
    ticket: null,
    closable: true,
    words: 'Tin nhắc hẹn có thể chưa tới người nhận',
    todo: 'Mở cuộc này, xem tin; gửi lại thì người nhắn có thể nhận hai lần.',
    openedAt: NOW - 40 * 60_000,
  },
  {
    id: 'k2',
    ticket: 't2',
    closable: true,
    words: 'Số điện thoại của trạm sắp hết hạn kiểm tra',
    todo: null,
    openedAt: NOW - 26 * 3_600_000,
  },
]

export const LINES: readonly DeskLine[] = [
  { id: '1', from: 'you', who: 'Người nhắn', delivery: null, text: 'em mệt quá rồi', at: NOW - 300_000 },
  {
    id: '2',
    from: 'bot',
    who: 'Máy',
    delivery: null,
    text: 'Mình hỏi thẳng để hiểu đúng: bạn có đang nghĩ đến cái chết không?',
    at: NOW - 290_000,
  },
  { id: '3', from: 'you', who: 'Người nhắn', delivery: null, text: 'có', at: NOW - 200_000 },
  {
    id: '4',
    from: 'bot',
    who: 'Máy',
    delivery: null,
    text: 'Cảm ơn bạn đã nói ra. Mình đang gọi người tư vấn.\n\nNếu thấy nguy hiểm ngay lúc này, gọi **115**.',
    at: NOW - 190_000,
  },
  {
    id: '5',
    from: 'human',
    who: 'Bạn',
    delivery: { words: 'đã gửi', trouble: false, again: false },
    text: 'Mình là Lan, tư vấn viên của trạm. Mình đang ở đây.',
    at: NOW - 120_000,
  },
  {
    id: '6',
    from: 'human',
    who: 'Bạn',
    delivery: {
      words: 'chưa chắc đã tới: mất liên lạc giữa lúc gửi. Gửi lại thì người nhắn có thể nhận hai lần.',
      trouble: true,
      again: true,
    },
    text: 'Bạn đang ở một mình hay có ai bên cạnh?',
    at: NOW - 60_000,
  },
  {
    id: '7',
    from: 'note',
    who: 'Hạnh',
    delivery: null,
    text: 'Tuần trước bạn ấy có nói với mình về chị gái.',
    at: NOW - 30_000,
  },
]

export const READER: Reader = {
  name: 'Lan',
  ways: [
    { id: 'today', href: '/desk', label: 'Hôm nay' },
    { id: 'queue', href: '/desk/queue', label: 'Hàng chờ' },
    { id: 'replies', href: '/desk/replies', label: 'Câu mẫu' },
    { id: 'account', href: '/desk/account', label: 'Tài khoản' },
  ],
}

export const PAGE: TicketPageView = {
  reader: READER,
  ticket: { ...TICKETS[0]!, holder: { name: 'Lan', mine: true }, answerMinutes: 7, reachable: false },
  lines: LINES,
  older: null,
  past: false,
  voice: true,
  side: {
    path: '/desk/tickets/t1',
    formId: '7f1b6a52-3f0e-4b7c-9d57-0d1f7a9a2c11',
    answers: [
      { name: 'who', question: 'Nhắn cho ai', value: null },
      { name: 'phone', question: 'Số điện thoại', value: '0900 000 000' },
    ],
    colleagues: [{ value: 'staff:hanh', label: 'Hạnh (Điểm tư vấn MẪU)' }],
    points: [{ value: 'point:b', label: 'Điểm tư vấn MẪU xã Lóng Sập' }],
    outcomes: [{ value: 'helped', label: 'Đã giúp xong' }],
    others: false,
    mine: true,
    drafts: { note: '', transferNote: '' },
    contact: {
      draft: { kind: '', outcome: '', note: '', next: '', callOn: '' },
      open: true,
      today: '2026-11-25',
      nextWords: '26/11/2026',
    },
    record: null,
    visits: visitLinks({
      query: 'cuoc=t1',
      visits: [{ id: 'h1', when: '09:00 thứ Sáu 27/11/2026', state: 'sẽ đến' }],
      mayBook: true,
      club: null,
      referrals: null,
      request: null,
    }),
  },
  replies: {
    search: '',
    found: [
      {
        id: 'chao-hoi',
        title: 'Chào và mời nói',
        text: 'Chào bạn, mình đang đọc những gì bạn viết.',
        keywords: [],
        source: 'Luật Phòng, chống ma túy số 120/2025/QH15',
        asOf: '21/11/2026',
        signed: false,
        reviewBy: '21/05/2027',
        overdue: false,
      },
    ],
  },
  draft: '',
  message: null,
  replyLimit: 4000,
  now: NOW,
}
