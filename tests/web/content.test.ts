import { describe, expect, test } from 'vitest'
import type { Book } from '../../src/engine/book.ts'
import { book } from '../engine/converse.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const DAY = 24 * 3_600_000
const page = async (house: DeskHouse, path: string) => (await house.as('lan').read(path)).text

describe('the library at the desk', () => {
  test('lists every text once for each of its readers, and what is to be looked at within ninety days first', async () => {
    const house = openDeskHouse()
    house.home.book.now = book
    const list = await page(house, '/desk/noi-dung')
    for (const { id } of book.topics) expect(list).toContain(`href="/desk/noi-dung/${id}"`)
    const soonest = book.topics.map(({ reviewBy }) => reviewBy).toSorted()[0]!
    expect(list).not.toContain('quá hạn')
    house.home.clock.now = Date.parse(soonest) + 2 * DAY
    expect(await page(house, '/desk/noi-dung')).toContain('quá hạn xem lại từ')
  })

  test('a text says who signed it, or that nobody has', async () => {
    const house = openDeskHouse()
    house.home.book.now = book
    const unsigned = book.topics.find(({ reviewed }) => reviewed === null)!
    const one = await page(house, `/desk/noi-dung/${unsigned.id}`)
    expect(one).toContain(unsigned.title)
    expect(one).toContain('chưa có ai ký')
  })

  test('a script is printed alone, in short lines, with the minutes it takes; a text without one has no such page', async () => {
    const house = openDeskHouse()
    const [first, second] = book.topics as [Book['topics'][number], Book['topics'][number]]
    house.home.book.now = spoken(
      first.id,
      Array.from({ length: 24 }, (_, i) => `MẪU câu ${i} có mười tiếng để đọc cho chậm lại.`),
    )
    expect(await page(house, `/desk/noi-dung/${first.id}`)).toContain(`/desk/noi-dung/${first.id}/loa`)
    const script = await page(house, `/desk/noi-dung/${first.id}/loa`)
    expect(script).toContain('MẪU câu 23')
    expect(script).toContain('chừng 1 phút rưỡi')
    expect((await house.as('lan').read(`/desk/noi-dung/${second.id}/loa`)).status).toBe(404)
  })
})

function spoken(id: string, lines: readonly string[]): Book {
  return { ...book, words: (key, locale) => (key === `topic.${id}.loa` ? lines : book.words(key, locale)) }
}
