import { randomBytes } from 'node:crypto'
import type { Id, Instant } from '../engine/content.ts'
import type { StaffMember } from '../engine/staff.ts'
import { credentialByLogin, credentialOf } from '../store/accounts.ts'
import { type Entry, record } from '../store/audit.ts'
import { findStaff } from '../store/directory.ts'
import type { Query } from '../store/query.ts'
import {
  addSession,
  dropSession,
  findSession,
  type Present,
  type StaffSession,
  seeSession,
} from '../store/staff-sessions.ts'
import type { App } from './app.ts'
import { isPassword } from './password.ts'
import { type Attempt, begin, succeed } from './throttling.ts'

/** Where a request came from, as the web knows it. */
export interface From {
  address: string | null
  /** The kind of browser, in a word. */
  device: string
}

/** How long a proof of who sits there is good for what is grave. */
const PROOF_MS = 10 * 60_000
/** A session's last sight is written no oftener than this. */
const SEEN_MS = 5 * 60_000

export type SignedIn = { token: string; member: StaffMember } | { wait: Instant } | 'wrong'

/** A login name as it is kept: case and surrounding blanks do not matter. */
export function loginOf(typed: string): string {
  return typed.normalize('NFC').trim().toLowerCase()
}

/** Signs in by name and password; a wrong name, a wrong password and an account that ended look the same. */
export async function signIn(
  app: App,
  given: { login: string; password: string; known: string | null },
  from: From,
): Promise<SignedIn> {
  const login = loginOf(given.login)
  const credential = await credentialByLogin(app.store, login)
  const browser = credential ? readKnown(app, given.known, credential.staff) : null
  const attempt: Attempt = { of: `login:${login}`, address: from.address, browser }
  const wait = await begin(app, attempt)
  if (wait !== null) return { wait }
  const right = await isPassword(app, given.password, credential?.password ?? null)
  const member = credential ? await findStaff(app.store, credential.staff) : null
  if (!member) return 'wrong'
  if (!right || !member.active) {
    await record(app.store, app.vault, entryOf(app, member, 'sign_in.failed', from))
    return 'wrong'
  }
  await succeed(app, attempt)
  return { token: await startSession(app, member, from, 'sign_in', { secondAt: null }), member }
}

/** A session with a token of its own, noted in the audit; `ending` goes with its beginning, such as the session before it. */
export async function startSession(
  app: App,
  member: StaffMember,
  from: From,
  action: string,
  { secondAt, startedAt = app.now() }: { secondAt: Instant | null; startedAt?: Instant },
  ending: readonly Query[] = [],
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const now = app.now()
  const session: StaffSession = {
    token: app.vault.hashToken(token),
    staff: member.id,
    startedAt,
    seenAt: now,
    secondAt,
    provedAt: now,
    device: from.device,
  }
  await record(app.store, app.vault, entryOf(app, member, action, from), [...ending, addSession({ ...session })])
  return token
}

/** The session with a new token, because its owner has just proved more; the old token ends. */
export function renewSession(
  app: App,
  { member, session }: Pick<Present, 'member' | 'session'>,
  from: From,
  action: string,
  secondAt: Instant | null,
): Promise<string> {
  return startSession(app, member, from, action, { secondAt, startedAt: session.startedAt }, [
    dropSession({ token: session.token, staff: member.id }),
  ])
}

/** Whose cookie this is at this moment; looking keeps the session alive. */
export async function presentOf(app: App, token: string): Promise<Present | null> {
  const found = await findSession(app.store, app.vault.hashToken(token), app.now())
  if (found && app.now() - found.session.seenAt >= SEEN_MS)
    await app.store.batch([seeSession({ token: found.session.token, now: app.now() })])
  return found
}

export async function signOut(app: App, { member, session }: Present, from: From): Promise<void> {
  const ending = [dropSession({ token: session.token, staff: member.id })]
  await record(app.store, app.vault, entryOf(app, member, 'sign_out', from), ending)
}

/** Has the owner proved lately that it is they who sit there. */
export function isProved(session: StaffSession, now: Instant): boolean {
  return now - session.provedAt < PROOF_MS
}

export type Proved = { token: string } | { wait: Instant } | 'wrong'

/** The password once more, before what is grave. */
export async function proveAgain(app: App, present: Present, password: string, from: From): Promise<Proved> {
  // The session itself says which browser this is.
  const attempt: Attempt = { of: `login:${present.login}`, address: null, browser: present.session.token }
  const wait = await begin(app, attempt)
  if (wait !== null) return { wait }
  const credential = await credentialOf(app.store, present.member.id)
  if (!(await isPassword(app, password, credential?.password ?? null))) {
    await record(app.store, app.vault, entryOf(app, present.member, 'proof.failed', from))
    return 'wrong'
  }
  await succeed(app, attempt)
  return { token: await renewSession(app, present, from, 'proof', present.session.secondAt) }
}

/** An audit row about the account itself. */
export function entryOf(app: App, member: StaffMember, action: string, from: From): Entry {
  return {
    staff: member.id,
    at: app.now(),
    action,
    contact: null,
    about: null,
    point: member.point,
    source: from.address,
  }
}

/**
 * What a browser keeps of having signed in here once, so that a stranger's wrong guesses do not make it wait (OWASP's
 * device cookie). It opens nothing.
 */
export function makeKnown(app: App, staff: Id): string {
  const nonce = randomBytes(12).toString('base64url')
  return `${nonce}.${app.vault.hashToken(`known:${staff}:${nonce}`)}`
}

function readKnown(app: App, known: string | null, staff: Id): string | null {
  const [nonce, mark] = known?.split('.') ?? []
  return nonce && mark === app.vault.hashToken(`known:${staff}:${nonce}`) ? nonce : null
}
