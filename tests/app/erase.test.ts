import { describe, expect, test } from 'vitest'
import { drain } from '../../src/app/deliver.ts'
import { finishErasures } from '../../src/app/erasure.ts'
import { tick, tidy } from '../../src/app/tick.ts'
import type { ChannelName } from '../../src/channels/channel.ts'
import { load } from '../../src/store/load.ts'
import * as schema from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { allOf } from '../store/turns.ts'
import { DAY, MINUTE, openApp, type SmallApp } from './small-app.ts'

const HELLO = 'Chào bạn.\n\nBạn hỏi cho ai?'
const RECEIPT = /^Đã xoá. Mã: ([A-Z2-9]{5}-[A-Z2-9]{5})\.$/
const { address, conversation, erasure, event, form, inbound, outbox, receipt, task, ticket, timer, words } = schema
const PERSONAL = { address, conversation, erasure, event, form, outbox, task, timer, words }

/** Everything of a person: an answer, a form, a ticket that is held, a wait, a task. */
async function lived(channel: ChannelName = 'telegram'): Promise<SmallApp> {
  const home = openApp()
  const say = (text: string) => home.say('an', text, { channel, bot: channel === 'webchat' ? 'web' : channel })
  home.telegram.next = [{ type: 'failed', reason: 'refused' }]
  for (const text of ['chào', 'cho mình', 'gọi lại cho tôi', '0912345678', 'còn đó không']) await say(text)
  await home.settle()
  return home
}

async function ask(home: SmallApp): Promise<void> {
  await home.say('an', 'xoá')
  await home.settle()
}

/** Asks for erasure and confirms it; stops where the caller of the webhook has its answer. */
async function erase(home: SmallApp): Promise<void> {
  await ask(home)
  await home.say('an', 'có')
}

async function counts(home: SmallApp): Promise<Record<string, number>> {
  const pairs = Object.entries(PERSONAL).map(async ([name, table]) => [
    name,
    (await allOf(home.database, table)).length,
  ])
  return Object.fromEntries(await Promise.all(pairs))
}

const NOTHING = Object.fromEntries(Object.keys(PERSONAL).map((name) => [name, 0]))
const everything = async (home: SmallApp) =>
  JSON.stringify(await Promise.all(Object.values(schema).map((table) => allOf(home.database, table))))

describe('xoá', () => {
  test('takes the person’s rows in the turn that confirms it, and the receipt reaches them', async () => {
    const home = await lived()
    await home.staff('an', { type: 'take' })
    await home.say('an', 'chị ơi')
    await home.staff('an', { type: 'hand_back' })
    await home.settle()
    const before = await counts(home)
    for (const name of ['form', 'task', 'words', 'event', 'outbox']) expect(before[name], name).toBeGreaterThan(0)
    await erase(home)
    const [code] = (await allOf(home.database, receipt)).map((row) => row.code)
    expect(await counts(home)).toMatchObject({
      form: 0,
      task: 0,
      timer: 0,
      words: 0,
      outbox: 1,
      address: 1,
      erasure: 1,
    })
    expect(new Set((await allOf(home.database, event)).map(({ seq }) => seq)).size).toBe(1)
    await home.settle()
    expect(RECEIPT.exec(home.telegram.texts('an').at(-1)!)?.[1]).toBe(code)
    const [count] = await allOf(home.database, ticket)
    expect(count).toMatchObject({ contact: null, reason: 'callback', heldBy: null })
    expect(count?.closedAt).toBe(home.clock.now)
    expect(await openTickets(home.app.store)).toEqual([])
  })

  test('then takes the address, the conversation and the keys, and nothing leads back', async () => {
    const home = await lived()
    const contact = home.contact('an')
    await erase(home)
    await home.settle()
    await home.pass(1_000)
    expect(await counts(home)).toEqual(NOTHING)
    expect(await home.keys.newest(contact)).toBeNull()
    expect(await everything(home)).not.toContain(contact)
    expect(await allOf(home.database, receipt)).toHaveLength(1)
  })

  test('destroys the old keys at once, so that a copy of the database is of no use', async () => {
    const home = await lived()
    const copies = (await allOf(home.database, words)).map(({ id, sealed }) => ({ id, sealed }))
    await erase(home)
    await home.settle()
    const later = home.restart()
    for (const { id, sealed } of copies) expect(await later.app.vault.open(`words:${id}`, sealed)).toBeNull()
  })

  test('changes nothing when it is not confirmed', async () => {
    const home = await lived()
    await ask(home)
    const before = await counts(home)
    await home.say('an', 'không')
    await home.pass(MINUTE)
    expect(await counts(home)).toMatchObject({ form: before.form, erasure: 0 })
  })

  test('that is delivered twice gives one receipt', async () => {
    const home = await lived()
    await ask(home)
    const results = await Promise.all([1, 2].map(() => home.say('an', 'có', { key: 'yes' })))
    expect([...results].sort()).toEqual(['committed', 'duplicate'])
    await home.settle()
    expect(home.telegram.texts('an').filter((text) => RECEIPT.test(text))).toHaveLength(1)
    await home.pass(MINUTE)
    expect(await counts(home)).toEqual(NOTHING)
  })

  test('whose receipt cannot be delivered opens no task about somebody who is gone', async () => {
    const home = await lived()
    await ask(home)
    home.telegram.fates.set('an', { type: 'failed', reason: 'blocked' })
    await home.say('an', 'có')
    await home.settle()
    await home.pass(MINUTE)
    expect(await counts(home)).toEqual(NOTHING)
  })

  test('is not undone by an answer that was still under way and then failed', async () => {
    const home = await lived()
    let fail: (() => void) | undefined
    const send = home.telegram.send
    home.telegram.send = async () => {
      await new Promise<void>((resolve) => {
        fail = resolve
      })
      return { type: 'failed', reason: 'blocked' }
    }
    await home.say('an', 'alo')
    await new Promise((resolve) => setTimeout(resolve, 20))
    home.telegram.send = send
    await home.say('an', 'xoá')
    await home.say('an', 'có')
    await new Promise((resolve) => setTimeout(resolve, 20))
    fail?.()
    await home.settle()
    await home.pass(MINUTE)
    expect(await counts(home)).toEqual(NOTHING)
  })

  test('leaves the receipt on a web page for an hour, and then nothing', async () => {
    const home = openApp()
    const post = (id: string, text: string) => home.room.post('khách', { id, text })
    await post('1', 'chào')
    await post('2', 'xoá')
    await post('3', 'có')
    await home.settle()
    await home.pass(59 * MINUTE)
    expect((await home.room.lines('khách', null)).map(({ text }) => text)).toEqual([expect.stringMatching(RECEIPT)])
    await home.pass(2 * MINUTE)
    expect(await home.room.lines('khách', null)).toEqual([])
    expect(await counts(home)).toEqual(NOTHING)
  })
})

