import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { App } from '../../app/app.ts'
import { signedOutPage } from '../pages/desk/signed-out.ts'
import { errorPage } from '../pages/error.ts'
import { type EventOptions, eventRoutes } from './events.ts'
import { fieldsOf } from './field.ts'
import { queueRoutes } from './queue.ts'
import { replyRoutes } from './replies.ts'
import { sessionRoutes } from './session.ts'
import { ticketRoutes } from './ticket.ts'
import { todayRoutes } from './today.ts'
import { type DeskEnv, type Identify, setupSession, type Who } from './who.ts'

export interface DeskOptions extends EventOptions {
  secure: boolean
  /** Who is signed in; without it, whoever used the one-time link. */
  identify?: Identify
}

/** The counsellors' desk: pages that need no script, all behind one question of who asks. */
export function deskRoutes(app: App, options: DeskOptions): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  const identify = options.identify ?? setupSession(app, options.secure)
  const known = createMiddleware<DeskEnv>(async (c, next) => {
    const who = await identify(c)
    if (who === null) return c.html(c.req.method === 'POST' ? signedOutPage(await writtenIn(c)) : errorPage(401), 401)
    if (!readsMessages(who)) return c.html(errorPage(403), 403)
    c.set('who', who)
    return next()
  })
  routes.use('/desk/*', async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
  })
  routes.route('/', sessionRoutes(app, options.secure))
  for (const path of ['/desk', '/desk/queue', '/desk/replies', '/desk/events', '/desk/tasks/*', '/desk/tickets/*'])
    routes.use(path, known)
  routes.route('/', todayRoutes(app))
  routes.route('/', queueRoutes(app))
  routes.route('/', ticketRoutes(app))
  routes.route('/', replyRoutes(app))
  routes.route('/', eventRoutes(app, options))
  return routes
}

/** Analysts see aggregates, technicians no messages. */
function readsMessages({ roles }: Who): boolean {
  return roles.includes('counsellor') || roles.includes('lead')
}

/** What somebody had written when their session ended goes back to them. */
async function writtenIn(c: Context): Promise<string> {
  const fields = await fieldsOf(c)
  return fields('text') || fields('note')
}
