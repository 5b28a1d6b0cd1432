import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'

/** The laws and papers that texts rest on; those that end come with what is still to be looked at. */
export function lawsPage(view: {
  reader: Reader
  items: readonly { id: string; title: string; end: string | null; texts: number; open: number }[]
}): Markup {
  return deskPage({
    reader: view.reader,
    tab: 'content',
    self: null,
    main: html`<p><a class="back" href="/desk/noi-dung">← Nội dung</a></p><h1>Luật và nguồn</h1>
<p class="small">Luật đổi: mở luật ấy, ghi ngày cuối còn hiệu lực. Từ hôm sau, bài nào chưa kiểm tra lại sẽ tự nói điều đó ở câu đầu tiên.</p>
<ul class="tickets">${view.items.map(({ id, title, end, texts, open }) => html`<li class="visit"><a href="/desk/nguon/${id}"><span class="title"><b>${title}</b></span><span class="meta">${texts} lời dựa vào</span>${end === null ? '' : html`<span class="meta${open > 0 ? ' late' : ''}">hiệu lực đến hết ${end} · ${open > 0 ? `còn ${open} lời phải xem` : 'đã xem hết'}</span>`}</a></li>`)}</ul>`,
  })
}

export interface LawTask {
  href: string | null
  title: string
  what: string
  checked: string
  done: boolean
}

/** One source: when it ends, and the texts that rest on it as a list of tasks. */
export function lawPage(view: {
  reader: Reader
  path: string
  title: string
  written: string | null
  said: string
  end: string | null
  ended: boolean
  tasks: readonly LawTask[]
  mayWrite: boolean
  problem: string | null
}): Markup {
  const open = view.tasks.filter(({ done }) => !done).length
  return deskPage({
    reader: view.reader,
    tab: 'content',
    self: null,
    main: html`<div class="desk-one"><p><a class="back" href="/desk/nguon">← Luật và nguồn</a></p>${notice(view.problem)}
<h1>${view.title}</h1>
<p class="small">${view.written === null ? 'Bản phát hành ghi: còn hiệu lực.' : `Bản phát hành ghi: hiệu lực đến hết ${view.written}.`}</p>
${view.end === null ? '' : html`<p class="${view.ended ? 'notice' : 'small'}">${view.ended ? `Đã hết hiệu lực sau ${view.end}.` : `Hiệu lực đến hết ${view.end}.`} ${open > 0 ? `Còn ${open} lời phải xem; bài nào chưa xem thì máy tự nói ở câu đầu.` : 'Mọi lời dựa vào đã được xem sau ngày ấy.'}</p>`}
${view.mayWrite ? html`<form method="post" action="${view.path}"><p class="field"><label for="until">Ngày cuối còn hiệu lực (để trống: như bản phát hành)</label><input id="until" name="until" type="date" value="${view.said}"></p><button>Lưu</button></form>` : ''}
<h2>Việc phải xem <span class="count">${view.end === null ? view.tasks.length : open}</span></h2>
<ul class="tickets">${view.tasks.map(({ href, title, what, checked, done }) => {
      const inside = html`<span class="title">${done ? '☑' : '☐'} <b>${title}</b></span><span class="meta">${what} · kiểm tra ${checked}</span>`
      return html`<li class="visit">${href === null ? html`<span>${inside}</span>` : html`<a href="${href}">${inside}</a>`}</li>`
    })}</ul>
<p class="small">Sửa xong một bài thì đổi ngày kiểm tra: bài ấy tự rời danh sách. Giấy tờ, thời hạn và câu mẫu nằm trong bản phát hành.</p></div>`,
  })
}
