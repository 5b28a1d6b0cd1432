import { describe, expect, test } from 'vitest'
import { openEnrolmentsAt } from '../../src/store/enrolments.ts'
import { audit } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const FORM = ['đăng ký', 'cho mình', 'tiếp', 'đồng ý', 'Nam Anh', 'không nói', 'đủ 18', 'ở nhà', 'không', 'không']

async function openPerson(): Promise<{ house: DeskHouse; path: string; request: string }> {
  const house = openDeskHouse()
  house.home.book.now = book
  for (const text of ['alo', ...FORM, 'Điểm MẪU Mai', 'gửi', 'không', 'để sau', 'lời riêng của tôi'])
    await house.home.say('1', text)
  await house.settle()
  const [ticket] = await openTickets(house.home.app.store)
  const [row] = await openEnrolmentsAt(house.home.app.store, { points: ['mai'] })
  return { house, path: `/desk/nguoi?cuoc=${encodeURIComponent(ticket!.id)}`, request: row!.id }
}

describe('one person’s page', () => {
  test('holds all that stands and all that happened, and not a word or a name of theirs', async () => {
    const { house, path, request } = await openPerson()
    await house.home.staff('1', { type: 'reply', text: 'Chào bạn' })
    await house.as('lan').send(`/desk/dang-ky/${request}/buoc`, { to: 'papers_ready', note: 'ghi chú kín' })
    const { status, text } = await house.as('lan').read(path)
    expect(status).toBe(200)
    for (const words of [
      'Cuộc nhắn: Muốn đăng ký đi cai, điều trị',
      'Đăng ký: Mới gửi',
      'Đăng ký: Đã trả lời',
      'Đăng ký: Đủ giấy tờ',
      'Đồng ý: Giữ và dùng câu trả lời cho việc đăng ký',
    ])
      expect(text).toContain(words)
    for (const theirs of ['Nam Anh', 'lời riêng', 'Chào bạn', 'ghi chú kín']) expect(text).not.toContain(theirs)
    expect((await allOf(house.home.app.store, audit)).map(({ action }) => action)).toContain('person.read')
  })

  test('is one click from their talk and from their request, and leads to each part in another', async () => {
    const { house, path, request } = await openPerson()
    const ticket = path.split('=')[1]!
    expect((await house.as('lan').read(`/desk/tickets/${ticket}`)).text).toContain(`/desk/nguoi?cuoc=${ticket}`)
    expect((await house.as('lan').read(`/desk/dang-ky/${request}`)).text).toContain('/desk/nguoi?yc=')
    const { text } = await house.as('lan').read(path)
    for (const way of [
      '/desk/lich/moi?',
      '/desk/gioi-thieu/moi?',
      '/desk/dong-hanh/nguoi?',
      `/desk/dang-ky/${request}`,
    ])
      expect(text).toContain(way)
  })

  test('is not there for another point, nor for the police, nor for who reads no messages', async () => {
    const { house, path } = await openPerson()
    for (const id of ['mo', 'cong', 'ky', 'chu']) {
      const { status, text } = await house.as(id).read(path)
      expect([id, [403, 404].includes(status), text.includes('Đăng ký: Mới gửi')]).toEqual([id, true, false])
    }
  })

  test('after an erasure is gone', async () => {
    const { house, path } = await openPerson()
    await house.home.say('1', 'xoá')
    await house.home.say('1', 'có')
    await house.settle()
    expect((await house.as('lan').read(path)).status).toBe(404)
  })
})
