import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { App } from '../../app/app.ts'
import { endSession, startSession, useLink } from '../../store/tickets.ts'
import { errorPage } from '../pages/error.ts'
import { setupPage } from '../pages/setup.ts'
import { fieldsOf } from './field.ts'
import { deskCookie } from './who.ts'

const SESSION_MS = 12 * 3_600_000

/** The one-time link in, and the way out. */
export function sessionRoutes(app: App, secure: boolean): Hono {
  const routes = new Hono()
  const cookie = deskCookie(secure)
  routes.get('/desk/setup', (c) => c.html(setupPage(c.req.query('token') ?? '')))
  routes.post('/desk/setup', async (c) => {
    const token = (await fieldsOf(c))('token')
    if (!(await useLink(app.store, app.vault.hashToken(token)))) return c.html(errorPage(401), 401)
    const session = randomBytes(32).toString('base64url')
    await startSession(app.store, app.vault.hashToken(session), app.now() + SESSION_MS)
    setCookie(c, cookie, session, { path: '/', httpOnly: true, sameSite: 'Strict', secure, maxAge: SESSION_MS / 1000 })
    return c.redirect('/desk', 303)
  })
  routes.post('/desk/leave', async (c) => {
    const token = getCookie(c, cookie)
    if (token !== undefined) await endSession(app.store, app.vault.hashToken(token))
    deleteCookie(c, cookie, { path: '/', secure })
    return c.redirect('/', 303)
  })
  return routes
}
