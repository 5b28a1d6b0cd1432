import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drain } from '../../src/app/deliver.ts'
import { readAssets } from '../../src/cli/files.ts'
import { readConfig } from '../../src/config.ts'
import { openService, type Service } from '../../src/service.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { createWeb } from '../../src/web/server.ts'
import { STAFF } from '../web/desk-house.ts'
import { sessionCookie } from '../web/sessions.ts'
import { openBrowser } from './browser.ts'

const SCREENS = 'artifacts/screens'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let service: Service
let browser: Browser
let origin: string
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true })
  service = await openService(readConfig({ DATABASE_PATH: ':memory:', KEYS_PATH: ':memory:', LOG_LEVEL: 'error' }))
  const directory = { ...service.app.directory(), staff: STAFF }
  service.app.directory = () => directory
  const web = createWeb(service.app, service.room, {
    publicUrl: null,
    operator: { name: 'Trạm MẪU', type: 'đơn vị y tế', readers: 'tư vấn viên của trạm' },
    leaveTo: 'https://vi.wikipedia.org',
    metricsToken: null,
    links: [],
    assets: readAssets(),
    streamSeconds: 3,
    pollMilliseconds: 100,
    ready: async () => true,
  })
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: web.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started))
  })
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // A microphone that beeps, and a person who always allows it.
  const opened = await openBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'])
  browser = opened.browser
  closing.push(
    opened.close,
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
    () => service.close(),
  )
}, 60_000)

afterAll(async () => {
  for (const close of closing) await close()
})

/** Presses play on the last player, and waits until sound has gone by. */
async function hear(page: Page): Promise<void> {
  const player = page.locator('audio[src*="voice"]').last()
  await player.evaluate((audio: HTMLAudioElement) => {
    audio.muted = true
    return audio.play()
  })
  await page.waitForFunction(() => {
    const all = document.querySelectorAll<HTMLAudioElement>('audio[src*="voice"]')
    const last = all[all.length - 1]!
    return last.error === null && last.currentTime > 0.2
  })
}

test('a counsellor records an answer, and the person hears it', async () => {
  const visit = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' })
  const chat = await visit.newPage()
  await chat.goto(`${origin}/chat`)
  await chat.locator('#text').fill('gặp người')
  await chat.keyboard.press('Enter')
  await expect.poll(async () => (await openTickets(service.app.store)).length).toBe(1)

  const desk = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' })
  const cookie = await sessionCookie(service.app, STAFF.find(({ id }) => id === 'binh')!)
  await desk.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: origin }])
  const page = await desk.newPage()
  const [ticket] = await openTickets(service.app.store)
  await page.goto(`${origin}/desk/tickets/${ticket!.id}`)
  await page.locator('textarea#text').fill('một lời đang viết dở')
  await page.getByText('Trả lời bằng giọng nói').click()
  await page.getByRole('button', { name: 'Ghi âm', exact: true }).click()
  const stop = page.getByRole('button', { name: 'Dừng ghi' })
  await stop.waitFor()
  await page.waitForTimeout(1_000)
  await stop.click()
  await page.getByRole('button', { name: 'Ghi lại' }).waitFor()
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 740 })
    await page.screenshot({ path: `${SCREENS}/giong-noi-${width}.png`, fullPage: true })
    const found = (await page.evaluate(`(async () => { ${AXE}; return await axe.run() })()`)) as AxeResults
    const grave = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(grave.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  }
  await page.getByRole('button', { name: 'Gửi giọng nói' }).click()
  await page.locator('audio[src*="voice"]').waitFor()
  expect(await page.locator('textarea#text').inputValue()).toBe('một lời đang viết dở')
  await hear(page)

  await drain(service.app)
  await chat.locator('audio[src*="/chat/voice/"]').waitFor()
  await hear(chat)
  const [room, bubble] = await chat
    .locator('audio')
    .evaluate((audio) => [audio.clientWidth, audio.parentElement!.clientWidth])
  expect(room).toBeGreaterThan(200)
  expect(room).toBeLessThan(bubble!)
  await chat.screenshot({ path: `${SCREENS}/giong-noi-nguoi-nhan-360.png`, fullPage: true })
})
