import { randomInt } from 'node:crypto'
import type { Arrival, ChannelName } from '../channels/channel.ts'
import type { Id, Instant } from '../engine/content.ts'
import type { Conversation, Inbound, InboundEvent } from '../engine/conversation.ts'
import type { Event } from '../engine/event.ts'
import { fold } from '../engine/evolve.ts'
import type { Facts, SlipFact } from '../engine/facts.ts'
import { JOIN_MS } from '../engine/join.ts'
import type { Entry } from '../store/audit.ts'
import { broadcastOf } from '../store/broadcasts.ts'
import { type Commit, commit, type Turn } from '../store/commit.ts'
import { agreesToJoin } from '../store/joins.ts'
import { load } from '../store/load.ts'
import { LANES } from '../store/project.ts'
import { ownerOf, staffPhoneAt } from '../store/staff-phones.ts'
import type { App } from './app.ts'
import { contestFacts, freshPrizeCode } from './contest-facts.ts'
import { drain } from './deliver.ts'
import { destroyOldKeys } from './erasure.ts'
import { decideSafely, parkUnread } from './park.ts'
import { serviceFacts } from './part.ts'
import { freshCode, hearCode, slipFor } from './slip.ts'
import { hearPhone } from './staff-phone.ts'
import { asksToLink, linkPhone } from './staff-phone-enter.ts'
import { visitFacts } from './visit-facts.ts'

const TRIES = 5
const OLDEST_MS = 2 * 86_400_000

export type Origin = { channel: ChannelName; bot: string; handle: string }

/** Takes in one event from a person's channel. Resolves once the turn is durable. */
export async function receive(app: App, channel: ChannelName, bot: string, arrival: Arrival): Promise<Commit> {
  const origin: Origin = { channel, bot, handle: arrival.handle }
  const address = app.vault.hashHandle(channel, bot, arrival.handle)
  const key = app.vault.hashKey(`${channel}:${bot}:${arrival.key}`)
  const { contact, phone } = await ownerOf(app.store, address)
  if (phone) return hearPhone(app, phone, key, arrival.event)
  if (asksToLink(arrival.event) && (await linkPhone(app, { key, contact, address, origin }, arrival.event)))
    return 'committed'
  const at = believable(arrival.at, app.now())
  // Asked again when the turn begins: the message before this one may have linked the chat.
  const still = async () => (await staffPhoneAt(app.store, address)) === null
  const slip = await hearCode(app, address, key, arrival.event)
  const from = { address, origin, ...(slip ? { slip } : {}) }
  return handle(app, { key, contact, at, event: arrival.event }, { from, still })
}

/** Platforms keep a message for a day; another clock must neither age a conversation nor hold its answers back. */
function believable(at: Instant, now: Instant): Instant {
  return at <= now && at > now - OLDEST_MS ? Math.floor(at) : now
}

interface How {
  /** Where the event came from, when a person's channel brought it. */
  from?: { address: Id; origin: Origin; slip?: SlipFact }
  /** Asked at the start of each attempt: is there still a reason for this turn. */
  still?: () => Promise<boolean>
  /** What the audit says of it, when a member of staff acts; what was refused is noted as refused. */
  note?: Entry
}

/**
 * The one door: every change to a conversation goes through here. Decides and commits, again on a conflict;
 * what cannot be decided is parked with a safe message and a ticket, so nobody is met with silence.
 */
export function handle(app: App, inbound: Inbound, how: How = {}): Promise<Commit> {
  const inTurn = () => exclusively(app, inbound.contact, () => turn(app, inbound, how))
  // The audit of a member is one chain as well: those who click quickly do not race themselves.
  return how.note ? exclusively(app, `staff:${how.note.staff}`, inTurn) : inTurn()
}

/** Runs work while nothing else with this name, most often a contact, runs in this process. */
export function exclusively<T>(app: App, name: Id, work: () => Promise<T>): Promise<T> {
  const before = app.chains.get(name) ?? Promise.resolve()
  const run = before.then(work, work)
  const settled = run.catch(() => undefined)
  app.chains.set(name, settled)
  settled.then(() => {
    if (app.chains.get(name) === settled) app.chains.delete(name)
  })
  return run
}

async function turn(app: App, inbound: Inbound, how: How): Promise<Commit> {
  const stop = app.metrics.turnSeconds.startTimer()
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const { result, events } = await attemptTurn(app, inbound, how)
    if (result === 'conflict') continue
    stop()
    app.metrics.turns.inc({ result })
    if (result === 'committed') afterCommit(app, inbound.contact, events)
    return result
  }
  app.metrics.turns.inc({ result: 'conflict' })
  throw new Error('a conversation changed five times while one turn was decided')
}

/** The message to many, where its time has come for this person. */
async function broadcastFact(app: App, { event }: Inbound): Promise<Pick<Facts, 'broadcast'>> {
  if (event.type !== 'timer' || event.timer.kind !== 'broadcast') return {}
  return { broadcast: await broadcastOf(app.store, event.timer.id) }
}

