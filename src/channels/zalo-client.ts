import { z } from 'zod'
import { judgeFailure, type NetworkFailure, nameFailure } from './network.ts'

/** The Zalo Bot API over `fetch`; why it is our own: docs/decisions/002-own-zalo-client.md. */
export interface ZaloBotClient {
  getMe(): Promise<ZaloAnswer<z.output<typeof account>>>
  setWebhook(url: string, secretToken: string): Promise<ZaloAnswer<z.output<typeof hook>>>
  deleteWebhook(): Promise<ZaloAnswer<z.output<typeof hook>>>
  getWebhookInfo(): Promise<ZaloAnswer<z.output<typeof hook>>>
  sendMessage(chatId: string, text: string): Promise<ZaloAnswer<z.output<typeof sent>>>
  sendVoice(chatId: string, voiceUrl: string): Promise<ZaloAnswer<z.output<typeof sent>>>
  sendPhoto(chatId: string, photoUrl: string, caption?: string): Promise<ZaloAnswer<z.output<typeof sent>>>
  sendSticker(chatId: string, sticker: string): Promise<ZaloAnswer<z.output<typeof sent>>>
  sendChatAction(chatId: string, action: 'typing'): Promise<ZaloAnswer<unknown>>
}

/** `result` is null when Zalo said yes in a form we do not know. */
export type ZaloAnswer<T> =
  | { type: 'ok'; result: T | null }
  | { type: 'refused'; code: number; description: string }
  | { type: 'network'; failure: NetworkFailure; reason: string }

export interface ZaloClientConfig {
  token: string
  apiRoot: string
  timeoutMs?: number
}

const TIMEOUT_MS = 10_000

const text = z.union([z.string(), z.number()]).transform(String)
const account = z.looseObject({
  id: text,
  account_name: z.string().optional(),
  can_join_groups: z.boolean().optional(),
})
const hook = z.looseObject({ url: z.string(), updated_at: z.number().optional() })
const sent = z.looseObject({ message_id: text, date: z.number().optional() })
const envelope = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.number().optional(),
  description: z.string().optional(),
})

/** Every method answers with data and never throws; no answer holds the token. */
export function zaloClient({ token, apiRoot, timeoutMs = TIMEOUT_MS }: ZaloClientConfig): ZaloBotClient {
  const root = apiRoot.replace(/\/+$/, '')
  const redact = (words: string) => (token === '' ? words : words.replaceAll(token, '[token]'))

  async function call<T>(method: string, params: object, schema: z.ZodType<T>): Promise<ZaloAnswer<T>> {
    try {
      const response = await fetch(`${root}/bot${token}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(params),
        signal: AbortSignal.timeout(timeoutMs),
      })
      return readAnswer(response.status, await response.json().catch(passAborts), schema, redact)
    } catch (error) {
      return { type: 'network', failure: judgeFailure(error), reason: redact(nameFailure(error)) }
    }
  }

  return {
    getMe: () => call('getMe', {}, account),
    setWebhook: (url, secretToken) => call('setWebhook', { url, secret_token: secretToken }, hook),
    deleteWebhook: () => call('deleteWebhook', {}, hook),
    getWebhookInfo: () => call('getWebhookInfo', {}, hook),
    sendMessage: (chatId, words) => call('sendMessage', { chat_id: chatId, text: words }, sent),
    sendVoice: (chatId, voiceUrl) => call('sendVoice', { chat_id: chatId, voice_url: voiceUrl }, sent),
    sendPhoto: (chatId, photo, caption) =>
      call('sendPhoto', { chat_id: chatId, photo, ...(caption === undefined ? {} : { caption }) }, sent),
    sendSticker: (chatId, sticker) => call('sendSticker', { chat_id: chatId, sticker }, sent),
    sendChatAction: (chatId, action) => call('sendChatAction', { chat_id: chatId, action }, z.unknown()),
  }
}

/** HTTP 200 is not success: only `ok: true` is. */
function readAnswer<T>(
  status: number,
  body: unknown,
  schema: z.ZodType<T>,
  redact: (words: string) => string,
): ZaloAnswer<T> {
  const answer = envelope.safeParse(body).data
  if (answer?.ok === true) return { type: 'ok', result: schema.safeParse(answer.result).data ?? null }
  if (answer === undefined && status < 400) return { type: 'network', failure: 'unknown', reason: 'unreadable answer' }
  const code = answer?.error_code ?? (status < 400 ? 0 : status)
  return { type: 'refused', code, description: redact(answer?.description ?? '') }
}

/** A body that is no JSON is an answer too; one cut off on the way is not. */
function passAborts(error: unknown): undefined {
  if (error instanceof SyntaxError) return undefined
  throw error
}
