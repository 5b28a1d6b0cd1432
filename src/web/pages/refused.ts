import { html } from 'hono/html'
import type { StaffMember } from '../../engine/staff.ts'
import { deskPage } from './desk-top.ts'
import type { Markup } from './layout.ts'

/** Said to somebody who signed in well and whose roles do not open this. */
export function refusedPage(member: StaffMember): Markup {
  const why =
    member.affiliation === 'cong_an'
      ? 'Cán bộ công an chỉ xem được khi người nhắn đã tự chọn mình. Hiện chưa có ai chọn bạn ở đây.'
      : 'Vai trò của bạn không mở được trang này. Nếu công việc cần đến, hãy trao đổi với phụ trách điểm.'
  return deskPage(
    member,
    html`<h1>Bạn không xem được phần này</h1><p>${why}</p><p class="small">Lần mở này đã được ghi vào nhật ký truy cập.</p>`,
  )
}
