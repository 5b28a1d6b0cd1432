import { describe, expect, test } from 'vitest'
import { closedList } from '../../src/store/closed.ts'
import { audit, missedLine, review, words } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const MINUTE = 60_000

/** Somebody in danger whom Lan answered and whose talk she ended; the id of the ticket. */
async function over(house: DeskHouse, text = 'tôi muốn chết, gọi 0912345678'): Promise<string> {
  const { home } = house
  await home.say('an', 'chào')
  await home.say('an', text)
  const [ticket] = await openTickets(home.app.store)
  home.clock.now += 3 * MINUTE
  await house.as('lan').send(`/desk/tickets/${ticket!.id}/reply`, { text: 'Chị đây.' })
  home.clock.now += MINUTE
  await house.as('lan').send(`/desk/tickets/${ticket!.id}/close`, { outcome: 'helped' })
  await house.settle()
  return ticket!.id
}

const lineIn = async (house: DeskHouse, path: string, text: string) => {
  const page = (await house.as('lan').read(path)).text
  const at = page.indexOf(text)
  return /name="level-([^"]+)"/.exec(page.slice(at))![1]!
}

describe('an emergency that is over', () => {
  test('is to be looked back at by who held it and by the lead, until one of them did', async () => {
    const house = openDeskHouse()
    const id = await over(house)
    for (const name of ['lan', 'binh'])
      expect((await house.as(name).read('/desk')).text).toContain(`/desk/reviews/${id}`)
    expect((await house.as('hanh').read('/desk')).text).not.toContain(`/desk/reviews/${id}`)
    const { text } = await house.as('lan').read(`/desk/reviews/${id}`)
    expect(text).toMatch(/Dòng đầu của người thật<\/dt><dd>[^(]*\(sau 3 phút\)/)
    const done = await house
      .as('lan')
      .send(`/desk/reviews/${id}`, { was: 'yes', helped: 'unknown', missed: 'human', note: 'lời ghi riêng' })
    expect(done.headers.get('Location')).toBe('/desk?xong=xem-lai')
    for (const name of ['lan', 'binh'])
      expect((await house.as(name).read('/desk')).text).not.toContain(`/desk/reviews/${id}`)
    expect(await allOf(house.home.app.store, review)).toMatchObject([
      { wasEmergency: 'yes', helped: 'unknown', missed: 'human', reviewedBy: 'lan' },
    ])
    expect((await house.as('binh').read(`/desk/reviews/${id}`)).text).toContain('>lời ghi riêng</textarea>')
    const noted = (await allOf(house.home.app.store, audit)).map(({ action }) => action)
    expect(noted).toContain('review.write')
    expect(JSON.stringify(await allOf(house.home.app.store, words))).not.toContain('lời ghi riêng')
  })

  test('half filled in is given back with what was written', async () => {
    const house = openDeskHouse()
    const id = await over(house)
    const answer = await house.as('lan').send(`/desk/reviews/${id}`, { was: 'yes', note: 'đang viết dở' })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('>đang viết dở</textarea>')
    expect((await allOf(house.home.app.store, review))[0]).toMatchObject({ reviewedAt: null })
  })

  test('leaves only its counts when the person’s data are erased, and nothing due', async () => {
    const house = openDeskHouse()
    const id = await over(house)
    const line = await lineIn(house, `/desk/reviews/${id}`, 'tôi muốn chết')
    await house
      .as('lan')
      .send(`/desk/reviews/${id}`, { was: 'no', helped: 'yes', note: 'ghi', [`level-${line}`]: 'urgent' })
    for (const text of ['xoá', 'có']) await house.home.say('an', text)
    await house.settle()
    expect(await allOf(house.home.app.store, review)).toMatchObject([{ contact: null, note: null, wasEmergency: 'no' }])
    expect((await allOf(house.home.app.store, review))[0]!.ticket).not.toBe(id)
    expect(await allOf(house.home.app.store, missedLine)).toEqual([])
    expect((await house.as('binh').read('/desk/closed')).text).toContain('đã xoá thông tin')
    expect((await house.as('binh').read(`/desk/tickets/${id}`)).status).toBe(404)
  })

  test('of an ordinary talk nothing is due, and a line can be marked all the same', async () => {
    const house = openDeskHouse()
    const id = await over(house, 'gặp người')
    expect(await allOf(house.home.app.store, review)).toEqual([])
    const line = await lineIn(house, `/desk/reviews/${id}`, 'chào')
    await house.as('lan').send(`/desk/reviews/${id}`, { was: 'yes', helped: 'no', [`level-${line}`]: 'emergency' })
    expect(await allOf(house.home.app.store, missedLine)).toMatchObject([{ level: 'emergency', markedBy: 'lan' }])
  })
})

describe('lines the machine misjudged', () => {
  test('leave only one by one, read by a lead, without numbers, and once', async () => {
    const house = openDeskHouse()
    const id = await over(house)
    const line = await lineIn(house, `/desk/reviews/${id}`, 'tôi muốn chết')
    await house.as('lan').send(`/desk/reviews/${id}`, { was: 'yes', helped: 'yes', [`level-${line}`]: 'emergency' })
    expect((await house.as('lan').read('/desk/misses')).status).toBe(403)
    const lead = house.as('binh')
    const page = (await lead.read('/desk/misses')).text
    expect(page).toContain('tôi muốn chết, gọi [số]</textarea>')
    expect(page).not.toContain('0912345678')
    const sent = { [`text-${line}`]: 'tôi muốn chết, gọi 0912345678', [`intent-${line}`]: 'suicide' }
    expect((await lead.send('/desk/misses', sent)).text).toContain('chưa chọn dòng nào')
    const telling = await lead.send('/desk/misses', { ...sent, [`take-${line}`]: 'co' })
    expect(telling).toMatchObject({ status: 400, text: expect.stringContaining('còn một con số') })
    const out = await lead.send('/desk/misses', { ...sent, [`text-${line}`]: 'tôi muốn chết', [`take-${line}`]: 'co' })
    expect(out.text).toBe('text\tintent\tlevel\tnote\ntôi muốn chết\tsuicide\temergency\ttừ ca thật, đã bỏ danh tính\n')
    expect(out.headers.get('Content-Disposition')).toContain('attachment')
    expect((await lead.read('/desk/misses')).text).toContain('Không có dòng nào')
    expect((await allOf(house.home.app.store, audit)).filter(({ action }) => action === 'export')).toMatchObject([
      { about: `${id}:1`, contact: expect.any(String) },
    ])
    const reads = (await allOf(house.home.app.store, audit)).filter(
      ({ staff, action, contact }) => staff === 'binh' && action === 'ticket.read' && contact !== null,
    )
    expect(reads.map(({ about }) => about)).toContain(id)
    house.home.clock.now += 11 * MINUTE
    expect((await lead.read('/desk/misses')).headers.get('Location')).toMatch(/^\/desk\/account\/proof/)
  })
})

describe('what is over', () => {
  test('is listed for who held it and for the lead, and read as far as it went; later words stay out', async () => {
    const house = openDeskHouse()
    const id = await over(house)
    house.home.clock.now += MINUTE
    await house.home.say('an', 'câu nói sau đó')
    for (const name of ['lan', 'binh']) {
      expect((await house.as(name).read('/desk/closed')).text).toContain(`/desk/tickets/${id}`)
      const { text } = await house.as(name).read(`/desk/tickets/${id}`)
      expect(text).toContain('Chị đây.')
      expect(text).not.toContain('câu nói sau đó')
      expect(text).not.toContain('0912345678')
      expect(text).not.toContain('Gửi trả lời')
    }
    expect((await house.as('hanh').read('/desk/closed')).text).not.toContain(id)
    expect((await house.as('hanh').read(`/desk/tickets/${id}`)).status).toBe(404)
    expect((await house.as('binh').send(`/desk/tickets/${id}/reveal`, { answer: 'phone' })).text).toContain(
      '0912345678',
    )
    expect((await house.as('lan').send(`/desk/tickets/${id}/reveal`, { answer: 'phone' })).text).not.toContain(
      '0912345678',
    )
    const late = await house.as('binh').send(`/desk/tickets/${id}/reply`, { text: 'viết muộn' })
    expect(late).toMatchObject({ status: 404, text: expect.stringContaining('viết muộn') })
  })

  test('is listed to the last one when many ended at one instant, each once', async () => {
    const house = openDeskHouse()
    const put = house.home.database.database.prepare(
      "insert into ticket (id, contact, reason, priority, point, opened_at, closed_at, outcome) values (?, 'x', 'person', ?, 'mai', ?, ?, ?)",
    )
    const at = house.home.clock.now - MINUTE
    for (let i = 0; i < 60; i++)
      put.run(`t:${i}`, i < 5 ? 'urgent' : 'routine', at - MINUTE, at, i % 10 === 0 ? 'referred' : null)
    const ids = (text: string) => [...text.matchAll(/href="\/desk\/tickets\/(t:\d+)"/g)].map(([, id]) => id)
    const first = (await house.as('binh').read('/desk/closed')).text
    const next = /href="(\/desk\/closed\?[^"]*truoc=[^"]*)"/.exec(first)![1]!.replaceAll('&amp;', '&')
    const second = (await house.as('binh').read(next)).text
    expect(new Set([...ids(first), ...ids(second)]).size).toBe(60)
    expect(ids(first).length + ids(second).length).toBe(60)
    expect(ids((await house.as('binh').read('/desk/closed?muc=urgent')).text)).toHaveLength(5)
    expect(ids((await house.as('binh').read('/desk/closed?ket-qua=referred')).text)).toHaveLength(6)
    expect(ids((await house.as('binh').read('/desk/closed?muc=urgent&ket-qua=none')).text)).toHaveLength(4)
    expect(ids((await house.as('binh').read('/desk/closed?muc=x&ket-qua=toString&truoc=x')).text)).toHaveLength(50)
  })

  test('is found by its date whatever else there is', () => {
    const { database } = openDeskHouse().home.database
    const sent = {
      me: 'x',
      all: 1,
      everywhere: 1,
      unplaced: 1,
      points: '[]',
      lead: 1,
      ownSince: 0,
      since: 0,
      oldest: 0,
    }
    const { sql, params } = closedList({ ...sent, before: 1, beforeId: '', priority: '', outcome: '', limit: 50 })
    const plan = database.prepare(`explain query plan ${sql}`).all(...params) as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join('\n')).toContain(
      'USING INDEX ticket_closed (closed_at>? AND closed_at<?)',
    )
  })

  test('and asked for by somebody who may not see it, is noted as refused', async () => {
    const house = openDeskHouse()
    const id = await over(house)
    expect((await house.as('mo').read(`/desk/tickets/${id}`)).status).toBe(404)
    const rows = (await allOf(house.home.app.store, audit)).filter(
      ({ staff, about }) => staff === 'mo' && about !== null,
    )
    expect(rows).toMatchObject([{ action: 'refused', about: id }])
  })
})
