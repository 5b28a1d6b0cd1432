import type { Part } from '../channels/channel.ts'
import type { Message } from '../engine/content.ts'
import { instantOf, localTime } from '../engine/hours.ts'
import { isKnown } from '../store/load.ts'
import type { Claimed } from '../store/outbox.ts'
import type { Query } from '../store/query.ts'
import { monthOf, noteInbound, type Usage, usage } from '../store/usage.ts'
import type { App } from './app.ts'
import { botPart, isForStaff } from './part.ts'

/** How far each Zalo bot is into its allowance. */
export async function zaloUsage(app: App): Promise<ReadonlyMap<string, Usage>> {
  const used = await usage(app.store, 'zalo', app.now())
  for (const [bot, { sent, people }] of used) {
    app.metrics.quota.set({ channel: 'zalo', bot, what: 'messages' }, sent / app.settings.zalo.messages)
    app.metrics.quota.set({ channel: 'zalo', bot, what: 'users' }, people / app.settings.zalo.users)
  }
  return used
}

/**
 * The last messages of a bot's month are kept for emergencies. `notice`: somebody who waits for an answer is told
 * once a month where the talk can go on.
 */
export async function allowance(app: App, row: Claimed): Promise<'send' | 'notice' | 'reserved'> {
  if (row.channel !== 'zalo' || row.lane === 0) return 'send'
  const sent = (await zaloUsage(app)).get(row.bot)?.sent ?? 0
  const { messages, crisisReserve } = app.settings.zalo
  if (sent < messages - crisisReserve) return 'send'
  if (isForStaff(row.kind)) return 'reserved'
  return row.lane === 2 || (await isKnown(app.store, toldKey(app, row))) ? 'reserved' : 'notice'
}

/** Without a public address there is nowhere to send people: they get the card with the emergency numbers. */
export function quotaNotice(app: App, row: Claimed): Promise<Part> {
  const { publicUrl } = app.settings
  const message: Message =
    publicUrl === null
      ? { blocks: [{ key: 'he-thong.loi' }] }
      : { blocks: [{ key: 'he-thong.het-luot', fills: { web: { type: 'text', text: `${publicUrl}/chat` } } }] }
  return botPart(app, row, message)
}

/** Remembered like an inbound: hashed, and forgotten some time after the month. */
export function noteTold(app: App, row: Claimed): Query {
  const { year, month } = localTime(app.now())
  return noteInbound({ key: toldKey(app, row), at: instantOf(year, month + 1, 1) })
}

function toldKey(app: App, row: Claimed): string {
  return app.vault.hashKey(`quota:${row.address}:${monthOf(app.now())}`)
}

export interface QuotaWarning {
  bot: string
  what: 'messages' | 'users'
  used: number
  of: number
}

/** Warnings for staff: a bot at 80 % of its messages or people. */
export async function quotaWarnings(app: App): Promise<readonly QuotaWarning[]> {
  const limits = app.settings.zalo
  const all = [...(await zaloUsage(app))].flatMap(([bot, { sent, people }]): QuotaWarning[] => [
    { bot, what: 'messages', used: sent, of: limits.messages },
    { bot, what: 'users', used: people, of: limits.users },
  ])
  return all.filter(({ used, of }) => used >= 0.8 * of)
}

const warned = new WeakMap<App, Set<string>>()

/** Logs each warning once a month. */
export async function warnOfQuota(app: App): Promise<void> {
  const known = warned.get(app) ?? new Set()
  warned.set(app, known)
  for (const warning of await quotaWarnings(app)) {
    const name = `${warning.bot} ${warning.what} ${monthOf(app.now())}`
    if (!known.has(name)) app.log.warn({ event: 'quota', channel: 'zalo', ...warning })
    known.add(name)
  }
}

/** The bots that may still be shown as an entrance: at 45 of 50 people another bot or the web takes over. */
export async function openBots(app: App, bots: readonly string[]): Promise<readonly string[]> {
  const used = await zaloUsage(app)
  return bots.filter((bot) => (used.get(bot)?.people ?? 0) < app.settings.zalo.usersSwitch)
}
