import { describe, expect, test } from 'vitest'
import { drain, stopDraining } from '../../src/app/deliver.ts'
import { releaseLeases, tick } from '../../src/app/tick.ts'
import { load } from '../../src/store/load.ts'
import { outbox, task } from '../../src/store/schema.ts'
import type { Store } from '../../src/store/store.ts'
import { allOf } from '../store/turns.ts'
import { MINUTE, openApp, type SmallApp } from './small-app.ts'

const HELLO = 'Chào bạn.\n\nBạn hỏi cho ai?'
const BLOCKED = { type: 'failed', reason: 'blocked' } as const

const tasksOf = async (home: SmallApp) => (await allOf(home.database, task)).map(({ reason }) => reason)
const statesOf = async (home: SmallApp) => (await allOf(home.database, outbox)).map(({ state }) => state)
const repeatsOf = async (home: SmallApp) => (await home.app.metrics.repeats.get()).values[0]?.value ?? 0

/** Lets what goes on without us come to where it waits for a platform. */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 20))

/** What a start does: leases of the dead process end, and what waits is sent. */
async function start(home: SmallApp): Promise<void> {
  await releaseLeases(home.app, Number.MAX_SAFE_INTEGER)
  await drain(home.app)
  await home.settle()
}

/** A conversation that a counsellor holds, with nothing under way. */
async function held(home: SmallApp): Promise<void> {
  await home.say('an', 'gặp người')
  await home.staff('an', { type: 'take' })
  await home.settle()
}

describe('a crash between sending and noting it', () => {
  test('repeats an answer exactly as often as it happened', async () => {
    let home = openApp()
    home.telegram.next = ['lost', 'lost', 'lost']
    await home.say('an', 'chào')
    await breathe()
    for (let crash = 1; crash <= 3; crash++) {
      home = home.restart()
      void start(home)
      await breathe()
    }
    await home.settle()
    expect(home.telegram.texts('an')).toEqual([HELLO, HELLO, HELLO, HELLO])
    expect(await repeatsOf(home)).toBe(1)
    expect(await statesOf(home)).toEqual(['sent'])
    expect(await home.lines('an')).toHaveLength(2)
    expect(await tasksOf(home)).toEqual([])
  })

  test('never repeats a counsellor’s line: a task asks, once', async () => {
    const home = openApp()
    await held(home)
    home.telegram.next = ['lost']
    await home.staff('an', { type: 'reply', text: 'Chị đây.' })
    await breathe()
    const second = home.restart()
    await start(second)
    await start(second.restart())
    expect(home.telegram.texts('an').filter((text) => text === 'Chị đây.')).toHaveLength(1)
    expect(await tasksOf(home)).toEqual(['uncertain:lease_expired'])
  })

  test('is not mistaken for a failure when only the noting fails', async () => {
    const home = openApp()
    await held(home)
    let failures = 0
    const store: Store = {
      ...home.app.store,
      batch: (writes) => (failures-- > 0 ? Promise.reject(new Error('disk')) : home.app.store.batch(writes)),
    }
    const broken = home.with({ store })
    const send = home.telegram.send
    home.telegram.send = (...call) => {
      failures = 1
      return send(...call)
    }
    await broken.staff('an', { type: 'reply', text: 'Chị đây.' })
    await broken.settle()
    await home.pass(2_000)
    expect(home.telegram.texts('an').filter((text) => text === 'Chị đây.')).toHaveLength(1)
    await home.pass(MINUTE)
    expect(await tasksOf(home)).toEqual(['uncertain:lease_expired'])
  })
})

describe('a platform that is unsure', () => {
  test('gets an answer again for each time it was unsure', async () => {
    const home = openApp()
    home.telegram.next = Array.from({ length: 2 }, () => ({ type: 'uncertain', reason: 'timeout' }) as const)
    await home.say('an', 'chào')
    await home.settle()
    for (let i = 0; i < 4; i++) await home.pass(3_000)
    expect(home.telegram.texts('an')).toEqual([HELLO, HELLO, HELLO])
    expect(await repeatsOf(home)).toBe(2)
  })

  test('does not get a counsellor’s line again', async () => {
    const home = openApp()
    await held(home)
    home.telegram.next = [{ type: 'uncertain', reason: 'timeout' }]
    await home.staff('an', { type: 'reply', text: 'Chị đây.' })
    await home.settle()
    for (let i = 0; i < 3; i++) await home.pass(MINUTE)
    expect(home.telegram.texts('an').filter((text) => text.includes('Chị đây.'))).toHaveLength(1)
    expect(await tasksOf(home)).toEqual(['uncertain:timeout'])
  })
})

