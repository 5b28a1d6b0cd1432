import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cleanUp, makeFolder } from '../e2e/service.ts'
import type { Peer, Start } from './peer.ts'
import { type Desk, has, openDesk, visit } from './visitor.ts'

/** What every runtime promises to those outside: the same requests to a real process. */
export function keepsItsPromises(start: Start): void {
  let folder: string
  let peer: Peer
  let desk: Desk
  beforeAll(async () => {
    folder = makeFolder()
    peer = await start(folder)
    desk = await openDesk(peer.origin, peer.setupPath()!)
  })
  afterAll(async () => {
    await peer.stop()
    await cleanUp()
  })
  const get = (path: string, headers: Record<string, string> = {}) => fetch(peer.origin + path, { headers })
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(peer.origin + path, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', ...headers },
      redirect: 'manual',
    })

  test('is alive and ready, and its pages let nothing in from elsewhere', async () => {
    expect((await get('/healthz')).status).toBe(200)
    expect((await get('/readyz')).status).toBe(200)
    for (const path of ['/', '/chat', '/desk', '/nowhere']) {
      const { headers } = await get(path)
      expect(headers.get('Content-Security-Policy'), path).toContain("default-src 'none'")
      expect(headers.get('Content-Security-Policy'), path).toContain("frame-ancestors 'none'")
      expect(headers.get('X-Content-Type-Options'), path).toBe('nosniff')
      expect(headers.get('X-Frame-Options'), path).toBe('DENY')
      expect(headers.get('Referrer-Policy'), path).toBe('same-origin')
    }
    expect((await get('/chat')).headers.get('Cache-Control')).toBe('no-store')
    expect((await get('/assets/style.css')).headers.get('Content-Type')).toContain('text/css')
  })

  test('holds a conversation, and a stream that comes back misses and repeats nothing', async () => {
    const an = visit(peer.origin)
    const first = await an.post({ text: 'chào' })
    expect(first.status).toBe(202)
    expect(first.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/)
    const begun = await an.follow((lines) => lines.some(({ from }) => from === 'bot'))
    expect(begun[0]).toMatchObject({ from: 'you', text: 'chào' })

    const later = an.follow((lines) => lines.some(({ from }) => from === 'bot'), begun.at(-1)!.id)
    await an.say('methadone là gì')
    const more = await later
    expect(more[0]).toMatchObject({ from: 'you', text: 'methadone là gì' })
    expect(more.map(({ text }) => text).join('\n')).toContain('methadone')

    const all = await an.follow((lines) => lines.length === begun.length + more.length)
    expect(all).toEqual([...begun, ...more])
    const ids = all.map(({ id }) => Number(id))
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b))
    expect(await an.page()).toContain('methadone là gì')
  })

  test('shows the numbers at once when a life is in danger', async () => {
    const an = visit(peer.origin)
    await an.say('ban em goi khong day, moi tim')
    const lines = await an.follow((some) => some.some(({ from }) => from === 'bot'))
    expect(lines.find(({ from }) => from === 'bot')!.text).toContain('115')
    expect(await desk.list()).toContain('Khẩn cấp')
  })

  test('brings a person and a counsellor together', async () => {
    const an = visit(peer.origin)
    const known = new Set(ticketsIn(await desk.list()))
    await an.say('gặp người')
    await an.follow((lines) => lines.some(({ from }) => from === 'bot'))
    const [path, ...others] = ticketsIn(await desk.list()).filter((one) => !known.has(one))
    expect(others).toEqual([])
    expect(await desk.ticket(path!)).toContain('gặp người')
    await desk.reply(path!, 'Chào bạn, mình là Hạnh ở điểm tư vấn.')
    await an.follow(has('human', 'mình là Hạnh'))
    await an.say('cảm ơn chị Hạnh')
    expect(await desk.ticket(path!)).toContain('cảm ơn chị Hạnh')
  })

  test('tells the desk who waits as it happens, and a stream that comes back misses nothing', async () => {
    const first = await desk.follow(() => true)
    const an = visit(peer.origin)
    const known = new Set(ticketsIn(await desk.list()))
    const hearing = desk.follow(({ changed }) => changed.length > 0, first.id)
    await an.say('gặp người')
    const heard = await hearing
    expect(heard.waiting).toBe(first.waiting + 1)
    const path = ticketsIn(await desk.list()).find((one) => !known.has(one))!
    expect(`/desk/tickets/${heard.changed[0]}`).toBe(path)
    // While nobody followed: it is told when the stream is taken up where it ended.
    await an.say('em vẫn đợi ạ')
    const again = await desk.follow(() => true, heard.id)
    expect(again.changed).toEqual(heard.changed)
    expect((await get('/desk/events', { redirect: 'manual' })).url).toContain('/desk/sign-in')
  })

  test('deletes what was said, gives a receipt, and leaves nothing readable', async () => {
    const an = visit(peer.origin)
    await an.say('lời kín dùng để thử việc xoá')
    await an.say('xoá')
    const asked = await an.follow((lines) => lines.some(({ choices }) => choices?.some((c) => c.label.includes('Có'))))
    const yes = asked.flatMap(({ choices }) => choices ?? []).findLast(({ label }) => label.includes('Có'))!
    await an.press(yes.label, asked)
    const left = await an.follow((lines) => lines.some(({ text }) => /[A-Z0-9]{5}-[A-Z0-9]{5}/.test(text)))
    expect(left.map(({ text }) => text).join('\n')).not.toContain('lời kín')
    expect(await an.page()).not.toContain('lời kín')
  })

  test('deletes once when the button was pressed twice at once, and answers whoever comes back', async () => {
    const an = visit(peer.origin)
    await an.say('xoá')
    const asked = await an.follow((lines) => lines.some(({ choices }) => choices?.some((c) => c.label.includes('Có'))))
    const yes = asked.flatMap(({ choices }) => choices ?? []).findLast(({ label }) => label.includes('Có'))!
    const both = await Promise.all([an.post({ choice: yes.id }), an.post({ choice: yes.id })])
    expect(both.map(({ status }) => status)).toEqual([202, 202])
    const receipt = (text: string) => /[A-Z0-9]{5}-[A-Z0-9]{5}/.test(text)
    const left = await an.follow((lines) => lines.some(({ text }) => receipt(text)))
    expect(left.filter(({ text }) => receipt(text))).toHaveLength(1)
    await an.say('bạn em gọi không dậy')
    await an.follow(has('bot', '115'))
  })

  test('never writes a person’s words in the clear, neither to the disk nor to its log', async () => {
    const an = visit(peer.origin)
    await an.say('một câu chim hoàng yến')
    await an.follow((lines) => lines.some(({ from }) => from === 'bot'))
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(1)
    for (const file of files)
      expect(readFileSync(join(file.parentPath, file.name)).includes('chim hoàng yến'), file.name).toBe(false)
    expect(peer.output()).not.toContain('chim hoàng yến')
    expect(peer.output()).not.toContain(an.cookie().split('=')[1])
  })

  test('answers a message once, however often it arrives', async () => {
    const an = visit(peer.origin)
    await an.say('chào')
    const id = randomUUID()
    const sent = await Promise.all([1, 2, 3].map(() => an.post({ id, text: 'tìm điểm' })))
    expect(sent.map(({ status }) => status)).toEqual([202, 202, 202])
    expect((await an.post({ id, text: 'tìm điểm' })).status).toBe(202)
    await an.say('menu')
    const lines = await an.follow((some) => some.filter(({ from }) => from === 'bot').length >= 3)
    expect(lines.filter(({ text }) => text === 'tìm điểm')).toHaveLength(1)
    expect(lines.filter(({ from }) => from === 'bot')).toHaveLength(3)
  })

  test('loses none of several messages that arrive together', async () => {
    const an = visit(peer.origin)
    await an.say('chào')
    const texts = ['thoát', 'menu', 'trợ giúp']
    const sent = await Promise.all(texts.map((text) => an.post({ text })))
    expect(sent.map(({ status }) => status)).toEqual([202, 202, 202])
    const lines = await an.follow((some) => some.filter(({ from }) => from === 'bot').length >= 4)
    const said = lines.filter(({ from }) => from === 'you').map(({ text }) => text)
    expect(said.sort()).toEqual(['chào', ...texts].sort())
  })

  test('refuses what is malformed, unknown, too large or from another site', async () => {
    const message = JSON.stringify({ id: randomUUID(), text: 'chào' })
    expect((await post('/chat/messages', '{')).status).toBe(400)
    expect((await post('/chat/messages', JSON.stringify({ id: 'x', text: 'chào' }))).status).toBe(400)
    expect((await post('/chat/messages', message, { 'Content-Type': 'text/plain' })).status).toBe(400)
    const closed = await fetch(`${peer.origin}/desk`, { redirect: 'manual' })
    expect([closed.status, closed.headers.get('Location')]).toEqual([303, '/desk/sign-in'])
    expect((await get('/metrics')).status).toBe(401)
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
    expect((await post('/desk/invitation', 'token=wrong', form)).status).toBe(401)
    expect((await post('/desk/tickets/x/close', '', form)).status).toBe(401)
    expect((await post('/chat/messages', message, { Origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await post('/chat/messages', message, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect((await get('/nowhere')).status).toBe(404)
    expect((await post('/webhooks/telegram', '{}')).status).toBe(404)
    expect((await post('/webhooks/zalo', '{}')).status).toBe(404)
    const large = await post('/chat/messages', JSON.stringify({ text: 'x'.repeat(2_000_000) }))
    expect([large.status, await large.text()]).toEqual([413, '{"error":"too_large"}'])
  })

  test('gives the set-up link once', async () => {
    const { status } = await post('/desk/invitation', peer.setupPath()!.split('?')[1]!, {
      'Content-Type': 'application/x-www-form-urlencoded',
    })
    expect(status).toBe(401)
  })
}

function ticketsIn(page: string): readonly string[] {
  return [...new Set([...page.matchAll(/href="(\/desk\/tickets\/[^"#]+)"/g)].map((found) => found[1]!))]
}
