import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Service } from '../../src/service.ts'
import { allPoints } from '../../src/store/directory.ts'
import { STAFF } from '../web/desk-house.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'

const SCREENS = 'artifacts/screens'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let service: Service
let browser: Browser
let origin: string
let opened: DeskServer

/** The real service on a loopback port, with staff of a test; a browser is given its counsellor's session. */
beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true })
  opened = await openDeskServer()
  service = opened.service
  browser = opened.browser
  origin = opened.origin
}, 60_000)

afterAll(() => opened.close())
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
})

/** A counsellor's browser. The policy is the service's own: a script or a style that it refuses fails the test. */
async function counsellor(id: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'vi-VN',
    ...options,
  })
  const cookie = await sessionCookie(service.app, STAFF.find((one) => one.id === id)!)
  await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: origin }])
  return context.newPage()
}

async function person(): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' })
  const page = await context.newPage()
  await page.goto(`${origin}/chat`)
  return { page, context }
}

async function say(page: Page, words: string): Promise<void> {
  await page.fill('#text', words)
  await page.press('#text', 'Enter')
  await page.getByText(words, { exact: true }).first().waitFor()
}

/** Somebody who asked for a person, and the path of their ticket. */
async function asking(): Promise<{ chat: Page; path: string }> {
  const before = new Set(await openPaths())
  const { page: chat } = await person()
  await say(chat, 'gặp người')
  await chat.getByText('Mình đã ghi lại').first().waitFor()
  const path = await expect
    .poll(async () => (await openPaths()).find((one) => !before.has(one)), { timeout: 10_000 })
    .toBeTruthy()
    .then(async () => (await openPaths()).find((one) => !before.has(one))!)
  return { chat, path }
}

