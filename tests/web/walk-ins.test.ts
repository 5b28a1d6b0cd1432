import { describe, expect, test } from 'vitest'
import { tick, tidy } from '../../src/app/tick.ts'
import { contactCounts } from '../../src/store/contact-counts.ts'
import { load } from '../../src/store/load.ts'
import { audit, callPlan, chatLink, event, slip, walkIn, words } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { walkInsToCall } from '../../src/store/walk-ins.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const VISITOR = 'B'.repeat(43)
const OTHER = 'C'.repeat(43)
const DAY = 86_400_000
const JOINED = '<span class="mine">đã nối</span>'

const GIVEN = {
  point: 'mai',
  called: 'Tư Sáo',
  pronoun: 'em',
  phone: '0912 345 678',
  hours: 'luc-nao-cung-duoc',
  call_time: '',
  cover: 'noi-la-ban',
  cover_words: '',
  language: 'Mông',
  note: 'ghé lại chiều thứ Năm',
  call_on: '',
  consent: '2026-11-25',
}
const TODAY = (house: DeskHouse, ahead = 0) =>
  new Date(house.home.clock.now + ahead * DAY + 7 * 3_600_000).toISOString().slice(0, 10)

/** A record written down by Lan, as the path of its page. */
async function registered(house: DeskHouse, fields: Record<string, string> = {}): Promise<string> {
  const { status, headers } = await house.as('lan').send('/desk/people/new', { ...GIVEN, ...fields })
  expect(status).toBe(303)
  return headers.get('Location')!.replace(/\?.*/, '')
}
const codeOn = (page: string) => /DH-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(page)![0]

async function say(house: DeskHouse, visitor: string, text: string): Promise<string> {
  const id = `${Math.random()}`
  const before = (await house.home.room.lines(visitor, null)).length
  await house.home.room.post(visitor, { id, text })
  await house.settle()
  return (await house.home.room.lines(visitor, null))
    .slice(before)
    .filter(({ from }) => from === 'bot')
    .map((line) => line.text)
    .join('\n')
}

describe('writing down who came by', () => {
  test('keeps what was said sealed, puts them on the daily list, and reads it back on their page alone', async () => {
    const house = openDeskHouse()
    const path = await registered(house, { call_on: TODAY(house) })
    const { store } = house.home.app
    for (const table of [walkIn, event, callPlan, audit, words])
      for (const row of await allOf(store, table))
        expect(JSON.stringify(row)).not.toMatch(/Tư Sáo|912345678|thứ Năm|Mông/)
    const page = (await house.as('lan').read(path)).text
    for (const shown of ['Tư Sáo', 'Mông', 'ghé lại chiều thứ Năm', 'nói là bạn', '•••• 678'])
      expect(page).toContain(shown)
    expect(page).not.toContain('0912 345 678')
    const today = (await house.as('hanh').read('/desk')).text
    expect(today).toContain(path)
    expect(today).not.toContain('Tư Sáo')
    expect((await house.as('lan').send(`${path}/reveal`, { answer: 'phone' })).text).toContain('tel:0912345678')
    const noted = (await allOf(store, audit)).filter(({ staff, contact }) => staff === 'lan' && contact !== null)
    expect(noted.map(({ action }) => action)).toEqual([
      'walk_in.register',
      'walk_in.read',
      'answer.shown',
      'walk_in.read',
    ])
  })

  test.each([
    ['a landline with too few digits', { phone: '0212 38' }, 'Số điện thoại chưa đúng'],
    ['no word of consent', { consent: '' }, 'chỉ đánh dấu khi họ nói đồng ý'],
    ['an older sentence', { consent: '2020-01-01' }, 'đọc câu xin phép'],
    ['a number without safe hours', { hours: '' }, 'cần giờ gọi an toàn'],
    ['a number without what to say', { cover: '' }, 'nếu người khác nghe máy'],
    ['a call at night', { hours: 'gio-khac', call_time: '22:30' }, '07:00–21:00'],
    ['a day that is past', { call_on: '2020-01-06' }, 'đã qua'],
    ['no such day', { call_on: '2026-02-30' }, 'Ngày gọi chưa đúng'],
    ['a name too long', { called: 'a'.repeat(61) }, '60 ký tự'],
  ])('with %s saves nothing, says why, and gives all back', async (_, fields, why) => {
    const house = openDeskHouse()
    const answer = await house.as('lan').send('/desk/people/new', { ...GIVEN, ...fields })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(why)
    expect(answer.text).toContain('ghé lại chiều thứ Năm')
    expect(await allOf(house.home.app.store, walkIn)).toEqual([])
  })

  test('on a day when the point is closed names the nearest that is not', async () => {
    const house = openDeskHouse()
    const sunday = [...Array(7).keys()].map((n) => TODAY(house, n)).find((day) => new Date(day).getUTCDay() === 0)!
    const { text } = await house.as('lan').send('/desk/people/new', { ...GIVEN, call_on: sunday })
    expect(text).toContain('điểm nghỉ')
    expect(text).toContain('Ngày làm việc gần nhất')
  })

  test('pressed twice is one record', async () => {
    const house = openDeskHouse()
    expect(await registered(house, { id: 'same' })).toBe(await registered(house, { id: 'same' }))
    expect(await allOf(house.home.app.store, walkIn)).toHaveLength(1)
  })

  test('is not offered where only what identifies nobody may be kept', async () => {
    const house = openDeskHouse()
    ;(house.home.app.settings as { anonymous?: true }).anonymous = true
    expect((await house.as('lan').send('/desk/people/new', GIVEN)).status).toBe(403)
    expect(await allOf(house.home.app.store, walkIn)).toEqual([])
  })
})

