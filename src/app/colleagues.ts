import type { Id } from '../engine/content.ts'
import { LANGUAGES } from '../engine/language.ts'
import type { Affiliation, Role, StaffMember } from '../engine/staff.ts'
import { record } from '../store/audit.ts'
import { placingStaff } from '../store/directory.ts'
import { dropSessionsOf } from '../store/staff-sessions.ts'
import { about, newVersion } from './accounts.ts'
import type { App } from './app.ts'
import { mayManage } from './permissions.ts'
import { entryOf, type From } from './sign-in.ts'

/** Names people see are short: they stand in the line that introduces whoever answers. */
export const NAME_LIMIT = 40

/** Somebody left: their sessions end in the same batch and nobody calls them any more. False when they may not. */
export async function deactivate(app: App, by: StaffMember, member: StaffMember, from: From): Promise<boolean> {
  if (by.id === member.id || !mayManage('staff.deactivate', by, member)) return false
  await record(app.store, app.vault, about(app, by, 'staff.deactivate', from, member.id, member.point), [
    ...placingStaff({ ...member, active: false }, newVersion(app)),
    dropSessionsOf({ staff: member.id }),
  ])
  return true
}

/** Other roles for somebody else; one may give only what one's own roles may give, and take from nobody above that. */
export async function changeRoles(
  app: App,
  by: StaffMember,
  member: StaffMember,
  roles: readonly Role[],
  from: From,
): Promise<boolean> {
  const wanted = { ...member, roles }
  if (by.id === member.id || roles.length === 0) return false
  if (!mayManage('staff.role', by, member) || !mayManage('staff.role', by, wanted)) return false
  const entry = about(app, by, 'staff.role', from, `${member.id}:${roles.join(',')}`, member.point)
  await record(app.store, app.vault, entry, placingStaff(wanted, newVersion(app)))
  return true
}

export interface Place {
  shownAs: string | null
  affiliation: Affiliation
  point: Id | null
}

/**
 * Where a colleague works, where they belong, and how people see them. Whoever comes to belong to the police, or leaves
 * it, is signed out: what they may read is another thing from that moment on. Tickets they may not hold any more go to
 * others at the next tick.
 */
export async function changePlace(
  app: App,
  by: StaffMember,
  member: StaffMember,
  place: Place,
  from: From,
): Promise<boolean> {
  const wanted = { ...member, ...place }
  if (by.id === member.id || (place.shownAs ?? '').length > NAME_LIMIT) return false
  if (!mayManage('staff.role', by, member) || !mayManage('staff.role', by, wanted)) return false
  const police = [member, wanted].filter(({ affiliation }) => affiliation === 'cong_an').length === 1
  const what = `${member.id}:${place.affiliation}:${place.point ?? 'above'}`
  await record(app.store, app.vault, about(app, by, 'staff.place', from, what, member.point), [
    ...placingStaff(wanted, newVersion(app)),
    ...(police ? [dropSessionsOf({ staff: member.id })] : []),
  ])
  return true
}

/** How people see one; null for no name. False when it is too long. */
export async function changeName(app: App, member: StaffMember, shownAs: string | null, from: From): Promise<boolean> {
  if ((shownAs ?? '').length > NAME_LIMIT) return false
  const entry = entryOf(app, member, 'name.changed', from)
  await record(app.store, app.vault, entry, placingStaff({ ...member, shownAs }, newVersion(app)))
  return true
}

/** The languages in which one answers, as one declares them oneself. */
export async function changeLanguages(
  app: App,
  member: StaffMember,
  given: readonly string[],
  from: From,
): Promise<void> {
  const languages = LANGUAGES.map(({ id }) => id).filter((id) => given.includes(id))
  const entry = { ...entryOf(app, member, 'languages.changed', from), about: languages.join(',') }
  await record(app.store, app.vault, entry, placingStaff({ ...member, languages }, newVersion(app)))
}

/** A name as typed: composed, trimmed, and none when it is empty. */
export function nameOf(typed: string): string | null {
  const name = typed.normalize('NFC').trim()
  return name === '' ? null : name
}
