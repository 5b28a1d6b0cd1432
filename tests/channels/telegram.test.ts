import type { Message } from '@grammyjs/types'
import { describe, expect, it } from 'vitest'
import type { Part, Receipt } from '../../src/channels/channel.ts'
import { connect, telegram } from '../../src/channels/telegram.ts'
import { describesItself, keepsTheContract } from './contract.ts'
import * as fixtures from './fixtures/telegram-updates.ts'
import { answerOnce, arrivalOf, interceptApi, NOW, record, settings, webhook } from './platform.ts'

const TOKEN = '123456:telegram-token'
const SECRET = 'Telegram_secret-0123456789abcdefghijklmnop'
const CONFIG = { token: TOKEN, secret: SECRET, ...settings() }
const OK = { ok: true, result: { message_id: 5 } }

keepsTheContract({
  make: (changes) => telegram({ token: TOKEN, secret: SECRET, ...changes }),
  token: TOKEN,
  secret: SECRET,
  secretHeader: 'X-Telegram-Bot-Api-Secret-Token',
  text: fixtures.text,
  photo: (caption) => fixtures.message({ ...fixtures.CONTENTS.photo, caption } as Partial<Message>),
  inGroup: fixtures.inGroup,
  accepted: (id) => ({ ok: true, result: { message_id: Number(id) } }),
  refused: (code) => ({ ok: false, error_code: code, description: 'Bad Request: whatever' }),
})

const channel = telegram(CONFIG)
const receive = (body: unknown): Promise<Receipt> =>
  channel.receive(webhook('X-Telegram-Bot-Api-Secret-Token', SECRET, JSON.stringify(body)))
const eventOf = async (body: unknown) => arrivalOf(await receive(body)).event
const part = (changes: Partial<Part> = {}): Part => ({
  paragraphs: ['Chào **bạn**'],
  markup: true,
  choices: [],
  ...changes,
})

describesItself(channel)

describe('buttons', () => {
  interceptApi()

  it('stops every button’s spinner, and survives a press too old to be answered', async () => {
    const answered = record('answerCallbackQuery', { ok: false, error_code: 400, description: 'query is too old' })
    for (const update of [fixtures.press('v1:3.gap'), fixtures.pressOld('x')]) {
      const receipt = await receive(update)
      if (receipt.type !== 'accepted') throw new Error('refused')
      await receipt.acknowledge?.()
      expect(answered.at(-1)).toEqual({ callback_query_id: update.callback_query?.id })
    }
  })

  it('carries each choice as a row that comes back whole', async () => {
    const bodies = record('sendMessage', OK)
    const choices = [
      { data: '12.gap', label: 'Gặp <người>' },
      { data: `12.${'x'.repeat(58)}`, label: 'Dài' },
    ]
    await channel.send('telegram', '42', part({ choices }))
    const { inline_keyboard: rows } = bodies[0]!.reply_markup as { inline_keyboard: { callback_data: string }[][] }
    expect(rows).toHaveLength(2)
    expect(rows[0]).toEqual([{ text: 'Gặp <người>', callback_data: 'v1:12.gap' }])
    for (const [i, [button]] of rows.entries()) {
      expect(Buffer.byteLength(button!.callback_data)).toBeLessThanOrEqual(64)
      expect(await eventOf(fixtures.press(button!.callback_data))).toMatchObject({ choice: choices[i]!.data })
    }
  })

  it('writes choices out when one is longer than a button of a small phone shows, and keeps the buttons', async () => {
    const bodies = record('sendMessage', OK)
    const label = 'Gọi 115, cho nằm nghiêng, ở lại cho tới khi có người'
    const choices = [
      { data: '1.1', label },
      { data: '1.2', label: 'Cho ngủ' },
    ]
    await channel.send('telegram', '42', part({ choices }))
    expect(bodies[0]).toMatchObject({
      text: `Chào <b>bạn</b>\n\n1. ${label}\n2. Cho ngủ`,
      reply_markup: { inline_keyboard: [[{ text: label }], [{ text: 'Cho ngủ' }]] },
    })
  })

  it('shows choices as numbered lines when one fits no button, rather than sending nothing', async () => {
    const bodies = record('sendMessage', OK)
    const choices = [
      { data: 'x'.repeat(80), label: 'Một' },
      { data: '1.b', label: 'Hai & ba' },
    ]
    expect(await channel.send('telegram', '42', part({ choices }))).toMatchObject({ type: 'sent' })
    expect(bodies[0]).toMatchObject({ text: 'Chào <b>bạn</b>\n\n1. Một\n2. Hai &amp; ba' })
    expect(bodies[0]).not.toHaveProperty('reply_markup')
  })
})

