import type { AddressInfo } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import type { ZaloEvent } from './fixtures/zalo-events.ts'
import { wrap } from './fixtures/zalo-events.ts'

/**
 * A strict Zalo Bot API on loopback: it refuses what the real one is documented to refuse, remembers what was
 * sent, delivers events to our webhook, and fails when told to.
 */

/** A code of Zalo's error table, a call that is never answered, or a connection that breaks. */
export type Fault = 400 | 401 | 403 | 404 | 408 | 429 | 500 | 'hang' | 'reset'

export interface FaultOptions {
  times?: number
  /** Answer with this HTTP status too; by default an error comes with HTTP 200 and `ok: false`. */
  asHttpStatus?: boolean
  /** The message reaches the person although the caller never learns it. */
  delivered?: boolean
}

export interface SentMessage {
  method: 'sendMessage' | 'sendVoice' | 'sendPhoto' | 'sendSticker'
  chatId: string
  /** The text, the caption, or the sticker's id. */
  text: string
  messageId: string
}

export interface DeliveryOptions {
  shape?: 'flat' | 'wrapped'
  /** By default the secret given to setWebhook. */
  secret?: string
}

export interface ZaloFake {
  apiRoot: string
  token: string
  sent: readonly SentMessage[]
  /** Every call of the API in order, refused ones too. */
  calls: readonly { method: string; body: unknown }[]
  webhook(): { url: string; secret: string } | null
  /** Sets the webhook without asking, as if it had been set before. */
  useWebhook(url: string, secret: string): void
  fail(fault: Fault, options?: FaultOptions): void
  /** Posts an event, or a raw body, to the webhook and tells the status of the answer. */
  deliver(event: ZaloEvent | string, options?: DeliveryOptions): Promise<number>
  close(): Promise<void>
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Internal server error',
  404: 'Not found',
  408: 'Request timeout',
  429: 'Quota exceeded',
  500: 'Server error',
}
const PRIVATE_HOST = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[?::1\]?$)/

type Reply = { ok: true; result?: unknown } | { ok: false; error_code: number; description: string }

export async function startZaloFake(options: { token?: string; refuseLocalUrls?: boolean } = {}): Promise<ZaloFake> {
  const token = options.token ?? '12345689:fake-token'
  const sent: SentMessage[] = []
  const calls: { method: string; body: unknown }[] = []
  const faults: { fault: Fault; options: FaultOptions }[] = []
  let hook: { url: string; secret: string } | null = null

  const app = new Hono<{ Bindings: HttpBindings }>()
  app.all('/:bot{bot.+}/:method', async (c) => {
    const { bot, method } = c.req.param()
    const body = (await c.req.json().catch(() => ({}))) as Record<string, unknown>
    calls.push({ method, body })
    if (bot !== `bot${token}`) return c.json(refuse(401))
    const next = faults.shift()
    if (next === undefined) return c.json(answer(method, body))
    if (next.options.delivered === true) answer(method, body)
    const { fault } = next
    if (fault === 'hang') return new Promise<never>(() => {})
    if (fault === 'reset') {
      c.env.incoming.socket.destroy()
      return new Promise<never>(() => {})
    }
    return c.json(refuse(fault), next.options.asHttpStatus === true ? fault : 200)
  })
  app.notFound((c) => c.json(refuse(404)))

  function answer(method: string, body: Record<string, unknown>): Reply {
    switch (method) {
      case 'getMe':
        return accept({ id: '777', account_name: 'bot.FakeBot', account_type: 'BASIC', can_join_groups: false })
      case 'getUpdates':
        return refuse(408)
      case 'setWebhook':
        return setWebhook(body)
      case 'deleteWebhook':
        hook = null
        return accept({ url: '', updated_at: Date.now() })
      case 'getWebhookInfo':
        return accept({ url: hook?.url ?? '', updated_at: Date.now() })
      case 'sendMessage':
        return isText(body.text) ? send(method, body, body.text) : refuse(400)
      case 'sendVoice':
        return isUrl(body.voice_url) && body.voice_url.endsWith('.aac')
          ? send(method, body, body.voice_url)
          : refuse(400)
      case 'sendPhoto':
        if (!isUrl(body.photo) || !(body.caption === undefined || isText(body.caption))) return refuse(400)
        return send(method, body, body.caption ?? '')
      case 'sendSticker':
        return typeof body.sticker === 'string' ? send(method, body, body.sticker) : refuse(400)
      case 'sendChatAction':
        return body.action === 'typing' && isChat(body.chat_id) ? { ok: true } : refuse(400)
      default:
        return refuse(404)
    }
  }

  function setWebhook({ url, secret_token: secret }: Record<string, unknown>): Reply {
    if (!isUrl(url) || typeof secret !== 'string' || secret.length < 8 || secret.length > 256) return refuse(400)
    const { protocol, hostname } = new URL(url)
    if (options.refuseLocalUrls === true && (protocol !== 'https:' || PRIVATE_HOST.test(hostname))) return refuse(400)
    hook = { url, secret }
    return accept({ url, updated_at: Date.now() })
  }

  function send(method: SentMessage['method'], { chat_id: chatId }: Record<string, unknown>, text: string): Reply {
    if (!isChat(chatId)) return refuse(400)
    const messageId = `s${String(sent.length + 1).padStart(19, '0')}`
    sent.push({ method, chatId, text, messageId })
    return accept({ message_id: messageId, date: Date.now() })
  }

  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    apiRoot: `http://127.0.0.1:${port}`,
    token,
    sent,
    calls,
    webhook: () => hook,
    useWebhook(url, secret) {
      hook = { url, secret }
    },
    fail(fault, faultOptions = {}) {
      for (let i = 0; i < (faultOptions.times ?? 1); i++) faults.push({ fault, options: faultOptions })
    },
    async deliver(event, { shape = 'flat', secret } = {}) {
      if (hook === null) throw new Error('no webhook is set')
      const body = typeof event === 'string' ? event : JSON.stringify(shape === 'flat' ? event : wrap(event))
      const headers = { 'content-type': 'application/json', 'X-Bot-Api-Secret-Token': secret ?? hook.secret }
      const response = await fetch(hook.url, { method: 'POST', headers, body })
      await response.arrayBuffer()
      return response.status
    },
    async close() {
      if ('closeAllConnections' in server) server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function accept(result: unknown): Reply {
  return { ok: true, result }
}

function refuse(code: number): Reply {
  return { ok: false, error_code: code, description: DESCRIPTIONS[code] ?? 'Error' }
}

function isChat(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** Zalo counts UTF-16 units, as `length` does. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= 2000
}

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value)
}
