import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ROOT } from '../../src/cli/files.ts'
import { readConfig } from '../../src/config.ts'
import { openService } from '../../src/service.ts'
import { record } from '../../src/store/audit.ts'

let folder: string
let env: Record<string, string>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dong-hanh-audit-'))
  env = {
    DATABASE_PATH: join(folder, 'a.sqlite'),
    KEYS_PATH: join(folder, 'a-keys.sqlite'),
    DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
    LOG_LEVEL: 'silent',
  }
  const service = await openService(readConfig(env))
  const { store, vault } = service.app
  const entry = { action: 'ticket.read', contact: 'c', about: null, point: null, source: null }
  for (let at = 1; at <= 4; at++) await record(store, vault, { ...entry, staff: 'lan', at })
  await service.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function cli(name: string, ...args: string[]) {
  const command = [join(ROOT, `src/cli/${name}.ts`), ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { env, encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

function change(sql: string): void {
  const database = new Database(env.DATABASE_PATH!)
  database.exec(sql)
  database.close()
}

test('an audit that nobody touched is said to hold', () => {
  expect(cli('audit', 'verify')).toMatchObject({
    status: 0,
    said: expect.stringContaining('4 dòng nhật ký của 1 người, 0'),
  })
  expect(cli('audit')).toMatchObject({ status: 2, said: expect.stringContaining('npm run audit -- verify') })
})

test('a row that was edited is named, and the command fails', () => {
  change('update audit set at = 9 where seq = 2')
  expect(cli('audit', 'verify')).toMatchObject({ status: 1, said: expect.stringContaining('lan #2: dòng đã bị sửa') })
})

test('the manifest beside a backup shows an end cut off so that the database itself looks whole', () => {
  expect(cli('backup', join(folder, 'copy')).status).toBe(0)
  const manifest = join(folder, 'copy.audit.json')
  expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({ heads: [{ staff: 'lan', seq: 4 }] })
  expect(cli('audit', 'verify', manifest).status).toBe(0)
  change(`delete from audit where seq > 2;
    update audit_head set seq = 2, hash = (select hash from audit where seq = 2)`)
  expect(cli('audit', 'verify').status).toBe(0)
  expect(cli('audit', 'verify', manifest)).toMatchObject({
    status: 1,
    said: expect.stringContaining('lan #4: chuỗi bị cắt'),
  })
})

test('a manifest that cannot be read is an error, never a clean audit', () => {
  const broken = join(folder, 'broken.json')
  writeFileSync(broken, '{"heads": [{}]}')
  for (const path of [broken, join(folder, 'missing.json')])
    expect(cli('audit', 'verify', path)).toMatchObject({ status: 1, said: expect.stringContaining('Không đọc được') })
})
