import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textHash } from '../../src/app/text-hash.ts'
import { ROOT } from '../../src/cli/files.ts'
import { readConfig } from '../../src/config.ts'
import type { Role } from '../../src/engine/staff.ts'
import { openService, type Service } from '../../src/service.ts'
import { openSqlite } from '../../src/store/better-sqlite3.ts'
import { approving, dropping, openRevisions, readRevision } from '../../src/store/content.ts'
import { placingStaff } from '../../src/store/directory.ts'

const UNIT = 'content/vi/topics/qua-lieu.md'
const OTHER = 'content/vi/topics/noi-khong.md'
const folder = mkdtempSync(join(tmpdir(), 'dong-hanh-texts-'))
const env = {
  DATABASE_PATH: join(folder, 'data.sqlite'),
  KEYS_PATH: join(folder, 'keys.sqlite'),
  LOG_LEVEL: 'silent',
}
const content = async (...args: string[]) => {
  const run = promisify(execFile)(process.execPath, ['src/cli/content.ts', ...args], {
    env: { ...process.env, ...env },
    cwd: ROOT,
  })
  const done = await run.catch((error: { code: number; stdout: string; stderr: string }) => error)
  return { code: 'code' in done ? done.code : 0, out: done.stdout, err: done.stderr }
}
const authored = (unit: string) => readFileSync(join(ROOT, unit), 'utf8')
/** An edited copy, where an editor keeps theirs. */
function edited(unit: string, change: (text: string) => string): string {
  const path = join(folder, 'sua', unit)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, change(authored(unit)))
  return path
}

let service: Service
beforeAll(async () => {
  service = await openService(readConfig(env))
  const { store } = service.app
  for (const [id, roles] of [
    ['ha', ['editor']],
    ['lan', ['counsellor']],
  ] as const) {
    const member = { id, shownAs: id, affiliation: 'y_te', roles: roles as readonly Role[], point: null } as const
    await store.batch([
      ...placingStaff({ ...member, duty: null, active: true, languages: [] }, '2'),
      {
        sql: 'insert into credential (staff, login, password, invitation) values (?, ?, ?, ?)',
        params: [id, `chi-${id}`, 'none', `none-${id}`],
      },
    ])
  }
})
afterAll(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('npm run content -- import', () => {
  test('says of a broken file which file, which line and what to do, and takes in none of the others', async () => {
    const good = edited(UNIT, (text) => text.replace('Ở lại bên người ấy.', 'MẪU ở lại.'))
    const broken = edited(OTHER, (text) =>
      text.replace(/^as_of: .*$/m, 'as_of: hôm nay').replace('## more\n', '## more\nMột con nghiện.\n\n'),
    )
    const { code, err } = await content('import', '--by', 'chi-ha', good, broken)
    expect(code).toBe(1)
    const line =
      authored(OTHER)
        .split('\n')
        .findIndex((one) => one.startsWith('as_of')) + 1
    expect(err).toContain(`${broken}: as_of (dòng ${line}): Viết ngày theo mẫu 2026-11-21.`)
    expect(err).toContain('Không viết “con nghiện”')
    expect(err).toContain('Chưa đưa vào gì cả.')
    expect(await openRevisions(service.app.store)).toEqual([])
  })

  test('is refused to somebody who may not edit, for a file that stands for nothing, and for what is closed', async () => {
    const good = edited(UNIT, (text) => text.replace('Ở lại bên người ấy.', 'MẪU ở lại.'))
    expect((await content('import', '--by', 'chi-lan', good)).err).toContain('không được sửa nội dung')
    expect((await content('import', '--by', 'khong-co', good)).err).toContain('không có')
    const strange = join(folder, 'la.md')
    writeFileSync(strange, 'x')
    expect((await content('import', '--by', 'chi-ha', strange)).err).toContain(`${strange}: Không biết tệp này`)
    const card = edited('content/vi/khan-cap.md', (text) => `${text}\nMẪU\n`)
    expect((await content('import', '--by', 'chi-ha', good, card)).err).toContain('không sửa ở bàn được')
    expect((await content('import', '--by', 'chi-ha', join(folder, 'mat.md'))).err).toContain('Không có tệp này')
    expect((await content('import', good)).code).toBe(2)
    expect(await openRevisions(service.app.store)).toEqual([])
  })

  test('makes drafts of all files by whoever is named, and not beside a draft that waits', async () => {
    const one = edited(UNIT, (text) => text.replace('Ở lại bên người ấy.', 'MẪU ở lại.'))
    const other = edited(OTHER, (text) => text.replace(/^as_of: .*$/m, 'as_of: 2026-11-20'))
    const { code, out, err } = await content('import', '--by', 'chi-ha', one, other)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`${UNIT}: đã thành bản nháp.`)
    const { store } = service.app
    expect(await readRevision(store, UNIT, 1)).toMatchObject({
      state: 'draft',
      by: 'ha',
      text: authored(UNIT).replace('Ở lại bên người ấy.', 'MẪU ở lại.'),
      file: textHash(authored(UNIT)),
    })
    expect(await readRevision(store, OTHER, 1)).toMatchObject({ state: 'draft', by: 'ha' })
    const again = await content('import', '--by', 'chi-ha', one)
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('đang có bản nháp 1 chờ duyệt')])
    const d1 = await content('import', '--d1', '--by', 'ha', one)
    const elsewhere = openSqlite(':memory:')
    elsewhere.database.exec(d1.out)
    expect(await readRevision(elsewhere, UNIT, 1)).toMatchObject({
      text: (await readRevision(store, UNIT, 1))!.text,
      patch: (await readRevision(store, UNIT, 1))!.patch,
      state: 'draft',
      by: 'ha',
    })
    elsewhere.close()
    await store.batch(dropping({ unit: OTHER, n: 1 }, 1))
  })
})

describe('npm run content -- export', () => {
  test('writes what holds letter by letter, tells which, and writes over no file that changed meanwhile', async () => {
    const { store } = service.app
    const before = authored(UNIT)
    expect((await content('export')).out).toContain('Không có lời nào')
    const row = (await readRevision(store, UNIT, 1))!
    await store.batch(approving(row, row.patch!, 'binh', 2))
    const to = join(folder, 'ra')
    const { code, out } = await content('export', '--to', to)
    expect([code, out]).toEqual([0, expect.stringContaining(`${UNIT}: đã ghi bản 1 (ha soạn`)])
    expect(readFileSync(join(to, UNIT), 'utf8')).toBe(row.text)

    await store.batch([{ sql: "update content_revision set file = 'khac' where unit = ?", params: [UNIT] }])
    const forked = await content('export')
    expect([forked.code, forked.out]).toEqual([1, expect.stringContaining(`${UNIT}: CHƯA GHI.`)])
    expect(authored(UNIT)).toBe(before)

    const json = join(folder, 'd1.json')
    writeFileSync(json, JSON.stringify([{ results: [{ unit: UNIT, n: 1, text: 'MẪU\n', hash: 'h', file: 'f' }] }]))
    await content('export', '--from', json, '--to', to)
    expect(readFileSync(join(to, UNIT), 'utf8')).toBe('MẪU\n')
    writeFileSync(json, JSON.stringify([{ results: [{ unit: '../../ngoai', n: 1, text: 'x', hash: 'h', file: 'f' }] }]))
    expect((await content('export', '--from', json, '--to', to)).code).toBe(1)
  })
})
