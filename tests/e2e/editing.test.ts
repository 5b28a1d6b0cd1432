import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textHash } from '../../src/app/text-hash.ts'
import { ROOT } from '../../src/cli/files.ts'
import type { Role } from '../../src/engine/staff.ts'
import { approving, openRevisions, readRevision, saving } from '../../src/store/content.ts'
import { sessionCookie } from '../web/sessions.ts'
import { type DeskServer, openDeskServer } from './desk-server.ts'
import { look } from './look.ts'
import { cleanUp, makeFolder } from './service.ts'

const SLUG = 'noi-khong'
const UNIT = `content/vi/topics/${SLUG}.md`
const PATH = `/desk/noi-dung/sua/bai/${SLUG}`
const FILE = readFileSync(join(ROOT, UNIT), 'utf8')
const QUESTION = /questions:\n {2}- (.+)\n/.exec(FILE)![1]!.replaceAll('"', '')
const DANGER = 'bạn em gọi không dậy, môi tím'

let opened: DeskServer

beforeAll(async () => {
  opened = await openDeskServer()
  const { app } = opened.service
  const known = app.directory()
  const roles: Readonly<Record<string, readonly Role[]>> = { lan: ['editor'], hanh: ['editor'] }
  const staff = known.staff.map((one) => ({ ...one, roles: roles[one.id] ?? one.roles }))
  app.directory = () => ({ ...known, staff })
}, 60_000)
afterAll(async () => {
  await opened.close()
  await cleanUp()
})

async function deskOf(id: string): Promise<Page> {
  const context = await opened.browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' })
  const { app } = opened.service
  const cookie = await sessionCookie(app, app.directory().staff.find((one) => one.id === id)!)
  await context.addCookies([{ name: 'desk', value: cookie.slice('desk='.length), url: opened.origin }])
  return context.newPage()
}

/** What a stranger who asks this is told, in a window of their own. */
async function askInChat(words: string, wanted: string): Promise<string> {
  const context = await opened.browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' })
  const page = await context.newPage()
  await page.goto(`${opened.origin}/chat`)
  await page.locator('textarea').fill(words)
  await page.locator('textarea').press('Enter')
  await page.getByText(wanted).last().waitFor({ timeout: 15_000 })
  const text = await page.locator('main').innerText()
  await context.close()
  return text
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).press('Enter')
const fill = (page: Page, label: string, words: string) => page.getByLabel(label, { exact: true }).fill(words)

/** Saves a card as one, and lets it hold as another. */
async function publish(words: string): Promise<void> {
  const writer = await deskOf('lan')
  await writer.goto(opened.origin + PATH)
  await fill(writer, 'Thẻ', words)
  await press(writer, 'Lưu bản nháp và xem thử')
  await writer.getByText('Đã lưu bản nháp').waitFor()
  const second = await deskOf('binh')
  await second.goto(writer.url().replace(/\?.*/, ''))
  await second.getByLabel('Tôi đã đọc').check()
  await press(second, 'Duyệt, cho máy dùng')
  await second.getByText('Đã duyệt.').waitFor()
}

