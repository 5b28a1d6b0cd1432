import { randomBytes } from 'node:crypto'
import type { Id, Instant } from '../engine/content.ts'
import type { Affiliation, Role, StaffMember } from '../engine/staff.ts'
import {
  addCredential,
  addInvitation,
  allInvitations,
  credentialByLogin,
  credentialOf,
  dropInvitation,
  dropStaleInvitations,
  findInvitation,
  isUsed,
  putPassword,
} from '../store/accounts.ts'
import { type Entry, record } from '../store/audit.ts'
import { dropSetting, placingStaff, readValue } from '../store/directory.ts'
import { dropOtherSessions, dropSession, dropStaleSessions, type Present } from '../store/staff-sessions.ts'
import { dropStaleThrottles } from '../store/throttle.ts'
import type { App } from './app.ts'
import { hashPassword, isPassword, type WeakPassword, weakness } from './password.ts'
import { mayManage } from './permissions.ts'
import type { Reset } from './reset.ts'
import { entryOf, type From, loginOf, startSession } from './sign-in.ts'
import { type Attempt, begin, succeed } from './throttling.ts'

const INVITATION_MS = 3 * 24 * 3_600_000
/** How long a link that ran out is still listed, so that whoever made it sees why it does not open. */
const KEPT_MS = 7 * 24 * 3_600_000
const SETUP_LINK = 'setup_link'

/** What an account made with an invitation will be. The inviter says where somebody belongs, not they themselves. */
export interface Invitation {
  roles: readonly Role[]
  point: Id | null
  /** Null for the very first account: nobody was there to say. */
  affiliation: Affiliation | null
}

/** A link's token and its hash; only the hash is ever stored. */
export function newToken(app: Pick<App, 'vault'>): { token: string; hash: string } {
  const token = randomBytes(24).toString('base64url')
  return { token, hash: app.vault.hashToken(token) }
}

/** A link that makes one account, and ends after three days; null when they may not give that. */
export async function invite(
  app: App,
  by: StaffMember,
  wanted: Invitation & { affiliation: Affiliation },
  from: From,
): Promise<string | null> {
  if (wanted.roles.length === 0 || !mayManage('staff.invite', by, wanted)) return null
  const { token, hash } = newToken(app)
  const entry = about(app, by, 'staff.invite', from, wanted.roles.join(','), wanted.point)
  await record(app.store, app.vault, entry, [invitationRow(hash, wanted, by.id, app.now())])
  return token
}

/** The row of an invitation; the operator's command writes it without a signed-in inviter. */
export function invitationRow(hash: string, wanted: Invitation, by: Id, now: Instant) {
  return addInvitation({ token: hash, body: JSON.stringify(wanted), invitedBy: by, expiresAt: now + INVITATION_MS })
}

/** What a link stands for, or null when it ran out, was used or never was. */
export async function invitationOf(app: App, token: string): Promise<Invitation | null> {
  const hash = app.vault.hashToken(token)
  if (await isUsed(app.store, hash)) return null
  if ((await readValue(app.store, SETUP_LINK)) === hash)
    return { roles: ['admin', 'lead'], point: null, affiliation: null }
  const row = await findInvitation(app.store, hash, app.now())
  const body = row && (JSON.parse(row.body) as Invitation | Reset)
  return body && !('reset' in body) ? body : null
}

/** What nobody has taken yet and this member may take back. */
export async function openInvitations(
  app: App,
  by: StaffMember,
): Promise<readonly { id: string; invitation: Invitation; invitedBy: Id; expiresAt: Instant }[]> {
  const rows = await allInvitations(app.store)
  return rows.flatMap(({ token, body, invitedBy, expiresAt }) => {
    const invitation = JSON.parse(body) as Invitation | Reset
    if ('reset' in invitation || !mayManage('staff.invite', by, invitation)) return []
    return [{ id: token, invitation, invitedBy, expiresAt }]
  })
}

/** Takes an invitation back: its link opens nothing any more. False when it is not theirs to take back, or gone. */
export async function withdrawInvitation(app: App, by: StaffMember, id: string, from: From): Promise<boolean> {
  const open = (await openInvitations(app, by)).find((one) => one.id === id)
  if (!open) return false
  const { roles, point } = open.invitation
  await record(app.store, app.vault, about(app, by, 'staff.uninvite', from, roles.join(','), point), [
    dropInvitation({ token: id }),
  ])
  return true
}

