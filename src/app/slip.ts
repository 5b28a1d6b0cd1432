import { randomInt } from 'node:crypto'
import type { Id } from '../engine/content.ts'
import type { Conversation, InboundEvent, Slip } from '../engine/conversation.ts'
import type { SlipFact } from '../engine/facts.ts'
import { readSlipCode, SLIP_PAYLOAD } from '../engine/slip.ts'
import { isKnown } from '../store/load.ts'
import { readSlip } from '../store/slips.ts'
import { giveBack, type Patience, takeAttempt } from '../store/throttle.ts'
import type { App } from './app.ts'

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const DAY_MS = 86_400_000
const MINUTE = 60_000

/** Five codes are free for a chat, then each wrong one doubles the wait. */
const CHAT: Patience = { free: 5, baseMs: 5 * MINUTE, capMs: 24 * 60 * MINUTE, forgetMs: 24 * 60 * MINUTE }
/** New chats cost a guesser nothing: all wrong codes together are counted too, far above what people mistype. */
const EVERYBODY: Patience = { free: 200, baseMs: MINUTE / 2, capMs: 10 * MINUTE, forgetMs: 60 * MINUTE }

/** A fresh slip: what is printed, and what is kept of it. */
export function makeSlip(app: App): { shown: string; slip: Slip } {
  const { shown, code } = freshCode(app)
  return { shown, slip: { code, expiresAt: app.now() + app.settings.slipDays * DAY_MS } }
}

/** A code nobody can guess: how it is shown, and what is kept of it. */
export function freshCode(app: App): { shown: string; code: string } {
  const draw = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  const [first, second] = [draw(), draw()]
  return { shown: `DH-${first}-${second}`, code: hashSlip(app, first + second) }
}

/** What is kept of a code. */
function hashSlip({ vault }: App, code: string): string {
  return vault.hashToken(`slip:${code}`)
}

/**
 * What the code in a message stands for; undefined where the message is none. A redelivered message is no new guess.
 * @param address the chat it came from: guesses are counted by it
 */
export async function hearCode(app: App, address: Id, key: string, event: InboundEvent): Promise<SlipFact | undefined> {
  if (event.type !== 'message' || event.edited) return undefined
  const code = readSlipCode(event.text)
  if (code === null || (await isKnown(app.store, key))) return undefined
  const chat = app.vault.hashKey(`slip try:${address}`)
  const everybody = app.vault.hashKey('slip try')
  for (const [counter, patience] of [
    [chat, CHAT],
    [everybody, EVERYBODY],
  ] as const)
    if (!(await takeAttempt(app.store, counter, patience, app.now()))) return { state: 'throttled' }
  const fact = await readSlip(app.store, hashSlip(app, code), app.now())
  if (fact.state !== 'unknown') await app.store.batch([giveBack({ key: chat }), giveBack({ key: everybody })])
  return fact
}

/** The slip this turn is about: the code just sent, or the one the person was asked about, as it stands now. */
export async function slipFor(
  app: App,
  { linking }: Conversation,
  from: { slip?: SlipFact } | undefined,
): Promise<SlipFact | undefined> {
  if (from?.slip) return from.slip
  return linking ? readSlip(app.store, linking.slip, app.now()) : undefined
}

/** Where a slip's code leads: the web chat always, Telegram where a bot has its own link. */
export function slipLinks(
  publicUrl: string,
  telegram: string | null,
  shown: string,
): { web: string; telegram: string | null } {
  const payload = `${SLIP_PAYLOAD}${shown}`
  return {
    web: `${publicUrl}/chat?phieu=${shown}`,
    telegram: telegram === null ? null : `${telegram}?start=${payload}`,
  }
}
