import { Hono } from 'hono'
import type { App } from '../app/app.ts'
import { receive } from '../app/handle.ts'
import type { ChannelName } from '../channels/channel.ts'

/**
 * `POST /webhooks/<channel>`: 401 wrong secret, 400 malformed, 413 too large, 200 after the turn is durable. Anything
 * else is a 500, so that the platform delivers again.
 */
export function webhookRoutes(app: App): Hono {
  const routes = new Hono()
  for (const name of ['telegram', 'zalo'] as const satisfies readonly ChannelName[]) {
    const channel = app.channels.get(name)
    if (!channel) continue
    routes.post(`/webhooks/${name}`, async (c) => {
      const receipt = await channel.receive(c.req.raw)
      if (receipt.type === 'refused') return c.json({ error: receipt.message }, receipt.status)
      for (const arrival of receipt.arrivals) await receive(app, name, receipt.bot, arrival)
      if (receipt.acknowledge) app.later(receipt.acknowledge())
      return c.json({ ok: true })
    })
  }
  return routes
}
