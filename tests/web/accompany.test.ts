import { describe, expect, test } from 'vitest'
import type { Supporter } from '../../src/engine/accompany/supporter.ts'
import type { Club } from '../../src/engine/facts.ts'
import { accompaniment, progress } from '../../src/store/accompany-tables.ts'
import { readDirectory } from '../../src/store/directory.ts'
import { consent, consentText } from '../../src/store/enrolment-tables.ts'
import { load } from '../../src/store/load.ts'
import { audit, words } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const supporter = (id: string, name: string, point = 'mai'): Supporter => ({
  id,
  name,
  organisation: 'hoi_phu_nu',
  point,
  phone: '+84912345678',
  active: true,
})
const SUPPORTERS = [supporter('binh', 'Cô Bình MẪU'), supporter('dao', 'Chú Đào MẪU', 'dao')]
const CLUB: Club = { id: 'clb', name: 'MẪU', commune: 'x', about: '', point: 'mai', keepers: ['chu'], sample: true }
const SECRET = 'ra sân ngồi với mẹ'

async function openHouse(): Promise<{ house: DeskHouse; ticket: string; form: string }> {
  const house = openDeskHouse([CLUB], SUPPORTERS)
  house.home.book.now = book
  const { app, telegram } = house.home
  app.channels = new Map([...app.channels, ['telegram', telegram]])
  await house.home.say('1', 'chào')
  await house.home.say('1', 'gặp người')
  await house.settle()
  const [ticket] = await openTickets(app.store)
  return { house, ticket: ticket!.id, form: `/desk/dong-hanh/nguoi?cuoc=${ticket!.id}` }
}

const heard = (house: DeskHouse) => house.home.telegram.texts('1')
const state = async (house: DeskHouse) => (await load(house.home.app.store, house.home.contact('1'))).conversation
const GIVE = { lam: 'gioi-thieu', supporter: 'binh' }

async function writePlan(house: DeskHouse): Promise<void> {
  for (const text of ['kế hoạch của tôi', 'viết luôn', 'ngủ ngon', 'bỏ qua', 'bỏ qua', 'bỏ qua', SECRET, 'xong'])
    await house.home.say('1', text)
  await house.settle()
}

describe('who may be given', () => {
  const NEW = { name: 'Anh Mới MẪU', organisation: 'ccb', point: 'mai', phone: '', active: 'yes' }

  test('is written down by the lead of the point, in the directory, once for a form', async () => {
    const { house } = await openHouse()
    for (let i = 0; i < 2; i++)
      expect((await house.as('binh').send('/desk/nguoi-do-dau/moi', { ...NEW, id: 'one' })).status).toBe(303)
    expect((await readDirectory(house.home.app.store, null))?.supporters).toMatchObject([
      { name: 'Anh Mới MẪU', organisation: 'ccb', point: 'mai', phone: null, active: true },
    ])
  })

  test.each([
    ['a body that is not on the list, such as the police', { organisation: 'cong_an' }, 'chọn tổ chức'],
    ['a number that is none', { phone: '12' }, 'số điện thoại'],
    ['a point that is not theirs', { point: 'xa-la' }, 'điểm mình phụ trách'],
  ])('refuses %s, and loses nothing that was typed', async (_, wrong, why) => {
    const { house } = await openHouse()
    const { status, text } = await house.as('binh').send('/desk/nguoi-do-dau/moi', { ...NEW, ...wrong })
    expect([status, text.includes(why), text.includes('Anh Mới MẪU')]).toEqual([400, true, true])
  })

  test('is seen with how many each walks beside, and is written by no counsellor', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...GIVE, said: 'co' })
    const { text } = await house.as('lan').read('/desk/nguoi-do-dau')
    expect(text).toContain('đang đi cùng 1 người')
    expect(text).not.toContain('Chú Đào')
    expect((await house.as('lan').send('/desk/nguoi-do-dau/moi', NEW)).status).toBe(403)
  })
})

describe('a supporter people rely on', () => {
  const EDIT = '/desk/nguoi-do-dau/binh/sua'
  const AS_IS = {
    name: 'Cô Bình MẪU',
    organisation: 'hoi_phu_nu',
    point: 'mai',
    phone: '0912345678',
    active: 'yes',
  }

  test.each([
    ['goes beside somebody', 'co'],
    ['is being asked about', 'moi'],
  ])('who %s keeps the name, the body and the point that are read before a yes', async (_, said) => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...GIVE, said })
    for (const other of [{ name: 'Chị Khác MẪU' }, { organisation: 'ccb' }, { point: 'dao' }]) {
      const { status, text } = await house.as('binh').send(EDIT, { ...AS_IS, ...other })
      expect([status, text.includes('chưa đổi được')]).toEqual([400, true])
    }
    expect((await readDirectory(house.home.app.store, null))?.supporters ?? []).toEqual([])
    const away = { ...AS_IS, phone: '', active: '' }
    expect((await house.as('binh').send(EDIT, away)).status).toBe(303)
    expect((await readDirectory(house.home.app.store, null))?.supporters).toMatchObject([
      { id: 'binh', name: 'Cô Bình MẪU', point: 'mai', phone: null, active: false },
    ])
  })

  test('who goes beside nobody any more may be written down anew', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...GIVE, said: 'co' })
    await house.as('lan').send(form, { lam: 'thoi' })
    expect((await house.as('binh').send(EDIT, { ...AS_IS, name: 'Chị Khác MẪU', point: 'dao' })).status).toBe(303)
  })
})

