import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enrolment } from '../../src/store/enrolment-tables.ts'
import { allOf } from '../store/turns.ts'
import { STAFF } from '../web/desk-house.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'
import { look, PHONE, SCREENS } from './look.ts'

let opened: DeskServer

beforeAll(async () => {
  opened = await openDeskServer()
}, 60_000)

afterAll(() => opened.close())

async function open(path: string, staff?: string): Promise<Page> {
  const context = await opened.browser.newContext({ viewport: PHONE, locale: 'vi-VN', acceptDownloads: true })
  if (staff) {
    const cookie = await sessionCookie(opened.service.app, STAFF.find((one) => one.id === staff)!)
    await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: opened.origin }])
  }
  const page = await context.newPage()
  await page.goto(`${opened.origin}${path}`)
  return page
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).last().press('Enter')

/** Types, and waits for what the bot says to it. */
async function say(page: Page, text: string, answer: string): Promise<void> {
  await page.getByLabel('Tin nhắn của bạn').fill(text)
  await page.getByLabel('Tin nhắn của bạn').press('Enter')
  await page.getByText(answer).last().waitFor()
}

const script = (path: string) => readFileSync(new URL(`../../node_modules/${path}`, import.meta.url), 'utf8')

test('a request from the web chat is answered, booked, and walks on to its start; its sheet opens in Vietnamese', async () => {
  const chat = await open('/chat')
  await say(chat, 'đăng ký', 'hỏi cho ai')
  await say(chat, 'cho mình', 'Mấy điều cần biết trước')
  await say(chat, 'tiếp', 'dữ liệu cá nhân nhạy cảm')
  await look(chat, 'dang-ky-loi-hoi')
  await say(chat, 'đồng ý', 'Không cần tên thật')
  await say(chat, 'Nam Anh', 'xã, phường nào')
  await say(chat, 'không nói', 'nhóm tuổi nào')
  await say(chat, 'đủ 18', 'cách nào hợp hơn')
  await say(chat, 'ở nhà', 'hôm nay')
  await say(chat, 'không', 'người nhà')
  await say(chat, 'không', 'điểm nào nhận')
  await say(chat, '1', 'xem lại trước khi gửi')
  await look(chat, 'dang-ky-xem-lai')
  await say(chat, 'gửi', 'Mã của bạn')
  await say(chat, 'không', 'giấy tờ cần có')
  await say(chat, 'có', 'Bản cam kết')
  await say(chat, '2', '☑ Bản cam kết')
  await look(chat, 'dang-ky-giay-to')

  const lan = await open('/desk/dang-ky', 'lan')
  await lan
    .getByText(/DK-[A-Z2-9]{4}/)
    .first()
    .waitFor()
  await look(lan, 'dang-ky-ban')
  await lan.getByRole('link', { name: /DK-/ }).first().click()
  await lan.getByText('Một người trả lời yêu cầu').waitFor()
  expect(await lan.content()).not.toContain('Nam Anh')
  await press(lan, 'Hiện')
  await lan.getByText('Nam Anh').waitFor()
  await look(lan, 'dang-ky-mot')
  const request = lan.url().replace(/\/reveal$/, '')

  await lan.getByRole('link', { name: 'Mở cuộc đang chờ của người này' }).click()
  await lan.getByLabel('Trả lời', { exact: true }).fill('Chào Nam, mình hẹn bạn sáng mai nhé')
  await press(lan, 'Gửi trả lời')
  await chat.getByText('mình hẹn bạn sáng mai').last().waitFor()
  await lan.goto(request)
  await lan.getByText('Đã trả lời').first().waitFor()
  await lan.getByRole('link', { name: 'Hẹn một buổi gặp' }).click()
  await lan.getByRole('link', { name: 'Tuần sau →' }).click()
  await lan.locator('input[name=slot]').first().focus()
  await lan.keyboard.press('ArrowDown')
  await press(lan, 'Đặt lịch')
  await lan.goto(request)
  await lan.getByText('Đã hẹn gặp').first().waitFor()
  for (const [step, words] of [
    ['papers_ready', 'Đủ giấy tờ'],
    ['submitted', 'Đã nộp'],
    ['accepted', 'Nơi nhận đồng ý'],
    ['started', 'Đã bắt đầu'],
  ] as const) {
    await lan.getByLabel('Đến bước').selectOption(step)
    if (step === 'submitted') await lan.getByLabel('Ghi chú (không ghi ai dùng gì)').fill('đi cùng lên xã')
    await press(lan, 'Ghi')
    await lan.getByRole('heading', { level: 1 }).getByText(words).waitFor()
  }
  await look(lan, 'dang-ky-xong')
  expect((await allOf(opened.service.app.store, enrolment)).map(({ state }) => state)).toEqual(['started'])

  await lan.getByRole('link', { name: 'Phiếu tóm tắt để in' }).click()
  await look(lan, 'dang-ky-phieu')
  const sheet = await lan.pdf({ format: 'A4' })
  expect(sheet.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1)
  await lan.emulateMedia({ media: 'print' })
  await lan.setViewportSize({ width: 794, height: 1_123 })
  await lan.screenshot({ path: `${SCREENS}/dang-ky-phieu-giay.png` })
  expect(await lan.getByRole('link', { name: 'Tải tệp Word' }).isVisible()).toBe(false)
  await lan.emulateMedia({ media: 'screen' })

  const [download] = await Promise.all([
    lan.waitForEvent('download'),
    lan.getByRole('link', { name: 'Tải tệp Word' }).click(),
  ])
  const file = readFileSync(await download.path()).toString('base64')
  const reader = await (await opened.browser.newContext({ viewport: { width: 850, height: 1_200 } })).newPage()
  await reader.setContent('<div id="sheet"></div>')
  await reader.addScriptTag({ content: script('jszip/dist/jszip.min.js') })
  await reader.addScriptTag({ content: script('docx-preview/dist/docx-preview.min.js') })
  await reader.evaluate(
    `docx.renderAsync(Uint8Array.from(atob(${JSON.stringify(file)}), (c) => c.charCodeAt(0)), document.getElementById('sheet'))`,
  )
  const words = await reader.locator('#sheet').innerText()
  expect(words).toContain('Bản cam kết cai nghiện')
  expect(words).toContain('Nguy hiểm ngay lúc này')
  expect(words).not.toContain('Nam Anh')
  expect(await reader.locator('#sheet section').count()).toBe(1)
  await reader.screenshot({ path: `${SCREENS}/dang-ky-phieu-word.png` })
}, 180_000)

test('in person the notice is read out first, and nothing is kept without the yes', async () => {
  const lan = await open('/desk/people/new', 'lan')
  await lan.getByLabel('Gọi người này là gì').fill('Bác Tư')
  await lan.getByLabel('Người này đã nghe và nói đồng ý').check()
  await press(lan, 'Lưu')
  await lan.getByText('Đã lưu.').waitFor()
  await lan.getByRole('link', { name: 'Ghi yêu cầu đăng ký đi cai, điều trị' }).click()
  await lan.getByText('Lời hỏi đồng ý (cho mình)').waitFor()
  await look(lan, 'dang-ky-tai-cho')
  await lan.getByLabel('Cách mong muốn').selectOption('cong-lap')
  await press(lan, 'Ghi yêu cầu')
  await lan.getByRole('alert').getByText('chỉ đánh dấu khi người ấy nói đồng ý').waitFor()
  await lan.getByLabel('Người này đã nghe cả hai phần và nói đồng ý').check()
  await press(lan, 'Ghi yêu cầu')
  await lan.getByText('Đã trả lời').first().waitFor()
  await lan.getByText('Lan nghe').first().waitFor()
}, 120_000)
