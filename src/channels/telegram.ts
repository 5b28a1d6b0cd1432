import { Api, GrammyError, HttpError } from 'grammy'
import type { Instant } from '../engine/content.ts'
import type { Channel, Delivery, FailReason, Part } from './channel.ts'
import { download, VOICE_BYTES } from './download.ts'
import { backOff, judgeFailure, nameFailure } from './network.ts'
import { escapeHtml, toHtml, toPlain } from './render.ts'
import { COMMANDS } from './telegram-commands.ts'
import { readUpdate, toButton } from './telegram-update.ts'
import type { Connected } from './webhook.ts'
import { parseJson, readBody, secretCheck, webhookUrl } from './webhook.ts'

export interface TelegramConfig {
  token: string
  secret: string
  apiRoot: string
  now?: () => Instant
  /** Spreads retries; between 0 and 1. */
  random?: () => number
  timeoutMs?: number
}

const BOT = 'telegram'
const TEXT_LENGTH = 4096
const TIMEOUT_MS = 10_000
const RETRY_MS = 3_000

export function telegram(config: TelegramConfig): Channel {
  checkSecret(config.secret)
  const { now = Date.now, random = Math.random } = config
  const api = makeApi(config)
  const accepts = secretCheck(config.secret)
  return {
    name: 'telegram',
    limits: { textLength: TEXT_LENGTH, buttons: true, canPush: true, canDelete: true, voice: true },
    bots: [BOT],

    async receive(request) {
      if (!accepts(request.headers.get('X-Telegram-Bot-Api-Secret-Token'))) {
        return { type: 'refused', status: 401, message: 'wrong secret' }
      }
      const body = await readBody(request)
      if (body.type === 'too_large') return { type: 'refused', status: 413, message: 'too large' }
      const reading = body.type === 'text' ? readUpdate(parseJson(body.text), now()) : null
      if (reading === null) return { type: 'refused', status: 400, message: 'not an update' }
      const { arrival, callback } = reading
      return {
        type: 'accepted',
        bot: BOT,
        arrivals: arrival === null ? [] : [arrival],
        ...(callback === null ? {} : { acknowledge: () => answerPress(api, callback) }),
      }
    },

    async fetchVoice(_bot, ref) {
      try {
        const { file_path: path, file_size: size = 0 } = await api.getFile(ref)
        if (size > VOICE_BYTES) return { type: 'lost', reason: 'too_big' }
        if (path === undefined) return { type: 'retry', reason: 'no_path' }
        return await download(`${rootOf(config)}/file/bot${config.token}/${path}`, mimeOf(path))
      } catch (error) {
        const refused = error instanceof GrammyError && error.error_code < 429
        if (!refused) return { type: 'retry', reason: 'network' }
        return { type: 'lost', reason: /too big/i.test(error.description) ? 'too_big' : 'gone' }
      }
    },

    async send(_bot, handle, part) {
      if (part.voice) return sendVoice(config, handle, part.voice, now(), random)
      if (toPlain(part, false).length > TEXT_LENGTH) return { type: 'failed', reason: 'too_long' }
      const { html, keyboard } = render(part)
      try {
        const sent = await api.sendMessage(handle, html, {
          parse_mode: 'HTML',
          link_preview_options: { is_disabled: true },
          protect_content: true,
          ...(keyboard.length === 0 ? {} : { reply_markup: { inline_keyboard: keyboard } }),
        })
        return { type: 'sent', externalId: sent?.message_id === undefined ? null : String(sent.message_id) }
      } catch (error) {
        return toDelivery(error, now(), random)
      }
    },
  }
}

/** Telegram plays OGG, MP3 and M4A as a voice; other sound arrives as a file. */
async function sendVoice(
  config: TelegramConfig,
  handle: string,
  { mime, bytes }: NonNullable<Part['voice']>,
  now: Instant,
  random: () => number,
): Promise<Delivery> {
  const method = /ogg|mpeg|mp4/.test(mime) ? 'voice' : 'document'
  const form = new FormData()
  form.set('chat_id', handle)
  form.set('protect_content', 'true')
  form.set(method, new Blob([Buffer.from(bytes)], { type: mime }), `tin-thoai.${EXTENSION[mime] ?? 'webm'}`)
  try {
    const response = await fetch(
      `${rootOf(config)}/bot${config.token}/send${method === 'voice' ? 'Voice' : 'Document'}`,
      {
        method: 'POST',
        body: form,
        signal: AbortSignal.timeout(2 * (config.timeoutMs ?? TIMEOUT_MS)),
      },
    )
    const answer = parseJson(await response.text()) as ApiAnswer | null
    if (answer?.ok === true) return { type: 'sent', externalId: String(answer.result?.message_id ?? '') || null }
    const refusal = {
      error_code: response.status,
      description: 'no answer from Telegram',
      ...answer,
      ok: false as const,
    }
    return toDelivery(new GrammyError('sendVoice failed', refusal as never, 'sendVoice', {}), now, random)
  } catch (error) {
    return toDelivery(new HttpError('sendVoice failed', error), now, random)
  }
}

const EXTENSION: Readonly<Record<string, string>> = {
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/webm': 'webm',
  'audio/aac': 'aac',
}

