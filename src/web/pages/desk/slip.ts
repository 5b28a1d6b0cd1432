import { html, raw } from 'hono/html'
import { layout, type Markup } from '../layout.ts'

/** A slip for the printer: black on white, and not a word of what this is or whose it is. */
export function slipPage(view: {
  back: string
  shown: string
  until: string
  /** Where the web chat is, to be typed. */
  address: string
  web: string
  telegram: string | null
}): Markup {
  return layout({
    kind: 'desk',
    script: 'desk',
    body: html`<main class="desk-one" id="noi-dung" data-self="${view.back}">
<div class="no-print"><p><a class="back" href="${view.back}">Về hồ sơ</a></p>
<p class="notice" role="status">Mã chỉ hiện một lần, ngay lúc này. Bạn in hoặc chép lại trước khi rời trang.</p>
<p><button type="button" data-print hidden>In</button> <span class="small">Hoặc dùng mục In của trình duyệt; khổ A6 hay giấy hoá đơn đều được.</span></p></div>
<section class="slip" aria-label="Phiếu">
<p class="slip-name">Đồng Hành</p>
<div class="slip-codes"><figure>${raw(view.web)}<figcaption>Web</figcaption></figure>${view.telegram === null ? '' : html`<figure>${raw(view.telegram)}<figcaption>Telegram</figcaption></figure>`}</div>
<p>Nhắn mã này</p><p class="slip-code">${view.shown}</p>
<p class="slip-small">Web: ${view.address}<br>Zalo: nhắn mã này</p>
<p class="slip-small">Đến hết ngày ${view.until} · dùng một lần</p>
</section></main><footer id="tien-ich" hidden></footer>`,
  })
}
