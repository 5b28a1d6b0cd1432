import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { openEnrolmentsAt } from '../../src/store/enrolments.ts'
import { audit, form } from '../../src/store/schema.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const FORM = ['đăng ký', 'cho mình', 'tiếp', 'đồng ý', 'Nam Anh', 'không nói', 'đủ 18', 'ở nhà', 'không', 'không']

/** A house in which somebody has sent a request to the first point. */
async function openAsked(form: readonly string[] = FORM): Promise<{ house: DeskHouse; path: string; id: string }> {
  const house = openDeskHouse()
  house.home.book.now = book
  const { app, telegram } = house.home
  app.channels = new Map([...app.channels, ['telegram', telegram]])
  const last = form.includes('gửi') ? [] : ['Điểm MẪU Mai', 'gửi', 'không', 'để sau']
  for (const text of ['alo', ...form, ...last]) await house.home.say('1', text)
  await house.settle()
  const [row] = await openEnrolmentsAt(app.store, { points: ['mai'] })
  return { house, id: row!.id, path: `/desk/dang-ky/${row!.id}` }
}
const heard = (house: DeskHouse) => house.home.telegram.texts('1')
const audited = async (house: DeskHouse) => (await allOf(house.home.app.store, audit)).map(({ action }) => action)

describe('a request from a chat', () => {
  test('shows staff of the police who were chosen for it nothing of what else was agreed to', async () => {
    const { house, path } = await openAsked([...FORM, 'Điểm MẪU Mai', 'sửa', 'ai nhận', 'công an', 'gửi', 'không'])
    for (const text of ['nhìn lại tháng', 'có']) await house.home.say('1', text)
    await house.settle()
    const page = await house.as('cong').read(path)
    expect([page.status, page.text.includes('Giữ và dùng câu trả lời')]).toEqual([200, true])
    expect(page.text).not.toMatch(/Nhìn lại mỗi tháng|năm câu/)
    const person = await house.as('cong').read(`/desk/nguoi?yc=${encodeURIComponent(path.split('/').at(-1)!)}`)
    expect(person.text).not.toContain('Nhìn lại mỗi tháng')
    expect((await house.as('lan').read(`/desk/nguoi?yc=${path.split('/').at(-1)!}`)).text).toContain(
      'Nhìn lại mỗi tháng',
    )
  })

  test('that is taken back leaves no number to call, and no answer', async () => {
    const { house, path } = await openAsked()
    for (const text of ['đăng ký của tôi', 'gọi cho mình', 'có', '0912345678', 'đúng', '1', '1', 'để sau'])
      await house.home.say('1', text)
    await house.settle()
    expect((await house.as('lan').send(`${path}/reveal`, { answer: 'phone' })).text).toContain('0912')
    for (const text of ['rút đăng ký', 'rút']) await house.home.say('1', text)
    await house.settle()
    expect(heard(house).at(-1)).toContain('Đã rút')
    expect((await house.as('lan').send(`${path}/reveal`, { answer: 'phone' })).text).not.toContain('0912')
    expect((await allOf(house.home.app.store, form)).map((one) => one.form)).toEqual([])
  })

  test('stands in its point’s list with its code, and its name is covered until somebody asks to see it', async () => {
    const { house, path } = await openAsked()
    const list = await house.as('lan').read('/desk/dang-ky')
    expect(list.text).toMatch(/DK-[A-Z2-9]{4}/)
    expect(list.text).toContain('Tại nhà, tại cộng đồng')
    expect(list.text).not.toContain('Nam Anh')
    const page = await house.as('lan').read(path)
    expect(page.text).toContain('Một người trả lời yêu cầu')
    expect(page.text).not.toContain('Nam Anh')
    const shown = await house.as('lan').send(`${path}/reveal`, { answer: 'call_name' })
    expect(shown.text).toContain('Nam Anh')
    expect(await audited(house)).toEqual(expect.arrayContaining(['enrolment.read', 'answer.shown']))
    expect(house.log()).not.toContain('Nam Anh')
  })

  test('is answered, booked, stepped on to its start, and the person reads where it stands', async () => {
    const { house, path } = await openAsked()
    await house.home.staff('1', { type: 'reply', text: 'Chào bạn, mình là Lan' })
    await house.home.staff('1', { type: 'hand_back' })
    expect((await house.as('lan').read(path)).text).toContain('Đã trả lời')
    const asked = { diem: 'mai', phut: '30', kind: 'individual', day: '2026-11-25', time: '09:00', closed: 'yes' }
    const id = path.split('/').at(-1)!
    const booked = await house.as('lan').send(`/desk/lich/moi?yc=${encodeURIComponent(id)}`, asked)
    expect(booked.status).toBe(303)
    for (const to of ['papers_ready', 'submitted', 'accepted'])
      expect((await house.as('lan').send(`${path}/buoc`, { to, note: `đến ${to}` })).status).toBe(303)
    const page = await house.as('lan').read(path)
    for (const words of [
      'Mới gửi',
      'Đã trả lời',
      'Đã hẹn gặp',
      'Đủ giấy tờ',
      'Đã nộp',
      'Nơi nhận đồng ý',
      'đến submitted',
    ])
      expect(page.text).toContain(words)
    await house.home.say('1', 'đăng ký của tôi')
    await house.settle()
    expect(heard(house).at(-1)).toContain('nơi nhận đã đồng ý')
    await house.as('lan').send(`${path}/buoc`, { to: 'started', note: '' })
    expect((await house.as('lan').read('/desk/dang-ky')).text).toContain('Đã bắt đầu')
    const again = await house.as('lan').send(`${path}/buoc`, { to: 'declined', note: 'giữ lời này' })
    expect(again.status).toBe(409)
    expect(again.text).toContain('đã xong')
  })

  test('of which one form sent twice steps once, and what was written comes back when it is wrong', async () => {
    const { house, path } = await openAsked()
    const form = { id: 'mot-lan', to: 'answered', note: 'gọi rồi' }
    await house.as('lan').send(`${path}/buoc`, form)
    await house.as('lan').send(`${path}/buoc`, form)
    const page = await house.as('lan').read(path)
    expect(page.text.match(/gọi rồi/g)).toHaveLength(1)
    const wrong = await house.as('lan').send(`${path}/buoc`, { to: 'no-such', note: 'lời viết dở' })
    expect([wrong.status, wrong.text.includes('lời viết dở')]).toEqual([400, true])
  })

  test('is not there for another point, and not for the police unless they were chosen', async () => {
    const { house, path } = await openAsked()
    for (const id of ['mo', 'cong', 'ky', 'chu']) {
      const { status } = await house.as(id).read(path)
      expect([id, [403, 404].includes(status)]).toEqual([id, true])
      expect([id, (await house.as(id).read('/desk/dang-ky/no-such')).status]).toEqual([id, status])
      expect((await house.as(id).read('/desk/dang-ky')).text).not.toMatch(/DK-/)
    }
  })

  test('that is withdrawn tells the point so, keeps no answers and no longer waits in the queue', async () => {
    const { house, path } = await openAsked()
    await house.home.say('1', 'rút đăng ký')
    await house.home.say('1', 'có')
    await house.settle()
    const page = await house.as('lan').read(path)
    expect(page.text).toContain('Thôi, đổi ý')
    expect((await house.as('lan').send(`${path}/reveal`, { answer: 'call_name' })).text).not.toContain('Nam Anh')
    expect((await house.as('lan').read('/desk/queue')).text).not.toContain('Muốn đăng ký')
  })
})

