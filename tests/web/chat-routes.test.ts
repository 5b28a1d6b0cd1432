import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { chatRoutes } from '../../src/web/chat-routes.ts'
import { type FakeRoom, fakeRoom } from './fake-room.ts'

const OPERATOR = { name: 'Trạm Y tế MẪU', type: 'đơn vị y tế', readers: 'tư vấn viên của trạm' }
const ID = '7f1b6a52-3f0e-4b7c-9d57-0d1f7a9a2c11'

function serve(room: FakeRoom, secureCookie = false) {
  return chatRoutes(room, {
    secureCookie,
    operator: OPERATOR,
    streamSeconds: 0.05,
    pollMilliseconds: 5,
    answerMilliseconds: 20,
  })
}

function postForm(app: ReturnType<typeof serve>, fields: Record<string, string>, cookie = '') {
  return app.request('/chat', { method: 'POST', body: new URLSearchParams(fields), headers: { cookie } })
}

function postJson(app: ReturnType<typeof serve>, body: unknown, cookie = '') {
  return app.request('/chat/messages', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', cookie },
  })
}

function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** A visitor who has written once. */
async function begin(app: ReturnType<typeof serve>, text = 'chào'): Promise<{ cookie: string; visitor: string }> {
  const cookie = cookieOf(await postJson(app, { id: crypto.randomUUID(), text }))
  return { cookie, visitor: cookie.slice(cookie.indexOf('=') + 1) }
}

async function eventIds(response: Response): Promise<string[]> {
  return [...(await response.text()).matchAll(/^id: (.*)$/gm)].map((match) => match[1] ?? '')
}

describe('the visitor', () => {
  test('gets no cookie for looking, and a session cookie closed to scripts for the first message', async () => {
    const app = serve(fakeRoom())
    expect((await app.request('/chat')).headers.get('set-cookie')).toBeNull()
    const cookie = (await postJson(app, { id: ID, text: 'chào' })).headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^dh=[A-Za-z0-9_-]{43};/)
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Lax')
    expect(cookie).toContain('Path=/')
    expect(cookie).not.toMatch(/Max-Age|Expires|Domain|Secure/i)
  })

  test('gets a host-only Secure cookie behind TLS', async () => {
    const response = await postJson(serve(fakeRoom(), true), { id: ID, text: 'chào' })
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-dh=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  })

  test('keeps the same conversation with the cookie and cannot choose its own name', async () => {
    const room = fakeRoom()
    const app = serve(room)
    const { cookie } = await begin(app)
    expect((await postJson(app, { id: ID, text: 'nữa' }, cookie)).headers.get('set-cookie')).toBeNull()
    await postJson(app, { id: ID, text: 'lạ' }, 'dh=quanly')
    expect([...room.sent.values()].map((messages) => messages.length)).toEqual([2, 1])
    expect(room.sent.has('quanly')).toBe(false)
  })

  test('is not remembered when the room could not take the message', async () => {
    const room = fakeRoom()
    room.full = true
    const json = await postJson(serve(room), { id: ID, text: 'chào' })
    expect(json.status).toBe(429)
    expect(await json.json()).toMatchObject({ error: 'busy' })
    const form = await postForm(serve(room), { id: ID, text: 'xin đừng mất câu này' })
    expect(form.status).toBe(429)
    expect(form.headers.get('set-cookie')).toBeNull()
    expect(await form.text()).toContain('xin đừng mất câu này</textarea>')
  })
})

