import { html } from 'hono/html'
import type { Level } from '../../../store/reviews.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import { LEVEL } from './review.ts'

export interface MissForm {
  id: string
  level: Level
  intent: string
  /** With what could lead to a person replaced; a human corrects it. */
  text: string
  take: boolean
}

/** The last look before lines leave the house. */
export function missesPage(view: { reader: Reader; lines: readonly MissForm[]; problem: string | null }): Markup {
  const { lines } = view
  return deskPage({
    reader: view.reader,
    tab: null,
    self: null,
    main: html`<p><a class="back" href="/desk/reviews">← Xem lại</a></p>
<h1>Xuất các dòng máy hiểu sai <span class="count">${lines.length}</span></h1>
${notice(view.problem)}
<p>Máy đã thay số, tên, nơi chốn bằng chỗ trống. <b>Hãy đọc từng dòng</b> và sửa thứ gì còn có thể chỉ ra một người, rồi mới chọn. Dòng không chọn thì ở lại.</p>
${
  lines.length === 0
    ? html`<p>Không có dòng nào.</p>`
    : html`<form method="post" action="/desk/misses" autocomplete="off"><ul class="tickets">${lines.map(
        ({ id, level, intent, text, take }) => html`<li>
<p class="field"><label for="text-${id}">Lời, đáng lẽ là <b>${LEVEL[level]}</b></label><textarea id="text-${id}" name="text-${id}" rows="2">${text}</textarea></p>
<p class="field"><label for="intent-${id}">Ý định</label><input id="intent-${id}" name="intent-${id}" value="${intent}" autocapitalize="none" spellcheck="false"></p>
<label class="check"><input type="checkbox" name="take-${id}" value="co" ${take ? 'checked' : ''}> Tôi đã đọc: dòng này không chỉ ra ai</label></li>`,
      )}</ul>
<button>Tải tệp xuống</button></form>`
}`,
  })
}
