import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drain } from '../../src/app/deliver.ts'
import { tick } from '../../src/app/tick.ts'
import { STAFF } from '../web/desk-house.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'
import { look, PHONE } from './look.ts'

const DAY = 86_400_000
/** Monday 30/11/2026, 09:00 in Vietnam: no holiday on the days after it. */
const START = Date.UTC(2026, 10, 30, 2, 0)

let opened: DeskServer
let now = START

beforeAll(async () => {
  opened = await openDeskServer()
  opened.service.app.now = () => now
}, 60_000)

afterAll(() => opened.close())

const press = (page: Page, label: string) => page.getByRole('button', { name: label, exact: true }).last().click()
const see = (page: Page, words: string) => page.getByText(words).last().waitFor({ timeout: 20_000 })

async function visitor(script = true): Promise<Page> {
  const context = await opened.browser.newContext({ viewport: PHONE, locale: 'vi-VN', javaScriptEnabled: script })
  return context.newPage()
}

/** From the menus to the first lesson, read to its end. */
async function readFirst(page: Page): Promise<void> {
  await page.goto(`${opened.origin}/chat`)
  for (const label of ['Muốn tìm hiểu', 'Học và phòng ngừa', 'Đọc theo khoá, từng bài', 'Giữ nhịp từng ngày'])
    await press(page, label)
  await see(page, 'muốn đọc theo nhịp nào')
  for (const label of ['Mỗi ngày một bài', 'Buổi sáng, 8 giờ']) await press(page, label)
  await see(page, 'bài 1/8')
  await press(page, 'Đọc cả bài')
  await see(page, 'Bài tập nhỏ')
}

test('a visitor of the web chat begins a course, and finds the next lesson waiting when they come back the day after', async () => {
  const page = await visitor()
  await readFirst(page)
  await look(page, 'khoa-hoc')
  await press(page, 'Hẹn lần sau')
  await see(page, '08:00 thứ Ba 1/12/2026')
  now += DAY
  await tick(opened.service.app)
  await drain(opened.service.app)
  await page.reload()
  await see(page, 'Có một bài ngắn đang đợi bạn')
  expect(await page.getByText('Cơn thèm giống con sóng').count()).toBe(0)
  await press(page, 'Đọc bây giờ')
  await see(page, 'bài 2/8')
  await look(page, 'khoa-hoc-bai-2')
})

test('without a script a course is read as well', async () => {
  const page = await visitor(false)
  await readFirst(page)
  // The question after a long lesson is a message of its own.
  await expect
    .poll(async () => {
      await page.reload()
      return page.getByRole('button', { name: 'Tạm nghỉ khoá này' }).count()
    })
    .toBeGreaterThan(0)
  await press(page, 'Tạm nghỉ khoá này')
  await see(page, 'Chỗ đang đọc vẫn giữ')
})

test('the figures tell a lead how often a course was begun, and small numbers to nobody', async () => {
  const context = await opened.browser.newContext({ viewport: PHONE, locale: 'vi-VN' })
  const cookie = await sessionCookie(opened.service.app, STAFF.find(({ id }) => id === 'binh')!)
  await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: opened.origin }])
  const desk = await context.newPage()
  await desk.goto(`${opened.origin}/desk/figures?tu=2026-11-20&den=2026-11-30`)
  const row = desk.getByRole('row', { name: /Giữ nhịp từng ngày/ })
  expect(await row.getByRole('cell').allTextContents()).toEqual(['<5', '0'])
  await look(desk, 'so-lieu-khoa')
})
