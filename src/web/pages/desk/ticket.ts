import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { clock } from '../line-text.ts'
import { type DeskLine, dialogue, olderLines } from './dialogue.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import { type ReplyChoice, replyPicker } from './reply-picker.ts'
import { type SideView, sideColumn } from './side.ts'
import { callLine, meta, PRIORITY, type TicketView } from './ticket-row.ts'

export interface TicketPageView {
  reader: Reader
  ticket: TicketView
  lines: readonly DeskLine[]
  older: number | null
  /** An older page of the talk: it does not change by itself. */
  past: boolean
  side: SideView
  replies: { search: string; found: readonly ReplyChoice[] }
  draft: string
  /** What happened with the last form. */
  message: string | null
  replyLimit: number
  /** The person's channel carries recordings. */
  voice: boolean
  now: number
}

/** A number that was just uncovered stays until the reader leaves: its part is not refreshed. */
const refreshed = ({ callback }: TicketView) => (callback?.covered === false ? '' : 'dau')

/** One person: who holds the talk, what was said, a reply, and everything else folded beside it. */
export function ticketPage(view: TicketPageView): Markup {
  const { ticket, lines, now, side } = view
  return deskPage({
    reader: view.reader,
    tab: null,
    self: side.path,
    main: html`<div class="two" data-ticket="${ticket.id}">
<div>
${notice(view.message)}
<div class="head ${ticket.priority}" data-live="${refreshed(ticket)}">
<h1><span class="rank">${PRIORITY[ticket.priority]}</span> ${ticket.reason}</h1>
<p class="about">${meta(ticket)}</p>
${holder(ticket, now)}
${ticket.reachable ? '' : html`<p class="notice" role="note">Người này đã chặn hoặc rời kênh ${ticket.channel}: tin gửi đi sẽ không tới.${ticket.callback === null ? '' : ' Bạn có thể gọi theo số dưới đây.'}</p>`}
${ticket.callback === null ? '' : callLine(ticket.callback, side.path, side.others ? null : 'tra-loi')}
${ticket.holder === null ? takeForm(side) : ''}
</div>
${view.past ? html`<p><a class="back" href="${side.path}">Về các dòng mới nhất</a></p>` : ''}<div data-live="${view.past ? '' : 'loi-noi'}">${olderLines(side.path, view.older)}${dialogue(lines, side.path, now)}</div>
${side.others ? html`<div id="cuoi"></div>` : replyForm(view)}
</div>
${sideColumn(side)}
</div>`,
  })
}

function holder({ holder, takenAt }: TicketView, now: number): Markup {
  if (holder === null || holder.mine) return html``
  return html`<p class="notice" role="note"><b>${holder.name}</b> đang giữ cuộc này${takenAt === null ? '' : ` từ ${clock(takenAt, now)}`}. Bạn đọc được và để lại ghi chú được; trả lời là việc của người đang giữ.</p>`
}

function takeForm({ path, formId }: SideView): Markup {
  return html`<form method="post" action="${path}/take" class="take"><input type="hidden" name="id" value="${formId}"><button>Nhận cuộc này</button></form>`
}

/** Enter in the search field presses the first button, which searches: a reply is sent by its own button alone. */
function replyForm(view: TicketPageView): Markup {
  const { path, formId } = view.side
  return html`<form class="reply" id="tra-loi" method="post" action="${path}/reply" autocomplete="off">
<input type="hidden" name="id" value="${formId}">
${replyPicker(path, view.replies)}
<label for="text" id="cuoi">Trả lời</label>
<textarea id="text" name="text" rows="4" data-limit="${view.replyLimit}" required>${view.draft}</textarea>
<div class="row"><button class="send-reply">Gửi trả lời</button> <span class="meta" id="do-dai" aria-live="polite"></span></div>
</form>
${view.voice ? voiceForm(path) : html`<p class="small">Kênh này chưa gửi được tin thoại; bạn trả lời bằng chữ.</p>`}`
}

/** Belongs to the form of the reply, so that a half-written line is not lost. */
function voiceForm(path: string): Markup {
  return html`<details id="giong-noi"><summary>Trả lời bằng giọng nói</summary>
<p class="field"><label for="sound">Tệp ghi âm (ogg, m4a, mp3, webm; tối đa 700 kB, chừng 3 phút)</label>
<input id="sound" name="sound" type="file" accept="audio/*" form="tra-loi"></p>
<button class="second" form="tra-loi" formaction="${path}/say" formenctype="multipart/form-data" formnovalidate>Gửi giọng nói</button></details>`
}
