import { describe, expect, test } from 'vitest'
import { load } from '../../src/store/load.ts'
import { outbox } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { appointment, seat, trace } from '../../src/store/visit-tables.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
/** The house opens on Saturday 21/11/2026 at 10:00; this is the Tuesday after, 09:00. */
const TUESDAY = Date.UTC(2026, 10, 24, 2, 0)
const ASKED = {
  diem: 'mai',
  can_bo: '',
  phut: '30',
  kind: 'individual',
  slot: String(TUESDAY),
  remind: 'yes',
  style: 'kin',
  hours: 'ca-ngay',
}

function openHouse(): DeskHouse {
  const house = openDeskHouse()
  house.home.book.now = book
  const { app, telegram } = house.home
  app.channels = new Map([...app.channels, ['telegram', telegram]])
  return house
}

/** Somebody writes and waits for a human; how an address of the desk names their ticket. */
async function waiting(house: DeskHouse, handle: string): Promise<string> {
  await house.home.say(handle, 'gặp người', { channel: 'telegram' })
  await house.settle()
  const open = await openTickets(house.home.app.store)
  const contact = house.home.contact(handle, 'telegram')
  return `/desk/lich/moi?cuoc=${open.find((one) => one.contact === contact)!.id}`
}

const visits = (house: DeskHouse) => allOf(house.home.app.store, appointment)
const first = async (house: DeskHouse) => (await visits(house))[0]!
const stateOf = async (house: DeskHouse) => (await visits(house)).map(({ state }) => state)

