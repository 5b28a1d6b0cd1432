import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import type { App } from './app.ts'
import { exclusively } from './handle.ts'

/** OWASP's scrypt setting for 16 MiB; the cost stands in each hash, so it can be raised later. */
const COST = { N: 16_384, r: 8, p: 5 }
const BYTES = 32

/** What stands at the top of every list of stolen passwords, and what Vietnamese keyboards add to it. */
const COMMON =
  /^(?:(.)\1*|(?:0?1234567890?|0987654321|9876543210|1234567891|123456789a|a123456789|qwertyuiop|1q2w3e4r5t|abcdefghij)\d*|(?:password|matkhau|mật khẩu|iloveyou|anhyeuem|emyeuanh|yeuem|donghanh|đồng hành|vietnam|viet nam|admin|123123|112233|888888|666666)[\d!@#.]*)$/i

export type WeakPassword = 'short' | 'long' | 'common' | 'like_login'

/** Why a new password is refused, or null. Length is what counts; no rule about kinds of signs. */
export function weakness(password: string, login: string): WeakPassword | null {
  const given = canonical(password)
  if ([...given].length < 10) return 'short'
  if (given.length > 200) return 'long'
  if (COMMON.test(given.trim())) return 'common'
  if (login !== '' && given.toLowerCase().replaceAll(login, '').length < 6) return 'like_login'
  return null
}

/** One at a time in a process: each costs 16 MB while it runs. */
export async function hashPassword(app: App, password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await exclusively(app, 'password', () => derive(password, salt, COST))
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Is it the password; without a stored hash the same time is spent, so that nobody learns which names exist. */
export async function isPassword(app: App, password: string, stored: string | null): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = stored?.split('$') ?? []
  const cost = stored === null ? COST : { N: Number(N), r: Number(r), p: Number(p) }
  const wanted = stored === null ? Buffer.alloc(BYTES) : Buffer.from(hash, 'base64url')
  const given = await exclusively(app, 'password', () => derive(password, Buffer.from(salt, 'base64url'), cost))
  return timingSafeEqual(given, wanted) && stored !== null
}

/** Keyboards write one Vietnamese letter in two ways. */
function canonical(password: string): string {
  return password.normalize('NFC')
}

function derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(canonical(password), salt, BYTES, { ...cost, maxmem: 64 * 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  )
}
