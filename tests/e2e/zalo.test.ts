import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GROUP, inGroup, text, unsupported } from '../channels/fixtures/zalo-events.ts'
import { type SentMessage, startZaloFake, type ZaloFake } from '../channels/zalo-fake.ts'
import { openDesk } from './desk-visit.ts'
import { cleanUp, eventually, makeFolder, type Running, startService } from './service.ts'

const SECRET = 'zalo-e2e-secret'
const METRICS_TOKEN = 'metrics-e2e-token'
const CLOCK = fileURLToPath(new URL('shift-clock.mjs', import.meta.url))
/** Longer than the longest wait after "Quota exceeded". */
const JUMP_MS = 5 * 60_000

let fake: ZaloFake
let service: Running

beforeAll(async () => {
  fake = await startZaloFake()
  const env = {
    ZALO_BOT_TOKEN: fake.token,
    ZALO_WEBHOOK_SECRET: SECRET,
    ZALO_API_ROOT: fake.apiRoot,
    SHIFT_CLOCK_JUMP_MS: String(JUMP_MS),
    METRICS_TOKEN,
  }
  service = await startService(makeFolder(), env, ['--import', CLOCK])
  fake.useWebhook(`${service.origin}/webhooks/zalo`, SECRET)
})

afterAll(async () => {
  await cleanUp()
  await fake?.close()
})

/** The `count` first messages to a chat, once they are there. */
function sentTo(chat: string, count: number): Promise<readonly SentMessage[]> {
  return eventually(() => {
    const sent = fake.sent.filter(({ chatId }) => chatId === chat)
    return sent.length >= count && sent
  })
}

async function metrics(): Promise<string> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` }
  return (await fetch(`${service.origin}/metrics`, { headers })).text()
}

describe('a conversation on Zalo', () => {
  test('goes on by numbers, whether events come flat or wrapped', async () => {
    const chat = '1000000000000000001'
    expect(await fake.deliver(text('xin chào', chat))).toBe(200)
    const [greeting] = await sentTo(chat, 1)
    expect(greeting?.text).toContain('1. Cho mình\n2. Cho người thân')
    expect(greeting?.text).not.toContain('**')

    expect(await fake.deliver(text('2', chat), { shape: 'wrapped' })).toBe(200)
    const [, menu] = await sentTo(chat, 2)
    expect(menu?.text).toContain('1. Giúp người thân thế nào')

    await fake.deliver(text('số 1 ạ', chat), { shape: 'wrapped' })
    const [, , subjects] = await sentTo(chat, 3)
    expect(subjects?.text).toMatch(/\n1\. \S/)
    await fake.deliver(text('1', chat))
    const [, , , topics] = await sentTo(chat, 4)
    expect(topics?.text).toMatch(/\n1\. \S/)
    await fake.deliver(text('1', chat))
    const [, , , , card] = await sentTo(chat, 5)
    expect(card?.text).toContain('Bài chưa được bác sĩ hoặc luật sư ký duyệt')
  })

  test('answers a message once however often it is delivered', async () => {
    const chat = '1000000000000000002'
    const event = text('gặp người', chat)
    const statuses = [await fake.deliver(event), await fake.deliver(event, { shape: 'wrapped' })]
    statuses.push(...(await Promise.all([fake.deliver(event), fake.deliver(event)])))
    expect(statuses).toEqual([200, 200, 200, 200])
    // Order holds within a chat: when this is answered, anything said twice would be there.
    await fake.deliver(text('trợ giúp', chat))
    const sent = await sentTo(chat, 2)
    expect(sent).toHaveLength(2)
    expect(sent[0]?.text).toContain('muốn gặp người')
    expect(sent[1]?.text).toContain('• gặp người')
  })

  test('does not talk in a group, and says so once', async () => {
    expect(await fake.deliver(inGroup('@bot con tôi nghiện rồi'))).toBe(200)
    const [refusal] = await sentTo(GROUP, 1)
    expect(refusal?.text).toContain('không trò chuyện trong nhóm')
    expect(refusal?.text).toContain('115')
    expect(await fake.deliver(inGroup('gặp người'), { shape: 'wrapped' })).toBe(200)
    const chat = '1000000000000000003'
    await fake.deliver(text('trợ giúp', chat))
    await sentTo(chat, 1)
    expect(fake.sent.filter(({ chatId }) => chatId === GROUP)).toHaveLength(1)
  })

  test('brings a message that Zalo masks to a person, with the numbers to call', async () => {
    const chat = '1000000000000000004'
    await fake.deliver(unsupported(chat), { shape: 'wrapped' })
    const [said] = await sentTo(chat, 1)
    for (const number of ['111', '115', '113']) expect(said?.text).toContain(number)
    const desk = await openDesk(service)
    expect(await desk.read('/desk')).toContain('Tin không đọc được (có thể là trẻ em)')
  })

  test('turns away a wrong secret and a body that is no event', async () => {
    expect(await fake.deliver(text('xin chào', '1000000000000000005'), { secret: 'another-secret' })).toBe(401)
    expect(await fake.deliver('[')).toBe(400)
    expect(await fake.deliver('')).toBe(200) // Zalo probes with an empty body
  })

  test('keeps an answer that met "Quota exceeded" and sends it once, later', async () => {
    const chat = '1000000000000000006'
    fake.fail(429)
    await fake.deliver(text('khẩn cấp', chat))
    await eventually(async () => (await metrics()).includes('outcome="retry"} 1'))
    expect(fake.sent.filter(({ chatId }) => chatId === chat)).toHaveLength(0)

    service.signal('SIGUSR2')
    await sentTo(chat, 1)
    await fake.deliver(text('trợ giúp', chat))
    const sent = await sentTo(chat, 2)
    expect(sent).toHaveLength(2)
    expect(sent[0]?.text).toMatch(/115[\s\S]*113/)
  })

  test('writes no token, secret, chat or word of a person into its log', () => {
    for (const secret of [fake.token, SECRET, '1000000000000000001', 'con tôi', 'xin chào'])
      expect(service.output()).not.toContain(secret)
  })
})
