import { and, asc, desc, eq, gt, lt, or, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { build, p, type Query, select, write } from './query.ts'
import { audit, auditHead } from './schema.ts'
import type { Vault } from './seal.ts'
import type { Store } from './store.ts'

/** What a member of staff did or read. A person is a contact id; nothing of their words is ever kept here. */
export interface Entry {
  staff: Id
  at: Instant
  action: string
  contact: Id | null
  about: string | null
  point: Id | null
  /** The network address it came from. */
  source: string | null
}

export interface AuditRow extends Entry {
  seq: number
  hash: string
}

/** The last link of a member's chain. */
export interface Head {
  staff: Id
  seq: number
  hash: string
}

/** What the first row of a chain is chained to. */
export const START = 'start'
const ATTEMPTS = 5

const headOf = select(
  build
    .select({ staff: auditHead.staff, seq: auditHead.seq, hash: auditHead.hash })
    .from(auditHead)
    .where(eq(auditHead.staff, p('staff') as never)),
)
const heads = select(
  build
    .select({ staff: auditHead.staff, seq: auditHead.seq, hash: auditHead.hash })
    .from(auditHead)
    .orderBy(auditHead.staff),
)
const add = write<{ [K in keyof AuditRow]: AuditRow[K] }>(
  build.insert(audit).values({
    staff: p('staff'),
    seq: p('seq'),
    at: p('at'),
    action: p('action'),
    contact: p('contact'),
    about: p('about'),
    point: p('point'),
    source: p('source'),
    hash: p('hash'),
  } as never),
)
const putHead = write<{ staff: Id; seq: number; hash: string }>(
  build
    .insert(auditHead)
    .values({ staff: p('staff'), seq: p('seq'), hash: p('hash') })
    .onConflictDoUpdate({ target: auditHead.staff, set: { seq: p('seq'), hash: p('hash') } as never }),
)

/**
 * Appends a row, together with what it tells of: all of it is written or none. The key `(staff, seq)` refuses the
 * second of two rows that were chained to the same one, and it is chained anew.
 */
export async function record(store: Store, vault: Vault, entry: Entry, writes: readonly Query[] = []): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const link = await nextLink(store, vault, entry)
    try {
      await store.batch([...link.writes, ...writes])
      return
    } catch (error) {
      const now = (await store.read(headOf({ staff: entry.staff })))[0]
      if ((now?.seq ?? 0) < link.seq || now?.hash === link.hash || attempt === ATTEMPTS) throw error
    }
  }
}

/** The row that would come next in its member's chain, to be written in the batch of what it tells of. */
export interface Link extends Head {
  writes: readonly Query[]
}

export async function nextLink(store: Store, vault: Vault, entry: Entry): Promise<Link> {
  const { staff } = entry
  const before = (await store.read(headOf({ staff })))[0]
  const seq = (before?.seq ?? 0) + 1
  const hash = linkOf(vault, before?.hash ?? START, { ...entry, seq })
  return { staff, seq, hash, writes: [add({ ...entry, seq, hash }), putHead({ staff, seq, hash })] }
}

/** Has another row taken the place of this one. */
export async function isTaken(store: Store, { staff, seq }: Link): Promise<boolean> {
  return ((await store.read(headOf({ staff })))[0]?.seq ?? 0) >= seq
}

/** One link: the row and the link before it, under a key that the database does not hold. */
export function linkOf(vault: Vault, before: string, row: Omit<AuditRow, 'hash'>): string {
  const { staff, seq, at, action, contact, about, point, source } = row
  return vault.hashAudit(before, JSON.stringify([staff, seq, at, action, contact, about, point, source]))
}

export async function auditHeads(store: Store): Promise<readonly Head[]> {
  return store.read(heads({}))
}

const columns = {
  staff: audit.staff,
  seq: audit.seq,
  at: audit.at,
  action: audit.action,
  contact: audit.contact,
  about: audit.about,
  point: audit.point,
  source: audit.source,
  hash: audit.hash,
}
const PAGE = 1_000
const page = select(
  build
    .select(columns)
    .from(audit)
    .where(
      or(
        gt(audit.staff, p('staff') as never),
        and(eq(audit.staff, p('staff') as never), gt(audit.seq, p('seq') as never)),
      ),
    )
    .orderBy(asc(audit.staff), asc(audit.seq))
    .limit(PAGE),
)

/** Every row, chain after chain, in the order of each. */
export async function* auditRows(store: Store): AsyncGenerator<AuditRow> {
  let last = { staff: '', seq: 0 }
  for (;;) {
    const rows = await store.read(page(last))
    yield* rows
    if (rows.length < PAGE) return
    last = rows.at(-1)!
  }
}

const found = select(
  build
    .select(columns)
    .from(audit)
    .where(
      and(
        lt(audit.at, p('before') as never),
        sql`(${p('staff')} is null or ${audit.staff} = ${p('staff')})`,
        sql`(${p('contact')} is null or ${audit.contact} = ${p('contact')})`,
        sql`(${p('point')} is null or ${audit.point} = ${p('point')} or ${audit.staff} in (select value from json_each(${p('colleagues')})))`,
      ),
    )
    .orderBy(desc(audit.at))
    .limit(p('limit') as never),
)

/** Rows for a reader, newest first; with a point only what was done there, or by those who work there. */
export async function searchAudit(
  store: Store,
  wanted: {
    before: Instant
    staff: Id | null
    contact: Id | null
    point: Id | null
    /** Who works at the point. */
    colleagues: readonly Id[]
    limit: number
  },
): Promise<readonly AuditRow[]> {
  return store.read(found({ ...wanted, colleagues: JSON.stringify(wanted.colleagues) }))
}
