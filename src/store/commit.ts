import { eq, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { Conversation } from '../engine/conversation.ts'
import { EVENT_VERSION, type Event } from '../engine/event.ts'
import { tryName } from '../engine/quiz/contest.ts'
import { type Entry, isTaken, type Link, nextLink } from './audit.ts'
import { triesOf } from './contests.ts'
import { isKnown, load } from './load.ts'
import { project, type Sealed } from './project.ts'
import { contestRows, withoutScore } from './project-contests.ts'
import { build, p, type Query, write } from './query.ts'
import { soundOf } from './recordings.ts'
import { address, conversation, event, inbound } from './schema.ts'
import type { Vault } from './seal.ts'
import { isUsed } from './slips.ts'
import type { Store } from './store.ts'
import { isAnyTaken } from './visits.ts'

export type Commit = 'committed' | 'duplicate' | 'conflict'

/** One decided turn, ready to become rows. */
export interface Turn {
  /** The hashed inbound key. */
  key: string
  at: Instant
  events: readonly Event[]
  after: Conversation
  address: Id
  /** The time of the person's last message, this turn included. */
  activeAt: Instant
  /** When the question was asked that waited before this turn. */
  askedAt: Instant | null
  /** Set when the turn came from the person's channel. */
  origin: { channel: string; bot: string; handle: string } | null
  /** The address is not stored yet: its handle is kept, sealed. */
  newAddress: boolean
  /** What the audit says of a turn that a member of staff made. */
  note: Entry | null
  /** The stored conversation could not be read: it moves on by its number alone. */
  unread?: true
}

const addInbound = write(build.insert(inbound).values({ key: p('key'), at: p('at') }))
/** A row for each event, numbered from zero, in one statement. */
const addEvents = write(
  build
    .insert(event)
    .select(
      sql`select ${p('contact')}, ${p('seq')}, key, ${p('at')}, value ->> 'type', ${EVENT_VERSION}, value from json_each(${p('events')})`,
    ),
)
const columns = {
  address: p('address'),
  seq: p('seq'),
  body: p('body'),
  activeAt: p('activeAt'),
  askedAt: p('askedAt'),
  stopped: p('stopped'),
  reachable: p('reachable'),
  ticket: p('ticket'),
}
const putConversation = write(
  build
    .insert(conversation)
    .values({ contact: p('contact'), ...columns } as never)
    .onConflictDoUpdate({ target: conversation.contact, set: columns as never }),
)
const passConversation = write(
  build
    .update(conversation)
    .set({ address: p('address'), seq: p('seq'), activeAt: p('activeAt') } as never)
    .where(eq(conversation.contact, p('contact'))),
)
const putAddress = write(
  build
    .insert(address)
    .values({
      id: p('id'),
      contact: p('contact'),
      channel: p('channel'),
      bot: p('bot'),
      handle: p('handle'),
      createdAt: p('at'),
    })
    .onConflictDoUpdate({ target: address.id, set: { handle: p('handle') } as never }),
)

/**
 * Writes a turn in one batch: the inbound's key, the events, the conversation and every row that follows from them.
 * The unique key of the inbound makes it happen once; the primary key of the events is the lock. A turn of a member of
 * staff has its audit row in the same batch. After a failure the database is asked what happened, never the error.
 */
export async function commit(store: Store, vault: Vault, turn: Turn): Promise<Commit> {
  const erased = turn.events.some((e) => e.type === 'contact_erased')
  // A life begins with a key of its own: the last one of an erased life may be on its way out.
  if (erased || turn.after.seq === 1) await vault.renew(turn.after.contact)
  const writes = await rows(vault, turn, erased)
  const link = turn.note && (await nextLink(store, vault, turn.note))
  try {
    await store.batch(link ? [...writes, ...link.writes] : writes)
    return 'committed'
  } catch (error) {
    if (await isKnown(store, turn.key)) return 'duplicate'
    if (await moved(store, vault, turn, link)) return 'conflict'
    throw error
  }
}

async function moved(store: Store, vault: Vault, turn: Turn, link: Link | null): Promise<boolean> {
  const { conversation } = await load(store, turn.after.contact)
  if (conversation.seq >= turn.after.seq || (link !== null && (await isTaken(store, link)))) return true
  // Two people at once for one quarter of an hour: the second is decided again, and hears that it is gone.
  for (const one of turn.events) {
    if (
      (one.type === 'slot_held' || one.type === 'appointment_booked' || one.type === 'meeting_answered') &&
      (await isAnyTaken(store, one.seats, turn.after.contact, turn.at))
    )
      return true
  }
  // A try that was begun meanwhile goes on where it is.
  const begun = turn.events.find((one) => one.type === 'contest_begun')
  if (begun) {
    const name = tryName(begun.contest, begun.phase)
    if ((await triesOf(store, vault, turn.after.contact, [name])).size > 0) return true
  }
  // Two chats at once with one slip: the second is decided again, and hears that it was used.
  const linked = turn.events.find((one) => one.type === 'chat_linked')
  return linked !== undefined && (await isUsed(store, linked.slip))
}

async function rows(vault: Vault, turn: Turn, erased: boolean): Promise<readonly Query[]> {
  const { contact, seq } = turn.after
  const sealed = await sealWords(vault, turn)
  const { contact: _, seq: __, ...body } = turn.after
  const writes: Query[] = [
    addInbound({ key: turn.key, at: turn.at }),
    addEvents({ contact, seq, at: turn.at, events: JSON.stringify(turn.events.map(strip)) }),
    ...project(turn, sealed),
    ...(await contestRows(vault, turn)),
  ]
  if (turn.origin && (erased || turn.newAddress)) {
    const handle = await vault.seal(contact, `address:${turn.address}`, turn.origin.handle)
    writes.push(
      putAddress({
        id: turn.address,
        contact,
        channel: turn.origin.channel,
        bot: turn.origin.bot,
        handle,
        at: turn.at,
      }),
    )
  }
  if (turn.unread) {
    writes.push(passConversation({ contact, address: turn.address, seq, activeAt: turn.activeAt }))
    return writes
  }
  writes.push(
    putConversation({
      contact,
      address: turn.address,
      seq,
      body: JSON.stringify(body),
      activeAt: turn.activeAt,
      askedAt: askedAt(turn),
      stopped: turn.after.stopped,
      reachable: turn.after.reachable,
      ticket: turn.after.ticket?.id ?? null,
    }),
  )
  return writes
}

/** A question keeps its age while turns that do not answer it pass by. */
function askedAt({ events, after, at, askedAt: before }: Turn): Instant | null {
  if (events.some((e) => e.type === 'asked' || e.type === 'confirm_asked')) return at
  return after.session || after.confirm ? before : null
}

/** An event as stored: ids of words, never the words. */
function strip(event: Event): Event {
  const one = withoutScore(event)
  // The text of a consent is in its ledger, once for each version.
  if (one.type === 'consent_given') return { ...one, text: '' }
  if (!('words' in one) || !one.words) return one
  return { ...one, words: { id: one.words.id } } as unknown as Event
}

/** Seals every person's words of the turn, keyed by the id of their row. */
async function sealWords(vault: Vault, turn: Turn): Promise<Sealed> {
  const sealed = new Map<Id, Buffer>()
  for (const one of turn.events) {
    if (one.type === 'message_received') {
      if (one.words === null) continue
      const { id, text, media, voice } = one.words
      sealed.set(id, await vault.seal(turn.after.contact, `words:${id}`, JSON.stringify({ text, media, voice })))
    } else if ('words' in one && one.words) {
      const { recording } = one.words
      if (recording) {
        const place = soundOf(one.words.id)
        sealed.set(place, await vault.seal(turn.after.contact, place, recording.data))
      }
      sealed.set(one.words.id, await vault.seal(turn.after.contact, `words:${one.words.id}`, one.words.text))
    }
  }
  return sealed
}
