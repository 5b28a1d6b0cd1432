import type { Context, Env } from 'hono'
import { getCookie } from 'hono/cookie'
import type { App } from '../../app/app.ts'
import type { Id } from '../../engine/content.ts'
import type { Affiliation, Role } from '../../engine/staff.ts'
import type { Viewer } from '../../store/queue.ts'
import { hasSession } from '../../store/tickets.ts'

/** The member of staff behind a request, as far as the desk needs to know them. */
export interface Who {
  id: Id
  /** How colleagues see them. */
  shownAs: string
  roles: readonly Role[]
  point: Id | null
  affiliation: Affiliation | null
}

/** Who is signed in; null for nobody. The one place where the desk learns this. */
export type Identify = (c: Context) => Promise<Who | null>

export interface DeskEnv extends Env {
  Variables: { who: Who }
}

/** Whoever used the one-time link, before there are accounts. */
export const SETUP_STAFF: Who = {
  id: 'staff:setup',
  shownAs: 'Cán bộ',
  roles: ['lead'],
  point: null,
  affiliation: null,
}

export const deskCookie = (secure: boolean): string => (secure ? '__Host-desk' : 'desk')

/** Until staff accounts exist, whoever holds the one-time link is the one member of staff. */
export function setupSession(app: App, secure: boolean): Identify {
  return async (c) => {
    const token = getCookie(c, deskCookie(secure))
    const valid = token !== undefined && (await hasSession(app.store, app.vault.hashToken(token), app.now()))
    return valid ? SETUP_STAFF : null
  }
}

/** What this member of staff may see: police-affiliated staff only people who chose them. */
export function viewerOf({ id, affiliation }: Who): Viewer {
  return { id, police: affiliation === 'cong_an' }
}

/** The name of a member of staff, for colleagues. */
export function staffName(app: App, id: Id): string {
  if (id === SETUP_STAFF.id) return SETUP_STAFF.shownAs
  return app.directory().staff.find((one) => one.id === id)?.shownAs ?? 'Cán bộ khác'
}
