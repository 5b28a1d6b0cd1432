import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ChatMessage } from '../../src/web/chat-room.ts'
import { ticketPage } from '../../src/web/pages/desk/ticket.ts'
import { todayPage } from '../../src/web/pages/desk/today.ts'
import { type FakeRoom, fakeRoom } from '../web/fake-room.ts'
import { openBrowser } from './browser.ts'
import { openServer } from './chat-server.ts'
import { NOW, PAGE, READER, TASKS, TICKETS } from './desk-sample.ts'

const OUTSIDE = 'https://vi.wikipedia.org/'
const SCREENS = 'artifacts/screens'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let room: FakeRoom
let browser: Browser
let origin: string
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true })
  room = fakeRoom(answer)
  const server = await openServer(room, (app) => {
    app.get('/desk', (c) =>
      c.html(
        todayPage({
          reader: READER,
          waiting: TICKETS,
          total: TICKETS.length,
          people: [],
          later: 0,
          calls: TICKETS.filter(({ callback }) => callback !== null),
          callTotal: 1,
          tasks: TASKS,
          taskTotal: TASKS.length,
          now: NOW,
          done: null,
        }),
      ),
    )
    app.get('/desk/tickets/:id', (c) => c.html(ticketPage(PAGE)))
  })
  const opened = await openBrowser()
  browser = opened.browser
  origin = server.origin
  closing.push(opened.close, server.close)
}, 60_000)

afterAll(async () => {
  for (const close of closing) await close()
})

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
})

/** What the stand-in for the bot says. */
function answer(message: ChatMessage) {
  if (message.text === 'im lặng') return []
  if (message.text === 'dài') {
    return ['Gọi **115** ngay.', 'Còn một câu nữa.'].map((text, i) => ({
      from: 'bot' as const,
      text: text + '\n\nTrong lúc chờ, ở lại bên cạnh.'.repeat(i ? 0 : 30),
    }))
  }
  if (message.text === 'gấp') {
    return [
      {
        from: 'bot' as const,
        text: 'Bạn gọi **115** ngay giúp mình, nói: “có người bất tỉnh, thở yếu”.\n\nTrong lúc chờ, đặt người đó nằm nghiêng và ở lại bên cạnh. Nếu có nguy hiểm, gọi 113.',
      },
    ]
  }
  return [
    { from: 'bot' as const, text: 'Cảm ơn bạn đã nhắn. Mình nghe đây.' },
    {
      from: 'bot' as const,
      text: 'Bạn muốn nói về điều gì trước?',
      choices: [
        { id: 'q1', label: 'Chuyện đang lo nhất' },
        { id: 'q2', label: 'Tìm chỗ điều trị gần nhà' },
        { id: 'q3', label: 'Chưa biết bắt đầu từ đâu' },
      ],
    },
  ]
}

async function openPage(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 720 }, locale: 'vi-VN', ...options })
  await context.route(`${OUTSIDE}**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>Ngoài kia</h1>' }),
  )
  const page = await context.newPage()
  await page.goto(origin + path)
  return page
}

async function say(page: Page, text: string): Promise<void> {
  await page.fill('#text', text)
  await page.press('#text', 'Enter')
}

/** Between the bars above and below. */
async function isShown(words: Locator): Promise<boolean> {
  return words.evaluate((element) => {
    const { left, top, bottom } = element.getBoundingClientRect()
    return [top + 1, bottom - 1].every((y) => document.elementFromPoint(left + 1, y) === element)
  })
}

/** The visitor's name, which only the server may know. */
async function visitorOf(page: Page): Promise<string> {
  return (await page.context().cookies()).find((cookie) => cookie.name === 'dh')?.value ?? ''
}

async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const results = (await page.evaluate('axe.run()')) as AxeResults
  return results.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`)
}

async function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
}