describe('a slip', () => {
  test('shows its code once, with no word of whose it is, and keeps only a hash', async () => {
    const house = openDeskHouse()
    const path = await registered(house)
    const printed = await house.as('lan').send(`${path}/slip`, { id: 'p' })
    expect(printed.status).toBe(200)
    const code = codeOn(printed.text)
    const paper = /<section class="slip"[\s\S]*<\/section>/.exec(printed.text)![0]
    expect(paper).not.toMatch(/tư vấn|nghiện|ma tuý|điểm|Tư Sáo|khách/i)
    expect(JSON.stringify(await allOf(house.home.app.store, slip))).not.toContain(code.slice(3, 7) + code.slice(8))
    expect((await house.as('lan').send(`${path}/slip`, { id: 'p' })).text).toContain('Mã chỉ hiện một lần')
    expect((await house.as('lan').read(path)).text).not.toContain(code)
  })

  test('joins the chat that sends its code and says yes, which shows nothing said before', async () => {
    const house = openDeskHouse()
    const path = await registered(house, { call_on: TODAY(house) })
    const code = codeOn((await house.as('lan').send(`${path}/slip`)).text)
    expect(await say(house, VISITOR, code)).toContain('phieu.hoi')
    expect((await house.as('lan').read(path)).text).not.toContain(JOINED)
    expect(await say(house, VISITOR, 'có')).toContain('phieu.da-noi')
    const shown = (await house.home.room.lines(VISITOR, null)).map(({ text }) => text).join()
    expect(shown).not.toMatch(/Tư Sáo|678|thứ Năm|Mông|Mai/)
    expect((await house.as('lan').read(path)).text).toContain(JOINED)
    // Who has a chat is no longer called by the list.
    expect((await house.as('lan').read('/desk')).text).not.toContain(path)
    await say(house, VISITOR, 'gặp người')
    const [ticket] = await openTickets(house.home.app.store)
    expect((await house.as('lan').read(`/desk/tickets/${ticket!.id}`)).text).toContain(path)
    expect(await say(house, OTHER, code)).toContain('phieu.da-dung')
  })

  test('of two chats that say yes at once joins one, and the other hears so', async () => {
    const house = openDeskHouse()
    const code = codeOn((await house.as('lan').send(`${await registered(house)}/slip`)).text)
    await say(house, VISITOR, code)
    await say(house, OTHER, code)
    const both = await Promise.all([VISITOR, OTHER].map((one) => say(house, one, 'có')))
    expect(both.filter((text) => text.includes('phieu.da-noi'))).toHaveLength(1)
    expect(both.filter((text) => text.includes('phieu.da-dung'))).toHaveLength(1)
    expect(await allOf(house.home.app.store, chatLink)).toHaveLength(1)
  })

  test('that was withdrawn, renewed or is old joins nothing', async () => {
    const house = openDeskHouse()
    const path = await registered(house)
    const [first, second] = [
      codeOn((await house.as('lan').send(`${path}/slip`)).text),
      codeOn((await house.as('lan').send(`${path}/slip`)).text),
    ]
    expect(await say(house, VISITOR, first)).toContain('phieu.sai')
    expect(await say(house, VISITOR, second)).toContain('phieu.hoi')
    await house.as('lan').send(`${path}/withdraw`)
    expect(await say(house, VISITOR, 'có')).toContain('phieu.sai')
    const third = codeOn((await house.as('lan').send(`${path}/slip`)).text)
    house.home.clock.now += 30 * DAY
    expect(await say(house, VISITOR, third)).toContain('phieu.het-han')
    expect(await allOf(house.home.app.store, chatLink)).toEqual([])
  })

  test('cannot be guessed on: after a few wrong codes a right one waits too', async () => {
    const house = openDeskHouse()
    const code = codeOn((await house.as('lan').send(`${await registered(house)}/slip`)).text)
    for (let n = 0; n < 5; n++) expect(await say(house, VISITOR, `DH-ABCD-EFG${'HJKMN'[n]}`)).toContain('phieu.sai')
    expect(await say(house, VISITOR, code)).toContain('phieu.thu-nhieu')
    expect(await say(house, OTHER, code)).toContain('phieu.hoi')
  })

  test('is taken from the joined chat again by staff', async () => {
    const house = openDeskHouse()
    const path = await registered(house)
    const code = codeOn((await house.as('lan').send(`${path}/slip`)).text)
    await say(house, VISITOR, code)
    await say(house, VISITOR, 'có')
    await house.as('lan').send(`${path}/unlink`)
    expect((await house.as('lan').read(path)).text).not.toContain(JOINED)
  })
})

