import type { ChatLine } from '../../src/web/chat-room.ts'
import type { TaskRow, TicketRow } from '../../src/web/pages/tickets.ts'

/** A desk on a plain afternoon; nobody in it is real. */
export const NOW = Date.UTC(2026, 10, 21, 7, 45)

export const TICKETS: readonly TicketRow[] = [
  {
    id: 't1',
    reason: 'Nói tới cái chết',
    priority: 'emergency',
    kind: 'talk',
    channel: 'Trang web',
    waitingMinutes: 2,
    held: false,
    callback: null,
  },
  {
    id: 't2',
    reason: 'Xin gọi lại về chỗ điều trị gần nhà',
    priority: 'urgent',
    kind: 'callback',
    channel: 'Zalo',
    waitingMinutes: 74,
    held: true,
    callback: { phone: '0900 000 000', hours: '18:00–20:00', cover: 'nói nhầm số' },
  },
  {
    id: 't3',
    reason: 'Muốn gặp người',
    priority: 'routine',
    kind: 'talk',
    channel: 'Telegram',
    waitingMinutes: 3000,
    held: false,
    callback: null,
  },
]

export const TASKS: readonly TaskRow[] = [
  { id: 'k1', reason: 'Tin nhắc hẹn có thể chưa tới người nhận', openedAt: NOW - 40 * 60_000 },
  { id: 'k2', reason: 'Số điện thoại của trạm sắp hết hạn kiểm tra', openedAt: NOW - 26 * 3_600_000 },
]

export const LINES: readonly ChatLine[] = [
  { id: '1', from: 'you', text: 'em mệt quá rồi', at: NOW - 300_000 },
  {
    id: '2',
    from: 'bot',
    text: 'Mình hỏi thẳng để hiểu đúng: bạn có đang nghĩ đến cái chết không?',
    at: NOW - 290_000,
  },
  { id: '3', from: 'you', text: 'có', at: NOW - 200_000 },
  {
    id: '4',
    from: 'bot',
    text: 'Cảm ơn bạn đã nói ra. Mình đang gọi người tư vấn.\n\nNếu thấy nguy hiểm ngay lúc này, gọi **115**.',
    at: NOW - 190_000,
  },
]
