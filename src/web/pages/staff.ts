import { html } from 'hono/html'
import { may, mayManage } from '../../app/permissions.ts'
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

export function staffPage(view: {
  member: StaffMember
  staff: readonly StaffMember[]
  points: readonly PointName[]
  /** Roles this member may give. */
  roles: readonly Role[]
  problem: string | null
}): Markup {
  const { member, staff, points } = view
  const active = staff.filter((one) => one.active)
  const left = staff.filter((one) => !one.active)
  const placeOf = (one: StaffMember) =>
    points.find(({ id }) => id === one.point)?.name ?? (one.point === null ? 'Tuyến trên' : one.point)
  const item = (one: StaffMember) =>
    html`<li><p><b>${one.shownAs ?? 'Không hiện tên'}</b>${one.id === member.id ? ' (bạn)' : ''}<br><span class="meta">${one.roles.map((role) => ROLE_WORDS[role]).join(', ')} · ${placeOf(one)} · ${AFFILIATION_WORDS[one.affiliation]}</span></p>
${one.active && one.id !== member.id && mayManage('staff.role', member, one) ? html`<p><a class="back" href="/desk/staff/${one.id}">Đổi vai trò, ngừng tài khoản</a></p>` : ''}
${one.active && may('rota.edit', member, { point: one.point }) ? html`<p><a class="back" href="/desk/rota/${one.id}">Lịch trực</a></p>` : ''}</li>`
  return deskPage(
    member,
    html`<h1>Cán bộ <span class="count">${active.length}</span></h1>
<ul class="tickets">${active.map(item)}</ul>
${left.length === 0 ? '' : html`<details><summary>Đã ngừng (${left.length})</summary><ul class="tickets">${left.map(item)}</ul></details>`}
<h2 id="moi">Mời một người</h2>
${trouble(view.problem)}
<form method="post" action="/desk/staff/invite">
${checks({ name: 'roles', label: 'Vai trò', of: view.roles.map((role) => ({ value: role, label: ROLE_WORDS[role] })), chosen: ['counsellor'] })}
${choice({ name: 'point', label: 'Làm việc tại', of: placesFor(member, points) })}
${choice({ name: 'affiliation', label: 'Thuộc', of: [{ value: '', label: 'Hãy chọn' }, ...AFFILIATIONS.map((one) => ({ value: one, label: AFFILIATION_WORDS[one] }))] })}
<p class="small">Người nhắn được biết cán bộ thuộc cơ quan nào. Cán bộ công an chỉ đọc được khi người nhắn tự chọn họ.</p>
<button>Tạo đường dẫn mời</button>
</form>`,
  )
}

/** A lead of one point invites to that point. */
function placesFor(member: StaffMember, points: readonly PointName[]) {
  const own = points.filter(({ id }) => id === member.point)
  const wide = member.point === null || member.roles.includes('admin')
  return [
    ...(wide ? points : own).map(({ id, name }) => ({ value: id, label: name })),
    ...(wide ? [{ value: ABOVE, label: 'Tuyến trên, không thuộc điểm nào' }] : []),
  ]
}

/** Shown once: only its hash is kept. */
export function invitedPage(member: StaffMember, link: string): Markup {
  return deskPage(
    member,
    html`<h1>Đường dẫn mời</h1>
<p>Gửi riêng cho đúng người được mời. Dùng được <b>một lần</b>, trong <b>ba ngày</b>; trang này chỉ hiện một lần.</p>
<p><code>${link}</code></p>
<p><a class="button second" href="/desk/staff">Xong</a></p>`,
  )
}

export function memberPage(view: {
  member: StaffMember
  about: StaffMember
  roles: readonly Role[]
  problem: string | null
}): Markup {
  const { member, about, roles } = view
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
<h2>Ngừng tài khoản</h2>
<p>Người này thoát khỏi mọi máy ngay lập tức, không đăng nhập được và không được gọi trực nữa.</p>
<form method="post" action="${path}/deactivate">
${field({ name: 'sure', label: 'Gõ NGỪNG để chắc chắn', autocomplete: 'off' })}
<button class="second">Ngừng tài khoản</button>
</form>`,
  )
}
