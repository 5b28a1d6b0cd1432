import { html } from 'hono/html'
import { layout, type Markup } from '../layout.ts'

/** The session ended while somebody wrote: their words come back, nothing else is shown. */
export function signedOutPage(draft: string): Markup {
  return layout({
    kind: 'desk',
    script: false,
    body: html`<main class="desk-one">
<h1>Phiên làm việc đã hết</h1>
<p>Việc bạn vừa làm <b>chưa được thực hiện</b>. Bạn đăng nhập lại, rồi làm lại.</p>
${draft === '' ? '' : html`<label for="text">Lời chưa gửi, bạn chép lại trước khi rời trang này</label><textarea id="text" rows="8" readonly>${draft}</textarea>`}
<p><a class="button" href="/desk">Vào lại</a></p>
</main>`,
  })
}
