import { describe, expect, test } from 'vitest'
import { tidy } from '../../src/app/tick.ts'
import type { Club } from '../../src/engine/facts.ts'
import { clubMember, meeting } from '../../src/store/club-tables.ts'
import { load } from '../../src/store/load.ts'
import { audit, club, words } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { appointment, seat, trace } from '../../src/store/visit-tables.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const CLUB: Club = {
  id: 'clb',
  name: 'Câu lạc bộ MẪU Mai',
  commune: 'x',
  about: '',
  point: 'mai',
  keepers: ['chu'],
  place: 'Nhà văn hoá MẪU',
  sample: true,
}
const OTHER: Club = { ...CLUB, id: 'khac', name: 'Câu lạc bộ MẪU Đào', point: 'dao', keepers: [] }
const NAMES = ['Hải', 'Nga', 'Tú', 'Bền']
/** A Saturday two weeks on, eight in the morning; the house opens on Saturday 21/11/2026 at ten. */
const ONE = {
  pattern: 'mot-lan',
  first: '2026-12-05',
  time: '08:00',
  minutes: '90',
  place: 'Nhà văn hoá MẪU',
  agenda: 'Nói chuyện việc làm',
  capacity: '',
  notice: '7',
  lam: 'luu',
}

function openHouse(): DeskHouse {
  const house = openDeskHouse([CLUB, OTHER])
  house.home.book.now = book
  const { app, telegram } = house.home
  app.channels = new Map([...app.channels, ['telegram', telegram]])
  return house
}

const heard = (house: DeskHouse, handle: string) => house.home.telegram.texts(handle)
const last = (house: DeskHouse, handle: string) => heard(house, handle).at(-1) ?? ''

/** People who said yes to the club, from one number up, in the chat. */
async function openClub(members: number): Promise<DeskHouse> {
  const house = openHouse()
  for (let i = 1; i <= members; i++) {
    const handle = String(i)
    await house.home.say(handle, 'chào')
    await house.home.staff(handle, { type: 'club_invite', club: 'clb', group: 'compulsory' })
    await house.home.say(handle, 'lời mời')
    await house.home.say(handle, 'có')
    await house.home.say(handle, NAMES[i - 1]!)
    await house.home.say(handle, i % 2 === 1 ? 'có' : 'không')
  }
  await house.settle()
  return house
}

async function planned(house: DeskHouse, fields: Record<string, string> = {}): Promise<string> {
  const { status, text } = await house.as('chu').send('/desk/clb/clb/lich', { ...ONE, ...fields })
  if (status !== 303) throw new Error(text)
  const rows = await allOf(house.home.app.store, meeting)
  return `/desk/clb/clb/buoi/${rows.at(-1)!.id}`
}

/** Until a moment, with the ticks on the way that it takes. */
async function until(house: DeskHouse, at: number): Promise<void> {
  await house.settle()
  house.home.clock.now = at
  for (let i = 0; i < 3; i++) await house.home.pass(HOUR / 2)
}

const NOTICE = Date.UTC(2026, 10, 28, 1, 5)
const MEETING = Date.UTC(2026, 11, 5, 1, 0)
const states = async (house: DeskHouse) => (await allOf(house.home.app.store, appointment)).map(({ state }) => state)

