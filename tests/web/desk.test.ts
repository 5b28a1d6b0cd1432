import { describe, expect, test } from 'vitest'
import { audit } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const VISITOR = 'B'.repeat(43)

/** A visitor who asked for a person, and the path of their ticket. */
async function asked(house: DeskHouse, visitor = VISITOR): Promise<string> {
  const known = new Set((await openTickets(house.home.app.store)).map(({ id }) => id))
  for (const [id, text] of ['chào', 'gặp người'].entries()) await house.home.room.post(visitor, { id: `${id}`, text })
  await house.settle()
  const ticket = (await openTickets(house.home.app.store)).find(({ id }) => !known.has(id))
  return `/desk/tickets/${ticket!.id}`
}

const said = async (house: DeskHouse) =>
  (await house.home.room.lines(VISITOR, null)).map(({ from, text }) => `${from}: ${text}`)

describe('two counsellors at one ticket', () => {
  test('the second sees who has it, and a reply that comes too late is given back', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    const [lan, hanh] = [house.as('lan'), house.as('hanh')]
    expect((await lan.read(path)).text).toContain('chưa ai nhận')
    expect((await lan.send(`${path}/take`)).status).toBe(303)
    expect((await lan.read(path)).text).toContain('Bạn đang giữ')
    expect((await hanh.read(path)).text).toContain('<b>Lan</b> đang giữ cuộc này')
    expect((await hanh.read('/desk/queue')).text).toContain('Lan đang giữ')
    for (const [verb, fields] of [
      ['take', {}],
      ['hand-back', {}],
      ['close', { outcome: 'helped' }],
      ['transfer', { to: 'staff:binh', note: 'nhờ anh' }],
    ] as const) {
      const { status, text } = await hanh.send(`${path}/${verb}`, fields)
      expect(status, verb).toBe(409)
      expect(text, verb).toContain('Lan đã nhận cuộc này trước')
    }
    const late = await hanh.send(`${path}/reply`, { text: 'Chị đây em' })
    expect(late).toMatchObject({ status: 409, text: expect.stringContaining('Lan đã nhận cuộc này trước') })
    await house.settle()
    expect((await said(house)).filter((line) => line.startsWith('human'))).toEqual([])
    expect(await openTickets(house.home.app.store)).toMatchObject([{ heldBy: 'lan' }])
  })

  test('two takes give one owner', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    const answers = await Promise.all(['lan', 'hanh'].map((id) => house.as(id).send(`${path}/take`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
  })

  test('a form for a ticket that is over gives the words back, and never reaches the next ticket', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    await house.as('lan').send(`${path}/close`, { outcome: 'helped' })
    await house.home.room.post(VISITOR, { id: 'x', text: 'gặp người' })
    const late = await house.as('hanh').send(`${path}/reply`, { text: 'Lời viết dở' })
    expect(late).toMatchObject({ status: 404, text: expect.stringContaining('Lời viết dở') })
    expect(late.text).toContain('chưa được gửi')
    await house.settle()
    expect((await said(house)).some((line) => line.includes('Lời viết dở'))).toBe(false)
  })

  test('pressing "Kết thúc" twice is one close and no error', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    const lan = house.as('lan')
    for (let i = 0; i < 2; i++) {
      const { status, headers } = await lan.send(`${path}/close`, { id: 'same', outcome: 'helped' })
      expect([status, headers.get('Location')]).toEqual([303, '/desk'])
    }
  })
})

describe('Hôm nay', () => {
  test('puts a life in danger that nobody has taken before what one holds', async () => {
    const house = openDeskHouse()
    await house.home.say('an', 'gặp người')
    const [held] = await openTickets(house.home.app.store)
    await house.as('lan').send(`/desk/tickets/${held!.id}/take`)
    await house.home.say('bình', 'tôi muốn chết')
    const [emergency] = (await openTickets(house.home.app.store)).filter(({ priority }) => priority === 'emergency')
    const { text } = await house.as('lan').read('/desk')
    const places = [emergency!, held!].map(({ id }) => text.indexOf(`/desk/tickets/${id}`))
    expect(Math.min(...places)).toBeGreaterThan(0)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })
})