describe('messages', () => {
  interceptApi()

  it('cannot be forwarded, show no preview, and carry the reviewed bold', async () => {
    const bodies = record('sendMessage', OK)
    await channel.send('telegram', '42', part())
    expect(bodies).toEqual([
      {
        chat_id: '42',
        text: 'Chào <b>bạn</b>',
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        protect_content: true,
      },
    ])
  })

  it.each([
    [403, 'Forbidden: bot was blocked by the user', 'blocked'],
    [403, "Forbidden: bot can't initiate conversation with a user", 'blocked'],
    [403, 'Forbidden: user is deactivated', 'gone'],
    [400, 'Bad Request: chat not found', 'gone'],
    [400, 'Bad Request: USER_IS_BLOCKED', 'blocked'],
    [400, 'Bad Request: user is deactivated', 'gone'],
    [400, 'Bad Request: message is too long', 'too_long'],
    [400, "Bad Request: can't parse entities", 'refused'],
    [404, 'Not Found', 'unauthorised'],
  ])('reads %i %s as %s', async (code, description, reason) => {
    answerOnce({ ok: false, error_code: code, description }, code)
    expect(await channel.send('telegram', '42', part())).toEqual({ type: 'failed', reason })
  })

  it('waits as long as Telegram asks', async () => {
    const parameters = { retry_after: 17 }
    answerOnce({ ok: false, error_code: 429, description: 'Too Many Requests: retry after 17', parameters }, 429)
    expect(await channel.send('telegram', '42', part())).toEqual({
      type: 'retry',
      notBefore: NOW + 17_000,
      reason: '429',
    })
  })
})

describe('setting up', () => {
  interceptApi()

  it.each(['', 'có dấu', 'a b', 'x'.repeat(257)])('refuses the secret %j, naming the variable', (secret) => {
    expect(() => telegram({ ...CONFIG, secret })).toThrow('TELEGRAM_WEBHOOK_SECRET')
  })

  it('registers the webhook with its secret and shows the commands in Vietnamese to everybody', async () => {
    const commands = record('setMyCommands', { ok: true, result: true })
    const hooks = record('setWebhook', { ok: true, result: true })
    const connected = await connect(CONFIG, 'https://dong-hanh.test/')
    const url = 'https://dong-hanh.test/webhooks/telegram'
    expect(connected).toEqual([{ bot: 'telegram', webhook: url, problem: null }])
    expect(commands.map((body) => body.language_code)).toEqual([undefined, 'vi'])
    const names = (commands[0]!.commands as { command: string }[]).map(({ command }) => command)
    expect(names).toEqual(['start', 'gap_nguoi', 'khan_cap', 'dung', 'xoa', 'tro_giup'])
    const kinds = ['message', 'edited_message', 'callback_query', 'my_chat_member']
    expect(hooks).toEqual([{ url, secret_token: SECRET, allowed_updates: kinds }])
  })

  it('says what went wrong without the token', async () => {
    record('setWebhook', { ok: false, error_code: 401, description: `Unauthorized ${TOKEN}` })
    const [connected] = await connect(CONFIG, 'https://dong-hanh.test')
    expect(connected?.problem).toBe('401 Unauthorized [token]')
  })
})
