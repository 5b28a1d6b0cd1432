import { createHash, timingSafeEqual } from 'node:crypto'

/** Far above any update of either platform, and small enough to hold in memory. */
const BODY_LIMIT = 1_048_576

/** Equal-time whatever the lengths: both sides are hashed first. */
export function sameSecret(given: string | null, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given ?? ''), digest(expected)) && given !== null && expected !== ''
}

export type Body = { type: 'text'; text: string } | { type: 'too_large' } | { type: 'unreadable' }

/** Reads a webhook's body, stopping at the limit whatever the Content-Length claims; never throws. */
export async function readBody(request: Request, limit = BODY_LIMIT): Promise<Body> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return { type: 'too_large' }
  if (request.body === null) return { type: 'text', text: '' }
  try {
    const decoder = new TextDecoder()
    const reader = request.body.getReader()
    let size = 0
    let text = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { type: 'text', text: text + decoder.decode() }
      size += value.byteLength
      if (size > limit) {
        await reader.cancel()
        return { type: 'too_large' }
      }
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    return { type: 'unreadable' }
  }
}

/** Undefined for text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What registering a bot's webhook did; `problem` never holds a token. */
export interface Connected {
  bot: string
  webhook: string
  problem: string | null
}

/** The address of a channel's webhook under the service's public address. */
export function webhookUrl(publicUrl: string, channel: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/webhooks/${channel}`
}
