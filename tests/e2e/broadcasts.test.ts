import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receive } from '../../src/app/handle.ts'
import { readBroadcasts } from '../../src/store/broadcasts.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'
import { look } from './look.ts'

const PEOPLE = 22

let opened: DeskServer

beforeAll(async () => {
  opened = await openDeskServer()
  const { app } = opened.service
  for (let i = 0; i < PEOPLE; i++)
    for (const [n, text] of ['nhận tin', 'có'].entries())
      await receive(app, 'webchat', 'web', {
        handle: String(i).padStart(43, 'v'),
        key: `${i}.${n}`,
        at: app.now(),
        event: { type: 'message', text },
      })
}, 60_000)

afterAll(() => opened.close())

async function deskOf(id: string): Promise<Page> {
  const context = await opened.browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' })
  const { app } = opened.service
  const cookie = await sessionCookie(app, app.directory().staff.find((one) => one.id === id)!)
  await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: opened.origin }])
  return context.newPage()
}

test('a message to many is written by one, previewed with its number, and let go by a second account', async () => {
  const { app } = opened.service
  const known = app.directory()
  const staff = known.staff.map((one) => (one.id === 'mo' ? { ...one, roles: ['lead' as const], point: null } : one))
  app.directory = () => ({ ...known, staff })
  const writer = await deskOf('binh')
  await writer.goto(`${opened.origin}/desk/tin`)
  await writer.getByRole('link', { name: 'Soạn tin báo' }).click()
  await writer.getByLabel('Cho người của điểm').selectOption('-')
  await writer.getByLabel('Lời nhắn').fill('Mời bạn tới buổi cai nghiện chiều mai.')
  await writer.getByLabel('Sau hết ngày này').fill(new Date(app.now() + 3 * 86_400_000).toISOString().slice(0, 10))
  await writer.getByRole('button', { name: 'Xem trước' }).press('Enter')
  await writer.getByRole('alert').getByText('làm lộ chuyện').waitFor()
  await look(writer, 'tin-soan')
  await writer.getByLabel('Lời nhắn').fill('Chiều mai 14 giờ có buổi gặp mặt ở nhà văn hoá xã.')
  await writer.getByRole('button', { name: 'Xem trước' }).press('Enter')
  await writer.getByText(`${PEOPLE} người`, { exact: true }).waitFor()
  await writer.getByText('cần một người khác đọc và duyệt').waitFor()
  expect(await writer.getByRole('button', { name: /^Gửi tới/ }).count()).toBe(0)
  await look(writer, 'tin-cho-duyet')

  const second = await deskOf('mo')
  await second.goto(writer.url().replace(/\?.*/, ''))
  await second.getByLabel('Tôi đã đọc lời nhắn và con số trên').check()
  await look(second, 'tin-duyet')
  await second.getByRole('button', { name: `Gửi tới ${PEOPLE} người` }).press('Enter')
  await second.getByText('Đã bắt đầu gửi.').waitFor()
  await look(second, 'tin-dang-gui')
  const [row] = await readBroadcasts(app.store)
  expect(row).toMatchObject({ state: 'sending', by: 'binh', approvedBy: 'mo', people: PEOPLE })
}, 120_000)
