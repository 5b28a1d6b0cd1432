import { html } from 'hono/html'
import type { ChatLine } from '../chat-room.ts'
import { layout, type Markup } from './layout.ts'
import { clock, paragraphs } from './line-text.ts'
import { callbackLine, KIND, PRIORITY, type TicketRow, waited } from './tickets.ts'

/** One ticket: the conversation, a reply, and the two ways to let go of it. Here `you` in a line is the person. */
export function ticketPage(view: {
  ticket: TicketRow
  lines: readonly ChatLine[]
  /** A fresh uuid, so that a reply sent twice by a shaky line is one reply. */
  formId: string
  now: number
  problem?: { message: string; draft: string }
}): Markup {
  const { ticket, lines, now } = view
  const path = `/desk/tickets/${ticket.id}`
  return layout({
    kind: 'desk',
    script: false,
    body: html`<main class="desk-one">
<p><a class="back" href="/desk">← Danh sách</a></p>
<h1>${ticket.reason}</h1>
<p class="ticket ${ticket.priority}"><span class="rank">${PRIORITY[ticket.priority]}</span> <span class="meta">${waited(ticket.waitingMinutes)} · ${KIND[ticket.kind]} · ${ticket.channel}${ticket.held ? ' · đang có người nhận' : ''}</span></p>
${ticket.callback === null ? '' : callbackLine(ticket.callback)}
<ol class="dialogue">${lines.map((line) => dialogueLine(line, now))}</ol>
<form class="reply" id="cuoi" method="post" action="${path}/reply" autocomplete="off">
<input type="hidden" name="id" value="${view.formId}">
<label for="text">Trả lời</label>
<textarea id="text" name="text" rows="4" maxlength="4000" required>${view.problem?.draft ?? ''}</textarea>
${view.problem ? html`<p class="trouble" role="alert">${view.problem.message}</p>` : ''}
<button>Gửi trả lời</button>
</form>
<div class="row ends">
<form method="post" action="${path}/hand-back"><button class="second">Trả lại cho máy</button></form>
<form method="post" action="${path}/close"><button class="second">Kết thúc</button></form>
</div>
</main>`,
  })
}

const WHO = { bot: 'Máy', human: 'Tư vấn', you: 'Người nhắn' } as const

function dialogueLine(line: ChatLine, now: number): Markup {
  return html`<li class="${line.from}"><p class="meta"><b>${WHO[line.from]}</b> <time datetime="${new Date(line.at).toISOString()}">${clock(line.at, now)}</time></p><div class="words">${paragraphs(line)}</div></li>`
}