describe('a platform that says later', () => {
  test('is asked again no sooner than it said', async () => {
    const home = openApp()
    const notBefore = home.clock.now + 90_000
    home.telegram.next = [{ type: 'retry', notBefore, reason: '429' }]
    await home.say('an', 'chào')
    await home.settle()
    await home.pass(89_000)
    expect(home.telegram.calls).toHaveLength(1)
    await home.pass(1_000)
    expect(home.telegram.texts('an')).toEqual([HELLO])
    expect(await tasksOf(home)).toEqual([])
  })

  test('about one person does not hold the others', async () => {
    const home = openApp()
    home.telegram.fates.set('an', { type: 'retry', notBefore: home.clock.now + MINUTE, reason: '429' })
    await Promise.all(['an', 'bình', 'chi'].map((name) => home.say(name, 'chào')))
    await home.settle()
    expect(home.telegram.sent.map(({ handle }) => handle).sort()).toEqual(['bình', 'chi'])
  })

  test('for ever ends as a task, and lets the next message try', async () => {
    const home = openApp()
    home.telegram.fates.set('an', { type: 'retry', notBefore: 0, reason: '502' })
    await home.say('an', 'chào')
    await home.settle()
    for (let i = 0; i < 12; i++) await home.pass(11 * MINUTE)
    expect(await tasksOf(home)).toEqual(['failed:502'])
    expect(home.telegram.calls).toHaveLength(12)
    home.telegram.fates.clear()
    await home.say('an', 'cho mình')
    await home.settle()
    expect(home.telegram.texts('an')).toEqual(['Cảm ơn bạn.'])
  })
})

describe('a person who blocked the service', () => {
  test('is marked, and staff are told; their next message opens the way again', async () => {
    const home = openApp()
    home.telegram.next = [BLOCKED]
    await home.say('an', 'chào')
    await home.settle()
    const reachable = async () => (await load(home.app.store, home.contact('an'))).conversation.reachable
    expect(await reachable()).toBe(false)
    expect(await tasksOf(home)).toEqual(['failed:blocked'])
    expect(await statesOf(home)).toEqual(['failed'])
    await home.say('an', 'cho mình')
    await home.settle()
    expect(await reachable()).toBe(true)
    expect(home.telegram.texts('an')).toEqual(['Cảm ơn bạn.'])
  })
})

describe('lanes', () => {
  test('a broadcast that is stuck at the platform never delays an answer or a card', async () => {
    const home = openApp()
    await home.say('an', 'chào')
    await home.settle()
    await home.pass(31 * MINUTE)
    await home.broadcast('an')
    home.telegram.next = ['stuck']
    void drain(home.app)
    await breathe()
    expect(home.telegram.calls).toHaveLength(2)
    await home.say('an', 'cho mình')
    await home.say('an', 'tôi muốn chết')
    await breathe()
    const texts = home.telegram.texts('an')
    expect(texts.some((text) => text.includes('Cảm ơn bạn.'))).toBe(true)
    expect(texts.some((text) => text.includes('Gọi 115 ngay'))).toBe(true)
  })

  test('a broadcast that waits for the morning never delays an answer', async () => {
    const home = openApp()
    await home.say('an', 'chào')
    await home.settle()
    home.clock.now += 13 * 60 * MINUTE
    await home.broadcast('an')
    await home.pass(0)
    expect(await statesOf(home)).toEqual(['sent', 'queued'])
    await home.say('an', 'cho mình')
    await home.settle()
    expect(home.telegram.texts('an').at(-1)).toContain('Cảm ơn bạn.')
  })

  test('a message that comes while a drain is still looking is sent without waiting for the next tick', async () => {
    const home = openApp()
    const store: Store = {
      ...home.app.store,
      async returning(query) {
        const rows = await home.app.store.returning(query)
        await breathe()
        return rows
      },
    }
    const far = home.with({ store })
    const looking = drain(far.app)
    await far.say('an', 'chào')
    await looking
    await far.settle()
    expect(home.telegram.texts('an')).toEqual([HELLO])
  })

  test('a send that hangs holds up neither other people nor the clock', async () => {
    const home = openApp()
    home.telegram.fates.set('an', 'stuck')
    await home.say('an', 'chào')
    await breathe()
    await home.say('bình', 'chào')
    await tick(home.app)
    await breathe()
    expect(home.telegram.texts('bình')).toEqual([HELLO])
  })
})

