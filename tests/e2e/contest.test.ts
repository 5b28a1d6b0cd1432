import { randomUUID } from 'node:crypto'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Contest } from '../../src/engine/quiz/contest.ts'
import { contestMark } from '../../src/store/contest-tables.ts'
import { allContests } from '../../src/store/contests.ts'
import { readDirectory } from '../../src/store/directory.ts'
import { allOf } from '../store/turns.ts'
import { STAFF } from '../web/desk-house.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'
import { look, PHONE } from './look.ts'

let opened: DeskServer

beforeAll(async () => {
  opened = await openDeskServer()
}, 60_000)

afterAll(() => opened.close())

async function deskOf(id: string): Promise<Page> {
  const context = await opened.browser.newContext({ viewport: PHONE, locale: 'vi-VN' })
  const cookie = await sessionCookie(opened.service.app, STAFF.find((one) => one.id === id)!)
  await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: opened.origin }])
  return context.newPage()
}

async function visitor(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await opened.browser.newContext({ viewport: PHONE, locale: 'vi-VN', ...options })).newPage()
  await page.goto(`${opened.origin}${path}`)
  return page
}

/** The running service reads the directory anew, as at a tick. */
async function tick(): Promise<Contest> {
  const { app } = opened.service
  const before = app.directory()
  const { contests } = (await readDirectory(app.store, null))!
  app.directory = () => ({ ...before, contests })
  return (await allContests(app.store))[0]!
}

const see = (page: Page, words: string | RegExp) => page.getByText(words).last().waitFor({ timeout: 10_000 })
const press = (page: Page, label: string) => page.getByRole('button', { name: label, exact: true }).last().click()

test('the desk makes a contest, people play it by its paper without a name, and the results are counts', async () => {
  const lan = await deskOf('lan')
  await lan.goto(`${opened.origin}/desk/cuoc-thi`)
  await look(lan, 'cuoc-thi-trong')
  await lan.getByRole('link', { name: 'Mở một cuộc thi' }).click()
  await look(lan, 'cuoc-thi-cho-ai')
  await lan.getByRole('link', { name: /Cha mẹ, người thân/ }).click()
  await lan.getByLabel('Tên cuộc thi').fill('Thi tìm hiểu MẪU')
  await lan.getByRole('button', { name: 'Lưu', exact: true }).press('Enter')
  await lan.getByRole('alert').getByText('đang chọn 0 câu').waitFor()
  const boxes = lan.getByRole('checkbox')
  for (let i = 0; i < 5; i++) await boxes.nth(i * 2).press('Space')
  await lan.getByText('Có quà', { exact: true }).click()
  await lan.getByLabel('Quà gì').fill('một quyển sổ MẪU.')
  await lan.getByLabel('Trao ở đâu').fill('điểm MẪU, giờ làm việc.')
  await look(lan, 'cuoc-thi-moi')
  await lan.getByRole('button', { name: 'Lưu', exact: true }).press('Enter')
  await lan.getByText('Đã lưu.').waitFor()
  await lan.getByRole('button', { name: 'Mở cuộc thi' }).press('Enter')
  await lan.getByText('Đã mở.').waitFor()
  await look(lan, 'cuoc-thi-mo')
  const page = lan.url().replace(/\?.*/, '')
  const contest = await tick()
  await lan.goto(`${page}/to-in`)
  await look(lan, 'cuoc-thi-to-in')

  // By the picture on the paper, with presses.
  const an = await visitor(`/chat?vao=${contest.entrance}`)
  await look(an, 'cuoc-thi-chat-vao')
  await press(an, 'Vào cuộc thi')
  await see(an, '5 câu, mở đến hết ngày')
  await press(an, 'Làm bài')
  for (const [n, { answers, right }] of contest.questions.entries()) {
    await see(an, `Câu ${n + 1}/5.`)
    if (n === 1) await look(an, 'cuoc-thi-chat-cau')
    await press(an, answers[right - 1]!)
  }
  await see(an, 'Xong rồi, cảm ơn bạn. Bạn đúng')
  await press(an, 'Lấy mã')
  await see(an, /QUA-[A-Z2-9]{4}-[A-Z2-9]{4}/)
  const code = /QUA-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec((await an.textContent('#log'))!)![0]
  await look(an, 'cuoc-thi-chat-ma')
  await an.reload()
  expect(await an.textContent('#log')).toContain('(Đã trả lời, máy không lưu chọn câu nào.)')

  // Without a script, with typed numbers.
  const ba = await visitor(`/chat?vao=${contest.entrance}`, { javaScriptEnabled: false })
  await ba.getByRole('button', { name: 'Vào cuộc thi' }).click()
  await ba.getByRole('button', { name: 'Làm bài' }).click()
  for (let n = 0; n < 5; n++) {
    await see(ba, `Câu ${n + 1}/5.`)
    await ba.locator('textarea').fill('1')
    await ba.getByRole('button', { name: 'Gửi' }).click()
  }
  await see(ba, 'Xong rồi, cảm ơn bạn.')

  // And three who are quicker.
  for (const who of ['a', 'b', 'c']) {
    const says = (text: string) => opened.service.room.post(who.repeat(43), { id: randomUUID(), text })
    for (const text of ['cuộc thi', 'làm bài', '1', '1', '1', '1', '1']) await says(text)
  }
  await lan.goto(page)
  expect(await lan.getByRole('region', { name: 'Kết quả' }).textContent()).toContain('5đang mở')
  await lan.getByLabel('Mã người đến đưa').fill(code.toLowerCase())
  await lan.getByRole('button', { name: 'Kiểm mã' }).press('Enter')
  await lan.getByText('Mã đúng, chưa trao.').waitFor()
  await lan.getByRole('button', { name: 'Đã trao quà' }).press('Enter')
  await lan.getByText('Đã ghi là đã trao quà.').waitFor()
  await lan.getByRole('button', { name: 'Đóng', exact: true }).press('Enter')
  await lan.getByText('Đã đóng.').waitFor()
  expect(await lan.getByRole('region', { name: 'Kết quả' }).textContent()).toMatch(/Một lần5\d+%/)
  expect(await lan.textContent('main')).toMatch(/Một lần: \d+% đúng/)
  await look(lan, 'cuoc-thi-ket-qua')
  await lan.getByText('Kết thúc hẳn').click()
  await lan.getByRole('button', { name: 'Kết thúc cuộc thi này' }).press('Enter')
  await lan.getByText('Đã kết thúc, đã xoá dấu').waitFor()
  expect(await allOf(opened.service.app.store, contestMark)).toEqual([])

  // Who comes back is told, and may practise.
  await tick()
  await an.locator('textarea').fill('cuộc thi')
  await an.locator('textarea').press('Enter')
  await see(an, 'chưa có cuộc thi nào đang mở')
  await press(an, 'Đố vui')
  await see(an, 'Không tính điểm, không ghi lại đúng sai.')
  await look(an, 'do-vui-chat')
}, 180_000)
