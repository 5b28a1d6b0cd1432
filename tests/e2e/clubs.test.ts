import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { internal, receive } from '../../src/app/handle.ts'
import { tick } from '../../src/app/tick.ts'
import type { Club } from '../../src/engine/facts.ts'
import { appointment } from '../../src/store/visit-tables.ts'
import { allOf } from '../store/turns.ts'
import { STAFF } from '../web/desk-house.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'
import { look, PHONE } from './look.ts'

const CLUB: Club = {
  id: 'clb',
  name: 'Câu lạc bộ MẪU Mai',
  commune: 'x',
  about: '',
  point: 'mai',
  keepers: ['chu'],
  place: 'Nhà văn hoá MẪU',
  decision: { number: '12/QĐ-UBND', day: '2026-10-01' },
  board: ['Chú Ba, chủ nhiệm'],
  sample: true,
}

let opened: DeskServer

beforeAll(async () => {
  opened = await openDeskServer()
  const { app } = opened.service
  const known = app.directory()
  app.directory = () => ({ ...known, clubs: [CLUB] })
  for (const [i, name] of ['Hải', 'Nga', 'Tú'].entries()) {
    const event = { type: 'message', text: 'chào' } as const
    await receive(app, 'webchat', 'web', { handle: String(i).padStart(43, 'v'), key: `${i}`, at: app.now(), event })
    const contact = app.vault.hashHandle('webchat', 'web', String(i).padStart(43, 'v'))
    const action = { type: 'club_join', club: 'clb', group: 'voluntary', name, followUp: i === 0 } as const
    await internal(app, contact, `join${i}`, { type: 'staff', by: 'lan', action })
  }
}, 60_000)

afterAll(() => opened.close())

async function deskOf(id: string): Promise<Page> {
  const context = await opened.browser.newContext({ viewport: PHONE, locale: 'vi-VN' })
  const cookie = await sessionCookie(opened.service.app, STAFF.find((one) => one.id === id)!)
  await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: opened.origin }])
  return context.newPage()
}

const dayAt = (at: number) => new Date(at + 7 * 3_600_000).toISOString().slice(0, 10)

test('the board plans a meeting on a phone, announces it, copies the words for its group, and writes down who came', async () => {
  const { app } = opened.service
  const board = await deskOf('chu')
  await board.goto(`${opened.origin}/desk/clb`)
  await look(board, 'clb')
  await board.getByRole('link', { name: 'Câu lạc bộ MẪU Mai' }).click()
  await look(board, 'clb-mot')
  await board.getByRole('link', { name: 'Xếp buổi' }).click()
  await board.getByLabel('Bao lâu một lần').selectOption('thang-ngay')
  await board.getByLabel('Ngày trong tháng').fill('30')
  await board.getByLabel('Tính từ ngày').fill('2027-02-01')
  await board.getByLabel('Đến hết ngày').fill('2027-02-28')
  await board.getByRole('button', { name: 'Xem các buổi' }).press('Enter')
  await board.getByRole('alert').getByText('không có buổi nào').waitFor()
  await look(board, 'clb-xep')
  await board.getByLabel('Bao lâu một lần').selectOption('thang-thu')
  await board.getByLabel('Tính từ ngày').fill(dayAt(app.now()))
  await board.getByLabel('Đến hết ngày').fill('')
  await board.getByLabel('Nội dung').fill('Nói chuyện việc làm')
  await board.getByRole('button', { name: 'Xem các buổi' }).press('Enter')
  await board.getByRole('status').getByText('buổi:').waitFor()
  await look(board, 'clb-xem')
  await board.getByRole('button', { name: 'Lưu' }).press('Enter')
  await board.getByText('Đã xếp buổi.').waitFor()
  await board.locator('#buoi ~ ul a').first().click()
  await board.getByRole('button', { name: 'Báo cho hội viên ngay' }).press('Enter')
  await board.getByText('Sẽ báo cho hội viên').waitFor()
  await tick(app)
  await board.reload()
  await board.getByText('Chưa trả lời 3:').waitFor()
  const words = await board.getByLabel('Lời này không nhắc tên ai').inputValue()
  expect(words).not.toMatch(/Hải|lạc bộ/)
  await board.getByRole('button', { name: 'Sao chép' }).waitFor()
  await look(board, 'clb-buoi')

  const [row] = await allOf(app.store, appointment)
  const now = app.now
  app.now = () => row!.startsAt + 30 * 60_000
  const page = board.url()
  // A session of days ago has ended: the board signs in again on the day.
  const there = await deskOf('chu')
  await there.goto(page)
  for (const [name, answer] of [
    ['Hải', 'Có mặt'],
    ['Nga', 'Có mặt'],
    ['Tú', 'Vắng'],
  ] as const)
    await there.getByRole('group', { name }).getByLabel(answer).press('Space')
  await there.getByLabel('Khách, người nhà').fill('2')
  await look(there, 'clb-diem-danh')
  await there.getByRole('button', { name: 'Ghi', exact: true }).press('Enter')
  await there.getByText('Có mặt 2 và 2 khách:').waitFor()
  await look(there, 'clb-da-ghi')
  app.now = now
  expect((await allOf(app.store, appointment)).map(({ state }) => state).sort()).toEqual([
    'attended',
    'attended',
    'missed',
  ])
}, 120_000)

test('a lead writes a club into the register, and staff invite somebody from their talk', async () => {
  const lead = await deskOf('binh')
  await lead.goto(`${opened.origin}/desk/clb/moi`)
  await lead.getByLabel('Tên câu lạc bộ').fill('Câu lạc bộ MẪU mới')
  await lead.getByLabel('Xã, phường').fill('nơi không có')
  await lead.getByRole('button', { name: 'Lưu' }).press('Enter')
  await lead.getByRole('alert').getByText('không có xã').waitFor()
  await look(lead, 'clb-moi')

  const { app } = opened.service
  const event = { type: 'message', text: 'gặp người' } as const
  await receive(app, 'webchat', 'web', { handle: 'w'.repeat(43), key: 'w', at: app.now(), event })
  const lan = await deskOf('lan')
  await lan.goto(`${opened.origin}/desk/queue`)
  await lan.locator('a[href^="/desk/tickets/"]').first().click()
  await lan.locator('summary', { hasText: 'câu lạc bộ' }).click()
  await lan.getByRole('link', { name: 'Mời vào câu lạc bộ' }).click()
  await lan.getByLabel('Câu lạc bộ', { exact: true }).selectOption('clb')
  await lan.getByLabel('Nhóm theo luật').selectOption('voluntary')
  await lan.getByLabel('Chưa hỏi').check()
  await look(lan, 'clb-moi-nguoi')
  await lan.getByRole('button', { name: 'Gửi hoặc ghi' }).press('Enter')
  await lan.getByText('Đã gửi lời mời.').waitFor()
}, 120_000)
