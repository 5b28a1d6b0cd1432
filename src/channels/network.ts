import type { Instant } from '../engine/content.ts'

/** `unsent`: the platform cannot have seen the request. `unknown`: it may have acted on it. */
export type NetworkFailure = 'unsent' | 'unknown'

const UNSENT_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ERR_INVALID_URL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])
const UNSENT_SYSCALLS = new Set(['connect', 'getaddrinfo'])

/** Only an error that proves that nothing left this machine counts as `unsent`; everything else is doubt. */
export function judgeFailure(error: unknown, depth = 0): NetworkFailure {
  if (typeof error !== 'object' || error === null || depth > 5) return 'unknown'
  const { code, syscall, cause, errors } = error as Record<string, unknown>
  if (typeof code === 'string' && UNSENT_CODES.has(code)) return 'unsent'
  if (typeof syscall === 'string' && UNSENT_SYSCALLS.has(syscall)) return 'unsent'
  if (Array.isArray(errors) && errors.length > 0) {
    return errors.every((inner) => judgeFailure(inner, depth + 1) === 'unsent') ? 'unsent' : 'unknown'
  }
  return cause === undefined ? 'unknown' : judgeFailure(cause, depth + 1)
}

/** A short reason for logs and the desk: an error's kind, never its message, which could hold a URL with a token. */
export function nameFailure(error: unknown): string {
  const seen = (error ?? {}) as { name?: unknown; code?: unknown; cause?: { code?: unknown } }
  const kind = seen.cause?.code ?? (typeof seen.code === 'string' ? seen.code : seen.name)
  return typeof kind === 'string' ? kind : 'network error'
}

/** Between `floorMs` and three times it from now, so that many held messages do not return at once. */
export function backOff(now: Instant, random: () => number, floorMs: number): Instant {
  return Math.round(now + floorMs + random() * 2 * floorMs)
}
