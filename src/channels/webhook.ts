import { createHash, timingSafeEqual } from 'node:crypto'

/** Far above any update of either platform, and small enough to hold in memory. */
const BODY_LIMIT = 1_048_576

/** Compares in equal time whatever the lengths: both sides are hashed, the expected one once. */
export function secretCheck(expected: string): (given: string | null) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const wanted = digest(expected)
  return (given) => timingSafeEqual(digest(given ?? ''), wanted) && given !== null && expected !== ''
}

export type Body = { type: 'text'; text: string } | { type: 'too_large' } | { type: 'unreadable' }

/** Reads a webhook's body, stopping at the limit whatever the Content-Length claims; never throws. */
export async function readBody(request: Request, limit = BODY_LIMIT): Promise<Body> {
  const declared = request.headers.get('content-length')
  if (Number(declared ?? 0) > limit) return { type: 'too_large' }
  try {
    // The HTTP layer reads no further than the declared length; asking for the stream would cost three times as much.
    if (declared !== null) return checked(await request.text(), limit)
    if (request.body === null) return { type: 'text', text: '' }
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

/** A request that was not parsed by an HTTP layer, such as a test's, may be longer than it says. */
function checked(text: string, limit: number): Body {
  return Buffer.byteLength(text) > limit ? { type: 'too_large' } : { type: 'text', text }
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
