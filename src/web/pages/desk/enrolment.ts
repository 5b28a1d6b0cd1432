import { html } from 'hono/html'
import { choice } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'
import { type CallbackView, callLine } from './ticket-row.ts'

export interface EnrolmentItem {
  id: string
  code: string
  form: string
  state: string
  since: string
  /** The clock that ends first. */
  clock: { words: string; late: boolean } | null
  urgent: boolean
  /** It waits for the person's yes to another point. */
  asked: boolean
}

/** Requests that go on, those that ended of late, and the receipts of what went from one point to another. */
export function enrolmentsPage(view: {
  reader: Reader
  open: readonly EnrolmentItem[]
  ended: readonly EnrolmentItem[]
  receipts: readonly { code: string; words: string }[]
  done: string | null
}): Markup {
  const { open, ended, receipts } = view
  return deskPage({
    reader: view.reader,
    tab: 'enrolments',
    self: null,
    main: html`${notice(view.done, 'done')}<h1>Đăng ký <span class="count">${open.length}</span></h1>
<p class="small">Yêu cầu được giúp đi cai, đi điều trị. Tên chỉ hiện khi mở và bấm xem; mỗi lần xem đều được ghi lại. Ở đây không ghi ai dùng gì.</p>
${open.length === 0 ? html`<p class="small">Chưa có yêu cầu nào đang mở.</p>` : html`<ul class="tickets">${open.map(item)}</ul>`}
${ended.length === 0 ? '' : html`<details><summary>Đã xong trong 30 ngày <span class="count">${ended.length}</span></summary><ul class="tickets">${ended.map(item)}</ul></details>`}
${receipts.length === 0 ? '' : html`<details><summary>Biên nhận chuyển điểm <span class="count">${receipts.length}</span></summary><ul class="plain">${receipts.map(({ code, words }) => html`<li><b>${code}</b> <span class="meta">${words}</span></li>`)}</ul></details>`}`,
  })
}

function item(one: EnrolmentItem): Markup {
  return html`<li class="visit"><a href="/desk/dang-ky/${one.id}"><span class="title"><b>${one.code}</b> · ${one.state}${one.urgent ? html` · <b class="late">cần hôm nay</b>` : ''}${one.asked ? ' · đang hỏi ý về chuyển điểm' : ''}</span>
<span class="meta">${one.form} · ${one.since}</span>${one.clock === null ? '' : html`<span class="meta${one.clock.late ? ' late' : ''}">${one.clock.words}</span>`}</a></li>`
}

export interface EnrolmentView {
  reader: Reader
  path: string
  formId: string
  code: string
  state: string
  over: boolean
  facts: readonly {
    name: string
    value: string /** Covered: the name of the answer that a press uncovers. */
    covered: string | null
  }[]
  callback: CallbackView | null
  /** Where the number is uncovered and the call written down. */
  callPath: string
  person: { href: string; words: string } | null
  clocks: readonly { words: string; rests: string; late: boolean }[]
  papers: readonly { id: string; title: string; rests: string; done: boolean }[]
  asOf: string
  steps: readonly { words: string; when: string; note: string | null }[]
  consents: readonly { words: string; when: string; ended: string | null; text: string }[]
  states: readonly Choice[]
  points: readonly Choice[]
  /** The point that waits for the person's yes. */
  transferTo: string | null
  mayWrite: boolean
  /** How an address names them, for an appointment. */
  query: Markup | string
  draft: string
  message: string | null
  done: string | null
}

