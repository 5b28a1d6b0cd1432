import type { Id } from '../engine/content.ts'
import { dayOf } from '../engine/hours.ts'
import { isOpen, type Patch, readPatch } from '../engine/revised.ts'
import type { StaffMember } from '../engine/staff.ts'
import {
  approving,
  liveRevisions,
  type NewRevision,
  newestRevision,
  type Revision,
  readRevision,
} from '../store/content.ts'
import type { Query } from '../store/query.ts'
import type { App } from './app.ts'
import type { Checked, Finding } from './editing.ts'
import { may } from './permissions.ts'
import { textHash, tidyText } from './text-hash.ts'

/** How a file stands: what the release says, what holds, and what waits for a second person. */
export interface Standing {
  unit: string
  /** Null where the authored files are not at hand. */
  file: string | null
  live: Revision | null
  draft: Revision | null
  /** The last revision ever saved of it. */
  last: number
}

/** Null for what may not be edited here. */
export async function standingOf(app: App, unit: string): Promise<Standing | null> {
  const editor = app.editing?.editor ?? null
  const file = editor === null ? null : await editor.file(unit)
  if (editor === null ? !(unit in (app.editing?.files ?? {})) || !isOpen(app.book(), unit) : file === null) return null
  const newest = await newestRevision(app.store, unit)
  const live = (await liveRevisions(app.store)).find((one) => one.unit === unit) ?? null
  const draft = newest?.state === 'draft' ? newest : null
  return { unit, file, live, draft, last: newest?.n ?? 0 }
}

/** What an editor goes on from: the draft that waits, else what holds; `n` 0 is the file. */
export function textNow({ file, live, draft }: Standing): { n: number; text: string } | null {
  const row = draft ?? live
  if (row) return { n: row.n, text: row.text }
  return file === null ? null : { n: 0, text: file }
}

/** What people read now; null where it is the file's, which is not at hand. */
export const textInForce = ({ file, live }: Standing): string | null => live?.text ?? file

/** The text of a revision, or of the file for 0. */
export async function textOf(app: App, standing: Standing, n: number): Promise<string | null> {
  return n === 0 ? standing.file : ((await readRevision(app.store, standing.unit, n))?.text ?? null)
}

/** The same rules as for the files, beside the other texts that hold; null where they are not at hand. */
export async function checkText(app: App, standing: Standing, text: string): Promise<Checked | null> {
  const editor = app.editing?.editor
  if (!editor) return null
  const others = (await liveRevisions(app.store))
    .filter(({ unit }) => unit !== standing.unit)
    .map(({ unit, text }) => [unit, text] as const)
  const before = textInForce(standing) ?? ''
  return editor.check({ unit: standing.unit, text, before, others, today: dayOf(app.now()) })
}

export const errorsIn = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ level }) => level === 'error')

/** A draft as it would be saved, with what the rules say of it. */
export async function draftOf(
  app: App,
  standing: Standing,
  edit: { text: string; base: string; by: Id; note: string; restores: number | null },
): Promise<NewRevision> {
  const text = tidyText(edit.text)
  const checked = await checkText(app, standing, text)
  return {
    unit: standing.unit,
    n: standing.last + 1,
    text,
    hash: textHash(text),
    base: textHash(edit.base),
    file: app.editing?.files[standing.unit] ?? '',
    restores: edit.restores,
    note: edit.note,
    by: edit.by,
    createdAt: app.now(),
    patch: checked?.patch ? JSON.stringify(checked.patch) : null,
    problems: errorsIn(checked?.findings ?? []).length,
  }
}

/** Why somebody may not approve a revision; `yes`: they may. */
export function approvalOfText(row: Revision, member: StaffMember): 'yes' | 'not_draft' | 'not_allowed' | 'own' {
  if (row.state !== 'draft') return 'not_draft'
  if (!may('content.approve', member)) return 'not_allowed'
  return row.by === member.id ? 'own' : 'yes'
}

/** What makes a draft hold, or the mistakes that keep it from it. */
export async function approvalWrites(
  app: App,
  standing: Standing,
  row: Revision,
  by: Id,
): Promise<{ writes: readonly Query[] } | { findings: readonly Finding[] }> {
  const checked = await checkText(app, standing, row.text)
  const errors = checked ? errorsIn(checked.findings) : []
  if (errors.length > 0) return { findings: errors }
  const patch = checked ? checked.patch : row.problems === 0 ? readPatch(row.unit, row.patch) : null
  const usable: Patch | null = patch && readPatch(row.unit, JSON.stringify(patch))
  if (usable === null || !isOpen(app.book(), row.unit))
    return { findings: [{ file: row.unit, path: '', message: 'Máy không đọc được bài này.', level: 'error' }] }
  return { writes: approving(row, JSON.stringify(usable), by, app.now()) }
}

/** Has the release changed this file since the text that holds was made, to something else. */
export function isForked(app: App, row: Pick<Revision, 'unit' | 'file' | 'hash'>): boolean {
  const now = app.editing?.files[row.unit]
  return now !== undefined && row.file !== '' && now !== row.file && now !== row.hash
}
