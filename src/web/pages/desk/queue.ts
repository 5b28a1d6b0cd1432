import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { deskPage, type Reader } from './frame.ts'
import { type TicketView, ticketItem } from './ticket-row.ts'

/** Every open ticket, the most serious and longest waiting first, with who holds it. */
export function queuePage(view: {
  reader: Reader
  tickets: readonly TicketView[]
  /** Open tickets on all pages, and those that nobody holds. */
  open: number
  waiting: number
  page: number
  pages: number
}): Markup {
  const { tickets, page, pages } = view
  return deskPage({
    reader: view.reader,
    tab: 'queue',
    self: page > 1 ? `/desk/queue?trang=${page}` : '/desk/queue',
    main: html`<div data-live="hang-cho">
<h1>Hàng chờ <span class="count">${view.waiting} chưa ai nhận · ${view.open} đang mở</span></h1>
${tickets.length === 0 ? html`<p class="small">Không có ai đang chờ.</p>` : html`<ul class="tickets" data-list>${tickets.map(ticketItem)}</ul>`}
${pages > 1 ? pager(page, pages) : ''}
<p><a class="back" href="/desk/closed">Đã kết thúc</a></p>
</div>`,
  })
}

function pager(page: number, pages: number): Markup {
  const link = (to: number, label: string) => html`<a class="more" href="/desk/queue?trang=${to}">${label}</a>`
  return html`<nav class="pager" aria-label="Các trang">${page > 1 ? link(page - 1, 'Trang trước') : ''}<span class="meta">Trang ${page} / ${pages}</span>${page < pages ? link(page + 1, 'Trang sau') : ''}</nav>`
}
