import type { Instant } from '../engine/content.ts'
import type { TimerKind } from '../engine/conversation.ts'
import { endUncertain, repeatExpiredRows, uncertainLeases } from '../store/leases.ts'
import { load } from '../store/load.ts'
import { forgetInbound, quietContacts } from '../store/retention.ts'
import { type DueTimer, dueTimers, isSet } from '../store/timers.ts'
import { forgetStale } from './accounts.ts'
import type { App } from './app.ts'
import { warnOfTopics } from './content-due.ts'
import { drain } from './deliver.ts'
import { each } from './each.ts'
import { finishErasures } from './erasure.ts'
import { errorName } from './error-name.ts'
import { internal } from './handle.ts'
import { releaseLostHolds } from './lost-holds.ts'
import { announceMeetings, continueSeries } from './meetings.ts'
import { warnOfQuota } from './quota.ts'
import { reportFate } from './record.ts'
import { fetchRecordings } from './recordings.ts'
import { remindOfClasses } from './training.ts'

const DAY_MS = 86_400_000
/** Conversations that housekeeping looks at together. */
const ROUND = 100
/** Timers that are decided at once, so that they share what a commit costs; those of one person keep their order. */
const TOGETHER = 32

/**
 * What time alone brings: due timers, leases that ran out, waiting messages, erasures to finish.
 * Safe to run twice at once; each timer fires once by its key. A slow platform does not hold it up.
 */
export async function tick(app: App): Promise<void> {
  await step(app, 'meetings', announceMeetings)
  await step(app, 'timers', fireTimers)
  await step(app, 'holds', releaseLostHolds)
  await step(app, 'leases', () => releaseLeases(app, app.now()))
  app.later(drain(app))
  app.later(step(app, 'recordings', fetchRecordings))
  await step(app, 'erasures', finishErasures)
  await step(app, 'quota', warnOfQuota)
}

/** The slower housekeeping, hourly. */
export async function tidy(app: App): Promise<void> {
  await step(app, 'retention', expireTexts)
  await step(app, 'series', continueSeries)
  await step(app, 'classes', remindOfClasses)
  await step(app, 'content', warnOfTopics)
  await step(app, 'accounts', forgetStale)
  await step(app, 'inbound', () => forgetInbound(app.store, app.now() - 14 * DAY_MS, app.limits.inbound))
}

async function step(app: App, name: string, work: (app: App) => Promise<void>): Promise<void> {
  try {
    await work(app)
  } catch (error) {
    app.log.error({ event: 'tick_failed', step: name, error: errorName(error) })
  }
}

async function fireTimers(app: App): Promise<void> {
  const due = await dueTimers(app.store, app.now(), app.limits.timers)
  await each(app, 'timers', due, (one) => fire(app, one), TOGETHER)
}

/** Only if it is still set as it was read: a reply meanwhile may have cleared it, and a new wait begun. */
async function fire(app: App, due: DueTimer): Promise<void> {
  const { id, contact, kind, dueAt, round } = due
  const event = { type: 'timer' as const, timer: { id, kind: kind as TimerKind, dueAt } }
  await internal(app, contact, `timer:${id}:${round}:${dueAt}`, event, { still: () => isSet(app.store, due) })
}

/**
 * Leases that ended before `before`: their sender died. At a start every lease of the dead process counts,
 * since one process writes. Each is reported before it is marked, so that a crash here loses none.
 */
export async function releaseLeases(app: App, before: Instant): Promise<void> {
  app.metrics.repeats.inc(await repeatExpiredRows(app.store, before))
  await each(app, 'leases', await uncertainLeases(app.store, before, app.limits.leases), async (row) => {
    await reportFate(app, row, 'uncertain', 'lease_expired')
    await endUncertain(app.store, row.n, app.now())
  })
}

/** Texts that reached their age are erased through the one door. */
async function expireTexts(app: App): Promise<void> {
  const before = app.now() - app.settings.retentionDays * DAY_MS
  for (let left = app.limits.expired; left > 0; left -= ROUND) {
    const limit = Math.min(left, ROUND)
    const quiet = await quietContacts(app.store, before, limit)
    await each(app, 'retention', quiet, async ({ contact, seq, activeAt }) => {
      const timer = { id: `${contact}:retention`, kind: 'retention' as const, dueAt: before }
      const still = async () => (await load(app.store, contact)).activeAt === activeAt
      await internal(app, contact, `retention:${contact}:${seq}:${activeAt}`, { type: 'timer', timer }, { still })
    })
    if (quiet.length < limit) return
  }
}
