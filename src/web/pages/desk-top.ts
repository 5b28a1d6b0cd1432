import { html } from 'hono/html'
import type { StaffMember } from '../../engine/staff.ts'
import { deskPage as deskFrame } from './desk/frame.ts'
import { layout, type Markup } from './layout.ts'
import { waysOf } from './ways.ts'

/** A page of the desk for whoever signed in; without a member, one of those before the door. */
export function deskPage(member: StaffMember | null, body: Markup): Markup {
  if (member === null)
    return layout({
      kind: 'desk',
      script: false,
      body: html`<main class="desk-one"><p><a class="back" href="/">Đồng Hành</a></p>${body}</main>`,
    })
  const reader = { name: member.shownAs ?? 'Cán bộ', ways: waysOf(member) }
  return deskFrame({ reader, tab: null, self: null, main: html`<div class="desk-one">${body}</div>` })
}
