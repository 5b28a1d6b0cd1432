import { describe, expect, test } from 'vitest'
import { type GateFacts, gate } from '../../src/app/gate.ts'
import { EMPTY_CALENDAR } from '../../src/engine/facts.ts'
import { instantOf } from '../../src/engine/hours.ts'
import { DAYTIME } from '../../src/engine/visits/calm.ts'
import { outbox } from '../../src/store/schema.ts'
import { allOf } from '../store/turns.ts'
import { MINUTE, openApp, type SmallApp } from './small-app.ts'

const FREE: GateFacts = {
  switchedOff: false,
  stopped: false,
  reachable: true,
  quietUntil: null,
  ticket: false,
  askedAt: null,
  muted: false,
  window: DAYTIME,
  calendar: EMPTY_CALENDAR,
  mustBeKnown: false,
  expiresAt: null,
  halted: null,
}
const at = (hour: number, minute = 0) => instantOf(2026, 11, 21, hour * 60 + minute)

describe('the gate', () => {
  test.each([
    ['06:59', at(6, 59), { type: 'hold', until: at(7), reason: 'hours' }],
    ['07:00', at(7), { type: 'send' }],
    ['20:59', at(20, 59), { type: 'send' }],
    ['21:00', at(21), { type: 'hold', until: at(31), reason: 'hours' }],
    ['23:59', at(23, 59), { type: 'hold', until: at(31), reason: 'hours' }],
    ['00:00', at(0), { type: 'hold', until: at(7), reason: 'hours' }],
  ])('at %s in Vietnam', (_, now, verdict) => {
    expect(gate(FREE, now)).toEqual(verdict)
  })

  test('opens on New Year’s morning after New Year’s Eve', () => {
    const eve = instantOf(2026, 12, 31, 22 * 60)
    expect(gate(FREE, eve)).toEqual({ type: 'hold', until: instantOf(2027, 1, 1, 7 * 60), reason: 'hours' })
  })

  test('drops what a person who said "dừng" or cannot be reached must not get, at any hour', () => {
    expect(gate({ ...FREE, stopped: true }, at(3))).toEqual({ type: 'drop', reason: 'stopped' })
    expect(gate({ ...FREE, reachable: false }, at(3))).toEqual({ type: 'drop', reason: 'unreachable' })
  })

  test('holds everything while a lead has stopped unprompted sending, and lets it go afterwards', () => {
    expect(gate({ ...FREE, switchedOff: true }, at(9))).toEqual({ type: 'hold', until: at(10), reason: 'switched_off' })
  })

  test('waits while a ticket is open', () => {
    expect(gate({ ...FREE, ticket: true }, at(9))).toMatchObject({ type: 'hold', reason: 'ticket' })
  })

  test('does not steal the answer of a question asked in the last half hour', () => {
    const facts = { ...FREE, askedAt: at(9) }
    expect(gate(facts, at(9, 29))).toEqual({ type: 'hold', until: at(9, 30), reason: 'question' })
    expect(gate(facts, at(9, 30))).toEqual({ type: 'send' })
  })
})

describe('what must be known before a fixed time', () => {
  const reminder = { ...FREE, mustBeKnown: true, expiresAt: at(10, 15) }

  test('goes out in the midst of a talk or a question when it would else be said too late', () => {
    expect(gate({ ...reminder, ticket: true }, at(8))).toEqual({ type: 'send' })
    expect(gate({ ...reminder, askedAt: at(9, 50) }, at(9, 55))).toEqual({ type: 'send' })
    expect(gate({ ...reminder, askedAt: at(8) }, at(8, 10))).toMatchObject({ type: 'hold', reason: 'question' })
  })

  test('is dropped, with the reason, when it could only be said too late', () => {
    expect(gate(reminder, at(10, 15))).toEqual({ type: 'drop', reason: 'too_late' })
    expect(gate({ ...reminder, quietUntil: at(40) }, at(9))).toEqual({ type: 'drop', reason: 'too_late:crisis' })
    expect(gate({ ...reminder, window: { from: 14 * 60, to: 18 * 60 } }, at(9))).toEqual({
      type: 'drop',
      reason: 'too_late:hours',
    })
  })
})

