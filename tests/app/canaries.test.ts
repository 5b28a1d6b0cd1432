import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drain } from '../../src/app/deliver.ts'
import { internal } from '../../src/app/handle.ts'
import { fetchRecordings } from '../../src/app/recordings.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { openService, type Service } from '../../src/service.ts'
import { openRecording } from '../../src/store/recordings.ts'
import * as schema from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { createWeb } from '../../src/web/server.ts'
import { text as zaloText } from '../channels/fixtures/zalo-events.ts'
import { startZaloFake, type ZaloFake } from '../channels/zalo-fake.ts'
import { allOf } from '../store/turns.ts'
import { disguises, numberDisguises } from './canaries.ts'

const TELEGRAM_CHAT = 7_719_283_345
const ZALO_CHAT = 'c0ffee99zalo5544332211'
const NAME = 'Hoàng Kim Yến Phụng'
const ACCOUNT = 'kimyenphung1999'
const WORDS = 'nhà em ở hẻm chim hoàng yến'
const ZALO_WORDS = 'em trót dùng với bạn ở gần bến Vịt Vàng'
const WEB_WORDS = 'tôi làm ở xưởng gỗ Bồ Câu Trắng'
const STAFF_WORDS = 'Chị hẹn em ở quán Sơn Ca sáng mai nhé'
const PHONES = ['0987654301', '987654301', '84987654301', '0987 654 301']
const TOKENS = ['71:telegram-token-canary', 'telegram_secret_canary', '12345689:fake-token', 'zalo-secret-canary']

const path = mkdtempSync(join(tmpdir(), 'dong-hanh-canaries-'))
/** Recorded sound, and the name under which the platform holds it. */
const VOICE = 'OggS tiếng người nói ở hẻm Chào Mào, không ai khác được nghe'
const FILE = 'AwACAgQAAxkBAAVoiceFileCanary'
const STAFF_VOICE = 'OggS lời cán bộ ghi âm về quán Chích Choè lúc chiều'
const voicesSent: unknown[] = []
const telegramSent: { chat_id: string; text: string }[] = []
let telegramApi: ReturnType<typeof createAdaptorServer>
let zaloApi: ZaloFake
let service: Service
let web: Hono
let log = ''
let visitor = ''
let serial = 900

beforeAll(async () => {
  const api = new Hono()
  api.get('/file/:bot/:name', (c) => c.body(VOICE))
  api.post('/:bot/:method', async (c) => {
    if (c.req.param('method') === 'getFile') return c.json({ ok: true, result: { file_id: FILE, file_path: 'v.oga' } })
    if (c.req.param('method') === 'sendVoice') voicesSent.push(await (await c.req.formData()).get('voice'))
    if (c.req.param('method') === 'sendMessage') telegramSent.push(await c.req.json())
    return c.json({ ok: true, result: { message_id: telegramSent.length, date: 1, chat: { id: 1, type: 'private' } } })
  })
  telegramApi = createAdaptorServer({ fetch: api.fetch })
  await new Promise<void>((resolve) => telegramApi.listen(0, '127.0.0.1', resolve))
  zaloApi = await startZaloFake()
  const stream = new PassThrough()
  stream.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  const config = readConfig({
    DATABASE_PATH: join(path, 'data.sqlite'),
    KEYS_PATH: join(path, 'keys.sqlite'),
    DATA_KEY: Buffer.alloc(32, 3).toString('base64'),
    TELEGRAM_BOT_TOKEN: TOKENS[0],
    TELEGRAM_WEBHOOK_SECRET: TOKENS[1],
    TELEGRAM_API_ROOT: `http://127.0.0.1:${(telegramApi.address() as AddressInfo).port}`,
    ZALO_BOT_TOKEN: zaloApi.token,
    ZALO_WEBHOOK_SECRET: TOKENS[3],
    ZALO_API_ROOT: zaloApi.apiRoot,
  })
  service = await openService(config, { log: createLog('trace', stream) })
  web = createWeb(service.app, service.room, {
    publicUrl: null,
    operator: config.operator,
    leaveTo: config.leaveTo,
    metricsToken: 'metrics-token',
    links: [],
    assets: new Map(),
    streamSeconds: 0.05,
    ready: service.ready,
  })
})

afterAll(async () => {
  await service.close()
  await zaloApi.close()
  await new Promise((resolve) => telegramApi.close(resolve))
  rmSync(path, { recursive: true, force: true })
})

