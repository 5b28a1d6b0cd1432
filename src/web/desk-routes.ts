import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../app/app.ts'
import { topicsDue } from '../app/content-due.ts'
import { internal } from '../app/handle.ts'
import { type QuotaWarning, quotaWarnings } from '../app/quota.ts'
import { toRoomLine } from '../app/room.ts'
import type { StaffAction } from '../engine/conversation.ts'
import { formatClock } from '../engine/hours.ts'
import { showPhone } from '../engine/phone.ts'
import { lastLines, openWords } from '../store/lines.ts'
import {
  countTickets,
  findTicket,
  lastForm,
  type OpenTicket,
  openTasks,
  openTickets,
  TICKETS_PER_PAGE,
} from '../store/tickets.ts'
import { errorPage } from './pages/error.ts'
import { ticketPage } from './pages/ticket.ts'
import { type TicketRow, ticketsPage } from './pages/tickets.ts'
import { audited, memberOf, requireMay } from './signed-in.ts'
import { requireTicket } from './ticket-door.ts'

/** A plain list of open tickets for staff who signed in (`requireStaff` stands before every path of the desk). */
export function deskRoutes(app: App): Hono {
  const routes = new Hono()
  routes.use('/desk', requireMay('queue.view'))
  routes.use('/desk/tickets/*', requireTicket(app))

  routes.get('/desk', async (c) => {
    await audited(c, 'queue.view')
    const page = Math.max(1, Math.trunc(Number(c.req.query('trang'))) || 1)
    const tickets = await Promise.all((await openTickets(app.store, page)).map((one) => describe(app, one)))
    const total = await countTickets(app.store)
    const tasks = (await openTasks(app.store)).map((task) => ({ ...task, reason: taskWords(task.reason) }))
    const warnings = (await quotaWarnings(app)).map((one) => ({
      id: one.what,
      reason: quotaWords(one),
      openedAt: app.now(),
    }))
    const due = topicsDue(app)
    const review = {
      id: 'review',
      reason: `${due} bài đã quá hạn xem lại; người đọc vẫn thấy ngày của bài`,
      openedAt: app.now(),
    }
    const all = [...warnings, ...(due > 0 ? [review] : []), ...tasks]
    return c.html(
      ticketsPage({ tickets, total, page, pages: Math.ceil(total / TICKETS_PER_PAGE), tasks: all, now: app.now() }),
    )
  })

  routes.get('/desk/tickets/:id', async (c) => show(c, c.req.param('id')))
  routes.post('/desk/tickets/:id/reply', async (c) => {
    const text = (await field(c, 'text')).trim()
    const id = (await field(c, 'id')) || randomUUID()
    if (text === '' || text.length > 4000)
      return show(c, c.req.param('id'), { message: 'Lời trả lời cần có từ 1 đến 4000 ký tự.', draft: text })
    return act(c, c.req.param('id'), { type: 'reply', text }, id)
  })
  routes.post('/desk/tickets/:id/hand-back', (c) => act(c, c.req.param('id'), { type: 'hand_back' }, randomUUID()))
  routes.post('/desk/tickets/:id/close', (c) => act(c, c.req.param('id'), { type: 'close' }, randomUUID()))
  return routes

  async function show(c: Context, id: string, problem?: { message: string; draft: string }) {
    const ticket = await findTicket(app.store, id)
    if (!ticket) return c.html(errorPage(404), 404)
    const lines = (await lastLines(app.store, app.vault, ticket.contact, 100)).map(toRoomLine)
    const view = { ticket: await describe(app, ticket), lines, formId: randomUUID(), now: app.now() }
    return c.html(ticketPage(problem ? { ...view, problem } : view), problem ? 400 : 200)
  }

  async function act(c: Context, id: string, action: StaffAction, key: string) {
    const ticket = await findTicket(app.store, id)
    if (!ticket) return c.html(errorPage(404), 404)
    await internal(app, ticket.contact, `staff:${id}:${key}`, { type: 'staff', by: memberOf(c).id, action })
    return c.redirect(action.type === 'close' ? '/desk' : `/desk/tickets/${id}#cuoi`, 303)
  }
}