describe('belonging to a club', () => {
  test('begins with the person’s own yes, in words that tell a lock screen nothing', async () => {
    const house = openHouse()
    await house.home.say('1', 'chào')
    await house.home.say('1', 'gặp người')
    await house.settle()
    const [ticket] = await openTickets(house.home.app.store)
    const form = `/desk/clb/nguoi?cuoc=${ticket!.id}`
    expect((await house.as('lan').read(`/desk/tickets/${ticket!.id}`)).text).toContain(form)
    const asked = { club: 'clb', group: 'voluntary', said: 'moi' }
    expect((await house.as('lan').send(form, asked)).status).toBe(303)
    await house.as('lan').send(`/desk/tickets/${ticket!.id}/close`, { outcome: 'helped' })
    await until(house, house.home.clock.now + 4 * HOUR)
    expect(last(house, '1')).toContain('lời mời')
    expect(last(house, '1')).not.toContain('lạc bộ')
    expect((await allOf(house.home.app.store, clubMember)).map(({ state }) => state)).toEqual(['invited'])
    const twice = await house.as('lan').send(form, asked)
    expect(twice.status).toBe(404)
    await house.home.say('1', 'lời mời')
    await house.home.say('1', 'không')
    expect((await allOf(house.home.app.store, clubMember)).map(({ state }) => state)).toEqual(['declined'])
  })

  test('may be noted by staff who heard the yes, and only with how they wish to be called', async () => {
    const house = openHouse()
    await house.home.say('1', 'chào')
    await house.home.say('1', 'gặp người')
    await house.settle()
    const [ticket] = await openTickets(house.home.app.store)
    const form = `/desk/clb/nguoi?cuoc=${ticket!.id}`
    const asked = { club: 'clb', group: 'young', said: 'co' }
    const refused = await house.as('lan').send(form, asked)
    expect([refused.status, refused.text.includes('muốn được gọi là gì')]).toEqual([400, true])
    expect((await house.as('lan').send(form, { ...asked, name: 'Hải', follow: 'yes' })).status).toBe(303)
    const again = await house.as('lan').send(form, { ...asked, name: 'Hải' })
    expect([again.status, again.text.includes('đã ở một câu lạc bộ')]).toEqual([409, true])
    expect((await house.as('lan').read('/desk/clb/clb')).text).toContain('Hải')
  })

  test('ends with one word, or when staff hear it, and nothing of the club comes any more', async () => {
    const house = await openClub(2)
    await planned(house)
    await until(house, NOTICE)
    expect(last(house, '1')).toContain('5/12/2026')
    await house.home.say('1', 'rời câu lạc bộ')
    await house.home.say('1', 'đúng')
    const rows = await allOf(house.home.app.store, clubMember)
    const second = rows.find(({ state }) => state === 'member')!
    expect((await house.as('lan').send(`/desk/clb/clb/hoi-vien/${second.id}/roi`)).status).toBe(303)
    expect(await states(house)).toEqual(['cancelled', 'cancelled'])
    const before = house.home.telegram.sent.length
    await until(house, MEETING - 20 * HOUR)
    expect(house.home.telegram.sent).toHaveLength(before)
    const ended = await allOf(house.home.app.store, clubMember)
    expect(ended.map(({ state, name }) => [state, name])).toEqual([
      ['left', null],
      ['left', null],
    ])
  })
})

describe('what the board sees', () => {
  test('is its own club, with the names people chose and never their legal group', async () => {
    const house = await openClub(2)
    const board = house.as('chu')
    const { text } = await board.read('/desk/clb/clb')
    expect(text).toContain('Hải')
    expect(text).not.toContain('bắt buộc')
    expect((await house.as('lan').read('/desk/clb/clb')).text).toContain('Hoàn thành cai nghiện bắt buộc')
    expect((await board.read('/desk/clb')).text).not.toContain('MẪU Đào')
    for (const path of ['/desk/clb/khac', '/desk/clb/khac/lich', '/desk', '/desk/queue', '/desk/lich', '/desk/people'])
      expect([path, (await board.read(path)).status]).toEqual([path, 403])
    expect((await house.as('cong').read('/desk/clb/clb')).status).toBe(403)
  })

  test('and what it opens is in the audit', async () => {
    const house = await openClub(1)
    await house.as('chu').read('/desk/clb/clb')
    const rows = await allOf(house.home.app.store, audit)
    expect(rows.filter(({ staff, action }) => staff === 'chu' && action === 'club.read')).toHaveLength(1)
  })
})

