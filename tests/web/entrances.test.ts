import decodeQR from 'qr/decode.js'
import { describe, expect, test } from 'vitest'
import { directorySnapshot } from '../../src/app/directory-snapshot.ts'
import { entrance } from '../../src/store/entrance-tables.ts'
import { audit } from '../../src/store/schema.ts'
import { book, directory } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const FORM = { name: 'Trường MẪU', code: 'xe-dap', setting: 'school', audience: 'hoc-sinh', point: 'mai' }

function openHouse(): DeskHouse {
  const house = openDeskHouse()
  house.home.book.now = book
  return house
}
const make = (house: DeskHouse, fields: Record<string, string> = {}, by = 'lan') =>
  house.as(by).send('/desk/loi-vao', { ...FORM, ...fields })
const kept = (house: DeskHouse) => allOf(house.home.app.store, entrance)

/** What a printed code says, read from its picture of black squares. */
function decode(svg: string): string {
  const size = Number(/viewBox="0 0 (\d+) \d+"/.exec(svg)![1])
  const data = new Uint8ClampedArray(size * size * 4).fill(255)
  for (const [, x, y, side] of svg.matchAll(/M(\d+),(\d+)h(\d+)v\d+h-\d+z/g))
    for (let row = Number(y); row < Number(y) + Number(side); row++)
      for (let column = Number(x); column < Number(x) + Number(side); column++)
        data.fill(0, (row * size + column) * 4, (row * size + column) * 4 + 3)
  return decodeQR({ width: size, height: size, data })
}
const codesIn = (html: string) => [...html.matchAll(/<svg[\s\S]*?<\/svg>/g)].map(([svg]) => decode(svg))

describe('an entrance made at the desk', () => {
  test('is kept once, told to the running service, counted without small numbers, and ended', async () => {
    const house = openHouse()
    expect((await make(house, { id: 'once' })).status).toBe(303)
    expect((await make(house, { id: 'once' })).status).toBe(303)
    expect(await kept(house)).toMatchObject([{ code: 'xe-dap', name: 'Trường MẪU', audience: 'hoc-sinh', by: 'lan' }])
    const snapshot = directorySnapshot(directory)
    await snapshot.refresh(house.home.app.store)
    expect(snapshot.now().entrances).toEqual([{ code: 'xe-dap', name: 'Trường MẪU', audience: 'hoc-sinh' }])
    const page = async () => (await house.as('lan').read('/desk/loi-vao')).text
    expect(await page()).toContain('0 cuộc trò chuyện bắt đầu từ đây')
    for (const [count, words] of [
      [1, 'dưới 5 cuộc'],
      [4, 'dưới 5 cuộc'],
      [5, '5 cuộc'],
    ] as const) {
      house.home.database.database
        .prepare("insert into entrance_count values ('2026-11-20', 'xe-dap', ?) on conflict do update set count = ?")
        .run(count, count)
      expect(await page()).toContain(`· ${words} trò chuyện bắt đầu từ đây`)
    }
    expect((await house.as('mo').send('/desk/loi-vao/xe-dap/thoi')).status).toBe(403)
    expect((await house.as('hanh').send('/desk/loi-vao/xe-dap/thoi')).status).toBe(303)
    expect(await page()).toContain('đã thôi dùng')
    await snapshot.refresh(house.home.app.store)
    expect(snapshot.now().entrances).toEqual([])
    expect((await allOf(house.home.app.store, audit)).map(({ action }) => action)).toContain('entrance.edit')
  })

  test.each([
    ['no name', { name: ' ' }, 'tên có từ'],
    ['a code with marks', { code: 'trường' }, 'mã chỉ có'],
    ['the code of a kit', { code: 'truong-hoc' }, 'đã có nơi dùng'],
    ['a setting that is none', { setting: 'x' }, 'chọn nơi'],
    ['a shelf of people who use', { audience: 'nguoi-su-dung' }, 'chọn ngăn bài'],
    ['a shelf of people after rehabilitation', { audience: 'sau-cai' }, 'chọn ngăn bài'],
  ])('is refused with %s, and what was typed stays', async (_, wrong, why) => {
    const house = openHouse()
    const { status, text } = await make(house, wrong)
    expect([status, text.includes(why), text.includes('value="xe-dap"') || 'code' in wrong]).toEqual([400, true, true])
    expect(await kept(house)).toEqual([])
  })

  test('gets a code that says nothing where none is chosen, and never another’s', async () => {
    const house = openHouse()
    await make(house, { code: '' })
    expect((await kept(house))[0]!.code).toMatch(/^the-[a-z0-9]{3,6}$/)
    await make(house)
    expect((await make(house, { name: 'khác' }, 'hanh')).text).toContain('đã có nơi dùng')
  })

  test('is of one’s own point', async () => {
    const house = openHouse()
    expect((await make(house, { point: 'dao' })).status).toBe(403)
    await make(house)
    expect((await house.as('mo').read('/desk/loi-vao')).text).not.toContain('Trường MẪU')
    expect((await house.as('mo').read('/desk/loi-vao/xe-dap/the')).status).toBe(403)
    expect((await house.as('binh').read('/desk/loi-vao')).text).toContain('Trường MẪU')
    expect((await house.as('chu').read('/desk/loi-vao')).status).toBe(403)
  })
})

describe('its cards', () => {
  test('lead into the chat by their picture, and say neither where they lie nor what this is about', async () => {
    const house = openHouse()
    await make(house)
    for (const [query, cards] of [
      ['', 1],
      ['?kho=a4', 8],
    ] as const) {
      const { text } = await house.as('lan').read(`/desk/loi-vao/xe-dap/the${query}`)
      expect(codesIn(text)).toEqual(Array<string>(cards).fill('http://localhost/chat?vao=xe-dap'))
      const paper = text.replace(/<div class="no-print">[\s\S]*?<\/div>/, '').replaceAll(/<[^>]*>/g, ' ')
      expect(paper).not.toMatch(/ma t[uú]y|nghiện|cai |thuốc|chất|Trường|trường|HIV|điều trị/i)
      expect(paper).toContain('Không cần nói tên')
    }
  })

  test('bring whoever scans them to the conversation with their place known and nothing else', async () => {
    const house = openHouse()
    await make(house)
    const page = (await house.ask('/chat?vao=xe-dap')).text
    expect(page).toContain('name="vao" value="xe-dap"')
    const body = new URLSearchParams({ id: '7f1b6a52-3f0e-4b7c-9d57-0d1f7a9a2c11', text: 'gặp người', vao: 'xe-dap' })
    await house.ask('/chat', { method: 'POST', body })
    await house.settle()
    expect((await house.as('lan').read('/desk/loi-vao')).text).toContain('dưới 5 cuộc trò chuyện bắt đầu từ đây')
  })
})