describe('a call or a visit', () => {
  test('is written into the history, planned anew, and counted by kind and day', async () => {
    const house = openDeskHouse()
    const path = await registered(house, { call_on: TODAY(house) })
    const lan = house.as('lan')
    const none = { kind: 'call', outcome: 'no_answer', next: 'next', contact_note: 'máy bận', call_on: '' }
    expect((await lan.send(`${path}/contact`, { ...none, id: 'once' })).status).toBe(303)
    expect((await lan.send(`${path}/contact`, { ...none, id: 'once' })).status).toBe(303)
    expect((await lan.read('/desk')).text).not.toContain(path)
    expect((await lan.read('/desk')).text).toContain('1 cuộc đã hẹn gọi vào ngày khác')
    const due = await walkInsToCall(house.home.app.store, ['mai'], TODAY(house, 3), 10)
    expect(due.map(({ contact }) => `/desk/people/${contact}`)).toEqual([path])
    await lan.send(`${path}/contact`, { kind: 'visit', outcome: 'met', next: 'none', contact_note: '' })
    const page = (await lan.read(path)).text
    expect(page).toContain('Gọi điện: không nghe máy.')
    expect(page).toContain('máy bận')
    expect(page).toContain('Gặp trực tiếp: đã gặp trực tiếp.')
    const counts = await contactCounts(house.home.app.store, '2020-01-01', '2030-01-01')
    expect(counts.map(({ point, kind, outcome, count }) => [point, kind, outcome, count])).toEqual([
      ['mai', 'call', 'no_answer', 1],
      ['mai', 'visit', 'met', 1],
    ])
  })

  test('in which they asked not to be called ends every call, whatever day was typed', async () => {
    const house = openDeskHouse()
    const path = await registered(house, { call_on: TODAY(house) })
    await house
      .as('lan')
      .send(`${path}/contact`, { kind: 'call', outcome: 'no_calls', next: 'day', call_on: TODAY(house) })
    expect((await house.as('lan').read('/desk')).text).not.toContain(path)
    const page = (await house.as('lan').read(path)).text
    expect(page).toContain('đừng gọi')
    expect(page).not.toContain('•••• 678')
  })

  test.each([
    ['no outcome', { kind: 'call', outcome: '', next: 'none' }],
    ['a meeting by telephone', { kind: 'call', outcome: 'met', next: 'none' }],
    ['a day that is past', { kind: 'call', outcome: 'no_answer', next: 'day', call_on: '2020-01-06' }],
    ['nothing said of the next call', { kind: 'call', outcome: 'no_answer', next: '' }],
  ])('with %s is refused with the reason, and the note stays', async (_, fields) => {
    const house = openDeskHouse()
    const path = await registered(house)
    const { status, text } = await house.as('lan').send(`${path}/contact`, { ...fields, contact_note: 'lời ghi dở' })
    expect(status).toBe(400)
    expect(text).toContain('Chưa ghi:')
    expect(text).toContain('lời ghi dở')
    expect(await contactCounts(house.home.app.store, '2020-01-01', '2030-01-01')).toEqual([])
  })

  test('on a ticket is a line for staff alone, and ends the wait only when they were talked with', async () => {
    const house = openDeskHouse()
    await say(house, VISITOR, 'chào')
    await say(house, VISITOR, 'gặp người')
    const [ticket] = await openTickets(house.home.app.store)
    const path = `/desk/tickets/${ticket!.id}`
    const lan = house.as('lan')
    await lan.send(`${path}/take`)
    await say(house, VISITOR, 'chị ơi')
    await lan.send(`${path}/contact`, { kind: 'call', outcome: 'no_answer', next: 'none', contact_note: 'gọi hụt' })
    expect((await lan.read(path)).text).toContain('cần trả lời trong')
    await lan.send(`${path}/contact`, { kind: 'call', outcome: 'reached', next: 'none', contact_note: '' })
    const page = (await lan.read(path)).text
    expect(page).not.toContain('cần trả lời trong')
    expect(page).toContain('gọi hụt')
    expect((await house.home.room.lines(VISITOR, null)).some(({ text }) => text.includes('gọi hụt'))).toBe(false)
  })
})

