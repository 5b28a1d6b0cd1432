import { type Context, Hono } from 'hono'
import { newVersion } from '../../app/accounts.ts'
import type { App } from '../../app/app.ts'
import { mayEver } from '../../app/permissions.ts'
import { readTakenDown, setTakenDown } from '../../store/directory.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import type { DeskEnv } from './who.ts'

/** A text that may do harm, or whose teller takes back their yes, is taken down by one person, at once. */
export function contentDownRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  routes.post('/desk/noi-dung/:id/go', (c) => change(c, true))
  routes.post('/desk/noi-dung/:id/hien', (c) => change(c, false))
  return routes

  async function change(c: Context<DeskEnv>, down: boolean): Promise<Response> {
    const id = c.req.param('id')
    if (!app.book().topics.some((topic) => topic.id === id)) return c.html(errorPage(404), 404)
    if (!mayEver('content.take_down', c.get('who').member)) return c.html(refusedPage(c.get('who').member), 403)
    const others = (await readTakenDown(app.store)).filter((one) => one !== id)
    const about = `${id}:${down ? 'down' : 'up'}`
    const writes = setTakenDown(down ? [...others, id!] : others, newVersion(app))
    await audited(c, 'content.take_down', null, { about }, writes)
    return c.redirect(`/desk/noi-dung/${id}`, 303)
  }
}
