import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { deskPage, type Reader } from './frame.ts'
import { origin, type ReplyChoice } from './reply-picker.ts'

/** All approved replies, to read and to find. */
export function repliesPage(view: { reader: Reader; search: string; found: readonly ReplyChoice[] }): Markup {
  return deskPage({
    reader: view.reader,
    tab: 'replies',
    self: '/desk/replies',
    main: html`<h1>Câu mẫu <span class="count">${view.found.length}</span></h1>
<form method="get" action="/desk/replies" class="row find"><label class="unseen" for="tim">Tìm câu, gõ không dấu cũng được</label><input id="tim" name="tim" type="search" value="${view.search}" maxlength="100" placeholder="Tìm, gõ không dấu cũng được"> <button class="second">Tìm</button></form>
${view.found.length === 0 ? html`<p class="small">Không có câu nào khớp. Bạn thử từ khác.</p>` : html`<ul class="replies">${view.found.map((one) => html`<li><p><b>${one.title}</b></p><p class="words">${one.text}</p>${origin(one)}</li>`)}</ul>`}`,
  })
}
