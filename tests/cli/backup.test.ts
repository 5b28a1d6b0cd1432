import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { drain } from '../../src/app/deliver.ts'
import { ROOT } from '../../src/cli/files.ts'
import { readConfig } from '../../src/config.ts'
import { openService, type Service } from '../../src/service.ts'
import { consent, consentText } from '../../src/store/enrolment-tables.ts'
import { allOf } from '../store/turns.ts'

let folder: string
let env: Record<string, string>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dong-hanh-backup-'))
  env = {
    DATABASE_PATH: join(folder, 'a.sqlite'),
    KEYS_PATH: join(folder, 'a-keys.sqlite'),
    DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
    LOG_LEVEL: 'silent',
  }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (): Promise<Service> => openService(readConfig(env))

function cli(name: string, file: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, `src/cli/${name}.ts`), file], {
    env,
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

async function say(service: Service, visitor: string, text: string): Promise<void> {
  await service.room.post(visitor, { id: crypto.randomUUID(), text })
  await drain(service.app)
}

test('a backup taken while the service runs restores every line', async () => {
  const service = await open()
  await say(service, 'ban-a', 'xin chào')
  const file = join(folder, 'copy')
  expect(cli('backup', file)).toMatchObject({ status: 0 })
  await say(service, 'ban-a', 'câu sau khi sao lưu')
  await service.close()
  expect(cli('restore', file)).toMatchObject({ status: 0 })
  const again = await open()
  const lines = await again.room.lines('ban-a', null)
  expect(lines.map((line) => line.from)).toEqual(['you', 'bot'])
  expect(lines[0]?.text).toBe('xin chào')
  await again.close()
})

test('a backup holds the ledger of consents: what somebody said yes to, and to which words', async () => {
  const service = await open()
  for (const text of [
    'chào',
    'đăng ký',
    'cho mình',
    'tiếp',
    'đồng ý',
    'dùng mã',
    'không nói',
    'đủ 18',
    'ở nhà',
    'không',
  ])
    await say(service, 'a'.repeat(43), text)
  const rows = async ({ app }: Service) =>
    (await allOf(app.store, consent)).map(({ purpose, version, givenAt }) => ({ purpose, version, givenAt }))
  const before = await rows(service)
  expect(before).toMatchObject([{ purpose: 'enrolment' }])
  expect(cli('backup', join(folder, 'so.backup')).status).toBe(0)
  await service.close()
  env = { ...env, DATABASE_PATH: join(folder, 'c.sqlite'), KEYS_PATH: join(folder, 'c-keys.sqlite') }
  expect(cli('restore', join(folder, 'so.backup')).status).toBe(0)
  const again = await open()
  expect(await rows(again)).toEqual(before)
  const [text] = await allOf(again.app.store, consentText)
  expect(text).toMatchObject({ version: before[0]!.version, text: expect.stringContaining('Công an xã, phường') })
  await again.close()
})

test('who erased their data after the backup stays erased after a restore', async () => {
  const service = await open()
  await say(service, 'ban-a', 'điều riêng tư')
  await say(service, 'ban-b', 'ở lại')
  const file = join(folder, 'copy')
  expect(cli('backup', file)).toMatchObject({ status: 0 })
  await say(service, 'ban-a', 'xoá hết')
  await say(service, 'ban-a', 'có')
  await service.close()
  expect(cli('restore', file)).toMatchObject({ status: 0 })
  const again = await open()
  expect((await again.room.lines('ban-a', null)).some((line) => line.text.includes('riêng tư'))).toBe(false)
  await say(again, 'ban-a', 'menu')
  expect((await again.room.lines('ban-a', null)).map((line) => line.from)).toEqual(['you', 'bot'])
  expect((await again.room.lines('ban-b', null)).some((line) => line.text.includes('ở lại'))).toBe(true)
  await again.close()
})

test('an existing file is never overwritten, and a broken copy is refused', async () => {
  const service = await open()
  const file = join(folder, 'copy')
  expect(cli('backup', file).status).toBe(0)
  expect(cli('backup', file)).toMatchObject({ status: 1, said: expect.stringContaining('Đã có tệp') })
  await service.close()
  expect(cli('restore', join(ROOT, 'package.json'))).toMatchObject({
    status: 1,
    said: expect.stringContaining('Không đọc được'),
  })
})

test('a restore is refused while the service runs', async () => {
  const service = await open()
  const file = join(folder, 'copy')
  cli('backup', file)
  const refused = cli('restore', file)
  await service.close()
  expect(refused).toMatchObject({ status: 1, said: expect.stringContaining('đang chạy') })
})
