import { mkdirSync, readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import decodeQR from 'qr/decode.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outreachAct } from '../../src/store/outreach-tables.ts'
import { allOf } from '../store/turns.ts'
import { STAFF } from '../web/desk-house.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'
import { look, PHONE, SCREENS } from './look.ts'

const COMMUNES = [
  { id: 'moc-chau-son-la', name: 'phường Mộc Châu', province: 'Sơn La', aliases: [], confirmed: true },
  { id: 'van-ho-son-la', name: 'xã Vân Hồ', province: 'Sơn La', aliases: [], confirmed: true },
]

let opened: DeskServer

beforeAll(async () => {
  opened = await openDeskServer([
    { channel: 'telegram', bot: 'telegram', href: 'https://t.me/dong_hanh_mau_bot' },
    { channel: 'zalo', bot: 'zalo', href: 'https://zalo.me/0000000000' },
  ])
  const { app } = opened.service
  const known = app.directory()
  const points = known.points.map((one) =>
    one.id === 'mai' ? { ...one, communes: COMMUNES.map(({ id }) => id) } : { ...one, communes: [] },
  )
  app.directory = () => ({ ...known, communes: COMMUNES, points })
}, 60_000)

afterAll(() => opened.close())

async function deskOf(id: string): Promise<Page> {
  const context = await opened.browser.newContext({ viewport: PHONE, locale: 'vi-VN', acceptDownloads: true })
  const cookie = await sessionCookie(opened.service.app, STAFF.find((one) => one.id === id)!)
  await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: opened.origin }])
  return context.newPage()
}

async function onPaper(page: Page, name: string, width: number, height: number): Promise<void> {
  mkdirSync(SCREENS, { recursive: true })
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width, height })
  await page.screenshot({ path: `${SCREENS}/${name}.png`, fullPage: true })
}

/** How many sheets of paper a page takes. */
async function sheets(page: Page): Promise<number> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  return [...pdf.matchAll(/\/Type\s*\/Page\b/g)].length
}

