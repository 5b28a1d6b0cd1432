import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { PATH } from './talk.ts'

/** As little as a webhook can do: read JSON, answer. */
const web = new Hono()
web.post(PATH, async (c) => {
  await c.req.json()
  return c.json({ ok: true })
})
serve({ fetch: web.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(JSON.stringify({ port })))
