import { describe, expect, test } from 'vitest'
import { tick } from '../../src/app/tick.ts'
import type { Booking } from '../../src/engine/visits/appointment.ts'
import { load } from '../../src/store/load.ts'
import { callPlan, outbox, task } from '../../src/store/schema.ts'
import { appointment, seat } from '../../src/store/visit-tables.ts'
import { book, directory } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { DAY, MINUTE, openApp, type SmallApp } from './small-app.ts'

/** The house opens on Saturday 21/11/2026 at 10:00; this is the Thursday after, 09:00 (Tuesday 24/11 is a holiday). */
const VISIT = Date.UTC(2026, 10, 26, 2, 0)
const HOUR = 60 * MINUTE
const EVE = Date.UTC(2026, 10, 25, 2, 1)

const point = {
  ...directory.points[0]!,
  id: 'mai',
  shifts: [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: 7 * 60, to: 17 * 60 })),
  exceptions: [],
}

function openHouse(): SmallApp {
  const home = openApp()
  home.book.now = book
  home.app.directory = () => ({ ...directory, points: [point] })
  return home
}

const bookingAt = (startsAt: number): Booking => ({
  kind: 'individual',
  point: 'mai',
  staff: null,
  startsAt,
  minutes: 30,
  remind: true,
  mayVisit: false,
})

async function bookFor(home: SmallApp, handle: string, startsAt: number, moves?: string): Promise<string> {
  const action = { type: 'book_visit' as const, booking: bookingAt(startsAt), place: '', note: '', settings: null }
  await home.staff(handle, moves === undefined ? action : { ...action, moves })
  const rows = await allOf(home.app.store, appointment)
  return rows.find((row) => row.startsAt === startsAt && row.contact === home.contact(handle) && row.endedAt === null)!
    .id
}

/** Somebody who wrote and has an appointment on Thursday, whose reminder came on Wednesday morning. */
async function reminded(
  home: SmallApp,
  handle = '1',
  startsAt = VISIT,
): Promise<{ id: string; press(reply: string): Promise<void> }> {
  await home.say(handle, 'chào')
  const id = await bookFor(home, handle, startsAt)
  home.clock.now = EVE
  await home.pass(MINUTE)
  const seq = (await load(home.app.store, home.contact(handle))).conversation.appointments!.find(
    (one) => one.id === id,
  )!.asked!.seq
  return {
    id,
    async press(reply) {
      await home.say(handle, '', { event: { type: 'message', text: '', choice: `${seq}.${reply}` } })
      await home.settle()
    },
  }
}

const states = async (home: SmallApp) => (await allOf(home.app.store, appointment)).map(({ state }) => state).sort()
const last = (home: SmallApp, handle = '1') => home.telegram.texts(handle).at(-1)!

describe('a button under a reminder', () => {
  test('confirms, however late it is pressed, and the second reminder of that day stays away', async () => {
    const home = openHouse()
    const { press } = await reminded(home)
    await press('se-den')
    expect(await states(home)).toEqual(['confirmed'])
    expect(last(home)).toContain('bạn sẽ đến lúc')
    home.clock.now = VISIT - 2 * HOUR
    const before = home.telegram.sent.length
    await home.pass(MINUTE)
    expect(home.telegram.sent).toHaveLength(before)
  })

  test('of an appointment that was moved says so and leaves the new one as it is', async () => {
    const home = openHouse()
    const { id, press } = await reminded(home)
    await bookFor(home, '1', VISIT + DAY, id)
    await press('se-den')
    expect(last(home)).toContain('đã được đổi rồi')
    expect(await states(home)).toEqual(['booked', 'moved'])
  })

  test('of an appointment that was cancelled says so', async () => {
    const home = openHouse()
    const { id, press } = await reminded(home)
    await home.staff('1', { type: 'cancel_visit', visit: id })
    await press('doi')
    expect(last(home)).toContain('đã huỷ rồi')
    expect(await states(home)).toEqual(['cancelled'])
  })

  test('of an appointment that is over blames nobody and offers another time', async () => {
    const home = openHouse()
    const { press } = await reminded(home)
    home.clock.now = VISIT + HOUR
    await press('se-den')
    expect(last(home)).toContain('không sao cả')
    expect(await states(home)).toEqual(['booked'])
  })

  test('means its own appointment where two are open', async () => {
    const home = openHouse()
    const one = await reminded(home)
    await bookFor(home, '1', VISIT + 2 * HOUR)
    await one.press('se-den')
    const rows = await allOf(home.app.store, appointment)
    expect(rows.map(({ id, state }) => [id === one.id, state]).sort()).toEqual([
      [false, 'booked'],
      [true, 'confirmed'],
    ])
  })
})