test('the hours a person chose and the days of rest are kept', () => {
  const evening = { ...FREE, window: { from: 18 * 60, to: 21 * 60 } }
  expect(gate(evening, at(9))).toEqual({ type: 'hold', until: at(18), reason: 'hours' })
  const holiday = { holidays: [{ day: '2026-11-21', name: 'Ngày nghỉ' }], swaps: [] }
  expect(gate({ ...FREE, calendar: holiday }, at(9))).toEqual({ type: 'hold', until: at(24 + 7), reason: 'hours' })
})

test('a message to many that staff hold back waits, and one they ended goes nowhere', () => {
  expect(gate({ ...FREE, halted: 'paused' }, at(9))).toMatchObject({ type: 'hold', reason: 'paused' })
  expect(gate({ ...FREE, halted: 'stopped' }, at(9))).toEqual({ type: 'drop', reason: 'broadcast_stopped' })
})

test('nobody is written to who is not to be, for whatever reason staff noted', () => {
  expect(gate({ ...FREE, muted: true }, at(9))).toEqual({ type: 'drop', reason: 'muted' })
})

describe('a broadcast', () => {
  const isOut = (home: SmallApp) => home.telegram.sent.some(({ text }) => text.includes('113'))
  const rowOf = async (home: SmallApp) => (await allOf(home.database, outbox)).find(({ lane }) => lane === 2)!

  /** Somebody whose last question was answered long ago; the broadcast's words are the safe card. */
  async function known(text = 'chào'): Promise<SmallApp> {
    const home = openApp()
    await home.say('an', text)
    await home.settle()
    home.clock.now += 40 * MINUTE
    home.book.now = { ...home.book.now, words: (key) => (key === 'chao' ? ['113'] : undefined) }
    return home
  }

  test('goes out when nothing stands against it', async () => {
    const home = await known()
    await home.broadcast('an')
    await home.pass(0)
    expect(isOut(home)).toBe(true)
  })

  test('queued at night goes out in the morning, and its waiting was no attempt', async () => {
    const home = await known()
    home.clock.now = at(22)
    await home.broadcast('an')
    await home.pass(0)
    expect(isOut(home)).toBe(false)
    expect(await rowOf(home)).toMatchObject({ state: 'queued', dueAt: at(31), attempts: 0, reason: 'hours' })
    await home.pass(9 * 60 * MINUTE)
    expect(isOut(home)).toBe(true)
  })

  test('waits for an open ticket to close', async () => {
    const home = openApp()
    await home.say('an', 'gặp người')
    await home.settle()
    await home.broadcast('an')
    await home.pass(0)
    expect((await rowOf(home)).state).toBe('queued')
    await home.staff('an', { type: 'close' })
    await home.pass(61 * MINUTE)
    expect((await rowOf(home)).state).toBe('sent')
  })

  test('waits for a question to be half an hour old, also when something else happened since', async () => {
    const home = openApp()
    await home.say('an', 'chào')
    await home.settle()
    home.clock.now += 10 * MINUTE
    await home.say('an', '', { event: { type: 'reach', reachable: true } })
    await home.broadcast('an')
    await home.pass(0)
    expect(await rowOf(home)).toMatchObject({ state: 'queued', reason: 'question' })
    await home.pass(21 * MINUTE)
    expect((await rowOf(home)).state).toBe('sent')
  })

  test('is dropped for somebody who said "dừng" after it was queued, and opens no task', async () => {
    const home = openApp()
    await home.say('an', 'chào')
    await home.settle()
    home.clock.now = at(22)
    await home.broadcast('an')
    await home.say('an', 'dừng')
    await home.pass(0)
    expect(await rowOf(home)).toMatchObject({ state: 'dropped', reason: 'stopped' })
  })
})

test('for three days after an emergency nothing unprompted leaves, and then it does', () => {
  const quietUntil = at(9) + 60_000
  expect(gate({ ...FREE, quietUntil }, at(9))).toEqual({ type: 'hold', until: quietUntil, reason: 'crisis' })
  expect(gate({ ...FREE, quietUntil }, quietUntil)).toEqual({ type: 'send' })
})