describe('a supporter', () => {
  test('is offered in words that give nothing away, and given by the person’s own yes', async () => {
    const { house, ticket, form } = await openHouse()
    expect((await house.as('lan').send(form, { ...GIVE, said: 'moi' })).status).toBe(303)
    await house.as('lan').send(`/desk/tickets/${ticket}/close`, { outcome: 'helped' })
    for (let i = 0; i < 4; i++) await house.home.pass(HOUR / 2)
    const offer = heard(house).find((text) => text.includes('hỏi ý'))
    expect(offer).toBeDefined()
    expect(offer).not.toMatch(/Bình|Phụ nữ|cai|tư vấn/)
    await house.home.say('1', 'người đồng hành')
    await house.settle()
    expect(heard(house).at(-1)).toContain('Cô Bình MẪU** (Hội Phụ nữ)')
    expect(await allOf(house.home.app.store, accompaniment)).toMatchObject([{ state: 'offered' }])
    await house.home.say('1', 'có')
    await house.home.say('1', 'hai tuần')
    expect(await allOf(house.home.app.store, accompaniment)).toMatchObject([
      { state: 'assigned', every: 'hai-tuan', supporter: 'binh' },
    ])
    expect((await allOf(house.home.app.store, consentText))[0]?.text).toContain('Cô Bình MẪU')
    expect((await house.as('lan').read('/desk/dong-hanh')).text).toContain('Cô Bình MẪU')
  })

  test('a yes that was heard is in the ledger with who heard it, once for a form', async () => {
    const { house, form } = await openHouse()
    for (let i = 0; i < 2; i++) await house.as('lan').send(form, { ...GIVE, said: 'co', id: 'one' })
    expect(await allOf(house.home.app.store, consent)).toMatchObject([{ purpose: 'supporter', heardBy: 'lan' }])
    expect(await allOf(house.home.app.store, accompaniment)).toHaveLength(1)
    expect((await allOf(house.home.app.store, audit)).map(({ action }) => action)).toContain('accompany.write')
  })

  test('of another point cannot be given', async () => {
    const { house, form } = await openHouse()
    const { status, text } = await house.as('lan').send(form, { ...GIVE, supporter: 'dao', said: 'co' })
    expect([status, text.includes('chọn người đồng hành')]).toEqual([400, true])
  })

  test('comes on the list of the day when it is time, until somebody notes that they talked', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...GIVE, said: 'co' })
    const [row] = await allOf(house.home.app.store, accompaniment)
    expect((await house.as('lan').read('/desk')).text).not.toContain('Đến hẹn hỏi thăm')
    house.home.clock.now += 7 * DAY
    expect((await house.as('lan').read('/desk')).text).toContain('Đến hẹn hỏi thăm')
    expect((await house.as('mo').read('/desk')).text).not.toContain('Đến hẹn hỏi thăm')
    const future = await house.as('lan').send(`/desk/dong-hanh/${row!.id}/gap`, { on: '2027-01-01' })
    expect(future.status).toBe(400)
    expect((await house.as('lan').send(`/desk/dong-hanh/${row!.id}/gap`, { on: '2026-11-28' })).status).toBe(303)
    expect((await house.as('lan').read('/desk')).text).not.toContain('Đến hẹn hỏi thăm')
    expect(await allOf(house.home.app.store, accompaniment)).toMatchObject([
      { lastOn: '2026-11-28', nextOn: '2026-12-05' },
    ])
  })

  test('is missing of who is home or in a club, until somebody is offered', async () => {
    const { house, ticket, form } = await openHouse()
    const listed = async (id: string) =>
      (await house.as(id).read('/desk/dong-hanh')).text.includes(`nguoi?cuoc=${ticket}`)
    expect(await listed('lan')).toBe(false)
    await house.home.staff('1', { type: 'club_join', club: 'clb', group: 'young', name: 'Hải', followUp: false })
    expect([await listed('lan'), await listed('mo')]).toEqual([true, false])
    await house.as('lan').send(form, { ...GIVE, said: 'moi' })
    expect(await listed('lan')).toBe(false)
  })

  test('is kept beside the person by staff of the point, and by nobody else', async () => {
    const { house, form } = await openHouse()
    for (const id of ['mo', 'cong', 'ky', 'chu']) {
      const sent = await house.as(id).send(form, { ...GIVE, said: 'co' })
      const read = await house.as(id).read('/desk/dong-hanh')
      expect([id, sent.status === 303, read.text.includes('Cô Bình')]).toEqual([id, false, false])
    }
    expect(await allOf(house.home.app.store, accompaniment)).toEqual([])
  })

  test('of another point cannot be told from one that does not exist', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...GIVE, said: 'co' })
    const [row] = await allOf(house.home.app.store, accompaniment)
    for (const [id, status] of [
      ['mo', 404],
      ['cong', 403],
      ['ky', 403],
    ] as const)
      for (const one of [row!.id, 'no-such'])
        expect([id, one, (await house.as(id).send(`/desk/dong-hanh/${one}/gap`, { on: '' })).status]).toEqual([
          id,
          one,
          status,
        ])
  })

  test('goes with everything of the person when they delete, and leaves a count', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...GIVE, said: 'co' })
    await house.home.say('1', 'xoá')
    await house.home.say('1', 'có')
    await house.settle()
    expect(await allOf(house.home.app.store, accompaniment)).toMatchObject([{ contact: null, state: 'ended' }])
    expect((await house.as('lan').read('/desk/dong-hanh')).text).not.toContain('Cô Bình')
  })
})

