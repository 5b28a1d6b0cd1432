import { html } from 'hono/html'
import type { Finding, Level } from '../../../store/reviews.ts'
import type { Markup } from '../layout.ts'
import { clock } from '../line-text.ts'
import type { ClosedView } from './closed.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import { PRIORITY } from './ticket-row.ts'

export const WAS = { yes: 'Đúng là khẩn cấp', no: 'Không phải', unsure: 'Không chắc' } as const
export const HELPED = { yes: 'Có', no: 'Chưa', unknown: 'Không biết' } as const
export const MISSED: Readonly<Record<string, string>> = {
  card: 'Thẻ khẩn cấp tới chậm hoặc không hợp',
  call: 'Gọi cán bộ chậm',
  human: 'Người thật trả lời chậm',
  detector: 'Máy không nhận ra ngay',
  words: 'Lời máy nói làm người ấy khó chịu',
  after: 'Chưa theo dõi sau đó',
}
export const LEVEL: Readonly<Record<Level, string>> = { none: 'không đáng lo', urgent: 'gấp', emergency: 'khẩn cấp' }

/** Emergencies that nobody has looked back at yet. */
export function reviewsPage(view: {
  reader: Reader
  due: readonly { ticket: string; dueAt: number; reason: string }[]
  exports: boolean
  now: number
}): Markup {
  return deskPage({
    reader: view.reader,
    tab: null,
    self: null,
    main: html`<h1>Xem lại ca khẩn cấp <span class="count">${view.due.length}</span></h1>
<p class="small">Mỗi ca khẩn cấp được xem lại một lần: có đúng không, ai trả lời lúc nào, còn sót gì. Để lần sau nhanh hơn, không để trách ai.</p>
${view.due.length === 0 ? html`<p>Không còn ca nào.</p>` : html`<ul class="tickets">${view.due.map((one) => html`<li class="ticket"><a href="/desk/reviews/${one.ticket}"><span class="title"><b>${one.reason}</b></span><span class="meta">kết thúc ${clock(one.dueAt, view.now)}</span></a></li>`)}</ul>`}
${view.exports ? html`<p><a class="back" href="/desk/misses">Xuất các dòng máy hiểu sai</a></p>` : ''}`,
  })
}

/** The short form, with what the machine knows already filled in. */
export function reviewPage(view: {
  reader: Reader
  ticket: ClosedView
  moments: { cardAt: number | null; calledAt: number | null; takenAt: number | null }
  lines: readonly { id: string; text: string; at: number; level: Level | null }[]
  finding: Finding | null
  note: string
  problem: string | null
  now: number
}): Markup {
  const { ticket, moments, lines, finding, now } = view
  const since = (at: number | null) =>
    at === null ? 'không có' : html`${clock(at, now)} <span class="meta">(sau ${span(at - ticket.openedAt)})</span>`
  const radio = (name: string, of: Readonly<Record<string, string>>, chosen: string | undefined) =>
    Object.entries(of).map(
      ([value, label]) =>
        html`<label class="check"><input type="radio" name="${name}" value="${value}" required ${value === chosen ? 'checked' : ''}> ${label}</label>`,
    )
  return deskPage({
    reader: view.reader,
    tab: null,
    self: null,
    main: html`<p><a class="back" href="/desk/reviews">← Xem lại</a></p>
<h1>Xem lại: ${ticket.reason}</h1>
${notice(view.problem)}
<dl class="answers">
<div><dt>Mức</dt><dd>${PRIORITY[ticket.priority]}</dd></div>
<div><dt>Mở lúc</dt><dd>${clock(ticket.openedAt, now)}</dd></div>
<div><dt>Thẻ khẩn cấp gửi đi</dt><dd>${since(moments.cardAt)}</dd></div>
<div><dt>Gọi cán bộ lần đầu</dt><dd>${since(moments.calledAt)}</dd></div>
<div><dt>Có người nhận</dt><dd>${since(moments.takenAt)}</dd></div>
<div><dt>Dòng đầu của người thật</dt><dd>${since(ticket.answeredAt)}</dd></div>
<div><dt>Kết thúc</dt><dd>${since(ticket.closedAt)}</dd></div>
</dl>
<form method="post" action="/desk/reviews/${ticket.id}" autocomplete="off">
<fieldset><legend>Có đúng là khẩn cấp không?</legend>${radio('was', WAS, finding?.wasEmergency)}</fieldset>
<fieldset><legend>Người ấy đã được giúp chưa?</legend>${radio('helped', HELPED, finding?.helped)}</fieldset>
<fieldset><legend>Điều gì chậm hoặc sót? (chọn nếu có)</legend>${Object.entries(MISSED).map(
      ([value, label]) =>
        html`<label class="check"><input type="checkbox" name="missed" value="${value}" ${finding?.missed.includes(value) ? 'checked' : ''}> ${label}</label>`,
    )}</fieldset>
<details ${lines.some(({ level }) => level !== null) ? html`open` : ''}><summary>Dòng nào máy hiểu sai?</summary>
<p class="small">Chọn mức đáng lẽ phải hiểu. Dòng đã chọn chỉ rời khỏi đây sau khi phụ trách bỏ hết danh tính.</p>
<ul class="tickets">${lines.map(
      ({ id, text, at, level }) =>
        html`<li><p>${text} <span class="meta">${clock(at, now)}</span></p><p class="field"><label for="level-${id}">Đáng lẽ là</label><select id="level-${id}" name="level-${id}"><option value="">máy hiểu đúng</option>${Object.entries(LEVEL).map(([value, label]) => html`<option value="${value}" ${value === level ? 'selected' : ''}>${label}</option>`)}</select></p></li>`,
    )}</ul></details>
<p class="field"><label for="note">Ghi thêm (không bắt buộc, chỉ cán bộ đọc)</label>
<textarea id="note" name="note" rows="3" maxlength="2000">${view.note}</textarea></p>
<button>Lưu</button>
</form>`,
  })
}

/** A stretch of time as people say it. */
function span(ms: number): string {
  if (ms < 60_000) return `${Math.max(0, Math.round(ms / 1000))} giây`
  const minutes = Math.round(ms / 60_000)
  return minutes < 120 ? `${minutes} phút` : `${Math.round(minutes / 60)} giờ`
}