describe('without JavaScript', () => {
  test('a message is posted, answered and shown after a redirect', async () => {
    const app = serve(fakeRoom(() => [{ from: 'bot', text: 'Chào bạn.', choices: [{ id: 'a1', label: 'Kể thêm' }] }]))
    const response = await postForm(app, { id: ID, text: 'em lo quá' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/chat#cuoi')
    const page = await (await app.request('/chat', { headers: { cookie: cookieOf(response) } })).text()
    expect(page).toContain('em lo quá')
    expect(page).toContain('Chào bạn.')
    expect(page).toContain('<button name="choice" value="a1">Kể thêm</button>')
    expect(page).toContain('id="cuoi"')
  })

  test('offers the four first choices only before the first word, and says the chosen one in words', async () => {
    const room = fakeRoom()
    const app = serve(room)
    const empty = await (await app.request('/chat')).text()
    for (const label of ['Cho mình', 'Cho người thân', 'Muốn tìm hiểu', 'Cần gặp người']) expect(empty).toContain(label)
    const cookie = cookieOf(await postForm(app, { id: ID, choice: 'start-human' }))
    expect([...room.sent.values()][0]?.[0]).toMatchObject({ choice: 'start-human', text: 'Cần gặp người' })
    expect(await (await app.request('/chat', { headers: { cookie } })).text()).not.toContain('Muốn tìm hiểu')
  })

  test('offers them again to a visitor whose conversation was erased', async () => {
    const page = await serve(fakeRoom()).request('/chat', { headers: { cookie: `dh=${'a'.repeat(43)}` } })
    expect(await page.text()).toContain('Muốn tìm hiểu')
  })

  test('shows choices on the newest message alone', async () => {
    const room = fakeRoom()
    const app = serve(room)
    const { cookie, visitor } = await begin(app)
    room.speak(visitor, { from: 'bot', text: 'Một?', choices: [{ id: 'old', label: 'Cũ' }] })
    room.speak(visitor, { from: 'bot', text: 'Hai?', choices: [{ id: 'new', label: 'Mới' }] })
    const page = await (await app.request('/chat', { headers: { cookie } })).text()
    expect(page).toContain('value="new"')
    expect(page).not.toContain('value="old"')
  })

  test('a double press is one message, but other words from an old page are not swallowed', async () => {
    const room = fakeRoom()
    const app = serve(room)
    const cookie = cookieOf(await postForm(app, { id: ID, text: 'một' }))
    await postForm(app, { id: ID, text: 'một' }, cookie)
    await postForm(app, { id: ID, text: 'cứu em' }, cookie)
    expect([...room.sent.values()].flat().map((message) => message.text)).toEqual(['một', 'cứu em'])
  })

  test('gives back words that are too long, and sends nothing for nothing', async () => {
    const room = fakeRoom()
    const app = serve(room)
    const long = 'a'.repeat(8001)
    const refused = await postForm(app, { id: ID, text: long })
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain(`${long}</textarea>`)
    expect((await postForm(app, { id: ID, text: '' })).status).toBe(303)
    expect((await postForm(app, {})).status).toBe(400)
    expect(room.sent.size).toBe(0)
  })
})

describe('POST /chat/messages', () => {
  test('accepts text or a choice', async () => {
    const app = serve(fakeRoom())
    const response = await postJson(app, { id: ID, choice: 'a1' })
    expect(response.status).toBe(202)
    expect(await response.json()).toEqual({ accepted: true })
  })

  test.each([
    ['no JSON', '{'],
    ['no id', { text: 'chào' }],
    ['an id that is no uuid', { id: '1', text: 'chào' }],
    ['nothing said', { id: ID, text: '  ' }],
    ['too much said', { id: ID, text: 'a'.repeat(8001) }],
    ['a list', []],
  ])('refuses %s with a JSON error and no cookie', async (_, body) => {
    const room = fakeRoom()
    const response = await postJson(serve(room), body)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: 'bad_request', message: expect.stringMatching(/\p{L}/u) })
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(room.sent.size).toBe(0)
  })

  test('refuses a body that does not call itself JSON, as other sites would have to send it', async () => {
    const body = JSON.stringify({ id: ID, text: 'chào' })
    const response = await serve(fakeRoom()).request('/chat/messages', { method: 'POST', body })
    expect(response.status).toBe(400)
  })
})

describe('GET /chat/events', () => {
  test('tells every line once, resumed by Last-Event-ID or by ?after=', async () => {
    const room = fakeRoom(() => [{ from: 'bot', text: 'Một.\n\nHai.' }])
    const app = serve(room)
    const { cookie, visitor } = await begin(app)
    const first = await app.request('/chat/events', { headers: { cookie } })
    expect(first.headers.get('content-type')).toContain('text/event-stream')
    const body = await first.text()
    const data = [...body.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? ''))
    expect(data.map((line) => [line.id, line.from, line.text])).toEqual([
      ['1', 'you', 'chào'],
      ['2', 'bot', 'Một.\n\nHai.'],
    ])
    room.speak(visitor, { from: 'human', text: 'Mình đây.' })
    const headers = { cookie, 'last-event-id': '2' }
    expect(await eventIds(await app.request('/chat/events?after=1', { headers }))).toEqual(['3'])
    expect(await eventIds(await app.request('/chat/events?after=1', { headers: { cookie } }))).toEqual(['2', '3'])
    expect(await eventIds(await app.request('/chat/events?after=3', { headers: { cookie } }))).toEqual([])
  })

  test('tells a line that comes while the stream is open', async () => {
    const room = fakeRoom()
    const app = serve(room)
    const { cookie, visitor } = await begin(app)
    const response = await app.request('/chat/events?after=1', { headers: { cookie } })
    room.speak(visitor, { from: 'human', text: 'Mình đây.' })
    expect(await eventIds(response)).toEqual(['2'])
  })

  test('stops reading the room once the visitor has gone', async () => {
    const room = fakeRoom()
    const app = chatRoutes(room, { secureCookie: false, operator: OPERATOR, streamSeconds: 60, pollMilliseconds: 1 })
    const { cookie, visitor } = await begin(app)
    const response = await app.request('/chat/events', { headers: { cookie } })
    await response.body?.cancel()
    await new Promise((resolve) => setImmediate(resolve))
    const reads = room.reads
    room.speak(visitor, { from: 'bot', text: 'Còn ai không?' })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(room.reads).toBe(reads)
  })

  test('tells a stranger to stop asking', async () => {
    expect((await serve(fakeRoom()).request('/chat/events')).status).toBe(204)
  })
})

