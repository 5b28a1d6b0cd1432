import { describe, expect, test } from 'vitest'
import { releaseLeases, tick } from '../../src/app/tick.ts'
import { conversation, event, task, timer } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { allOf } from '../store/turns.ts'
import { MINUTE, openApp, type SmallApp } from './small-app.ts'

const LATE = 'Cán bộ chưa trả lời kịp.'

/** A counsellor took the ticket, and the person wrote again. */
async function waiting(names: readonly string[] = ['an']): Promise<SmallApp> {
  const home = openApp()
  for (const name of names) {
    await home.say(name, 'gặp người')
    await home.staff(name, { type: 'take' })
    await home.say(name, 'chị ơi')
  }
  await home.settle()
  return home
}

const timesTold = (home: SmallApp, name = 'an') =>
  home.telegram.texts(name).filter((text) => text.includes(LATE)).length

describe('a wait for a counsellor', () => {
  test('ends after ten minutes: the person is told once, and the ticket is free again', async () => {
    const home = await waiting()
    await home.pass(10 * MINUTE - 1)
    expect(timesTold(home)).toBe(0)
    await home.pass(1)
    expect(timesTold(home)).toBe(1)
    expect(await openTickets(home.app.store)).toMatchObject([{ heldBy: null }])
    await home.pass(10 * MINUTE)
    expect(timesTold(home)).toBe(1)
  })

  test('does not end twice when two ticks overlap, or a second process ticks too', async () => {
    const home = await waiting()
    const second = home.restart()
    home.clock.now += 10 * MINUTE
    await Promise.all([tick(home.app), tick(home.app), tick(second.app)])
    await home.settle()
    await second.settle()
    expect(timesTold(home)).toBe(1)
    expect((await allOf(home.database, timer)).filter(({ kind }) => kind === 'unanswered')).toEqual([])
  })

  test('does not end when a reply came after the tick had looked', async () => {
    const home = await waiting()
    home.clock.now += 10 * MINUTE
    const reply = home.staff('an', { type: 'reply', text: 'Chị đây.' })
    const again = home.say('an', 'dạ')
    await tick(home.app)
    await Promise.all([reply, again])
    await home.settle()
    expect(timesTold(home)).toBe(0)
    expect((await allOf(home.database, event)).some(({ type }) => type === 'timer_fired')).toBe(false)
    expect(await openTickets(home.app.store)).toMatchObject([{ heldBy: 'lan' }])
    await home.pass(10 * MINUTE)
    expect(timesTold(home)).toBe(1)
  })

  test('ends for the others when one conversation cannot be written', async () => {
    const home = await waiting(['an', 'bình', 'chi'])
    home.database.database.exec(
      `create trigger broken before update on conversation when new.contact = '${home.contact('an')}' begin select raise(abort, 'broken'); end`,
    )
    await home.pass(10 * MINUTE)
    expect(timesTold(home, 'bình')).toBe(1)
    expect(timesTold(home, 'chi')).toBe(1)
    expect(home.log()).toContain('tick_failed')
  })

  test('is not counted twice for a person who was erased and came back', async () => {
    const home = await waiting()
    await home.pass(10 * MINUTE)
    await home.staff('an', { type: 'close' })
    await home.say('an', 'xoá')
    await home.say('an', 'có')
    await home.settle()
    await home.pass(MINUTE)
    expect(await allOf(home.database, conversation)).toEqual([])
    await home.say('an', 'gặp người')
    await home.staff('an', { type: 'take' })
    await home.say('an', 'chị ơi')
    await home.pass(10 * MINUTE)
    expect(timesTold(home)).toBe(2)
    expect((await allOf(home.database, timer)).filter(({ kind }) => kind === 'unanswered')).toEqual([])
  })
})

describe('leases of a dead process', () => {
  test('are released by two processes with one task and one repeat', async () => {
    const home = await waiting()
    home.telegram.next = ['lost', 'lost']
    await home.staff('an', { type: 'reply', text: 'Chị đây.' })
    await home.say('bình', 'chào')
    await new Promise((resolve) => setTimeout(resolve, 20))
    const [one, two] = [home.restart(), home.restart()]
    await Promise.all([one, two].map((each) => releaseLeases(each.app, Number.MAX_SAFE_INTEGER)))
    await one.pass(0)
    await two.pass(0)
    expect(home.telegram.texts('an').filter((text) => text === 'Chị đây.')).toHaveLength(1)
    expect(home.telegram.texts('bình')).toHaveLength(2)
    expect(await allOf(home.database, task)).toHaveLength(1)
  })

  test('are left alone while they may still be of a live one', async () => {
    const home = openApp()
    home.telegram.next = ['stuck']
    await home.say('an', 'chào')
    await new Promise((resolve) => setTimeout(resolve, 20))
    home.clock.now += 59_000
    await home.restart().pass(0)
    expect(home.telegram.calls).toHaveLength(1)
  })
})
