import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { deskPage, type Reader } from './frame.ts'

/** The ticket is over, or not for this reader; what was being written is given back. */
export function gonePage(view: { reader: Reader; draft: string }): Markup {
  return deskPage({
    reader: view.reader,
    tab: null,
    self: '/desk',
    main: html`<h1>Cuộc này không còn mở</h1>
<p>Cuộc này đã kết thúc, đã trả lại cho máy, hoặc không dành cho tài khoản của bạn. Nếu người đó nhắn lại, một cuộc mới sẽ hiện trong hàng chờ.</p>
${view.draft === '' ? '' : html`<p class="notice" role="alert">Lời dưới đây <b>chưa được gửi</b>. Bạn chép lại nếu còn cần.</p><label for="text">Lời chưa gửi</label><textarea id="text" rows="6" readonly>${view.draft}</textarea>`}
<p><a class="button" href="/desk">Về Hôm nay</a></p>`,
  })
}

/** The record was erased, or never was; what was being written is given back. */
export function goneRecordPage(reader: Reader, draft: string): Markup {
  return deskPage({
    reader,
    tab: 'people',
    self: '/desk/people',
    main: html`<h1>Không có hồ sơ này</h1>
<p>Hồ sơ đã được xoá theo ý người ấy, đã hết hạn giữ, hoặc đường dẫn chưa đúng.</p>
${draft === '' ? '' : html`<p class="notice" role="alert">Lời dưới đây <b>chưa được lưu</b>.</p><label for="text">Lời chưa lưu</label><textarea id="text" rows="6" readonly>${draft}</textarea>`}
<p><a class="button" href="/desk/people">Về Khách đến</a></p>`,
  })
}

/** The appointment is over, was erased, or is not for this reader; what was being written is given back. */
export function goneVisitPage(reader: Reader, draft: string): Markup {
  return deskPage({
    reader,
    tab: 'visits',
    self: null,
    main: html`<h1>Không mở được lịch này</h1>
<p>Lịch hay cuộc này không còn mở, đã được xoá, hoặc không dành cho tài khoản của bạn.</p>
${draft === '' ? '' : html`<p class="notice" role="alert">Lời dưới đây <b>chưa được lưu</b>.</p><label for="text">Lời chưa lưu</label><textarea id="text" rows="6" readonly>${draft}</textarea>`}
<p><a class="button" href="/desk/lich">Về Lịch hẹn</a></p>`,
  })
}