describe('a plan', () => {
  test('is on no page of the desk before the person said yes, and neither is that there is one', async () => {
    const { house, ticket, form } = await openHouse()
    await house.as('lan').send(form, { ...GIVE, said: 'co' })
    await writePlan(house)
    const plan = form.replace('nguoi?', 'ke-hoach?')
    for (const path of [form, `/desk/tickets/${ticket}`, '/desk', '/desk/queue']) {
      const { status, text } = await house.as('lan').read(path)
      expect([path, status, /ra sân|plan_|Mở, in kế hoạch/.test(text)]).toEqual([path, 200, false])
    }
    expect((await house.as('lan').read(plan)).status).toBe(404)
    // A name that nobody is shown can still be asked for.
    const { text } = await house.as('lan').send(`/desk/tickets/${ticket}/reveal`, { answer: 'plan_helps' })
    expect(text).not.toContain(SECRET)
    // The person sees it where they write.
    expect(heard(house).some((one) => one.includes(SECRET))).toBe(true)
  })

  test('can be read and printed while it is shared, and at once not any more', async () => {
    const { house, form } = await openHouse()
    await writePlan(house)
    const plan = form.replace('nguoi?', 'ke-hoach?')
    for (const text of ['kế hoạch', 'cho xem', 'đồng ý']) await house.home.say('1', text)
    // No point has them yet, and nobody has taken their ticket: there is nobody whom they could have meant.
    expect((await house.as('lan').read(plan)).status).toBe(403)
    await house.as('lan').send(form, { ...GIVE, said: 'co' })
    expect((await house.as('lan').read(form)).text).toContain('Mở, in kế hoạch')
    expect((await house.as('lan').read(plan)).text).toContain(SECRET)
    expect((await house.as('cong').read(plan)).text).not.toContain(SECRET)
    expect((await house.as('mo').read(plan)).text).not.toContain(SECRET)
    await house.home.say('1', 'thôi chia sẻ kế hoạch')
    expect((await house.as('lan').read(plan)).status).toBe(404)
    expect((await house.as('lan').read(form)).text).not.toContain('Mở, in kế hoạch')
    expect((await state(house)).plan).not.toBeNull()
  })

  /** What a reader sees of the plan of the first ticket, and on the page before it. */
  const readBy = async (house: DeskHouse, form: string, id: string) => {
    const plan = await house.as(id).read(form.replace('nguoi?', 'ke-hoach?'))
    return [plan.status === 200 && plan.text.includes(SECRET), (await house.as(id).read(form)).status === 200]
  }

  test('stays with the point the person agreed to, wherever their supporter is written down later', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...GIVE, said: 'co' })
    await writePlan(house)
    for (const text of ['kế hoạch', 'cho xem', 'đồng ý']) await house.home.say('1', text)
    const { app } = house.home
    const before = app.directory()
    app.directory = () => ({ ...before, supporters: [supporter('binh', 'Cô Bình MẪU', 'dao')] })
    expect(await readBy(house, form, 'lan')).toEqual([true, true])
    expect(await readBy(house, form, 'mo')).toEqual([false, false])
  })

  test('is shown to the point named before the yes, and does not follow a choice made later', async () => {
    const { house, form } = await openHouse()
    const choose = async (name: string) => {
      for (const text of ['đặt lịch', name, 'thoát']) await house.home.say('1', text)
    }
    await choose('Điểm MẪU Mai')
    await writePlan(house)
    for (const text of ['kế hoạch', 'cho xem']) await house.home.say('1', text)
    await house.settle()
    expect(heard(house).at(-1)).toContain('ở Điểm MẪU Mai, x và người đồng hành')
    await house.home.say('1', 'đồng ý')
    expect((await allOf(house.home.app.store, consentText))[0]?.text).toContain('Điểm MẪU Mai')
    await choose('Điểm MẪU Đào')
    expect((await state(house)).answers.point).toEqual({ type: 'code', value: 'dao' })
    expect((await readBy(house, form, 'lan'))[0]).toBe(true)
    expect((await readBy(house, form, 'mo'))[0]).toBe(false)
    // Nor is anybody else told that there is one.
    expect((await house.as('mo').read(form.replace('nguoi?', 'ke-hoach?'))).status).toBe(404)
    for (const text of ['thôi chia sẻ kế hoạch', 'kế hoạch', 'cho xem', 'đồng ý']) await house.home.say('1', text)
    expect((await readBy(house, form, 'mo'))[0]).toBe(true)
    expect((await readBy(house, form, 'lan'))[0]).toBe(false)
  })

  test('thrown away leaves no line of it', async () => {
    const { house } = await openHouse()
    await writePlan(house)
    const own = async () => (await allOf(house.home.app.store, words)).filter(({ kind }) => kind.startsWith('own'))
    expect((await own()).length).toBeGreaterThan(1)
    for (const text of ['kế hoạch', 'bỏ kế hoạch', 'đúng']) await house.home.say('1', text)
    await house.settle()
    expect(await own()).toEqual([])
  })
})

