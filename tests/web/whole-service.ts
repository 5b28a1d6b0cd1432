import { PassThrough } from 'node:stream'
import type { Hono } from 'hono'
import { drain } from '../../src/app/deliver.ts'
import { telegram } from '../../src/channels/telegram.ts'
import { webchat } from '../../src/channels/webchat.ts'
import { zalo } from '../../src/channels/zalo.ts'
import { createLog } from '../../src/log.ts'
import { replaceSetupLink } from '../../src/store/directory.ts'
import type { Identify } from '../../src/web/desk/who.ts'
import { createWeb } from '../../src/web/server.ts'
import { openApp, type SmallApp } from '../app/small-app.ts'

export const SECRETS = {
  telegram: ['X-Telegram-Bot-Api-Secret-Token', 'telegram-secret'],
  zalo: ['X-Bot-Api-Secret-Token', 'zalo-secret'],
} as const
export const METRICS_TOKEN = 'metrics-token'

export interface WholeService {
  home: SmallApp
  web: Hono
  log(): string
  /** A request, its status and its body; a stream is read to its end. */
  ask(path: string, init?: RequestInit): Promise<{ status: number; text: string; headers: Headers }>
  settle(): Promise<void>
  /** The cookie of a counsellor who has used a one-time link. */
  signIn(): Promise<string>
}

/** The whole HTTP surface over the small app; the platforms are real channels whose API is nowhere. */
export function openWhole(publicUrl: string | null = null, identify?: Identify): WholeService {
  const home = openApp()
  const stream = new PassThrough()
  let log = ''
  stream.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  const nowhere = 'http://127.0.0.1:9'
  home.app.log = createLog('trace', stream)
  home.app.channels = new Map([
    ['webchat', webchat()],
    ['telegram', telegram({ token: '1:t', secret: SECRETS.telegram[1], apiRoot: nowhere, timeoutMs: 50 })],
    [
      'zalo',
      zalo({ apiRoot: nowhere, bots: [{ name: 'zalo', token: '2:t', secret: SECRETS.zalo[1] }], timeoutMs: 50 }),
    ],
  ])
  const web = createWeb(home.app, home.room, {
    publicUrl,
    operator: { name: 'Trạm MẪU', type: 'đơn vị y tế', readers: 'tư vấn viên' },
    leaveTo: 'https://vi.wikipedia.org',
    metricsToken: METRICS_TOKEN,
    links: [],
    assets: new Map([['chat.js', { type: 'text/javascript', body: '' }]]),
    streamSeconds: 0.02,
    ...(identify ? { identify } : {}),
    ready: async () => true,
  })
  let links = 0
  const ask = async (path: string, init?: RequestInit) => {
    const response = await web.request(path, init)
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  return {
    home,
    web,
    log: () => log,
    ask,
    async settle() {
      await drain(home.app)
      await home.settle()
    },
    async signIn() {
      const token = `link-${++links}`
      await replaceSetupLink(home.app.store, home.app.vault.hashToken(token))
      const { headers } = await ask('/desk/setup', { method: 'POST', body: new URLSearchParams({ token }) })
      return headers.get('set-cookie')?.split(';')[0] ?? ''
    },
  }
}
