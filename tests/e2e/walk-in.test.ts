import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Service } from '../../src/service.ts'
import { STAFF } from '../web/desk-house.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'
import { look, PHONE, SCREENS } from './look.ts'

let service: Service
let browser: Browser
let origin: string
let opened: DeskServer

beforeAll(async () => {
  opened = await openDeskServer([{ channel: 'telegram', bot: 'telegram', href: 'https://t.me/dong_hanh_mau_bot' }])
  service = opened.service
  browser = opened.browser
  origin = opened.origin
}, 60_000)

afterAll(() => opened.close())

async function page(javaScriptEnabled: boolean, cookie?: string): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'vi-VN', javaScriptEnabled })
  if (cookie) await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: origin }])
  return context.newPage()
}

const press = (one: Page, name: string) => one.getByRole('button', { name, exact: true }).click()

test.each([
  ['with a script', true],
  ['with none', false],
])(
  '%s: registered, printed, joined by the slip’s link, seen as joined, called and recorded',
  async (_, scripted) => {
    const cookie = await sessionCookie(service.app, STAFF.find(({ id }) => id === 'lan')!)
    const lan = await page(scripted, cookie)
    const refused: string[] = []
    lan.on('console', (message) => /policy|refused/i.test(message.text()) && refused.push(message.text()))
    lan.on('pageerror', (error) => refused.push(error.message))
    await lan.goto(`${origin}/desk/people`)
    await lan.getByRole('link', { name: 'Ghi người mới đến' }).click()
    await lan.getByLabel('Gọi người này là gì').fill('Tư Sáo')
    await lan.getByLabel('Số điện thoại').fill('0212 38')
    await press(lan, 'Lưu')
    await lan.getByRole('alert').getByText('đọc câu xin phép').waitFor()
    expect(await lan.getByLabel('Gọi người này là gì').inputValue()).toBe('Tư Sáo')
    await look(lan, 'khach-ghi', scripted)
    await lan.getByLabel('Số điện thoại').fill('0912 345 678')
    await lan.getByLabel('Giờ gọi an toàn').selectOption('luc-nao-cung-duoc')
    await lan.getByLabel('Nếu người khác nghe máy').selectOption('noi-la-ban')
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
    await lan.getByLabel('Người này đã nghe và nói đồng ý').check()
    await press(lan, 'Lưu')
    await lan.getByText('Đã lưu.').waitFor()
    const record = lan.url().replace(/\?.*/, '')
    await look(lan, 'khach-ho-so', scripted)

    await lan.locator('summary', { hasText: 'Phiếu nối cuộc nhắn' }).click()
    await press(lan, 'In phiếu')
    const code = (await lan.locator('.slip-code').textContent())!
    await look(lan, 'khach-phieu', scripted)
    await lan.emulateMedia({ media: 'print' })
    await lan.setViewportSize({ width: 397, height: 559 })
    await lan.screenshot({ path: `${SCREENS}/khach-phieu-giay.png` })
    expect(await lan.getByRole('status').isVisible()).toBe(false)
    await lan.emulateMedia({ media: 'screen' })
    await lan.setViewportSize(PHONE)

    const chat = await page(scripted)
    await chat.goto(`${origin}/chat?phieu=${code}`)
    await chat.screenshot({ path: `${SCREENS}/khach-chat.png` })
    await press(chat, 'Gửi')
    await chat.getByRole('button', { name: 'Nối', exact: true }).click()
    await chat.getByText('Đã nối.').first().waitFor()
    expect(await chat.content()).not.toContain('Tư Sáo')
    await chat.getByLabel('Tin nhắn của bạn').fill('gặp người')
    await press(chat, 'Gửi')
    await chat.getByText('Mình đã ghi lại').first().waitFor()

    await lan.goto(record)
    await lan.getByText('đã nối', { exact: true }).first().waitFor()
    await lan.getByRole('link', { name: 'Mở cuộc đang chờ' }).click()
    await lan.getByRole('link', { name: /hồ sơ khách/ }).waitFor()
    await look(lan, 'khach-cuoc-da-noi', scripted)

    // A second person, to be called: their outcome is written down from the daily list.
    await lan.goto(record)
    if (!(await lan.getByLabel('Kết quả').isVisible()))
      await lan.locator('summary', { hasText: 'Ghi cuộc gọi' }).click()
    await lan.getByLabel('Liên lạc bằng cách nào').selectOption('call')
    await lan.getByLabel('Kết quả').selectOption('no_answer')
    await lan.getByLabel('Gọi lại', { exact: true }).selectOption('next')
    await press(lan, 'Ghi lại')
    await lan.getByText('Đã ghi lại.').waitFor()
    service.app.now = () => Date.parse(`${today}T03:00:00Z`) + 7 * 86_400_000
    const later = await sessionCookie(service.app, STAFF.find(({ id }) => id === 'lan')!)
    await lan.context().addCookies([{ name: 'desk', value: later.slice('desk='.length), url: origin }])
    await lan.goto(`${origin}/desk`)
    await lan.getByText('Khách').first().waitFor()
    await look(lan, 'khach-hom-nay', scripted)
    await lan.locator(`.call a[href="${new URL(record).pathname}#lan-gap"]`).click()
    await lan.getByLabel('Liên lạc bằng cách nào').selectOption('call')
    await lan.getByLabel('Kết quả').selectOption('reached')
    await lan.getByLabel('Gọi lại', { exact: true }).selectOption('none')
    await press(lan, 'Ghi lại')
    await lan.getByText('Gọi điện: đã nói chuyện được.').waitFor()
    await look(lan, 'khach-da-goi', scripted)
    await lan.goto(`${origin}/desk`)
    expect(await lan.locator(`a[href="${new URL(record).pathname}"]`).count()).toBe(0)
    service.app.now = Date.now
    expect(refused).toEqual([])
  },
  90_000,
)
