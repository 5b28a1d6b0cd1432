import { describe, expect, test } from 'vitest'
import type { ServicePlace } from '../../src/engine/referrals/service.ts'
import { load } from '../../src/store/load.ts'
import { checkIn, referral } from '../../src/store/referral-tables.ts'
import { audit } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { trace } from '../../src/store/visit-tables.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const place = (id: string, more: Partial<ServicePlace> = {}): ServicePlace => ({
  id,
  name: `MẪU – Nơi ${id}`,
  kinds: ['arv', 'methadone'],
  address: 'Số 1 đường MẪU',
  phone: null,
  communes: [],
  point: 'mai',
  shifts: [{ weekday: 1, from: 7 * 60, to: 11 * 60 }],
  licence: null,
  checkedOn: '2026-11-20',
  sample: true,
  ...more,
})
const SERVICES = [place('noi'), place('chua-gio', { shifts: [], kinds: ['job'] })]

async function openHouse(): Promise<{ house: DeskHouse; ticket: string; form: string }> {
  const house = openDeskHouse()
  house.home.book.now = book
  const { app, telegram } = house.home
  const known = app.directory()
  app.directory = () => ({ ...known, services: SERVICES })
  app.channels = new Map([...app.channels, ['telegram', telegram]])
  await house.home.say('1', 'chào')
  await house.home.say('1', 'gặp người')
  await house.settle()
  const [ticket] = await openTickets(app.store)
  return { house, ticket: ticket!.id, form: `/desk/gioi-thieu/moi?cuoc=${ticket!.id}` }
}

const ASK = { place: 'noi|arv', passes: 'code', said: 'hoi' }
const heard = (house: DeskHouse) => house.home.telegram.texts('1')
const rows = (house: DeskHouse) => allOf(house.home.app.store, referral)
const contactOf = async (house: DeskHouse) => (await load(house.home.app.store, house.home.contact('1'))).conversation
const close = (house: DeskHouse, ticket: string) =>
  house.as('lan').send(`/desk/tickets/${ticket}/close`, { outcome: 'helped' })

/** Half an hour at a time around a moment, so that what is held for a talk or a question may leave. */
async function until(house: DeskHouse, at: number): Promise<void> {
  await house.settle()
  house.home.clock.now = at
  for (let i = 0; i < 4; i++) await house.home.pass(HOUR / 2)
}