async function openPaths(): Promise<readonly string[]> {
  const cookie = await sessionCookie(service.app, STAFF.find(({ id }) => id === 'lan')!)
  const page = await (await fetch(`${origin}/desk/queue`, { headers: { Cookie: cookie } })).text()
  return [...page.matchAll(/href="(\/desk\/tickets\/[^"#]+)"/g)].map((found) => found[1]!)
}

async function barriers(page: Page): Promise<string[]> {
  const found = (await page.evaluate(`(async () => { ${AXE}; return await axe.run() })()`)) as AxeResults
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

const isTooWide = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const unfold = (page: Page, words: string) => page.locator('summary', { hasText: words }).click()
const reply = (page: Page) => page.getByLabel('Trả lời', { exact: true })

describe.each([
  ['with a script', true],
  ['with none', false],
])('a counsellor %s', (_, javaScriptEnabled) => {
  test('takes, answers, transfers; the colleague takes over, hands back; the person follows it all', async () => {
    const { chat, path } = await asking()
    const lan = await counsellor('lan', { javaScriptEnabled })
    const refused: string[] = []
    lan.on('console', (message) => /policy|refused/i.test(message.text()) && refused.push(message.text()))
    await lan.goto(`${origin}/desk`)
    await lan.locator(`a[href="${path}"]`).first().click()
    await press(lan, 'Nhận cuộc này')
    await chat.getByText('Lan').first().waitFor()
    await reply(lan).fill('Chào bạn, mình là Lan. <b>Bạn</b> cứ kể.')
    await press(lan, 'Gửi trả lời')
    await chat.getByText('Chào bạn, mình là Lan. <b>Bạn</b> cứ kể.').waitFor()
    await lan.goto(`${origin}${path}`)
    await lan.getByText('đã gửi').first().waitFor()
    expect(await reply(lan).inputValue()).toBe('')

    await unfold(lan, 'Chuyển cho người khác')
    await lan.getByLabel('Chuyển cho', { exact: true }).selectOption('staff:hanh')
    await lan.getByLabel(/Lời nhắn cho người nhận/).fill('Bạn ấy đang lo về gia đình.')
    await press(lan, 'Chuyển')
    await lan.getByText('Đã chuyển.').waitFor()

    const hanh = await counsellor('hanh', { javaScriptEnabled })
    await hanh.goto(`${origin}${path}`)
    await hanh.getByText('Bạn ấy đang lo về gia đình.').waitFor()
    await press(hanh, 'Nhận cuộc này')
    await lan.goto(`${origin}${path}`)
    await lan.getByText('Hạnh đang giữ cuộc này').waitFor()
    await unfold(hanh, 'Trả lại cho máy')
    await press(hanh, 'Trả lại cho máy')
    await hanh.waitForURL(`${origin}/desk`)
    expect(await chat.getByText('Bạn ấy đang lo về gia đình.').count()).toBe(0)
    expect(refused).toEqual([])
  }, 60_000)

  test('closes with an outcome, and finds a reply without marks', async () => {
    const { chat, path } = await asking()
    const lan = await counsellor('lan', { javaScriptEnabled })
    await lan.goto(`${origin}${path}`)
    await reply(lan).fill('Lời đang viết.')
    await unfold(lan, 'Chèn câu mẫu')
    await lan.getByLabel(/Tìm câu/).fill('goi 115')
    if (!javaScriptEnabled) await press(lan, 'Tìm')
    await lan.getByRole('button', { name: 'Chèn: Gọi 115 khi có người bất tỉnh' }).click()
    expect(await reply(lan).inputValue()).toMatch(/^Lời đang viết\.\n\nBạn gọi 115 ngay/)
    await press(lan, 'Gửi trả lời')
    await chat.getByText('Lời đang viết.').waitFor()
    await unfold(lan, 'Kết thúc')
    await lan.getByLabel('Kết quả', { exact: true }).selectOption('helped')
    await press(lan, 'Kết thúc')
    await lan.waitForURL(`${origin}/desk`)
    expect(await openPaths()).not.toContain(path)
  }, 60_000)
})

describe('with a script', () => {
  test('a draft survives a reload and a lost connection, and goes once it is sent', async () => {
    const { path } = await asking()
    const lan = await counsellor('lan')
    await lan.goto(`${origin}${path}`)
    await reply(lan).fill('Lời viết dở trên đường.')
    await lan.reload()
    expect(await reply(lan).inputValue()).toBe('Lời viết dở trên đường.')
    await lan.route('**/reply', (route) => route.abort())
    await press(lan, 'Gửi trả lời').catch(() => undefined)
    await lan.unroute('**/reply')
    await lan.goto(`${origin}${path}`)
    expect(await reply(lan).inputValue()).toBe('Lời viết dở trên đường.')
    await press(lan, 'Gửi trả lời')
    await lan.getByText('Bạn đang giữ').waitFor()
    await lan.locator('.dialogue .human', { hasText: 'Lời viết dở trên đường.' }).first().waitFor()
    expect(await reply(lan).inputValue()).toBe('')
    await lan.reload()
    expect(await reply(lan).inputValue()).toBe('')
    expect(await lan.evaluate(() => Object.keys(localStorage))).toEqual([])
  }, 60_000)

  test('a new line of the person appears by itself, also after the stream ended, and leaves the draft alone', async () => {
    const { chat, path } = await asking()
    const lan = await counsellor('lan')
    await lan.goto(`${origin}${path}`)
    await press(lan, 'Nhận cuộc này')
    await reply(lan).fill('Đang viết…')
    await say(chat, 'chị ơi')
    await lan.locator('.dialogue .you', { hasText: 'chị ơi' }).waitFor({ timeout: 10_000 })
    await lan.waitForTimeout(3_500)
    await say(chat, 'em còn đây')
    await lan.locator('.dialogue .you', { hasText: 'em còn đây' }).waitFor({ timeout: 10_000 })
    expect(await reply(lan).inputValue()).toBe('Đang viết…')
  }, 60_000)

  test('a number is uncovered by one press, can be called, and the draft is still there', async () => {
    const { page: caller } = await person()
    await say(caller, 'gọi lại cho tôi')
    await caller.getByText('số điện thoại nào').first().waitFor()
    await say(caller, '0987654321')
    await caller.getByRole('button', { name: 'Đúng', exact: true }).last().click()
    await caller.getByRole('button', { name: 'Lúc nào cũng được' }).last().click()
    await caller.getByRole('button', { name: 'Nói là nhầm số' }).last().click()
    const lan = await counsellor('lan')
    await lan.goto(`${origin}/desk`)
    await lan.getByRole('button', { name: 'Hiện số •••• 321' }).click()
    await lan.getByRole('link', { name: 'Gọi 0987 654 321' }).waitFor()
    await reply(lan).fill('Mình gọi nhưng máy bận.')
    await lan.goto(`${origin}/desk`)
    expect(await lan.content()).not.toMatch(/987.?654/)
    await lan.locator('.call > a', { hasText: 'Muốn được gọi lại' }).last().click()
    expect(await reply(lan).inputValue()).toBe('Mình gọi nhưng máy bận.')
    expect(await lan.content()).not.toMatch(/987.?654/)
  }, 60_000)

  test('the title counts who waits, and alerts ring only when switched on', async () => {
    const lan = await counsellor('lan')
    await lan.addInitScript(() => {
      const rung: string[] = []
      Object.assign(window, { rung })
      class Fake {
        static permission = 'granted'
        constructor(title: string, more: object) {
          rung.push(`${title} ${JSON.stringify(more)}`)
        }
      }
      Object.assign(window, { Notification: Fake })
      Object.defineProperty(document, 'hidden', { get: () => Boolean((window as { away?: boolean }).away) })
    })
    await lan.goto(`${origin}/desk`)
    await asking()
    await expect.poll(() => lan.title(), { timeout: 10_000 }).toMatch(/^\(\d+\) Đồng Hành$/)
    const rung = () => lan.evaluate(() => (window as unknown as { rung: string[] }).rung)
    expect(await rung()).toEqual([])
    await press(lan, 'Bật báo khi có người chờ')
    await lan.evaluate(() => Object.assign(window, { away: true }))
    await asking()
    await expect.poll(rung, { timeout: 10_000 }).toHaveLength(1)
    expect((await rung())[0]).toMatch(/^Có \d+ cuộc cần hỗ trợ \{"tag":"dong-hanh","icon":"\/assets\/icon.svg"\}$/)
  }, 60_000)

  test('everything goes by keyboard: choose, open, take, find a reply, send', async () => {
    const { chat } = await asking()
    const lan = await counsellor('lan', { viewport: { width: 1440, height: 900 } })
    await lan.goto(`${origin}/desk`)
    await lan.keyboard.press('j')
    await lan.keyboard.press('ArrowDown')
    await lan.keyboard.press('k')
    const path = await lan.evaluate(() => document.activeElement?.getAttribute('href'))
    expect(path).toMatch(/^\/desk\/tickets\//)
    await lan.goto(`${origin}/desk/queue`)
    const mine = (await openPaths()).at(-1)!
    await lan.locator(`a[href="${mine}"]`).focus()
    await lan.keyboard.press('Enter')
    await lan.waitForURL(`${origin}${mine}`)
    await lan.keyboard.press('n')
    await lan.getByText('Bạn đang giữ').waitFor()
    await lan.keyboard.press('/')
    await lan.keyboard.type('moi noi')
    await lan.keyboard.press('Enter')
    expect(await reply(lan).inputValue()).toContain('mình đang đọc những gì bạn viết')
    await lan.keyboard.press('Control+Enter')
    await chat.getByText('mình đang đọc những gì bạn viết').waitFor()
  }, 60_000)

  test('the script is small', () => {
    expect(readFileSync('src/web/assets/desk.js').byteLength).toBeLessThan(20_000)
  })
})

describe('for everyone', () => {
  test('no page has a serious barrier, is too wide at 320 px, or has a target under 44 px', async () => {
    const { path } = await asking()
    const { page: caller } = await person()
    await say(caller, 'gọi lại cho tôi')
    await caller.getByText('số điện thoại nào').first().waitFor()
    await say(caller, '0912345678')
    await caller.getByRole('button', { name: 'Đúng', exact: true }).last().click()
    await caller.getByRole('button', { name: 'Buổi tối' }).last().click()
    await caller.getByRole('button', { name: 'Nói là nhầm số' }).last().click()
    const call = (await openPaths()).at(-1)!
    const { page: danger } = await person()
    await say(danger, 'bạn em gọi không dậy, môi tím')
    await danger.getByText('Gọi 115 ngay').first().waitFor()
    await fetch(`${origin}${path}/note`, {
      method: 'POST',
      headers: { Cookie: await sessionCookie(service.app, STAFF.find(({ id }) => id === 'hanh')!) },
      body: new URLSearchParams({ note: 'Hẹn gọi mẹ bạn ấy chiều mai.' }),
    })
    await inspect('lan', [
      ['today', '/desk'],
      ['queue', '/desk/queue'],
      ['replies', '/desk/replies'],
      ['ticket', path],
      ['call', call],
      ['gone', '/desk/tickets/khong-co'],
    ])
  }, 120_000)

  test('and neither has any page of a lead', async () => {
    const { path } = await asking()
    const id = path.slice('/desk/tickets/'.length)
    const as = async (name: string) => ({
      Cookie: await sessionCookie(service.app, STAFF.find((one) => one.id === name)!),
    })
    await fetch(`${origin}${path}/reply`, {
      method: 'POST',
      headers: await as('lan'),
      body: new URLSearchParams({ text: 'Chị đây.' }),
    })
    await fetch(`${origin}${path}/close`, {
      method: 'POST',
      headers: await as('lan'),
      body: new URLSearchParams({ outcome: 'helped' }),
    })
    const [point] = await allPoints(service.app.store)
    await inspect('binh', [
      ['directory', '/desk/directory'],
      ['point', `/desk/directory/${point!.id}`],
      ['staff', '/desk/staff'],
      ['member', '/desk/staff/lan'],
      ['rota', '/desk/rota/lan'],
      ['figures', '/desk/figures'],
      ['closed', '/desk/closed'],
      ['over', path],
      ['reviews', '/desk/reviews'],
      ['review', `/desk/reviews/${id}`],
      ['misses', '/desk/misses'],
      ['audit', '/desk/audit'],
      ['account', '/desk/account'],
    ])
  }, 240_000)
})

/** Looks at pages at both widths, light and dark: no serious barrier, nothing too wide at 320 px, no target under 44 px. */
async function inspect(reader: string, pages: readonly (readonly [name: string, to: string])[]): Promise<void> {
  for (const [width, colorScheme] of [
    [360, 'light'],
    [360, 'dark'],
    [1440, 'light'],
    [1440, 'dark'],
  ] as const) {
    const page = await counsellor(reader, { colorScheme, viewport: { width, height: width === 360 ? 740 : 900 } })
    for (const [name, to] of pages) {
      await page.goto(origin + to)
      await page.locator('#bao-tin').waitFor()
      if (name === 'ticket')
        for (const words of ['Chèn câu mẫu', 'Ghi chú riêng', 'Kết thúc']) await unfold(page, words)
      expect(await barriers(page), `${name} ${width} ${colorScheme}`).toEqual([])
      const take = () =>
        page.screenshot({ path: `${SCREENS}/desk-${name}-${width}-${colorScheme}.png`, fullPage: true })
      await take().catch(take)
      if (width !== 360) continue
      await page.setViewportSize({ width: 320, height: 600 })
      expect(await isTooWide(page), name).toBe(false)
      const small = await page.$$eval(
        'button, summary, textarea, select, input:not([type=hidden], [type=checkbox], [type=radio]), label.check, nav a, a.button, a.more',
        (nodes) =>
          nodes
            .map((node) => ({ text: node.textContent, box: node.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 0 && (box.height < 44 || box.width < 44))
            .map(({ text, box }) => `${text} ${box.width}×${box.height}`),
      )
      expect(small, name).toEqual([])
      await page.setViewportSize({ width: 360, height: 740 })
    }
  }
}

test('the tabs of a browser share one line, and it is handed on when the tab that holds it closes', async () => {
  const first = await counsellor('lan')
  const lines: Page[] = []
  const watch = (page: Page) =>
    page.on('request', (request) => {
      if (request.url().includes('/desk/events')) lines.push(page)
    })
  watch(first)
  await first.goto(`${origin}/desk`)
  await expect.poll(() => lines.length).toBe(1)
  const second = await first.context().newPage()
  watch(second)
  await second.goto(`${origin}/desk`)
  const one = await asking()
  for (const page of [first, second]) await page.locator(`a[href="${one.path}"]`).first().waitFor()
  expect(lines).not.toContain(second)
  await first.close()
  const two = await asking()
  await second.locator(`a[href="${two.path}"]`).first().waitFor()
  expect(lines).toContain(second)
})

test('a line ends with the session it was opened in, and tells nothing of what came after', async () => {
  const cookie = await sessionCookie(service.app, STAFF.find(({ id }) => id === 'hanh')!)
  const gone = new AbortController()
  const response = await fetch(`${origin}/desk/events`, { headers: { Cookie: cookie }, signal: gone.signal })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  while (!heard.includes('data:')) heard += (await reader.read()).value ?? ''
  await service.app.store.batch([{ sql: "delete from staff_session where staff = 'hanh'", params: [] }])
  const { path } = await asking()
  for (;;) {
    const { value, done } = await reader.read()
    if (done) break
    heard += value
  }
  expect(heard).not.toContain(path.slice('/desk/tickets/'.length))
})
