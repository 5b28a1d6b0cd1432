import type { Context } from 'hono'

/**
 * The network address a request came from, or null where nobody knows it.
 * @param trustedProxy whether the last address a proxy wrote down is to be believed
 */
export function addressOf(c: Context, trustedProxy: boolean): string | null {
  const written = trustedProxy
    ? c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim()
    : c.req.header('CF-Connecting-IP')
  if (trustedProxy && written) return written
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined
  return env?.incoming?.socket?.remoteAddress ?? written ?? null
}
