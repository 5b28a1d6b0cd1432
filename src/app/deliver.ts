import { windowOf } from '../engine/visits/calm.ts'
import { type Claimed, claim } from '../store/outbox.ts'
import { postpone, settle } from '../store/settle.ts'
import { wishesIn } from '../store/versions.ts'
import { type App, channelOf } from './app.ts'
import { errorName } from './error-name.ts'
import { gate } from './gate.ts'
import { partOf } from './part.ts'
import { allowance, quotaNotice } from './quota.ts'
import { finish, record, recordNotice, tryAgain } from './record.ts'

const LANES = [0, 1, 2]
const BATCH = 32
const LEASE_MS = 60_000

interface Lane {
  busy: Promise<void> | null
  /** Rows may have come since the lane last looked. */
  asked: boolean
  /** How many rows it may still claim. */
  left: number
  /** Wakes a drain that waits for a slow send, since new rows may be due. */
  nudge: () => void
}

const draining = new WeakMap<App, readonly Lane[]>()
const closing = new WeakSet<App>()

/** From now on only what was already claimed is sent; the rest waits for the next start. */
export function stopDraining(app: App): void {
  closing.add(app)
}

/**
 * Sends what is due, lane by lane at the same time: no lane waits for a lower one. Overlapping calls share the work;
 * a slow send holds back only its own address.
 * @param wanted the lanes that may have something new; all of them unless the caller knows better
 */
export async function drain(app: App, wanted: readonly number[] = LANES): Promise<void> {
  const lanes =
    draining.get(app) ??
    LANES.map((): Lane => ({ busy: null, asked: false, left: app.limits.rows, nudge: () => undefined }))
  draining.set(app, lanes)
  await Promise.all(
    [...new Set(wanted)].map((number) => {
      const lane = lanes[number]!
      lane.asked = true
      lane.nudge()
      lane.busy ??= drainLane(app, number, lane).catch((error) => {
        lane.busy = null
        app.log.error({ event: 'drain_failed', lane: number, error: errorName(error) })
      })
      return lane.busy
    }),
  )
}

async function drainLane(app: App, number: number, lane: Lane): Promise<void> {
  const active = new Set<Promise<void>>()
  for (;;) {
    const nudged = new Promise<void>((resolve) => {
      lane.nudge = resolve
    })
    lane.asked = false
    const now = app.now()
    const room = closing.has(app) ? 0 : Math.min(BATCH - active.size, lane.left)
    const rows = room > 0 ? await claim(app.store, number, now, now + LEASE_MS, room) : []
    lane.left -= rows.length
    for (const row of rows) {
      const sending: Promise<void> = deliver(app, row).finally(() => active.delete(sending))
      active.add(sending)
    }
    if (active.size > 0) {
      await Promise.race([nudged, ...active])
      // Sends that end together are followed by one claim, not by one each.
      await new Promise((resolve) => setImmediate(resolve))
    } else if (!lane.asked || closing.has(app)) break
  }
  lane.busy = null
}

/** Sends one claimed row and records its fate. */
async function deliver(app: App, row: Claimed): Promise<void> {
  let handed = false
  try {
    if (!belongs(app, row)) return await app.store.batch(settle(row, STRAY, app.now(), null))
    if (row.lane === 2 && (await held(app, row))) return
    const allowed = await allowance(app, row)
    if (allowed === 'reserved') return await finish(app, row, 'failed', 'quota')
    const part = allowed === 'notice' ? await quotaNotice(app, row) : await partOf(app, row)
    const handle = row.handle && (await app.vault.open(`address:${row.address}`, row.handle))
    const channel = channelOf(app, row.channel)
    if (part === null || handle === null || !channel) return await finish(app, row, 'failed', 'gone')
    handed = true
    const delivery = await channel.send(row.bot, handle, part)
    app.metrics.deliveries.inc({ channel: row.channel, outcome: delivery.type })
    if (allowed === 'notice' && delivery.type === 'sent') await recordNotice(app, row, part)
    else await record(app, row, part, delivery)
  } catch (error) {
    app.log.error({ event: 'delivery_failed', outbound: row.n, error: errorName(error) })
    // Once it was handed over, only the end of the lease may decide, by kind, whether it is sent again.
    if (!handed) await tryAgain(app, row, 'internal').catch(() => undefined)
  }
}

const STRAY = { state: 'dropped', externalId: null, reason: 'staff_chat' } as const

/**
 * What was meant for a person never reaches a staff chat, and what is for staff reaches no other: a link, an unlink or a
 * departure may have come after the row was queued.
 */
function belongs(app: App, { kind, phoneOf }: Claimed): boolean {
  if (kind === 'staff_say') return true
  if (kind !== 'staff_alert' && kind !== 'staff_relay') return phoneOf === null
  return phoneOf !== null && app.directory().staff.some(({ id, active }) => id === phoneOf && active)
}

async function held(app: App, row: Claimed): Promise<boolean> {
  const now = app.now()
  const wishes = wishesIn(row.conversation)
  const facts = {
    switchedOff: app.directory().switches.noUnprompted,
    stopped: row.stopped,
    reachable: row.reachable,
    ...wishes,
    window: windowOf(wishes.hours),
    calendar: app.directory().calendar,
    mustBeKnown: row.kind === 'reminder',
    expiresAt: row.expiresAt,
    halted: row.broadcast === 'paused' || row.broadcast === 'stopped' ? row.broadcast : null,
    ticket: row.ticket !== null,
    askedAt: row.askedAt,
  }
  const verdict = gate(facts, now)
  if (verdict.type === 'send') return false
  if (verdict.type === 'hold') await app.store.batch([postpone(row, verdict.until, verdict.reason)])
  else await app.store.batch(settle(row, { state: 'dropped', externalId: null, reason: verdict.reason }, now, null))
  return true
}
