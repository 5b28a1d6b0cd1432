import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outreachAct, trainingSeat } from '../../src/store/outreach-tables.ts'
import { allOf } from '../store/turns.ts'
import { STAFF } from '../web/desk-house.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'
import { look, PHONE, SCREENS } from './look.ts'

let opened: DeskServer

beforeAll(async () => {
  opened = await openDeskServer()
  const { app } = opened.service
  const known = app.directory()
  const communes = [
    { id: 'moc-chau-son-la', name: 'phường Mộc Châu', province: 'Sơn La', aliases: [], confirmed: true },
  ]
  const points = known.points.map((one) => (one.id === 'mai' ? { ...one, communes: ['moc-chau-son-la'] } : one))
  app.directory = () => ({ ...known, communes, points })
}, 60_000)

afterAll(() => opened.close())

async function deskOf(id: string): Promise<Page> {
  const context = await opened.browser.newContext({ viewport: PHONE, locale: 'vi-VN' })
  const cookie = await sessionCookie(opened.service.app, STAFF.find((one) => one.id === id)!)
  await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: opened.origin }])
  return context.newPage()
}

test('an act is written down on a phone with a kind and a number, the rest being there already', async () => {
  const lan = await deskOf('lan')
  await lan.goto(`${opened.origin}/desk/hoat-dong`)
  await lan.getByRole('link', { name: 'Ghi một hoạt động' }).click()
  await lan.getByLabel('Loại').selectOption('school')
  await lan.getByLabel('Số người').fill('nhiều')
  await lan.getByRole('button', { name: 'Ghi', exact: true }).press('Enter')
  await lan.getByRole('alert').getByText('số người là một số').waitFor()
  await lan.getByLabel('Số người').fill('42')
  await look(lan, 'hoat-dong-moi')
  await lan.getByRole('button', { name: 'Ghi', exact: true }).press('Enter')
  await lan.getByText('Đã ghi hoạt động.').waitFor()
  await look(lan, 'hoat-dong')
  expect(await allOf(opened.service.app.store, outreachAct)).toMatchObject([{ people: 42, commune: 'moc-chau-son-la' }])

  await lan.getByRole('link', { name: 'Bộ nói chuyện để in' }).click()
  await look(lan, 'bo-noi-chuyen')
  await lan.getByRole('link', { name: /trường học/ }).click()
  await lan.getByRole('button', { name: 'In' }).waitFor()
  await look(lan, 'bo-truong-hoc')
  mkdirSync(SCREENS, { recursive: true })
  await lan.emulateMedia({ media: 'print' })
  await lan.setViewportSize({ width: 794, height: 1123 })
  await lan.screenshot({ path: `${SCREENS}/bo-truong-hoc-giay.png`, fullPage: true })
}, 120_000)

test('a class is opened, a colleague signs up, and on the day it is written down who came', async () => {
  const { app } = opened.service
  const lead = await deskOf('binh')
  await lead.goto(`${opened.origin}/desk/tap-huan/moi`)
  await lead.getByLabel('Tên lớp').fill('Kỹ năng tư vấn')
  await lead.getByLabel('Ngày').fill(new Date(app.now() + 2 * 86_400_000).toISOString().slice(0, 10))
  await lead.getByLabel('Ở đâu').fill('Hội trường MẪU')
  await look(lead, 'tap-huan-moi')
  await lead.getByRole('button', { name: 'Mở lớp' }).press('Enter')
  await lead.getByText('Đã mở lớp.').waitFor()
  const page = lead.url().replace(/\?.*/, '')
  const lan = await deskOf('lan')
  await lan.goto(page)
  await lan.getByRole('button', { name: 'Ghi tên tôi' }).press('Enter')
  await lan.getByText('Đã ghi tên bạn.').waitFor()
  await look(lan, 'tap-huan')
  const now = app.now
  app.now = () => now() + 3 * 86_400_000
  const there = await deskOf('binh')
  await there.goto(page)
  await there.getByRole('group', { name: 'Lan' }).getByLabel('Có mặt').press('Space')
  await there.getByLabel('Đã cấp chứng nhận').press('Space')
  await look(there, 'tap-huan-diem-danh')
  await there.getByRole('button', { name: 'Ghi', exact: true }).press('Enter')
  await there.getByText('Đã ghi.').waitFor()
  app.now = now
  expect(await allOf(app.store, trainingSeat)).toMatchObject([{ staff: 'lan', state: 'attended', certificate: true }])
}, 120_000)
