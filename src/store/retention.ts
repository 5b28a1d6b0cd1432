import { and, asc, eq, isNotNull, isNull, lte, notExists, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { build, p, select, write } from './query.ts'
import { address, conversation, erasure, event, inbound, outbox, words } from './schema.ts'
import type { Vault } from './seal.ts'
import type { Store } from './store.ts'

const quiet = select(
  build
    .select({ contact: conversation.contact, seq: conversation.seq })
    .from(conversation)
    .where(
      and(
        lte(conversation.activeAt, p('before') as never),
        isNull(conversation.ticket),
        notExists(build.select({ one: sql`1` }).from(erasure).where(eq(erasure.contact, conversation.contact))),
      ),
    )
    .orderBy(asc(conversation.activeAt))
    .limit(p('limit') as never),
)

/** Conversations without a line since `before` and without an open ticket: their texts have reached their age. */
export async function quietContacts(store: Store, before: Instant, limit: number): Promise<readonly { contact: Id; seq: number }[]> {
  return store.read(quiet({ before, limit }))
}

const dropInbound = write(build.delete(inbound).where(lte(inbound.at, p('before') as never)))

/** Forgets inbound keys older than any redelivery. */
export async function forgetInbound(store: Store, before: Instant): Promise<void> {
  await store.batch([dropInbound({ before })])
}

const pending = select(
  build.select({ contact: erasure.contact, at: erasure.at }).from(erasure).where(isNull(erasure.keysDestroyedAt)),
)
const markDestroyed = write(
  build.update(erasure).set({ keysDestroyedAt: p('now') } as never).where(eq(erasure.contact, p('contact') as never)),
)

/** Destroys the keys of erased contacts; run after each erasure and again at every start, so a crash only delays it. */
export async function destroyKeys(store: Store, vault: Vault, now: Instant): Promise<void> {
  const waiting = await store.read(pending({}))
  for (const { contact } of waiting) {
    await vault.forget(contact, false)
    await store.batch([markDestroyed({ contact, now })])
  }
  if (waiting.length > 0) await store.scrub()
}

const settled = select(
  build
    .select({ contact: erasure.contact, seq: erasure.seq, at: erasure.at, channel: address.channel })
    .from(erasure)
    .leftJoin(address, eq(address.contact, erasure.contact))
    .where(
      and(
        isNotNull(erasure.keysDestroyedAt),
        lte(erasure.at, p('before') as never),
        notExists(
          build
            .select({ one: sql`1` })
            .from(outbox)
            .where(and(eq(outbox.contact, erasure.contact), sql`${outbox.state} in ('queued', 'leased')`)),
        ),
      ),
    ),
)
const exists = select(
  build.select({ seq: conversation.seq }).from(conversation).where(eq(conversation.contact, p('contact') as never)),
)
const gone = notExists(build.select({ one: sql`1` }).from(conversation).where(eq(conversation.contact, p('contact') as never)))
const remove = [
  write(
    build.delete(conversation).where(and(eq(conversation.contact, p('contact') as never), eq(conversation.seq, p('seq') as never))),
  ),
  write(build.delete(event).where(and(eq(event.contact, p('contact') as never), gone))),
  write(build.delete(words).where(and(eq(words.contact, p('contact') as never), gone))),
  write(build.delete(outbox).where(and(eq(outbox.contact, p('contact') as never), gone))),
  write(build.delete(address).where(and(eq(address.contact, p('contact') as never), gone))),
  write(build.delete(erasure).where(eq(erasure.contact, p('contact') as never))),
]

/**
 * Removes the last rows of erased contacts once the receipt has gone out. On a channel that cannot push, the receipt
 * stays readable until `beforeWeb`. A person who wrote again meanwhile keeps what is new.
 * @param exclusive runs work while no other turn of the contact runs
 */
export async function removeErased(
  store: Store,
  vault: Vault,
  now: Instant,
  beforeWeb: Instant,
  exclusive: (contact: Id, work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  for (const row of await store.read(settled({ before: now }))) {
    if (row.channel === 'webchat' && row.at > beforeWeb) continue
    await exclusive(row.contact, async () => {
      await store.batch(remove.map((one) => one({ contact: row.contact, seq: row.seq })))
      if ((await store.read(exists({ contact: row.contact }))).length === 0) await vault.forget(row.contact, true)
    })
    await store.scrub()
  }
}
