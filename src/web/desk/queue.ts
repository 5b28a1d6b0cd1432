import { Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { dayOf } from '../../engine/hours.ts'
import { countQueue, QUEUE_PAGE, readQueue } from '../../store/queue.ts'
import { queuePage } from '../pages/desk/queue.ts'
import { describe } from './describe.ts'
import { pageOf } from './field.ts'
import { type DeskEnv, readerOf, viewerOf } from './who.ts'

/** Every open ticket, in pages. */
export function queueRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  routes.get('/desk/queue', async (c) => {
    const who = c.get('who')
    const page = pageOf(c)
    const rows = await readQueue(app.store, viewerOf(app, who), page)
    const { open, waiting } = await countQueue(app.store, viewerOf(app, who), dayOf(app.now()))
    const tickets = await Promise.all(rows.map((row) => describe(app, who, row)))
    const pages = Math.ceil(open / QUEUE_PAGE)
    return c.html(queuePage({ reader: readerOf(who), tickets, open, waiting, page, pages }))
  })
  return routes
}
