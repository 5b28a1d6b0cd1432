import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Part, Receipt } from '../../src/channels/channel.ts'
import { connect, zalo } from '../../src/channels/zalo.ts'
import { zaloClient } from '../../src/channels/zalo-client.ts'
import { describesItself, keepsTheContract } from './contract.ts'
import * as fixtures from './fixtures/zalo-events.ts'
import { answerOnce, arrivalOf, interceptApi, NOW, notBefore, record, settings, webhook } from './platform.ts'
import { startZaloFake, type ZaloFake } from './zalo-fake.ts'

const TOKEN = '12345689:zalo-token'
const SECRET = 'Zalo_secret-0123456789abcdefghijklmnopqrstu'
const BOT = { name: 'chinh', token: TOKEN, secret: SECRET }
const OTHER = { name: 'phu', token: '999:other-token', secret: 'another-secret-of-the-second-bot' }
const CONFIG = { bots: [BOT], ...settings() }

keepsTheContract({
  make: (changes) => zalo({ bots: [BOT], ...changes }),
  token: TOKEN,
  secret: SECRET,
  secretHeader: 'X-Bot-Api-Secret-Token',
  text: fixtures.text,
  photo: fixtures.image,
  inGroup: fixtures.inGroup,
  accepted: (id) => ({ ok: true, result: { message_id: id, date: NOW } }),
  refused: (code) => ({ ok: false, error_code: code, description: 'whatever' }),
})

const channel = zalo(CONFIG)
const receive = (body: unknown, to = channel, secret = SECRET): Promise<Receipt> =>
  to.receive(webhook('X-Bot-Api-Secret-Token', secret, typeof body === 'string' ? body : JSON.stringify(body)))
const eventOf = async (body: unknown) => arrivalOf(await receive(body)).event
const PART: Part = { paragraphs: ['Chào **bạn**'], markup: true, choices: [{ data: '3.gap', label: 'Gặp người' }] }

describesItself(channel)

describe('events', () => {
  it.each([
    ['text', fixtures.text('chào'), { text: 'chào' }],
    ['image', fixtures.image(''), { text: '', media: 'photo' }],
    ['image as documented', fixtures.documentedImage('ảnh'), { text: 'ảnh', media: 'photo' }],
    ['voice', fixtures.voice(), { text: '', media: 'voice', voice: { ref: fixtures.VOICE_URL, seconds: null } }],
    ['sticker', fixtures.sticker(), { text: '', media: 'sticker' }],
    ['unsupported', fixtures.unsupported(), { text: '', media: 'unsupported' }],
    ['a link', fixtures.unknown('message.link.received'), { text: '', media: 'unsupported' }],
    ['a reaction', fixtures.unknown('message.reaction.received'), { text: '', media: 'unsupported' }],
    ['what comes next', fixtures.unknown('message.hologram.received'), { text: '', media: 'unsupported' }],
    ['a text event without text', fixtures.text(''), { text: '', media: 'unsupported' }],
  ])('reads %s the same flat and wrapped', async (_, event, expected) => {
    expect(await eventOf(event)).toEqual({ type: 'message', ...expected })
    expect(await receive(fixtures.wrap(event))).toEqual(await receive(event))
  })

  it('keeps the words of an event it does not know', async () => {
    const event = fixtures.changed(fixtures.unknown('message.new.received'), { text: 'cứu em' })
    expect(await eventOf(event)).toEqual({ type: 'message', text: 'cứu em', media: 'unsupported' })
  })

  it.each([
    ['an unsupported event without a message', fixtures.unsupportedWithoutMessage()],
    ['an event without a chat', fixtures.changed(fixtures.text('x'), { chat: undefined })],
    [
      'a chat that is neither private nor a group',
      fixtures.changed(fixtures.text('x'), { chat: { id: 'a', chat_type: 'OA' } }),
    ],
    ['another bot', fixtures.fromBot('x')],
    ['an empty object', {}],
    ['an empty body', ''],
  ])('accepts %s and hears nothing', async (_, event) => {
    expect(await receive(event)).toEqual({ type: 'accepted', bot: 'chinh', arrivals: [] })
  })

  it('still refuses an empty body without the secret', async () => {
    expect(await receive('', channel, 'wrong')).toMatchObject({ type: 'refused', status: 401 })
  })

  it('takes the date as milliseconds, and now when there is none', async () => {
    expect(arrivalOf(await receive(fixtures.text('a'))).at).toBe(fixtures.DATE)
    expect(arrivalOf(await receive(fixtures.changed(fixtures.text('a'), { date: undefined }))).at).toBe(NOW)
  })

  it('recognises a redelivery that carries no message id', async () => {
    const event = fixtures.changed(fixtures.text('a'), { message_id: undefined })
    const other = fixtures.changed(event, { date: fixtures.DATE + 1 })
    const keys = [event, event, other].map(async (body) => arrivalOf(await receive(body)).key)
    const [first, again, second] = await Promise.all(keys)
    expect(again).toBe(first)
    expect(second).not.toBe(first)
  })

  it('does not confuse the same message id of two people', async () => {
    const one = fixtures.changed(fixtures.text('a', 'p1'), { message_id: 'm1' })
    const two = fixtures.changed(fixtures.text('a', 'p2'), { message_id: 'm1' })
    expect(arrivalOf(await receive(one)).key).not.toBe(arrivalOf(await receive(two)).key)
  })
})