/** Whether the other chat still agrees, where this one was asked about being joined to it. */
async function joinFact(app: App, { joining }: Conversation, at: Instant): Promise<Pick<Facts, 'otherAgrees'>> {
  return joining && at - joining.at <= JOIN_MS ? { otherAgrees: await agreesToJoin(app.store, joining.other) } : {}
}

const DONE = { result: 'duplicate', events: [] } as const

async function attemptTurn(
  app: App,
  inbound: Inbound,
  { from, still, note }: How,
): Promise<{ result: Commit; events: readonly Event[] }> {
  if (still && !(await still())) return DONE
  const loaded = await load(app.store, inbound.contact, from?.address)
  const fromPerson = inbound.event.type === 'message'
  // What is late (the fate of a delivery, a block) must not begin a conversation with somebody who was erased.
  if (!fromPerson && !registers(inbound) && loaded.conversation.seq === 0) return DONE
  const slip = await slipFor(app, loaded.conversation, from)
  let code: string | null = null
  let joinCode: ReturnType<typeof freshCode> | null = null
  let claimCode: ReturnType<typeof freshPrizeCode> | null = null
  const facts: Facts = {
    directory: app.directory(),
    // Drawn only where it is asked for, and once.
    get receipt() {
      code ??= receiptCode()
      return code
    },
    get joinCode() {
      joinCode ??= freshCode(app)
      return joinCode
    },
    get claimCode() {
      claimCode ??= freshPrizeCode(app)
      return claimCode
    },
    lastMessageAt: loaded.activeAt,
    operator: app.settings.operator.kind ?? null,
    service: serviceFacts(app),
    ...(slip ? { slip } : {}),
    ...(await visitFacts(app, loaded, inbound)),
    ...(await contestFacts(app, loaded.conversation, inbound.at)),
    ...(await joinFact(app, loaded.conversation, inbound.at)),
    ...(await broadcastFact(app, inbound)),
  }
  const react = loaded.unread ? parkUnread : decideSafely
  const events = react(app, loaded.conversation, facts, inbound)
  const next: Turn = {
    key: inbound.key,
    at: inbound.at,
    events,
    after: fold(loaded.conversation, events),
    address: from?.address ?? loaded.address,
    activeAt:
      fromPerson || metOutside(loaded.conversation, events) || events.some(({ type }) => type === 'texts_erased')
        ? Math.max(inbound.at, loaded.activeAt ?? 0)
        : (loaded.activeAt ?? inbound.at),
    askedAt: loaded.askedAt,
    origin: from?.origin ?? null,
    note: note ? noteOf(note, events) : null,
    // After a loss of keys the handle is sealed anew with the next message.
    newAddress: from !== undefined && !(loaded.handleKey && (await app.vault.hasKey(loaded.handleKey))),
    ...(loaded.unread ? { unread: true as const } : {}),
  }
  return { result: await commit(app.store, app.vault, next), events }
}

/** A staff member writes down somebody who has no channel: the one turn besides a message that begins a conversation. */
function registers({ event }: Inbound): boolean {
  return event.type === 'staff' && event.action.type === 'register'
}

/** Of somebody without a chat the texts are kept from the last time they were met or talked with. */
function metOutside({ walkIn }: Conversation, events: readonly Event[]): boolean {
  return walkIn !== null && events.some((one) => one.type === 'contact_recorded' && one.reached)
}

function noteOf(note: Entry, events: readonly Event[]): Entry {
  return events.some(({ type }) => type === 'ignored') ? { ...note, action: 'refused' } : note
}

function afterCommit(app: App, contact: Id, events: readonly Event[]): void {
  app.wake(contact)
  if (events.some((e) => e.type === 'contact_erased')) app.later(destroyOldKeys(app))
  const lanes = events.flatMap(lanesOf)
  if (lanes.length > 0) app.later(drain(app, lanes))
}

/** The lanes in which an event may have put something to send. */
function lanesOf(event: Event): readonly number[] {
  switch (event.type) {
    case 'message_queued':
      return [LANES[event.lane]]
    case 'staff_line_queued':
      return [LANES.conversation]
    case 'staff_called':
    case 'phones_rung':
      return [LANES.crisis, LANES.conversation]
    case 'message_relayed':
      return event.phone ? [LANES.conversation] : []
    default:
      return []
  }
}

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Ten letters without look-alikes: proof of an erasure that leads back to nobody. */
function receiptCode(): string {
  const letter = () => LETTERS[randomInt(LETTERS.length)]
  return `${Array.from({ length: 5 }, letter).join('')}-${Array.from({ length: 5 }, letter).join('')}`
}

/** An inbound of the service itself: a timer, a counsellor's click, the fate of a delivery. */
export function internal(
  app: App,
  contact: Id,
  key: string,
  event: InboundEvent,
  how: Omit<How, 'from'> = {},
): Promise<Commit> {
  const inbound = { key: app.vault.hashKey(`internal:${key}`), contact, at: app.now(), event }
  return handle(app, inbound, how)
}
