import { describe, expect, test } from 'vitest'
import { tick } from '../../src/app/tick.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { book } from '../engine/converse.ts'
import { happens } from '../store/turns.ts'
import { openDeskHouse } from './desk-house.ts'

describe('the page of figures', () => {
  test('shows a lead what waits, who holds what, and the wait for the first line of today', async () => {
    const house = openDeskHouse()
    await house.home.say('an', 'gặp người')
    const [ticket] = await openTickets(house.home.app.store)
    house.home.clock.now += 7 * 60_000
    await house.as('lan').send(`/desk/tickets/${ticket!.id}/reply`, { text: 'Chị đây.' })
    await house.home.say('bình', 'tôi muốn chết')
    const { text } = await house.as('binh').read('/desk/figures')
    expect(text).toContain('<b>Khẩn cấp</b>: 1 đang chờ')
    expect(text).toMatch(/Lan<br><span class="meta">đang giữ 1 cuộc/)
    expect(text).toContain(
      '<th scope="row">Tất cả</th><td>2</td><td>1</td><td>0</td><td>1</td><td>7 phút</td><td>7 phút</td><td>0</td><td>0</td>',
    )
  })

  test('counts a hold that ran out, where the person wrote and why, after their data are erased too', async () => {
    const house = openDeskHouse()
    const { home } = house
    await home.say('an', 'gặp người')
    const [ticket] = await openTickets(home.app.store)
    await house.as('lan').send(`/desk/tickets/${ticket!.id}/take`)
    await home.say('an', 'chị ơi')
    home.clock.now += 11 * 60_000
    await tick(home.app)
    const counts = async () =>
      /<h3>Theo lý do[\s\S]*?<\/html>/.exec((await house.as('binh').read('/desk/figures')).text)![0]
    const before = await counts()
    expect(before).toMatch(/Muốn gặp người<\/th><td>1<\/td>.*<td>1<\/td><td>0<\/td><\/tr>/)
    expect(before).toMatch(/(Telegram|Web)<\/th><td>1<\/td>/)
    for (const text of ['xoá', 'có']) await home.say('an', text)
    await house.settle()
    expect(await counts()).toMatch(/(Telegram|Web)<\/th><td>1<\/td>.*<td>1<\/td><td>0<\/td><\/tr>/)
  })

  test('shows an analyst no name and no number below five', async () => {
    const house = openDeskHouse()
    await house.home.say('an', 'gặp người')
    const [ticket] = await openTickets(house.home.app.store)
    await house.as('lan').send(`/desk/tickets/${ticket!.id}/reply`, { text: 'Chị đây.' })
    const { text } = await house.as('ky').read('/desk/figures')
    expect(text).not.toContain('Lan')
    expect(text).toContain(
      '<th scope="row">Tất cả</th><td>&lt;5</td><td>&lt;5</td><td>0</td><td>0</td><td>–</td><td>–</td><td>0</td><td>0</td>',
    )
    expect(text).not.toMatch(/<td>[1-4]<\/td>/)
    expect(text).not.toMatch(/<meter[^>]*value="[1-4]"/)
  })

  test('does not tell an analyst since when a handful of people wait', async () => {
    const house = openDeskHouse()
    await house.home.say('an', 'gặp người')
    house.home.clock.now += 7 * 60_000
    expect((await house.as('binh').read('/desk/figures')).text).toContain('lâu nhất 7 phút')
    const { text } = await house.as('ky').read('/desk/figures')
    expect(text).toContain('&lt;5 đang chờ')
    expect(text).not.toContain('lâu nhất')
  })

  test.each([
    ['tu=2026-02-30', 'Ngày chưa đúng'],
    ['tu=2026-11-25&den=2026-11-20', 'Ngày đầu phải trước ngày cuối'],
    ['tu=2026-01-01&den=2026-11-20', 'tối đa 31 ngày'],
    ['tu=hôm-qua', 'Ngày chưa đúng'],
  ])('says what is wrong with %s and shows today', async (query, words) => {
    const answer = await openDeskHouse().as('binh').read(`/desk/figures?${query}`)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(words)
    expect(answer.text).toContain('Theo ngày')
  })

  test('counts courses of the whole service by month, hides small numbers from everybody, and names nobody', async () => {
    const house = openDeskHouse()
    house.home.book.now = { ...house.home.book.now, courses: book.courses ?? [] }
    const begun = (course: string, contact: string): Promise<void> =>
      happens({ store: house.home.app.store, vault: house.home.app.vault }, contact, [
        {
          ...{ type: 'course_started', course, lesson: 'x', pace: 'moi-ngay', minutes: 480 },
          ...{ nextAt: null, at: house.home.clock.now },
        },
      ])
    for (const contact of ['a', 'b', 'c', 'd', 'e', 'f']) await begun('giu-nhip', contact)
    await begun('nguoi-nha', 'g')
    for (const who of ['binh', 'ky']) {
      const { text } = await house.as(who).read('/desk/figures')
      expect(text).toContain('<th scope="row">Giữ nhịp từng ngày</th><td>6</td><td>0</td>')
      expect(text).toContain('<th scope="row">Ở bên người mình thương</th><td>&lt;5</td><td>0</td>')
    }
  })

  test('is closed to a counsellor', async () => {
    expect((await openDeskHouse().as('lan').read('/desk/figures')).status).toBe(403)
  })
})