describe('groups', () => {
  interceptApi()

  it('are told once where to write instead, and no more', async () => {
    const sent = record('sendMessage', { ok: true, result: { message_id: 'm' } })
    const fresh = zalo(CONFIG)
    const receipts = [await receive(fixtures.inGroup('a'), fresh), await receive(fixtures.inGroup('b'), fresh)]
    await Promise.all(receipts.map((receipt) => receipt.type === 'accepted' && receipt.acknowledge?.()))
    expect(sent).toEqual([{ chat_id: fixtures.GROUP, text: expect.stringContaining('nhắn riêng') }])
  })

  it('hear nothing when another bot speaks there', async () => {
    const event = fixtures.changed(fixtures.fromBot('x'), { chat: { id: 'g', chat_type: 'GROUP' } })
    expect(await receive(event)).not.toHaveProperty('acknowledge')
  })
})

describe('several bots', () => {
  const both = zalo({ ...CONFIG, bots: [BOT, OTHER] })

  it('are told apart by their secret', async () => {
    expect(await receive(fixtures.text('a'), both, OTHER.secret)).toMatchObject({ bot: 'phu' })
    expect(await receive(fixtures.text('a'), both)).toMatchObject({ bot: 'chinh' })
  })

  it.each([
    ['missing', [{ ...BOT, secret: '' }]],
    ['too short', [{ ...BOT, secret: '1234567' }]],
    ['too long', [{ ...BOT, secret: 'x'.repeat(257) }]],
    ['the same twice', [BOT, { ...OTHER, secret: BOT.secret }]],
  ])('refuse to start when a secret is %s, naming the variable', (_, bots) => {
    expect(() => zalo({ ...CONFIG, bots })).toThrow('ZALO_WEBHOOK_SECRET')
  })
})

describe('error codes', () => {
  interceptApi()

  it.each([
    [404, 'failed'],
    [408, 'uncertain'],
    [403, 'retry'],
    [0, 'failed'],
  ])('%i with HTTP 200 is %s: only ok is success', async (code, type) => {
    answerOnce({ ok: false, error_code: code, description: 'x' }, 200)
    expect(await channel.send('chinh', 'p', PART)).toMatchObject({ type })
  })

  it('say what went wrong with a webhook without the token', async () => {
    record('setWebhook', { ok: false, error_code: 400, description: `/bot${TOKEN}/setWebhook` })
    const [connected] = await connect(CONFIG, 'https://dong-hanh.test')
    expect(connected?.problem).toBe('400 /bot[token]/setWebhook')
  })

  it('waits longer for a quota than for a hiccup', async () => {
    const waits = []
    for (const code of [429, 500]) {
      answerOnce({ ok: false, error_code: code, description: 'Quota exceeded' }, 200)
      waits.push(notBefore(await channel.send('chinh', 'p', PART)))
    }
    expect(waits[0]).toBeGreaterThan(waits[1]!)
  })
})

