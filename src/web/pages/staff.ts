import { html } from 'hono/html'
import type { Invitation } from '../../app/accounts.ts'
import { may, mayManage } from '../../app/permissions.ts'
import { AFFILIATION_WORDS, AFFILIATIONS, ROLE_WORDS } from '../../app/staff-words.ts'
import type { Role, StaffMember } from '../../engine/staff.ts'
import { deskPage } from './desk-top.ts'
import { checks, choice, hidden, trouble } from './form.ts'
import type { Markup } from './layout.ts'
import { clock } from './line-text.ts'
import { type PointName, placesFor } from './member.ts'

export function staffPage(view: {
  member: StaffMember
  staff: readonly StaffMember[]
  points: readonly PointName[]
  invitations: readonly { id: string; invitation: Invitation; invitedBy: string; expiresAt: number }[]
  now: number
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
<p class="links">${one.active && one.id !== member.id && mayManage('staff.role', member, one) ? html`<a class="back" href="/desk/staff/${one.id}">Vai trò, nơi làm việc, mật khẩu</a>` : ''}
${one.active && may('rota.edit', member, { point: one.point }) ? html`<a class="back" href="/desk/rota/${one.id}">Lịch trực</a>` : ''}</p></li>`
  const invited = ({ id, invitation, invitedBy, expiresAt }: (typeof view.invitations)[number]) => {
    const where = points.find((one) => one.id === invitation.point)?.name ?? 'Tuyến trên'
    const who = staff.find((one) => one.id === invitedBy)?.shownAs ?? 'người vận hành'
    const until = expiresAt > view.now ? `hết hạn ${clock(expiresAt, view.now)}` : 'đã hết hạn'
    return html`<li><p><b>${invitation.roles.map((role) => ROLE_WORDS[role]).join(', ')}</b><br>
<span class="meta">${where}${invitation.affiliation === null ? '' : html` · ${AFFILIATION_WORDS[invitation.affiliation]}`} · ${who} mời · ${until}</span></p>
<form method="post" action="/desk/staff/withdraw">${hidden('invitation', id)}<button class="second">Thu hồi</button></form></li>`
  }
  return deskPage(
    member,
    html`<h1>Cán bộ <span class="count">${active.length}</span></h1>
<ul class="tickets">${active.map(item)}</ul>
${view.invitations.length === 0 ? '' : html`<h2 id="dang-moi">Đang mời <span class="count">${view.invitations.length}</span></h2><ul class="tickets">${view.invitations.map(invited)}</ul>`}
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