describe('a month', () => {
  const MONTH = { lam: 'thang', month: '2026-11', side: 'supporter', sleep: '2', work: '1' }

  test('is written down by staff only with the person’s yes, and shows both sides', async () => {
    const { house, form } = await openHouse()
    await house.as('lan').send(form, { ...GIVE, said: 'co' })
    const refused = await house.as('lan').send(form, MONTH)
    expect([refused.status, refused.text.includes('chưa đồng ý')]).toEqual([409, true])
    await house.home.say('1', 'nhìn lại tháng')
    for (const text of ['có', 'tốt', 'tốt', 'bỏ qua', 'tốt', 'tốt']) await house.home.say('1', text)
    expect((await house.as('lan').send(form, MONTH)).status).toBe(303)
    const { text } = await house.as('lan').read(form)
    expect(text).toContain('<td>Tự nói</td><td>3</td><td>3</td><td>–</td><td>3</td><td>3</td>')
    expect(text).toContain('<td>Đồng hành thấy</td><td>2</td><td>1</td><td>–</td><td>–</td><td>–</td>')
    expect(await allOf(house.home.app.store, progress)).toHaveLength(2)
  })

  test.each([
    ['nothing at all', { sleep: '', work: '' }, 'ít nhất một dòng'],
    ['a month long past', { month: '2026-01' }, 'chọn tháng'],
    ['a number that is no level', { sleep: '9', work: '' }, 'ít nhất một dòng'],
  ])('refuses %s', async (_, wrong, why) => {
    const { house, form } = await openHouse()
    const { status, text } = await house.as('lan').send(form, { ...MONTH, agreed: 'yes', ...wrong })
    expect([status, text.includes(why)]).toEqual([400, true])
    expect(await allOf(house.home.app.store, progress)).toEqual([])
  })

  test('is counted for a club, and never for a handful of people', async () => {
    const { house } = await openHouse()
    for (let i = 2; i <= 6; i++) {
      const handle = String(i)
      await house.home.say(handle, 'chào')
      await house.home.staff(handle, { type: 'club_invite', club: 'clb', group: 'voluntary' })
      for (const text of ['lời mời', 'có', `N${i}`, 'không']) await house.home.say(handle, text)
      if (i === 6) break
      await house.home.say(handle, 'nhìn lại tháng')
      for (const text of ['có', 'tốt', 'tốt', 'tốt', 'tốt', 'tốt']) await house.home.say(handle, text)
      await house.settle()
      if (i === 3) expect((await house.as('chu').read('/desk/clb/clb')).text).toContain('<td>2</td><td>–</td>')
    }
    const { text } = await house.as('chu').read('/desk/clb/clb')
    expect(text).toContain('<th scope="row">11/2026</th><td>5</td><td>4</td>')
    expect(text).toContain('Có kế hoạch của riêng mình: 0 hội viên')
  })
})
