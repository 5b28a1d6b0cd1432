import { describe, expect, test } from 'vitest'
import { openBots, quotaWarnings } from '../../src/app/quota.ts'
import { tidy } from '../../src/app/tick.ts'
import { inbound, task } from '../../src/store/schema.ts'
import { allOf } from '../store/turns.ts'
import { DAY, MINUTE, openApp, type SmallApp } from './small-app.ts'

/** The bots of these tests have 30 messages a month, of which the last ten are kept for emergencies. */
const FREE = 20
const NOTICE = 'Hết lượt. Mời sang https://dong-hanh.test/chat.'

const zalo = { channel: 'zalo' } as const

async function used(home: SmallApp, messages: number, bot = 'zalo'): Promise<void> {
  const add = home.database.database.prepare(
    "insert into quota (channel, bot, month, sent) values ('zalo', ?, '2026-11', ?) on conflict do update set sent = excluded.sent",
  )
  add.run(bot, messages)
}

const sentOf = (home: SmallApp, bot = 'zalo') =>
  home.database.database.prepare("select sent from quota where channel = 'zalo' and bot = ?").pluck().get(bot)
const tasksOf = async (home: SmallApp) => (await allOf(home.database, task)).map(({ reason }) => reason)

describe('the messages of a Zalo bot', () => {
  test('are counted as they are sent', async () => {
    const home = openApp()
    await home.say('an', 'chào', zalo)
    await home.settle()
    await home.say('an', 'cho mình', zalo)
    await home.settle()
    expect(sentOf(home)).toBe(2)
  })

  test('stop at the reserve: the person is told once where to go on, and staff get a task for each', async () => {
    const home = openApp()
    await used(home, FREE)
    for (const text of ['chào', 'cho mình', 'gọi lại cho tôi']) {
      await home.say('an', text, zalo)
      await home.settle()
    }
    expect(home.zalo.texts('an')).toEqual([NOTICE])
    expect(await home.lines('an', 'zalo')).toEqual([
      'you: chào',
      `bot: ${NOTICE}`,
      'you: cho mình',
      'you: gọi lại cho tôi',
    ])
    expect(await tasksOf(home)).toEqual(['failed:quota', 'failed:quota', 'failed:quota'])
    expect(sentOf(home)).toBe(FREE + 1)
  })

  test('still carry an emergency card from the reserve', async () => {
    const home = openApp()
    await used(home, 29)
    await home.say('an', 'tôi muốn chết', zalo)
    await home.settle()
    expect(home.zalo.texts('an')).toEqual(['Gọi 115 ngay. 113, 114, 111.'])
    expect(await tasksOf(home)).toEqual([])
  })

  test('tell each person, and each again in another month', async () => {
    const home = openApp()
    await used(home, FREE)
    for (const name of ['an', 'bình']) await home.say(name, 'chào', zalo)
    await home.settle()
    expect([home.zalo.texts('an'), home.zalo.texts('bình')]).toEqual([[NOTICE], [NOTICE]])
    home.clock.now += 9 * DAY
    await home.say('an', 'chào', zalo)
    await home.settle()
    home.clock.now += 2 * DAY
    const add = "insert into quota (channel, bot, month, sent) values ('zalo', 'zalo', '2026-12', 25)"
    home.database.database.exec(add)
    await home.say('an', 'cho mình', zalo)
    await home.settle()
    expect(home.zalo.texts('an')).toEqual([NOTICE, NOTICE])
  })

  test('tell again when the notice itself did not go out', async () => {
    const home = openApp()
    await used(home, FREE)
    home.zalo.next = [{ type: 'retry', notBefore: home.clock.now + 1_000, reason: '429' }]
    await home.say('an', 'chào', zalo)
    await home.settle()
    await home.pass(5_000)
    expect(home.zalo.texts('an')).toEqual([NOTICE])
    expect(await tasksOf(home)).toEqual(['failed:quota'])
  })

  test('of one bot do not stop another, nor another channel', async () => {
    const home = openApp()
    await used(home, FREE)
    await home.say('an', 'chào', { channel: 'zalo', bot: 'zalo-2' })
    await home.say('bình', 'chào')
    await home.settle()
    expect(home.zalo.texts('an')[0]).toContain('Chào bạn.')
    expect(home.telegram.texts('bình')[0]).toContain('Chào bạn.')
  })

  test('do not go to a broadcast, which tells nobody', async () => {
    const home = openApp()
    await home.say('an', 'chào', zalo)
    await home.pass(31 * MINUTE)
    await used(home, FREE)
    const before = home.zalo.calls.length
    await home.broadcast('an', 'zalo')
    await home.pass(0)
    expect(home.zalo.calls).toHaveLength(before)
    expect(await tasksOf(home)).toEqual(['failed:quota'])
  })

  test('leave the note of having been told for the month, and not for ever', async () => {
    const home = openApp()
    await used(home, FREE)
    await home.say('an', 'chào', zalo)
    await home.settle()
    home.clock.now += 25 * DAY
    await tidy(home.app)
    expect(await allOf(home.database, inbound)).toEqual([])
  })
})

describe('warnings', () => {
  test('come at 80 % of the messages, are logged once a month and name no person', async () => {
    const home = openApp()
    await used(home, 23)
    await home.pass(1_000)
    expect(await quotaWarnings(home.app)).toEqual([])
    await used(home, 24)
    for (let i = 0; i < 3; i++) await home.pass(1_000)
    expect(await quotaWarnings(home.app)).toEqual([{ bot: 'zalo', what: 'messages', used: 24, of: 30 }])
    expect(home.log().match(/"event":"quota"/g)).toHaveLength(1)
  })

  test('come at 80 % of the people', async () => {
    const home = openApp()
    for (let i = 0; i < 40; i++) await home.say(`p${i}`, 'chào', zalo)
    await home.settle()
    expect(await quotaWarnings(home.app)).toContainEqual({ bot: 'zalo', what: 'users', used: 40, of: 50 })
  })
})

describe('entrances', () => {
  test('leave a bot at 45 people for the next one, and come back when people are erased', async () => {
    const home = openApp()
    const bots = ['zalo', 'zalo-2']
    for (let i = 0; i < 44; i++) await home.say(`p${i}`, 'chào', zalo)
    expect(await openBots(home.app, bots)).toEqual(bots)
    await home.say('p44', 'chào', zalo)
    expect(await openBots(home.app, bots)).toEqual(['zalo-2'])
    await home.settle()
    await home.say('p44', 'xoá', zalo)
    await home.say('p44', 'có', zalo)
    await home.settle()
    await home.pass(1_000)
    await home.pass(1_000)
    expect(await openBots(home.app, bots)).toEqual(bots)
  })
})
