import { html } from 'hono/html'
import { layout, type Markup } from './layout.ts'

/** A button before the one-time link is used up, so that a preview of the link does not spend it. */
export function setupPage(token: string): Markup {
  return layout({
    kind: 'desk',
    script: false,
    body: html`<main class="desk-one">
<h1>Mở danh sách chờ</h1>
<p>Đường dẫn này chỉ dùng một lần và mở danh sách chờ trên máy này trong 12 giờ.</p>
<form method="post" action="/desk/setup"><input type="hidden" name="token" value="${token}"><button>Mở trên máy này</button></form>
</main>`,
  })
}
