import { and, asc, eq, isNotNull, isNull, lte, ne, notExists, notInArray, or, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { build, p, select, write } from './query.ts'
import { address, conversation, erasure, event, outbox, words } from './schema.ts'
import type { Vault } from './seal.ts'
import type { Store } from './store.ts'

/** One erasure; a later one of the same person has another `seq`. */
export interface Erasure {
  contact: Id
  seq: number
  at: Instant
}

const same = and(
  eq(erasure.contact, p('contact') as never),
  eq(erasure.seq, p('seq') as never),
  eq(erasure.at, p('at') as never),
)
const columns = { contact: erasure.contact, seq: erasure.seq, at: erasure.at }
const pending = select(
  build
    .select(columns)
    .from(erasure)
    .where(isNull(erasure.keysDestroyedAt))
    .orderBy(asc(erasure.at))
    .limit(p('limit') as never),
)
const markDestroyed = write(
  build
    .update(erasure)
    .set({ keysDestroyedAt: p('now') } as never)
    .where(same),
)

/** Erasures whose old keys still exist, because a process died or the key file was busy. */
export async function erasuresWithKeys(store: Store, limit = Number.MAX_SAFE_INTEGER): Promise<readonly Erasure[]> {
  return store.read(pending({ limit }))
}

const handles = select(
  build
    .select({ handle: address.handle })
    .from(address)
    .where(eq(address.contact, p('contact') as never)),
)

/**
 * Destroys what the person's words were sealed with; again after a crash, as long as it is not marked done. Of two
 * erasures at once each makes a fresh key and one is committed: what its address was sealed with stays, for the receipt.
 */
export async function destroyKeys(
  store: Store,
  vault: Vault,
  { contact, seq, at }: Erasure,
  now: Instant,
): Promise<void> {
  const kept = await store.read(handles({ contact }))
  await vault.forget(
    contact,
    false,
    kept.map(({ handle }) => handle),
  )
  await store.batch([markDestroyed({ contact, seq, at, now })])
  await store.scrub()
}

const settled = select(
  build
    .select({ ...columns, since: sql<number>`${erasure.keysDestroyedAt}`.as('since') })
    .from(erasure)
    .leftJoin(address, eq(address.contact, erasure.contact))
    .where(
      and(
        isNotNull(erasure.keysDestroyedAt),
        or(isNull(address.channel), ne(address.channel, 'webchat'), lte(erasure.at, p('beforeWeb') as never)),
        notExists(
          build
            .select({ one: sql`1` })
            .from(outbox)
            .where(and(eq(outbox.contact, erasure.contact), sql`${outbox.state} in ('queued', 'leased')`)),
        ),
      ),
    )
    .orderBy(asc(erasure.at))
    .limit(p('limit') as never),
)

/** An erasure whose old keys are gone; `since` when, or since its last rows are. */
export interface Settled extends Erasure {
  since: Instant
}

/** Erasures whose receipt has gone out. On a channel that cannot push, it stays readable until `beforeWeb`. */
export async function settledErasures(
  store: Store,
  beforeWeb: Instant,
  limit = Number.MAX_SAFE_INTEGER,
): Promise<readonly Settled[]> {
  return store.read(settled({ beforeWeb, limit }))
}

const ofContact = <C>(column: C) => eq(column as never, p('contact') as never)
const exists = select(build.select({ seq: conversation.seq }).from(conversation).where(ofContact(conversation.contact)))
const gone = notExists(build.select({ one: sql`1` }).from(conversation).where(ofContact(conversation.contact)))
const ofErasure = and(lte(event.seq, p('seq') as never), lte(event.at, p('at') as never))
const isOver = and(eq(outbox.kind, 'receipt'), notInArray(outbox.state, ['queued', 'leased']))
const remove = [
  // The time as well: after a removal the person begins again at the first sequence number.
  write(
    build
      .delete(conversation)
      .where(
        and(
          ofContact(conversation.contact),
          eq(conversation.seq, p('seq') as never),
          lte(conversation.activeAt, p('at') as never),
        ),
      ),
  ),
  write(build.delete(event).where(and(ofContact(event.contact), or(gone, ofErasure)))),
  write(build.delete(outbox).where(and(ofContact(outbox.contact), or(gone, isOver)))),
  write(build.delete(words).where(and(ofContact(words.contact), gone))),
  write(build.delete(address).where(and(ofContact(address.contact), gone))),
]
const forgetErasure = write(build.delete(erasure).where(same))

/**
 * Removes the last rows of an erased contact, then the last key, then the note that it was to be done: a crash in
 * between only delays it. A person who wrote again meanwhile keeps what is new. Run while no turn of theirs runs in this
 * process; one that is under way in another has come to its end before the key goes.
 */
export async function removeErased(
  store: Store,
  vault: Vault,
  { contact, seq, at, since }: Settled,
  now: Instant,
  underwayMs: number,
): Promise<void> {
  const before = (await store.read(exists({ contact })))[0]?.seq
  await store.batch(remove.map((one) => one({ contact, seq, at })))
  if (underwayMs > 0) {
    if (before === seq) return store.batch([markDestroyed({ contact, seq, at, now })])
    if (now < since + underwayMs) return
  }
  if ((await store.read(exists({ contact }))).length === 0) await vault.forget(contact, true)
  await store.batch([forgetErasure({ contact, seq, at })])
  await store.scrub()
}