describe('a meeting', () => {
  test('is announced once at its time to every member, and on its list stands who answered what', async () => {
    const house = await openClub(3)
    const path = await planned(house)
    await until(house, NOTICE - 3 * HOUR)
    expect(await states(house)).toEqual([])
    await until(house, NOTICE)
    expect(house.home.telegram.sent.filter(({ text }) => text.includes('5/12/2026'))).toHaveLength(3)
    await house.home.say('1', '1')
    await house.home.say('2', 'em bận rồi')
    await house.settle()
    expect(last(house, '1')).toContain('giữ chỗ')
    const { text } = await house.as('chu').read(path)
    expect(text).toContain('Sẽ đến 1:</b> Hải')
    expect(text).toContain('Không đến được 1:</b> Nga')
    expect(text).toContain('Chưa trả lời 1:</b> Tú')
  })

  test('with too few seats makes a row of who waits, and a seat given back goes to the first of them', async () => {
    const house = await openClub(4)
    await planned(house, { capacity: '2' })
    await until(house, NOTICE)
    for (const handle of ['1', '2', '3', '4']) await house.home.say(handle, '1')
    await house.settle()
    expect(await states(house)).toEqual(['confirmed', 'confirmed', 'waiting', 'waiting'])
    expect(last(house, '3')).toContain('danh sách chờ')
    await house.home.say('1', 'lịch hẹn')
    await house.home.say('1', '2')
    await house.home.pass(1000)
    await until(house, house.home.clock.now + HOUR)
    expect(await states(house)).toEqual(['declined', 'confirmed', 'confirmed', 'waiting'])
    expect(last(house, '3')).toContain('đã có chỗ')
    expect(last(house, '4')).toContain('danh sách chờ')
    expect((await allOf(house.home.app.store, seat)).map(({ quarter }) => quarter).sort()).toEqual([1, 2])
  })

  test('a seat given back is not taken by somebody who comes later than those who wait', async () => {
    const house = await openClub(3)
    await planned(house, { capacity: '1' })
    await until(house, NOTICE)
    await house.home.say('1', '1')
    await house.home.say('2', '1')
    await house.home.say('1', 'lịch hẹn')
    await house.home.say('1', '2')
    house.home.clock.now += 1000
    await house.home.say('3', '1')
    expect(await states(house)).toEqual(['declined', 'waiting', 'waiting'])
    await until(house, house.home.clock.now + HOUR)
    expect(await states(house)).toEqual(['declined', 'confirmed', 'waiting'])
  })

  test('a seat that two choose at once has one owner', async () => {
    const house = await openClub(2)
    await planned(house, { capacity: '1' })
    await until(house, NOTICE)
    await Promise.all([house.home.say('1', '1'), house.home.say('2', '1')])
    expect((await states(house)).sort()).toEqual(['confirmed', 'waiting'])
    expect(await allOf(house.home.app.store, seat)).toHaveLength(1)
  })

  test('whoever is erased gives their seat to who waits', async () => {
    const house = await openClub(2)
    await planned(house, { capacity: '1' })
    await until(house, NOTICE)
    await house.home.say('1', '1')
    await house.home.say('2', '1')
    await house.home.say('1', 'xoá')
    await house.home.say('1', 'có')
    await until(house, house.home.clock.now + HOUR)
    const rows = await allOf(house.home.app.store, appointment)
    expect(rows.map(({ contact, state }) => [contact === null, state]).sort()).toEqual([
      [false, 'confirmed'],
      [true, 'cancelled'],
    ])
    const people = await allOf(house.home.app.store, clubMember)
    expect(people.map(({ contact, name, state }) => [contact === null, name === null, state])).toContainEqual([
      true,
      true,
      'left',
    ])
  })

  test('that moves asks anew and keeps the seats; one called off is said to all but who had said no', async () => {
    const house = await openClub(3)
    const path = await planned(house)
    await until(house, NOTICE)
    await house.home.say('1', '1')
    await house.home.say('2', '2')
    await house.settle()
    const moved = { ...ONE, first: '2026-12-06', time: '14:30' }
    expect((await house.as('chu').send(`${path}/sua`, moved)).status).toBe(303)
    await until(house, NOTICE + 3 * HOUR)
    for (const handle of ['1', '2', '3']) expect(last(house, handle)).toContain('6/12/2026')
    expect(await states(house)).toEqual(['booked', 'invited', 'invited'])
    expect(await allOf(house.home.app.store, seat)).toHaveLength(1)
    await house.home.say('2', '2')
    await house.settle()
    expect((await house.as('chu').send(`${path}/huy`)).status).toBe(303)
    await until(house, NOTICE + 6 * HOUR)
    expect(last(house, '1')).toContain('không còn nữa')
    expect(last(house, '3')).toContain('không còn nữa')
    expect(last(house, '2')).toContain('không đến được')
    expect(await allOf(house.home.app.store, seat)).toEqual([])
    expect((await house.as('chu').send(`${path}/huy`)).status).toBe(409)
  })

  test('is heard of by who joins after it was announced', async () => {
    const house = await openClub(1)
    await planned(house)
    await until(house, NOTICE)
    await house.home.say('9', 'chào')
    await house.home.staff('9', { type: 'club_join', club: 'clb', group: 'young', name: 'Mới', followUp: false })
    await until(house, NOTICE + 3 * HOUR)
    expect(last(house, '9')).toContain('5/12/2026')
  })

  test('somebody without a chat stands on the list of calls, and on the list of the meeting', async () => {
    const house = await openClub(0)
    const consent = '2026-11-25'
    const { headers } = await house.as('lan').send('/desk/people/new', {
      point: 'mai',
      called: 'Ông Tư',
      phone: '0912 345 678',
      hours: 'luc-nao-cung-duoc',
      cover: 'noi-la-ban',
      consent,
    })
    const record = headers.get('Location')!.replace(/\?.*/, '').split('/').at(-1)!
    const form = `/desk/clb/nguoi?khach=${record}`
    const joined = { club: 'clb', group: 'voluntary', said: 'co', name: 'Ông Tư' }
    expect((await house.as('lan').send(form, joined)).status).toBe(303)
    const path = await planned(house)
    await until(house, NOTICE)
    expect((await house.as('chu').read(path)).text).toContain('Ông Tư')
    expect((await house.as('lan').read('/desk')).text).toContain(`/desk/people/${record}`)
  })
})

