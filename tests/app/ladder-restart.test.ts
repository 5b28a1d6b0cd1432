import { describe, expect, test } from 'vitest'
import { tick } from '../../src/app/tick.ts'
import type { Ladder } from '../../src/engine/book.ts'
import { load } from '../../src/store/load.ts'
import { staffCall } from '../../src/store/schema.ts'
import { allOf } from '../store/turns.ts'
import { MINUTE } from './small-app.ts'
import { memberOf, openPhones, type Phones } from './staff-phones.ts'

const LADDER: Ladder = {
  clock: 'always',
  steps: [
    { call: 'on_duty', after: 0 },
    { call: 'point', after: 2 },
    { call: 'lead', after: 5 },
    { call: 'person', after: 10 },
  ],
  again: null,
}

function house(): Phones {
  const home = openPhones(['lan', 'mai'])
  home.members[1] = memberOf('mai', { duty: { shifts: [] } })
  home.members.push(memberOf('hoa', { roles: ['lead'], duty: { shifts: [] } }))
  return climbing(home)
}

function climbing(home: Phones): Phones {
  home.book.now = { ...home.book.now, ladders: { emergency: LADDER, urgent: LADDER, routine: LADDER } }
  return home
}

const calls = async (home: Phones) =>
  (await allOf(home.database, staffCall)).map(({ step, staff }) => `${step} ${staff}`).toSorted()
const EACH = ['0 lan', '1 hoa', '1 lan', '1 mai', '2 hoa']
const told = (home: Phones) => home.telegram.texts('an').filter((text) => text.includes('Chưa ai nhận')).length

describe('a ladder', () => {
  test('calls each rung once though the process dies on every one of them and two tick at once', async () => {
    let home = house()
    home.book.now = {
      ...home.book.now,
      words: (
        (words) => (key: string, locale: never) =>
          key === 'he-thong.chua-ai-nhan' ? ['Chưa ai nhận'] : words(key, locale)
      )(home.book.now.words) as never,
    }
    await home.say('an', 'gặp người')
    for (let minute = 0; minute < 12; minute++) {
      home.clock.now += MINUTE
      const next = climbing(home.again())
      await Promise.all([tick(next.app), tick(home.app), tick(next.app)])
      await next.settle()
      await home.settle()
      home = next
    }
    expect(await calls(home)).toEqual(EACH)
    expect(told(home)).toBe(1)
  })

  test('calls each rung once when the clock jumps ahead over all of them, and back again', async () => {
    const home = house()
    await home.say('an', 'gặp người')
    await home.pass(3 * 60 * MINUTE)
    home.clock.now -= 2 * 60 * MINUTE
    for (let i = 0; i < 3; i++) await home.pass(MINUTE)
    expect(await calls(home)).toEqual(EACH)
  })
})

describe('somebody who writes at two in the morning to a counsellor who went home at four', () => {
  const TAKEN = Date.UTC(2026, 10, 23, 9, 0)
  const NIGHT = Date.UTC(2026, 10, 23, 19, 0)

  /** Lan answered at 16:00, her shift ended at 17:00, and nobody is there at night. */
  async function asleep(): Promise<Phones> {
    const home = house()
    home.clock.now = TAKEN
    const shifts = [{ weekday: 1, from: 7 * 60, to: 17 * 60 }]
    home.members[0] = memberOf('lan', { duty: { shifts } })
    home.members[1] = memberOf('mai')
    await home.link('mai')
    await home.say('an', 'gặp người')
    await home.staff('an', { type: 'reply', text: 'Chị đây.' })
    await home.settle()
    home.clock.now = NIGHT
    return home
  }
  const holder = async (home: Phones) => (await load(home.app.store, home.contact('an'))).conversation.ticket?.heldBy

  test('is told within minutes, and others are called', async () => {
    const home = await asleep()
    await home.say('an', 'chị ơi còn đó không')
    for (let minute = 0; minute < 10; minute++) await home.pass(MINUTE)
    expect(home.telegram.texts('an').at(-1)).toContain('Cán bộ chưa trả lời kịp.')
    expect(await holder(home)).toBe(null)
    expect(home.telegram.texts('mai').at(-1)).toMatch(/Có 1 cuộc cần hỗ trợ/)
  })

  test('gets the card at once when a life is in danger, and every phone rings', async () => {
    const home = await asleep()
    await home.say('an', 'tôi muốn chết')
    await home.settle()
    expect(home.telegram.texts('an').at(-1)).toMatch(/115/)
    expect(home.telegram.texts('mai').at(-1)).toMatch(/cuộc/)
  })
})