describe('a person who writes again', () => {
  test('during an erasure starts afresh, is answered, and keeps what is new', async () => {
    const home = await lived()
    await ask(home)
    await Promise.all([home.say('an', 'có'), home.say('an', 'chào bạn')])
    await home.settle()
    await home.pass(1_000)
    expect(home.telegram.texts('an').slice(-2)).toEqual([expect.stringMatching(RECEIPT), HELLO])
    const lines = await home.lines('an')
    expect(lines.filter((line) => !line.includes('Đã xoá'))).toEqual(['you: chào bạn', `bot: ${HELLO}`])
    expect(lines).toHaveLength(3)
    const { conversation: kept } = await load(home.app.store, home.contact('an'))
    expect(kept).toMatchObject({ answers: {}, ticket: null })
    const [code] = (await allOf(home.database, receipt)).map((row) => row.code)
    expect(JSON.stringify(await allOf(home.database, event))).not.toContain(code)
    expect(JSON.stringify(await allOf(home.database, outbox))).not.toContain(code)
    expect(await allOf(home.database, erasure)).toEqual([])
    await home.say('an', 'gọi lại cho tôi')
    await home.settle()
    expect(home.telegram.texts('an').at(-1)).toBe('Số nào?')
  })

  test('after it is a new person, even with the very same words and a ticket at the very same place', async () => {
    const home = openApp()
    for (let life = 1; life <= 3; life++) {
      await home.say('an', 'tôi muốn chết')
      await home.settle()
      expect(home.telegram.texts('an').at(-1)).toContain('115')
      expect(await openTickets(home.app.store)).toMatchObject([{ priority: 'emergency' }])
      await erase(home)
      await home.settle()
      await home.pass(MINUTE)
      expect(await counts(home)).toEqual(NOTHING)
    }
    expect(await allOf(home.database, ticket)).toHaveLength(3)
  })

  test('is not touched by a message of the former life that was still under way', async () => {
    const home = openApp()
    const ends: (() => void)[] = []
    const send = home.telegram.send
    home.telegram.send = async (...call) => {
      if (call[2].paragraphs.join().includes('Đã xoá')) return send(...call)
      await new Promise<void>((resolve) => {
        ends.push(resolve)
      })
      return { type: 'sent', externalId: null }
    }
    const breathe = () => new Promise((resolve) => setTimeout(resolve, 10))
    await home.say('an', 'chào')
    await breathe()
    await home.say('an', 'xoá')
    await home.say('an', 'có')
    await breathe()
    await tick(home.app)
    expect(await allOf(home.database, conversation)).toEqual([])
    await home.say('an', 'chào')
    await breathe()
    ends[0]?.()
    await breathe()
    expect(await allOf(home.database, outbox)).toMatchObject([{ state: 'leased' }])
    ends[1]?.()
    await home.settle()
    expect(await allOf(home.database, outbox)).toMatchObject([{ state: 'sent' }])
  })

  test('has the fate of their messages reported anew', async () => {
    const home = openApp()
    for (let life = 1; life <= 2; life++) {
      home.telegram.next = [{ type: 'failed', reason: 'refused' }]
      await home.say('an', 'chào')
      await home.settle()
      expect(await allOf(home.database, task)).toHaveLength(1)
      await erase(home)
      await home.settle()
      await home.pass(MINUTE)
    }
  })
})