describe('a reply', () => {
  test('that is too long is refused with the limit, and given back whole', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    const long = 'dài '.repeat(1_100).trim()
    const { status, text } = await house.as('lan').send(`${path}/reply`, { text: long })
    expect(status).toBe(400)
    expect(text).toContain(`dài ${long.length} ký tự, giới hạn là 4000`)
    expect(text).toContain(long)
    // The page that says so shows the talk: that was reading, not answering.
    const noted = (await allOf(house.home.app.store, audit)).map(({ action }) => action)
    expect(noted).toContain('ticket.read')
    expect(noted).not.toContain('ticket.reply')
  })

  test('to somebody who blocked the channel is not sent, says so and names another way', async () => {
    const house = openDeskHouse()
    const { home } = house
    for (const words of ['chào', 'gọi lại cho tôi', '0912345678']) await home.say('an', words)
    const [ticket] = await openTickets(home.app.store)
    const path = `/desk/tickets/${ticket!.id}`
    await home.say('an', '', { event: { type: 'reach', reachable: false } })
    expect((await house.as('lan').read(path)).text).toContain('đã chặn hoặc rời kênh Telegram')
    const { status, text } = await house.as('lan').send(`${path}/reply`, { text: 'Chào em' })
    expect(status).toBe(409)
    expect(text).toContain('Chưa gửi: người này đã chặn')
    expect(text).toContain('bấm “Hiện số” ở trên')
    expect(text).toContain('Hiện số •••• 678')
    expect(text).toContain('>Chào em</textarea>')
  })

  test('that failed says why, and is sent again once when asked', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    const lan = house.as('lan')
    await lan.send(`${path}/reply`, { text: 'Chị đây' })
    const { database } = house.home
    await house.settle()
    const [row] = database.database.prepare("select id, contact from outbox where kind = 'staff_reply'").all() as {
      id: string
      contact: string
    }[]
    database.database.exec("delete from words where kind = 'human'")
    database.database.exec("update outbox set state = 'uncertain', reason = 'timeout' where kind = 'staff_reply'")
    database.database
      .prepare("insert into task (id, contact, reason, about, opened_at) values ('t', ?, 'uncertain:timeout', ?, 0)")
      .run(row!.contact, row!.id)
    expect((await lan.read(path)).text).toMatch(/chưa chắc đã tới[\s\S]*Gửi lại\?/)
    for (let i = 0; i < 2; i++) await lan.send(`${path}/resend`, { line: row!.id })
    await house.settle()
    expect((await said(house)).filter((line) => line === 'human: Chị đây')).toHaveLength(1)
    const { text } = await lan.read(path)
    expect(text).toContain('đã xử lý')
    expect(text).not.toContain('Gửi lại?')
    expect((await lan.read('/desk')).text).not.toContain('chưa chắc đã tới')
  })
})

describe('a session that ended', () => {
  test('gives back what was being written', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    const answer = await house.ask(`${path}/reply`, {
      method: 'POST',
      body: new URLSearchParams({ text: 'Lời viết dở' }),
    })
    expect(answer).toMatchObject({ status: 401, text: expect.stringContaining('>Lời viết dở</textarea>') })
    expect(answer.text).not.toContain('gặp người')
  })
})

describe('the roles', () => {
  test('an analyst and a technician read no conversation', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    for (const page of ['/desk', '/desk/queue', '/desk/events', path])
      expect((await house.as('ky').read(page)).status, page).toBe(403)
  })

  test('who holds a ticket sees how long the person waits for an answer', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    await house.as('lan').send(`${path}/reply`, { text: 'Chào bạn' })
    expect((await house.as('lan').read('/desk')).text).not.toContain('cần trả lời trong')
    await house.home.room.post(VISITOR, { id: 'z', text: 'dạ chị' })
    expect((await house.as('lan').read('/desk')).text).toContain('cần trả lời trong 10 phút')
  })
})

describe('a transfer', () => {
  test('goes to a colleague with a note, and the person is told', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    const lan = house.as('lan')
    await lan.send(`${path}/take`)
    expect((await lan.read(path)).text).toContain('Hạnh (Điểm MẪU Mai)')
    const sent = await lan.send(`${path}/transfer`, { to: 'staff:hanh', note: 'Em ấy đang sợ bố.' })
    expect(sent.headers.get('Location')).toBe('/desk?xong=chuyen')
    expect((await lan.read('/desk?xong=chuyen')).text).toContain('Đã chuyển.')
    const { text } = await house.as('hanh').read(path)
    expect(text).toContain('Em ấy đang sợ bố.')
    expect(text).toContain('đang gọi bạn')
    expect((await lan.read(path)).text).toContain('chưa ai nhận')
  })

  test.each(['', 'x', 'staff:nghi', 'staff:nobody', 'point:nowhere'])(
    'to nobody (%j) keeps the ticket and the note',
    async (to) => {
      const house = openDeskHouse()
      const path = await asked(house)
      const lan = house.as('lan')
      await lan.send(`${path}/take`)
      const { status, text } = await lan.send(`${path}/transfer`, { to, note: 'Em ấy đang sợ bố.' })
      expect(status).toBeGreaterThanOrEqual(400)
      expect(text).toContain('Chưa chuyển')
      expect(text).toContain('>Em ấy đang sợ bố.</textarea>')
      expect(await openTickets(house.home.app.store)).toMatchObject([{ heldBy: 'lan' }])
    },
  )
})

