import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { may } from '../app/permissions.ts'
import { loginOf } from '../app/sign-in.ts'
import { textHash, tidyText } from '../app/text-hash.ts'
import { openEditor } from '../authoring/editor.ts'
import { type Problem, printProblem, sortProblems } from '../authoring/problem.ts'
import { ConfigError } from '../config.ts'
import { dayOf } from '../engine/hours.ts'
import { credentialByLogin } from '../store/accounts.ts'
import { record } from '../store/audit.ts'
import { liveRevisions, type NewRevision, newestRevision, type Revision, saving } from '../store/content.ts'
import { findStaff } from '../store/directory.ts'
import type { Query } from '../store/query.ts'
import { withDatabase } from './content-database.ts'
import { readAuthored } from './files.ts'

/** Edited files become drafts, all of them or none. */
export async function importTexts(login: string, paths: readonly string[]): Promise<number> {
  return withDatabase(async (store, vault) => {
    const credential = await credentialByLogin(store, loginOf(login))
    const member = credential && (await findStaff(store, credential.staff))
    if (!member || !may('content.edit', member))
      throw new ConfigError(`Tên đăng nhập "${login}" không có, hoặc không được sửa nội dung.`)
    const live = await liveRevisions(store)
    const now = Date.now()
    const drafts = readDrafts(paths, live, member.id, now)
    if (drafts === null) return 1
    const writes: Query[] = []
    for (const draft of drafts) {
      const newest = await newestRevision(store, draft.unit)
      if (newest?.state === 'draft') {
        console.error(`${draft.unit}: đang có bản nháp ${newest.n} chờ duyệt. Duyệt hoặc bỏ bản ấy trước.`)
        console.error('Chưa đưa vào gì cả.')
        return 1
      }
      writes.push(...saving({ ...draft, n: (newest?.n ?? 0) + 1 }))
    }
    if (drafts.length === 0) return 0
    const about = drafts
      .map(({ unit }) => unit.replace(/^content\/vi\/|\.md$/g, ''))
      .join(' ')
      .slice(0, 200)
    const entry = {
      staff: member.id,
      at: now,
      action: 'content.import',
      contact: null,
      about,
      point: member.point,
      source: null,
    }
    try {
      await record(store, vault, entry, writes)
    } catch {
      // The key refuses a draft beside one that was saved this moment.
      throw new ConfigError('Chưa đưa vào gì cả: vừa có người lưu một bản khác. Bạn chạy lại lệnh này.')
    }
    for (const { unit } of drafts) console.log(`${unit}: đã thành bản nháp.`)
    console.log('Người thứ hai duyệt ở bàn: Nội dung → Sửa nội dung.')
    return 0
  })
}

/** The database is elsewhere: the drafts as statements, each the next of its file. */
export function printDrafts(by: string, paths: readonly string[]): number {
  const drafts = readDrafts(paths, [], by, Date.now())
  if (drafts === null) return 1
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`
  for (const row of drafts) {
    const unit = text(row.unit)
    console.log(
      `insert into content_revision (unit, n, state, text, hash, base, file, note, "by", created_at, patch, problems) values (${unit}, (select coalesce(max(n), 0) + 1 from content_revision where unit = ${unit}), 'draft', ${[row.text, row.hash, row.base, row.file, row.note, row.by].map(text).join(', ')}, ${row.createdAt}, ${text(row.patch ?? '')}, 0);`,
    )
  }
  console.error('Ghi các lệnh trên vào một tệp rồi chạy: npx wrangler d1 execute DB --remote --file TỆP.sql')
  return 0
}

/** The files as drafts, those that change nothing left out; null once every mistake in them was said. */
function readDrafts(
  paths: readonly string[],
  live: readonly Revision[],
  by: string,
  createdAt: number,
): readonly NewRevision[] | null {
  const authored = readAuthored()
  const editor = openEditor(authored)
  const problems: Problem[] = []
  const complain = (path: string, message: string) => problems.push({ file: path, path: '', message, level: 'error' })
  const given = paths.flatMap((path) => {
    const unit = unitOf(path, authored)
    const file = unit === null ? null : editor.file(unit)
    if (existsSync(path) && unit !== null && file !== null)
      return [{ path, unit, file, text: tidyText(readFileSync(path, 'utf8')) }]
    complain(
      path,
      existsSync(path) ? 'Không biết tệp này thay cho bài nào, hoặc bài ấy không sửa ở bàn được.' : 'Không có tệp này.',
    )
    return []
  })
  const doubled = given.find(({ unit }, i) => given.findIndex((other) => other.unit === unit) !== i)
  if (doubled)
    problems.push({ file: doubled.path, path: '', message: 'Hai tệp cùng thay cho một bài.', level: 'error' })
  const others = new Map([
    ...live.map(({ unit, text }) => [unit, text] as const),
    ...given.map(({ unit, text }) => [unit, text] as const),
  ])
  const drafts = given.flatMap(({ path, unit, file, text }): NewRevision[] => {
    const base = live.find((one) => one.unit === unit)?.text ?? file
    if (textHash(text) === textHash(base)) {
      console.log(`${path}: giống lời máy đang dùng, không có gì mới.`)
      return []
    }
    const { findings, patch } = editor.check({ unit, text, before: base, others: [...others], today: dayOf(createdAt) })
    problems.push(...findings.map((one) => (one.file === unit ? { ...one, file: path } : one)))
    const [hash, was] = [textHash(text), textHash(base)]
    const kept = {
      unit,
      n: 0,
      text,
      hash,
      base: was,
      file: textHash(file),
      restores: null,
      note: 'Đưa từ tệp',
      by,
      createdAt,
    }
    return [{ ...kept, patch: patch === null ? null : JSON.stringify(patch), problems: 0 }]
  })
  for (const problem of sortProblems(problems)) console.error(printProblem(problem))
  if (!problems.some(({ level }) => level === 'error') && drafts.every(({ patch }) => patch !== null)) return drafts
  console.error('Chưa đưa vào gì cả.')
  return null
}

/** Which authored file a path stands for: by where it lies, or by its name where only one has it. */
function unitOf(path: string, authored: ReadonlyMap<string, string>): string | null {
  const whole = resolve(path).replaceAll('\\', '/')
  const placed = /(?:^|\/)(content\/vi\/(?:topics\/)?[a-z0-9-]+\.md)$/.exec(whole)?.[1]
  if (placed !== undefined) return authored.has(placed) ? placed : null
  const name = whole.slice(whole.lastIndexOf('/') + 1)
  const named = [`content/vi/topics/${name}`, `content/vi/${name}`].filter((unit) => authored.has(unit))
  return named.length === 1 ? named[0]! : null
}
