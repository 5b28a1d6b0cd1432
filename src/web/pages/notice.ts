import { html } from 'hono/html'
import type { Markup } from './layout.ts'

/** Who runs this installation, as people are told before they write. */
export interface Operator {
  name: string
  /** What kind of body it is, in words: people have a right to know whether it is the police. */
  type: string
  /** Who can read messages, in words. */
  readers: string
}

/** What a person must know before the first word: said first, and short enough to be read. */
export function noticeInShort(operator: Operator): Markup {
  return html`<ul class="facts">
<li>Đây là kênh của <b>${operator.name}</b> (${operator.type}). <b>Máy trả lời tự động</b>; người đọc được là <b>${operator.readers}</b>.</li>
<li><b>Không cần</b> tên, số điện thoại hay địa chỉ.</li>
<li><b>Không thể hứa giữ bí mật tuyệt đối</b>: khi tính mạng bị đe doạ, trẻ em gặp nguy hiểm, hoặc cơ quan có thẩm quyền yêu cầu đúng luật, điều bạn gửi có thể phải được cung cấp.</li>
<li>Gõ <b>XOÁ</b> hoặc <b>DỪNG</b> bất cứ lúc nào.</li>
</ul>`
}

/** The rest of the notice: what enrolling means, what not to send, and what this device remembers. */
export function noticeInFull(): Markup {
  return html`<ul class="facts">
<li>Nếu bạn đăng ký cai nghiện hoặc điều trị, thủ tục sẽ đi qua Công an xã/phường. Pháp luật hiện có thể xử lý hình sự việc dùng lại ma túy trong một số trường hợp khi đang cai, đang điều trị thay thế hoặc đang quản lý sau cai.</li>
<li>Xin đừng gửi ở đây tên người bán, nơi bán. Muốn báo tin tội phạm, hãy báo thẳng cho công an.</li>
<li>Trang này không lưu những gì bạn gõ vào máy của bạn. Trình duyệt chỉ giữ một mã tạm để nhận ra cuộc trò chuyện; bấm <b>Thoát nhanh</b> là mất mã, và bạn không mở lại được cuộc trò chuyện này nữa. Rời trang không xoá tin đã gửi: muốn xoá, hãy gõ <b>XOÁ</b> trước.</li>
<li>Lịch sử trình duyệt vẫn ghi là máy này đã mở trang. Nếu dùng chung máy, bạn nên mở bằng thẻ ẩn danh.</li>
</ul>`
}
