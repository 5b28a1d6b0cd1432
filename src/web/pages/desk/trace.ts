import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

/** Somebody did not come: a human looks how they are, and writes down what was tried. */
export function tracePage(view: {
  reader: Reader
  path: string
  formId: string
  code: string
  facts: readonly (readonly [name: string, value: string])[]
  mayVisit: boolean
  steps: readonly Choice[]
  person: { href: string; words: string } | null
  visit: string
  due: string
  today: string
  draft: { step: string; note: string; due: string }
  message: string | null
}): Markup {
  const { path, formId, facts, steps, draft, person } = view
  return deskPage({
    reader: view.reader,
    tab: 'visits',
    self: null,
    main: html`<p><a class="back" href="/desk">← Hôm nay</a></p>${notice(view.message)}
<h1>Tìm hiểu người lỡ hẹn · ${view.code}</h1>
<dl class="answers">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd><b>${value}</b></dd></div>`)}</dl>
<p class="notice" role="note">Hỏi thăm, đừng trách. Không nhắn lý do hẹn cho ai khác. ${view.mayVisit ? 'Người ấy đã đồng ý cho đến nhà.' : html`Người ấy <b>chưa đồng ý</b> cho đến nhà.`}</p>
<p>${person === null ? '' : html`<a class="more" href="${person.href}">${person.words}</a> · `}<a class="more" href="/desk/lich/${view.visit}">Lịch đã lỡ</a></p>
<form method="post" action="${path}" autocomplete="off"><input type="hidden" name="id" value="${formId}">
<p class="field"><label for="step">Vừa làm gì</label><select id="step" name="step" required><option value="">Chọn…</option>${steps.map(({ value, label }) => html`<option value="${value}"${value === draft.step ? html` selected` : ''}>${label}</option>`)}</select></p>
<p class="field"><label for="due">Lần tới tìm hiểu vào ngày (khi chưa gặp được)</label><input id="due" name="due" type="date" min="${view.today}" value="${draft.due}"></p>
<p class="field"><label for="note">Ghi chú (không bắt buộc), chỉ cán bộ đọc</label><textarea id="note" name="note" rows="3" maxlength="2000">${draft.note}</textarea></p>
<button>Ghi lại</button></form>`,
  })
}
