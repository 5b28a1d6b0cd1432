import type { Delivery, Part } from '../channels/channel.ts'
import type { Instant } from '../engine/content.ts'
import { REPEATED } from '../store/leases.ts'
import type { Claimed } from '../store/outbox.ts'
import type { Query } from '../store/query.ts'
import { isHeld, requeue, settle } from '../store/settle.ts'
import { unlinking } from '../store/staff-phones.ts'
import { houseTask } from '../store/tasks.ts'
import type { App } from './app.ts'
import { internal } from './handle.ts'
import { isForStaff } from './part.ts'
import { noteTold } from './quota.ts'

const RETRY_MS = 2_000
const RETRY_CAP_MS = 10 * 60_000
const ATTEMPTS = 12
/** The reason of a task about a linked phone that hears nothing any more. */
export const PHONE_LOST = 'phone_lost'

/** Records the fate of one API call. */
export async function record(app: App, row: Claimed, part: Part, delivery: Delivery): Promise<void> {
  switch (delivery.type) {
    case 'sent':
      await app.store.batch(
        await sent(app, row, part, { state: 'sent', externalId: delivery.externalId, reason: null }),
      )
      return app.wake(row.contact)
    case 'retry':
      return tryAgain(app, row, delivery.reason, delivery.notBefore)
    case 'uncertain':
      // No platform offers an idempotency key: answers and cards are sent again, the rest asks a person.
      if (!REPEATED.includes(row.kind) || row.attempts >= ATTEMPTS)
        return finish(app, row, 'uncertain', delivery.reason)
      app.metrics.repeats.inc()
      return app.store.batch([requeue(row, app.now() + RETRY_MS, delivery.reason)])
    case 'failed':
      return finish(app, row, 'failed', delivery.reason)
    default:
      return delivery satisfies never
  }
}

/** The person was told that the month is used up instead of what waited: a counsellor hears that it did not go out. */
export async function recordNotice(app: App, row: Claimed, notice: Part): Promise<void> {
  app.log.warn({ event: 'delivery_ended', channel: row.channel, outcome: 'failed', reason: 'quota', outbound: row.n })
  if (row.kind !== 'receipt') await reportFate(app, row, 'failed', 'quota', () => isHeld(app.store, row))
  const rows = await sent(app, row, notice, { state: 'failed', externalId: null, reason: 'quota' })
  await app.store.batch([noteTold(app, row), ...rows])
  app.wake(row.contact)
}

/** The rows of a message that left: its fate, and the words as they were sent, sealed. */
async function sent(
  app: App,
  row: Claimed,
  part: Part,
  outcome: Parameters<typeof settle>[1],
): Promise<readonly Query[]> {
  // A staff chat keeps no copy: an erasure must find every line of a person.
  if (isForStaff(row.kind)) return settle(row, outcome, app.now(), null, true)
  // A greeting and a text that is spoken stay where they are; what staff recorded stands beside this line.
  const { greeting, spoken } = row.message ?? {}
  const kept = greeting !== undefined ? { greeting } : spoken !== undefined ? { spoken } : { recording: row.id }
  const voice = part.voice ? kept : {}
  const line = JSON.stringify({ text: part.paragraphs.join('\n\n'), choices: part.choices, ...voice })
  const sealed = await app.vault.seal(row.contact, `words:${row.id}:sent`, line)
  const human = row.message === null && outcome.state === 'sent'
  return settle(row, outcome, app.now(), {
    kind: human ? 'human' : row.message?.own ? 'own_bot' : 'bot',
    sealed,
  })
}

/** Later, after a wait with full jitter that grows with the attempts; at last it is a failure. */
export async function tryAgain(app: App, row: Claimed, reason: string, notBefore = 0): Promise<void> {
  if (row.attempts >= ATTEMPTS) return finish(app, row, 'failed', reason)
  const wait = Math.random() * Math.min(RETRY_CAP_MS, RETRY_MS * 2 ** row.attempts)
  await app.store.batch([requeue(row, Math.max(notBefore, app.now() + Math.round(wait)), reason)])
}

/** A final failure becomes a task for a counsellor, never only a log line. */
export async function finish(app: App, row: Claimed, state: 'failed' | 'uncertain', reason: string): Promise<void> {
  app.log.warn({ event: 'delivery_ended', channel: row.channel, outcome: state, reason, outbound: row.n })
  // A receipt's person is erased: there is nobody left whom a counsellor could look for.
  if (row.kind !== 'receipt') await reportFate(app, row, state, reason, () => isHeld(app.store, row))
  const lost = isForStaff(row.kind) && reason === 'blocked' ? losePhone(row, app.now()) : []
  await app.store.batch([...settle(row, { state, externalId: null, reason }, app.now(), null), ...lost])
}

/** A phone whose owner blocked the bot hears of nobody any more: it is unlinked, and colleagues are told whose it was. */
function losePhone({ contact, address, phoneOf }: Claimed, now: Instant): readonly Query[] {
  if (phoneOf === null) return []
  return [...unlinking({ contact, address }, now), houseTask(`phone:${address}:${now}`, PHONE_LOST, phoneOf, now)]
}

/**
 * Brings the fate of a delivery through the door, once. The row's number is in the key because ids begin again
 * when an erased person comes back.
 */
export async function reportFate(
  app: App,
  row: { id: string; n: number; contact: string },
  outcome: 'failed' | 'uncertain',
  reason: string,
  still?: () => Promise<boolean>,
): Promise<void> {
  const event = { type: 'delivery' as const, outbound: row.id, outcome, reason }
  await internal(app, row.contact, `delivery:${row.n}:${row.id}:${outcome}`, event, still ? { still } : {})
}
