import { type Context, Hono } from 'hono'
import type { App } from '../app/app.ts'
import { readSelfCheck, type SelfCheck } from '../engine/self-check.ts'
import { errorPage } from './pages/error.ts'
import { selfCheckPage, selfCheckResultPage } from './pages/self-check.ts'

/** Questions somebody asks themselves: read, added up and forgotten in one request; no cookie, no row, no line of a log. */
export function selfCheckRoutes(app: App, leaveTo: string): Hono {
  const routes = new Hono()
  const find = (c: Context): SelfCheck | undefined => app.book().selfChecks?.find(({ id }) => id === c.req.param('id'))

  routes.get('/tu-kiem/:id', async (c) => {
    const check = find(c)
    return check ? c.html(selfCheckPage(check, [], false, leaveTo)) : c.html(errorPage(404), 404)
  })
  routes.post('/tu-kiem/:id', async (c) => {
    const check = find(c)
    if (!check) return c.html(errorPage(404), 404)
    const form: Record<string, unknown> = await c.req.parseBody().catch(() => ({}))
    const chosen = check.questions.map((_, i) => (typeof form[`c${i}`] === 'string' ? Number(form[`c${i}`]) : -1))
    c.header('Cache-Control', 'no-store')
    const words = readSelfCheck(check, chosen)
    return words === null
      ? c.html(selfCheckPage(check, chosen, true, leaveTo), 400)
      : c.html(selfCheckResultPage(check, words, leaveTo))
  })
  return routes
}