async function telegram(text: string, content: object = { text }): Promise<void> {
  const from = { id: TELEGRAM_CHAT, is_bot: false, first_name: NAME, username: ACCOUNT }
  const chat = { id: TELEGRAM_CHAT, type: 'private', first_name: NAME, username: ACCOUNT }
  const date = Math.floor(Date.now() / 1000)
  const update = { update_id: ++serial, message: { message_id: serial, date, chat, from, ...content } }
  const headers = { 'Content-Type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': TOKENS[1]! }
  const response = await web.request('/webhooks/telegram', { method: 'POST', headers, body: JSON.stringify(update) })
  expect(response.status).toBe(200)
  await drain(service.app)
}

async function zalo(text: string): Promise<void> {
  const event = zaloText(text, ZALO_CHAT)
  const body = JSON.stringify({ ...event, message: { ...event.message, from: { id: ZALO_CHAT, display_name: NAME } } })
  const headers = { 'Content-Type': 'application/json', 'X-Bot-Api-Secret-Token': TOKENS[3]! }
  expect((await web.request('/webhooks/zalo', { method: 'POST', headers, body })).status).toBe(200)
  await drain(service.app)
}

async function chat(text: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json', Cookie: visitor === '' ? '' : `dh=${visitor}` }
  const body = JSON.stringify({ id: crypto.randomUUID(), text })
  const response = await web.request('/chat/messages', { method: 'POST', headers, body })
  expect(response.status).toBe(202)
  visitor ||= /dh=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')![1]!
  await drain(service.app)
}

/** Everything the service has written down anywhere, by name. */
async function written(): Promise<readonly (readonly [string, Buffer])[]> {
  const files = readdirSync(path).map((name) => [name, readFileSync(join(path, name))] as const)
  const metrics = await web.request('/metrics', { headers: { Authorization: 'Bearer metrics-token' } })
  expect(metrics.status).toBe(200)
  return [...files, ['the log', Buffer.from(log)], ['the metrics', Buffer.from(await metrics.text())]]
}

function find(places: readonly (readonly [string, Buffer])[], canaries: readonly Buffer[]): readonly string[] {
  return places.flatMap(([name, bytes]) => canaries.filter((canary) => bytes.includes(canary)).map(() => name))
}

const contactOf = (channel: string, handle: string) =>
  service.app.vault.hashHandle(channel, channel === 'webchat' ? 'web' : channel, handle)