describe('attendance', () => {
  test('is written down on one page; who stayed away is looked for only where they wished it', async () => {
    const house = await openClub(3)
    const path = await planned(house)
    await until(house, NOTICE)
    const early = await house.as('chu').send(`${path}/ghi`, {})
    expect(early.status).toBe(409)
    house.home.clock.now = MEETING + HOUR
    const rows = await allOf(house.home.app.store, appointment)
    const [hai, nga, tu] = ['1', '2', '3'].map((handle) => rows.find((r) => r.contact === house.home.contact(handle))!)
    const page = await house.as('chu').read(path)
    expect(page.text).toContain('Ai có mặt?')
    const marks = { [`p-${hai!.id}`]: 'attended', [`p-${nga!.id}`]: 'missed', [`p-${tu!.id}`]: 'missed' }
    const sent = await house.as('chu').send(`${path}/ghi`, { ...marks, others: '2', note: 'Ấm cúng' })
    expect(sent.status).toBe(303)
    await house.settle()
    expect(await states(house)).toEqual(['attended', 'missed', 'missed'])
    // Nga did not wish to be asked after; Tú did.
    expect((await allOf(house.home.app.store, trace)).map(({ contact }) => contact)).toEqual([house.home.contact('3')])
    const after = (await house.as('chu').read(path)).text
    expect(after).toContain('Có mặt 1 và 2 khách:</b> Hải')
    expect(after).toContain('Ấm cúng')
    // Tú had only come late.
    expect(
      (await house.as('chu').send(`${path}/ghi`, { [`p-${tu!.id}`]: 'attended', others: '2', note: 'Ấm cúng' })).status,
    ).toBe(303)
    expect(await states(house)).toEqual(['attended', 'missed', 'attended'])
    expect((await allOf(house.home.app.store, trace)).map(({ closedAt }) => closedAt === null)).toEqual([false])
    const months = (await house.as('lan').read('/desk/clb/clb')).text
    expect(months).toMatch(/12\/2026<\/th><td>1<\/td><td>3<\/td><td>2<\/td><td>2<\/td>/)
    const [row] = await allOf(house.home.app.store, meeting)
    expect(Buffer.from(row!.note!).toString('utf8')).not.toContain('Ấm')
  })
})

