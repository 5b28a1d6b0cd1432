import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receive } from '../../src/app/handle.ts'
import type { Supporter } from '../../src/engine/accompany/supporter.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { STAFF } from '../web/desk-house.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'
import { look, PHONE } from './look.ts'

const SUPPORTERS: readonly Supporter[] = [
  { id: 'b', name: 'MẪU – cô Bình', organisation: 'hoi_phu_nu', point: 'mai', phone: '+84912345678', active: true },
  { id: 'd', name: 'MẪU – anh Dũng', organisation: 'ccb', point: 'mai', phone: null, active: true },
]
const HANDLE = 'v'.padStart(43, 'v')
let opened: DeskServer

beforeAll(async () => {
  opened = await openDeskServer()
  const { app } = opened.service
  const known = app.directory()
  app.directory = () => ({ ...known, supporters: SUPPORTERS })
}, 60_000)

afterAll(() => opened.close())

let lines = 0
async function say(...texts: readonly string[]): Promise<void> {
  const { app } = opened.service
  for (const text of texts) {
    const event = { type: 'message', text } as const
    await receive(app, 'webchat', 'web', { handle: HANDLE, key: `${++lines}`, at: app.now(), event })
  }
}

async function deskOf(id: string): Promise<Page> {
  const context = await opened.browser.newContext({ viewport: PHONE, locale: 'vi-VN' })
  const cookie = await sessionCookie(opened.service.app, STAFF.find((one) => one.id === id)!)
  await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: opened.origin }])
  return context.newPage()
}

test('a counsellor walks the whole way on a phone: the yes, the talk, a month, and a plan that was shared', async () => {
  await say('chào', 'gặp người')
  const [ticket] = await openTickets(opened.service.app.store)
  const desk = await deskOf('lan')
  await desk.goto(`${opened.origin}/desk/tickets/${ticket!.id}`)
  await desk.goto(`${opened.origin}/desk/dong-hanh/nguoi?cuoc=${ticket!.id}`)
  await look(desk, 'dong-hanh-moi')
  await desk.getByLabel('Người đồng hành', { exact: true }).selectOption('b')
  await desk.getByLabel('Đã đồng ý khi nói chuyện').check()
  await desk.getByRole('button', { name: 'Gửi hoặc ghi' }).press('Enter')
  await desk.getByText('đã ghi.').waitFor()
  await say('nhìn lại tháng', 'có', 'còn khó', 'tạm được', 'bỏ qua', 'tốt', 'tạm được')
  await say(
    'kế hoạch',
    'viết luôn',
    'ngủ ngon',
    'tắt máy trước 11 giờ',
    'chị Hai',
    'ngày có tiền',
    'ra sân ngồi với mẹ',
  )
  await say('cho xem', 'đồng ý')
  await desk.getByText('Ghi một tháng').click()
  await desk.getByLabel('Giấc ngủ').selectOption('2')
  await desk.locator('form:has([name="lam"][value="thang"]) button').press('Enter')
  await desk.getByText('Đã ghi tháng ấy.').waitFor()
  await look(desk, 'dong-hanh-mot')
  await desk.getByRole('link', { name: 'Mở, in kế hoạch' }).click()
  await desk.getByText('ra sân ngồi với mẹ').waitFor()
  await look(desk, 'dong-hanh-ke-hoach')
  await desk.goto(`${opened.origin}/desk/dong-hanh`)
  await desk.getByText('Ghi đã hỏi thăm').click()
  await look(desk, 'dong-hanh')
  await desk.getByRole('button', { name: 'Ghi', exact: true }).press('Enter')
  await desk.getByText('Đã ghi.').waitFor()
  expect(await desk.getByText('lần cuối').count()).toBe(1)
}, 60_000)

test('the lead writes down who may be given', async () => {
  const desk = await deskOf('binh')
  await desk.goto(`${opened.origin}/desk/nguoi-do-dau`)
  await look(desk, 'nguoi-do-dau')
  await desk.getByRole('link', { name: 'Ghi người đồng hành mới' }).click()
  await look(desk, 'nguoi-do-dau-moi')
  await desk.getByLabel('Tên (người').fill('MẪU – bác Tư')
  await desk.getByLabel('Số điện thoại').fill('12')
  await desk.getByRole('button', { name: 'Lưu' }).press('Enter')
  await desk.getByRole('alert').getByText('số điện thoại').waitFor()
  await desk.getByLabel('Số điện thoại').fill('')
  await desk.getByRole('button', { name: 'Lưu' }).press('Enter')
  await desk.getByText('Đã lưu.').waitFor()
}, 60_000)