test('a text is edited by one, cannot be approved by them, is approved by another, and the running chat says it', async () => {
  const writer = await deskOf('lan')
  await writer.goto(`${opened.origin}/desk/noi-dung/${SLUG}`)
  await writer.getByRole('link', { name: 'Sửa bài này' }).click()
  await look(writer, 'sua-bai')
  await fill(writer, 'Thẻ', 'MẪU lời mới cho {bạn}: con nghiện.')
  await fill(writer, 'Sửa gì, vì sao (người duyệt đọc trước)', 'MẪU ngắn hơn')
  await press(writer, 'Lưu bản nháp và xem thử')
  await writer.getByText('1 chỗ cần sửa trước khi duyệt').waitFor()
  await look(writer, 'sua-ban-co-loi')
  await writer.getByRole('link', { name: 'Sửa tiếp bản này' }).click()
  await writer
    .getByRole('link', { name: /^Thẻ, dòng/ })
    .first()
    .waitFor()
  await fill(writer, 'Thẻ', 'MẪU lời mới, **dễ đọc** hơn.')
  await press(writer, 'Lưu bản nháp và xem thử')
  await writer.getByText('cần một người khác đọc và duyệt').waitFor()
  expect(await writer.getByRole('button', { name: 'Duyệt, cho máy dùng' }).count()).toBe(0)
  const own = await writer.request.post(`${writer.url().replace(/\?.*/, '')}/duyet`, { form: { read: 'yes' } })
  expect(own.status()).toBe(403)
  await look(writer, 'sua-ban-nhap')

  const second = await deskOf('binh')
  await second.goto(`${opened.origin}/desk/noi-dung/sua`)
  await look(second, 'sua-danh-sach')
  await second.getByRole('link', { name: /MẪU ngắn hơn/ }).click()
  await second.getByLabel('Người nhắn xưng').selectOption('cháu')
  await press(second, 'Xem')
  await second.getByText('Zalo ·').first().waitFor()
  await second.getByLabel('Tôi đã đọc').check()
  await look(second, 'sua-duyet')
  await press(second, 'Duyệt, cho máy dùng')
  await second.getByText('Máy dùng lời này từ bây giờ').waitFor()
  expect(await askInChat(QUESTION, 'MẪU lời mới, dễ đọc hơn.')).toContain('MẪU lời mới')
}, 240_000)

test('an older text comes back as a new draft that needs two again', async () => {
  await publish('MẪU bản sau.')
  const editor = await deskOf('lan')
  await editor.goto(`${opened.origin}${PATH}/lich-su`)
  await look(editor, 'sua-lich-su')
  await editor.getByRole('link', { name: /^Bản 2:/ }).click()
  await editor.getByText('Khác gì').waitFor()
  await press(editor, 'Soạn bản nháp trở lại lời này')
  await editor.getByText('cần một người khác đọc và duyệt').waitFor()
  await askInChat(QUESTION, 'MẪU bản sau.')
  const second = await deskOf('hanh')
  await second.goto(editor.url().replace(/\?.*/, ''))
  await second.getByLabel('Tôi đã đọc').check()
  await press(second, 'Duyệt, cho máy dùng')
  await second.getByText('Đã duyệt.').waitFor()
  await askInChat(QUESTION, 'MẪU lời mới, dễ đọc hơn.')
}, 240_000)

test('of two editors at once the second is told, sees both texts and loses nothing', async () => {
  const [first, second] = [await deskOf('lan'), await deskOf('hanh')]
  for (const page of [first, second]) await page.goto(opened.origin + PATH)
  await fill(first, 'Thẻ', 'MẪU lời của Lan.')
  await fill(second, 'Thẻ', 'MẪU lời của Hạnh.')
  await fill(second, 'Dòng áp phích (để trống nếu không có)', 'MẪU dòng của Hạnh')
  await press(first, 'Lưu bản nháp và xem thử')
  await first.getByText('Đã lưu bản nháp').waitFor()
  await press(second, 'Lưu bản nháp và xem thử')
  await second.getByRole('alert').getByText('Lan đã lưu một bản khác').waitFor()
  await look(second, 'sua-hai-nguoi')
  expect(await second.getByLabel('Thẻ', { exact: true }).inputValue()).toBe('MẪU lời của Hạnh.')
  expect(await second.locator('.conflict').innerText()).toContain('MẪU lời của Lan.')
  await press(second, 'Lưu bản của tôi')
  await second.getByText('Đã lưu bản nháp').waitFor()
  const rows = (await openRevisions(opened.service.app.store)).filter(({ state }) => state === 'draft')
  expect(rows).toHaveLength(1)
  const mine = (await readRevision(opened.service.app.store, UNIT, rows[0]!.n))!
  const theirs = (await readRevision(opened.service.app.store, UNIT, rows[0]!.n - 1))!
  expect(mine.text).toContain('MẪU dòng của Hạnh')
  expect([theirs.state, theirs.text.includes('MẪU lời của Lan.')]).toEqual(['replaced', true])
  await press(second, 'Bỏ bản nháp này')
  await second.getByText('Đã bỏ bản nháp').waitFor()
}, 240_000)

