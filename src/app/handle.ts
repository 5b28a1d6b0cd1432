import { randomInt } from 'node:crypto'
import type { Arrival, ChannelName } from '../channels/channel.ts'
import type { Id, Instant } from '../engine/content.ts'
import type { Conversation, Inbound, InboundEvent } from '../engine/conversation.ts'
import { decide } from '../engine/decide.ts'
import type { Event } from '../engine/event.ts'
import { fold } from '../engine/evolve.ts'
import type { Facts } from '../engine/facts.ts'
import { beginTurn } from '../engine/turn.ts'
import { serviceBroke } from '../engine/ticket.ts'
import { type Commit, commit, type Turn } from '../store/commit.ts'
import { contactOf, isKnown, load } from '../store/load.ts'
import { destroyKeys } from '../store/retention.ts'
import type { App } from './app.ts'
import { drain } from './deliver.ts'

const TRIES = 5

export type Origin = { channel: ChannelName; bot: string; handle: string }

/** Takes in one event from a person's channel. Resolves once the turn is durable. */
export async function receive(app: App, channel: ChannelName, bot: string, arrival: Arrival): Promise<Commit> {
  const origin: Origin = { channel, bot, handle: arrival.handle }
  const address = app.vault.hashHandle(channel, bot, arrival.handle)
  const contact = await contactOf(app.store, address)
  const key = app.vault.hashKey(`${channel}:${bot}:${arrival.key}`)
  return handle(app, { key, contact, at: arrival.at, event: arrival.event }, { address, origin })
}

/**
 * The one door: every change to a conversation goes through here. Decides and commits, again on a conflict;
 * what cannot be decided is parked with a safe message and a ticket, so nobody is met with silence.
 */
export function handle(app: App, inbound: Inbound, from: { address: Id; origin: Origin } | null = null): Promise<Commit> {
  return exclusively(app, inbound.contact, () => turn(app, inbound, from))
}

/** Runs work while no other turn of this contact runs in this process. */
export function exclusively<T>(app: App, contact: Id, work: () => Promise<T>): Promise<T> {
  const before = app.chains.get(contact) ?? Promise.resolve()
  const run = before.then(work, work)
  const settled = run.catch(() => undefined)
  app.chains.set(contact, settled)
  settled.then(() => {
    if (app.chains.get(contact) === settled) app.chains.delete(contact)
  })
  return run
}

async function turn(app: App, inbound: Inbound, from: { address: Id; origin: Origin } | null): Promise<Commit> {
  const stop = app.metrics.turnSeconds.startTimer()
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const { result, events } = await attemptTurn(app, inbound, from, attempt === TRIES)
    if (result === 'conflict') continue
    stop()
    app.metrics.turns.inc({ result })
    if (result === 'committed') afterCommit(app, inbound.contact, events)
    return result
  }
  app.metrics.turns.inc({ result: 'conflict' })
  throw new Error('a conversation changed five times while one turn was decided')
}

async function attemptTurn(
  app: App,
  inbound: Inbound,
  from: { address: Id; origin: Origin } | null,
  last: boolean,
): Promise<{ result: Commit; events: readonly Event[] }> {
  const loaded = await load(app.store, inbound.contact)
  if (last && (await isKnown(app.store, inbound.key))) return { result: 'duplicate', events: [] }
  const facts: Facts = { directory: app.directory(), receipt: receiptCode(), lastMessageAt: loaded.activeAt }
  const events = decideSafely(app, loaded.conversation, facts, inbound)
  const fromPerson = inbound.event.type === 'message'
  const next: Turn = {
    key: inbound.key,
    at: inbound.at,
    events,
    after: fold(loaded.conversation, events),
    address: from?.address ?? loaded.address,
    activeAt: fromPerson ? Math.max(inbound.at, loaded.activeAt ?? 0) : (loaded.activeAt ?? inbound.at),
    origin: from?.origin ?? null,
  }
  return { result: await commit(app.store, app.vault, next), events }
}

/** A fault in `decide` parks the inbound: the person gets the emergency numbers, and a ticket is opened. */
function decideSafely(app: App, before: Conversation, facts: Facts, inbound: Inbound): readonly Event[] {
  try {
    return decide(app.book(), before, facts, inbound)
  } catch (error) {
    app.metrics.parked.inc()
    app.log.error({ event: 'turn_parked', kind: inbound.event.type, error: errorName(error) })
    const turn = beginTurn(app.book(), before, facts, inbound)
    if (inbound.event.type === 'message' && inbound.event.text !== '') {
      const words = { id: `${before.contact}.${before.seq + 1}.0`, text: inbound.event.text }
      turn.events.push({ type: 'message_received', words })
    }
    serviceBroke(turn, 'decide_failed')
    return turn.events
  }
}

/** The kind of an error and where it arose; never its message, which may hold a person's words. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frame = /at .*?([\w-]+\.ts:\d+)/.exec(error.stack ?? '')?.[1]
  return frame ? `${error.name} ${frame}` : error.name
}

function afterCommit(app: App, contact: Id, events: readonly Event[]): void {
  app.wake(contact)
  if (events.some((e) => e.type === 'contact_erased')) app.later(destroyKeys(app.store, app.vault, app.now()))
  if (events.some((e) => e.type === 'message_queued' || e.type === 'staff_line_queued')) app.later(drain(app))
}

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Ten letters without look-alikes: proof of an erasure that leads back to nobody. */
function receiptCode(): string {
  const letter = () => LETTERS[randomInt(LETTERS.length)]
  return `${Array.from({ length: 5 }, letter).join('')}-${Array.from({ length: 5 }, letter).join('')}`
}

/** An inbound of the service itself: a timer, a counsellor's click, the fate of a delivery. */
export function internal(app: App, contact: Id, key: string, event: InboundEvent, at: Instant = app.now()): Promise<Commit> {
  return handle(app, { key: app.vault.hashKey(`internal:${key}`), contact, at, event })
}
