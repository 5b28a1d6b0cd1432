import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf } from '../web/sign-in.ts'
import { openBrowser } from './browser.ts'
import { cleanUp, makeFolder, type Running, startService } from './service.ts'

const SCREENS = 'artifacts/screens'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PASSWORD = 'mái nhà bên suối'

let browser: Browser
let service: Running
let close: () => Promise<void>

beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true })
  service = await startService(makeFolder(), {})
  const opened = await openBrowser()
  browser = opened.browser
  close = opened.close
})
afterAll(async () => {
  await close()
  await service.stop()
  await cleanUp()
})

async function open(width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const options = { viewport: { width, height: 720 }, locale: 'vi-VN', colorScheme } as const
  const page = await (await browser.newContext(options)).newPage()
  page.setDefaultTimeout(10_000)
  await page.route('**/assets/*.js', (script) => script.abort())
  return page
}

/** Nothing wider than the screen, nothing that keeps somebody out; and a picture to look at. */
async function look(page: Page, name: string, width: number): Promise<void> {
  const wide = await page.evaluate('document.documentElement.scrollWidth')
  expect(wide, name).toBeLessThanOrEqual(width)
  const found = (await page.evaluate(`(async () => { ${AXE}; return await axe.run() })()`)) as AxeResults
  expect(
    found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
    name,
  ).toEqual([])
  await page.screenshot({ path: `${SCREENS}/accounts-${name}-${width}.png`, fullPage: true })
}

describe.each([
  [360, 'light'],
  [1440, 'dark'],
] as const)('without a script at %i px, %s', (width, scheme) => {
  test('an account is made from its link, with a second factor, and invites another', async () => {
    const page = await open(width, scheme)
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
    if (width === 360) await page.goto(service.origin + service.setupPath())
    else await page.goto(service.origin + (await invitation()))
    await look(page, 'invitation', width)
    await page.getByLabel('Tên đăng nhập').fill(`chi-hoa-${width}`)
    await page.getByLabel('Mật khẩu').fill(PASSWORD)
    await page.getByLabel('Tên gọi người nhắn sẽ thấy').fill('Hoa')
    if (width === 360) await page.getByLabel('Bạn thuộc cơ quan, tổ chức nào').selectOption('y_te')
    await press('Tạo tài khoản')
    await look(page, 'second-factor', width)
    const secret = (await page.locator('code').first().textContent())!.replaceAll(' ', '')
    await page.getByLabel('Mã 6 số').fill(await codeOf(secret))
    await press('Xong')
    await look(page, 'codes', width)
    await page.getByRole('link', { name: 'Tôi đã chép lại' }).click()
    await look(page, 'list', width)
    for (const [link, name] of [
      ['Tài khoản', 'account'],
      ['Cán bộ', 'staff'],
      ['Nhật ký', 'audit'],
    ] as const) {
      await page.locator('summary', { hasText: 'Thêm' }).click()
      await page.getByRole('navigation').getByRole('link', { name: link }).click()
      await look(page, name, width)
    }
    link = await invite(page)
    await look(page, 'invited', width)
    await page.goto(`${service.origin}/desk/account`)
    await press('Thoát')
    await page.goto(`${service.origin}/desk`)
    await page.getByLabel('Mật khẩu').fill('sai rồi nhé')
    await page.getByLabel('Tên đăng nhập').fill(`chi-hoa-${width}`)
    await press('Đăng nhập')
    await look(page, 'sign-in', width)
  })
})

let link = ''
const invitation = async () => new URL(link).pathname + new URL(link).search

async function invite(page: Page): Promise<string> {
  await page.goto(`${service.origin}/desk/staff`)
  await page.getByLabel('Phụ trách điểm').check()
  await page.getByLabel('Thuộc').selectOption('ubnd')
  await page.getByRole('button', { name: 'Tạo đường dẫn mời' }).click()
  return (await page.locator('code').textContent())!
}