describe('what the person never sees', () => {
  test('a note stays at the desk, with the name of who wrote it', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    await house.as('hanh').send(`${path}/note`, { note: 'Nhà có trẻ nhỏ <b>' })
    await house.settle()
    const { text } = await house.as('lan').read(path)
    expect(text).toContain('Nhà có trẻ nhỏ &lt;b&gt;')
    expect(text).toMatch(/<b>Hạnh<\/b> ghi chú riêng/)
    const chat = await house.ask('/chat', { headers: { Cookie: `dh=${VISITOR}` } })
    expect(chat.text).not.toContain('Nhà có trẻ nhỏ')
    expect((await said(house)).join('\n')).not.toContain('Nhà có trẻ nhỏ')
    expect((await house.as('lan').send(`${path}/note`, { note: ' ' })).status).toBe(400)
  })
})

describe('answers given before', () => {
  test('are covered until one is asked for; the others stay covered and the draft stays', async () => {
    const house = openDeskHouse()
    const { home } = house
    for (const words of ['chào', 'gọi lại cho tôi', '0912345678']) await home.say('an', words)
    const [ticket] = await openTickets(home.app.store)
    const path = `/desk/tickets/${ticket!.id}`
    const lan = house.as('lan')
    expect((await lan.read(path)).text).not.toMatch(/<dd><b>/)
    for (const page of ['/desk', '/desk/queue', path]) expect((await lan.read(page)).text, page).not.toMatch(/912.?345/)
    const { text } = await lan.send(`${path}/reveal`, { answer: 'phone', text: 'đang viết dở' })
    // The number beside the name belongs to the form of the reply, so that a press takes the draft along.
    expect((await lan.read(path)).text).toMatch(
      /form="tra-loi" formaction="[^"]+\/reveal" formnovalidate name="answer" value="phone">Hiện số/,
    )
    expect(text).toContain('<b>0912 345 678</b>')
    expect(text).toContain('href="tel:0912345678"')
    expect(text).toContain('>đang viết dở</textarea>')
    const shown = (await allOf(home.app.store, audit)).filter(({ action }) => action === 'answer.shown')
    expect(shown).toMatchObject([{ staff: 'lan' }])
    expect(house.log()).not.toContain('345')
    expect((await lan.read(`${path}/reveal`)).headers.get('Location')).toBe(path)
  })
})

describe('a long talk', () => {
  test('is read back page by page to its very first line, each page noted', async () => {
    const house = openDeskHouse()
    for (let n = 1; n <= 230; n++) await house.home.say('an', `câu số ${n}.`)
    await house.home.say('an', 'gặp người')
    const [ticket] = await openTickets(house.home.app.store)
    await house.settle()
    let path: string | undefined = `/desk/tickets/${ticket!.id}`
    const seen = new Set<number>()
    let pages = 0
    while (path) {
      const { text } = await house.as('lan').read(path)
      pages += 1
      for (const [, number] of text.matchAll(/câu số (\d+)\./g)) seen.add(Number(number))
      path = /href="(\/desk\/tickets\/[^"]+\?truoc=\d+)"/.exec(text)?.[1]
    }
    expect(seen.size).toBe(230)
    expect(pages).toBeGreaterThan(1)
    const noted = (await allOf(house.home.app.store, audit)).filter(({ action }) => action === 'ticket.read')
    expect(noted).toHaveLength(pages)
  })
})

describe('staff who belong to the police', () => {
  test('see and open nothing of people who did not choose them', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    const cong = house.as('cong')
    for (const page of ['/desk', '/desk/queue']) {
      const { status, text } = await cong.read(page)
      expect(status).toBe(200)
      expect(text).not.toContain('/desk/tickets/')
      expect(text).toContain('Không có ai đang chờ')
    }
    expect((await cong.read(path)).status).toBe(403)
    for (const verb of ['take', 'reply', 'note', 'transfer', 'hand-back', 'close', 'resend', 'reveal', 'draft'])
      expect((await cong.send(`${path}/${verb}`, { text: 'x', note: 'x', to: 'above' })).status, verb).toBe(403)
    expect((await cong.read('/desk/events')).text).toContain('"waiting":0')
    house.home.database.database.exec('update ticket set chose_police = 1')
    expect((await cong.read('/desk')).text).toContain(path)
    expect((await cong.read(path)).status).toBe(200)
  })
})