describe('for everyone', () => {
  test.each(['light', 'dark'] as const)(
    'has no serious barrier in %s',
    async (colorScheme) => {
      for (const path of ['/', '/nowhere', '/desk', '/desk/tickets/t1', '/chat']) {
        const page = await openPage(path, { colorScheme })
        expect(await barriers(page), path).toEqual([])
        if (path !== '/chat') continue
        await say(page, 'gấp')
        await page.waitForSelector('.bot .text a')
        await say(page, 'em lo quá')
        await page.waitForSelector('#choices button[value="q1"]')
        expect(await barriers(page), 'talking').toEqual([])
      }
    },
    60_000,
  )

  test('fits a screen 320 px wide, whatever is typed', async () => {
    for (const path of ['/', '/nowhere', '/desk', '/desk/tickets/t1', '/chat']) {
      const page = await openPage(path, { viewport: { width: 320, height: 480 } })
      expect(await isTooWide(page), path).toBe(false)
      if (path !== '/chat') continue
      await say(page, `${'a'.repeat(300)} https://vi-du.invalid/${'b'.repeat(200)}`)
      await page.waitForSelector('#choices button[value="q1"]')
      expect(await isTooWide(page), 'talking').toBe(false)
    }
  }, 60_000)

  test('has nothing to press that is smaller than 44 px, links inside a sentence aside', async () => {
    const page = await openPage('/chat', { viewport: { width: 320, height: 568 } })
    await say(page, 'chào')
    await page.waitForSelector('#choices button[value="q1"]')
    const small = await page.$$eval('button, summary, textarea, nav a, a.brand, a.button', (nodes) =>
      nodes
        .map((node) => ({ text: node.textContent, box: node.getBoundingClientRect() }))
        .filter(({ box }) => box.height < 44 || box.width < 44)
        .map(({ text, box }) => `${text} ${box.width}×${box.height}`),
    )
    expect(small).toEqual([])
  }, 30_000)
})

describe('without JavaScript', () => {
  test('a choice, words and the answer all work', async () => {
    const page = await openPage('/chat', { javaScriptEnabled: false })
    await page.click('text=Cho người thân')
    await page.waitForSelector('.bot')
    expect(await page.textContent('.you .text')).toBe('Cho người thân')
    await page.fill('#text', 'con tôi bỏ ăn')
    await page.click('.send')
    await page.waitForSelector('.you >> nth=1')
    expect(await page.textContent('.you >> nth=1')).toContain('con tôi bỏ ăn')
    room.speak(await visitorOf(page), { from: 'human', text: 'Chào cô, cháu là tư vấn viên.' })
    await page.click('#fresh')
    await page.waitForSelector('.human')
  }, 30_000)

  test('the quick exit leaves the site and forgets the visit', async () => {
    const page = await openPage('/chat', { javaScriptEnabled: false })
    await page.click('text=Cho mình')
    await page.waitForSelector('.bot')
    await page.click('text=Thoát nhanh')
    await page.waitForURL(OUTSIDE)
    expect(await visitorOf(page)).toBe('')
    await page.goBack()
    expect(await page.content()).not.toContain('Cho mình</p>')
  }, 30_000)
})