const REASONS: Readonly<Record<string, string>> = {
  person: 'Muốn gặp người',
  callback: 'Muốn được gọi lại',
  emergency: 'Khẩn cấp',
  suicide: 'Có ý định tự làm hại mình',
  overdose: 'Nghi quá liều, bất tỉnh',
  poisoning: 'Nghi ngộ độc',
  violence: 'Bạo lực',
  child: 'Trẻ em gặp nguy hiểm',
  medical: 'Nguy kịch về sức khoẻ',
  psychosis: 'Kích động, hoang tưởng',
  unsupported_message: 'Tin không đọc được (có thể là trẻ em)',
  service_error: 'Máy gặp lỗi giữa cuộc trò chuyện',
}
const HOURS: Readonly<Record<string, string>> = {
  sang: 'buổi sáng',
  chieu: 'buổi chiều',
  toi: 'buổi tối',
  'luc-nao-cung-duoc': 'lúc nào cũng được',
}
const COVER: Readonly<Record<string, string>> = {
  'chi-minh': 'không nói gì, cúp máy',
  'noi-la-ban': 'nói là bạn',
  'noi-nham-so': 'nói nhầm số',
}
const CHANNELS: Readonly<Record<string, string>> = { webchat: 'Web', telegram: 'Telegram', zalo: 'Zalo' }

function taskWords(reason: string): string {
  const [outcome = '', why = ''] = reason.split(':')
  const what = outcome === 'uncertain' ? 'Một tin chưa chắc đã tới' : 'Một tin không gửi được'
  return why === 'blocked' ? `${what}: người nhận đã chặn kênh` : `${what} (${why})`
}

function quotaWords({ bot, what, used, of }: QuotaWarning): string {
  return what === 'messages'
    ? `Zalo (${bot}) đã gửi ${used} trong ${of} tin của tháng này; các tin cuối được giữ cho trường hợp khẩn cấp`
    : `Zalo (${bot}) đã có ${used} trong ${of} người; nên mở thêm một bot`
}

/** A field of a form as text; empty when the form cannot be read. */
async function field(c: Context, name: string): Promise<string> {
  const form: Record<string, unknown> = await c.req.parseBody().catch(() => ({}))
  const value = form[name]
  return typeof value === 'string' ? value : ''
}

async function describe(app: App, ticket: OpenTicket): Promise<TicketRow> {
  const callback = await describeCallback(app, ticket)
  return {
    id: ticket.id,
    reason: REASONS[ticket.reason] ?? ticket.reason,
    priority: ticket.priority,
    kind: callback ? 'callback' : 'talk',
    channel: CHANNELS[ticket.channel] ?? ticket.channel,
    waitingMinutes: Math.floor((app.now() - ticket.openedAt) / 60_000),
    held: ticket.heldBy !== null,
    callback,
  }
}

async function describeCallback(app: App, ticket: OpenTicket): Promise<TicketRow['callback']> {
  const values = await lastForm(app.store, ticket.contact, 'callback')
  if (!values) return null
  const read = async (name: string) => {
    const value = values[name]
    if (!value) return null
    return value.type === 'code' ? value.value : openWords(app.store, app.vault, value.id)
  }
  const [phone, hours, time, cover, own] = await Promise.all(
    ['phone', 'hours', 'call_time', 'cover', 'cover_words'].map(read),
  )
  if (!phone) return null
  return {
    phone: showPhone(phone),
    hours: hours === 'gio-khac' && time ? `khoảng ${formatClock(Number(time))}` : (HOURS[hours ?? ''] ?? 'chưa rõ'),
    cover: cover === 'cau-khac' && own ? own : (COVER[cover ?? ''] ?? 'chưa dặn'),
  }
}
