import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { ChatRoom } from '../../src/web/chat-room.ts'
import { chatRoutes } from '../../src/web/chat-routes.ts'
import { errorPage } from '../../src/web/pages/error.ts'
import { homePage } from '../../src/web/pages/home.ts'

const OPERATOR = { name: 'Trạm Y tế MẪU', type: 'đơn vị y tế, không phải công an', readers: 'tư vấn viên của trạm' }

/** The strictest policy the pages promise to live with. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const ASSETS = new Map([
  ['style.css', 'text/css'],
  ['home.css', 'text/css'],
  ['desk.css', 'text/css'],
  ['chat.js', 'text/javascript'],
  ['desk.js', 'text/javascript'],
  ['icon.svg', 'image/svg+xml'],
])

/** The pages on a loopback port, served as the house serves them, in front of any room. */
export async function openServer(
  room: ChatRoom,
  extra?: (app: Hono) => void,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    c.header('Content-Security-Policy', POLICY)
    c.header('X-Content-Type-Options', 'nosniff')
  })
  app.get('/', (c) =>
    c.html(
      homePage({
        operator: OPERATOR,
        entrances: [
          { channel: 'webchat', label: 'Nhắn tin ngay tại đây', href: '/chat' },
          { channel: 'zalo', label: 'Mở Zalo', href: 'https://zalo.invalid/dong-hanh' },
          { channel: 'telegram', label: 'Mở Telegram', href: 'https://telegram.invalid/dong-hanh' },
        ],
      }),
    ),
  )
  app.get('/assets/:name', (c) => {
    const type = ASSETS.get(c.req.param('name'))
    if (type === undefined) return c.notFound()
    return c.body(readFileSync(`src/web/assets/${c.req.param('name')}`, 'utf8'), 200, {
      'Content-Type': `${type}; charset=utf-8`,
    })
  })
  extra?.(app)
  app.route('/', chatRoutes(room, { secureCookie: false, operator: OPERATOR, streamSeconds: 2, pollMilliseconds: 50 }))
  app.notFound((c) => c.html(errorPage(404), 404))
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started))
  })
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