describe('a row of meetings', () => {
  test('shows its dates before anything is kept, with what a holiday moves', async () => {
    const house = await openClub(0)
    const rule = { ...ONE, pattern: 'thang-ngay', monthday: '1', first: '2026-12-01', on_holiday: 'sau', lam: 'xem' }
    house.home.app.directory = ((before) => () => ({
      ...before(),
      calendar: { holidays: [{ day: '2027-01-01', name: 'Tết Dương lịch' }], swaps: [] },
    }))(house.home.app.directory)
    const { text } = await house.as('chu').send('/desk/clb/clb/lich', rule)
    expect(text).toContain('08:00 thứ Ba 1/12/2026')
    expect(text).toContain('08:00 thứ Bảy 2/1/2027 (dời vì nghỉ Tết Dương lịch)')
    expect(await allOf(house.home.app.store, meeting)).toEqual([])
    await house.as('chu').send('/desk/clb/clb/lich', { ...rule, lam: 'luu', id: 'once' })
    await house.as('chu').send('/desk/clb/clb/lich', { ...rule, lam: 'luu', id: 'once' })
    const made = await allOf(house.home.app.store, meeting)
    expect(made.map(({ id }) => id.split('.').at(-1))).toEqual(['2026-12-01', '2027-01-01', '2027-02-01', '2027-03-01'])
    house.home.clock.now += 40 * DAY
    await tidy(house.home.app)
    expect((await allOf(house.home.app.store, meeting)).length).toBeGreaterThan(made.length)
  })

  test.each([
    [
      'a rule that never occurs',
      { pattern: 'thang-ngay', monthday: '30', first: '2027-02-01', last: '2027-02-28' },
      'không có buổi nào',
    ],
    ['a last day before the first', { pattern: 'tuan', weekday: '6', last: '2026-11-01' }, 'đứng trước ngày bắt đầu'],
    ['30 February', { first: '2027-02-30' }, 'chọn ngày của buổi'],
    ['a day that is over', { first: '2026-11-20' }, 'đã qua'],
    ['no place', { place: '' }, 'nơi gặp'],
    ['seats that are no number', { capacity: 'nhiều' }, 'số chỗ'],
    ['no day of the month', { pattern: 'thang-ngay', monthday: '' }, 'chọn cách lặp lại'],
  ])('refuses %s where it was typed, and loses nothing', async (_, wrong, why) => {
    const house = await openClub(0)
    const { status, text } = await house.as('chu').send('/desk/clb/clb/lich', { ...ONE, ...wrong })
    expect([status, text.includes(why), text.includes('Nói chuyện việc làm')]).toEqual([400, true, true])
    expect(await allOf(house.home.app.store, meeting)).toEqual([])
  })

  test('that is ended takes with it what nobody was told of', async () => {
    const house = await openClub(1)
    const weekly = { ...ONE, pattern: 'tuan', weekday: '6', first: '2026-11-28' }
    await house.as('chu').send('/desk/clb/clb/lich', weekly)
    await until(house, Date.UTC(2026, 10, 22, 2, 0))
    const rows = await allOf(house.home.app.store, meeting)
    await house.as('chu').send(`/desk/clb/clb/lich/${rows[0]!.series}/dung`)
    const left = await allOf(house.home.app.store, meeting)
    expect(left.map(({ announcedAt }) => announcedAt !== null)).toEqual([true])
  })
})

