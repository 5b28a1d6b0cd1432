import type { Message } from '@grammyjs/types'
import { describe, expect, it } from 'vitest'
import { telegram } from '../../src/channels/telegram.ts'
import { commandToWords } from '../../src/channels/telegram-commands.ts'
import * as fixtures from './fixtures/telegram-updates.ts'
import { arrivalOf, NOW, settings, webhook } from './platform.ts'

const SECRET = 'Telegram_secret-0123456789abcdefghijklmnop'
const channel = telegram({ token: '123456:telegram-token', secret: SECRET, ...settings() })
const receive = (body: unknown) =>
  channel.receive(webhook('X-Telegram-Bot-Api-Secret-Token', SECRET, JSON.stringify(body)))
const eventOf = async (body: unknown) => arrivalOf(await receive(body)).event

describe('updates', () => {
  it.each(Object.entries(fixtures.UPDATES))('accepts %s', async (_, update) => {
    expect(await receive(update)).toMatchObject({ type: 'accepted' })
  })

  it('hears nothing in the kinds that are no message to the bot', async () => {
    const heard = ['message', 'edited_message', 'callback_query', 'my_chat_member']
    for (const [kind, update] of Object.entries(fixtures.UPDATES)) {
      const receipt = await receive(update)
      expect(receipt, kind).toMatchObject({ arrivals: heard.includes(kind) ? [expect.anything()] : [] })
    }
  })

  it.each([
    ['photo', 'photo'],
    ['voice', 'voice'],
    ['audio', 'voice'],
    ['video', 'video'],
    ['video_note', 'video'],
    ['animation', 'video'],
    ['sticker', 'sticker'],
    ['document', 'file'],
    ['location', 'location'],
    ['venue', 'location'],
    ['dice', 'unsupported'],
    ['story', 'unsupported'],
  ] as const)('takes %s as %s', async (kind, media) => {
    expect(await eventOf(fixtures.message(fixtures.CONTENTS[kind] as Partial<Message>))).toMatchObject({ media })
  })

  it('answers a kind of message that nobody knew when this was written', async () => {
    const update = fixtures.message({ hologram: {} } as Partial<Message>)
    expect(await eventOf(update)).toEqual({ type: 'message', text: '', media: 'unsupported' })
  })

  it('reads the words of a rich message', async () => {
    const blocks = [{ type: 'paragraph', text: ['tôi ', { type: 'bold', text: 'muốn chết' }] }]
    expect(await eventOf(fixtures.message({ rich_message: { blocks } } as Partial<Message>))).toEqual({
      type: 'message',
      text: 'tôi muốn chết',
    })
  })

  it('stays silent when the chat itself changed and nobody spoke', async () => {
    const update = fixtures.message({ message_auto_delete_timer_changed: { message_auto_delete_time: 86400 } })
    expect(await receive(update)).toMatchObject({ type: 'accepted', arrivals: [] })
  })

  it('takes each edit as a new thing that happened, once', async () => {
    const first = fixtures.edited({ text: 'a', message_id: 9 }, fixtures.DATE + 1)
    const second = fixtures.edited({ text: 'b', message_id: 9 }, fixtures.DATE + 2)
    expect(await eventOf(first)).toEqual({ type: 'message', text: 'a', edited: true })
    const keys = [first, second, first].map(async (update) => arrivalOf(await receive(update)).key)
    const [one, two, again] = await Promise.all(keys)
    expect(two).not.toBe(one)
    expect(again).toBe(one)
  })

  it('does not lose a person when Telegram counts its updates from anew', async () => {
    const old = fixtures.text('cũ')
    const fresh = { ...fixtures.text('mới'), update_id: old.update_id }
    expect(arrivalOf(await receive(fresh)).key).not.toBe(arrivalOf(await receive(old)).key)
  })

  it('accepts a phone number only from the person it belongs to', async () => {
    const contact = { phone_number: '+84900000000', first_name: 'B' }
    const own = fixtures.message({ contact: { ...contact, user_id: fixtures.CHAT_ID } })
    const other = fixtures.message({ contact: { ...contact, user_id: 99 } })
    const nobody = fixtures.message({ contact })
    expect(await eventOf(own)).toEqual({ type: 'message', text: '+84900000000', media: 'contact' })
    expect(await eventOf(other)).toEqual({ type: 'message', text: '', media: 'unsupported' })
    expect(await eventOf(nobody)).toEqual({ type: 'message', text: '', media: 'unsupported' })
    const unsigned = fixtures.message({ contact, from: undefined } as object)
    expect(await eventOf(unsigned)).toEqual({ type: 'message', text: '', media: 'unsupported' })
  })

  it('notices at once that a person blocked or unblocked the bot, but not what groups do', async () => {
    expect(await eventOf(fixtures.membership('kicked'))).toEqual({ type: 'reach', reachable: false })
    expect(await eventOf(fixtures.membership('member'))).toEqual({ type: 'reach', reachable: true })
    const group = fixtures.membership('member', { id: -5, type: 'group', title: 'x' })
    expect(await receive(group)).toMatchObject({ type: 'accepted', arrivals: [] })
  })
})

describe('commands', () => {
  it.each([
    ['/start', '/start'],
    ['/start diem_tu_van_12', '/start'],
    ['/start@dong_hanh_bot', '/start'],
    ['/gap_nguoi', 'gặp người'],
    ['/gapnguoi', 'gặp người'],
    ['/GAP_NGUOI@dong_hanh_bot', 'gặp người'],
    ['/khan_cap', 'khẩn cấp'],
    ['/dung', 'dừng'],
    ['/xoa', 'xoá'],
    ['/tro_giup', 'trợ giúp'],
    ['/help', 'trợ giúp'],
    ['/gap_nguoi em sợ quá', 'gặp người em sợ quá'],
    ['/start cứu em với', '/start cứu em với'],
    ['/khong_biet', '/khong_biet'],
    ['5/10 viên', '5/10 viên'],
  ])('reads %s as %s', async (typed, words) => {
    expect(await eventOf(fixtures.text(typed))).toEqual({ type: 'message', text: words })
  })
})

describe('button presses', () => {
  it('gives back the choice and the words on the button', async () => {
    expect(await eventOf(fixtures.press('v1:3.gap', 'Gặp người'))).toEqual({
      type: 'message',
      text: 'Gặp người',
      choice: '3.gap',
    })
  })

  it('happens now, not when the question was asked', async () => {
    expect(arrivalOf(await receive(fixtures.press('v1:3.gap'))).at).toBe(NOW)
  })

  it('understands a press on a message too old to be shown', async () => {
    expect(await eventOf(fixtures.pressOld('v1:3.gap'))).toEqual({ type: 'message', text: '', choice: '3.gap' })
  })

  it.each(['v2:3.gap', '3.gap', 'v1:', 'v1:3.gap\n', 'v1:3;drop', `v1:${'a'.repeat(62)}`])(
    'hands on no choice from the forged press %j, and still leaves nobody without an answer',
    async (data) => {
      expect(await eventOf(fixtures.pressOld(data))).toEqual({ type: 'message', text: '', media: 'unsupported' })
    },
  )
})

it('the link of a printed slip sends its code, and any other payload nothing', () => {
  expect(commandToWords('/start phieu-DH-ABCD-EFGH')).toBe('DH-ABCD-EFGH')
  expect(commandToWords('/start phieu-DH-ABCD')).toBe('/start')
  expect(commandToWords('/start abc')).toBe('/start')
})