describe('a crash', () => {
  test('between the erasure and the destruction of keys is made good at the next start', async () => {
    const home = await lived()
    const copies = (await allOf(home.database, words)).map(({ id, sealed }) => ({ id, sealed }))
    const lazy = home.with({ vault: { ...home.app.vault, forget: () => Promise.reject(new Error('killed')) } })
    await erase(lazy)
    await lazy.settle()
    const next = home.restart()
    expect(await next.app.vault.open(`words:${copies[0]!.id}`, copies[0]!.sealed)).not.toBeNull()
    await finishErasures(next.app)
    for (const { id, sealed } of copies) expect(await next.app.vault.open(`words:${id}`, sealed)).toBeNull()
    await next.pass(1_000)
    expect(await counts(home)).toEqual(NOTHING)
  })

  test('between the removal of the last rows and of the last key leaves no key for ever', async () => {
    const home = await lived()
    await erase(home)
    await home.settle()
    const lazy = home.with({ vault: { ...home.app.vault, forget: () => Promise.reject(new Error('killed')) } })
    await tick(lazy.app)
    expect(await allOf(home.database, conversation)).toEqual([])
    expect(await home.keys.newest(home.contact('an'))).not.toBeNull()
    await home.restart().pass(1_000)
    expect(await home.keys.newest(home.contact('an'))).toBeNull()
    expect(await counts(home)).toEqual(NOTHING)
  })

  test('before the receipt went out still brings the receipt', async () => {
    const home = await lived()
    await ask(home)
    home.telegram.next = ['lost']
    await home.say('an', 'có')
    await new Promise((resolve) => setTimeout(resolve, 20))
    const next = home.restart()
    next.clock.now += MINUTE
    await tick(next.app)
    await drain(next.app)
    await next.pass(1_000)
    expect(home.telegram.texts('an').filter((text) => RECEIPT.test(text))).toHaveLength(2)
    expect(await counts(home)).toEqual(NOTHING)
  })
})

describe('after thirty days', () => {
  test('without a word a conversation is erased, without a receipt, and nothing is sent', async () => {
    const home = await lived()
    await home.staff('an', { type: 'close' })
    await home.settle()
    const calls = home.telegram.calls.length
    home.clock.now += 30 * DAY - 1
    await tidy(home.app)
    expect((await counts(home)).conversation).toBe(1)
    home.clock.now += 1
    await tidy(home.app)
    await home.pass(1_000)
    expect(await counts(home)).toEqual(NOTHING)
    expect(home.telegram.calls).toHaveLength(calls)
    expect(await allOf(home.database, receipt)).toEqual([])
    expect(await home.keys.newest(home.contact('an'))).toBeNull()
  })

  test('a ticket that a human holds keeps the conversation; one that nobody closed does not', async () => {
    const home = await lived()
    await home.staff('an', { type: 'take' })
    await home.settle()
    home.clock.now += 40 * DAY
    await tidy(home.app)
    expect(await openTickets(home.app.store)).toHaveLength(1)
    await home.pass(1_000)
    await tidy(home.app)
    await home.pass(1_000)
    expect(await openTickets(home.app.store)).toEqual([])
    expect(await counts(home)).toEqual(NOTHING)
  })

  test('a person who writes while the housekeeping looks is left alone', async () => {
    const home = openApp()
    await home.say('an', 'chào')
    await home.settle()
    home.clock.now += 31 * DAY
    const said = home.say('an', 'cho mình')
    await tidy(home.app)
    await said
    await home.settle()
    expect(home.telegram.texts('an').at(-1)).toContain('Cảm ơn bạn.')
    expect((await load(home.app.store, home.contact('an'))).conversation.answers).toMatchObject({
      who: { value: 'minh' },
    })
    expect((await counts(home)).erasure).toBe(0)
  })

  test('a person who writes before the last rows are gone is answered', async () => {
    const home = openApp()
    await home.say('an', 'chào')
    await home.settle()
    home.clock.now += 31 * DAY
    await tidy(home.app)
    expect(await allOf(home.database, address)).toEqual([])
    await home.say('an', 'gọi lại cho tôi')
    await home.settle()
    expect(home.telegram.texts('an').at(-1)).toBe('Số nào?')
    await home.pass(MINUTE)
    expect((await counts(home)).conversation).toBe(1)
  })

  test('hundreds of quiet people are erased in one round, and the keys of arrivals are forgotten', async () => {
    const home = openApp()
    const names = Array.from({ length: 230 }, (_, i) => `p${i}`)
    await Promise.all(names.map((name) => home.say(name, 'chào')))
    await home.settle()
    home.clock.now += 31 * DAY
    await tidy(home.app)
    expect(await allOf(home.database, inbound)).toHaveLength(names.length)
    await home.pass(1_000)
    expect(await counts(home)).toEqual(NOTHING)
  })
})