describe('an introduction at the desk', () => {
  test('asks the person in words that tell a stranger nothing, and makes nothing before they answer', async () => {
    const { house, ticket, form } = await openHouse()
    expect((await house.as('lan').read(`/desk/tickets/${ticket}`)).text).toContain('Giới thiệu đến nơi khác')
    expect((await house.as('lan').send(form, ASK)).status).toBe(303)
    await close(house, ticket)
    await until(house, house.home.clock.now + 2 * HOUR)
    const asked = heard(house).find((text) => text.includes('xem giới thiệu'))!
    expect(asked).not.toMatch(/ARV|Nơi noi|điều trị/)
    const [row] = await rows(house)
    expect(row).toMatchObject({ state: 'offered', consent: null })
    const page = await house.as('lan').read(`/desk/gioi-thieu/${row!.id}`)
    expect(page.text).toContain('người ấy chưa nói đồng ý')
    expect((await house.as('lan').read(`/desk/gioi-thieu/${row!.id}/phieu`)).status).toBe(404)

    await house.home.say('1', 'xem giới thiệu')
    await house.home.say('1', 'đồng ý')
    await house.settle()
    expect(heard(house).at(-1)).toContain(row!.code)
    expect((await rows(house))[0]).toMatchObject({ state: 'made' })
  })

  test('prints a slip with a code, a place and hours, and not a word of why', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...ASK, said: 'co' })
    const [row] = await rows(house)
    const { text, status } = await house.as('lan').read(`/desk/gioi-thieu/${row!.id}/phieu`)
    expect(status).toBe(200)
    expect(text).toContain('Giới thiệu đến: MẪU – Nơi noi')
    expect(text).toContain(row!.code)
    expect(text).toContain('07:00–11:00')
    expect(text).not.toMatch(/ARV|HIV|Methadone|nghiện|xét nghiệm|điều trị|cai/i)
  })

  test('says of a place without hours that nobody has confirmed them', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { place: 'chua-gio|job', passes: 'code', said: 'co' })
    const [row] = await rows(house)
    const { text } = await house.as('lan').read(`/desk/gioi-thieu/${row!.id}/phieu`)
    expect(text).toContain('Chưa có giờ xác nhận')
  })

  test('shows what may be passed on, exactly, and notes who looked', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...ASK, said: 'co' })
    const [row] = await rows(house)
    const { text } = await house.as('hanh').read(`/desk/gioi-thieu/${row!.id}`)
    expect(text).toContain('Mã giới thiệu')
    expect(text).not.toContain('Số điện thoại')
    const seen = (await allOf(house.home.app.store, audit)).filter(({ action }) => action === 'referral.read')
    expect(seen.length).toBeGreaterThan(0)
  })

  test('goes step by step with sealed notes, and a step that makes no sense is refused', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...ASK, said: 'co' })
    const [row] = await rows(house)
    const path = `/desk/gioi-thieu/${row!.id}`
    expect((await house.as('lan').send(`${path}/buoc`, { to: 'accepted', note: 'chị Hoa nhận' })).status).toBe(303)
    expect((await house.as('lan').send(`${path}/buoc`, { to: 'made' })).status).toBe(400)
    expect((await house.as('lan').read(path)).text).toContain('chị Hoa nhận')
    expect(JSON.stringify(await rows(house))).not.toContain('chị Hoa')
    expect((await house.as('lan').send(`${path}/buoc`, { to: 'attended' })).status).toBe(303)
    const list = await house.as('lan').read('/desk/gioi-thieu')
    expect(list.text).toContain('đã đến')
    expect((await contactOf(house)).referrals).toEqual([])
  })

  test.each([
    ['no place', { place: '' }, 'chọn nơi'],
    ['nothing to pass on', { passes: '' }, 'ít nhất một điều'],
    ['no answer', { said: '' }, 'đồng ý hay chưa hỏi'],
  ])('is refused with %s, where it was typed', async (_, wrong, why) => {
    const { house, form } = await openHouse()
    const { status, text } = await house.as('lan').send(form, { ...ASK, ...wrong })
    expect([status, text.includes(why)]).toEqual([400, true])
    expect(await rows(house)).toEqual([])
  })

  test('is not for another point, nor for staff of the police, a technician or the board of a club', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...ASK, said: 'co' })
    const [row] = await rows(house)
    for (const id of ['mo', 'cong', 'ky', 'chu']) {
      // Another point's staff learn nothing, not even that it is there; all others may read none at all.
      const refused = id === 'mo' ? 404 : 403
      for (const one of [row!.id, 'no-such']) {
        const page = await house.as(id).read(`/desk/gioi-thieu/${one}`)
        const slip = await house.as(id).read(`/desk/gioi-thieu/${one}/phieu`)
        const step = await house.as(id).send(`/desk/gioi-thieu/${one}/buoc`, { to: 'attended' })
        expect([id, one, page.status, slip.status, step.status]).toEqual([id, one, refused, refused, refused])
      }
      expect((await house.as(id).read('/desk/gioi-thieu')).text).not.toContain(row!.code)
    }
    expect((await rows(house))[0]).toMatchObject({ state: 'made' })
  })
})

/** Somebody who asked for the weekly question in the morning, with the talk closed. */
async function asksWeekly(): Promise<DeskHouse> {
  const { house, ticket } = await openHouse()
  await close(house, ticket)
  for (const text of ['hỏi thăm mình', 'có', 'buổi sáng']) await house.home.say('1', text)
  await house.settle()
  return house
}
/** Saturday 28/11/2026, a week after the house opened. */
const WEEK = Date.UTC(2026, 10, 28, 2, 30)