describe('booking at the desk', () => {
  test('offers the free times of the point, makes the appointment once, and gives its time to nobody else', async () => {
    const house = openHouse()
    const form = await waiting(house, '1')
    const offered = await house.as('lan').read(`${form}&tuan=2026-11-23`)
    expect(offered.text).toContain(`value="${TUESDAY}"`)
    for (const id of ['a', 'a']) {
      const answer = await house.as('lan').send(form, { ...ASKED, id })
      expect(answer.headers.get('Location')).toContain('xong=dat')
    }
    expect(await stateOf(house)).toEqual(['booked'])
    const other = await waiting(house, '2')
    expect((await house.as('hanh').read(`${other}&tuan=2026-11-23`)).text).not.toContain(`value="${TUESDAY}"`)
    const refused = await house.as('hanh').send(other, { ...ASKED, note: 'mang theo sổ' })
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('09:00 thứ Ba 24/11/2026 vừa có người khác')
    expect(refused.text).toContain('mang theo sổ')
    expect(await visits(house)).toHaveLength(1)
  })

  test('of one time by two people at the same moment gives it to one of them', async () => {
    const house = openHouse()
    const forms = [await waiting(house, '1'), await waiting(house, '2'), await waiting(house, '3')]
    const answers = await Promise.all(forms.map((form, i) => house.as(i === 0 ? 'lan' : 'hanh').send(form, ASKED)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409])
    expect(await visits(house)).toHaveLength(1)
    expect(await allOf(house.home.app.store, seat)).toHaveLength(2)
  })

  test.each([
    ['a time that is over', { slot: '', day: '2026-11-20', time: '09:00' }, 'đã qua'],
    ['30 February', { slot: '', day: '2027-02-30', time: '09:00' }, 'không có ngày “2027-02-30”'],
    ['no hour', { slot: '', day: '2026-11-24', time: '9h' }, 'giờ “9h” chưa đúng'],
    ['an uneven minute', { slot: '', day: '2026-11-24', time: '09:10' }, 'từng 15 phút'],
    ['a Sunday', { slot: '', day: '2026-11-29', time: '09:00' }, 'điểm nghỉ'],
    ['a day too far away', { slot: '', day: '2028-01-03', time: '09:00' }, 'xa quá 180 ngày'],
    ['nothing chosen', { slot: '' }, 'chọn một giờ trống'],
    ['no kind', { kind: 'x' }, 'chọn việc hẹn'],
    ['a colleague of elsewhere', { can_bo: 'mo' }, 'không còn ở điểm này'],
    ['too long a name for the reminder', { label: 'x'.repeat(41) }, 'dài quá 40'],
  ])('refuses %s where it was typed, and loses nothing', async (_, wrong, why) => {
    const house = openHouse()
    const form = await waiting(house, '1')
    const answer = await house.as('lan').send(form, { ...ASKED, note: 'mang theo sổ', ...wrong })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(why)
    expect(answer.text).toContain('mang theo sổ')
    expect(await visits(house)).toEqual([])
  })

  test('opens on the next week when no time of this one is left, and on an asked week as asked', async () => {
    const house = openHouse()
    const form = await waiting(house, '1')
    house.home.clock.now = TUESDAY - 2 * DAY - 11 * HOUR // Saturday 22:00
    const slots = async (more: string) =>
      [...(await house.as('lan').read(form + more)).text.matchAll(/name="slot"/g)].length
    expect(await slots('')).toBeGreaterThan(0)
    expect(await slots('&tuan=2026-11-16')).toBe(0)
  })

  test('outside the hours needs a second word', async () => {
    const house = openHouse()
    const form = await waiting(house, '1')
    const sunday = { ...ASKED, slot: '', day: '2026-11-29', time: '09:00', closed: 'yes' }
    expect((await house.as('lan').send(form, sunday)).status).toBe(303)
  })

  test('is for the own point, and the police see none of it', async () => {
    const house = openHouse()
    const form = await waiting(house, '1')
    await house.as('lan').send(form, ASKED)
    const { id } = await first(house)
    expect((await house.as('mo').send(form, ASKED)).status).toBe(403)
    for (const stranger of ['mo', 'ky', 'cong']) {
      expect((await house.as(stranger).read(`/desk/lich/${id}`)).status).toBe(403)
      expect((await house.as(stranger).send(`/desk/lich/${id}/cancel`)).status).toBe(403)
    }
    expect((await house.as('cong').read('/desk/lich')).status).toBe(403)
    expect((await house.as('binh').read(`/desk/lich/${id}`)).status).toBe(200)
    expect(await stateOf(house)).toEqual(['booked'])
  })

  test('notes that somebody wishes to be told of classes and meetings only where they said so', async () => {
    const house = openHouse()
    for (const [handle, fields] of [
      ['1', { news: 'yes' }],
      ['2', { slot: String(TUESDAY + HOUR) }],
    ] as const) {
      await house.as('lan').send(await waiting(house, handle), { ...ASKED, ...fields })
      const { answers } = (await load(house.home.app.store, house.home.contact(handle))).conversation
      expect(answers.news).toEqual(handle === '1' ? { type: 'code', value: 'co' } : undefined)
    }
  })

  test('shows no name, and what was noted is sealed', async () => {
    const house = openHouse()
    const form = await waiting(house, '1')
    await house.as('lan').send(form, { ...ASKED, note: 'mang theo sổ đỏ', place: 'quán cô Tư', label: 'Lịch sửa xe' })
    const { store } = house.home.app
    for (const table of [appointment, outbox, seat])
      expect(JSON.stringify(await allOf(store, table))).not.toMatch(/sổ đỏ|cô Tư|sửa xe/)
    const { id } = await first(house)
    const page = (await house.as('lan').read(`/desk/lich/${id}`)).text
    expect(page).toContain('quán cô Tư')
    expect(page).toContain('mang theo sổ đỏ')
    expect((await house.as('lan').read('/desk/lich?tuan=2026-11-23')).text).not.toMatch(/sổ đỏ|cô Tư|sửa xe/)
    const file = await house.as('lan').read(`/desk/lich/${id}/lich.ics`)
    expect(file.text).toContain('DTSTART:20261124T020000Z')
    expect(file.text).not.toMatch(/tư vấn|cô Tư|Đồng Hành|MẪU/i)
  })
})