describe('words for a group chat', () => {
  test('name nobody, and say so where they would tell a stranger', async () => {
    const house = await openClub(2)
    const path = await planned(house)
    const { text } = await house.as('chu').read(path)
    const copied = /data-copy>([^<]*)</.exec(text)![1]!
    expect(copied).toContain('5/12/2026')
    for (const name of ['Hải', 'Nga', 'lạc bộ']) expect(copied).not.toContain(name)
    expect(text).not.toContain('làm lộ')
    const telling = await planned(house, { agenda: 'Chuyện cai nghiện' })
    expect((await house.as('chu').read(telling)).text).toContain('làm lộ')
  })
})

describe('the register', () => {
  const FILLED = {
    name: 'Câu lạc bộ MẪU mới',
    commune: 'phường Mộc Châu',
    number: '12/QĐ-UBND',
    day: '2026-10-01',
    board: 'Bà A, chủ nhiệm\nÔng B, phó chủ nhiệm',
    keepers: 'chu',
    capacity: '20',
  }
  function openRegister(): DeskHouse {
    const house = openHouse()
    const before = house.home.app.directory
    const communes = [
      { id: 'moc-chau-son-la', name: 'phường Mộc Châu', province: 'Sơn La', aliases: [], confirmed: true },
      { id: 'van-ho-son-la', name: 'xã Vân Hồ', province: 'Sơn La', aliases: [], confirmed: true },
    ]
    house.home.app.directory = () => {
      const now = before()
      const points = now.points.map((one) =>
        one.id === 'mai' ? { ...one, communes: communes.map(({ id }) => id) } : one,
      )
      return { ...now, communes, points }
    }
    return house
  }

  test('keeps the decision, the board and who of it may open the desk', async () => {
    const house = openRegister()
    const { status } = await house.as('binh').send('/desk/clb/moi', FILLED)
    expect(status).toBe(303)
    const kept = (await allOf(house.home.app.store, club)).map(({ body }) => JSON.parse(body))
    expect(kept).toEqual([
      expect.objectContaining({
        commune: 'moc-chau-son-la',
        decision: { number: '12/QĐ-UBND', day: '2026-10-01' },
        board: ['Bà A, chủ nhiệm', 'Ông B, phó chủ nhiệm'],
        keepers: ['chu'],
        capacity: 20,
      }),
    ])
    expect((await house.as('binh').read('/desk/clb')).text).toContain('chưa có câu lạc bộ')
  })

  test.each([
    ['a commune that is none', { commune: 'xã không có thật' }, 'không có xã'],
    ['a number without a day', { day: '' }, 'cần cả số và ngày'],
    ['a decision of tomorrow', { day: '2026-12-30' }, 'còn ở phía trước'],
    ['no name', { name: '' }, 'tên câu lạc bộ'],
  ])('refuses %s', async (_, wrong, why) => {
    const house = openRegister()
    const { status, text } = await house.as('binh').send('/desk/clb/moi', { ...FILLED, ...wrong })
    expect([status, text.includes(why), text.includes('phó chủ nhiệm')]).toEqual([400, true, true])
    expect(await allOf(house.home.app.store, club)).toEqual([])
  })
})

describe('somebody who says nothing for longer than texts are kept', () => {
  test('stays a member under their name, and nothing else of what they wrote stays', async () => {
    const house = await openClub(1)
    await planned(house, { first: '2027-01-16' })
    house.home.clock.now += 31 * DAY
    await tidy(house.home.app)
    const { conversation } = await load(house.home.app.store, house.home.contact('1'))
    expect(conversation.club?.state).toBe('member')
    expect((await allOf(house.home.app.store, words)).map(({ kind }) => kind)).toEqual(['answer'])
    expect((await house.as('chu').read('/desk/clb/clb')).text).toContain('Hải')
    const seq = conversation.seq
    await tidy(house.home.app)
    expect((await load(house.home.app.store, house.home.contact('1'))).conversation.seq).toBe(seq)
    await until(house, Date.UTC(2027, 0, 9, 1, 5))
    expect(last(house, '1')).toContain('16/1/2027')
  })
})