/** A voice is OGG; music that was sent instead says what it is. */
const mimeOf = (path: string) =>
  path.endsWith('.mp3') ? 'audio/mpeg' : /\.(?:m4a|mp4)$/.test(path) ? 'audio/mp4' : 'audio/ogg'

interface ApiAnswer {
  ok: boolean
  result?: { message_id?: number }
}

const rootOf = ({ apiRoot }: TelegramConfig) => apiRoot.replace(/\/+$/, '')

/** A longer label is cut off on a small phone: then the choices stand in the text as well. */
const BUTTON = 40

/** One choice a row; choices that fit no button become numbered lines, which can be answered by number. */
function render(part: Part): { html: string; keyboard: { text: string; callback_data: string }[][] } {
  const buttons = part.choices.map(({ data, label }) => ({ text: label.toWellFormed(), callback_data: toButton(data) }))
  const keyboard = buttons.flatMap(({ text, callback_data }) =>
    callback_data === null || text === '' ? [] : [[{ text, callback_data }]],
  )
  const lines = part.choices.map(({ label }, i) => `${i + 1}. ${escapeHtml(label.toWellFormed())}`)
  const numbered = `${toHtml(part)}\n\n${lines.join('\n')}`
  if (keyboard.length < buttons.length) return { html: numbered, keyboard: [] }
  return { html: buttons.some(({ text }) => text.length > BUTTON) ? numbered : toHtml(part), keyboard }
}

function toDelivery(error: unknown, now: Instant, random: () => number): Delivery {
  if (error instanceof HttpError) {
    const reason = nameFailure(error.error)
    return judgeFailure(error.error) === 'unsent'
      ? { type: 'retry', notBefore: backOff(now, random, RETRY_MS), reason }
      : { type: 'uncertain', reason }
  }
  if (!(error instanceof GrammyError)) return { type: 'uncertain', reason: nameFailure(error) }
  const { error_code: code, description, parameters } = error
  if (code === 429) {
    const wait = parameters.retry_after
    const notBefore = typeof wait === 'number' ? now + wait * 1000 : backOff(now, random, 10 * RETRY_MS)
    return { type: 'retry', notBefore, reason: '429' }
  }
  if (code >= 500) return { type: 'retry', notBefore: backOff(now, random, RETRY_MS), reason: String(code) }
  return { type: 'failed', reason: nameRefusal(code, description) }
}

function nameRefusal(code: number, description: string): FailReason {
  if (code === 401 || code === 404) return 'unauthorised'
  if (/deactivated|chat not found/i.test(description)) return 'gone'
  if (code === 403 || /USER_IS_BLOCKED|blocked by the user/i.test(description)) return 'blocked'
  return /too long/i.test(description) ? 'too_long' : 'refused'
}

/** A press older than a few minutes can no longer be answered; that harms nobody. */
async function answerPress(api: Api, id: string): Promise<void> {
  try {
    await api.answerCallbackQuery(id)
  } catch {
    // The spinner stops by itself.
  }
}

/** Tells Telegram where to deliver and which commands to show; safe to repeat. */
export async function connect(config: TelegramConfig, publicUrl: string): Promise<readonly Connected[]> {
  checkSecret(config.secret)
  const webhook = webhookUrl(publicUrl, 'telegram')
  const commands = COMMANDS.map(({ command, description }) => ({ command, description }))
  try {
    const api = makeApi(config)
    await api.setWebhook(webhook, {
      secret_token: config.secret,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    })
    await api.setMyCommands(commands)
    await api.setMyCommands(commands, { language_code: 'vi' })
    return [{ bot: BOT, webhook, problem: null }]
  } catch (error) {
    const problem =
      error instanceof GrammyError
        ? `${error.error_code} ${error.description}`
        : nameFailure(error instanceof HttpError ? error.error : error)
    return [{ bot: BOT, webhook, problem: problem.replaceAll(config.token, '[token]') }]
  }
}

function checkSecret(secret: string): void {
  if (/^[A-Za-z0-9_-]{1,256}$/.test(secret)) return
  throw new Error(
    'TELEGRAM_WEBHOOK_SECRET thiếu hoặc sai: cần 1–256 ký tự A-Z, a-z, 0-9, _ hoặc -. ' +
      '(TELEGRAM_WEBHOOK_SECRET is missing or malformed: 1–256 characters of A-Z a-z 0-9 _ - are needed.)',
  )
}

/** grammY over the platform's own fetch, so that errors read alike on both runtimes and both channels. */
function makeApi({ token, apiRoot, timeoutMs = TIMEOUT_MS }: TelegramConfig): Api {
  const call = async (url: string, init: RequestInit): Promise<{ json(): Promise<unknown> }> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: init.body ?? '{}',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await response.text()
    if (response.status < 400 || hasEnvelope(parseJson(text))) return { json: async () => JSON.parse(text) }
    // A gateway's page instead of Telegram's answer: keep what its status says.
    return { json: async () => ({ ok: false, error_code: response.status, description: 'no answer from Telegram' }) }
  }
  // grammY is typed for node-fetch; it only uses the URL, these options and `json()`.
  return new Api(token, { apiRoot: apiRoot.replace(/\/+$/, ''), fetch: call as never })
}

function hasEnvelope(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'error_code' in answer && 'ok' in answer
}
