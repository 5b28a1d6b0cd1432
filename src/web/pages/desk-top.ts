import { html } from 'hono/html'
import { mayEver } from '../../app/permissions.ts'
import type { StaffMember } from '../../engine/staff.ts'
import { layout, type Markup } from './layout.ts'

/** The ways through the desk that are open to this member. */
export function deskTop(member: StaffMember): Markup {
  const ways = [
    { href: '/desk', label: 'Danh sách chờ', open: mayEver('queue.view', member) },
    { href: '/desk/directory', label: 'Điểm và trực', open: true },
    { href: '/desk/staff', label: 'Cán bộ', open: mayEver('staff.invite', member) },
    { href: '/desk/audit', label: 'Nhật ký', open: mayEver('audit.search', member) },
    { href: '/desk/account', label: 'Tài khoản', open: true },
  ]
  return html`<nav class="ways" aria-label="Bàn làm việc">${ways.filter(({ open }) => open).map(({ href, label }) => html`<a href="${href}">${label}</a>`)}</nav>`
}

/** A page of the desk for whoever signed in; without a member, one of those before the door. */
export function deskPage(member: StaffMember | null, body: Markup): Markup {
  return layout({
    kind: 'desk',
    script: false,
    body: html`<main class="desk-one">${member === null ? html`<p><a class="back" href="/">Đồng Hành</a></p>` : deskTop(member)}${body}</main>`,
  })
}
