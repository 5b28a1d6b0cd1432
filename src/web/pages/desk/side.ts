import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { type ContactDraft, contactForm } from './contact-form.ts'

export interface Choice {
  value: string
  label: string
}

/** What can be done beside writing: answers given, notes, transfer, and the two ways to let go. */
export interface SideView {
  path: string
  formId: string
  answers: readonly { name: string; question: string; value: string | null }[]
  colleagues: readonly Choice[]
  points: readonly Choice[]
  outcomes: readonly Choice[]
  /** Held by somebody else: only notes and answers. */
  others: boolean
  /** This reader holds it. */
  mine: boolean
  drafts: { note: string; transferNote: string }
  /** A call or a visit to record. */
  contact: { draft: ContactDraft; open: boolean; today: string; nextWords: string }
  /** The record this chat was joined to. */
  record: { href: string; code: string } | null
  /** Their appointments, and the way to a new one. */
  visits: Markup
}

export function sideColumn(view: SideView): Markup {
  return html`<aside class="side" aria-label="Thông tin và việc khác">
${joined(view)}
${answers(view)}
${view.visits}
${contactForm({ path: view.path, formId: view.formId, ...view.contact })}
${noteForm(view)}
${view.others ? '' : html`${transferForm(view)}${handBackForm(view)}${closeForm(view)}`}
</aside>`
}

function joined({ record }: SideView): Markup {
  if (record === null) return html``
  return html`<p class="notice" role="note">Cuộc này <b>đã nối</b> với <a href="${record.href}">hồ sơ khách ${record.code}</a>. Ai cầm phiếu cũng nối được: hãy hỏi lại cho chắc là đúng người trước khi nhắc chuyện cũ.</p>`
}

/** The draft of a reply travels with the press, so that looking at an answer loses nothing. */
function answers({ path, answers, others }: SideView): Markup {
  if (answers.length === 0) return html``
  const inForm = others ? html`` : html` form="tra-loi" formaction="${path}/reveal" formnovalidate`
  const button = (name: string, question: string) =>
    html`<button class="second small-button"${inForm} name="answer" value="${name}" aria-label="Hiện: ${question}">Hiện</button>`
  const list = html`<dl class="answers">${answers.map(
    ({ name, question, value }) =>
      html`<div><dt>${question}</dt><dd>${value === null ? html`<span aria-hidden="true">••••</span> ${button(name, question)}` : html`<b>${value}</b>`}</dd></div>`,
  )}</dl>`
  return html`<section id="cau-tra-loi"><h2>Đã trả lời máy</h2>
<p class="small">Bấm “Hiện” để xem từng câu. Mỗi lần xem đều được ghi lại.</p>
${others ? html`<form method="post" action="${path}/reveal">${list}</form>` : list}</section>`
}

function noteForm({ path, formId, drafts }: SideView): Markup {
  return html`<details id="ghi-chu"${drafts.note === '' ? '' : html` open`}><summary>Ghi chú riêng</summary>
<form method="post" action="${path}/note" autocomplete="off"><input type="hidden" name="id" value="${formId}">
<label for="note">Chỉ cán bộ đọc, người nhắn không bao giờ thấy</label>
<textarea id="note" name="note" rows="3" maxlength="2000" required>${drafts.note}</textarea>
<button class="second">Lưu ghi chú</button></form></details>`
}

function transferForm({ path, formId, colleagues, points, drafts }: SideView): Markup {
  const group = (label: string, choices: readonly Choice[]) =>
    choices.length === 0
      ? html``
      : html`<optgroup label="${label}">${choices.map(({ value, label: name }) => html`<option value="${value}">${name}</option>`)}</optgroup>`
  return html`<details id="chuyen"${drafts.transferNote === '' ? '' : html` open`}><summary>Chuyển cho người khác</summary>
<form method="post" action="${path}/transfer" autocomplete="off"><input type="hidden" name="id" value="${formId}">
<label for="to">Chuyển cho</label>
<select id="to" name="to" required><option value="">Chọn…</option>${group('Đồng nghiệp', colleagues)}${group('Điểm khác', points)}<option value="above">Tuyến trên</option></select>
<label for="transfer-note">Lời nhắn cho người nhận: đã nói gì, người nhắn cần gì, điều cần tránh</label>
<textarea id="transfer-note" name="note" rows="3" maxlength="2000">${drafts.transferNote}</textarea>
<button class="second">Chuyển</button></form></details>`
}

function handBackForm({ path, formId, mine }: SideView): Markup {
  if (!mine) return html``
  return html`<details id="tra-lai"><summary>Trả lại cho máy</summary>
<form method="post" action="${path}/hand-back"><input type="hidden" name="id" value="${formId}">
<p class="small">Máy hỏi tiếp câu đang dở trước khi bạn vào.</p>
<button class="second">Trả lại cho máy</button></form></details>`
}

function closeForm({ path, formId, outcomes }: SideView): Markup {
  return html`<details id="ket-thuc"><summary>Kết thúc</summary>
<form method="post" action="${path}/close"><input type="hidden" name="id" value="${formId}">
<label for="outcome">Kết quả</label>
<select id="outcome" name="outcome" required><option value="">Chọn…</option>${outcomes.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}</select>
<button class="second">Kết thúc</button></form></details>`
}