/** One request: what the person said, what runs, what was done, and what can be done. */
export function enrolmentPage(view: EnrolmentView): Markup {
  const { path, formId } = view
  return deskPage({
    reader: view.reader,
    tab: 'enrolments',
    self: null,
    main: html`<p><a class="back" href="/desk/dang-ky">← Đăng ký</a></p><div class="two"><div>${notice(view.done, 'done')}${notice(view.message)}
<h1>${view.code} · ${view.state}</h1>
<dl class="answers">${view.facts.map(({ name, value, covered }) => html`<div><dt>${name}</dt><dd>${covered === null ? html`<b>${value}</b>` : html`<form method="post" action="${path}/reveal"><input type="hidden" name="answer" value="${covered}"><button class="second">Hiện</button></form>`}</dd></div>`)}</dl>
${view.callback === null ? '' : callLine(view.callback, view.callPath)}
${view.person === null ? '' : html`<p><a class="more" href="${view.person.href}">${view.person.words}</a></p>`}
${view.clocks.length === 0 ? '' : html`<h2>Thời hạn</h2><ul class="plain">${view.clocks.map(({ words, rests, late }) => html`<li class="${late ? 'late' : ''}">${words} <span class="meta">(${rests})</span></li>`)}</ul>`}
<h2>Giấy tờ</h2>
<p class="small">Theo cấu hình ngày ${view.asOf}. Người ấy tự đánh dấu ở nhà, hoặc bạn đánh dấu khi thấy bản giấy. Không giữ ảnh giấy tờ.</p>
<ul class="plain">${view.papers.map(({ id, title, rests, done }) => html`<li>${view.mayWrite && !view.over ? html`<form method="post" action="${path}/giay"><input type="hidden" name="id" value="${formId}-${id}"><input type="hidden" name="paper" value="${id}"><button class="tick" aria-pressed="${done}"><span aria-hidden="true">${done ? '☑' : '☐'}</span> ${title} <span class="meta">(${rests})</span></button></form>` : html`${done ? '☑' : '☐'} ${title} <span class="meta">(${rests})</span>`}</li>`)}</ul>
<h2>Từng bước</h2>
<ol class="plain">${view.steps.map(({ words, when, note }) => html`<li><b>${words}</b> <span class="meta">${when}</span>${note === null ? '' : html`<br><span class="small">${note}</span>`}</li>`)}</ol>
<h2>Đã đồng ý những gì</h2>
<ul class="plain">${view.consents.map((one) => html`<li><b>${one.words}</b> <span class="meta">${one.when}${one.ended === null ? '' : ` · ${one.ended}`}</span><details><summary>Lời đã đọc</summary><p class="small pre">${one.text}</p></details></li>`)}</ul>
</div>
<aside class="side" aria-label="Việc với yêu cầu này">${view.over || !view.mayWrite ? '' : actions(view)}
<p><a class="more" href="${path}/phieu">Phiếu tóm tắt để in</a></p>${view.mayWrite ? html`<p><a class="more" href="/desk/nguoi?${view.query}">Trang của người này</a></p>` : ''}</aside></div>`,
  })
}

function actions({ path, formId, states, points, transferTo, query, draft }: EnrolmentView): Markup {
  return html`<section><h2>Ghi bước tiếp</h2>
<form method="post" action="${path}/buoc"><input type="hidden" name="id" value="${formId}-buoc">
${choice({ name: 'to', label: 'Đến bước', of: states })}
<p class="field"><label for="note">Ghi chú (không ghi ai dùng gì)</label><textarea id="note" name="note" rows="3" maxlength="1000">${draft}</textarea></p>
<button>Ghi</button></form></section>
<p class="apart"><a class="button" href="/desk/lich/moi?${query}">Hẹn một buổi gặp</a></p>
<details id="chuyen"><summary>Chuyển sang điểm khác</summary>
${transferTo === null ? '' : html`<p class="small">Đang chờ người ấy trả lời về: <b>${transferTo}</b>.</p>`}
<p class="small">Chỉ chuyển khi người ấy đồng ý. Máy hỏi họ bằng lời kín; hoặc bạn đọc cho họ nghe rồi ghi là họ đã nói đồng ý. Điểm này sau đó chỉ còn một biên nhận không tên.</p>
<form method="post" action="${path}/chuyen"><input type="hidden" name="id" value="${formId}-chuyen">
${choice({ name: 'to', label: 'Điểm nhận', of: points })}
<label class="check"><input type="checkbox" name="heard" value="yes"> Người ấy vừa nói đồng ý với tôi</label>
<button class="second">Hỏi ý hoặc chuyển</button></form></details>`
}
