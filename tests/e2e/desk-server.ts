import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Browser } from 'playwright-core'
import { readAssets } from '../../src/cli/files.ts'
import { readConfig } from '../../src/config.ts'
import type { Directory } from '../../src/engine/facts.ts'
import { openService, type Service } from '../../src/service.ts'
import { createWeb, type WebOptions } from '../../src/web/server.ts'
import { STAFF } from '../web/desk-house.ts'
import { openBrowser } from './browser.ts'

export interface DeskServer {
  service: Service
  browser: Browser
  origin: string
  close(): Promise<void>
}

/** The real service on a loopback port, with staff of a test, and a browser. */
export async function openDeskServer(links: WebOptions['links'] = []): Promise<DeskServer> {
  const service = await openService(
    readConfig({ DATABASE_PATH: ':memory:', KEYS_PATH: ':memory:', LOG_LEVEL: 'error' }),
  )
  const { app, room } = service
  const directory = app.directory()
  const points = directory.points.map((point, i) => ({ ...point, id: i === 0 ? 'mai' : point.id }))
  const known: Directory = { ...directory, points, staff: STAFF }
  app.directory = () => known
  const web = createWeb(app, room, {
    publicUrl: null,
    operator: { name: 'Trạm MẪU', type: 'đơn vị y tế', readers: 'tư vấn viên của trạm' },
    leaveTo: 'https://vi.wikipedia.org',
    metricsToken: null,
    links,
    assets: readAssets(),
    streamSeconds: 3,
    pollMilliseconds: 100,
    ready: async () => true,
  })
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: web.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started))
  })
  const { browser, close } = await openBrowser()
  return {
    service,
    browser,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await close()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
      await service.close()
    },
  }
}