describe('a call that was asked for in a chat', () => {
  const calls = async (house: DeskHouse) =>
    /Cần gọi lại <span class="count">(\d+)/.exec((await house.as('lan').read('/desk')).text)![1]

  test.each([
    ['reached', 'none', '0'],
    ['no_answer', 'next', '0'],
    ['no_answer', 'day', '1'],
    ['no_calls', 'none', '0'],
  ])('is on the list or off it by its outcome (%s, %s), and the ticket is never lost', async (outcome, next, left) => {
    const house = openDeskHouse()
    for (const words of ['chào', 'gọi lại cho tôi', '0912345678']) await house.home.say('an', words)
    const [ticket] = await openTickets(house.home.app.store)
    expect(await calls(house)).toBe('1')
    const fields = { kind: 'call', outcome, next, call_on: TODAY(house) }
    expect((await house.as('lan').send(`/desk/tickets/${ticket!.id}/contact`, fields)).status).toBe(303)
    expect(await calls(house)).toBe(left)
    const { text } = await house.as('lan').read('/desk')
    if (outcome !== 'no_answer') expect(text).toContain(ticket!.id)
    else if (next === 'next') expect(text).toContain('1 cuộc đã hẹn gọi vào ngày khác')
    expect((await house.as('lan').read('/desk/queue')).text).toContain(ticket!.id)
  })
})

describe('an erasure', () => {
  test('by age counts from the last time they were met, and not from a call that nobody took', async () => {
    const house = openDeskHouse()
    const path = await registered(house)
    const record = (outcome: string, kind: string) =>
      house.as('lan').send(`${path}/contact`, { kind, outcome, next: 'none' })
    const { app, clock } = house.home
    const begun = clock.now
    const activeAt = async () => (await load(app.store, path.split('/').at(-1)!)).activeAt
    clock.now += 60_000
    await record('no_answer', 'call')
    expect(await activeAt()).toBe(begun)
    await record('met', 'visit')
    expect(await activeAt()).toBe(clock.now)
    clock.now += 29 * DAY
    await tidy(app)
    expect(await allOf(app.store, walkIn)).toHaveLength(1)
    clock.now += 2 * DAY
    await tidy(app)
    expect(await allOf(app.store, walkIn)).toEqual([])
  })

  test('at their wish leaves a receipt and a count, and no word', async () => {
    const house = openDeskHouse()
    const path = await registered(house)
    await house
      .as('lan')
      .send(`${path}/contact`, { kind: 'visit', outcome: 'met', next: 'none', contact_note: 'lời riêng' })
    await house.as('lan').send(`${path}/slip`)
    expect((await house.as('lan').send(`${path}/erase`)).status).toBe(400)
    const done = await house.as('lan').send(`${path}/erase`, { wish: 'yes' })
    expect(done.text).toMatch(/[A-Z2-9]{5}-[A-Z2-9]{5}/)
    const { store } = house.home.app
    for (const table of [walkIn, callPlan, slip, words]) expect(await allOf(store, table)).toEqual([])
    expect(await contactCounts(store, '2020-01-01', '2030-01-01')).toMatchObject([{ kind: 'visit', count: 1 }])
    expect(await house.as('lan').read(path)).toMatchObject({ status: 404 })
    const late = await house.as('lan').send(`${path}/contact`, { contact_note: 'viết dở' })
    expect(late).toMatchObject({ status: 404, text: expect.stringContaining('viết dở') })
  })

  test('asked for in the joined chat takes the record with it', async () => {
    const house = openDeskHouse()
    const path = await registered(house)
    const code = codeOn((await house.as('lan').send(`${path}/slip`)).text)
    for (const text of [code, 'có', 'xoá', 'có']) await say(house, VISITOR, text)
    await tick(house.home.app)
    expect(await allOf(house.home.app.store, walkIn)).toEqual([])
    expect((await house.as('lan').read(path)).status).toBe(404)
  })
})