describe('a transfer', () => {
  test('moves the record only by the person’s yes, and leaves a receipt on both sides', async () => {
    const { house, path } = await openAsked()
    const asked = await house.as('lan').send(`${path}/chuyen`, { to: 'dao' })
    expect(asked.status).toBe(303)
    await house.settle()
    // What comes unasked tells a lock screen nothing, and waits for a fit moment.
    expect((await house.as('mo').read(path)).status).toBe(404)
    await house.home.say('1', 'hỏi ý tôi')
    await house.settle()
    expect(heard(house).at(-1)).toContain('Điểm MẪU Đào')
    await house.home.say('1', 'có')
    await house.settle()
    expect((await house.as('mo').read(path)).status).toBe(200)
    expect((await house.as('lan').read(path)).status).toBe(404)
    for (const id of ['lan', 'mo']) {
      const list = await house.as(id).read('/desk/dang-ky')
      expect(list.text).toMatch(/CN-[A-Z2-9]{4}/)
      expect(list.text).toContain('từ Điểm MẪU Mai sang Điểm MẪU Đào')
      expect(list.text).not.toContain('Nam Anh')
    }
  })

  test('refused by the person moves nothing; heard in person it is noted who heard it', async () => {
    const { house, path } = await openAsked()
    await house.as('lan').send(`${path}/chuyen`, { to: 'dao' })
    await house.home.say('1', 'hỏi ý tôi')
    await house.home.say('1', 'không')
    expect((await house.as('lan').read(path)).status).toBe(200)
    expect((await house.as('lan').send(`${path}/chuyen`, { to: 'mai', heard: 'yes' })).status).toBe(409)
    await house.as('lan').send(`${path}/chuyen`, { to: 'dao', heard: 'yes' })
    const there = await house.as('mo').read(path)
    expect(there.text).toContain('Chuyển yêu cầu sang điểm khác')
    expect(there.text).toContain('Lan nghe')
  })
})

