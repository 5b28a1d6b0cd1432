import { html } from 'hono/html'
import { layout, type Markup } from './layout.ts'
import { clock } from './line-text.ts'

export interface TicketRow {
  id: string
  reason: string
  priority: 'emergency' | 'urgent' | 'routine'
  kind: 'talk' | 'callback'
  channel: string
  waitingMinutes: number
  held: boolean
  /** `cover`: what a caller does when somebody else picks up, so that a call gives nothing away. */
  callback: { phone: string; hours: string; cover: string } | null
}

export interface TaskRow {
  id: string
  reason: string
  openedAt: number
}

/** What waits, how long and how serious: the open tickets in the order given, then the tasks. */
export function ticketsPage(view: {
  tickets: readonly TicketRow[]
  /** How many wait on all pages. */
  total: number
  page: number
  pages: number
  tasks: readonly TaskRow[]
  now: number
}): Markup {
  const { tickets, tasks, total, page, pages } = view
  return layout({
    kind: 'desk',
    script: false,
    body: html`<main class="desk-list">
<form method="post" action="/desk/leave" class="sign-out"><button class="second">Thoát</button></form>
<nav class="ways" aria-label="Bàn làm việc"><a href="/desk/account">Tài khoản</a><a href="/desk/staff">Cán bộ</a><a href="/desk/audit">Nhật ký</a></nav>
<h1>Đang chờ <span class="count">${total}</span></h1>
${tickets.length === 0 ? html`<p class="small">Không có ai đang chờ.</p>` : html`<ul class="tickets">${tickets.map(ticketItem)}</ul>`}
${pages > 1 ? pager(page, pages) : ''}
<h2>Việc cần làm <span class="count">${tasks.length}</span></h2>
${
  tasks.length === 0
    ? html`<p class="small">Không có việc nào.</p>`
    : html`<ul class="tickets">${tasks.map((task) => html`<li class="task"><span>${task.reason}</span> <time class="meta" datetime="${new Date(task.openedAt).toISOString()}">${clock(task.openedAt, view.now)}</time></li>`)}</ul>`
}
</main>`,
  })
}

function pager(page: number, pages: number): Markup {
  const link = (to: number, label: string) => html`<a href="/desk?trang=${to}">${label}</a>`
  return html`<p class="meta">Trang ${page} / ${pages} ${page > 1 ? link(page - 1, 'Trang trước') : ''} ${page < pages ? link(page + 1, 'Trang sau') : ''}</p>`
}

function ticketItem(ticket: TicketRow): Markup {
  return html`<li class="ticket ${ticket.priority}"><a href="/desk/tickets/${ticket.id}">
<span class="rank">${PRIORITY[ticket.priority]}</span>
<b>${ticket.reason}</b>
<span class="meta">${waited(ticket.waitingMinutes)} · ${KIND[ticket.kind]} · ${ticket.channel}${ticket.held ? ' · đang có người nhận' : ''}</span>
</a>${ticket.callback === null ? '' : callbackLine(ticket.callback)}</li>`
}

export const PRIORITY = { emergency: 'Khẩn cấp', urgent: 'Gấp', routine: 'Thường' } as const
export const KIND = { talk: 'nhắn tin', callback: 'gọi lại' } as const

export function callbackLine(callback: NonNullable<TicketRow['callback']>): Markup {
  return html`<p class="callback">Gọi <a href="tel:${callback.phone.replace(/[^\d+]/g, '')}">${callback.phone}</a> · giờ gọi: ${callback.hours} · nếu người khác nghe máy: ${callback.cover}</p>`
}

/** 12 phút, 2 giờ 05 phút, 3 ngày: never a number that must be worked out. */
export function waited(minutes: number): string {
  if (minutes < 1) return 'vừa xong'
  if (minutes < 60) return `chờ ${Math.floor(minutes)} phút`
  if (minutes < 24 * 60)
    return `chờ ${Math.floor(minutes / 60)} giờ ${String(Math.floor(minutes % 60)).padStart(2, '0')} phút`
  return `chờ ${Math.floor(minutes / (24 * 60))} ngày`
}
