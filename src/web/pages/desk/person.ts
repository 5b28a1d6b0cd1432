import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'

export interface PersonView {
  reader: Reader
  code: string
  back: string
  /** What stands now, in a few words, each with its page. */
  now: readonly { name: string; value: string; href: Markup | string | null }[]
  /** What may be done next, where this reader may do it. */
  ways: readonly { href: Markup | string; words: string }[]
  lines: readonly { when: string; words: string; href: string | null }[]
  note: string | null
}

/** One person on one page: what stands, what can be done, and everything that happened, without a word of theirs. */
export function personPage(view: PersonView): Markup {
  return deskPage({
    reader: view.reader,
    tab: null,
    self: null,
    main: html`<p><a class="back" href="${view.back}">← Quay lại</a></p>${notice(view.note)}
<h1>Người này · ${view.code}</h1>
<p class="small">Những gì người ấy đã đồng ý cho giữ. Tên, số, lời nhắn và ghi chú không có ở đây: mở từng trang để xem, mỗi lần xem đều được ghi lại.</p>
<div class="two"><div>
<dl class="answers">${view.now.map(({ name, value, href }) => html`<div><dt>${name}</dt><dd>${href === null ? html`<b>${value}</b>` : html`<a class="more" href="${href}">${value}</a>`}</dd></div>`)}</dl>
<h2>Đã qua</h2>
${view.lines.length === 0 ? html`<p class="small">Chưa có gì.</p>` : html`<ol class="plain">${view.lines.map(({ when, words, href }) => html`<li><span class="meta">${when}</span> ${href === null ? words : html`<a class="more" href="${href}">${words}</a>`}</li>`)}</ol>`}
</div><aside class="side" aria-label="Việc với người này">${view.ways.map(({ href, words }) => html`<p><a class="more" href="${href}">${words}</a></p>`)}</aside></div>`,
  })
}
