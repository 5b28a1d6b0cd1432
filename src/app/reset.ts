import type { Id } from '../engine/content.ts'
import type { StaffMember } from '../engine/staff.ts'
import {
  addInvitation,
  credentialOf,
  dropInvitation,
  findInvitation,
  forgettingSecond,
  isUsed,
  resetPassword,
} from '../store/accounts.ts'
import { record } from '../store/audit.ts'
import { findStaff } from '../store/directory.ts'
import { dropSessionsOf } from '../store/staff-sessions.ts'
import { newToken } from './accounts.ts'
import type { App } from './app.ts'
import { hashPassword, type WeakPassword, weakness } from './password.ts'
import { mayManage } from './permissions.ts'
import { entryOf, type From, startSession } from './sign-in.ts'
import { succeed } from './throttling.ts'

export const RESET_MS = 24 * 3_600_000

/** What a link that lets somebody choose a new password stands for; it is kept among the invitations. */
export interface Reset {
  reset: Id
  /** The second factor goes as well: phone and recovery codes are both lost. */
  second: boolean
}

/** Whose password a link changes, and under which name they sign in. */
export interface Resetting extends Reset {
  member: StaffMember
  login: string
}

/**
 * A link, good for a day and once, with which a colleague chooses a new password. Nobody who makes it ever knows that
 * password. Null when they may not, or when the account is gone. Only an admin may take the second factor away as well.
 */
export async function offerReset(
  app: App,
  by: StaffMember,
  member: StaffMember,
  second: boolean,
  from: From,
): Promise<string | null> {
  if (by.id === member.id || !member.active || !mayManage('staff.reset', by, member)) return null
  if (second && !by.roles.includes('admin')) return null
  if ((await credentialOf(app.store, member.id)) === null) return null
  const { token, hash } = newToken(app)
  const about = `${member.id}${second ? ':second' : ''}`
  const entry = { ...entryOf(app, by, 'staff.reset', from), about, point: member.point }
  await record(app.store, app.vault, entry, [resetRow(hash, { reset: member.id, second }, by.id, app.now())])
  return token
}

/** The row of a reset; the operator's command writes it without anybody signed in. */
export function resetRow(hash: string, reset: Reset, by: Id, now: number) {
  return addInvitation({ token: hash, body: JSON.stringify(reset), invitedBy: by, expiresAt: now + RESET_MS })
}

/** What a link stands for, or null when it ran out, was used, or its account ended. */
export async function resetOf(app: App, token: string): Promise<Resetting | null> {
  const hash = app.vault.hashToken(token)
  const row = (await isUsed(app.store, hash)) ? null : await findInvitation(app.store, hash, app.now())
  const reset = row && (JSON.parse(row.body) as Partial<Reset>)
  if (!reset?.reset) return null
  const member = await findStaff(app.store, reset.reset)
  const credential = await credentialOf(app.store, reset.reset)
  if (!member?.active || !credential) return null
  return { reset: reset.reset, second: reset.second === true, member, login: credential.login }
}

/**
 * The new password, chosen by whoever holds the link: every session of the account ends and one begins here, which
 * still owes the second factor if the account has one.
 */
export async function acceptReset(
  app: App,
  token: string,
  password: string,
  from: From,
): Promise<{ token: string; member: StaffMember } | { refused: WeakPassword } | null> {
  const reset = await resetOf(app, token)
  if (!reset) return null
  const { member, login, second } = reset
  const weak = weakness(password, login)
  if (weak) return { refused: weak }
  const hash = app.vault.hashToken(token)
  await record(app.store, app.vault, entryOf(app, member, 'password.reset', from), [
    resetPassword({ staff: member.id, password: await hashPassword(app, password), token: hash }),
    ...(second ? forgettingSecond(member.id) : []),
    dropSessionsOf({ staff: member.id }),
    dropInvitation({ token: hash }),
  ])
  // Guesses at the old password say nothing about the new one.
  await succeed(app, { of: `login:${login}`, address: null, browser: null })
  return { token: await startSession(app, member, from, 'sign_in', { secondAt: null }), member }
}
