import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { visit } from '../runtimes/visitor.ts'
import { acceptInvitation, type Hands, hands } from '../web/sign-in.ts'
import { openBrowser } from './browser.ts'
import { openFirstAccount } from './desk-visit.ts'
import { cleanUp, makeFolder, type Running, startService } from './service.ts'

/**
 * Takes the manuals' pictures anew from the running service: `npm run pictures`. Nobody in them is real.
 * Another folder may be named, to look at pages without changing the manuals.
 */
const CLUB = 'mau-clb-moc-chau'
const FOLDER = process.argv[2] ?? 'docs/pictures'

const service = await startService(makeFolder(), { LOG_LEVEL: 'info' })
const { browser, close } = await openBrowser()
try {
  mkdirSync(FOLDER, { recursive: true })
  const { one: lead } = await openFirstAccount(service)
  const lan = await colleague(lead)
  await people(service)
  await photograph(browser, lead, lan)
} finally {
  await close()
  await service.stop()
  await cleanUp()
}

/** A counsellor whom the lead invited, in a browser of her own. */
async function colleague(lead: Hands): Promise<Hands> {
  const { text } = await lead.ask('/desk/staff')
  const point = /<select[^>]*name="point"[\s\S]*?<option value="([^"]+)"/.exec(text)?.[1] ?? ''
  const invited = await lead.ask('/desk/staff/invite', { roles: 'counsellor', point, affiliation: 'y_te' })
  const one = hands((path, init) => fetch(service.origin + path, init))
  await acceptInvitation(one, /\/desk\/invitation\?token=[\w-]+/.exec(invited.text)![0], { login: 'lan.mau' })
  await lead.ask('/desk/staff/invite', { roles: 'editor', point, affiliation: 'doan_the' })
  return one
}

/** Three who wrote: one in danger, one who asks for a person, one who asks to be called. */
async function people({ origin }: Running): Promise<void> {
  const talks = [
    ['chào', 'em mệt quá, em không muốn sống nữa'],
    ['chào', 'con tôi dùng đá, tôi không biết làm sao', 'gặp người'],
    ['chào', 'gọi lại cho tôi', '0912345678', 'đúng', '1', '1'],
  ]
  for (const talk of talks) {
    const person = visit(origin)
    for (const text of talk) await person.say(text)
  }
}

async function photograph(browser: Browser, lead: Hands, lan: Hands): Promise<void> {
  const phone = await pageOf(browser, lan, 360, 740)
  const office = await pageOf(browser, lead, 1440, 900)
  const queue = (await lan.ask('/desk/queue')).text
  const [, talk] = new Set([...queue.matchAll(/href="(\/desk\/tickets\/[^"#]+)"/g)].map(([, path]) => path!))
  if (!talk) throw new Error('nobody waits')
  const { text } = await lan.ask(talk)
  const id = /name="id" value="([^"]+)"/.exec(text)?.[1] ?? ''
  await lan.ask(`${talk}/reply`, { id, text: 'Chào chị, em là Lan ở trạm. Chị kể cho em nghe hôm nay có chuyện gì ạ?' })
  const form = `/desk/lich/moi?cuoc=${talk.split('/').at(-1)}&tuan=${nextWeek()}`
  const times = [...(await lan.ask(form)).text.matchAll(/name="slot" value="(\d+)"/g)].map(([, at]) => at!)
  const booking = { phut: '30', kind: 'family', remind: 'yes', style: 'kin', hours: 'ca-ngay' }
  const point = /name="diem" value="([^"]+)"/.exec((await lan.ask(form)).text)?.[1] ?? ''
  for (const [i, kind] of ['family', 'individual', 'health_station'].entries())
    await lan.ask(form, { ...booking, id: `hen-${i}`, kind, diem: point, slot: times[2 + i * 17] ?? times[i]! })
  await shoot(office, `/desk/lich?tuan=${nextWeek()}`, 'lich-1440')
  for (const [name, path] of [
    ['hom-nay', '/desk'],
    ['dat-lich', form],
    ['cuoc', talk],
    ['khach-moi', '/desk/people/new'],
    ['tai-khoan', '/desk/account'],
  ] as const)
    await shoot(phone, path, `${name}-360`)
  await shoot(await pageOf(browser, lan, 1440, 900), '/desk', 'desk')
  await shoot(phone, await request(lan, talk, point), 'dang-ky-360')
  await shoot(await pageOf(browser, lead, 360, 740), await meeting(lead), 'diem-danh-360')
  for (const [name, path] of [
    ['can-bo', '/desk/staff'],
    ['diem', '/desk/directory'],
    ['so-lieu', '/desk/figures'],
  ] as const)
    await shoot(office, path, `${name}-1440`)
}

/** A request for treatment made in person; its path. */
async function request(lan: Hands, talk: string, point: string): Promise<string> {
  const fields = { whom: 'minh', form: 'tai-nha', point, name: 'Bác Tư', age: 'du-18', need: 'khong', agreed: 'yes' }
  await lan.ask(`/desk/dang-ky/moi?cuoc=${talk.split('/').at(-1)}`, fields)
  const list = (await lan.ask('/desk/dang-ky')).text
  return /href="(\/desk\/dang-ky\/(?!moi)[^"?#]+)"/.exec(list)![1]!
}

/** A meeting that begins in twenty minutes, so that who comes can be written down; its path. */
async function meeting(lead: Hands): Promise<string> {
  const queue = (await lead.ask('/desk/queue')).text
  const talks = [...new Set([...queue.matchAll(/\/desk\/tickets\/([^"#]+)"/g)].map(([, id]) => id!))]
  for (const [i, name] of ['Hải', 'Nga', 'Tú'].entries())
    if (talks[i])
      await lead.ask(`/desk/clb/nguoi?cuoc=${talks[i]}`, { club: CLUB, group: 'voluntary', said: 'co', name })
  const [day = '', time = ''] = new Date(Date.now() + 7 * 3_600_000 + 20 * 60_000).toISOString().split('T')
  const plan = {
    pattern: 'mot-lan',
    first: day,
    time: time.slice(0, 5),
    minutes: '90',
    place: 'Nhà văn hoá MẪU',
    lam: 'luu',
  }
  await lead.ask(`/desk/clb/${CLUB}/lich`, { ...plan, agenda: 'Nói chuyện việc làm', capacity: '20', notice: '3' })
  const page = (await lead.ask(`/desk/clb/${CLUB}`)).text
  const path = new RegExp(`/desk/clb/${CLUB}/buoi/[^"]+`).exec(page)![0]
  await lead.ask(`${path}/bao`, {})
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  return path
}

/** A day of next week, whose times are all still ahead. */
function nextWeek(): string {
  return new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)
}

async function pageOf(browser: Browser, one: Hands, width: number, height: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'vi-VN' })
  const cookies = one
    .cookie()
    .split('; ')
    .map((pair) => {
      const [name = '', value = ''] = pair.split('=')
      return { name, value, url: service.origin }
    })
  await context.addCookies(cookies)
  return context.newPage()
}

async function shoot(page: Page, path: string, name: string): Promise<void> {
  await page.goto(service.origin + path)
  await page.screenshot({ path: `${FOLDER}/${name}.png` })
}