test('a reminder that could not leave is not sent beside the next one, or after the appointment has ended', async () => {
  const home = openHouse()
  await home.say('1', 'chào')
  const id = await bookFor(home, '1', VISIT)
  home.telegram.fates.set('1', { type: 'retry', reason: 'busy', notBefore: EVE })
  home.clock.now = EVE
  await home.pass(MINUTE)
  home.telegram.fates.clear()
  home.clock.now = VISIT - 2 * HOUR
  await home.pass(MINUTE)
  await home.pass(HOUR)
  const reminders = home.telegram.texts('1').filter((text) => text.includes('Bận thì đổi giờ'))
  expect(reminders).toHaveLength(1)
  expect(reminders[0]).toContain('hôm nay')
  await home.staff('1', { type: 'cancel_visit', visit: id })
  expect(
    (await allOf(home.app.store, outbox)).filter(({ kind, state }) => kind === 'reminder' && state === 'queued'),
  ).toHaveLength(1)
})

describe('a typed answer', () => {
  test('before the reminder has left answers what was asked, not what nobody has read', async () => {
    const home = openHouse()
    await home.say('1', 'chào')
    await bookFor(home, '1', VISIT)
    // Queued, and held back for the open question.
    expect(
      (await allOf(home.app.store, outbox)).some(({ kind, state }) => kind === 'reminder' && state === 'queued'),
    ).toBe(true)
    await home.say('1', '1')
    expect(await states(home)).toEqual(['booked'])
  })

  test('with a new day in it moves the appointment, and its old time is free again', async () => {
    const home = openHouse()
    await reminded(home)
    await home.say('1', 'bận rồi, thứ 6 9h được không')
    await home.say('1', 'đúng')
    await home.settle()
    expect(await states(home)).toEqual(['confirmed', 'moved'])
    const friday = (VISIT + DAY) / (15 * MINUTE)
    expect((await allOf(home.app.store, seat)).map(({ quarter }) => quarter)).toEqual([friday, friday + 1])
  })
})

test('the last free time chosen by two at once is given to one, and the other is offered others', async () => {
  const home = openHouse()
  for (const handle of ['1', '2']) {
    await home.say(handle, 'đặt lịch')
    await home.say(handle, '1')
  }
  await Promise.all(['1', '2'].map((handle) => home.say(handle, 'thứ 5 9h')))
  await Promise.all(['1', '2'].map((handle) => home.say(handle, 'đúng')))
  await home.settle()
  const rows = await allOf(home.app.store, appointment)
  expect(rows.map(({ startsAt }) => startsAt)).toEqual([VISIT])
  const loser = ['1', '2'].find((handle) => home.contact(handle) !== rows[0]!.contact)!
  expect(home.telegram.texts(loser).some((text) => /vừa có người đặt|không còn trống/.test(text))).toBe(true)
  expect(home.telegram.sent.filter(({ handle }) => handle === loser).at(-1)!.part.choices.length).toBeGreaterThan(2)
})

test('somebody without a chat stands on the list of calls on the day their reminder is due', async () => {
  const home = openHouse()
  const { internal } = await import('../../src/app/handle.ts')
  const walkIn = {
    point: 'mai',
    consent: 'v1',
    pronoun: null,
    codes: {},
    words: { phone: '0912345678' },
    note: '',
    callOn: null,
  }
  await internal(home.app, 'khach-1', 'r', { type: 'staff', by: 'lan', action: { type: 'register', walkIn } })
  const action = { type: 'book_visit' as const, booking: bookingAt(VISIT), place: '', note: '', settings: null }
  await internal(home.app, 'khach-1', 'b', { type: 'staff', by: 'lan', action })
  home.clock.now = EVE
  await home.pass(MINUTE)
  expect((await allOf(home.app.store, callPlan)).map(({ callOn }) => callOn)).toEqual(['2026-11-25'])
  expect((await allOf(home.app.store, outbox)).filter(({ kind }) => kind === 'reminder')).toEqual([])
})

test('somebody on the web, whom nothing can call back, sees it on return, and a human is told', async () => {
  const home = openHouse()
  const visitor = 'A'.repeat(43)
  await home.room.post(visitor, { id: '1', text: 'chào' })
  const { internal } = await import('../../src/app/handle.ts')
  const action = { type: 'book_visit' as const, booking: bookingAt(VISIT), place: '', note: '', settings: null }
  await internal(home.app, home.contact(visitor, 'webchat'), 'b', { type: 'staff', by: 'lan', action })
  home.clock.now = EVE
  await home.pass(MINUTE)
  expect((await allOf(home.app.store, task)).map(({ reason }) => reason)).toEqual(['reminder_cannot_push'])
  expect((await home.room.lines(visitor, null)).at(-1)!.text).toContain('09:00 thứ Năm 26/11/2026')
  expect(await home.room.visits(visitor)).toMatchObject([{ startsAt: VISIT, minutes: 30 }])
})

test('who said "dừng" or erased everything is reminded of nothing, and an erased time is free', async () => {
  for (const said of [['dừng'], ['xoá', 'có']]) {
    const home = openHouse()
    await home.say('1', 'chào')
    await bookFor(home, '1', VISIT)
    for (const text of said) await home.say('1', text)
    home.clock.now = EVE
    await home.pass(MINUTE)
    await tick(home.app)
    await home.settle()
    expect(home.telegram.texts('1').some((text) => text.includes('Bận thì đổi giờ'))).toBe(false)
    expect((await allOf(home.app.store, seat)).length).toBe(said.length === 1 ? 2 : 0)
  }
})