export interface Acceptance {
  login: string
  password: string
  shownAs: string
  affiliation: Affiliation | null
}

export type Refusal = WeakPassword | 'login_form' | 'login_taken' | 'name_form' | 'no_affiliation'

/** Makes the account and signs it in. The unique columns decide between two who accept at once. */
export async function accept(
  app: App,
  token: string,
  given: Acceptance,
  from: From,
): Promise<{ token: string; member: StaffMember } | { refused: Refusal } | null> {
  const wanted = await invitationOf(app, token)
  if (wanted === null) return null
  const login = loginOf(given.login)
  const shownAs = given.shownAs.normalize('NFC').trim()
  const affiliation = wanted.affiliation ?? given.affiliation
  if (!/^[a-z0-9][a-z0-9._-]{2,39}$/.test(login)) return { refused: 'login_form' }
  if (shownAs.length > 40) return { refused: 'name_form' }
  if (affiliation === null) return { refused: 'no_affiliation' }
  const weak = weakness(given.password, login)
  if (weak) return { refused: weak }
  if (await credentialByLogin(app.store, login)) return { refused: 'login_taken' }

  const member: StaffMember = {
    id: randomBytes(9).toString('base64url'),
    shownAs: shownAs === '' ? null : shownAs,
    affiliation,
    roles: wanted.roles,
    point: wanted.point,
    duty: null,
    active: true,
    languages: [],
  }
  const invitation = app.vault.hashToken(token)
  const password = await hashPassword(app, given.password)
  try {
    await record(app.store, app.vault, entryOf(app, member, 'account.made', from), [
      addCredential({ staff: member.id, login, password, invitation }),
      dropInvitation({ token: invitation }),
      dropSetting({ name: SETUP_LINK, value: invitation }),
      ...placingStaff(member, newVersion(app)),
    ])
  } catch (error) {
    if (await isUsed(app.store, invitation)) return null
    if (await credentialByLogin(app.store, login)) return { refused: 'login_taken' }
    throw error
  }
  return { token: await startSession(app, member, from, 'sign_in', { secondAt: null }), member }
}

/** A new password, given the old one; every other session of the account ends. */
export async function changePassword(
  app: App,
  { member, session, login }: Present,
  given: { old: string; fresh: string },
  from: From,
): Promise<'changed' | 'wrong' | WeakPassword | { wait: Instant }> {
  const weak = weakness(given.fresh, login)
  if (weak) return weak
  const attempt: Attempt = { of: `login:${login}`, address: null, browser: session.token }
  const wait = await begin(app, attempt)
  if (wait !== null) return { wait }
  const credential = await credentialOf(app.store, member.id)
  if (!(await isPassword(app, given.old, credential?.password ?? null))) {
    await record(app.store, app.vault, entryOf(app, member, 'proof.failed', from))
    return 'wrong'
  }
  await succeed(app, attempt)
  const password = await hashPassword(app, given.fresh)
  await record(app.store, app.vault, entryOf(app, member, 'password.changed', from), [
    putPassword({ staff: member.id, password }),
    dropOtherSessions({ staff: member.id, token: session.token }),
  ])
  return 'changed'
}

/** Ends one session of one's own. */
export async function revoke(app: App, { member }: Present, token: string, from: From): Promise<void> {
  const entry = entryOf(app, member, 'session.revoked', from)
  await record(app.store, app.vault, entry, [dropSession({ token, staff: member.id })])
}

/** Housekeeping: sessions and invitations that ran out, and failures of long ago. */
export async function forgetStale(app: App): Promise<void> {
  const now = app.now()
  await app.store.batch([
    dropStaleSessions(now),
    dropStaleInvitations({ now: now - KEPT_MS }),
    dropStaleThrottles({ before: now - 24 * 3_600_000 }),
  ])
}

/** An audit row about somebody or something else. */
export function about(app: App, by: StaffMember, action: string, from: From, what: string, point: Id | null): Entry {
  return { ...entryOf(app, by, action, from), about: what, point }
}

/** Any value that was not there before makes a running service read its directory again. */
export function newVersion(app: App): string {
  return `${app.now()}.${randomBytes(4).toString('hex')}`
}
