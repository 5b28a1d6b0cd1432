import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cleanUp, eventually, makeFolder, type Running, spawnService } from '../e2e/service.ts'
import {
  type Call,
  type Manner,
  postUpdate,
  startTelegramApi,
  type TelegramApi,
  textUpdate,
} from '../e2e/telegram-api.ts'

const SECRET = 'fault-secret'
const CHATS = 12
const UPDATES_PER_CHAT = 30
/** Answers differ from one to the next, so that a repeat is seen as two equal ones in a row. */
const WORDS = ['menu', 'trợ giúp']
/** How each process dies: with a call that the platform took in and never answers, after a while, or before it listens. */
const DEATHS = ['held', 'later', 'held', 'starting', 'later', 'held', 'later', 'held', 'starting', 'held'] as const
const DATA_KEY = Buffer.alloc(32, 7).toString('base64')

interface Row {
  n: number
  contact: string
  state: string
  attempts: number
  externalId: string | null
}

let api: TelegramApi
const folder = makeFolder()

beforeAll(async () => {
  api = await startTelegramApi()
})

afterAll(async () => {
  await cleanUp()
  await api?.close()
})

test('a process killed again and again loses no acknowledged update, and repeats only what a kill left in doubt', async () => {
  const random = randomFrom(20261121)
  const slowly = (): Manner => ({ type: 'answer', afterMs: random() < 0.15 ? 100 + random() * 300 : random() * 5 })
  let service: Running | null = null
  let posted = 0
  const acknowledged = new Set<number>()

  const drive = async (chat: number): Promise<void> => {
    for (let i = 0; i < UPDATES_PER_CHAT; i++) {
      const id = chat * 1000 + i
      const update = textUpdate(id, chat, WORDS[i % WORDS.length]!)
      // Telegram delivers again whatever was not acknowledged, and keeps the order of a chat.
      await eventually(async () => {
        posted += 1
        return service !== null && (await postUpdate(service.origin, SECRET, update)) === 200
      })
      acknowledged.add(id)
    }
  }

  let kills = 0
  const begin = () => {
    const env = {
      TELEGRAM_BOT_TOKEN: '1:fault',
      TELEGRAM_WEBHOOK_SECRET: SECRET,
      TELEGRAM_API_ROOT: api.root(kills),
      DATA_KEY,
    }
    return spawnService(folder, env)
  }
  api.decide(slowly)
  const driving = Promise.all(Array.from({ length: CHATS }, (_, i) => drive(i + 1)))
  for (const death of DEATHS) {
    const starting = begin()
    if (death === 'starting') await pause(50 + random() * 350)
    else {
      service = await starting.listening
      if (death === 'later') await pause(200 + random() * 500)
      else {
        await holdOne(api, slowly)
        await pause(random() * 300)
      }
    }
    await starting.kill()
    service = null
    kills += 1
    api.decide(slowly)
  }
  service = await begin().listening
  await driving
  await eventually(() => finished(folder))
  expect(await service.stop()).toBe(0)

  const { rows, turns } = read(folder)
  const updates = CHATS * UPDATES_PER_CHAT
  expect(acknowledged.size).toBe(updates)

  // Each update made exactly one turn, and a conversation has no gap.
  expect(turns).toHaveLength(CHATS)
  for (const turn of turns)
    expect(turn).toMatchObject({ received: UPDATES_PER_CHAT, turns: UPDATES_PER_CHAT, last: UPDATES_PER_CHAT })

  // Every answer reached the platform, in the order of the chat.
  expect(rows.filter(({ state }) => state !== 'sent')).toEqual([])
  const byMessage = new Map(api.calls.map((call) => [String(call.messageId), call]))
  const answers = groupBy(rows, ({ contact }) => contact)
  let repeats = 0
  let lost = 0
  for (const mine of answers.values()) {
    const chat = byMessage.get(mine[0]!.externalId ?? '')!.chat
    const runs = runsOf(api.calls.filter((call) => call.chat === chat))
    expect(runs).toHaveLength(mine.length)
    for (const [i, row] of mine.entries()) {
      const run = runs[i]!
      // The mark belongs to the last call; every earlier one was made by a process that was killed.
      expect(row.externalId).toBe(String(run.at(-1)!.messageId))
      expect(new Set(run.map(({ start }) => start)).size).toBe(run.length)
      expect(run.length).toBeLessThanOrEqual(row.attempts)
      expect(row.attempts).toBeLessThanOrEqual(1 + kills)
      repeats += run.length - 1
      lost += row.attempts - run.length
    }
  }
  expect(rows.length).toBe(updates)
  expect(api.calls.length).toBe(rows.length + repeats)
  expect(kills).toBeGreaterThanOrEqual(8)
  expect(repeats).toBeGreaterThanOrEqual(DEATHS.filter((death) => death === 'held').length)
  console.log(
    JSON.stringify({
      kills,
      posted,
      acknowledged: acknowledged.size,
      answered: rows.length,
      calls: api.calls.length,
      repeats,
      leasesLostBeforeTheCall: lost,
    }),
  )
})

/** The next message reaches the platform, which never answers; everybody else's go on. Resolves when it is there. */
function holdOne(platform: TelegramApi, otherwise: () => Manner): Promise<void> {
  return new Promise((resolve) => {
    let held = false
    platform.decide(() => {
      if (held) return otherwise()
      held = true
      resolve()
      return { type: 'hold' }
    })
  })
}

/** Is every answer of every update settled. */
function finished(where: string): boolean {
  const { rows } = read(where)
  return rows.length >= CHATS * UPDATES_PER_CHAT && rows.every(({ state }) => state !== 'queued' && state !== 'leased')
}

function read(where: string): {
  rows: Row[]
  turns: { contact: string; received: number; turns: number; last: number }[]
} {
  const database = new Database(join(where, 'service.sqlite'), { readonly: true })
  try {
    return {
      rows: database
        .prepare('select n, contact, state, attempts, external_id as externalId from outbox order by n')
        .all() as Row[],
      turns: database
        .prepare(
          "select contact, sum(type = 'message_received') as received, count(distinct seq) as turns, max(seq) as last from event group by contact",
        )
        .all() as { contact: string; received: number; turns: number; last: number }[],
    }
  } finally {
    database.close()
  }
}

/** Equal texts in a row are one answer, sent as many times as the run is long. */
function runsOf(calls: readonly Call[]): Call[][] {
  const runs: Call[][] = []
  for (const call of calls) {
    const run = runs.at(-1)
    if (run?.[0]?.text === call.text) run.push(call)
    else runs.push([call])
  }
  return runs
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return groups
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** The same numbers in every run. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}
