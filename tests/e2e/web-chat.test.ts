import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { openFirstAccount } from './desk-visit.ts'
import { cleanUp, makeFolder, type Running, startService } from './service.ts'

const SCREENS = 'artifacts/screens'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let service: Running
let folder: string
let close: () => Promise<void>

beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true })
  folder = makeFolder()
  service = await startService(folder, {})
  const opened = await openBrowser()
  browser = opened.browser
  close = opened.close
})
afterAll(async () => {
  await close()
  await service.stop()
  await cleanUp()
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
})

async function openChat(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 720 }, locale: 'vi-VN', ...options })
  const page = await context.newPage()
  await page.goto(`${service.origin}/chat`)
  return page
}

const press = (page: Page, label: string) => page.getByRole('button', { name: label, exact: true }).last().click()
const see = (page: Page, words: string) => page.getByText(words).last().waitFor({ timeout: 10_000 })
const type = async (page: Page, words: string) => {
  await page.locator('textarea').fill(words)
  await page.locator('textarea').press('Enter')
}

async function grave(page: Page): Promise<unknown[]> {
  // The content policy forbids inline scripts; the checker comes in through the debugging protocol.
  const found = (await page.evaluate(`(async () => { ${AXE}; return await axe.run() })()`)) as AxeResults
  return found.violations.filter((one) => one.impact === 'serious' || one.impact === 'critical').map((one) => one.id)
}

test('a mother finds a topic, then a person, and the desk answers her in the same window', async () => {
  const page = await openChat()
  await press(page, 'Cho người thân')
  await press(page, 'Giúp người thân thế nào')
  await press(page, 'Trong nhà, nói với con')
  await press(page, 'Giúp người thân mà không ép')
  await see(page, 'Tính đến 21/11/2026')
  expect(await grave(page)).toEqual([])
  await press(page, 'Gặp người')
  await see(page, 'Mình đã ghi lại')

  const { account } = await openFirstAccount(service)
  const desk = await (await browser.newContext()).newPage()
  await desk.goto(`${service.origin}/desk`)
  expect(await grave(desk)).toEqual([])
  await desk.getByLabel('Tên đăng nhập').fill(account.login)
  await desk.getByLabel('Mật khẩu').fill(account.password)
  await desk.getByRole('button', { name: 'Đăng nhập' }).click()
  expect(await grave(desk)).toEqual([])
  await desk.getByLabel('Mã').fill(account.codes[0]!)
  await desk.getByRole('button', { name: 'Tiếp tục' }).click()
  expect(await grave(desk)).toEqual([])
  await desk
    .getByRole('link', { name: /Muốn gặp người/ })
    .first()
    .click()
  expect(await grave(desk)).toEqual([])
  await desk.getByLabel('Trả lời', { exact: true }).fill('Chào chị, em là Hạnh ở điểm tư vấn.')
  await desk.getByRole('button', { name: 'Gửi trả lời' }).click()

  await see(page, 'Chào chị, em là Hạnh ở điểm tư vấn.')
  await type(page, 'Chị cảm ơn em')
  await expect
    .poll(async () => {
      await desk.reload()
      return desk.getByText('Chị cảm ơn em').count()
    })
    .toBe(1)
  expect(await page.getByText('Mình là máy nên chưa hiểu').count()).toBe(0)
})

test('an emergency typed into any question shows the numbers at once', async () => {
  const page = await openChat()
  await press(page, 'Cho mình')
  await press(page, 'Gọi lại cho mình')
  await see(page, 'để lại số điện thoại nào')
  await type(page, 'ban em goi khong day, moi tim')
  await see(page, 'Gọi 115 ngay')
  expect(await page.locator('.bot a[href="tel:115"], a[href="tel:115"]').count()).toBeGreaterThan(1)
})

test('the whole conversation works without JavaScript, including deleting it', async () => {
  const page = await openChat({ javaScriptEnabled: false })
  await press(page, 'Cho mình')
  await press(page, 'Tìm điểm tư vấn')
  await page.locator('textarea').fill('Chiềng Khừa')
  await page.getByRole('button', { name: 'Gửi' }).click()
  expect(await page.textContent('body')).toContain('Lóng Sập')
  await page.locator('textarea').fill('xoá hết')
  await page.getByRole('button', { name: 'Gửi' }).click()
  await press(page, 'Có, xoá hết')
  expect(await page.textContent('body')).toMatch(/Mã biên nhận: ?[A-Z0-9]{5}-[A-Z0-9]{5}/)
  expect(await page.textContent('body')).not.toContain('Chiềng Khừa')
})

test('nothing is lost or doubled on screen when the service restarts', async () => {
  const page = await openChat()
  await press(page, 'Muốn tìm hiểu')
  await see(page, 'muốn tìm hiểu điều gì')
  const { port } = new URL(service.origin)
  await service.stop()
  service = await startService(folder, { PORT: port })
  await type(page, 'methadone là gì')
  await see(page, 'thuốc thay')
  expect(await page.getByText('methadone là gì', { exact: true }).count()).toBe(1)
  expect(await page.getByText('muốn tìm hiểu điều gì').count()).toBe(1)
})

test('pictures of a conversation, light and dark, at both widths', async () => {
  const shots: string[] = []
  for (const [colorScheme, width] of [
    ['light', 360],
    ['dark', 360],
    ['light', 1440],
    ['dark', 1440],
  ] as const) {
    const page = await openChat({ colorScheme, viewport: { width, height: width === 360 ? 740 : 900 } })
    await press(page, 'Cho mình')
    await see(page, 'muốn bắt đầu từ đâu')
    await type(page, 'quá liều thì phải làm gì')
    await see(page, 'Tính đến')
    const path = `${SCREENS}/real-${width}-${colorScheme}.png`
    await page.screenshot({ path })
    if (width === 360) shots.push(readFileSync(path).toString('base64'))
  }
  const frame = await (await browser.newContext({ viewport: { width: 800, height: 788 } })).newPage()
  const images = shots.map((data) => `<img width="360" height="740" src="data:image/png;base64,${data}">`).join('')
  await frame.setContent(
    `<body style="margin:0;padding:24px;display:flex;gap:32px;background:#e9ece8">${images}</body>`,
  )
  writeFileSync('artifacts/chat.png', await frame.screenshot())
  expect(shots).toHaveLength(2)
})
