import { desc, eq, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { contentRevision } from './content-tables.ts'
import { readValue } from './directory.ts'
import { build, p, type Query, select, write } from './query.ts'
import { setting } from './schema.ts'
import type { Store } from './store.ts'

export type RevisionState = 'draft' | 'live' | 'replaced' | 'dropped' | 'released'

/** One text of an authored file, as it was at one time. */
export interface Revision {
  unit: string
  n: number
  state: RevisionState
  text: string
  hash: string
  base: string
  file: string
  restores: number | null
  note: string
  by: Id
  createdAt: Instant
  /** `Patch` as JSON, unread. */
  patch: string | null
  problems: number
  approvedBy: Id | null
  approvedAt: Instant | null
  endedAt: Instant | null
}

const columns = {
  unit: contentRevision.unit,
  n: contentRevision.n,
  state: sql<RevisionState>`${contentRevision.state}`.as('state'),
  text: contentRevision.text,
  hash: contentRevision.hash,
  base: contentRevision.base,
  file: contentRevision.file,
  restores: contentRevision.restores,
  note: contentRevision.note,
  by: contentRevision.by,
  createdAt: contentRevision.createdAt,
  patch: contentRevision.patch,
  problems: contentRevision.problems,
  approvedBy: contentRevision.approvedBy,
  approvedAt: contentRevision.approvedAt,
  endedAt: contentRevision.endedAt,
}
const { text: _, patch: __, ...brief } = columns
const VERSION = 'content_version'

const ofUnit = eq(contentRevision.unit, p('unit') as never)
const one = select(
  build
    .select(columns)
    .from(contentRevision)
    .where(sql`${ofUnit} and ${contentRevision.n} = ${p('n')}`),
)
const newest = select(
  build.select(columns).from(contentRevision).where(ofUnit).orderBy(desc(contentRevision.n)).limit(1),
)
const inState = select(
  build
    .select(columns)
    .from(contentRevision)
    .where(eq(contentRevision.state, p('state') as never))
    .orderBy(contentRevision.unit),
)
const history = select(build.select(brief).from(contentRevision).where(ofUnit).orderBy(desc(contentRevision.n)))
const open = select(
  build
    .select(brief)
    .from(contentRevision)
    .where(sql`${contentRevision.state} in ('draft', 'live')`)
    .orderBy(desc(contentRevision.createdAt)),
)

export type Brief = Omit<Revision, 'text' | 'patch'>

export async function readRevision(store: Store, unit: string, n: number): Promise<Revision | null> {
  return (await store.read(one({ unit, n })))[0] ?? null
}

/** The last that was saved of a file, whatever became of it. */
export async function newestRevision(store: Store, unit: string): Promise<Revision | null> {
  return (await store.read(newest({ unit })))[0] ?? null
}

export async function liveRevisions(store: Store): Promise<readonly Revision[]> {
  return store.read(inState({ state: 'live' }))
}

/** Everything saved of a file, the newest first. */
export async function revisionsOf(store: Store, unit: string): Promise<readonly Brief[]> {
  return store.read(history({ unit }))
}

/** What waits for a second person, and what holds. */
export async function openRevisions(store: Store): Promise<readonly Brief[]> {
  return store.read(open({}))
}

/** Live revisions, or null when nothing was approved or ended since `known`. */
export async function readLive(
  store: Store,
  known: string | null,
): Promise<{ version: string; live: readonly Revision[] } | null> {
  const version = (await readValue(store, VERSION)) ?? '0'
  return version === known ? null : { version, live: version === '0' ? [] : await liveRevisions(store) }
}

const closeDraft = write(
  build
    .update(contentRevision)
    .set({ state: 'replaced', endedAt: p('at') } as never)
    .where(sql`${ofUnit} and ${contentRevision.state} = 'draft'`),
)
const add = write(
  build.insert(contentRevision).values({
    unit: p('unit'),
    n: p('n'),
    state: 'draft',
    text: p('text'),
    hash: p('hash'),
    base: p('base'),
    file: p('file'),
    restores: p('restores'),
    note: p('note'),
    by: p('by'),
    createdAt: p('createdAt'),
    patch: p('patch'),
    problems: p('problems'),
  } as never),
)

export type NewRevision = Omit<Revision, 'state' | 'approvedBy' | 'approvedAt' | 'endedAt'>

/** Puts a draft in the place of the one that waited; `n` is the next after the last its author saw, or the key refuses it. */
export function saving(row: NewRevision): readonly Query[] {
  return [closeDraft({ unit: row.unit, at: row.createdAt }), add({ ...row })]
}

const endLive = write(
  build
    .update(contentRevision)
    .set({ state: 'replaced', endedAt: p('at') } as never)
    .where(sql`${ofUnit} and ${contentRevision.state} = 'live'`),
)
/** Null where it is no draft any more: the column refuses it, and with it the whole batch. */
const become = (state: RevisionState) =>
  sql`case when ${contentRevision.state} = 'draft' then ${sql.raw(`'${state}'`)} end`
const approve = write(
  build
    .update(contentRevision)
    .set({ state: become('live'), approvedBy: p('by'), approvedAt: p('at'), patch: p('patch') } as never)
    .where(sql`${ofUnit} and ${contentRevision.n} = ${p('n')}`),
)
const drop = write(
  build
    .update(contentRevision)
    .set({ state: become('dropped'), endedAt: p('at') } as never)
    .where(sql`${ofUnit} and ${contentRevision.n} = ${p('n')}`),
)
const release = write(
  build
    .update(contentRevision)
    .set({ state: 'released', endedAt: p('at') } as never)
    .where(sql`${ofUnit} and ${contentRevision.n} = ${p('n')} and ${contentRevision.state} = 'live'`),
)
const putVersion = write(
  build
    .insert(setting)
    .values({ name: VERSION, value: p('value') })
    .onConflictDoUpdate({ target: setting.name, set: { value: p('value') } as never }),
)

interface Named {
  unit: string
  n: number
}

/** Makes a draft what people read, in place of what held: refused whole by the table when it is its author's own, or no draft. */
export function approving({ unit, n }: Named, patch: string, by: Id, at: Instant): readonly Query[] {
  return [endLive({ unit, at }), approve({ unit, n, by, at, patch }), putVersion({ value: `${at}:${n}:${unit}` })]
}

export function dropping({ unit, n }: Named, at: Instant): readonly Query[] {
  return [drop({ unit, n, at })]
}

/** A release says the same: the revision is over, and no word changes. */
export function releasing({ unit, n }: Named, at: Instant): readonly Query[] {
  return [release({ unit, n, at })]
}
