import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receive } from '../../src/app/handle.ts'
import type { ServicePlace } from '../../src/engine/referrals/service.ts'
import { referral } from '../../src/store/referral-tables.ts'
import { placingService } from '../../src/store/referrals.ts'
import { allOf } from '../store/turns.ts'
import { STAFF } from '../web/desk-house.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'
import { look, PHONE, SCREENS } from './look.ts'

const PLACE: ServicePlace = {
  id: 'noi',
  name: 'MẪU – Cơ sở y tế Mai',
  kinds: ['arv', 'hiv_test'],
  address: 'Số 1 đường MẪU, phường Mai',
  phone: null,
  communes: [],
  point: 'mai',
  shifts: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 7 * 60, to: 11 * 60 })),
  licence: { number: 'MẪU-01/GP', day: '2026-01-15' },
  checkedOn: '2026-11-20',
  sample: true,
}

let opened: DeskServer

beforeAll(async () => {
  opened = await openDeskServer()
  const { app } = opened.service
  const known = app.directory()
  app.directory = () => ({ ...known, services: [PLACE] })
  await app.store.batch([placingService(PLACE)])
  const event = { type: 'message', text: 'gặp người' } as const
  await receive(app, 'webchat', 'web', { handle: 'w'.repeat(43), key: 'w', at: app.now(), event })
}, 60_000)

afterAll(() => opened.close())

async function deskOf(id: string): Promise<Page> {
  const context = await opened.browser.newContext({ viewport: PHONE, locale: 'vi-VN' })
  const cookie = await sessionCookie(opened.service.app, STAFF.find((one) => one.id === id)!)
  await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: opened.origin }])
  return context.newPage()
}

async function onPaper(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENS, { recursive: true })
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 794, height: 1123 })
  await page.screenshot({ path: `${SCREENS}/${name}.png`, fullPage: true })
  await page.emulateMedia({ media: 'screen' })
}

test('somebody is introduced from their talk on a phone, after their yes, and leaves with a slip that says where alone', async () => {
  const lan = await deskOf('lan')
  await lan.goto(`${opened.origin}/desk/queue`)
  await lan.locator('a[href^="/desk/tickets/"]').first().click()
  await lan.locator('summary', { hasText: 'Lịch hẹn' }).click()
  await lan.getByRole('link', { name: 'Giới thiệu đến nơi khác' }).click()
  await lan.getByLabel('Đến đâu, về việc gì').selectOption('noi|arv')
  await lan.getByLabel('Tên gọi đã chọn').check()
  await lan.getByLabel('Đã nghe tôi nói').check()
  await look(lan, 'gioi-thieu-moi')
  await lan.getByRole('button', { name: 'Gửi hoặc ghi' }).press('Enter')
  await lan.getByText('Đã ghi là người ấy đồng ý.').waitFor()
  await look(lan, 'gioi-thieu')
  await lan.getByRole('link', { name: /Cơ sở y tế Mai/ }).click()
  await look(lan, 'gioi-thieu-mot')
  await lan.getByLabel('Đến đâu rồi').selectOption('accepted')
  await lan.getByRole('button', { name: 'Ghi', exact: true }).press('Enter')
  await lan.getByText('Đã ghi.').waitFor()
  expect(await allOf(opened.service.app.store, referral)).toMatchObject([{ state: 'accepted' }])
  await lan.getByRole('link', { name: 'Phiếu giới thiệu để in' }).click()
  await lan.getByText('Giới thiệu đến: MẪU').waitFor()
  await look(lan, 'gioi-thieu-phieu')
  await onPaper(lan, 'gioi-thieu-phieu-giay')
}, 120_000)

test('a lead writes a place into the list, and staff fill and print a book', async () => {
  const lead = await deskOf('binh')
  await lead.goto(`${opened.origin}/desk/noi-dich-vu/moi`)
  await lead.getByLabel('Tên', { exact: true }).fill('Trung tâm việc làm MẪU')
  await lead.getByLabel('Địa chỉ').fill('Số 2 đường MẪU')
  await lead.getByRole('button', { name: 'Lưu' }).press('Enter')
  await lead.getByRole('alert').getByText('ít nhất một dịch vụ').waitFor()
  await look(lead, 'noi-dich-vu-moi')
  await lead.getByLabel('Việc làm').check()
  await lead.getByRole('button', { name: 'Lưu' }).press('Enter')
  await lead.getByText('Đã lưu.').waitFor()
  await look(lead, 'noi-dich-vu')

  const lan = await deskOf('lan')
  await lan.goto(`${opened.origin}/desk/so-theo-doi?so=placements`)
  await lan.getByLabel('Còn làm sau 1 tháng').fill('4')
  await lan.getByLabel('Còn làm sau 3 tháng').fill('3')
  await lan.getByLabel('Còn làm sau 6 tháng').fill('2')
  await lan.getByRole('button', { name: 'Ghi', exact: true }).press('Enter')
  await lan.getByText('Đã ghi.').waitFor()
  await look(lan, 'so-theo-doi')
  await lan.getByRole('link', { name: 'Bản in' }).click()
  await lan.getByText('Người lập sổ').waitFor()
  await look(lan, 'so-theo-doi-in')
  await onPaper(lan, 'so-theo-doi-giay')
}, 120_000)
