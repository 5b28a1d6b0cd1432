import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../../src/app/password.ts'
import type { Service } from '../../src/service.ts'
import { STAFF } from '../web/desk-house.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'

const SCREENS = 'artifacts/screens'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PHONE = { width: 360, height: 740 }
const PASSWORD = 'bốn chữ không ai đoán ra'

let service: Service
let browser: Browser
let origin: string
let opened: DeskServer

beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true })
  opened = await openDeskServer()
  service = opened.service
  browser = opened.browser
  origin = opened.origin
}, 60_000)

afterAll(() => opened.close())

async function page(scripted: boolean, staff?: string): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'vi-VN', javaScriptEnabled: scripted })
  if (staff) await signIn(context, staff)
  return context.newPage()
}

async function signIn(context: ReturnType<Page['context']>, staff: string): Promise<void> {
  const cookie = await sessionCookie(service.app, STAFF.find(({ id }) => id === staff)!)
  await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: origin }])
}

const press = (one: Page, name: string) => one.getByRole('button', { name, exact: true }).click()

/** Pictures at both widths, light and dark; nothing on it is wider than the screen or a barrier. */
async function look(one: Page, name: string, scripted: boolean): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await one.emulateMedia({ colorScheme })
    for (const width of [360, 1440]) {
      await one.setViewportSize({ width, height: 740 })
      await one.screenshot({ path: `${SCREENS}/xem-lai-${name}-${width}-${colorScheme}.png`, fullPage: true })
      if (!scripted) continue
      const wide = await one.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
      expect([name, width, wide]).toEqual([name, width, false])
      const found = (await one.evaluate(`(async () => { ${AXE}; return await axe.run() })()`)) as AxeResults
      const barriers = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect([name, ...barriers.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)]).toEqual([name])
    }
  }
  await one.emulateMedia({ colorScheme: 'light' })
  await one.setViewportSize(PHONE)
}

test.each([
  ['with a script', true],
  ['with none', false],
])(
  '%s: an emergency ends, is due for a look back, is looked back at and is gone; the marked line leaves after a new proof',
  async (_, scripted) => {
    const chat = await page(scripted)
    await chat.goto(`${origin}/chat`)
    for (const text of ['chào', 'tôi muốn chết, gọi 0912345678']) {
      await chat.getByLabel('Tin nhắn của bạn').fill(text)
      await press(chat, 'Gửi')
      await chat.getByText(text, { exact: true }).first().waitFor()
    }
    const lan = await page(scripted, 'lan')
    await lan.goto(`${origin}/desk/queue`)
    await lan.locator('.ticket.emergency a').first().click()
    await lan.locator('textarea[name="text"]').first().fill('Chị đây, em kể cho chị nghe.')
    await press(lan, 'Gửi trả lời')
    await lan.locator('.dialogue').getByText('Chị đây, em kể cho chị nghe.').waitFor()
    await lan.locator('summary', { hasText: 'Kết thúc' }).click()
    await lan.getByLabel('Kết quả', { exact: true }).last().selectOption('helped')
    await press(lan, 'Kết thúc')

    const lead = await page(scripted, 'binh')
    await lead.goto(`${origin}/desk`)
    const due = lead.locator('a[href^="/desk/reviews/"]')
    const [before, path] = [await due.count(), (await due.first().getAttribute('href'))!]
    await look(lead, 'hom-nay', scripted)
    await due.first().click()
    await lead.getByText('Dòng đầu của người thật').waitFor()
    await lead.getByLabel('Đúng là khẩn cấp').check()
    await lead.getByLabel('Không biết').check()
    await lead.locator('summary', { hasText: 'Dòng nào máy hiểu sai?' }).click()
    const line = lead.locator('li', { hasText: 'tôi muốn chết' })
    expect(await line.textContent()).not.toContain('0912345678')
    await line.getByRole('combobox').selectOption('emergency')
    await lead.locator('textarea[name="note"]').fill('Gọi sớm hơn được.')
    await look(lead, 'phieu', scripted)
    await press(lead, 'Lưu')
    await lead.waitForURL(/\/desk(\?|$)/)
    expect(await lead.locator(`a[href="${path}"]`).count()).toBe(0)
    expect(await due.count()).toBe(before - 1)

    await lead.goto(`${origin}/desk/closed?muc=emergency&ket-qua=helped`)
    await lead.locator('a[href^="/desk/tickets/"]').first().waitFor()
    await look(lead, 'da-ket-thuc', scripted)
    await lead.goto(`${origin}/desk/figures`)
    await look(lead, 'so-lieu', scripted)

    // The proof is ten minutes old: the password is asked for again, and only the right one opens the way out.
    const { app } = service
    const password = await hashPassword(app, PASSWORD)
    await app.store.batch([{ sql: "update credential set password = ? where staff = 'binh'", params: [password] }])
    app.now = () => Date.now() + 11 * 60_000
    await lead.goto(`${origin}/desk/misses`)
    await lead.getByRole('heading', { name: 'Nhập lại mật khẩu' }).waitFor()
    expect(await lead.content()).not.toContain('tôi muốn chết')
    await lead.getByLabel('Mật khẩu').fill(PASSWORD)
    await press(lead, 'Tiếp tục')
    const proposed = lead.getByLabel('Lời, đáng lẽ là khẩn cấp')
    expect(await proposed.inputValue()).toBe('tôi muốn chết, gọi [số]')
    await look(lead, 'xuat', scripted)
    await lead.getByLabel('Tôi đã đọc: dòng này không chỉ ra ai').check()
    const download = lead.waitForEvent('download')
    await press(lead, 'Tải tệp xuống')
    expect(readFileSync(await (await download).path(), 'utf8')).toBe(
      'text\tintent\tlevel\tnote\ntôi muốn chết, gọi [số]\tsuicide\temergency\ttừ ca thật, đã bỏ danh tính\n',
    )
    await lead.goto(`${origin}/desk/misses`)
    await lead.getByText('Không có dòng nào.').waitFor()
    app.now = Date.now
  },
  90_000,
)
