import type { Delivery, Part } from '../channels/channel.ts'
import type { FillValue, Message } from '../engine/content.ts'
import type { Conversation } from '../engine/conversation.ts'
import { compose } from '../engine/fill.ts'
import { openWords } from '../store/lines.ts'
import { type Claimed, claim, requeue, settle } from '../store/outbox.ts'
import type { App } from './app.ts'
import { gate } from './gate.ts'
import { errorName, internal } from './handle.ts'
import { allowance } from './quota.ts'

const LANES = [0, 1, 2]
const BATCH = 32
const LEASE_MS = 60_000
const RETRY_MS = 2_000
const RETRY_CAP_MS = 10 * 60_000
const ATTEMPTS = 12
const QUIET_MS = 10 * 60_000

interface Lane {
  busy: Promise<void> | null
  /** Wakes a drain that waits for a slow send, since new rows may be due. */
  nudge: () => void
}

const draining = new WeakMap<App, Lane[]>()

/**
 * Sends what is due, lane by lane at the same time: no lane waits for a lower one. Overlapping calls share the work;
 * a slow send holds back only its own address.
 */
export async function drain(app: App): Promise<void> {
  const lanes = draining.get(app) ?? LANES.map((): Lane => ({ busy: null, nudge: () => undefined }))
  draining.set(app, lanes)
  await Promise.all(
    LANES.map((number) => {
      const lane = lanes[number]!
      lane.nudge()
      lane.busy ??= drainLane(app, number, lane)
        .catch((error) => app.log.error({ event: 'drain_failed', lane: number, error: errorName(error) }))
        .finally(() => {
          lane.busy = null
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
    const now = app.now()
    const rows = active.size < BATCH ? await claim(app.store, number, now, now + LEASE_MS, BATCH - active.size) : []
    for (const row of rows) {
      const sending: Promise<void> = deliver(app, row).finally(() => active.delete(sending))
      active.add(sending)
    }
    if (active.size === 0) return
    await Promise.race([nudged, ...active])
  }
}

/** Sends one claimed row and records its fate. */
async function deliver(app: App, row: Claimed): Promise<void> {
  try {
    if (row.lane === 2 && (await held(app, row))) return
    const part = await partOf(app, row)
    const delivery = await send(app, row, part)
    await record(app, row, part, delivery)
  } catch (error) {
    app.log.error({ event: 'delivery_failed', outbound: row.n, error: errorName(error) })
    await app.store.batch([requeue(row, app.now() + RETRY_MS, 'internal')]).catch(() => undefined)
  }
}

async function held(app: App, row: Claimed): Promise<boolean> {
  const now = app.now()
  const facts = { stopped: row.stopped, reachable: row.reachable, ticket: row.ticket !== null, askedAt: row.askedAt }
  const verdict = gate(facts, now)
  if (verdict.type === 'send') return false
  if (verdict.type === 'hold') await app.store.batch([requeue(row, verdict.until, verdict.reason)])
  else await app.store.batch(settle(row, { state: 'dropped', externalId: null, reason: verdict.reason }, now, null))
  return true
}

/** The words of this minute for a queued message, or a counsellor's own line. */
async function partOf(app: App, row: Claimed): Promise<Part> {
  if (row.message === null) {
    const text = row.words === null ? null : await openWords(app.store, app.vault, row.words)
    return { paragraphs: [text ?? ''], markup: false, choices: [] }
  }
  const now = app.now()
  const conversation = JSON.parse(row.conversation) as Conversation
  const answers = await openAnswers(app, row.message)
  const composed = compose(row.message, {
    book: app.book(),
    directory: app.directory(),
    pronoun: conversation.pronoun,
    now,
    answer: (id) => answers.get(id),
  })
  const discreet = now - row.activeAt > QUIET_MS && app.channels.get(row.channel as never)?.limits.canPush
  const first = discreet ? (app.book().words('he-thong.tin-moi', 'vi') ?? []) : []
  return { paragraphs: [...first, ...composed.paragraphs], markup: true, choices: composed.choices }
}

async function openAnswers(app: App, message: Message): Promise<Map<string, string>> {
  const fills: FillValue[] = message.blocks.flatMap((block) => Object.values(block.fills ?? {}))
  const answers = new Map<string, string>()
  for (const fill of fills) {
    if (fill.type !== 'answer') continue
    const text = await openWords(app.store, app.vault, fill.id)
    if (text !== null) answers.set(fill.id, text)
  }
  return answers
}

async function send(app: App, row: Claimed, part: Part): Promise<Delivery> {
  const channel = app.channels.get(row.channel as never)
  if (!channel) return { type: 'failed', reason: 'gone' }
  const allowed = await allowance(app, row)
  if (allowed !== 'send') return { type: 'failed', reason: 'quota' }
  const handle = await app.vault.open(`address:${row.address}`, row.handle)
  if (handle === null) return { type: 'failed', reason: 'gone' }
  return channel.send(row.bot, handle, part)
}

async function record(app: App, row: Claimed, part: Part, delivery: Delivery): Promise<void> {
  const now = app.now()
  app.metrics.deliveries.inc({ channel: row.channel, outcome: delivery.type })
  switch (delivery.type) {
    case 'sent': {
      const line = JSON.stringify({ text: part.paragraphs.join('\n\n'), choices: part.choices })
      const sealed = await app.vault.seal(row.contact, `words:${row.id}:sent`, line)
      const kind = row.message === null ? 'human' : 'bot'
      const outcome = { state: 'sent' as const, externalId: delivery.externalId, reason: null }
      await app.store.batch(settle(row, outcome, now, { kind, sealed }))
      return app.wake(row.contact)
    }
    case 'retry': {
      if (row.attempts >= ATTEMPTS) return finish(app, row, 'failed', delivery.reason)
      const wait = Math.random() * Math.min(RETRY_CAP_MS, RETRY_MS * 2 ** row.attempts)
      return app.store.batch([requeue(row, Math.max(delivery.notBefore, now + wait), delivery.reason)])
    }
    case 'uncertain': {
      // No platform offers an idempotency key: answers and cards are sent again, the rest asks a person.
      const repeats = row.kind === 'answer' || row.kind === 'emergency' || row.kind === 'receipt'
      if (!repeats || row.attempts >= ATTEMPTS) return finish(app, row, 'uncertain', delivery.reason)
      app.metrics.repeats.inc()
      return app.store.batch([requeue(row, now + RETRY_MS, delivery.reason)])
    }
    case 'failed':
      return finish(app, row, 'failed', delivery.reason)
    default:
      return delivery satisfies never
  }
}

/** A final failure becomes a task for a counsellor, never only a log line. */
async function finish(app: App, row: Claimed, state: 'failed' | 'uncertain', reason: string): Promise<void> {
  app.log.warn({ event: 'delivery_ended', channel: row.channel, outcome: state, reason, outbound: row.n })
  await reportFate(app, row.contact, row.id, state, reason)
  await app.store.batch(settle(row, { state, externalId: null, reason }, app.now(), null))
}

/** Brings the fate of a delivery through the door, once. */
export async function reportFate(app: App, contact: string, outbound: string, outcome: 'failed' | 'uncertain', reason: string): Promise<void> {
  await internal(app, contact, `delivery:${outbound}:${outcome}`, { type: 'delivery', outbound, outcome, reason })
}
