import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { check } from '../../src/authoring/check.ts'
import { readDraft } from '../../src/authoring/draft.ts'
import { readAuthored } from '../../src/cli/files.ts'
import { localTime } from '../../src/engine/hours.ts'
import { cleanUp, eventually, makeFolder, type Running, startService } from './service.ts'
import { type Call, postUpdate, startTelegramApi, type TelegramApi, textUpdate } from './telegram-api.ts'

const SECRET = 'clock-secret'
const WAITING = 77
const NEWCOMER = 78
const SEVEN_MONTHS_MS = 214 * 86_400_000
const CLOCK = fileURLToPath(new URL('shift-clock.mjs', import.meta.url))

let api: TelegramApi
let service: Running
let serial = 0
const folder = makeFolder()

beforeAll(async () => {
  api = await startTelegramApi()
  const today = await start(0)
  await say(today, WAITING, 'em muốn gặp người', 0)
  expect(await today.stop()).toBe(0)
  service = await start(SEVEN_MONTHS_MS)
})

afterAll(async () => {
  await cleanUp()
  await api?.close()
})

function start(shiftMs: number): Promise<Running> {
  const env = {
    TELEGRAM_BOT_TOKEN: '1:clock',
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    TELEGRAM_API_ROOT: api.root(0),
    SHIFT_CLOCK_MS: String(shiftMs),
  }
  return startService(folder, env, ['--import', CLOCK])
}

/** Writes as a person and waits for what is said back. */
async function say(to: Running, chat: number, text: string, shiftMs = SEVEN_MONTHS_MS): Promise<string> {
  const before = api.calls.length
  serial += 1
  const at = Math.floor((Date.now() + shiftMs) / 1000)
  expect(await postUpdate(to.origin, SECRET, textUpdate(serial, chat, text, at))).toBe(200)
  return (await eventually<Call>(() => api.calls[before])).text
}

describe('seven months on, with nobody having looked after the dates', () => {
  test('it starts on the same database, serves its pages and remembers who waits', async () => {
    const [first] = service.log()
    expect(Date.parse(String(first?.time))).toBeGreaterThan(Date.now() + SEVEN_MONTHS_MS - 60_000)
    for (const path of ['/', '/chat', '/healthz', '/readyz'])
      expect((await fetch(service.origin + path)).status).toBe(200)
    expect(service.setupPath()).toBe(null)
    expect(await say(service, WAITING, 'gặp người')).toContain('Yêu cầu gặp người của em')
  })

  test.each(['khẩn cấp', 'cuu em voi'])('“%s” brings the whole emergency card', async (text) => {
    const card = await say(service, WAITING, text)
    for (const number of ['115', '113', '114', '111']) expect(card).toContain(number)
  })

  test('an overdose brings its own card, with 115 first', async () => {
    expect(await say(service, WAITING, 'chồng em bị quá liều rồi')).toMatch(
      /^(?:Đồng Hành có lời nhắn\.\n\n)?<b>Gọi 115 ngay/,
    )
  })

  test('a topic is still shown, says how old it is and that nobody has signed it, and offers a person', async () => {
    const card = await say(service, NEWCOMER, 'methadone là gì')
    expect(card).toContain('có bác sĩ theo dõi')
    expect(card).toContain('chưa có bác sĩ ký duyệt')
    expect(card).toContain('Tính đến 21/11/2026.')
    expect(card).toContain('<b>gặp người</b>')
  })

  test('nothing failed on the way', async () => {
    expect(service.log().filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([])
    expect(await service.stop()).toBe(0)
    expect(service.output()).not.toMatch(/Error/)
  })

  test('dates that passed are warnings for authors, never errors', () => {
    const draft = readDraft(readAuthored())
    const { year, month, day } = localTime(Date.now() + SEVEN_MONTHS_MS)
    const then = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    const late = check(draft, then).filter(({ message }) => message.includes('Đã quá ngày xem lại'))
    expect(late.length).toBeGreaterThan(0)
    expect(late.filter(({ level }) => level === 'error')).toEqual([])
  })
})
