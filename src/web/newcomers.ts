import type { Context } from 'hono'
import { addressOf } from './address.ts'

const WINDOW_MS = 10 * 60_000
/** Whole villages share one address of a mobile network, so this only stops a flood. */
const PER_ADDRESS = 60
const ADDRESSES = 50_000

/** This machine itself, or a proxy on it that says nothing of who is behind it. */
const LOCAL = /^(?:::1|(?:::ffff:)?127\.)/

/**
 * Counts first messages by network address, in memory only and for ten minutes: a flood of invented visitors must not
 * bury the people who wait. Somebody who already has a conversation is never held back.
 * @param trustedProxy whether the last address a proxy wrote down is to be believed
 */
export function createNewcomers(trustedProxy: boolean, now: () => number): (c: Context) => boolean {
  const counts = new Map<string, { since: number; count: number }>()
  return (c) => {
    const address = addressOf(c, trustedProxy)
    if (address === null || LOCAL.test(address)) return true
    const known = counts.get(address)
    const fresh = known !== undefined && now() - known.since < WINDOW_MS
    const entry = fresh ? known : { since: now(), count: 0 }
    entry.count += 1
    if (!fresh && counts.size >= ADDRESSES) counts.delete(counts.keys().next().value!)
    counts.set(address, entry)
    return entry.count <= PER_ADDRESS
  }
}
