import { describe, expect, test } from 'vitest'
import type { Club } from '../../src/engine/facts.ts'
import { broadcast, broadcastTarget } from '../../src/store/broadcast-tables.ts'
import { audit, outbox, timer } from '../../src/store/schema.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse, STAFF } from './desk-house.ts'

const HOUR = 3_600_000
const TEXT = 'Chiều thứ Năm 14 giờ có buổi gặp mặt ở nhà văn hoá xã, mời bạn tới.'
const ASKED = { point: '-', text: TEXT, until: '2026-11-28', who: '', communes: '' }

/** People who said that they wish to be told, from one number up. */
async function openHouse(willing: number, clubs: readonly Club[] = []): Promise<DeskHouse> {
  const house = openDeskHouse(clubs)
  house.home.book.now = book
  const { app, telegram } = house.home
  app.channels = new Map([...app.channels, ['telegram', telegram]])
  for (let i = 1; i <= willing; i++) {
    await house.home.say(String(i), 'nhận tin')
    await house.home.say(String(i), 'có')
  }
  await house.settle()
  return house
}

async function written(house: DeskHouse, by = 'binh', fields: Record<string, string> = {}): Promise<string> {
  const { headers, text } = await house.as(by).send('/desk/tin/moi', { ...ASKED, ...fields })
  const location = headers.get('Location')
  if (location === null) throw new Error(text)
  return location.replace(/\?.*/, '')
}

const approve = (house: DeskHouse, path: string, by = 'binh') => house.as(by).send(`${path}/approve`, { read: 'yes' })
const told = (house: DeskHouse) => house.home.telegram.sent.filter(({ text }) => text.includes('nhà văn hoá xã'))
/** Until everything of it has been decided and sent; half an hour passes so that no fresh question holds it. */
async function run(house: DeskHouse): Promise<void> {
  for (let i = 0; i < 4; i++) await house.home.pass(HOUR / 2)
}

describe('to whom it goes', () => {
  test('is shown before, with the number and why each other is left out, and holds when it is sent', async () => {
    const house = await openHouse(3)
    await house.home.say('4', 'chào')
    await house.home.say('5', 'nhận tin')
    await house.home.say('5', 'không')
    await house.home.say('3', 'dừng nhận tin')
    await house.home.staff('2', { type: 'mute', reason: 'theo-yeu-cau' })
    await house.settle()
    const path = await written(house)
    const { text } = await house.as('binh').read(path)
    expect(text).toContain('Gửi tới 1 người')
    expect(text).toContain('2 người: chưa đồng ý nhận tin báo')
    expect(text).toContain('1 người: đã nhắn “dừng”')
    expect(text).toContain('1 người: cán bộ đã tắt tin tự gửi')
    await approve(house, path)
    await run(house)
    expect(told(house).map(({ handle }) => handle)).toEqual(['1'])
    expect((await house.as('binh').read(path)).text).toContain('1 đã gửi')
  })

  test('is asked again at the moment: who said "dừng" after the approval gets nothing', async () => {
    const house = await openHouse(2)
    const path = await written(house)
    await approve(house, path)
    await house.home.say('1', 'dừng nhận tin')
    await run(house)
    expect(told(house).map(({ handle }) => handle)).toEqual(['2'])
  })

  test('may be the members of a club, or who asked for a language; a club of elsewhere aims at nobody', async () => {
    const club = { id: 'clb', name: 'MẪU', commune: 'x', about: '', point: 'mai', sample: true }
    const house = await openHouse(3, [club, { ...club, id: 'khac', point: 'dao' }])
    await house.home.staff('1', { type: 'club_join', club: 'clb', group: 'young', name: 'Hải', followUp: false })
    const path = await written(house, 'binh', { clubs: 'clb' })
    const { text } = await house.as('binh').read(path)
    expect(text).toContain('Gửi tới 1 người')
    await approve(house, path)
    await run(house)
    expect(told(house).map(({ handle }) => handle)).toEqual(['1'])
    const none = await house.as('binh').send('/desk/tin/moi', { ...ASKED, languages: 'mong' })
    expect([none.status, none.text.includes('Không có ai hợp')]).toEqual([400, true])
    const elsewhere = await house.as('lan').send('/desk/tin/moi', { ...ASKED, point: 'mai', clubs: 'khac' })
    expect(elsewhere.text).not.toContain('khac')
  })

  test('a text of the calendar brings its days, and what is left blank in it is asked for', async () => {
    const house = await openHouse(1)
    expect((await house.as('binh').read('/desk/tin')).text).toContain('01/06/2027 – 30/06/2027')
    const { text } = await house.as('binh').read('/desk/tin/moi?mau=thang-hanh-dong')
    expect(text).toContain('Tháng 6 này')
    expect(text).toContain('value="2027-06-30"')
    const blank = await house.as('binh').send('/desk/tin/moi', { ...ASKED, text: 'Mời bạn tới [chỗ] chiều thứ Năm.' })
    expect([blank.status, blank.text.includes('bạn điền “chỗ”')]).toEqual([400, true])
  })

  test.each([
    ['nobody', { communes: 'xã không có thật' }, 'không có xã'],
    ['people of whom none agreed', {}, 'Không gửi được tới ai'],
    ['words that tell what it is about', { text: 'Mời bạn tới điểm tư vấn cai nghiện lúc 14 giờ.' }, 'làm lộ chuyện'],
    ['a last day that is over', { until: '2026-11-20' }, 'phải sau lúc bắt đầu gửi'],
    ['no last day', { until: '' }, 'ngày cuối cùng mà tin còn có ích'],
    ['30 February', { day: '2027-02-30' }, 'không có ngày “2027-02-30”'],
    ['a time that is over', { day: '2026-11-20', time: '08:00' }, 'đã qua'],
  ])('refuses %s where it was typed, and loses nothing', async (_, wrong, why) => {
    const house = await openHouse(0)
    await house.home.say('1', 'chào')
    const answer = await house.as('binh').send('/desk/tin/moi', { ...ASKED, ...wrong })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(why)
    expect(answer.text).toContain(('text' in wrong ? wrong.text : TEXT).slice(0, 20))
    expect(await allOf(house.home.app.store, broadcast)).toEqual([])
  })
})