test('the log names the route of every form, and no id, code or word', async () => {
  const house = openDeskHouse()
  const path = await registered(house)
  const code = codeOn((await house.as('lan').send(`${path}/slip`)).text)
  await house.ask(`/chat?phieu=${code}`)
  await say(house, VISITOR, code)
  for (const verb of ['contact', 'reveal', 'erase'])
    await house.as('lan').send(`${path}/${verb}`, { contact_note: 'lời' })
  expect(house.log()).toContain('"route":"/desk/people/:id/slip"')
  expect(house.log()).not.toMatch(new RegExp(`${path.split('/').at(-1)}|${code}|Tư Sáo|912345678`))
})

test('the link of a slip fills in the code and joins nothing by being opened', async () => {
  const house = openDeskHouse()
  const code = codeOn((await house.as('lan').send(`${await registered(house)}/slip`)).text)
  expect((await house.ask(`/chat?phieu=${code}`)).text).toContain(`>${code}</textarea>`)
  expect((await house.ask('/chat?phieu=<b>x')).text).not.toContain('<b>x')
  expect(await allOf(house.home.app.store, chatLink)).toEqual([])
})

describe('who may', () => {
  const WAYS = ['slip', 'withdraw', 'unlink', 'contact', 'reveal', 'erase']

  test.each(['lan', 'hanh', 'binh'])('%s, of the point or above it, may read, print, record and erase', async (id) => {
    const house = openDeskHouse()
    const path = await registered(house)
    const one = house.as(id)
    expect((await one.read('/desk/people')).text).toContain(path)
    expect((await one.read(path)).status).toBe(200)
    expect((await one.send('/desk/people/new', GIVEN)).status).toBe(303)
    for (const verb of WAYS) {
      const fields = { kind: 'other', outcome: 'other', next: 'none', wish: 'yes' }
      expect([200, 303], verb).toContain((await one.send(`${path}/${verb}`, fields)).status)
    }
  })

  test.each([
    ['ky', 'without the role'],
    ['cong', 'of the police, whom nobody chose'],
    ['mo', 'of another point'],
  ])('%s, %s, sees and changes nothing, and the attempt is noted', async (id) => {
    const house = openDeskHouse()
    const path = await registered(house, { call_on: TODAY(house) })
    const { app } = house.home
    const one = house.as(id)
    expect((await one.read('/desk')).text).not.toContain(path)
    expect((await one.read('/desk/people')).text).not.toContain(path)
    expect((await one.read(path)).status).toBe(403)
    expect((await one.send('/desk/people/new', GIVEN)).status).toBe(403)
    for (const verb of WAYS) expect((await one.send(`${path}/${verb}`, { wish: 'yes' })).status, verb).toBe(403)
    expect(await allOf(app.store, walkIn)).toHaveLength(1)
    const tried = (await allOf(app.store, audit)).filter((row) => row.staff === id && row.action === 'refused')
    expect(tried.length).toBeGreaterThanOrEqual(id === 'mo' ? WAYS.length + 1 : 0)
  })

  test('records a contact on a ticket: staff of its point, and nobody of the police', async () => {
    const house = openDeskHouse()
    await say(house, VISITOR, 'chào')
    await say(house, VISITOR, 'gặp người')
    const [ticket] = await openTickets(house.home.app.store)
    const fields = { kind: 'call', outcome: 'no_answer', next: 'none' }
    const tries = await Promise.all(
      ['hanh', 'binh', 'cong', 'ky'].map((id) => house.as(id).send(`/desk/tickets/${ticket!.id}/contact`, fields)),
    )
    expect(tries.map(({ status }) => status)).toEqual([303, 303, 403, 403])
  })
})