describe('a request that is made in person', () => {
  test('needs the notice read and a yes; then it stands like any other, by whoever heard it', async () => {
    const house = openDeskHouse()
    house.home.book.now = book
    await house.home.say('1', 'chào')
    await house.home.say('1', 'gặp người')
    await house.settle()
    const list = await house.as('lan').read('/desk/queue')
    const ticket = /\/desk\/tickets\/([^"#?]+)/.exec(list.text)![1]!
    const path = `/desk/dang-ky/moi?cuoc=${ticket}`
    const page = await house.as('lan').read(path)
    expect(page.text).toContain('Công an xã, phường')
    expect(page.text).toContain('Không giữ kín được')
    const fields = { whom: 'minh', form: 'thay-the', point: 'mai', name: 'Bác Tư', age: 'du-18', need: 'khong' }
    const refused = await house.as('lan').send(path, fields)
    expect([refused.status, refused.text.includes('Bác Tư')]).toEqual([400, true])
    expect(await openEnrolmentsAt(house.home.app.store, { points: ['mai'] })).toEqual([])
    const made = await house.as('lan').send(path, { ...fields, agreed: 'yes' })
    expect(made.status).toBe(303)
    const shown = await house.as('lan').read(made.headers.get('Location')!)
    expect(shown.text).toContain('Đã trả lời')
    expect(shown.text).toContain('Lan nghe')
    expect((await house.as('lan').send(path, { ...fields, agreed: 'yes' })).text).toContain('đã có một yêu cầu đang mở')
  })
})

describe('the sheet to carry', () => {
  test('holds the code, the place and the papers; the name only when it is wished', async () => {
    const { house, path } = await openAsked()
    const plain = await house.as('lan').read(`${path}/phieu`)
    expect(plain.text).toContain('Bản cam kết cai nghiện')
    expect(plain.text).toMatch(/DK-[A-Z2-9]{4}/)
    expect(plain.text).not.toContain('Nam Anh')
    expect((await house.as('lan').read(`${path}/phieu?ten=1`)).text).toContain('Nam Anh')
    expect((await house.as('mo').read(`${path}/phieu`)).status).toBe(404)
    expect(await audited(house)).toContain('enrolment.printed')
  })

  test('as a file is whole, in Vietnamese, and says the same', async () => {
    const { house, path } = await openAsked()
    const response = await house.web.request(`${path}/phieu.docx`, { headers: { Cookie: await house.cookie('lan') } })
    expect(response.headers.get('Content-Disposition')).toMatch(/DK-[A-Z2-9]{4}\.docx/)
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
    const text = new TextDecoder().decode(files['word/document.xml'])
    expect(text).toContain('Bản cam kết cai nghiện')
    expect(text).toContain('Điểm MẪU Mai')
    expect(text).not.toContain('Nam Anh')
    expect(text).toContain('Times New Roman')
  })
})