describe('against the fake Zalo', () => {
  let fake: ZaloFake
  beforeEach(async () => {
    fake = await startZaloFake({ token: TOKEN })
  })
  afterEach(() => fake.close())

  it('sends plain words with numbered choices', async () => {
    const own = zalo({ ...CONFIG, apiRoot: fake.apiRoot })
    const delivery = await own.send('chinh', 'p1', PART)
    expect(fake.sent).toMatchObject([{ method: 'sendMessage', chatId: 'p1', text: 'Chào bạn\n\n1. Gặp người' }])
    expect(delivery).toEqual({ type: 'sent', externalId: fake.sent[0]?.messageId })
  })

  it('answers a person with the bot they wrote to', async () => {
    const own = zalo({ ...CONFIG, apiRoot: fake.apiRoot, bots: [OTHER, BOT] })
    expect(await own.send('chinh', 'p1', PART)).toMatchObject({ type: 'sent' })
    expect(await own.send('phu', 'p1', PART)).toEqual({ type: 'failed', reason: 'unauthorised' })
    expect(await own.send('removed', 'p1', PART)).toEqual({ type: 'failed', reason: 'unauthorised' })
    expect(fake.sent).toHaveLength(1)
  })

  it('does not send twice what it is uncertain about', async () => {
    const own = zalo({ ...CONFIG, apiRoot: fake.apiRoot, timeoutMs: 50 })
    fake.fail('hang', { delivered: true })
    fake.fail('reset', { delivered: true })
    expect(await own.send('chinh', 'p1', PART)).toMatchObject({ type: 'uncertain' })
    expect(await own.send('chinh', 'p1', PART)).toMatchObject({ type: 'uncertain' })
    expect(fake.sent).toHaveLength(2)
  })

  it('registers each bot’s webhook with its secret, and says without the token what went wrong', async () => {
    const bots = [BOT, OTHER]
    const connected = await connect({ ...CONFIG, apiRoot: fake.apiRoot, bots }, 'https://dong-hanh.test/')
    const url = 'https://dong-hanh.test/webhooks/zalo'
    expect(fake.webhook()).toEqual({ url, secret: SECRET })
    expect(connected).toEqual([
      { bot: 'chinh', webhook: url, problem: null },
      { bot: 'phu', webhook: url, problem: '401 Unauthorized' },
    ])
  })

  it('speaks every method of the client', async () => {
    const client = zaloClient({ token: TOKEN, apiRoot: `${fake.apiRoot}/` })
    expect(await client.getMe()).toMatchObject({ type: 'ok', result: { account_name: 'bot.FakeBot' } })
    expect(await client.setWebhook('https://a.test/', SECRET)).toMatchObject({ type: 'ok' })
    expect(await client.getWebhookInfo()).toMatchObject({ result: { url: 'https://a.test/' } })
    expect(await client.deleteWebhook()).toMatchObject({ result: { url: '' } })
    expect(await client.sendPhoto('p', 'https://a.test/a.jpg', 'ảnh')).toMatchObject({ type: 'ok' })
    expect(await client.sendSticker('p', '0a1b')).toMatchObject({ type: 'ok' })
    expect(await client.sendChatAction('p', 'typing')).toEqual({ type: 'ok', result: null })
    expect(await client.sendMessage('p', 'a'.repeat(2001))).toMatchObject({ type: 'refused', code: 400 })
    expect(await client.setWebhook('https://a.test/', 'short')).toMatchObject({ type: 'refused', code: 400 })
    expect(fake.sent.map(({ method }) => method)).toEqual(['sendPhoto', 'sendSticker'])
  })
})

describe('a text that is spoken', () => {
  let fake: ZaloFake
  beforeEach(async () => {
    fake = await startZaloFake({ token: TOKEN })
  })
  afterEach(() => fake.close())
  const spoken = (address?: string): Part => ({
    paragraphs: ['Lời tiếng Việt'],
    markup: true,
    choices: [],
    voice: { mime: 'audio/aac', bytes: new Uint8Array([0xff, 0xf1]), ...(address === undefined ? {} : { address }) },
  })
  const send = (part: Part) => zalo({ ...CONFIG, apiRoot: fake.apiRoot }).send('chinh', 'chat-1', part)

  it('goes out by its address, and its words stay behind', async () => {
    expect(await send(spoken('https://dong-hanh.test/nghe/a.mong.aac'))).toMatchObject({ type: 'sent' })
    expect(fake.sent.map(({ method, text }) => [method, text])).toEqual([
      ['sendVoice', 'https://dong-hanh.test/nghe/a.mong.aac'],
    ])
  })

  it.each([
    ['without an address', undefined],
    ['where Zalo takes no such sound', 'https://dong-hanh.test/nghe/a.mong.ogg'],
  ])('goes out in its words %s', async (_, address) => {
    expect(await send(spoken(address))).toMatchObject({ type: 'sent' })
    expect(fake.sent.map(({ method, text }) => [method, text])).toEqual([['sendMessage', 'Lời tiếng Việt']])
  })

  it('is tried again as sound after a fault of Zalo, so that nobody gets both', async () => {
    fake.fail(500)
    expect(await send(spoken('https://dong-hanh.test/nghe/a.mong.aac'))).toMatchObject({ type: 'retry' })
    expect(fake.sent).toEqual([])
  })
})
