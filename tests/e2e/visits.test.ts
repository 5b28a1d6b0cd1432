import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receive } from '../../src/app/handle.ts'
import type { Service } from '../../src/service.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { appointment, seat } from '../../src/store/visit-tables.ts'
import { allOf } from '../store/turns.ts'
import { STAFF } from '../web/desk-house.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'
import { look, PHONE } from './look.ts'

const HOUR = 3_600_000

let service: Service
let browser: Browser
let origin: string
let opened: DeskServer

beforeAll(async () => {
  opened = await openDeskServer()
  service = opened.service
  browser = opened.browser
  origin = opened.origin
}, 60_000)

afterAll(() => opened.close())

async function deskOf(id: string, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'vi-VN', javaScriptEnabled })
  const cookie = await sessionCookie(service.app, STAFF.find((one) => one.id === id)!)
  await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: origin }])
  return context.newPage()
}

test('booked, moved and marked with the keyboard alone; who did not come is looked for', async () => {
  const { app } = service
  await receive(app, 'webchat', 'webchat', {
    handle: 'A'.repeat(43),
    key: '1',
    at: app.now(),
    event: { type: 'message', text: 'gặp người' },
  })
  const [ticket] = await openTickets(app.store)
  const lan = await deskOf('lan')
  await lan.goto(`${origin}/desk/tickets/${ticket!.id}`)
  await lan.locator('summary', { hasText: 'Lịch hẹn' }).click()
  await lan.getByRole('link', { name: 'Đặt lịch hẹn' }).click()
  await lan.getByRole('link', { name: 'Tuần sau →' }).click()
  const first = lan.locator('input[name=slot]').first()
  await first.focus()
  // The arrows go from one free time to the next: no pointer is needed.
  await lan.keyboard.press('ArrowDown')
  await lan.keyboard.press('ArrowDown')
  const chosen = Number(await lan.locator('input[name=slot]:checked').getAttribute('value'))
  expect(chosen).toBeGreaterThan(app.now())
  await lan.getByLabel('Người ấy đồng ý được nhắc').check()
  await look(lan, 'lich-dat')
  await lan.getByRole('button', { name: 'Đặt lịch', exact: true }).press('Enter')
  await lan.getByText('Đã đặt lịch.').waitFor()
  await look(lan, 'lich-tuan')
  expect((await allOf(app.store, appointment)).map(({ startsAt }) => startsAt)).toEqual([chosen])

  await lan.locator('.visit a').first().press('Enter')
  await lan.getByRole('link', { name: 'Đổi lịch' }).waitFor()
  await look(lan, 'lich-mot')
  await lan.getByRole('link', { name: 'Đổi lịch' }).press('Enter')
  await lan.locator('input[name=slot]').first().waitFor()
  await lan.locator('input[name=slot]').last().focus()
  await lan.keyboard.press('Space')
  await look(lan, 'lich-doi')
  await lan.getByRole('button', { name: 'Đổi sang giờ này' }).press('Enter')
  await lan.getByText('Đã đổi lịch.').waitFor()
  const booked = (await allOf(app.store, appointment)).find(({ state }) => state === 'booked')!
  expect(booked.startsAt).not.toBe(chosen)
  expect((await allOf(app.store, seat)).every((one) => one.appointment === booked.id)).toBe(true)

  const now = app.now
  app.now = () => booked.startsAt + HOUR
  try {
    const later = await deskOf('lan', false)
    await later.goto(`${origin}/desk/lich?ngay=${new Date(booked.startsAt + 7 * HOUR).toISOString().slice(0, 10)}`)
    const seen = await deskOf('lan')
    await seen.goto(later.url())
    await look(seen, 'lich-diem-danh')
    await later.getByRole('button', { name: /^Không đến/ }).click()
    await later.getByText('Đã ghi.').waitFor()
    await seen.goto(`${origin}/desk`)
    await seen.getByRole('link', { name: 'Mở việc này' }).click()
    await look(seen, 'lich-tim')
    await seen.getByLabel('Vừa làm gì').selectOption('called')
    await seen.getByRole('button', { name: 'Ghi lại' }).press('Enter')
    await seen.getByText('Đã gọi, chưa gặp được').waitFor()
    await look(seen, 'lich-hom-nay')
  } finally {
    app.now = now
  }
}, 120_000)
