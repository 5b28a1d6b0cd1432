import { and, asc, eq, inArray, lte, notExists, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { build, p, select, write } from './query.ts'
import { conversation, erasure, inbound } from './schema.ts'
import type { Store } from './store.ts'

const quiet = select(
  build
    .select({ contact: conversation.contact, seq: conversation.seq, activeAt: conversation.activeAt })
    .from(conversation)
    .where(
      and(
        lte(conversation.activeAt, p('before') as never),
        notExists(build.select({ one: sql`1` }).from(erasure).where(eq(erasure.contact, conversation.contact))),
      ),
    )
    .orderBy(asc(conversation.activeAt))
    .limit(p('limit') as never),
)

/**
 * Conversations without a line since `before`: their texts have reached their age. A ticket that nobody closed in all
 * that time is no reason to keep them, for people are told the period.
 */
export async function quietContacts(
  store: Store,
  before: Instant,
  limit: number,
): Promise<readonly { contact: Id; seq: number; activeAt: Instant }[]> {
  return store.read(quiet({ before, limit }))
}

const dropInbound = write(
  build.delete(inbound).where(
    inArray(
      inbound.key,
      build
        .select({ key: inbound.key })
        .from(inbound)
        .where(lte(inbound.at, p('before') as never))
        .limit(p('limit') as never),
    ),
  ),
)

/** Forgets inbound keys older than any redelivery. */
export async function forgetInbound(store: Store, before: Instant, limit: number): Promise<void> {
  await store.batch([dropInbound({ before, limit })])
}
