import { html } from 'hono/html'
import { layout, type Markup } from '../layout.ts'

/** Somebody's own plan for the printer, while they share it: no name, no code, no word of what this house is. */
export function ownPlanPage(view: {
  back: Markup | string
  parts: readonly { label: string; text: string }[]
  changed: string
}): Markup {
  return layout({
    kind: 'desk',
    script: 'desk',
    body: html`<main class="desk-one" id="noi-dung">
<div class="no-print"><p><a class="back" href="${view.back}">Về trang đồng hành</a></p>
<p class="small">Kế hoạch là của người ấy. In thì trao cho chính họ; họ thôi chia sẻ thì huỷ bản đang giữ.</p>
<p><button type="button" data-print hidden>In</button> <span class="small">Hoặc dùng mục In của trình duyệt.</span></p></div>
<h1>Kế hoạch của tôi</h1>
<dl class="answers">${view.parts.map(({ label, text }) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>
<p class="small">Sửa lần cuối ${view.changed}</p>
</main><footer id="tien-ich" hidden></footer>`,
  })
}