describe('with JavaScript', () => {
  test('shows what was typed at once, then the answer, and asks no third party for anything', async () => {
    const page = await openPage('/chat')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.reload()
    await page.click('text=Cho mình')
    await page.waitForSelector('#choices button[value="q1"]')
    expect(await page.locator('#choices button').count()).toBe(3)
    await page.click('text=Chuyện đang lo nhất')
    await page.waitForSelector('.line >> nth=5')
    expect(await page.locator('.you').count()).toBe(2)
    expect(asked.length).toBeGreaterThan(4)
    expect(asked.filter((url) => !url.startsWith(origin))).toEqual([])
  }, 30_000)

  test('shows a card longer than the screen by its beginning, the number to call', async () => {
    const page = await openPage('/chat')
    await say(page, 'em lo quá')
    await page.waitForSelector('#choices button[value="q1"]')
    await say(page, 'dài')
    await page.getByText('Còn một câu nữa.').waitFor()
    const number = page.locator('.text', { hasText: 'Gọi 115 ngay.' }).locator('p').first()
    expect(await isShown(number)).toBe(true)
    await page.click('#newer')
    await expect.poll(() => isShown(page.getByText('Còn một câu nữa.'))).toBe(true)
  })

  test('shows typed HTML as text, and keeps Shift+Enter for a new line', async () => {
    const page = await openPage('/chat')
    await page.fill('#text', '<img src=x onerror="document.title=1">')
    await page.press('#text', 'Shift+Enter')
    await page.type('#text', 'dòng hai')
    await page.press('#text', 'Enter')
    await page.waitForSelector('.bot')
    expect(await page.locator('.you .text').textContent()).toBe('<img src=x onerror="document.title=1">\ndòng hai')
    expect(await page.title()).toBe('Đồng Hành')
  }, 30_000)

  test('stores nothing on the device and shows the cookie to no script', async () => {
    const page = await openPage('/chat')
    await say(page, 'chuyện riêng')
    await page.waitForSelector('.bot')
    const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])
    expect(kept).toEqual([0, 0, ''])
  }, 30_000)

  test('says each line once although the stream ends and is resumed', async () => {
    const page = await openPage('/chat')
    await say(page, 'im lặng')
    await page.waitForSelector('.you time')
    const visitor = await visitorOf(page)
    for (const text of ['Một', 'Hai', 'Ba']) {
      const resumed = page.waitForResponse(/\/chat\/events/)
      await resumed
      room.speak(visitor, { from: 'human', text })
      await page.waitForSelector(`.human >> text=${text}`)
    }
    expect(await page.locator('.human .text').allTextContents()).toEqual(['Một', 'Hai', 'Ba'])
    expect(await page.locator('.you').count()).toBe(1)
  }, 40_000)

  test('says so when a message cannot be sent, loses no word, and sends it once when asked again', async () => {
    const page = await openPage('/chat')
    await page.clock.install()
    await page.route('**/chat/messages', (route) => route.abort())
    await say(page, 'mạng yếu quá')
    await page.waitForSelector('text=Đang gửi…')
    for (let attempt = 0; attempt < 2; attempt++) {
      await Promise.all([page.waitForEvent('requestfailed'), page.clock.fastForward(5_000)])
    }
    await page.waitForSelector('text=Chưa gửi được.')
    expect(await page.textContent('#trouble')).toContain('115')
    await page.unroute('**/chat/messages')
    await page.click('text=Thử lại')
    await page.waitForSelector('.bot')
    expect(await page.textContent('#trouble')).toBe('')
    expect(room.sent.get(await visitorOf(page))?.map((message) => message.text)).toEqual(['mạng yếu quá'])
    expect(await page.locator('.you').count()).toBe(1)
  }, 40_000)

  test.each([
    ['the button', (page: Page) => page.click('text=Thoát nhanh')],
    [
      'Esc twice',
      async (page: Page) => {
        await page.press('body', 'Escape')
        await page.press('body', 'Escape')
      },
    ],
  ])(
    '%s leaves the site for good: Back does not return to it',
    async (_, leave) => {
      const page = await openPage('/chat')
      await say(page, 'chuyện riêng')
      await page.waitForSelector('.bot')
      const visitor = await visitorOf(page)
      await leave(page)
      await page.waitForURL(OUTSIDE)
      expect(visitor).not.toBe('')
      expect(await visitorOf(page)).toBe('')
      await page.goBack()
      expect(page.url()).not.toContain('/chat')
    },
    30_000,
  )
})

test.each([
  [360, 'light'],
  [360, 'dark'],
  [1440, 'light'],
  [1440, 'dark'],
] as const)(
  'is photographed at %i px in %s',
  async (width, colorScheme) => {
    const options = { viewport: { width, height: width === 360 ? 720 : 900 }, colorScheme }
    const photograph = async (page: Page, name: string, fullPage = false) => {
      const take = () => page.screenshot({ path: `${SCREENS}/${name}-${width}-${colorScheme}.png`, fullPage })
      // A browser without a graphics card sometimes has no frame to give; the next one serves.
      await take().catch(take)
    }
    await photograph(await openPage('/', options), 'home', true)
    await photograph(await openPage('/nowhere', options), 'error')
    await photograph(await openPage('/desk', options), 'tickets', true)
    await photograph(await openPage('/desk/tickets/t1', options), 'ticket', true)
    const page = await openPage('/chat', options)
    await photograph(page, 'chat-first')
    await photograph(page, 'chat-first-full', true)
    await say(page, 'gấp')
    await page.waitForSelector('.bot .text a')
    room.speak(await visitorOf(page), {
      from: 'human',
      text: 'Mình là Lan, tư vấn viên của trạm. Bạn đang ở cạnh người đó chứ?',
    })
    await page.waitForSelector('.human')
    await photograph(page, 'chat-urgent')
    await say(page, 'dạ em gọi 115 rồi, người ta đang tới. Em cảm ơn chị')
    await page.waitForSelector('#choices button[value="q1"]')
    await photograph(page, 'chat-talking')
    await photograph(page, 'chat-talking-full', true)
  },
  60_000,
)
