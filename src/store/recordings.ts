import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { Recording } from '../engine/conversation.ts'
import { build, p, type Query, select, write } from './query.ts'
import { address, recording, words } from './schema.ts'
import type { Vault } from './seal.ts'
import type { Store } from './store.ts'

/** Where a recording is sealed to, so that no other row opens it. */
export const soundOf = (id: Id) => `recording:${id}`

export const wantRecording = write<{ id: Id; contact: Id; address: Id; at: Instant }>(
  build.insert(recording).values({
    id: p('id'),
    contact: p('contact'),
    address: p('address'),
    state: 'wanted',
    attempts: 0,
    dueAt: p('at'),
  }),
)
export const keepRecording = write<{ id: Id; contact: Id; mime: string; sealed: Buffer | undefined; at: Instant }>(
  build.insert(recording).values({
    id: p('id'),
    contact: p('contact'),
    state: 'kept',
    attempts: 0,
    dueAt: p('at'),
    mime: p('mime'),
    sealed: p('sealed'),
  }),
)

const wanted = select(
  build
    .select({
      id: recording.id,
      contact: recording.contact,
      attempts: recording.attempts,
      channel: address.channel,
      bot: address.bot,
      sealed: words.sealed,
    })
    .from(recording)
    .innerJoin(address, eq(address.id, recording.address))
    .innerJoin(words, eq(words.id, recording.id))
    .where(and(eq(recording.state, 'wanted'), lte(recording.dueAt, p('now') as never)))
    .orderBy(asc(recording.dueAt))
    .limit(p('limit') as never),
)

/** A recording that a platform still holds. */
export interface Wanted {
  id: Id
  contact: Id
  attempts: number
  channel: string
  bot: string
  sealed: Uint8Array
}

export async function wantedRecordings(store: Store, now: Instant, limit: number): Promise<readonly Wanted[]> {
  return store.read(wanted({ now, limit }))
}

const still = and(eq(recording.id, p('id') as never), eq(recording.state, 'wanted'))
const keep = write(
  build
    .update(recording)
    .set({ state: 'kept', mime: p('mime'), sealed: p('sealed') } as never)
    .where(still),
)
const putOff = write(
  build
    .update(recording)
    .set({ attempts: sql`${recording.attempts} + 1`, dueAt: p('dueAt') } as never)
    .where(still),
)
const lose = write(
  build
    .update(recording)
    .set({ state: 'lost', reason: p('reason') } as never)
    .where(still),
)

/** It is here, sealed; whoever was erased meanwhile has no row that could take it. */
export async function keeping(vault: Vault, { id, contact }: Wanted, mime: string, data: string): Promise<Query> {
  return keep({ id, mime, sealed: await vault.seal(contact, soundOf(id), data) })
}
export const puttingOff = (id: Id, dueAt: Instant): Query => putOff({ id, dueAt })
export const losing = (id: Id, reason: string): Query => lose({ id, reason })

const ofContact = select(
  build
    .select({ id: recording.id, state: recording.state, reason: recording.reason })
    .from(recording)
    .where(eq(recording.contact, p('contact') as never)),
)

export interface RecordingState {
  state: 'wanted' | 'kept' | 'lost'
  reason: string | null
}

/** How far each recording of a talk got, by its line. */
export async function recordingsOf(store: Store, contact: Id): Promise<ReadonlyMap<Id, RecordingState>> {
  const rows = await store.read(ofContact({ contact }))
  return new Map(rows.map(({ id, ...state }) => [id, state]))
}

const sound = select(
  build
    .select({ mime: recording.mime, sealed: recording.sealed })
    .from(recording)
    .innerJoin(words, eq(words.id, recording.id))
    .where(
      and(
        eq(recording.id, p('id') as never),
        eq(recording.contact, p('contact') as never),
        eq(recording.state, 'kept'),
        lte(words.at, p('until') as never),
      ),
    ),
)

/**
 * The sound of a line of this person; null when it is not here, or no more.
 * @param until the last instant of the talk that may be heard
 */
export async function openRecording(
  store: Store,
  vault: Vault,
  contact: Id,
  id: Id,
  until: Instant = Number.MAX_SAFE_INTEGER,
): Promise<Recording | null> {
  const row = (await store.read(sound({ id, contact, until })))[0]
  const data = row?.sealed ? await vault.open(soundOf(id), row.sealed) : null
  return data === null || !row?.mime ? null : { mime: row.mime, data }
}
