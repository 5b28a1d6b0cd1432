import { randomInt } from 'node:crypto'
import type { Id } from '../engine/content.ts'
import { putLinkCode } from '../store/staff-phone-links.ts'
import type { App } from './app.ts'

const LIFE_MS = 15 * 60_000
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** A one-time code, good for fifteen minutes, with which a member links their own phone; an earlier one ends. */
export async function makeLinkCode(app: Pick<App, 'store' | 'vault' | 'now'>, staff: Id): Promise<string> {
  const draw = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  const [first, second] = [draw(), draw()]
  const now = app.now()
  await putLinkCode(app.store, hashCode(app, first + second), staff, now, now + LIFE_MS)
  return `${first}-${second}`
}

/** What is kept of a code. */
export function hashCode({ vault }: Pick<App, 'vault'>, code: string): string {
  return vault.hashToken(`staff phone:${code}`)
}
