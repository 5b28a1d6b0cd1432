import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type DeskVisit, openDesk } from '../e2e/desk-visit.ts'
import { cleanUp, eventually, makeFolder, type Running, startService } from '../e2e/service.ts'
import { type Call, postUpdate, startTelegramApi, type TelegramApi, textUpdate } from '../e2e/telegram-api.ts'

const SECRET = 'stopped-secret'
const CLOCK = fileURLToPath(new URL('../e2e/shift-clock.mjs', import.meta.url))
const ANSWERED = 71
const HELPED = 72
const LINE = 'Chị Lan đây em.'
const HOUR_MS = 3_600_000

let api: TelegramApi
let folder: string
let serial = 0

beforeAll(async () => {
  api = await startTelegramApi()
})
beforeEach(() => {
  folder = makeFolder()
  api.decide(() => ({ type: 'answer', afterMs: 0 }))
})
afterEach(cleanUp)
afterAll(() => api?.close())

function start(number: number, jumpMs: number): Promise<Running> {
  const env = {
    TELEGRAM_BOT_TOKEN: '1:stopped',
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    TELEGRAM_API_ROOT: api.root(number),
    SHIFT_CLOCK_JUMP_MS: String(jumpMs),
    DATA_KEY: Buffer.alloc(32, 6).toString('base64'),
  }
  return startService(folder, env, ['--import', CLOCK])
}

async function write(to: Running, chat: number, text: string): Promise<void> {
  expect(await postUpdate(to.origin, SECRET, textUpdate(++serial, chat, text))).toBe(200)
}

const callsTo = (chat: number, from: number): readonly Call[] =>
  api.calls.slice(from).filter((call) => call.chat === String(chat))

interface Row {
  kind: string
  state: string
  externalId: string | null
}

function query<T>(sql: string): T[] {
  const database = new Database(join(folder, 'service.sqlite'), { readonly: true })
  try {
    return database.prepare(sql).all() as T[]
  } finally {
    database.close()
  }
}

const rows = () => query<Row>('select kind, state, external_id as externalId from outbox order by n')
const tasks = () => query<{ reason: string }>('select reason from task')
const atRest = () => rows().every(({ state }) => state !== 'queued' && state !== 'leased')

/** Two people, one with a ticket, and the desk. */
async function begin(service: Running): Promise<DeskVisit> {
  await write(service, ANSWERED, 'chào')
  await write(service, HELPED, 'em muốn gặp người')
  const desk = await openDesk(service)
  const link = /href="(\/desk\/tickets\/[^"#?]+)"/.exec(await desk.read('/desk'))![1]!
  await desk.submit(await desk.read(link), /reply/, { text: 'Chào em.' })
  await eventually(() => atRest() && api.calls.length > 0)
  return { ...desk, submit: async (_, action, fields) => desk.submit(await desk.read(link), action, fields) }
}

/** One answer and one counsellor's line are on their way to a platform that is slow; resolves when both are there. */
async function sendSlowly(service: Running, desk: DeskVisit, afterMs: number): Promise<number> {
  const from = api.calls.length
  api.decide(() => ({ type: 'answer', afterMs }))
  await Promise.all([write(service, ANSWERED, 'menu'), desk.submit('', /reply/, { text: LINE })])
  await eventually(() => callsTo(ANSWERED, from).length > 0 && callsTo(HELPED, from).length > 0)
  api.decide(() => ({ type: 'answer', afterMs: 0 }))
  return from
}

/** Stops a process where it holds no lock: in the middle of a commit it would rightly keep every other one out. */
async function freeze(service: Running): Promise<void> {
  await eventually(() => {
    service.signal('SIGSTOP')
    const database = new Database(join(folder, 'service.sqlite'), { timeout: 200 })
    try {
      database.exec('begin immediate; rollback')
      return true
    } catch {
      service.signal('SIGCONT')
      return false
    } finally {
      database.close()
    }
  })
}

