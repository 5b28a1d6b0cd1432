import type { Instant } from '../engine/content.ts'
import type { TimerKind } from '../engine/conversation.ts'
import { releaseExpired } from '../store/outbox.ts'
import { destroyKeys, forgetInbound, quietContacts, removeErased } from '../store/retention.ts'
import { dueTimers } from '../store/timers.ts'
import type { App } from './app.ts'
import { drain, reportFate } from './deliver.ts'
import { errorName, exclusively, internal } from './handle.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const LIMIT = 100

/**
 * What time alone brings: due timers, leases that ran out, waiting messages, texts that reached their age.
 * Safe to run twice at once; each timer fires once by its key.
 */
export async function tick(app: App): Promise<void> {
  await step(app, 'timers', fireTimers)
  await step(app, 'leases', () => releaseLeases(app, app.now()))
  await step(app, 'drain', drain)
  await step(app, 'erasures', forgetErased)
}

/** The slower housekeeping, hourly. */
export async function tidy(app: App): Promise<void> {
  await step(app, 'retention', expireTexts)
  await step(app, 'inbound', () => forgetInbound(app.store, app.now() - 14 * DAY_MS))
}

async function step(app: App, name: string, work: (app: App) => Promise<void>): Promise<void> {
  try {
    await work(app)
  } catch (error) {
    app.log.error({ event: 'tick_failed', step: name, error: errorName(error) })
  }
}

async function fireTimers(app: App): Promise<void> {
  for (const { round, contact, ...timer } of await dueTimers(app.store, app.now(), LIMIT)) {
    const event = { type: 'timer' as const, timer: { ...timer, kind: timer.kind as TimerKind } }
    await internal(app, contact, `timer:${timer.id}:${round}`, event)
  }
}

/**
 * Leases that ended before `before`: their sender died. At a start every lease of the dead process counts,
 * since one process writes.
 */
export async function releaseLeases(app: App, before: Instant): Promise<void> {
  const released = await releaseExpired(app.store, before)
  for (const row of released) await reportFate(app, row.contact, row.id, 'uncertain', 'lease_expired')
}

async function forgetErased(app: App): Promise<void> {
  const now = app.now()
  await destroyKeys(app.store, app.vault, now)
  await removeErased(app.store, app.vault, now, now - HOUR_MS, (contact, work) => exclusively(app, contact, work))
}

async function expireTexts(app: App): Promise<void> {
  const before = app.now() - app.settings.retentionDays * DAY_MS
  for (const { contact, seq } of await quietContacts(app.store, before, LIMIT)) {
    const timer = { id: `${contact}:retention`, kind: 'retention' as const, dueAt: before }
    await internal(app, contact, `retention:${contact}:${seq}`, { type: 'timer', timer })
  }
}
