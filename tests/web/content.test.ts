import { describe, expect, test } from 'vitest'
import type { Book } from '../../src/engine/book.ts'
import { readTakenDown } from '../../src/store/directory.ts'
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
    const [first] = book.topics as [Book['topics'][number]]
    const silent = book.topics.find(({ id }) => book.words(`topic.${id}.loa`, 'vi') === undefined)!
    house.home.book.now = spoken(
      first.id,
      Array.from({ length: 24 }, (_, i) => `MẪU câu ${i} có mười tiếng để đọc cho chậm lại.`),
    )
    expect(await page(house, `/desk/noi-dung/${first.id}`)).toContain(`/desk/noi-dung/${first.id}/loa`)
    const script = await page(house, `/desk/noi-dung/${first.id}/loa`)
    expect(script).toContain('MẪU câu 23')
    expect(script).toContain('chừng 1 phút rưỡi')
    expect((await house.as('lan').read(`/desk/noi-dung/${silent.id}/loa`)).status).toBe(404)
  })
})

describe('a text taken down', () => {
  const ID = 'noi-khong'
  const { title } = book.topics.find((topic) => topic.id === ID)!

  async function talk() {
    const house = openDeskHouse()
    house.home.book.now = book
    house.home.app.channels = new Map([['telegram', house.home.telegram]])
    await house.home.say('an', 'alo')
    await house.settle()
    const down = async (path: string) => {
      await house.as('binh').send(`/desk/noi-dung/${ID}/${path}`)
      const takenDown = await readTakenDown(house.home.app.store)
      const before = house.home.app.directory()
      house.home.app.directory = () => ({ ...before, takenDown })
    }
    const ask = async () => {
      await house.settle()
      const before = house.home.telegram.texts('an').join(' ').length
      await house.home.say('an', title)
      await house.settle()
      return house.home.telegram.texts('an').join(' ').slice(before)
    }
    return { house, down, ask }
  }

  test('is answered by nobody from then on, and again once it is put back', async () => {
    const { down, ask } = await talk()
    const card = book.words(`topic.${ID}.card`, 'vi')![0]!.slice(0, 20)
    await down('go')
    expect(await ask()).not.toContain(card)
    await down('hien')
    expect(await ask()).toContain(card)
  })

  test('does not go out of a message that was already queued', async () => {
    const { house, down } = await talk()
    house.home.telegram.next.push({ type: 'retry', notBefore: house.home.clock.now + 1_000, reason: 'busy' })
    await house.home.say('an', title)
    await house.settle()
    await down('go')
    await house.home.pass(120_000)
    expect(house.home.telegram.texts('an').join(' ')).toContain('Bài này đã được gỡ để sửa')
  })

  test('stays readable at the desk, where it says that it is down', async () => {
    const { house, down } = await talk()
    await down('go')
    const one = await page(house, `/desk/noi-dung/${ID}`)
    expect(one).toContain('đang gỡ')
    expect(one).toContain(book.words(`topic.${ID}.more`, 'vi')![0]!.slice(2, 20))
  })
})

function spoken(id: string, lines: readonly string[]): Book {
  return { ...book, words: (key, locale) => (key === `topic.${id}.loa` ? lines : book.words(key, locale)) }
}
