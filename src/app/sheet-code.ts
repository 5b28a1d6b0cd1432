import type { Id } from '../engine/content.ts'
import type { Day } from '../engine/facts.ts'
import { type Sheet, sheetByCode } from '../store/readings.ts'
import { giveBack, type Patience, takeAttempt } from '../store/throttle.ts'
import type { App } from './app.ts'

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const SHAPE = /^[A-Z2-9]{8}$/
/** Whole communes share one address; a guesser of 31⁸ codes gets nowhere at this pace. */
const PATIENCE: Patience = { free: 60, baseMs: 5_000, capMs: 60_000, forgetMs: 60 * 60_000 }

/**
 * The code on the sheet of a commune for a week, the same each time it is printed: computed from a key of the house, so
 * that nothing that opens it lies in the database.
 */
export function sheetCode({ vault }: App, week: Day, commune: Id, serial: number): string {
  const bytes = Buffer.from(vault.hashToken(`sheet:${week}:${commune}:${serial}`), 'base64url')
  return [...bytes.subarray(0, 8)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
}

/** What is kept of it. */
export const sheetHash = (app: App, week: Day, commune: Id, serial: number): string =>
  hashOf(app, sheetCode(app, week, commune, serial))

/** A code as it is printed: `ABCD-EFGH`. */
export const shownCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

/** The eight letters of a code however it was typed; null where it is none. */
export function readSheetCode(text: string): string | null {
  const code = text
    .slice(0, 40)
    .toUpperCase()
    .replaceAll(/[\s–-]/g, '')
  return SHAPE.test(code) ? code : null
}

/**
 * The sheet whose code this is. Every try is counted by the network address it comes from, and given back when the
 * code was right.
 */
export async function openSheet(app: App, text: string, address: string | null): Promise<Sheet | 'unknown' | 'wait'> {
  const code = readSheetCode(text)
  if (code === null) return 'unknown'
  const key = app.vault.hashKey(`sheet try:${address ?? 'nowhere'}`)
  if (!(await takeAttempt(app.store, key, PATIENCE, app.now()))) return 'wait'
  const sheet = await sheetByCode(app.store, hashOf(app, code))
  if (sheet) await app.store.batch([giveBack({ key })])
  return sheet ?? 'unknown'
}

/** One more thing written from this address; false while it must wait. */
export async function mayWrite(app: App, address: string | null): Promise<boolean> {
  return takeAttempt(app.store, app.vault.hashKey(`sheet write:${address ?? 'nowhere'}`), PATIENCE, app.now())
}

const hashOf = ({ vault }: App, code: string) => vault.hashToken(`sheet code:${code}`)
