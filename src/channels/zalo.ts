import { createHash } from 'node:crypto'
import type { Instant } from '../engine/content.ts'
import type { Channel, Delivery } from './channel.ts'
import { download } from './download.ts'
import { backOff } from './network.ts'
import { toPlain } from './render.ts'
import type { Connected } from './webhook.ts'
import { parseJson, readBody, secretCheck, webhookUrl } from './webhook.ts'
import type { ZaloAnswer, ZaloBotClient } from './zalo-client.ts'
import { zaloClient } from './zalo-client.ts'
import { readEvent } from './zalo-event.ts'

export interface ZaloBot {
  name: string
  token: string
  secret: string
}

export interface ZaloConfig {
  apiRoot: string
  bots: readonly ZaloBot[]
  now?: () => Instant
  /** Spreads retries; between 0 and 1. */
  random?: () => number
  timeoutMs?: number
}

const TEXT_LENGTH = 2000
const RETRY_MS = 5_000
/** "Quota exceeded" comes without a time to wait. */
const QUOTA_RETRY_MS = 60_000

const GROUP_REFUSAL =
  'Để giữ riêng tư cho mọi người, ở đây mình không trò chuyện trong nhóm. ' +
  'Bạn nhắn riêng cho mình nhé. Nếu có ai đang gặp nguy hiểm, hãy gọi 115.'

export function zalo(config: ZaloConfig): Channel {
  checkSecrets(config.bots)
  const { now = Date.now, random = Math.random } = config
  const clients = new Map(config.bots.map((bot) => [bot.name, makeClient(config, bot)]))
  const checks = config.bots.map(({ name, secret }) => ({ name, accepts: secretCheck(secret) }))
  const refusedGroups = new Set<string>()
  return {
    name: 'zalo',
    limits: {
      textLength: TEXT_LENGTH,
      buttons: false,
      canPush: true,
      canDelete: false,
      voice: false,
      voiceAddress: true,
    },
    bots: config.bots.map(({ name }) => name),

    async receive(request) {
      const given = request.headers.get('X-Bot-Api-Secret-Token')
      // Every secret is compared, so the time taken does not tell which bot was nearest.
      const bot = checks.filter(({ accepts }) => accepts(given))[0]?.name ?? null
      if (bot === null) return { type: 'refused', status: 401, message: 'wrong secret' }
      const body = await readBody(request)
      if (body.type === 'too_large') return { type: 'refused', status: 413, message: 'too large' }
      if (body.type === 'unreadable') return { type: 'refused', status: 400, message: 'unreadable body' }
      // Zalo probes a webhook with an empty body.
      if (body.text.trim() === '') return { type: 'accepted', bot, arrivals: [] }
      const json = parseJson(body.text)
      if (typeof json !== 'object' || json === null) return { type: 'refused', status: 400, message: 'not an event' }
      const reading = readEvent(json, createHash('sha256').update(body.text).digest('hex'), now())
      switch (reading.type) {
        case 'arrival':
          return { type: 'accepted', bot, arrivals: [reading.arrival] }
        case 'group': {
          const client = clients.get(bot)
          const acknowledge = () => refuseGroup(client, refusedGroups, `${bot} ${reading.chat}`, reading.chat)
          return { type: 'accepted', bot, arrivals: [], acknowledge }
        }
        case 'nothing':
          return { type: 'accepted', bot, arrivals: [] }
        default:
          return reading satisfies never
      }
    },

    async fetchVoice(_bot, ref) {
      const url = URL.canParse(ref) ? new URL(ref) : null
      // An event names the address: nothing but Zalo's own files is ever asked for.
      if (url?.protocol !== 'https:' || !/(?:^|\.)zdn\.vn$/.test(url.hostname)) return { type: 'lost', reason: 'gone' }
      return download(ref, 'audio/aac')
    },

    async send(bot, handle, part) {
      const client = clients.get(bot)
      // A bot that left the settings: its token is gone with it.
      if (client === undefined) return { type: 'failed', reason: 'unauthorised' }
      if (part.voice?.address !== undefined) {
        const spoken = await client.sendVoice(handle, part.voice.address)
        // Where Zalo takes no such sound the words go out: nobody is left without either.
        const refused = toDelivery(spoken, now(), random)
        if (refused.type !== 'failed' || refused.reason !== 'refused') return refused
      }
      const text = toPlain(part, true)
      if (text.length > TEXT_LENGTH) return { type: 'failed', reason: 'too_long' }
      return toDelivery(await client.sendMessage(handle, text), now(), random)
    },
  }
}