describe('moving and cancelling', () => {
  test('gives the old time back, takes the reminders along and tells the person', async () => {
    const house = openHouse()
    const form = await waiting(house, '1')
    await house.as('lan').send(form, ASKED)
    await house.settle()
    const { id } = await first(house)
    const later = String(TUESDAY + HOUR)
    const moved = await house.as('lan').send(`/desk/lich/moi?doi=${id}`, { ...ASKED, slot: later })
    expect(moved.headers.get('Location')).toContain('xong=doi')
    expect((await stateOf(house)).sort()).toEqual(['booked', 'moved'])
    expect((await allOf(house.home.app.store, seat)).map(({ quarter }) => quarter * 15 * 60_000)).toEqual([
      TUESDAY + HOUR,
      TUESDAY + HOUR + 15 * 60_000,
    ])
    await house.home.pass(31 * 60_000)
    const told = house.home.telegram.sent.map(({ text }) => text)
    expect(told.filter((text) => text.includes('10:00 thứ Ba'))).toHaveLength(1)
    // What was queued of the old time has not left, and never does.
    expect(told.some((text) => text.includes('09:00 thứ Ba'))).toBe(false)
    const second = (await visits(house)).find(({ state }) => state === 'booked')!
    expect((await house.as('lan').send(`/desk/lich/${second.id}/cancel`)).status).toBe(303)
    expect(await allOf(house.home.app.store, seat)).toEqual([])
    await house.home.pass(31 * 60_000)
    await house.home.pass(3 * DAY)
    const after = house.home.telegram.sent.map(({ text }) => text)
    expect(after.filter((text) => text.includes('huỷ vì phía mình'))).toHaveLength(1)
    expect(after.some((text) => text.includes('Bận thì đổi giờ'))).toBe(false)
  })
})

describe('who came', () => {
  const marked = async (as: string) => {
    const house = openHouse()
    const form = await waiting(house, '1')
    await house.as('lan').send(form, { ...ASKED, may_visit: 'yes' })
    const { id } = await first(house)
    expect((await house.as('lan').send(`/desk/lich/${id}/mark`, { as })).status).toBe(409)
    house.home.clock.now = TUESDAY + HOUR
    const day = await house.as('lan').read('/desk/lich?ngay=2026-11-24')
    expect(day.text).toContain('Không đến')
    const answer = await house.as('lan').send(`/desk/lich/${id}/mark`, { as, diem: 'mai', ngay: '2026-11-24' })
    expect(answer.headers.get('Location')).toContain('ngay=2026-11-24')
    return { house, id }
  }

  test('is marked with one press on the list of the day, and not before the time', async () => {
    const { house } = await marked('attended')
    expect(await stateOf(house)).toEqual(['attended'])
    expect(await allOf(house.home.app.store, trace)).toEqual([])
  })

  test('and who did not is looked for by a human, with a home visit only where it was agreed to', async () => {
    const { house } = await marked('missed')
    const sent = house.home.telegram.sent.length
    const [row] = await allOf(house.home.app.store, trace)
    expect(row).toMatchObject({ closedAt: null, step: null })
    const today = await house.as('lan').read('/desk')
    expect(today.text).toContain('Tìm hiểu người lỡ hẹn')
    expect((await house.as('mo').read(`/desk/tim/${row!.id}`)).status).toBe(403)
    const page = await house.as('lan').read(`/desk/tim/${row!.id}`)
    expect(page.text).toContain('đã đồng ý cho đến nhà')
    await house.as('lan').send(`/desk/tim/${row!.id}`, { step: 'called', note: 'máy bận', due: '2026-11-25' })
    expect((await allOf(house.home.app.store, trace))[0]).toMatchObject({ step: 'called', closedAt: null })
    await house.as('lan').send(`/desk/tim/${row!.id}`, { step: 'reached', note: '', due: '' })
    expect((await allOf(house.home.app.store, trace))[0]!.closedAt).not.toBeNull()
    expect((await house.as('lan').read('/desk')).text).not.toContain('Tìm hiểu người lỡ hẹn')
    await house.home.pass(5 * DAY)
    const after = house.home.telegram.sent.slice(sent).map(({ text }) => text)
    expect(after.filter((text) => /lịch|hẹn|khi nào tiện/i.test(text))).toEqual([])
  })

  test('is asked about on the day after, and is not known when nobody says', async () => {
    const house = openHouse()
    await house.as('lan').send(await waiting(house, '1'), ASKED)
    house.home.clock.now = TUESDAY + DAY
    expect((await house.as('lan').read('/desk')).text).toContain('1 lịch hẹn ngày 24/11/2026 chưa ghi')
    await house.home.pass(2 * DAY)
    expect(await stateOf(house)).toEqual(['unknown'])
    expect(await allOf(house.home.app.store, trace)).toEqual([])
  })

  test('without agreement no visit at home can be written down', async () => {
    const house = openHouse()
    await house.as('lan').send(await waiting(house, '1'), ASKED)
    const { id } = await first(house)
    house.home.clock.now = TUESDAY + HOUR
    await house.as('lan').send(`/desk/lich/${id}/mark`, { as: 'missed' })
    const [row] = await allOf(house.home.app.store, trace)
    const answer = await house.as('lan').send(`/desk/tim/${row!.id}`, { step: 'visited', note: 'giữ lại', due: '' })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('chưa đồng ý cho đến nhà')
    expect(answer.text).toContain('giữ lại')
  })
})

