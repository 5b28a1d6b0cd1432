import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openSqlite } from '../../src/store/better-sqlite3.ts'
import { openKeyFile } from '../../src/store/key-file.ts'
import { outbox, words } from '../../src/store/schema.ts'
import { openVault } from '../../src/store/seal.ts'
import { cleanUp, eventually, makeFolder, type Running, startService } from '../e2e/service.ts'
import { postUpdate, startTelegramApi, textUpdate } from '../e2e/telegram-api.ts'
import { allOf } from '../store/turns.ts'

const SECRET = 'disk-secret'
const KEY = Buffer.alloc(32, 5)
const CHATS = 6
const FILES = ['service.sqlite', 'service.sqlite-wal', 'keys.sqlite', 'keys.sqlite-wal']

afterEach(cleanUp)

/** Breaks the disk under a running service; the result mends it. */
type Break = (service: Running, folder: string) => Promise<() => Promise<void>>

/** No file may grow past a few kilobytes: what a quota does. */
const limitFiles: Break = async ({ pid }) => {
  const limit = (size: string) => void execFileSync('prlimit', ['--pid', String(pid), `--fsize=${size}:unlimited`])
  limit('4096')
  return async () => limit('unlimited')
}

/** Every such call on the service's files fails with this error. */
const failCalls =
  (calls: string, error: string): Break =>
  async ({ pid }, folder) => {
    const paths = FILES.flatMap((name) => ['-P', join(folder, name)])
    const inject = ['-e', `trace=${calls}`, '-e', `inject=${calls}:error=${error}`]
    const tracer = spawn('strace', ['-f', '-o', '/dev/null', ...paths, ...inject, '-p', String(pid)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    tracer.stderr.setEncoding('utf8').on('data', (piece: string) => {
      said += piece
    })
    const closed = new Promise<void>((resolve) => tracer.once('close', () => resolve()))
    await eventually(() => said.includes('attached') || (tracer.exitCode !== null && said))
    expect(tracer.exitCode, said).toBeNull()
    return async () => {
      tracer.kill('SIGINT')
      await closed
    }
  }

describe.each([
  ['files that may not grow', limitFiles],
  ['a full disk', failCalls('pwrite64,ftruncate,fallocate', 'ENOSPC')],
  ['a disk that cannot write', failCalls('pwrite64', 'EIO')],
  ['a disk that cannot sync', failCalls('fsync,fdatasync', 'EIO')],
])('%s', (_, breakDisk) => {
  test('costs no acknowledged message: others are refused until it works, and it then goes on by itself', async () => {
    const api = await startTelegramApi()
    const folder = makeFolder()
    const env = {
      TELEGRAM_BOT_TOKEN: '1:disk',
      TELEGRAM_WEBHOOK_SECRET: SECRET,
      TELEGRAM_API_ROOT: api.root(0),
      DATA_KEY: KEY.toString('base64'),
    }
    try {
      const service = await startService(folder, env)
      let serial = 0
      const texts = new Map<number, string>()
      const update = (chat: number) => {
        const id = ++serial
        texts.set(id, `tin số ${id}`)
        return { id, update: textUpdate(id, chat, texts.get(id)!) }
      }
      const post = (one: { update: object }) => postUpdate(service.origin, SECRET, one.update)
      // Half of them are known already, the others write for the first time while the disk is broken.
      const early = Array.from({ length: CHATS * 2 }, (_, i) => update(1 + (i % CHATS)))
      for (const one of early) expect(await post(one)).toBe(200)
      await eventually(() => api.calls.length === early.length)

      const mend = await breakDisk(service, folder)
      const late = Array.from({ length: CHATS * 2 }, (_, i) => update(1 + i))
      try {
        expect(new Set(await Promise.all(late.map(post)))).toEqual(new Set([500]))
        // The platform delivers again, and nothing has changed.
        expect(await post(late[0]!)).toBe(500)
        expect(await post(early[0]!)).toBe(200)
        expect((await fetch(`${service.origin}/healthz`)).status).toBe(200)
      } finally {
        await mend()
      }

      for (const one of late) expect(await post(one)).toBe(200)
      await eventually(() => api.calls.length >= serial)
      await service.kill()

      const store = openSqlite(join(folder, 'service.sqlite'))
      const keys = openKeyFile(join(folder, 'keys.sqlite'))
      const vault = openVault(KEY, keys)
      expect(store.database.pragma('integrity_check', { simple: true })).toBe('ok')
      const lines = (await allOf(store, words)).filter(({ kind }) => kind === 'you')
      const kept = await Promise.all(lines.map(({ id, sealed }) => vault.open(`words:${id}`, sealed)))
      expect(kept.map((line) => (JSON.parse(line!) as { text: string }).text).sort()).toEqual(
        [...texts.values()].sort(),
      )
      expect(new Set(api.calls.map(({ chat }) => chat)).size).toBe(CHATS * 2)
      expect(await allOf(store, outbox)).toHaveLength(serial)
      store.close()
      keys.close()
    } finally {
      await api.close()
    }
  })
})
