import { and, eq, isNull } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { ActSetting } from '../engine/outreach.ts'
import { entrance } from './entrance-tables.ts'
import { build, p, type Query, select, write } from './query.ts'
import type { Store } from './store.ts'

/** A place whose cards lead into the chat. */
export interface EntranceRow {
  code: string
  /** How staff call it; it stands on no card. */
  name: string
  setting: ActSetting
  /** The shelf that is offered first; empty: none. */
  audience: string
  point: Id
  by: Id
  at: Instant
  endedAt: Instant | null
}

const all = select(
  build
    .select({
      code: entrance.code,
      name: entrance.name,
      setting: entrance.setting,
      audience: entrance.audience,
      point: entrance.point,
      by: entrance.by,
      at: entrance.at,
      endedAt: entrance.endedAt,
    })
    .from(entrance)
    .orderBy(entrance.at),
)
const add = write(
  build
    .insert(entrance)
    .values({
      code: p('code'),
      name: p('name'),
      setting: p('setting'),
      audience: p('audience'),
      point: p('point'),
      by: p('by'),
      at: p('at'),
    })
    .onConflictDoNothing(),
)
const end = write(
  build
    .update(entrance)
    .set({ endedAt: p('at') } as never)
    .where(and(eq(entrance.code, p('code') as never), isNull(entrance.endedAt))),
)

/** Every entrance made at the desk, ended ones too, the oldest first. */
export async function allEntrances(store: Store): Promise<readonly EntranceRow[]> {
  return (await store.read(all({}))) as readonly EntranceRow[]
}

/** Makes an entrance; a code that is taken already stays whose it is. The directory is to be read anew after each. */
export const addingEntrance = (one: Omit<EntranceRow, 'endedAt'>): Query => add({ ...one })

export const endingEntrance = (code: string, at: Instant): Query => end({ code, at })
