import { describe, expect, test } from 'vitest'
import { tidy } from '../../src/app/tick.ts'
import { load } from '../../src/store/load.ts'
import { timer } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** The house opens on Saturday 21/11/2026 at ten. */
const HOME = { stage: 'sau-cai', ve: '2026-11-20', 'het-han': '', agreed: 'yes' }

async function openHouse(): Promise<{ house: DeskHouse; form: string }> {
  const house = openDeskHouse()
  house.home.book.now = book
  const { app, telegram } = house.home
  app.channels = new Map([...app.channels, ['telegram', telegram]])
  await house.home.say('1', 'chào')
  await house.home.say('1', 'gặp người')
  await house.settle()
  const [ticket] = await openTickets(app.store)
  return { house, form: `/desk/moc?cuoc=${ticket!.id}` }
}

/** Half an hour at a time around a moment, so that what is held for a talk or a question may leave. */
async function until(house: DeskHouse, at: number): Promise<void> {
  await house.settle()
  house.home.clock.now = at
  for (let i = 0; i < 4; i++) await house.home.pass(HOUR / 2)
}

const close = (house: DeskHouse, form: string) =>
  house.as('lan').send(`${form.replace('/desk/moc?cuoc=', '/desk/tickets/')}/close`, { outcome: 'helped' })

const heard = (house: DeskHouse) => house.home.telegram.texts('1')
const milestones = async (house: DeskHouse) =>
  (await allOf(house.home.app.store, timer)).filter(({ kind }) => kind === 'milestone')

describe('a word at a day of somebody’s own', () => {
  test('comes 7 and 30 days after they came home, in the daytime, once, and says nothing to a stranger', async () => {
    const { house, form } = await openHouse()
    expect((await house.as('lan').send(form, HOME)).status).toBe(303)
    await close(house, form)
    await house.settle()
    const before = heard(house).length
    await until(house, Date.UTC(2026, 10, 27, 2, 35))
    expect(heard(house).slice(before)).toHaveLength(1)
    expect(heard(house).at(-1)).toContain('Một tuần qua')
    expect(heard(house).at(-1)).not.toMatch(/cai|về nhà|nghiện|tư vấn/)
    await until(house, Date.UTC(2026, 11, 20, 3, 0))
    expect(heard(house).slice(before)).toHaveLength(2)
    expect(await milestones(house)).toEqual([])
  })

  test('is not sent to who said "dừng", and goes when the day is taken back', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, HOME)
    expect(await milestones(house)).toHaveLength(2)
    await house.as('lan').send(form, { ...HOME, ve: '', agreed: '' })
    expect(await milestones(house)).toEqual([])
    await house.as('lan').send(form, HOME)
    await house.home.say('1', 'dừng nhận tin')
    const before = heard(house).length
    await until(house, Date.UTC(2026, 10, 27, 3, 0))
    expect(
      heard(house)
        .slice(before)
        .filter((text) => text.includes('Một tuần')),
    ).toEqual([])
  })

  test('comes the day before a paper is to be presented, and never when it is too late', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...HOME, ve: '', giay: '2026-11-25' })
    await close(house, form)
    await until(house, Date.UTC(2026, 10, 24, 2, 5))
    expect(heard(house).at(-1)).toContain('ngày cuối')
    expect(heard(house).at(-1)).not.toMatch(/giấy|cai|công an|cơ sở/)
    await house.home.staff('1', { type: 'set_milestones', stage: null, days: { giay: '2026-11-30' } })
    expect(await milestones(house)).toHaveLength(1)
    const before = heard(house).length
    // A service that stood still over both days says nothing of it.
    await until(house, Date.UTC(2026, 11, 1, 3, 0))
    expect(heard(house)).toHaveLength(before)
    expect(await milestones(house)).toEqual([])
  })

  test('is kept though nothing is written for longer than texts are kept', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...HOME, ve: '', 'het-han': '2027-02-20' })
    await close(house, form)
    house.home.clock.now += 31 * DAY
    await tidy(house.home.app)
    const { conversation } = await load(house.home.app.store, house.home.contact('1'))
    expect(conversation.milestones).toEqual({ 'het-han': '2027-02-20' })
    await until(house, Date.UTC(2027, 0, 21, 2, 35))
    expect(heard(house).at(-1)).toContain('khoảng một tháng')
  })

  test.each([
    ['a day without their yes', { agreed: '' }, 'đã đồng ý'],
    ['30 February', { ve: '2027-02-30' }, 'không có ngày'],
    ['a day years away', { ve: '2031-01-01' }, 'xa quá hai năm'],
  ])('refuses %s where it was typed', async (_, wrong, why) => {
    const { house, form } = await openHouse()
    const { status, text } = await house.as('lan').send(form, { ...HOME, ...wrong })
    expect([status, text.includes(why)]).toEqual([400, true])
    expect(await milestones(house)).toEqual([])
  })

  test('is for who may book for this person, and for nobody else', async () => {
    const { house, form } = await openHouse()
    for (const id of ['cong', 'ky', 'chu']) {
      const { status } = await house.as(id).send(form, HOME)
      expect([id, status === 403 || status === 404]).toEqual([id, true])
    }
    expect(await milestones(house)).toEqual([])
  })
})