describe('the weekly question', () => {
  test('comes once, in the part of the day that was chosen, and “0” leaves nothing for anybody to do', async () => {
    const house = await asksWeekly()
    const before = heard(house).length
    await until(house, WEEK)
    expect(
      heard(house)
        .slice(before)
        .filter((text) => text.includes('thế nào?')),
    ).toHaveLength(1)
    await house.home.say('1', '0')
    await until(house, WEEK + 4 * DAY)
    expect(await allOf(house.home.app.store, checkIn)).toMatchObject([{ state: 'ok' }])
    expect((await house.as('lan').read('/desk')).text).not.toContain('hỏi thăm mỗi tuần')
  })

  test('without an answer is on the list of who walks beside them, never of the police, and is no missed visit', async () => {
    const house = await asksWeekly()
    await until(house, WEEK)
    // Its point is not known: the tier above looks after it.
    await until(house, WEEK + 3 * DAY)
    const [row] = await allOf(house.home.app.store, checkIn)
    expect(row).toMatchObject({ state: 'missed', point: null })
    expect((await house.as('binh').read('/desk')).text).toContain('hỏi thăm mỗi tuần chưa trả lời')
    house.home.database.database.prepare("update check_in set point = 'mai'").run()
    expect((await house.as('lan').read('/desk')).text).toContain('hỏi thăm mỗi tuần chưa trả lời')
    for (const id of ['mo', 'cong']) expect((await house.as(id).read('/desk')).text).not.toContain('hỏi thăm mỗi tuần')
    expect(await allOf(house.home.app.store, trace)).toEqual([])
    for (const id of ['mo', 'cong'])
      expect((await house.as(id).send('/desk/gioi-thieu/hoi-tham', { one: row!.id })).status).toBe(403)
    expect((await house.as('lan').send('/desk/gioi-thieu/hoi-tham', { one: row!.id })).status).toBe(303)
    expect((await house.as('lan').read('/desk')).text).not.toContain('hỏi thăm mỗi tuần')
  })

  test('answered in words is read at the desk, sealed in the database', async () => {
    const house = await asksWeekly()
    await until(house, WEEK)
    await house.home.say('1', 'dạo này ngủ được hơn, còn ăn thì vẫn ít')
    await house.settle()
    house.home.database.database.prepare("update check_in set point = 'mai'").run()
    expect((await house.as('lan').read('/desk/gioi-thieu')).text).toContain('ngủ được hơn')
    expect(JSON.stringify(await allOf(house.home.app.store, checkIn))).not.toContain('ngủ')
  })

  test('is not sent in the days after an emergency', async () => {
    const house = await asksWeekly()
    await until(house, WEEK - DAY)
    await house.home.say('1', 'em không muốn sống nữa')
    const before = heard(house).length
    await until(house, WEEK)
    await until(house, WEEK + DAY)
    expect(
      heard(house)
        .slice(before)
        .filter((text) => text.includes('thế nào?')),
    ).toEqual([])
  })
})

const ENTRY = {
  name: 'Trung tâm y tế',
  kinds: 'hiv_test',
  address: 'Số 2',
  point: 'mai',
  d1: '07:30-11:00',
  checked: '2026-11-20',
}

describe('the list of places', () => {
  test('is written by leads and technicians, read by counsellors, and never says open without hours', async () => {
    const { house } = await openHouse()
    const lead = await house.as('binh').send('/desk/noi-dich-vu/moi', ENTRY)
    expect(lead.status).toBe(303)
    expect((await house.as('ky').send('/desk/noi-dich-vu/moi', { ...ENTRY, name: 'Nơi hai', d1: '' })).status).toBe(303)
    expect((await house.as('lan').send('/desk/noi-dich-vu/moi', ENTRY)).status).toBe(403)
    const { text } = await house.as('lan').read('/desk/noi-dich-vu')
    expect(text).toContain('Trung tâm y tế')
    expect(text).toContain('Chưa có giờ xác nhận')
    expect(text).not.toContain('href="/desk/noi-dich-vu/moi"')
    expect((await house.as('chu').read('/desk/noi-dich-vu')).status).toBe(403)
  })

  test.each([
    ['no service', { kinds: '' }, 'ít nhất một dịch vụ'],
    ['hours that are none', { d1: 'sáng' }, 'chưa phải giờ'],
    ['a licence without its day', { number: '12/GP' }, 'cả số và ngày'],
    ['a day of asking that has not come', { checked: '2026-12-24' }, 'chưa tới'],
  ])('refuses %s where it was typed', async (_, wrong, why) => {
    const { house } = await openHouse()
    const { status, text } = await house.as('binh').send('/desk/noi-dich-vu/moi', { ...ENTRY, ...wrong })
    expect([status, text.includes(why)]).toEqual([400, true])
  })
})
