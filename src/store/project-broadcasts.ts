import { eq, sql } from 'drizzle-orm'
import type { Id } from '../engine/content.ts'
import type { Event } from '../engine/event.ts'
import { broadcastTarget } from './broadcast-tables.ts'
import { build, p, type Query, write } from './query.ts'

type BroadcastEvent = Extract<Event, { type: 'broadcast_queued' | 'broadcast_skipped' }>

const addTarget = write(
  build.insert(broadcastTarget).values({
    id: p('id'),
    broadcast: p('broadcast'),
    contact: p('contact'),
    message: p('message'),
    skipped: p('skipped'),
  }),
)

/** What became of a message to many for one person; a second row for the same timer is refused by its key. */
export function projectBroadcast(one: BroadcastEvent, contact: Id): Query {
  const { id, broadcast } = one
  const [message, skipped] = one.type === 'broadcast_queued' ? [one.message, null] : [null, one.reason]
  return addTarget({ id, broadcast, contact, message, skipped })
}

/** The counts stay, and lead back to nobody. */
export const eraseTargets = write(
  build
    .update(broadcastTarget)
    .set({
      id: sql`lower(hex(randomblob(12)))`,
      contact: null,
      message: null,
      skipped: sql`coalesce(skipped, 'erased')`,
    } as never)
    .where(eq(broadcastTarget.contact, p('contact'))),
)