function toDelivery(answer: ZaloAnswer<{ message_id: string }>, now: Instant, random: () => number): Delivery {
  const retry = (floorMs: number, reason: string): Delivery => ({
    type: 'retry',
    notBefore: backOff(now, random, floorMs),
    reason,
  })
  if (answer.type === 'ok') return { type: 'sent', externalId: answer.result?.message_id ?? null }
  if (answer.type === 'network') {
    return answer.failure === 'unsent' ? retry(RETRY_MS, answer.reason) : { type: 'uncertain', reason: answer.reason }
  }
  const { code } = answer
  if (code === 401) return { type: 'failed', reason: 'unauthorised' }
  // Zalo gave up waiting for itself: the message may have gone out.
  if (code === 408) return { type: 'uncertain', reason: '408' }
  if (code === 429) return retry(QUOTA_RETRY_MS, '429')
  // In Zalo's own table 403 means "Internal server error", not that somebody blocked us.
  if (code === 403 || code >= 500) return retry(RETRY_MS, String(code))
  return { type: 'failed', reason: 'refused' }
}

/** Others in a group would read along: say so once, and not at every mention. */
async function refuseGroup(client: ZaloBotClient | undefined, refused: Set<string>, key: string, chat: string) {
  if (client === undefined || refused.has(key)) return
  refused.add(key)
  await client.sendMessage(chat, GROUP_REFUSAL)
}

function checkSecrets(bots: readonly ZaloBot[]): void {
  if (bots.some(({ secret }) => secret.length < 8 || secret.length > 256)) {
    throw new Error(
      'ZALO_WEBHOOK_SECRET thiếu hoặc sai: mỗi bot cần một mã riêng dài 8–256 ký tự. ' +
        '(ZALO_WEBHOOK_SECRET is missing or malformed: each bot needs its own secret of 8–256 characters.)',
    )
  }
  if (
    new Set(bots.map(({ secret }) => secret)).size < bots.length ||
    new Set(bots.map(({ name }) => name)).size < bots.length
  ) {
    throw new Error(
      'ZALO_WEBHOOK_SECRET bị trùng: mỗi bot cần một tên và một mã riêng. ' +
        '(ZALO_WEBHOOK_SECRET repeats: each bot needs its own name and secret, which tells the bots apart.)',
    )
  }
}

function makeClient({ apiRoot, timeoutMs }: ZaloConfig, { token }: ZaloBot): ZaloBotClient {
  return zaloClient({ token, apiRoot, ...(timeoutMs === undefined ? {} : { timeoutMs }) })
}

/** Tells Zalo where to deliver each bot's messages; safe to repeat. */
export async function connect(config: ZaloConfig, publicUrl: string): Promise<readonly Connected[]> {
  checkSecrets(config.bots)
  const webhook = webhookUrl(publicUrl, 'zalo')
  const connected: Connected[] = []
  for (const bot of config.bots) {
    const answer = await makeClient(config, bot).setWebhook(webhook, bot.secret)
    connected.push({ bot: bot.name, webhook, problem: nameProblem(answer) })
  }
  return connected
}

function nameProblem(answer: ZaloAnswer<unknown>): string | null {
  switch (answer.type) {
    case 'ok':
      return null
    case 'refused':
      return `${answer.code} ${answer.description}`.trim()
    case 'network':
      return answer.reason
    default:
      return answer satisfies never
  }
}
