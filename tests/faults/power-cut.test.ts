import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSqlite } from '../../src/store/better-sqlite3.ts'
import { openKeyFile } from '../../src/store/key-file.ts'
import { words } from '../../src/store/schema.ts'
import { openVault } from '../../src/store/seal.ts'
import { cleanUp, makeFolder, spawnService } from '../e2e/service.ts'
import { postUpdate, startTelegramApi, type TelegramApi, textUpdate } from '../e2e/telegram-api.ts'
import { allOf } from '../store/turns.ts'
import { randomFrom } from './random.ts'
import { filesAfterPowerCut, readTrace, tracing } from './synced-files.ts'

const SECRET = 'power-secret'
const KEY = Buffer.alloc(32, 3)
const CHATS = 10
const UPDATES_PER_CHAT = 20
const WEAK = fileURLToPath(new URL('weak-sync.mjs', import.meta.url))
const FILES = ['service.sqlite', 'service.sqlite-wal', 'keys.sqlite', 'keys.sqlite-wal']

let api: TelegramApi
beforeAll(async () => {
  api = await startTelegramApi()
})
afterAll(async () => {
  await cleanUp()
  await api?.close()
})

interface Recording {
  /** Every acknowledged text, with the time its sender knew. */
  acknowledged: readonly { text: string; at: number }[]
  done: Awaited<ReturnType<typeof readTrace>>
}

/** The real service takes in messages until it is killed, while every write and sync of its files is logged. */
async function record(nodeArgs: readonly string[] = []): Promise<Recording> {
  const folder = makeFolder()
  const log = join(folder, 'trace')
  const env = {
    TELEGRAM_BOT_TOKEN: '1:power',
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    TELEGRAM_API_ROOT: api.root(0),
    DATA_KEY: KEY.toString('base64'),
  }
  const paths = FILES.map((name) => join(folder, name))
  const service = await spawnService(folder, env, nodeArgs, tracing(log, paths)).listening
  const acknowledged: { text: string; at: number }[] = []
  const write = async (chat: number): Promise<void> => {
    for (let i = 0; i < UPDATES_PER_CHAT; i++) {
      const id = chat * 1000 + i
      const text = `tin số ${id}`
      expect(await postUpdate(service.origin, SECRET, textUpdate(id, chat, text))).toBe(200)
      // A clock of whole milliseconds: later than this it was known for certain.
      acknowledged.push({ text, at: Date.now() + 1 })
    }
  }
  await Promise.all(Array.from({ length: CHATS }, (_, i) => write(i + 1)))
  await service.kill()
  return { acknowledged, done: await readTrace(log) }
}

/** How many acknowledged texts cannot be read in the files that are left. */
async function lostOf(
  { acknowledged, done }: Recording,
  until: number,
  survives: () => boolean,
): Promise<{ known: number; lost: number }> {
  const folder = makeFolder()
  mkdirSync(folder, { recursive: true })
  for (const [path, bytes] of filesAfterPowerCut(done, until, survives))
    writeFileSync(join(folder, basename(path)), bytes)
  const store = openSqlite(join(folder, 'service.sqlite'))
  const keys = openKeyFile(join(folder, 'keys.sqlite'))
  try {
    expect(store.database.pragma('integrity_check', { simple: true })).toBe('ok')
    const vault = openVault(KEY, keys)
    const kept = new Set<string>()
    for (const { id, kind, sealed } of await allOf(store, words)) {
      const line = kind === 'you' ? await vault.open(`words:${id}`, sealed) : null
      if (line !== null) kept.add((JSON.parse(line) as { text: string }).text)
    }
    const moment = done[until]?.at ?? Number.POSITIVE_INFINITY
    const known = acknowledged.filter(({ at }) => at <= moment)
    return { known: known.length, lost: known.filter(({ text }) => !kept.has(text)).length }
  } finally {
    store.close()
    keys.close()
  }
}

describe('a power cut', () => {
  test('at any moment loses no acknowledged turn, nor the key that opens it', async () => {
    const recording = await record()
    const { done } = recording
    expect(recording.acknowledged).toHaveLength(CHATS * UPDATES_PER_CHAT)
    const random = randomFrom(20_261_121)
    const moments = [
      done.length,
      ...Array.from({ length: 12 }, () => Math.floor(done.length * (0.2 + 0.8 * random.next()))),
    ]
    let known = 0
    for (const until of moments) {
      for (const survives of [() => false, () => random.chance(0.5)]) {
        const result = await lostOf(recording, until, survives)
        expect(result.lost, `cut before call ${until} of ${done.length}`).toBe(0)
        known += result.known
      }
    }
    expect(known).toBeGreaterThan(moments.length * CHATS)
    console.log(
      JSON.stringify({
        calls: done.length,
        syncs: done.filter(({ type }) => type === 'sync').length,
        moments: moments.length,
        acknowledged: known,
      }),
    )
  })

  test('would lose them if commits were not synced: the check can fail', async () => {
    const recording = await record(['--import', WEAK])
    const { known, lost } = await lostOf(recording, recording.done.length, () => false)
    expect(known).toBe(CHATS * UPDATES_PER_CHAT)
    expect(lost).toBeGreaterThan(0)
    console.log(JSON.stringify({ synchronous: 'NORMAL', acknowledged: known, lost }))
  })
})
