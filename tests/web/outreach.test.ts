import { describe, expect, test } from 'vitest'
import { outreachAct } from '../../src/store/outreach-tables.ts'
import { audit } from '../../src/store/schema.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const DONE = {
  kind: 'loudspeaker',
  day: '2026-11-20',
  point: 'mai',
  commune: 'phường Mộc Châu',
  hamlet: 'bản Áng',
  setting: 'community',
  audiences: 'public',
  people: '',
  partner: 'Hội Phụ nữ',
  content: 'bo:loa-truyen-thanh',
  note: 'đọc hai lần',
}

function openHouse(): DeskHouse {
  const house = openDeskHouse()
  house.home.book.now = book
  const before = house.home.app.directory
  house.home.app.directory = () => ({
    ...before(),
    communes: [
      { id: 'moc-chau-son-la', name: 'phường Mộc Châu', province: 'Sơn La', aliases: [], confirmed: true },
      { id: 'van-ho-son-la', name: 'xã Vân Hồ', province: 'Sơn La', aliases: [], confirmed: true },
    ],
  })
  return house
}

const write = (house: DeskHouse, fields: Record<string, string> = {}, by = 'lan') =>
  house.as(by).send('/desk/hoat-dong/moi', { ...DONE, ...fields })
const kept = (house: DeskHouse) => allOf(house.home.app.store, outreachAct)

describe('the register of what is done outside the chat', () => {
  test('keeps an act as it was written, counts it once, and notes who wrote it', async () => {
    const house = openHouse()
    expect((await write(house, { id: 'once' })).status).toBe(303)
    expect((await write(house, { id: 'once' })).status).toBe(303)
    expect(await kept(house)).toMatchObject([
      {
        kind: 'loudspeaker',
        commune: 'moc-chau-son-la',
        hamlet: 'bản Áng',
        people: null,
        partner: 'Hội Phụ nữ',
        content: 'bo:loa-truyen-thanh',
        by: 'lan',
      },
    ])
    const { text } = await house.as('lan').read('/desk/hoat-dong?tu=2026-11-01&den=2026-11-30')
    expect(text).toContain('Đọc loa truyền thanh')
    expect(text).toContain('bản Áng')
    expect((await allOf(house.home.app.store, audit)).filter(({ action }) => action === 'outreach.write')).toHaveLength(
      2,
    )
  })

  test('adds up acts, people and communes by kind, and leaves out what was withdrawn', async () => {
    const house = openHouse()
    await write(house, { kind: 'school', people: '40' })
    await write(house, { kind: 'school', people: '35', commune: 'xã Vân Hồ' })
    await write(house, { kind: 'school', people: '500' })
    const wrong = (await kept(house)).find(({ people }) => people === 500)!
    expect((await house.as('hanh').send(`/desk/hoat-dong/${wrong.id}/rut`)).status).toBe(303)
    const { text } = await house.as('binh').read('/desk/hoat-dong?tu=2026-11-01&den=2026-11-30')
    expect(text).toMatch(/Buổi ở trường học<\/th><td>2<\/td><td>75<\/td><td>2<\/td>/)
    expect(text).toContain('đã rút, không đếm')
  })

  test.each([
    ['a day that has not come', { day: '2026-11-30' }, 'chưa tới'],
    ['30 February', { day: '2026-02-30' }, 'không có ngày'],
    ['a commune that is none', { commune: 'nơi không có' }, 'không có xã'],
    ['people that are no number', { people: 'nhiều lắm' }, 'số người'],
    ['a kind that is none', { kind: 'x' }, 'chọn loại'],
  ])('refuses %s where it was typed, and loses nothing', async (_, wrong, why) => {
    const house = openHouse()
    const { status, text } = await write(house, wrong)
    expect([status, text.includes(why), text.includes('đọc hai lần')]).toEqual([400, true, true])
    expect(await kept(house)).toEqual([])
  })

  test('is of one’s own point; the tier above sees all', async () => {
    const house = openHouse()
    expect((await write(house, { point: 'dao' })).status).toBe(403)
    await write(house)
    expect((await house.as('mo').read('/desk/hoat-dong')).text).not.toContain('bản Áng')
    expect((await house.as('binh').read('/desk/hoat-dong')).text).toContain('bản Áng')
    const [row] = await kept(house)
    expect((await house.as('mo').send(`/desk/hoat-dong/${row!.id}/rut`)).status).toBe(403)
  })
})

describe('a talk kit', () => {
  test('is printed whole: its parts, its cards with their date, questions and answers', async () => {
    const house = openHouse()
    const list = (await house.as('lan').read('/desk/bo-noi-chuyen')).text
    const ids = [...list.matchAll(/\/desk\/bo-noi-chuyen\/([\w-]+)"/g)].map(([, id]) => id!)
    expect(ids.length).toBeGreaterThanOrEqual(5)
    for (const id of ids) {
      const { status, text } = await house.as('lan').read(`/desk/bo-noi-chuyen/${id}`)
      expect([id, status]).toEqual([id, 200])
      expect(text).toContain('Tính đến')
      expect(text).not.toMatch(/\{[^{}\s]*\}/)
    }
    const school = (await house.as('lan').read('/desk/bo-noi-chuyen/truong-hoc')).text
    for (const part of ['Đố vui', '<b>B.</b> Vỏ và tên đổi', 'Gọi 115', '5 phút']) expect(school).toContain(part)
    expect((await house.as('ky').read('/desk/bo-noi-chuyen')).status).toBe(200)
    expect((await house.as('chu').read('/desk/bo-noi-chuyen')).status).toBe(403)
  })
})
