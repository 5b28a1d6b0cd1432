import { html } from 'hono/html'
import { AFFILIATION_WORDS, AFFILIATIONS, ROLE_WORDS } from '../../app/staff-words.ts'
import type { Role, StaffMember } from '../../engine/staff.ts'
import { deskPage } from './desk-top.ts'
import { checks, choice, field, trouble } from './form.ts'
import type { Markup } from './layout.ts'

export interface PointName {
  id: string
  name: string
}

/** Choosing no point is a choice: the tier above every point. */
export const ABOVE = 'tuyen-tren'

/** One colleague: what they may do, where they work, a new password, the end of the account. */
export function memberPage(view: {
  member: StaffMember
  about: StaffMember
  points: readonly PointName[]
  roles: readonly Role[]
  problem: string | null
}): Markup {
  const { member, about, points, roles } = view
  const path = `/desk/staff/${about.id}`
  return deskPage(
    member,
    html`<p><a class="back" href="/desk/staff">← Cán bộ</a></p>
<h1>${about.shownAs ?? 'Không hiện tên'}</h1>
${trouble(view.problem)}
<form method="post" action="${path}/roles">
${checks({ name: 'roles', label: 'Vai trò', of: roles.map((role) => ({ value: role, label: ROLE_WORDS[role] })), chosen: about.roles })}
<button>Lưu vai trò</button>
</form>
<h2>Nơi làm việc, cơ quan</h2>
<form method="post" action="${path}/place">
${field({ name: 'shown_as', label: 'Tên gọi người nhắn sẽ thấy', autocomplete: 'off', value: about.shownAs ?? '', required: false, hint: 'Chỉ tên gọi. Để trống nếu người này không muốn hiện tên.' })}
${choice({ name: 'point', label: 'Làm việc tại', of: placesFor(member, points), value: about.point ?? ABOVE })}
${choice({ name: 'affiliation', label: 'Thuộc', of: AFFILIATIONS.map((one) => ({ value: one, label: AFFILIATION_WORDS[one] })), value: about.affiliation })}
<p class="small">Người chuyển sang hay rời công an phải đăng nhập lại. Cuộc họ đang giữ mà không còn được giữ thì chuyển ngay cho người khác, và người nhắn được báo.</p>
<button>Lưu</button>
</form>
<h2>Quên mật khẩu</h2>
<p>Tạo một đường dẫn để người này tự đặt mật khẩu mới. Dùng một lần, trong 24 giờ.</p>
<form method="post" action="${path}/reset">
${member.roles.includes('admin') ? checks({ name: 'second', label: 'Mất cả điện thoại lẫn mã khôi phục', of: [{ value: 'co', label: 'Bỏ mã xác thực cũ' }], chosen: [] }) : ''}
<button class="second">Tạo đường dẫn đặt lại</button>
</form>
<h2>Ngừng tài khoản</h2>
<p>Người này thoát khỏi mọi máy ngay lập tức, không đăng nhập được và không được gọi trực nữa.</p>
<form method="post" action="${path}/deactivate">
${field({ name: 'sure', label: 'Gõ NGỪNG để chắc chắn', autocomplete: 'off' })}
<button class="second">Ngừng tài khoản</button>
</form>`,
  )
}

/** A lead of one point invites to that point. */
export function placesFor(member: StaffMember, points: readonly PointName[]) {
  const own = points.filter(({ id }) => id === member.point)
  const wide = member.point === null || member.roles.includes('admin')
  return [
    ...(wide ? points : own).map(({ id, name }) => ({ value: id, label: name })),
    ...(wide ? [{ value: ABOVE, label: 'Tuyến trên, không thuộc điểm nào' }] : []),
  ]
}