/** What the printed picture says to a phone that is held before it. */
async function scan(page: Page, nth = 0): Promise<string> {
  const png = (await page.locator('main svg').nth(nth).screenshot({ scale: 'css' })).toString('base64')
  const blank = await page.context().newPage()
  const { width, height, data } = await blank.evaluate(async (picture) => {
    const image = new Image()
    image.src = `data:image/png;base64,${picture}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width * 3
    canvas.height = image.height * 3
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    return { width: canvas.width, height: canvas.height, data: [...data] }
  }, png)
  await blank.close()
  return decodeQR({ width, height, data: new Uint8ClampedArray(data) })
}

test('a week is planned, its sheet taken along, and what was read shows in the share of communes', async () => {
  const { app } = opened.service
  const topic = app.book().topics.find(({ id }) => app.book().words(`topic.${id}.loa`, 'vi'))!
  const lines = app
    .book()
    .words(`topic.${topic.id}.loa`, 'vi')!
    .flatMap((one) => one.split('\n'))

  const lead = await deskOf('binh')
  await lead.goto(`${opened.origin}/desk/loa`)
  await look(lead, 'loa-chua-co')
  await lead.getByRole('link', { name: 'Xếp lịch tuần này' }).click()
  await lead.getByLabel('Điểm', { exact: true }).selectOption('mai')
  await lead.getByRole('button', { name: 'Đổi' }).press('Enter')
  await lead.getByLabel(topic.title).fill('3')
  await look(lead, 'loa-lich')
  await lead.getByRole('button', { name: 'Xếp lịch' }).press('Enter')
  await lead.getByText('Đã xếp lịch.').waitFor()
  expect(await lead.getByText('chưa phát').count()).toBe(2)

  const lan = await deskOf('lan')
  await lan.goto(`${opened.origin}/desk/loa`)
  const commune = lan.getByRole('region', { name: /Vân Hồ/ })
  const waiting = lan.waitForEvent('download')
  await commune.getByRole('link', { name: 'Tệp Word' }).click()
  const file = await waiting
  expect(file.suggestedFilename()).toMatch(/^doc-loa-van-ho-son-la-\d{4}-\d{2}-\d{2}\.docx$/)
  const files = unzipSync(new Uint8Array(readFileSync(await file.path())))
  const said = new TextDecoder()
    .decode(files['word/document.xml'])
    .replaceAll(/<\/w:p>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
  for (const line of lines) expect(said).toContain(line.replaceAll('*', ''))

  await commune.getByRole('link', { name: 'Tờ đọc để in' }).click()
  await lan.getByRole('button', { name: 'In' }).waitFor()
  await look(lan, 'loa-to')
  const told = await scan(lan)
  await onPaper(lan, 'loa-to-giay', 688, 1016)
  // One script with a long list of sources may go over the edge.
  expect(await sheets(lan)).toBeLessThanOrEqual(2)
  await lan.emulateMedia({ media: 'screen' })
  const code = /gõ mã ([A-Z2-9]{4}-[A-Z2-9]{4})/.exec((await lan.textContent('main'))!)![1]!
  expect(told).toBe(`${opened.origin}/loa/${code.replace('-', '')}`)

  await lan.goto(`${opened.origin}/desk/loa`)
  await commune.getByText('Ghi “đã phát”').click()
  await commune.getByLabel('Mấy lần trong ngày').fill('2')
  await look(lan, 'loa-tuan')
  await commune.getByRole('button', { name: 'Đã phát' }).press('Enter')
  await lan.getByText('Đã ghi: đã phát.').waitFor()
  await lan.getByText('50%').first().waitFor()
  await lan.getByText('chưa đạt').waitFor()

  // Whoever reads it out in the other commune has no account: the code of their sheet is enough.
  await lan
    .getByRole('region', { name: /Mộc Châu/ })
    .getByRole('link', { name: 'Tờ đọc để in' })
    .click()
  const other = /gõ mã ([A-Z2-9]{4}-[A-Z2-9]{4})/.exec((await lan.textContent('main'))!)![1]!
  const stranger = await (await opened.browser.newContext({ viewport: PHONE, locale: 'vi-VN' })).newPage()
  await stranger.goto(`${opened.origin}/loa`)
  await look(stranger, 'loa-go-ma')
  await stranger.getByLabel('Mã in cuối tờ đọc loa').fill(other.toLowerCase())
  await stranger.getByRole('button', { name: 'Mở' }).press('Enter')
  await stranger.getByText('phường Mộc Châu, Sơn La').waitFor()
  await stranger.getByLabel(topic.title).fill('1')
  await look(stranger, 'loa-ghi')
  await stranger.getByRole('button', { name: 'Đã phát' }).press('Enter')
  await stranger.getByText('Đã ghi. Cảm ơn bạn.').waitFor()

  await lan.goto(`${opened.origin}/desk/loa`)
  await lan.getByText('100%').first().waitFor()
  await look(lan, 'loa-xong')
  expect((await allOf(app.store, outreachAct)).map(({ kind, by }) => [kind, by]).toSorted()).toEqual([
    ['loudspeaker', 'lan'],
    ['loudspeaker', 'sheet'],
  ])
}, 180_000)

test('a recording is uploaded with its words and its speaker’s yes, listened to by a lead, and played from the sheet', async () => {
  const { app } = opened.service
  const topic = app.book().topics.find(({ id }) => app.book().words(`topic.${id}.loa`, 'vi'))!
  const lan = await deskOf('lan')
  await lan.goto(`${opened.origin}/desk/ban-ghi`)
  await lan.getByLabel('Bài', { exact: true }).selectOption(topic.id)
  await lan.getByLabel('Tiếng', { exact: true }).selectOption('mong')
  await lan
    .getByLabel(/Tệp ghi âm/)
    .setInputFiles({ name: 'a.ogg', mimeType: 'audio/ogg', buffer: Buffer.from('OggS x') })
  await lan.getByLabel(/Lời ấy bằng tiếng Việt/).fill('Gọi 115 khi có người bất tỉnh.')
  await lan.getByLabel('Ai nói').fill('Chị MẪU')
  await lan.getByLabel('Ghi âm ngày').fill('2026-11-20')
  await lan.getByLabel(/Người nói đồng ý/).press('Space')
  await look(lan, 'ban-ghi-moi')
  await lan.getByRole('button', { name: 'Lưu bản ghi' }).press('Enter')
  await lan.getByText('Đã lưu.').waitFor()
  const lead = await deskOf('binh')
  await lead.goto(`${opened.origin}/desk/ban-ghi`)
  await lead.getByLabel(/Tôi đã nghe/).press('Space')
  await look(lead, 'ban-ghi')
  await lead.getByRole('button', { name: 'Cho dùng' }).press('Enter')
  await lead.getByText('Đã cho dùng').waitFor()
  await lan.goto(`${opened.origin}/desk/loa`)
  await lan.getByRole('link', { name: 'Tờ đọc để in' }).first().click()
  await lan.locator('audio').waitFor()
  const waiting = lan.waitForEvent('download')
  await lan.getByRole('link', { name: 'Tải về máy' }).click()
  expect((await waiting).suggestedFilename()).toBe(`${topic.id}.mong.ogg`)
}, 120_000)

test('cards of an entrance lead a phone that scans them to the chat, Zalo and Telegram', async () => {
  const lan = await deskOf('lan')
  await lan.goto(`${opened.origin}/desk/hoat-dong`)
  await lan.getByRole('link', { name: 'Lối vào, thẻ có mã' }).click()
  await lan.getByLabel(/^Tên/).fill('Nhà máy MẪU')
  await lan.getByLabel(/^Mã/).fill('xe-dap')
  await lan.getByLabel('Ở đâu').selectOption('workplace')
  await lan.getByLabel('Mở ngăn bài nào trước').selectOption('nguoi-lao-dong')
  await look(lan, 'loi-vao-moi')
  await lan.getByRole('button', { name: 'Mở lối vào' }).press('Enter')
  await lan.getByText('Đã mở lối vào.').waitFor()
  await look(lan, 'loi-vao')
  await lan.getByRole('link', { name: 'In thẻ A6' }).click()
  await look(lan, 'the-a6')
  expect([await scan(lan, 0), await scan(lan, 1), await scan(lan, 2)]).toEqual([
    `${opened.origin}/chat?vao=xe-dap`,
    'https://zalo.me/0000000000',
    'https://t.me/dong_hanh_mau_bot?start=vao-xe-dap',
  ])
  await onPaper(lan, 'the-a6-giay', 337, 499)
  expect(await sheets(lan)).toBe(1)
  await lan.emulateMedia({ media: 'screen' })
  await lan.goto(`${opened.origin}/desk/loi-vao/xe-dap/the?kho=a4`)
  expect(await lan.locator('main svg').count()).toBe(8)
  expect(await scan(lan, 7)).toBe(`${opened.origin}/chat?vao=xe-dap`)
  await look(lan, 'the-a4')
  await onPaper(lan, 'the-a4-giay', 688, 1016)
  expect(await sheets(lan)).toBe(1)
}, 120_000)
