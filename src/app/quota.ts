import { type Claimed, type Usage, usage } from '../store/outbox.ts'
import type { App } from './app.ts'

const FRESH_MS = 5_000
const cache = new WeakMap<App, { at: number; usage: ReadonlyMap<string, Usage> }>()

/** How far each Zalo bot is into its allowance; read at most every five seconds. */
export async function zaloUsage(app: App): Promise<ReadonlyMap<string, Usage>> {
  const now = app.now()
  const known = cache.get(app)
  if (known && now - known.at < FRESH_MS && now >= known.at) return known.usage
  const fresh = await usage(app.store, 'zalo', now)
  cache.set(app, { at: now, usage: fresh })
  for (const [bot, used] of fresh) {
    app.metrics.quota.set({ channel: 'zalo', bot, what: 'messages' }, used.sent / app.settings.zalo.messages)
    app.metrics.quota.set({ channel: 'zalo', bot, what: 'users' }, used.people / app.settings.zalo.users)
  }
  return fresh
}

/** The last messages of a bot's month are kept for emergencies. */
export async function allowance(app: App, row: Claimed): Promise<'send' | 'reserved'> {
  if (row.channel !== 'zalo' || row.lane === 0) return 'send'
  const sent = (await zaloUsage(app)).get(row.bot)?.sent ?? 0
  const { messages, crisisReserve } = app.settings.zalo
  return sent < messages - crisisReserve ? 'send' : 'reserved'
}

/** Warnings for staff: a bot at 80 % of its messages or people. */
export async function quotaWarnings(app: App): Promise<readonly { bot: string; what: 'messages' | 'users'; used: number; of: number }[]> {
  const limits = app.settings.zalo
  return [...(await zaloUsage(app))].flatMap(([bot, used]) => [
    ...(used.sent >= 0.8 * limits.messages ? [{ bot, what: 'messages' as const, used: used.sent, of: limits.messages }] : []),
    ...(used.people >= 0.8 * limits.users ? [{ bot, what: 'users' as const, used: used.people, of: limits.users }] : []),
  ])
}

/** The bots that may still be shown as an entrance: at 45 of 50 people another bot or the web takes over. */
export async function openBots(app: App, bots: readonly string[]): Promise<readonly string[]> {
  const used = await zaloUsage(app)
  return bots.filter((bot) => (used.get(bot)?.people ?? 0) < app.settings.zalo.usersSwitch)
}
