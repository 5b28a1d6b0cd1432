import { html } from 'hono/html'
import { ACTION_WORDS } from '../../app/permission-page.ts'
import type { StaffMember } from '../../engine/staff.ts'
import type { AuditRow } from '../../store/audit.ts'
import { deskPage } from './desk-top.ts'
import type { Markup } from './layout.ts'
import { clock } from './line-text.ts'

/** Actions that are no permission: what happens to accounts and sessions, and what was refused. */
const OTHER: Readonly<Record<string, string>> = {
  refused: 'Bị từ chối',
  sign_in: 'Đăng nhập',
  'sign_in.failed': 'Đăng nhập sai',
  sign_out: 'Thoát',
  proof: 'Nhập lại mật khẩu',
  'proof.failed': 'Nhập lại mật khẩu sai',
  'second.set': 'Cài mã xác thực',
  'second.passed': 'Qua mã xác thực',
  'second.recovered': 'Vào bằng mã khôi phục',
  'second.failed': 'Mã xác thực sai',
  'codes.renewed': 'Tạo mã khôi phục mới',
  'account.made': 'Tạo tài khoản',
  'password.changed': 'Đổi mật khẩu',
  'password.reset': 'Đặt lại mật khẩu bằng đường dẫn',
  'staff.uninvite': 'Thu hồi lời mời',
  'staff.place': 'Đổi nơi làm việc, cơ quan của cán bộ',
  'languages.changed': 'Khai tiếng nói được',
  'greeting.put': 'Lưu lời chào ghi âm',
  'greeting.removed': 'Bỏ lời chào ghi âm',
  'name.changed': 'Đổi tên gọi của mình',
  'session.revoked': 'Đăng xuất một nơi',
  'staff.list': 'Xem danh sách cán bộ',
  'voice.played': 'Nghe tin thoại',
  'person.read': 'Xem trang của một người',
  'enrolment.printed': 'In phiếu tóm tắt của một yêu cầu',
  'phone.unlinked': 'Ngắt điện thoại',
  'phone.code': 'Xin mã liên kết điện thoại',
}

/** Who did or read what, newest first. */
export function auditPage(view: {
  member: StaffMember
  rows: readonly AuditRow[]
  staff: readonly StaffMember[]
  /** The member whose rows are shown, or null for all. */
  only: string | null
  older: string | null
  now: number
}): Markup {
  const { member, rows, staff, only, older, now } = view
  const nameOf = (id: string) => staff.find((one) => one.id === id)?.shownAs ?? id
  return deskPage(
    member,
    html`<h1>Nhật ký truy cập</h1>
<p class="small">Mỗi lần mở một cuộc trò chuyện và mỗi việc làm đều được ghi lại. Nhật ký không chứa lời của người nhắn.</p>
<form method="get" action="/desk/audit"><p class="field"><label for="ai">Của ai</label>
<select id="ai" name="ai"><option value="">Tất cả</option>${staff.map((one) => html`<option value="${one.id}" ${one.id === only ? 'selected' : ''}>${one.shownAs ?? one.id}</option>`)}</select></p>
<button class="second">Xem</button></form>
<ul class="tickets">${rows.map(
      (
        row,
      ) => html`<li><p><b>${nameOf(row.staff)}</b> · ${(ACTION_WORDS as Record<string, string>)[row.action] ?? OTHER[row.action] ?? row.action}<br>
<span class="meta">${clock(row.at, now)}${row.contact === null ? '' : html` · người nhắn ${row.contact.slice(0, 8)}`}${row.about === null ? '' : html` · ${row.about.slice(0, 60)}`}${row.source === null ? '' : html` · từ ${row.source === 'phone' ? 'điện thoại đã liên kết' : row.source}`}</span></p></li>`,
    )}</ul>
${rows.length === 0 ? html`<p class="small">Chưa có gì.</p>` : ''}
${older === null ? '' : html`<p><a class="back" href="${older}">Cũ hơn</a></p>`}`,
  )
}
