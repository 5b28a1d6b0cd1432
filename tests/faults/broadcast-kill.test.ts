import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aimOf } from '../../src/app/broadcasts.ts'
import { receive } from '../../src/app/handle.ts'
import { readConfig } from '../../src/config.ts'
import { openService } from '../../src/service.ts'
import { addingBroadcast, beginning, readBroadcast } from '../../src/store/broadcasts.ts'
import { fakeChannel } from '../app/fake-channel.ts'
import { cleanUp, eventually, makeFolder, spawnService } from '../e2e/service.ts'
import { startTelegramApi, type TelegramApi } from '../e2e/telegram-api.ts'
import { randomFrom } from './random.ts'

/** `BROADCAST=full`: the size the figures tell of; a part of it goes with every check. */
const PEOPLE = process.env.BROADCAST === 'full' ? 10_000 : 1_500
const KILLS = 5
const CLOCK = fileURLToPath(new URL('../e2e/shift-clock.mjs', import.meta.url))
/** A Wednesday noon in Vietnam that is no holiday: the hours of the day must not decide this test. */
const NOON = Date.UTC(2027, 2, 10, 5)
const DAY = 86_400_000
const DATA_KEY = Buffer.alloc(32, 7).toString('base64')

let api: TelegramApi
const folder = makeFolder()

beforeAll(async () => {
  api = await startTelegramApi()
})

afterAll(async () => {
  await cleanUp()
  await api?.close()
})

interface Row {
  id: string
  state: string
}

/** An answer that had not left before the first start leaves as well. */
const told = () => api.calls.filter(({ text }) => text.includes('nhà văn hoá xã'))

test('a process killed five times amid a message to many: nobody gets it twice, and every doubt stands on a list', async () => {
  const random = randomFrom(20_261_126)
  const shift = NOON - Date.now()
  await prepare()
  // Slow enough that a kill meets many calls under way.
  api.decide(() => ({ type: 'answer', afterMs: 20 + random.below(60) }))
  const begin = (start: number) =>
    spawnService(
      folder,
      {
        TELEGRAM_BOT_TOKEN: '1:fault',
        TELEGRAM_WEBHOOK_SECRET: 'fault-secret',
        TELEGRAM_API_ROOT: api.root(start),
        DATA_KEY,
        SHIFT_CLOCK_MS: String(shift),
      },
      ['--import', CLOCK],
    )
  for (let kill = 0; kill < KILLS; kill++) {
    const starting = begin(kill)
    await starting.listening
    const before = told().length
    await eventually(() => told().length > before + PEOPLE / 50 + random.below(PEOPLE / 50))
    await starting.kill()
  }
  const last = await begin(KILLS).listening
  await eventually(() => {
    const { timers, rows } = read()
    return timers === 0 && rows.every(({ state }) => state !== 'queued' && state !== 'leased')
  })
  expect(await last.stop()).toBe(0)

  const calls = new Map<string, number>()
  for (const { chat } of told()) calls.set(chat, (calls.get(chat) ?? 0) + 1)
  expect([...calls].filter(([, count]) => count > 1)).toEqual([])
  const { rows, doubts } = read()
  expect(rows).toHaveLength(PEOPLE)
  const states = new Set(rows.map(({ state }) => state))
  expect([...states].filter((state) => state !== 'sent' && state !== 'uncertain')).toEqual([])
  const sent = rows.filter(({ state }) => state === 'sent').length
  const uncertain = rows.filter(({ state }) => state === 'uncertain')
  // What was marked as sent was; whoever got it without that mark is among the doubts.
  expect(told().length).toBeGreaterThanOrEqual(sent)
  expect(told().length - sent).toBeLessThanOrEqual(uncertain.length)
  expect(new Set(doubts)).toEqual(new Set(uncertain.map(({ id }) => id)))
  expect(uncertain.length).toBeGreaterThan(0)
  console.info(
    JSON.stringify({
      people: PEOPLE,
      kills: KILLS,
      calls: told().length,
      sent,
      uncertain: uncertain.length,
      tasks: doubts.length,
    }),
  )
}, 900_000)

/** People who agreed to be told, and a message to them that was approved. */
async function prepare(): Promise<void> {
  const config = readConfig({
    DATABASE_PATH: join(folder, 'service.sqlite'),
    KEYS_PATH: join(folder, 'keys.sqlite'),
    LOG_LEVEL: 'silent',
    DATA_KEY,
  })
  const service = await openService(config)
  const { app } = service
  app.channels = new Map([['telegram', fakeChannel('telegram')]])
  let next = 0
  const worker = async () => {
    for (let i = next++; i < PEOPLE; i = next++)
      for (const [n, text] of ['nhận tin', 'có'].entries())
        await receive(app, 'telegram', 'telegram', {
          handle: String(10_000 + i),
          key: `${i}.${n}`,
          at: app.now(),
          event: { type: 'message', text },
        })
  }
  await Promise.all(Array.from({ length: 64 }, worker))
  const audience = { who: [], communes: [], channels: [], clubs: [], languages: [], entrances: [], stages: [] }
  const text = 'Chiều mai 14 giờ có buổi gặp mặt ở nhà văn hoá xã.'
  const dates = { createdAt: app.now(), startsAt: NOON - DAY, endsAt: NOON + DAY }
  await app.store.batch([addingBroadcast({ id: 'b', point: null, by: 'lan', text, audience, ...dates })])
  const row = (await readBroadcast(app.store, 'b'))!
  await app.store.batch(beginning(row, 'binh', aimOf(app, row)))
  expect((await readBroadcast(app.store, 'b'))!.people).toBe(PEOPLE)
  await service.close()
}

function read(): { rows: Row[]; timers: number; doubts: string[] } {
  const database = new Database(join(folder, 'service.sqlite'), { readonly: true })
  try {
    return {
      rows: database.prepare("select id, state from outbox where kind = 'broadcast'").all() as Row[],
      timers: (database.prepare("select count(*) as n from timer where kind = 'broadcast'").get() as { n: number }).n,
      doubts: (
        database.prepare("select about from task where reason like 'uncertain:%' and done_at is null").all() as {
          about: string
        }[]
      ).map(({ about }) => about),
    }
  } finally {
    database.close()
  }
}
