import { bookSnapshot } from '../../src/app/book-snapshot.ts'
import type { Editor } from '../../src/app/editing.ts'
import { openEditor } from '../../src/authoring/editor.ts'
import { load } from '../../src/authoring/load.ts'
import { hashTexts } from '../../src/cli/book-cache.ts'
import { EMPTY_CALENDAR, NO_SWITCHES } from '../../src/engine/facts.ts'
import type { Role, StaffMember } from '../../src/engine/staff.ts'
import { bookFiles } from '../authoring/good-book.ts'
import { sessionCookie } from './sessions.ts'
import { openWhole, type WholeService } from './whole-service.ts'

const member = (id: string, roles: readonly Role[]): StaffMember => ({
  id,
  shownAs: id,
  affiliation: 'y_te',
  roles,
  point: 'mai',
  duty: null,
  active: true,
  languages: [],
})
export const EDITORS = [member('ha', ['editor']), member('sen', ['editor']), member('binh', ['lead'])]
export const COUNSELLOR = member('lan', ['counsellor'])
const STAFF = [...EDITORS, COUNSELLOR]

export type Fields = Record<string, string | readonly string[]>

/** The editors of a house with the small book of the authoring tests, checked by the real rules. */
export interface EditingOffice extends WholeService {
  read(who: string, path: string): Promise<{ status: number; text: string }>
  send(who: string, path: string, fields?: Fields): Promise<{ status: number; text: string; to: string | null }>
  /** The fields of the form on a page, as a browser would send them. */
  formOf(who: string, path: string): Promise<Record<string, string[]>>
  /** Opens the form, changes these fields and sends it. */
  edit(who: string, path: string, changes: Fields): ReturnType<EditingOffice['send']>
  refresh(): Promise<void>
}

export const asEditor = (files: ReadonlyMap<string, string>): Editor => {
  const editor = openEditor(files)
  return {
    units: async () => editor.units(),
    sources: async () => editor.sources(),
    file: async (unit) => editor.file(unit),
    check: async (edited) => editor.check(edited),
    read: async (unit, text) => editor.read(unit, text),
    write: async (unit, text, fields) => editor.write(unit, text, fields),
  }
}

export function openEditingOffice(
  changes: Readonly<Record<string, string>> = {},
  options: { editor?: boolean } = {},
): EditingOffice {
  const files = bookFiles(changes)
  const loaded = load(files)
  if ('problems' in loaded) throw new Error('the small book has problems')
  const whole = openWhole()
  const { app } = whole.home
  const texts = hashTexts(files)
  const snapshot = bookSnapshot(loaded.book, { log: app.log, now: app.now, files: texts })
  const refresh = () => snapshot.refresh(app.store)
  app.book = snapshot.now
  app.editing = { editor: options.editor === false ? null : asEditor(files), files: texts, refresh }
  app.directory = () => ({
    points: [],
    clubs: [],
    communes: [],
    calendar: EMPTY_CALENDAR,
    staff: STAFF,
    switches: NO_SWITCHES,
  })
  const cookies = new Map<string, Promise<string>>()
  const cookieOf = (id: string) => {
    const made = cookies.get(id) ?? sessionCookie(app, STAFF.find((one) => one.id === id)!)
    cookies.set(id, made)
    return made
  }
  const read = async (who: string, path: string) => whole.ask(path, { headers: { Cookie: await cookieOf(who) } })
  const send = async (who: string, path: string, fields: Fields = {}) => {
    const body = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
    )
    const answer = await whole.ask(path, { method: 'POST', headers: { Cookie: await cookieOf(who) }, body })
    return { ...answer, to: answer.headers.get('Location') }
  }
  const formOf = async (who: string, path: string) => fieldsIn((await read(who, path)).text, 'class="edit"')
  return {
    ...whole,
    read,
    send,
    formOf,
    edit: async (who, path, changed) => send(who, path, { ...(await formOf(who, path)), ...changed }),
    refresh,
  }
}

/** What a browser would send of a form: hidden and typed fields, ticked boxes and chosen options. */
export function fieldsIn(page: string, mark: string): Record<string, string[]> {
  const form = page.split('<form').find((one) => one.includes(mark)) ?? ''
  const fields: Record<string, string[]> = {}
  const add = (name: string, value: string) => {
    fields[name] = [...(fields[name] ?? []), plain(value)]
  }
  for (const [tag, kind] of form.matchAll(/<(input|textarea|select)\b[^>]*>/g)) {
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
    const name = attribute('name') ?? ''
    const rest = form.slice(form.indexOf(tag) + tag.length)
    if (kind === 'textarea') add(name, rest.slice(0, rest.indexOf('</textarea>')).replace(/^\n/, ''))
    else if (kind === 'select') {
      const options = rest.slice(0, rest.indexOf('</select>'))
      const chosen = /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options)
      add(name, chosen?.[1] ?? '')
    } else if (attribute('type') !== 'checkbox' || /\bchecked\b/.test(tag)) add(name, attribute('value') ?? '')
  }
  return fields
}

function plain(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