describe('POST /chat/leave', () => {
  test('forgets the visitor and leads outside in two steps', async () => {
    const app = serve(fakeRoom(), true)
    const response = await app.request('/chat/leave', { method: 'POST' })
    expect(response.status).toBe(303)
    expect(response.headers.get('set-cookie')).toMatch(
      /^__Host-dh=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    const out = await app.request(response.headers.get('location') ?? '')
    expect(out.headers.get('refresh')).toBe('0; url=https://vi.wikipedia.org/')
    expect(await out.text()).not.toContain('Đồng Hành')
  })
})

describe('the page', () => {
  const answer = 'Gọi **115** ngay, hoặc 113.\nĐiều 113 nói khác.'

  async function pages(): Promise<string[]> {
    const app = serve(fakeRoom(() => [{ from: 'bot', text: answer }]))
    const { cookie } = await begin(app, '<script>alert(1)</script> **115** & "x"')
    const empty = await app.request('/chat')
    const talking = await app.request('/chat', { headers: { cookie } })
    return [await empty.text(), await talking.text()]
  }

  test('escapes what a person typed', async () => {
    const [, page = ''] = await pages()
    expect(page).not.toContain('<script>alert')
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; **')
  })

  test('makes emergency numbers callable and leaves other numbers alone', async () => {
    const [, page = ''] = await pages()
    expect(page).toContain('Gọi <b><a href="tel:115">115</a></b> ngay, hoặc <a href="tel:113">113</a>.\nĐiều 113 nói')
  })

  test('asks no third party for anything and has no inline script or style', async () => {
    for (const page of await pages()) {
      const loaded = [...page.matchAll(/\s(?:src|href|action|srcset|poster)="([^"]*)"/g)].map((match) => match[1])
      expect(loaded.length).toBeGreaterThan(5)
      for (const url of loaded) expect(url).toMatch(/^(?:\/(?!\/)|#|tel:1)/)
      expect(page.match(/https?:\/\/[^"]*/g)).toEqual(['https://vi.wikipedia.org/'])
      expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/i)
    }
  })

  test('tells nobody looking over a shoulder or at the history what it is', async () => {
    for (const page of await pages()) expect(page).toContain('<title>Đồng Hành</title>')
  })

  test('tells who runs it, who reads it and what it cannot keep secret, before and during the talk', async () => {
    for (const page of await pages()) {
      for (const words of [
        OPERATOR.name,
        OPERATOR.type,
        OPERATOR.readers,
        'Không thể hứa giữ bí mật tuyệt đối',
        'XOÁ',
        'DỪNG',
      ]) {
        expect(page).toContain(words)
      }
      for (const number of ['111', '113', '114', '115']) expect(page).toContain(`href="tel:${number}"`)
    }
  })

  test('stays in no cache', async () => {
    const app = serve(fakeRoom())
    const { cookie } = await begin(app)
    for (const path of ['/chat', '/chat/events']) {
      expect((await app.request(path, { headers: { cookie } })).headers.get('cache-control')).toBe('no-store')
    }
  })

  test('weighs less than 25 kB with its style, script and icon', async () => {
    const [page = ''] = await pages()
    const assets = ['style.css', 'chat.js', 'icon.svg'].map((name) => readFileSync(`src/web/assets/${name}`).length)
    expect(assets.reduce((sum, size) => sum + size, Buffer.byteLength(page))).toBeLessThan(25_000)
  })
})
