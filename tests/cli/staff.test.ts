import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { accept } from '../../src/app/accounts.ts'
import { acceptReset, resetOf } from '../../src/app/reset.ts'
import { readConfig } from '../../src/config.ts'
import { openService } from '../../src/service.ts'
import { openSqlite, type SqliteStore } from '../../src/store/better-sqlite3.ts'
import { allPoints, readDirectory } from '../../src/store/directory.ts'
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

describe('npm run staff -- add', () => {
  test('prints an invitation for a role and a point, which makes one account in the running service', async () => {
    const service = await openService(readConfig(env))
    const { app } = service
    const [point] = await allPoints(app.store)
    const { stdout } = await staff('add', '--role', 'counsellor,editor', '--affiliation', 'y_te', '--point', point!.id)
    const token = /https:\/\/dong-hanh\.test\/desk\/invitation\?token=([\w-]{32})\n/.exec(stdout)![1]!
    const given = { login: 'anh-nam', password: 'mái nhà bên suối', shownAs: 'Nam', affiliation: null }
    const from = { address: null, device: 'test' }
    expect(await accept(app, token, given, from)).toMatchObject({
      member: { roles: ['counsellor', 'editor'], point: point!.id, affiliation: 'y_te' },
    })
    expect(await accept(app, token, { ...given, login: 'anh-hai' }, from)).toBeNull()
    await service.tick()
    expect(app.directory().staff).toMatchObject([{ shownAs: 'Nam', active: true }])
    await service.close()
  })

  test('a role, a place or a point that is not known makes nothing, and is named', async () => {
    const none = ['--role', 'counsellor,king', '--affiliation', 'y_te']
    await expect(staff('add', ...none)).rejects.toMatchObject({ code: 2, stdout: '' })
    const nowhere = ['--role', 'counsellor', '--affiliation', 'y_te', '--point', 'nowhere']
    const said = { code: 1, stdout: '', stderr: expect.stringContaining('nowhere') }
    await expect(staff('add', ...nowhere)).rejects.toMatchObject(said)
  })
})

describe('npm run staff -- reset', () => {
  test('prints a link with which the account gets a new password, once, in the running service', async () => {
    const service = await openService(readConfig(env))
    const { stdout } = await staff('reset', 'Anh-Nam', '--second')
    const token = /https:\/\/dong-hanh\.test\/desk\/reset\?token=([\w-]{32})\n/.exec(stdout)![1]!
    const from = { address: null, device: 'test' }
    expect(await resetOf(service.app, token)).toMatchObject({ login: 'anh-nam', second: true })
    expect(await acceptReset(service.app, token, 'con đò sớm mai', from)).toMatchObject({ member: { shownAs: 'Nam' } })
    expect(await resetOf(service.app, token)).toBe(null)
    await service.close()
  })

  test('for nobody makes nothing and says so', async () => {
    await expect(staff('reset', 'ai-do')).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('"ai-do"'),
    })
    await expect(staff('reset')).rejects.toMatchObject({ code: 2 })
  })
})

describe('npm run staff -- points FILE', () => {
  const file = join(folder, 'points.yaml')
  const point = (id: string, name: string, commune: string, from = '07:30') => `
  - id: ${id}
    name: ${name}
    address: Số 2, xã Vân Hồ, Sơn La
    communes: [${commune}]
    shifts:
      - { weekday: 2, from: "${from}", to: "11:30" }`
  const write = (...points: string[]) => writeFileSync(file, `points:${points.join('')}\n`)

  test('replaces every point, and the running service shows the new ones without a restart', async () => {
    const service = await openService(readConfig(env))
    expect(service.app.directory().points.length).toBeGreaterThan(1)
    write(point('van-ho', "Điểm tư vấn 'Vân Hồ'", 'van-ho-son-la'))
    expect((await staff('points', file)).stdout).toContain('1 điểm, 0 câu lạc bộ')
    await service.tick()
    const { points, clubs } = service.app.directory()
    expect(points.map(({ name, sample }) => ({ name, sample }))).toEqual([
      { name: "Điểm tư vấn 'Vân Hồ'", sample: false },
    ])
    expect(clubs).toEqual([])
    await service.close()
  })

  test('a file with a mistake changes nothing, and every mistake is said at once', async () => {
    write(
      point('a', 'Điểm A', 'khong-co-noi-nay'),
      point('b', 'Điểm B', 'van-ho-son-la', '25:99'),
      point('c', 'Điểm C', 'van-ho-son-la'),
    )
    await expect(staff('points', file)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^(?=.*khong-co-noi-nay)(?=.*points\.1).*Chưa nạp gì cả\.\n$/s),
    })
    const store = openSqlite(env.DATABASE_PATH)
    const kept = await readDirectory(store, null)
    store.close()
    expect(kept?.points.map(({ name }) => name)).toEqual(["Điểm tư vấn 'Vân Hồ'"])
  })

  test('a made-up point is never loaded for real people', async () => {
    write(point('van-ho', 'MẪU – Điểm tư vấn Vân Hồ', 'van-ho-son-la'))
    await expect(staff('points', file, '--d1')).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('MẪU'),
    })
  })

  test('for D1 prints commands that make the same change', async () => {
    write(point('van-ho', "Điểm tư vấn 'Vân Hồ'", 'van-ho-son-la'))
    const { stdout } = await staff('points', file, '--d1')
    const service = await openService(readConfig({ ...env, DATABASE_PATH: join(folder, 'd1.sqlite') }))
    const { database } = service.app.store as SqliteStore
    database.exec(stdout)
    await service.tick()
    expect(service.app.directory().points.map(({ name }) => name)).toEqual(["Điểm tư vấn 'Vân Hồ'"])
    await service.close()
  })
})
