import type { Context, MiddlewareHandler } from 'hono'
import type { App } from '../app/app.ts'
import { type Action, mayEver, needsSecond } from '../app/permissions.ts'
import { entryOf, type From, isProved, presentOf } from '../app/sign-in.ts'
import type { Id } from '../engine/content.ts'
import type { StaffMember } from '../engine/staff.ts'
import { type Entry, record } from '../store/audit.ts'
import type { Query } from '../store/query.ts'
import type { Present } from '../store/staff-sessions.ts'
import { type Door, fromOf, readSession } from './desk-cookies.ts'
import { readForm } from './form-fields.ts'
import { signedOutPage } from './pages/desk/signed-out.ts'
import { refusedPage } from './pages/refused.ts'

export interface SignedIn extends Present {
  app: App
  from: From
}

/** What of the desk opens without a session; everything else below it is closed, pages yet to be written too. */
const OPEN = ['/desk/sign-in', '/desk/invitation', '/desk/reset', '/desk/setup']
/** What a session may do whose second factor is still owed. */
const CODE = '/desk/sign-in/code'
export const SETUP_SECOND = '/desk/account/second-factor'

/**
 * Lets in whoever has signed in, with everything their roles ask for, and puts who they are into the context
 * (`staffOf`). Others are sent to sign in, and a form sent without a session is refused.
 */
export function requireStaff(app: App, door: Door): MiddlewareHandler {
  return async (c, next) => {
    const token = readSession(c, door)
    const present = token === null ? null : await presentOf(app, token)
    if (present) c.set('staff', { ...present, app, from: fromOf(c, door) } satisfies SignedIn)
    const refusal = admit(c, present)
    if (refusal) c.res = await refusal
    else await next()
    c.header('Cache-Control', 'no-store')
  }
}

function admit(c: Context, present: Present | null): Response | Promise<Response> | null {
  const { path } = c.req
  if (OPEN.includes(path)) return null
  if (!present) return c.req.method === 'GET' ? c.redirect(`/desk/sign-in${backTo(c)}`, 303) : giveBack(c)
  if (path === '/desk/leave') return null
  if (present.hasSecond && present.session.secondAt === null)
    return path === CODE ? null : c.redirect(`${CODE}${backTo(c)}`, 303)
  if (!present.hasSecond && needsSecond(present.member))
    return path === SETUP_SECOND ? null : c.redirect(SETUP_SECOND, 303)
  return null
}

/** A form sent after the session ended: nothing of it was done, and what was written in it goes back to whoever wrote it. */
async function giveBack(c: Context): Promise<Response> {
  const form = await readForm(c)
  const parts = WRITTEN.flatMap((name) => form.all(name)[0] || []).join('\n\n')
  return c.html(signedOutPage(form.all('text')[0] || parts || form.one('note')), 401)
}

/** The parts of a topic, as its form names them. */
const WRITTEN = ['title', 'card', 'more', 'loa', 'poster', 'questions']

/** Only a page can be come back to. */
function backTo(c: Context): string {
  const next = ownPath(c.req.path)
  return c.req.method === 'GET' && next !== '/desk' ? `?next=${encodeURIComponent(next)}` : ''
}

/** A path of the desk to go on to; anything else, another site above all, becomes the desk itself. */
export function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/desk(?:\/[\w~%-]+(?:\.[\w~%-]+)*)*$/.test(next) ? next : '/desk'
}

/** Who signed in. @throws where `requireStaff` did not stand before */
export function staffOf(c: Context): SignedIn {
  const found = c.get('staff') as SignedIn | undefined
  if (!found) throw new Error('nobody is signed in here')
  return found
}

export function memberOf(c: Context): StaffMember {
  return staffOf(c).member
}

/**
 * Notes what is about to be read or done; what cannot be noted does not happen.
 * @param writes what is done, in the same batch
 * @param about a ticket, another member of staff, a setting: a code, never a word of anybody
 */
export async function audited(
  c: Context,
  action: string,
  contact: Id | null = null,
  extra: { about?: string | null; point?: Id | null } = {},
  writes: readonly Query[] = [],
): Promise<void> {
  const { app } = staffOf(c)
  await record(app.store, app.vault, entryFor(c, action, contact, extra), writes)
}

/** The audit's row for this request, to be written with what it tells of. */
export function entryFor(
  c: Context,
  action: string,
  contact: Id | null,
  extra: { about?: string | null; point?: Id | null },
): Entry {
  const { app, member, from } = staffOf(c)
  const entry = entryOf(app, member, action, from)
  const point = extra.point === undefined ? entry.point : extra.point
  return { ...entry, contact, about: extra.about ?? null, point }
}

/** A page that is only for whoever may ever do this; what stands on it is asked about one by one. */
export function requireMay(action: Action): MiddlewareHandler {
  return async (c, next) => (mayEver(action, memberOf(c)) ? next() : c.html(refusedPage(memberOf(c)), 403))
}

/** Before what is grave the password is asked for once more, unless it was a moment ago. */
export function requireProof(app: App): MiddlewareHandler {
  return async (c, next) => {
    if (isProved(staffOf(c).session, app.now())) return next()
    return c.redirect(`/desk/account/proof?next=${encodeURIComponent(ownPath(c.req.path))}`, 303)
  }
}
