import { describe, expect, test } from 'vitest'
import { tidy } from '../../src/app/tick.ts'
import { trainingClass, trainingSeat } from '../../src/store/outreach-tables.ts'
import { outbox } from '../../src/store/schema.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const HOUR = 3_600_000
/** Wednesday 25/11/2026, half past one in the afternoon; the house opens on Saturday 21/11 at ten. */
const STARTS = Date.UTC(2026, 10, 25, 6, 30)
const CLASS = {
  title: 'Kỹ năng tư vấn',
  point: '-',
  day: '2026-11-25',
  time: '13:30',
  minutes: '240',
  place: 'Hội trường MẪU',
  capacity: '',
}

function openHouse(): DeskHouse {
  const house = openDeskHouse()
  house.home.book.now = book
  return house
}

async function opened(house: DeskHouse, fields: Record<string, string> = {}): Promise<string> {
  const { headers, text } = await house.as('binh').send('/desk/tap-huan/moi', { ...CLASS, ...fields })
  const location = headers.get('Location')
  if (location === null) throw new Error(text)
  return location.replace(/\?.*/, '')
}

const seats = async (house: DeskHouse) =>
  (await allOf(house.home.app.store, trainingSeat)).map(({ number, staff, state }) => [number, staff, state])

describe('a class for staff', () => {
  test('has numbered seats: nobody has two, nobody one too many, and one given up is taken again', async () => {
    const house = openHouse()
    const path = await opened(house, { capacity: '2' })
    expect((await house.as('lan').send(`${path}/ghi-ten`)).status).toBe(303)
    expect((await house.as('lan').send(`${path}/ghi-ten`)).status).toBe(303)
    await house.as('chu').send(`${path}/ghi-ten`)
    const late = await house.as('mo').send(`${path}/ghi-ten`)
    expect([late.status, late.text.includes('đã đủ chỗ')]).toEqual([409, true])
    expect(await seats(house)).toEqual([
      [1, 'lan', 'signed'],
      [2, 'chu', 'signed'],
    ])
    await house.as('lan').send(`${path}/bo-ten`)
    expect((await house.as('mo').send(`${path}/ghi-ten`)).status).toBe(303)
    expect((await seats(house)).map(([number, staff]) => [number, staff]).sort()).toEqual([
      [1, 'mo'],
      [2, 'chu'],
    ])
  })

  test('is on the list of the day before of whoever signed up, and is rung once on their phones', async () => {
    const house = openHouse()
    const path = await opened(house)
    await house.as('lan').send(`${path}/ghi-ten`)
    expect((await house.as('lan').read('/desk')).text).not.toContain('Kỹ năng tư vấn')
    house.home.clock.now = STARTS - 24 * HOUR
    expect((await house.as('lan').read('/desk')).text).toContain('Kỹ năng tư vấn')
    expect((await house.as('hanh').read('/desk')).text).not.toContain('Kỹ năng tư vấn')
    await tidy(house.home.app)
    await tidy(house.home.app)
    const [row] = await allOf(house.home.app.store, trainingClass)
    expect(row!.remindedAt).toBe(house.home.clock.now)
    expect((await allOf(house.home.app.store, outbox)).filter(({ kind }) => kind === 'staff_alert')).toHaveLength(0)
  })

  test('ends with who came and who got a certificate, which only who came can have', async () => {
    const house = openHouse()
    const path = await opened(house)
    for (const id of ['lan', 'mo']) await house.as(id).send(`${path}/ghi-ten`)
    const marks = { 'p-lan': 'attended', 'cc-lan': 'yes', 'p-mo': 'missed', 'cc-mo': 'yes' }
    expect((await house.as('binh').send(`${path}/diem-danh`, marks)).status).toBe(409)
    house.home.clock.now = STARTS + HOUR
    expect((await house.as('lan').send(`${path}/diem-danh`, marks)).status).toBe(403)
    expect((await house.as('binh').send(`${path}/diem-danh`, marks)).status).toBe(303)
    const rows = await allOf(house.home.app.store, trainingSeat)
    expect(rows.map(({ staff, state, certificate }) => [staff, state, certificate]).sort()).toEqual([
      ['lan', 'attended', true],
      ['mo', 'missed', false],
    ])
    expect((await house.as('lan').send(`${path}/bo-ten`)).status).toBe(303)
    expect(await allOf(house.home.app.store, trainingSeat)).toHaveLength(2)
  })

  test('that is called off takes no more names', async () => {
    const house = openHouse()
    const path = await opened(house)
    expect((await house.as('lan').send(`${path}/huy`)).status).toBe(403)
    expect((await house.as('binh').send(`${path}/huy`)).status).toBe(303)
    expect((await house.as('lan').send(`${path}/ghi-ten`)).status).toBe(409)
  })

  test.each([
    ['a day that is over', { day: '2026-11-20' }, 'đã qua'],
    ['30 February', { day: '2027-02-30' }, 'không có ngày'],
    ['no name', { title: '' }, 'tên lớp'],
    ['seats that are no number', { capacity: 'x' }, 'số chỗ'],
  ])('refuses %s where it was typed, and loses nothing', async (_, wrong, why) => {
    const house = openHouse()
    const { status, text } = await house.as('binh').send('/desk/tap-huan/moi', { ...CLASS, ...wrong })
    expect([status, text.includes(why), text.includes('Hội trường MẪU')]).toEqual([400, true, true])
    expect(await allOf(house.home.app.store, trainingClass)).toEqual([])
  })
})