/** Does the service already live at another hour. */
async function clockIs(service: Running, offMs: number): Promise<boolean> {
  await (await fetch(`${service.origin}/healthz`)).text()
  return Math.abs(Date.parse(String(service.log().at(-1)?.time)) - Date.now() - offMs) < HOUR_MS
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** No doubt is left: the counsellor's line went out once, and a task asks unless it is known to have arrived. */
function expectLineOnce(from: number): void {
  expect(callsTo(HELPED, from).map(({ text }) => text)).toEqual([LINE])
  const line = rows().findLast(({ kind }) => kind === 'staff_reply')
  expect([line?.state, tasks().length]).toEqual(line?.state === 'sent' ? ['sent', 0] : ['uncertain', 1])
}

function expectNoGap(): void {
  const gaps = query('select contact from event group by contact having max(seq) <> count(distinct seq)')
  expect(gaps).toEqual([])
}

describe('a process that stood still past its leases', () => {
  test('with sends on their way loses nothing, and repeats no more than it must', async () => {
    const service = await start(0, 70_000)
    const from = await sendSlowly(service, await begin(service), 600)
    service.signal('SIGSTOP')
    // Delivered when it goes on: its clock has then moved past every lease, and the platform has long answered.
    service.signal('SIGUSR2')
    await pause(900)
    service.signal('SIGCONT')
    await eventually(atRest)
    const answers = callsTo(ANSWERED, from)
    expect(answers.length).toBeGreaterThanOrEqual(1)
    expect(answers.length).toBeLessThanOrEqual(2)
    expect(new Set(answers.map(({ text }) => text.replace(/^.*lời nhắn\.\n\n/, ''))).size).toBe(1)
    expectLineOnce(from)
    await write(service, ANSWERED, 'trợ giúp')
    await eventually(() => atRest() && callsTo(ANSWERED, from).length === answers.length + 1)
    expectNoGap()
    expect(await service.stop()).toBe(0)
  })

  test('while another took over cannot mark what is no longer its own', async () => {
    const first = await start(0, 0)
    const from = await sendSlowly(first, await begin(first), 400)
    await freeze(first)
    const second = await start(1, 0)
    await eventually(() => callsTo(ANSWERED, from).length === 2 && atRest())
    await write(second, ANSWERED, 'trợ giúp')
    await eventually(() => callsTo(ANSWERED, from).length === 3 && atRest())
    const settled = rows()
    first.signal('SIGCONT')
    await pause(300)
    await write(first, ANSWERED, 'menu')
    await eventually(() => callsTo(ANSWERED, from).length === 4 && atRest())

    const [ours, again, ...rest] = callsTo(ANSWERED, from)
    expect([ours!.start, again!.start]).toEqual([0, 1])
    expect(again!.text).toBe(ours!.text)
    expect(rest.map(({ start: by }) => by)).toEqual([1, 0])
    expect(rows().slice(0, settled.length)).toEqual(settled)
    expect(settled.map(({ externalId }) => externalId)).toContain(String(again!.messageId))
    expect(settled.map(({ externalId }) => externalId)).not.toContain(String(ours!.messageId))
    expectLineOnce(from)
    expect(tasks()).toEqual([{ reason: 'uncertain:lease_expired' }])
    expectNoGap()
    expect([await first.stop(), await second.stop()]).toEqual([0, 0])
  })
})

describe('a clock that jumps', () => {
  test.each([
    ['forward, past the leases of what is on its way', 3 * HOUR_MS],
    ['back', -3 * HOUR_MS],
  ])('%s loses and doubles nothing beyond the policy', async (_, jumpMs) => {
    const service = await start(0, jumpMs)
    const from = await sendSlowly(service, await begin(service), 1_500)
    service.signal('SIGUSR2')
    await eventually(() => clockIs(service, jumpMs))
    await write(service, ANSWERED, 'trợ giúp')
    await eventually(() => atRest() && new Set(callsTo(ANSWERED, from).map(({ text }) => text)).size >= 2)
    const answers = callsTo(ANSWERED, from).map(({ text }) => text)
    expect(answers.length).toBeLessThanOrEqual(3)
    // The second answer never overtakes the first.
    expect(answers.lastIndexOf(answers[0]!)).toBeLessThan(answers.length - 1)
    expectLineOnce(from)
    expect(rows().filter(({ kind, state }) => kind === 'answer' && state !== 'sent')).toEqual([])
    expectNoGap()
    expect(await service.stop()).toBe(0)
  })
})