describe('a real conversation on three channels', () => {
  beforeAll(async () => {
    await telegram(`chào, tôi tên là ${NAME}, ${WORDS}`)
    await telegram('gọi lại cho tôi')
    await telegram('0987 654 301')
    const waits = async () => (await openTickets(service.app.store)).some(({ reason }) => reason === 'callback')
    for (let i = 0; i < 8 && !(await waits()); i++) await telegram('1')
    expect(await waits()).toBe(true)
    await telegram(WORDS)
    const action = { type: 'reply', text: STAFF_WORDS } as const
    await internal(service.app, contactOf('telegram', String(TELEGRAM_CHAT)), 'click', {
      type: 'staff',
      by: 'lan',
      action,
    })
    await drain(service.app)
    await telegram('', { voice: { file_id: FILE, file_unique_id: 'u', duration: 4, file_size: 80 } })
    await fetchRecordings(service.app)
    const recording = { mime: 'audio/ogg', data: Buffer.from(STAFF_VOICE).toString('base64') }
    await internal(service.app, contactOf('telegram', String(TELEGRAM_CHAT)), 'spoken', {
      type: 'staff',
      by: 'lan',
      action: { ...action, text: 'Tin thoại', recording },
    })
    await drain(service.app)
    await zalo(ZALO_WORDS)
    await zalo('gặp người')
    await chat(WEB_WORDS)
    await chat('tôi muốn tự tử')
    await service.tick()
  })

  test('went through: both platforms carried answers, and staff saw who waits', async () => {
    expect(telegramSent.map(({ text }) => text).join()).toContain(STAFF_WORDS)
    expect(new Set(telegramSent.map(({ chat_id }) => String(chat_id)))).toEqual(new Set([String(TELEGRAM_CHAT)]))
    expect(zaloApi.sent.map(({ chatId }) => chatId)).toContain(ZALO_CHAT)
    expect((await openTickets(service.app.store)).length).toBeGreaterThanOrEqual(3)
    expect(log).toContain('"event":"http"')
    expect(voicesSent).toHaveLength(1)
    const kept = await allOf(service.app.store, schema.recording)
    expect(kept.map(({ state }) => state)).toEqual(['kept', 'kept'])
    const { id, contact } = kept[0]!
    const sound = await openRecording(service.app.store, service.app.vault, contact, id)
    expect(Buffer.from(sound!.data, 'base64').toString()).toBe(VOICE)
  })

  test.each([
    ['a name', NAME],
    ['an account', ACCOUNT],
    ['words on Telegram', WORDS],
    ['words on Zalo', ZALO_WORDS],
    ['words on the web', WEB_WORDS],
    ['a counsellor’s words', STAFF_WORDS],
    ['a voice', VOICE],
    ['a counsellor’s voice', STAFF_VOICE],
    ['the name of a voice at the platform', FILE],
    ['a Telegram chat', String(TELEGRAM_CHAT)],
    ['a Zalo chat', ZALO_CHAT],
    ...PHONES.map((phone) => ['a phone number', phone]),
    ...TOKENS.map((token) => ['a token', token]),
  ])('%s lies in no file, no log line and no metric, in no disguise (%s)', async (_, canary) => {
    expect(find(await written(), disguises(canary!))).toEqual([])
  })

  test('nor does the visitor’s token or a chat as a number', async () => {
    expect(visitor).toMatch(/^[\w-]{43}$/)
    const token = [...disguises(visitor), Buffer.from(visitor, 'base64url')]
    expect(find(await written(), [...token, ...numberDisguises(TELEGRAM_CHAT)])).toEqual([])
  })

  test('and the search would have found them', () => {
    const place = (bytes: Buffer) => [['x', Buffer.concat([Buffer.from('--'), bytes, Buffer.from('--')])]] as const
    for (const bytes of disguises(NAME)) expect(find(place(bytes), disguises(NAME)).length).toBeGreaterThan(0)
    const inside = Buffer.from(Buffer.from(`{"n":"${NAME}"}`).toString('base64'))
    expect(find(place(inside), disguises(NAME)).length).toBeGreaterThan(0)
  })
})

describe('after xoá', () => {
  const sealedOf = async (contact: string) =>
    (await allOf(service.app.store, schema.words))
      .filter((row) => row.contact === contact)
      .map((row) => Buffer.from(row.sealed))

  test('not even all keys open anything of the person but the receipt', async () => {
    const contact = contactOf('telegram', String(TELEGRAM_CHAT))
    const { vault } = service.app
    const before = await sealedOf(contact)
    expect(before.length).toBeGreaterThan(8)
    service.app.vault = { ...vault, forget: async () => undefined }
    try {
      await internal(service.app, contact, 'close', { type: 'staff', by: 'lan', action: { type: 'close' } })
      await telegram('xoá')
      await telegram('có')
      const left = (await allOf(service.app.store, schema.words)).filter((row) => row.contact === contact)
      const opened = await Promise.all(left.map(({ id, sealed }) => vault.open(`words:${id}`, sealed)))
      expect(await allOf(service.app.store, schema.recording)).toEqual([])
      const [code] = (await allOf(service.app.store, schema.receipt)).map((row) => row.code)
      expect(opened).toEqual([expect.stringContaining(code!)])
      expect(telegramSent.at(-1)?.text).toContain(code)
      expect(find(await written(), before)).toEqual([])
      await service.tick()
      const kept = find(await written(), [Buffer.from(contact), ...before])
      expect(kept.every((name) => name.startsWith('keys.sqlite'))).toBe(true)
      const handles = await allOf(service.app.store, schema.address)
      for (const { id, handle } of handles)
        expect(await vault.open(`address:${id}`, handle)).not.toBe(String(TELEGRAM_CHAT))
    } finally {
      service.app.vault = vault
    }
  })

  test('the keys themselves are gone from the key file, and with them the last trace', async () => {
    const contact = contactOf('zalo', ZALO_CHAT)
    const before = await sealedOf(contact)
    await zalo('xoá')
    await zalo('có')
    await service.tick()
    await service.tick()
    expect(find(await written(), [Buffer.from(contact), ...before])).toEqual([])
    expect(zaloApi.sent.at(-1)?.text).toMatch(/[A-Z2-9]{5}-[A-Z2-9]{5}/)
  })

  test('others are as they were', async () => {
    const lines = await service.room.lines(visitor, null)
    expect(lines.map(({ text }) => text)).toContain(WEB_WORDS)
  })
})