test('the emergency card is what it was, whatever stands in the table', async () => {
  const { app } = opened.service
  const before = await askInChat(DANGER, 'thổi ngạt, ép tim')
  const editor = await deskOf('binh')
  for (const slug of ['khan-cap', 'he-thong']) {
    const page = await editor.goto(`${opened.origin}/desk/noi-dung/sua/loi/${slug}`)
    expect(page!.status()).toBe(404)
    const unit = `content/vi/${slug}.md`
    const text = readFileSync(join(ROOT, unit), 'utf8')
    const keys = [...text.matchAll(/^## (.+)$/gm)].map(([, key]) => `${slug}.${key}`)
    const patch = JSON.stringify({
      unit,
      topic: null,
      words: Object.fromEntries(keys.map((key) => [key, ['LỜI GIẢ']])),
      synonyms: {},
      labels: [],
    })
    const row = { unit, n: 1, text: 'LỜI GIẢ', hash: textHash('LỜI GIẢ'), base: '', file: '', restores: null, note: '' }
    await app.store.batch(saving({ ...row, by: 'lan', createdAt: app.now(), patch, problems: 0 }))
    await app.store.batch(approving({ unit, n: 1 }, patch, 'binh', app.now()))
  }
  await opened.service.tick()
  const after = await askInChat(DANGER, 'thổi ngạt, ép tim')
  expect(after).not.toContain('LỜI GIẢ')
  const words = (text: string) => text.replaceAll(/\d{1,2}:\d{2}/g, '')
  expect(words(after)).toBe(words(before))
}, 240_000)

test('an import with a broken file says which file, line and sentence, and takes in nothing', async () => {
  const folder = makeFolder()
  const env = {
    ...process.env,
    DATABASE_PATH: join(folder, 'data.sqlite'),
    KEYS_PATH: join(folder, 'keys.sqlite'),
    LOG_LEVEL: 'silent',
  }
  const { openService } = await import('../../src/service.ts')
  const { readConfig } = await import('../../src/config.ts')
  const { placingStaff } = await import('../../src/store/directory.ts')
  const service = await openService(readConfig(env))
  const ha = opened.service.app.directory().staff.find(({ id }) => id === 'lan')!
  await service.app.store.batch([
    ...placingStaff(ha, '2'),
    {
      sql: "insert into credential (staff, login, password, invitation) values ('lan', 'chi-lan', 'none', 'none')",
      params: [],
    },
  ])
  const [good, broken] = [SLUG, 'qua-lieu'].map((slug) => join(folder, 'content/vi/topics', `${slug}.md`))
  mkdirSync(join(folder, 'content/vi/topics'), { recursive: true })
  writeFileSync(good!, FILE.replace('## card\n', '## card\nMẪU. '))
  writeFileSync(
    broken!,
    readFileSync(join(ROOT, 'content/vi/topics/qua-lieu.md'), 'utf8').replace(/\n## more[\s\S]*$/, '\n'),
  )
  const done = await promisify(execFile)(
    process.execPath,
    ['src/cli/content.ts', 'import', '--by', 'chi-lan', good!, broken!],
    { cwd: ROOT, env },
  ).catch((error: { code: number; stderr: string }) => error)
  expect(done).toMatchObject({ code: 1, stderr: expect.stringContaining(`${broken}: ## more: Thiếu phần “## more”.`) })
  expect(done.stderr).toContain('Chưa đưa vào gì cả.')
  expect(await openRevisions(service.app.store)).toEqual([])
  await service.close()
}, 120_000)