describe('the first line', () => {
  test('gives nothing away when a message comes more than ten minutes after the person wrote', async () => {
    const home = openApp()
    await held(home)
    home.clock.now += 11 * MINUTE
    await home.staff('an', { type: 'reply', text: 'Chị đây.' })
    await home.staff('an', { type: 'close' })
    await home.settle()
    expect(home.telegram.texts('an').slice(-2)).toEqual(['Có lời nhắn.\n\nChị đây.', 'Có lời nhắn.\n\nĐã kết thúc.'])
  })

  test('is not put before a quick answer, nor on the web, where nothing is pushed', async () => {
    const home = openApp()
    await home.room.post('khách', { id: '1', text: 'gặp người' })
    await home.settle()
    home.clock.now += 11 * MINUTE
    const web = home.contact('khách', 'webchat')
    const { internal } = await import('../../src/app/handle.ts')
    await internal(home.app, web, 'click', { type: 'staff', by: 'lan', action: { type: 'reply', text: 'Chị đây.' } })
    await home.settle()
    expect(await home.lines('khách', 'webchat')).toEqual([
      'you: gặp người',
      'bot: Đã báo cán bộ.',
      'bot: Cán bộ đã vào.',
      'human: Chị đây.',
    ])
  })
})

describe('what cannot be sent', () => {
  test('because its words cannot be opened ends as a task and holds nobody’s later messages for ever', async () => {
    const home = openApp()
    await held(home)
    home.telegram.fates.set('an', { type: 'retry', notBefore: home.clock.now, reason: 'x' })
    await home.staff('an', { type: 'reply', text: 'Chị đây.' })
    await home.settle()
    home.database.database.exec("update words set sealed = zeroblob(60) where kind = 'draft'")
    home.telegram.fates.clear()
    for (let i = 0; i < 12; i++) await home.pass(11 * MINUTE)
    expect(await tasksOf(home)).toEqual(['failed:internal'])
    await home.say('an', 'alo')
    await home.staff('an', { type: 'close' })
    await home.settle()
    expect(home.telegram.texts('an').at(-1)).toContain('Đã kết thúc.')
  })

  test('because a counsellor’s line is gone is never sent empty', async () => {
    const home = openApp()
    await held(home)
    home.telegram.fates.set('an', { type: 'retry', notBefore: 0, reason: 'x' })
    await home.staff('an', { type: 'reply', text: 'Chị đây.' })
    await home.settle()
    home.database.database.exec("delete from words where kind = 'draft'")
    home.telegram.fates.clear()
    const calls = home.telegram.calls.length
    await home.pass(10 * MINUTE)
    expect(home.telegram.calls.slice(calls).every(({ text }) => text !== '')).toBe(true)
    expect(await tasksOf(home)).toEqual(['failed:gone'])
  })

  test('because its channel left the settings is a task', async () => {
    const home = openApp()
    const channels = new Map(home.app.channels)
    channels.delete('zalo')
    home.app.channels = channels
    await home.say('an', 'chào', { channel: 'zalo' })
    await home.settle()
    expect(await tasksOf(home)).toEqual(['failed:gone'])
  })
})

describe('stopping', () => {
  test('finishes what was handed over and leaves the rest for the next start', async () => {
    const home = openApp()
    let release: (() => void) | undefined
    const send = home.telegram.send
    home.telegram.send = async (...call) => {
      await new Promise<void>((resolve) => {
        release = resolve
      })
      return send(...call)
    }
    await home.say('an', 'chào')
    await breathe()
    await home.say('an', 'cho mình')
    stopDraining(home.app)
    release?.()
    await home.settle()
    expect(await statesOf(home)).toEqual(['sent', 'queued'])
    home.telegram.send = send
    await start(home.restart())
    expect(home.telegram.texts('an')).toEqual([HELLO, 'Cảm ơn bạn.'])
  })
})