describe('the tasks', () => {
  test('are done once pressed', async () => {
    const house = openDeskHouse()
    await asked(house)
    house.home.database.database.exec(
      `insert into task (id, contact, reason, opened_at) values ('t', 'c', 'failed:blocked', ${house.home.clock.now})`,
    )
    const lan = house.as('lan')
    expect((await house.as('cong').send('/desk/tasks/done', { task: 't' })).status).toBe(303)
    expect((await lan.read('/desk')).text).toContain('người nhận đã chặn kênh')
    expect((await lan.send('/desk/tasks/done', { task: 't' })).headers.get('Location')).toBe('/desk?xong=viec')
    expect((await lan.read('/desk')).text).not.toContain('người nhận đã chặn kênh')
  })
})

describe('the stream', () => {
  test('carries counts and ids, and resumes after the last message', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    const lan = house.as('lan')
    const first = await lan.read('/desk/events')
    expect(first.headers.get('Content-Type')).toContain('text/event-stream')
    expect(first.text).toContain('"waiting":1')
    const id = /id: ([\d.]+)/.exec(first.text)![1]!
    await house.home.room.post(VISITOR, { id: 'y', text: 'chị ơi chuyện riêng' })
    const next = await house.ask('/desk/events', {
      headers: { Cookie: await house.cookie('lan'), 'Last-Event-ID': id },
    })
    expect(next.text).toContain(path.slice('/desk/tickets/'.length))
    expect(next.text).not.toContain('chuyện riêng')
    expect((await house.ask('/desk/events')).headers.get('Location')).toMatch(/^\/desk\/sign-in/)
  })
})

describe('a long queue', () => {
  test('shows its first page fast and counts the rest', async () => {
    const house = openDeskHouse()
    await asked(house)
    const { database } = house.home.database
    database.exec(`
      with recursive k(i) as (select 1 union all select i + 1 from k where i < 2000)
      insert into ticket (id, contact, reason, priority, opened_at, rung_due_at)
        select 't' || i, 'c' || i, 'person', case i % 50 when 0 then 'emergency' else 'routine' end, 1000 + i, 2000 from k;
      with recursive k(i) as (select 1 union all select i + 1 from k where i < 2000)
      insert into conversation (contact, address, seq, body, active_at, stopped, reachable, ticket)
        select 'c' || i, 'a' || i, 1, '{}', 1000, 0, 1, 't' || i from k;
      with recursive k(i) as (select 1 union all select i + 1 from k where i < 2000)
      insert into address (id, contact, channel, bot, handle, created_at)
        select 'a' || i, 'c' || i, 'telegram', 'telegram', x'00', 1000 from k;
    `)
    const lan = house.as('lan')
    await lan.read('/desk/queue')
    const start = performance.now()
    const { text } = await lan.read('/desk/queue')
    const milliseconds = performance.now() - start
    expect(text).toContain('2001 đang mở')
    expect(text).toContain('Trang 1 / 41')
    expect([...text.matchAll(/class="ticket emergency"/g)]).toHaveLength(40)
    expect([...text.matchAll(/class="ticket /g)]).toHaveLength(50)
    expect((await lan.read('/desk')).text).toMatch(/Đang chờ <span class="count">2001<[\s\S]*Xem cả hàng chờ/)
    expect(milliseconds).toBeLessThan(250)
  })
})

describe('a call to make', () => {
  test('is seen on the first page however many wait to talk', async () => {
    const house = openDeskHouse()
    const { home } = house
    for (let i = 0; i < 35; i++) await asked(house, String(i).padStart(43, 'C'))
    for (const words of ['chào', 'gọi lại cho tôi', '0912345678']) await home.say('an', words)
    const { text } = await house.as('lan').read('/desk')
    expect(text).toContain('Đang chờ <span class="count">35</span>')
    expect(text).toContain('Cần gọi lại <span class="count">1</span>')
    expect(text).toContain('Hiện số •••• 678')
    expect([...text.matchAll(/Muốn được gọi lại/g)]).toHaveLength(1)
  })
})

describe('the log', () => {
  test('names the route of every form, and no id', async () => {
    const house = openDeskHouse()
    const path = await asked(house)
    for (const verb of ['take', 'note', 'transfer', 'reveal', 'draft', 'resend'])
      await house.as('lan').send(`${path}/${verb}`, { note: 'x' })
    expect(house.log()).toContain('"route":"/desk/tickets/:id/transfer"')
    expect(house.log()).not.toContain(path.slice('/desk/tickets/'.length))
  })
})