describe('reminders', () => {
  const reminders = (house: DeskHouse) =>
    house.home.telegram.sent.filter(({ text }) => text.includes('Bận thì đổi giờ')).map(({ text }) => text)

  test('come the day before in daytime and again only without an answer, say nothing to a stranger, and once', async () => {
    const house = openHouse()
    await house.as('lan').send(await waiting(house, '1'), ASKED)
    house.home.clock.now = Date.UTC(2026, 10, 23, 1, 59)
    await house.home.pass(0)
    expect(reminders(house)).toEqual([])
    for (let i = 0; i < 3; i++) await house.home.pass(60_000)
    expect(reminders(house)).toHaveLength(1)
    expect(reminders(house)[0]).not.toMatch(/tư vấn|điểm|nghiện|ma tuý|MẪU/i)
    house.home.clock.now = TUESDAY - 2 * HOUR
    await house.home.pass(0)
    await house.home.pass(0)
    expect(reminders(house)).toHaveLength(2)
  })

  test('are not sent to somebody whom staff muted, and the list of the day says so', async () => {
    const house = openHouse()
    await house.as('lan').send(await waiting(house, '1'), ASKED)
    const { id } = await first(house)
    expect((await house.as('lan').send(`/desk/lich/${id}/mute`, { reason: 'x' })).status).toBe(400)
    await house.as('lan').send(`/desk/lich/${id}/mute`, { reason: 'theo-yeu-cau' })
    house.home.clock.now = Date.UTC(2026, 10, 23, 3, 0)
    await house.home.pass(0)
    expect(reminders(house)).toEqual([])
    expect((await house.as('lan').read('/desk/lich?ngay=2026-11-24')).text).toContain('đã tắt tin tự gửi')
    expect((await house.as('lan').read(`/desk/lich/${id}`)).text).toContain('Người ấy yêu cầu')
  })

  test('after an outage over the day of the visit are not sent late', async () => {
    const house = openHouse()
    await house.as('lan').send(await waiting(house, '1'), ASKED)
    house.home.clock.now = TUESDAY + 30 * 60_000
    await house.home.pass(0)
    expect(reminders(house)).toEqual([])
    expect((await visits(house))[0]!.dropped).toBe('trong-ngay:too_late')
  })
})
