import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/** Who is writing, as far as we know: 256 random bits in a cookie that ends with the browser window. */
export function readVisitor(c: Context, secure: boolean): string | null {
  const value = getCookie(c, nameOf(secure))
  return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null
}

export function newVisitor(): string {
  return randomBytes(32).toString('base64url')
}

/** Sets no second cookie for a visitor who already has one. */
export function rememberVisitor(c: Context, visitor: string, secure: boolean): void {
  if (readVisitor(c, secure) === visitor) return
  setCookie(c, nameOf(secure), visitor, { path: '/', httpOnly: true, sameSite: 'Lax', secure })
}

export function forgetVisitor(c: Context, secure: boolean): void {
  deleteCookie(c, nameOf(secure), { path: '/', httpOnly: true, sameSite: 'Lax', secure })
}

/** The prefix makes browsers refuse the cookie from anywhere but this very host over TLS. */
function nameOf(secure: boolean): string {
  return secure ? '__Host-dh' : 'dh'
}