describe('approval', () => {
  test('of a message to more than a few needs a second person, who reads it', async () => {
    const house = await openHouse(21)
    const staff = [...STAFF, { ...STAFF[2]!, id: 'dung', shownAs: 'Dung' }]
    const known = house.home.app.directory()
    house.home.app.directory = () => ({ ...known, staff })
    const path = await written(house)
    const refused = await approve(house, path)
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('cần một người khác đọc và duyệt')
    expect(await allOf(house.home.app.store, timer)).toEqual([])
    for (const stranger of ['ky', 'cong', 'mo'])
      expect((await house.as(stranger).send(`${path}/approve`, { read: 'yes' })).status).toBe(403)
    await house.home.app.store.batch([{ sql: "update broadcast set by = 'dung'", params: [] }])
    expect((await house.as('binh').send(`${path}/approve`, {})).status).toBe(400)
    expect((await approve(house, path)).status).toBe(303)
    expect((await approve(house, path)).status).toBe(409)
    await run(house)
    expect(told(house)).toHaveLength(21)
    const actions = (await allOf(house.home.app.store, audit)).map(({ action }) => action)
    expect(actions.filter((action) => action.startsWith('broadcast.'))).toEqual([
      'broadcast.write',
      'broadcast.approve',
    ])
  })

  test('where nobody else could, its writer may after an hour', async () => {
    const house = await openHouse(21)
    const path = await written(house)
    expect((await approve(house, path)).text).toContain('không có người khác để duyệt')
    house.home.clock.now += HOUR
    expect((await approve(house, path)).status).toBe(303)
  })
})

describe('holding back', () => {
  test('a pause stops what has not left, going on sends the rest once, and a stop ends it', async () => {
    const house = await openHouse(4)
    const path = await written(house)
    await approve(house, path)
    await house.as('binh').send(`${path}/pause`)
    await run(house)
    expect(told(house)).toEqual([])
    await house.as('binh').send(`${path}/resume`)
    house.home.telegram.fates.set('4', { type: 'retry', reason: 'busy', notBefore: house.home.clock.now + 2 * HOUR })
    await house.home.pass(HOUR / 2)
    const first = told(house).length
    expect(first).toBeGreaterThan(0)
    await house.as('binh').send(`${path}/stop`)
    house.home.telegram.fates.clear()
    for (let i = 0; i < 4; i++) await house.home.pass(HOUR)
    expect(told(house)).toHaveLength(first)
    expect(new Set(told(house).map(({ handle }) => handle)).size).toBe(first)
    expect(
      (await allOf(house.home.app.store, outbox)).some(({ kind, state }) => kind === 'broadcast' && state === 'queued'),
    ).toBe(false)
    expect((await allOf(house.home.app.store, timer)).filter(({ kind }) => kind === 'broadcast')).toEqual([])
  })

  test('erased people leave a count and nothing else', async () => {
    const house = await openHouse(2)
    const path = await written(house)
    await approve(house, path)
    await run(house)
    const contact = house.home.contact('1')
    await house.home.say('1', 'xoá')
    await house.home.say('1', 'có')
    const rows = await allOf(house.home.app.store, broadcastTarget)
    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows)).not.toContain(contact)
  })

  test('comes at no wrong hour: what is let go in the evening waits for the morning', async () => {
    const house = await openHouse(1)
    house.home.clock.now = Date.UTC(2026, 10, 21, 15, 0)
    const path = await written(house)
    await approve(house, path)
    await house.home.pass(0)
    expect(told(house)).toEqual([])
    house.home.clock.now = Date.UTC(2026, 10, 22, 0, 1)
    await house.home.pass(0)
    expect(told(house)).toHaveLength(1)
  })
})
