import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openService } from '../../src/service.ts'
import { useLink } from '../../src/store/tickets.ts'

const folder = mkdtempSync(join(tmpdir(), 'dong-hanh-staff-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const env = {
  DATABASE_PATH: join(folder, 'data.sqlite'),
  KEYS_PATH: join(folder, 'keys.sqlite'),
  PUBLIC_URL: 'https://dong-hanh.test',
  LOG_LEVEL: 'silent',
}
const staff = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['src/cli/staff.ts', ...args], { env: { ...process.env, ...env } })

describe('npm run staff -- link', () => {
  test('before the first start says what to do and makes nothing', async () => {
    await expect(staff('link')).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('Hãy chạy dịch vụ') })
  })

  test('prints a link that the running service takes once, and ends the one before it', async () => {
    const service = await openService(readConfig(env))
    const { store, vault } = service.app
    const { stdout } = await staff('link')
    const token = /https:\/\/dong-hanh\.test\/desk\/setup\?token=([\w-]{32})\n/.exec(stdout)![1]!
    expect(await useLink(store, vault.hashToken(service.setupToken!))).toBe(false)
    expect(await useLink(store, vault.hashToken(token))).toBe(true)
    expect(await useLink(store, vault.hashToken(token))).toBe(false)
    await service.close()
  })

  test('explains itself', async () => {
    await expect(staff()).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('npm run staff -- link') })
  })
})
