import { html } from 'hono/html'
import type { Markup } from '../layout.ts'

export interface ReplyChoice {
  id: string
  title: string
  text: string
  keywords: readonly string[]
  /** Titles of what it rests on. */
  source: string
  asOf: string
  /** Has somebody of the profession signed it. */
  signed: boolean
  reviewBy: string
  /** Past its review date: still usable, said plainly. */
  overdue: boolean
}

/** Approved replies beside the text field: found by words without marks, put into the text, never sent by themselves. */
export function replyPicker(
  path: string,
  { search, found }: { search: string; found: readonly ReplyChoice[] },
): Markup {
  return html`<details id="cau-mau"${search === '' ? '' : html` open`}><summary>Chèn câu mẫu</summary>
<label for="tim">Tìm câu, gõ không dấu cũng được</label>
<div class="row find"><input id="tim" name="tim" value="${search}" maxlength="100" type="search"> <button class="second" formaction="${path}/draft" formnovalidate>Tìm</button></div>
${found.length === 0 ? html`<p class="small">Không có câu nào khớp. Bạn thử từ khác.</p>` : html`<ul class="replies" id="ds-cau">${found.map((one) => choice(path, one))}</ul>`}
</details>`
}

function choice(path: string, one: ReplyChoice): Markup {
  return html`<li data-text="${one.text}" data-words="${one.keywords.join(' ')}"><p><b>${one.title}</b></p><p class="words">${one.text}</p>${origin(one)}
<button class="second" formaction="${path}/draft" formnovalidate name="chen" value="${one.id}" aria-label="Chèn: ${one.title}">Chèn</button></li>`
}

export function origin(one: ReplyChoice): Markup {
  return html`<p class="meta">Nguồn: ${one.source} · ${one.signed ? `duyệt ${one.asOf}` : `soạn ${one.asOf}, chưa có chữ ký chuyên môn`} · xem lại trước ${one.reviewBy}${one.overdue ? html` · <b>đã quá hạn xem lại</b>` : ''}</p>`
}
