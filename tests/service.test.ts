import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { drain } from '../src/app/deliver.ts'
import { receive } from '../src/app/handle.ts'
import { readConfig } from '../src/config.ts'
import { openService, type Service } from '../src/service.ts'
import { point, setting, words } from '../src/store/schema.ts'
import { allOf } from './store/turns.ts'

const opened: Service[] = []
const folders: string[] = []
afterEach(async () => {
  for (const service of opened.splice(0)) await service.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function settings(extra: Record<string, string> = {}): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'dong-hanh-service-'))
  folders.push(folder)
  return {
    DATABASE_PATH: join(folder, 'data.sqlite'),
    KEYS_PATH: join(folder, 'keys.sqlite'),
    LOG_LEVEL: 'silent',
    ...extra,
  }
}

async function start(env: Record<string, string>): Promise<Service> {
  const service = await openService(readConfig(env))
  opened.push(service)
  return service
}

async function stop(service: Service): Promise<void> {
  opened.splice(opened.indexOf(service), 1)
  await service.close()
}

let serial = 0
async function say(service: Service, text: string): Promise<void> {
  const arrival = { key: `${++serial}`, handle: 'khách', at: Date.now(), event: { type: 'message', text } } as const
  await receive(service.app, 'webchat', 'web', arrival)
  await drain(service.app)
}

describe('a start', () => {
  test('on an empty database gives the one-time link, and the samples marked as such', async () => {
    const env = settings()
    const first = await start(env)
    expect(first.setupToken).toMatch(/^[\w-]{32}$/)
    const points = await allOf(first.app.store, point)
    expect(points.length).toBeGreaterThan(0)
    for (const { body } of points) expect(body).toContain('MẪU')
    expect(await first.ready()).toBe(true)
    await stop(first)
    expect((await start(env)).setupToken).toBeNull()
  })

  test('in production brings no sample', async () => {
    const key = Buffer.alloc(32, 5).toString('base64')
    const service = await start(settings({ NODE_ENV: 'production', DATA_KEY: key }))
    expect(await allOf(service.app.store, point)).toEqual([])
    expect(service.setupToken).not.toBeNull()
  })

  test('after one that died while it filled the database', async () => {
    const env = settings()
    const first = await start(env)
    await first.app.store.batch([{ sql: "delete from setting where name = 'first_start'", params: [] }])
    await stop(first)
    const second = await start(env)
    expect(second.setupToken).not.toBeNull()
    expect((await allOf(second.app.store, setting)).map(({ name }) => name)).toContain('first_start')
  })

  test('without a key makes one for its owner alone, and keeps it', async () => {
    const env = settings()
    const first = await start(env)
    await say(first, 'chào')
    await stop(first)
    const path = join(env.DATABASE_PATH!, '..', 'development-data-key')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(Buffer.from(readFileSync(path, 'utf8'), 'base64')).toHaveLength(32)
    const second = await start(env)
    expect((await second.room.lines('khách', null))[0]?.text).toBe('chào')
  })

  test('ends the erasure that another process began, before any door is open', async () => {
    const env = settings()
    const first = await start(env)
    await say(first, 'lời riêng')
    const [old] = await allOf(first.app.store, words)
    first.app.vault = { ...first.app.vault, forget: () => Promise.reject(new Error('killed')) }
    await say(first, 'xoá')
    await say(first, 'có')
    await stop(first)
    const second = await start(env)
    expect(await second.app.vault.open(`words:${old!.id}`, old!.sealed)).not.toBeNull()
    await second.recover()
    expect(await second.app.vault.open(`words:${old!.id}`, old!.sealed)).toBeNull()
  })
})

describe('stopping', () => {
  test('keeps exactly what it acknowledged, and is then not ready', async () => {
    const env = settings()
    const service = await start(env)
    const said = Promise.allSettled(['một', 'hai', 'ba'].map((text) => say(service, text)))
    await stop(service)
    const fates = await said
    const kept = ['một', 'hai', 'ba'].filter((_, i) => fates[i]?.status === 'fulfilled')
    expect(await service.ready()).toBe(false)
    const lines = await (await start(env)).room.lines('khách', null)
    expect(lines.filter(({ from }) => from === 'you').map(({ text }) => text)).toEqual(kept)
  })
})
