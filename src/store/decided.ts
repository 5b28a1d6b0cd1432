import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Id } from '../engine/content.ts'
import type { StaffAction } from '../engine/conversation.ts'
import { build, p, select } from './query.ts'
import { event } from './schema.ts'
import type { Store } from './store.ts'

const since = select(
  build
    .select({ seq: event.seq, body: event.body })
    .from(event)
    .where(
      and(
        eq(event.contact, p('contact') as never),
        gt(event.seq, p('seq') as never),
        inArray(event.type, ['staff_acted', 'ignored']),
      ),
    )
    .orderBy(sql`seq, n`),
)

/** Why the turn of a counsellor's click changed nothing; null when it did what was asked. */
export async function refusalOf(
  store: Store,
  contact: Id,
  after: number,
  by: Id,
  action: StaffAction['type'],
): Promise<string | null> {
  const rows = (await store.read(since({ contact, seq: after }))).map(({ seq, body }) => ({
    seq,
    ...(JSON.parse(body) as { type: string; by?: Id; action?: string; reason?: string }),
  }))
  const acted = rows.findLast((one) => one.type === 'staff_acted' && one.by === by && one.action === action)
  return rows.find((one) => one.type === 'ignored' && one.seq === acted?.seq)?.reason ?? null
}
