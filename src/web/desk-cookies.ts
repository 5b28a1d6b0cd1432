import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { From } from '../app/sign-in.ts'
import { ABSOLUTE_MS } from '../store/staff-sessions.ts'
import { addressOf } from './address.ts'

/** How the desk is reached: over TLS or not, behind a proxy or not. */
export interface Door {
  secure: boolean
  trustedProxy: boolean
}

/** The prefix makes browsers refuse the cookie from anywhere but this very host over TLS. */
const cookieName = ({ secure }: Door) => (secure ? '__Host-desk' : 'desk')
const knownName = ({ secure }: Door) => (secure ? '__Host-desk-known' : 'desk-known')
const YEAR_SECONDS = 365 * 86_400

/** The token of a session, as a browser keeps it. */
export function readSession(c: Context, door: Door): string | null {
  const token = getCookie(c, cookieName(door))
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : null
}

export function giveSession(c: Context, door: Door, token: string): void {
  const options = { path: '/', httpOnly: true, sameSite: 'Strict', secure: door.secure } as const
  setCookie(c, cookieName(door), token, { ...options, maxAge: ABSOLUTE_MS / 1000 })
}

export function endSession(c: Context, door: Door): void {
  deleteCookie(c, cookieName(door), { path: '/', secure: door.secure })
}

/** See `makeKnown`. */
export function giveKnown(c: Context, door: Door, mark: string): void {
  const options = { path: '/', httpOnly: true, sameSite: 'Strict', secure: door.secure } as const
  setCookie(c, knownName(door), mark, { ...options, maxAge: YEAR_SECONDS })
}

export function readKnown(c: Context, door: Door): string | null {
  return getCookie(c, knownName(door)) ?? null
}

export function fromOf(c: Context, { trustedProxy }: Door): From {
  return { address: addressOf(c, trustedProxy), device: deviceOf(c.req.header('User-Agent') ?? '') }
}

/** The kind of browser in a word or two: enough to tell one's phone from another's computer. */
function deviceOf(agent: string): string {
  const system = /android/i.test(agent)
    ? 'Android'
    : /iphone|ipad/i.test(agent)
      ? 'iPhone hoặc iPad'
      : /windows/i.test(agent)
        ? 'Windows'
        : /mac os/i.test(agent)
          ? 'Mac'
          : /linux/i.test(agent)
            ? 'Linux'
            : 'Thiết bị khác'
  const browser = /firefox/i.test(agent)
    ? 'Firefox'
    : /edg\//i.test(agent)
      ? 'Edge'
      : /coc_coc/i.test(agent)
        ? 'Cốc Cốc'
        : /chrome|crios/i.test(agent)
          ? 'Chrome'
          : /safari/i.test(agent)
            ? 'Safari'
            : ''
  return browser === '' ? system : `${browser}, ${system}`
}
