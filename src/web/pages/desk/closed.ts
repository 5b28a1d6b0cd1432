import { html } from 'hono/html'
import type { Priority } from '../../../engine/conversation.ts'
import type { Markup } from '../layout.ts'
import { clock } from '../line-text.ts'
import { type DeskLine, dialogue, olderLines } from './dialogue.ts'
import { deskPage, type Reader } from './frame.ts'
import { PRIORITY } from './ticket-row.ts'

export interface ClosedView {
  id: string
  priority: Priority
  reason: string
  point: string | null
  openedAt: number
  answeredAt: number | null
  closedAt: number
  outcome: string | null
  holder: string | null
  /** The person's data are still there. */
  kept: boolean
  mayReview: boolean
}

/** What is over, the latest first; nothing of anybody's words. */
export function closedPage(view: {
  reader: Reader
  tickets: readonly ClosedView[]
  filter: { priority: Priority | ''; outcome: string; outcomes: Readonly<Record<string, string>> }
  older: string | null
  now: number
}): Markup {
  return deskPage({
    reader: view.reader,
    tab: null,
    self: null,
    main: html`<h1>Đã kết thúc</h1>
<p class="small">Cuộc bạn đã giữ trong 7 ngày; phụ trách xem được của điểm mình trong 30 ngày. Mỗi lần mở đều được ghi lại.</p>
${filters(view.filter)}
${view.tickets.length === 0 ? html`<p>Không có cuộc nào.</p>` : html`<ul class="tickets">${view.tickets.map((one) => item(one, view.now))}</ul>`}
${view.older === null ? '' : html`<p><a class="back" href="${view.older}">Cũ hơn</a></p>`}`,
  })
}

function filters({ priority, outcome, outcomes }: Parameters<typeof closedPage>[0]['filter']): Markup {
  const options = (of: Readonly<Record<string, string>>, chosen: string) =>
    Object.entries(of).map(
      ([value, label]) => html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${label}</option>`,
    )
  return html`<form method="get" action="/desk/closed" class="days">
<p class="field"><label for="muc">Mức gấp</label><select id="muc" name="muc"><option value="">Tất cả</option>${options(PRIORITY, priority)}</select></p>
<p class="field"><label for="ket-qua">Kết quả</label><select id="ket-qua" name="ket-qua"><option value="">Tất cả</option>${options(outcomes, outcome)}</select></p>
<button class="second">Xem</button>
</form>`
}

function item(ticket: ClosedView, now: number): Markup {
  const title = html`<span class="title"><span class="rank">${PRIORITY[ticket.priority]}</span> <b>${ticket.reason}</b></span><span class="meta">${summary(ticket, now)}</span>`
  return ticket.kept
    ? html`<li class="${ticket.priority}"><a href="/desk/tickets/${ticket.id}">${title}</a></li>`
    : html`<li class="${ticket.priority}"><p>${title}<span class="meta">đã xoá thông tin</span></p></li>`
}

function summary({ openedAt, answeredAt, closedAt, outcome, holder, point }: ClosedView, now: number): string {
  const waited =
    answeredAt === null
      ? 'chưa có ai trả lời'
      : `người trả lời sau ${Math.round((answeredAt - openedAt) / 60_000)} phút`
  return [`${clock(openedAt, now)} – ${clock(closedAt, now)}`, waited, outcome, holder, point]
    .filter((part) => part !== null)
    .join(' · ')
}

/** One that is over, to read. */
export function closedTicketPage(view: {
  reader: Reader
  ticket: ClosedView
  lines: readonly DeskLine[]
  older: number | null
  /** Numbers are covered, and this reader may uncover them. */
  covered: boolean
  now: number
}): Markup {
  const { ticket, lines, covered, now } = view
  const path = `/desk/tickets/${ticket.id}`
  return deskPage({
    reader: view.reader,
    tab: null,
    self: null,
    main: html`<p><a class="back" href="/desk/closed">← Đã kết thúc</a></p>
<div class="head ${ticket.priority}"><h1><span class="rank">${PRIORITY[ticket.priority]}</span> ${ticket.reason}</h1>
<p class="about">${summary(ticket, now)}</p>
<p class="notice" role="note">Cuộc này đã kết thúc: chỉ đọc. Người ấy nhắn lại thì một cuộc mới hiện trong hàng chờ.</p></div>
<div class="links">${ticket.mayReview ? html`<a class="back" href="/desk/reviews/${ticket.id}">Xem lại, ghi điều máy bỏ sót</a>` : ''}
${covered ? html`<form method="post" action="${path}/reveal"><button class="second small-button" name="answer" value="phone">Hiện số trong lời nhắn</button></form>` : ''}</div>
${olderLines(path, view.older)}${dialogue(lines, path, now)}`,
  })
}
