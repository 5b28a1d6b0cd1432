import type { Instant } from '../engine/content.ts'
import { forgetFailures, giveBack, type Patience, takeAttempt, waitUntil } from '../store/throttle.ts'
import type { App } from './app.ts'

const MINUTE = 60_000

/** Five mistakes are free; then 30 seconds, doubling to 15 minutes. */
const ACCOUNT: Patience = { free: 5, baseMs: MINUTE / 2, capMs: 15 * MINUTE, forgetMs: 24 * 60 * MINUTE }
/** A whole office is behind one address: it is only slowed, and never by those who sign in well. */
const ADDRESS: Patience = { free: 60, baseMs: 5_000, capMs: MINUTE, forgetMs: 60 * MINUTE }

export interface Attempt {
  /** What is guessed at: an account's password or its codes. */
  of: string
  address: string | null
  /** A browser that has signed in to this account before is counted by itself: a stranger's guesses do not lock it out. */
  browser: string | null
}

/** Null when the attempt may be made, else the moment from which the next one may. */
export async function begin(app: App, attempt: Attempt): Promise<Instant | null> {
  for (const [key, patience] of keysOf(app, attempt))
    if (!(await takeAttempt(app.store, key, patience, app.now()))) return waitUntil(app.store, key)
  return null
}

/** It went well: the account's counter starts anew, the address gets its attempt back. */
export async function succeed(app: App, attempt: Attempt): Promise<void> {
  const writes = keysOf(app, attempt).map(([key, patience]) =>
    patience === ADDRESS ? giveBack({ key }) : forgetFailures({ key }),
  )
  await app.store.batch(writes)
}

/** The account first: who must wait there takes nothing from their office's address. */
function keysOf(app: App, { of, address, browser }: Attempt): readonly (readonly [string, Patience])[] {
  const own = browser === null ? `account:${of}` : `browser:${of}:${browser}`
  const keys: [string, Patience][] = [[app.vault.hashKey(`throttle:${own}`), ACCOUNT]]
  if (browser === null && address !== null) keys.push([app.vault.hashKey(`throttle:address:${address}`), ADDRESS])
  return keys
}
