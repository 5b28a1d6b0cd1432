import { describe, expect, test } from 'vitest'
import { replaceSetupLink } from '../../src/store/directory.ts'
import { task } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { allOf } from '../store/turns.ts'
import { acceptInvitation } from './sign-in.ts'
import { METRICS_TOKEN, openWhole, SECRETS, type WholeService } from './whole-service.ts'

const ID = '7f1b6a52-3f0e-4b7c-9d57-0d1f7a9a2c11'
const VISITOR = 'B'.repeat(43)
const TOO_LARGE = 'x'.repeat(1_048_577)

const postJson = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const postForm = (fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers,
  body: new URLSearchParams(fields),
})

/** A visitor who asked for a person, and the path of their ticket. */
async function asked(whole: WholeService, words = 'chào'): Promise<string> {
  for (const [id, text] of [words, 'gặp người'].entries()) await whole.home.room.post(VISITOR, { id: `${id}`, text })
  await whole.settle()
  const [ticket] = await openTickets(whole.home.app.store)
  return `/desk/tickets/${ticket!.id}`
}

const said = async (whole: WholeService) =>
  (await whole.home.room.lines(VISITOR, null)).map(({ from, text }) => `${from}: ${text}`)

describe('a body over one megabyte', () => {
  test.each(['/webhooks/telegram', '/webhooks/zalo', '/chat/messages', '/chat', '/desk/invitation', '/desk/sign-in'])(
    'is refused at %s',
    async (path) => {
      const whole = openWhole()
      const name = path.slice('/webhooks/'.length) as keyof typeof SECRETS
      const headers = path.startsWith('/webhooks/') ? { [SECRETS[name][0]]: SECRETS[name][1] } : {}
      expect((await whole.ask(path, postJson(TOO_LARGE, headers))).status).toBe(413)
      const claims = { ...headers, 'Content-Length': String(2_000_000) }
      expect((await whole.ask(path, postJson('{}', claims))).status).toBe(413)
      expect(whole.log()).toContain('"status":413')
    },
  )
})

describe('a request from another site', () => {
  const FOREIGN = [
    { Origin: 'https://evil.test' },
    { Origin: 'null' },
    { Origin: 'http://localhost:8080' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'http://localhost', 'Sec-Fetch-Site': 'cross-site' },
  ]

  test.each(FOREIGN)('is refused wherever it could change something (%j)', async (headers) => {
    const whole = openWhole()
    const path = await asked(whole)
    const cookie = await whole.signIn()
    const before = await said(whole)
    const tries: [string, RequestInit][] = [
      ['/chat/messages', postJson({ id: ID, text: 'chào' }, { ...headers, Cookie: `dh=${VISITOR}` })],
      ['/chat', postForm({ id: ID, text: 'chào' }, { ...headers, Cookie: `dh=${VISITOR}` })],
      ['/chat/leave', postForm({}, headers)],
      ['/desk/invitation', postForm({ token: 'x' }, headers)],
      ['/desk/sign-in', postForm({ login: 'can-bo-1', password: 'mái nhà bên suối' }, headers)],
      ['/desk/account/password', postForm({ old: 'x', fresh: 'y' }, { ...headers, Cookie: cookie })],
      ['/desk/staff/invite', postForm({ roles: 'admin' }, { ...headers, Cookie: cookie })],
      [`${path}/reply`, postForm({ text: 'lừa' }, { ...headers, Cookie: cookie })],
      [`${path}/close`, postForm({}, { ...headers, Cookie: cookie })],
    ]
    for (const [to, init] of tries) expect((await whole.ask(to, init)).status, to).toBe(403)
    await whole.settle()
    expect(await said(whole)).toEqual(before)
    expect(await openTickets(whole.home.app.store)).toHaveLength(1)
  })

  test('is not what our own page sends, behind a proxy or not', async () => {
    const own = openWhole()
    const same = { Origin: 'http://localhost', 'Sec-Fetch-Site': 'same-origin' }
    expect((await own.ask('/chat/messages', postJson({ id: ID, text: 'chào' }, same))).status).toBe(202)
    const proxied = openWhole('https://dong-hanh.test')
    const outside = { Origin: 'https://dong-hanh.test', 'Sec-Fetch-Site': 'same-origin' }
    expect((await proxied.ask('/chat/messages', postJson({ id: ID, text: 'chào' }, outside))).status).toBe(202)
  })

  test('is what a platform’s webhook is, and its secret is what counts', async () => {
    const [header, secret] = SECRETS.zalo
    const init = postJson('{}', { [header]: secret, Origin: 'https://zalo.test' })
    expect((await openWhole().ask('/webhooks/zalo', init)).status).toBe(200)
  })
})

describe('security headers', () => {
  test('are on every answer, refusals and faults too', async () => {
    const whole = openWhole('https://dong-hanh.test')
    const faulty = { ...whole.home.app.store, read: () => Promise.reject(new Error('Hoàng Yến 0912345678')) }
    const answers = [
      await whole.ask('/'),
      await whole.ask('/chat'),
      await whole.ask('/chat/events'),
      await whole.ask('/assets/chat.js'),
      await whole.ask('/healthz'),
      await whole.ask('/nowhere'),
      await whole.ask('/desk'),
      await whole.ask('/metrics'),
      await whole.ask('/chat/messages', postJson(TOO_LARGE)),
      await whole.ask('/chat/messages', postJson('{}', { Origin: 'https://evil.test' })),
      await whole.ask('/webhooks/telegram', postJson('{}')),
    ]
    whole.home.app.store = faulty
    const fault = await whole.ask('/chat/messages', postJson({ id: ID, text: 'chào' }))
    expect(fault).toMatchObject({ status: 500, text: '{"error":"internal"}' })
    for (const { headers, status } of [...answers, fault]) {
      expect(headers.get('Content-Security-Policy'), `${status}`).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('X-Frame-Options')).toBe('DENY')
      expect(headers.get('Referrer-Policy')).toMatch(/^(no-referrer|same-origin)$/)
      expect(Number(/max-age=(\d+)/.exec(headers.get('Strict-Transport-Security') ?? '')?.[1])).toBeGreaterThan(
        31_000_000,
      )
    }
    expect(whole.log()).toContain('http_error')
    expect(whole.log()).not.toContain('Hoàng')
  })

  test('promise no TLS where there is none, and keep conversations out of caches', async () => {
    const whole = openWhole()
    expect((await whole.ask('/')).headers.get('Strict-Transport-Security')).toBeNull()
    for (const path of ['/chat', '/desk', '/chat/leave']) {
      expect((await whole.ask(path)).headers.get('Cache-Control'), path).toBe('no-store')
    }
  })
})

describe('the metrics', () => {
  test('are closed without the token', async () => {
    const whole = openWhole()
    const bearer = (token: string) => whole.ask('/metrics', { headers: { Authorization: `Bearer ${token}` } })
    expect((await whole.ask('/metrics')).status).toBe(401)
    expect((await bearer('x'.repeat(METRICS_TOKEN.length))).status).toBe(401)
    expect(await bearer(METRICS_TOKEN)).toMatchObject({
      status: 200,
      text: expect.stringContaining('dong_hanh_turns_total'),
    })
  })
})

describe('the desk', () => {
  test('shows nothing without a session', async () => {
    const whole = openWhole()
    const path = await asked(whole, 'lời riêng của tôi')
    const tries: [string, RequestInit?][] = [
      ['/desk'],
      [path],
      [path, { headers: { Cookie: 'desk=x' } }],
      [`${path}/reply`, postForm({ text: 'x' })],
      [`${path}/hand-back`, postForm({})],
      [`${path}/close`, postForm({})],
    ]
    for (const [to, init] of tries) {
      const { status, text, headers } = await whole.ask(to, init)
      if (init?.method === 'POST') expect(status, to).toBe(401)
      else expect([status, headers.get('Location')?.split('?')[0]], to).toEqual([303, '/desk/sign-in'])
      expect(text).not.toContain('lời riêng')
    }
    expect(await openTickets(whole.home.app.store)).toHaveLength(1)
  })

  test('makes an account by a one-time link once, and looking at the link does not use it up', async () => {
    const whole = openWhole()
    await replaceSetupLink(whole.home.app.store, whole.home.app.vault.hashToken('first-link'))
    const path = '/desk/setup?token=first-link'
    const looking = whole.browser()
    expect((await looking.ask(path)).location).toBe('/desk/invitation?token=first-link')
    expect((await looking.ask('/desk/invitation?token=first-link')).status).toBe(200)
    const one = whole.browser()
    await acceptInvitation(one, path, { login: 'chi-hoa', now: () => whole.home.clock.now })
    expect(one.cookie()).toMatch(/^desk=[\w-]{43}(;|$)/)
    expect((await one.ask('/desk')).status).toBe(200)
    const fields = { token: 'first-link', login: 'ke-la', password: 'mái nhà bên suối', affiliation: 'y_te' }
    const again = whole.browser()
    expect((await again.ask('/desk/invitation', fields)).status).toBe(401)
    expect(again.cookie()).toBe('')
  })

  test('closes a session after eight hours without use, and after seven days with it', async () => {
    const whole = openWhole()
    const cookie = await whole.signIn()
    const open = async () => (await whole.ask('/desk', { headers: { Cookie: cookie } })).status
    for (let hours = 0; hours < 7 * 24 - 7; hours += 7) {
      expect(await open(), `${hours} hours`).toBe(200)
      whole.home.clock.now += 7 * 3_600_000
    }
    whole.home.clock.now += 7 * 3_600_000
    expect(await open()).toBe(303)
    const other = openWhole()
    const left = await other.signIn()
    other.home.clock.now += 8 * 3_600_000
    expect((await other.ask('/desk', { headers: { Cookie: left } })).status).toBe(303)
  })

  test('gives a cookie for this host over TLS alone, closed to scripts and other sites', async () => {
    const whole = openWhole('https://dong-hanh.test')
    expect(await whole.signIn()).toMatch(/^__Host-desk=/)
    await replaceSetupLink(whole.home.app.store, whole.home.app.vault.hashToken('another'))
    const fields = { token: 'another', login: 'can-bo-a', password: 'mái nhà bên suối', affiliation: 'y_te' }
    const { headers } = await whole.ask('/desk/invitation', postForm(fields))
    expect(headers.getSetCookie()).toHaveLength(2)
    for (const line of headers.getSetCookie()) expect(line).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Strict/)
  })

  test('sends a reply once however often the form arrives, and shows it', async () => {
    const whole = openWhole()
    const path = await asked(whole)
    const headers = { Cookie: await whole.signIn() }
    for (let i = 0; i < 3; i++) {
      const { status } = await whole.ask(`${path}/reply`, postForm({ id: ID, text: 'Chị đây.' }, headers))
      expect(status).toBe(303)
    }
    await whole.settle()
    expect((await said(whole)).filter((line) => line === 'human: Chị đây.')).toHaveLength(1)
    expect((await whole.ask(path, { headers })).text).toContain('Chị đây.')
    expect((await whole.ask('/desk', { headers })).text).toContain('Bạn đang giữ')
  })

  test('refuses an empty reply and gives a too long one back', async () => {
    const whole = openWhole()
    const path = await asked(whole)
    const headers = { Cookie: await whole.signIn() }
    expect((await whole.ask(`${path}/reply`, postForm({ id: ID, text: '  ' }, headers))).status).toBe(400)
    const long = await whole.ask(`${path}/reply`, postForm({ id: ID, text: 'dài '.repeat(1_500) }, headers))
    expect(long).toMatchObject({ status: 400, text: expect.stringContaining('dài dài') })
    expect((await said(whole)).some((line) => line.startsWith('human'))).toBe(false)
  })

  test.each(['hand-back', 'close'])('lets go of a ticket: %s', async (way) => {
    const whole = openWhole()
    const path = await asked(whole)
    const headers = { Cookie: await whole.signIn() }
    await whole.ask(`${path}/reply`, postForm({ id: ID, text: 'Chị đây.' }, headers))
    expect((await whole.ask(`${path}/${way}`, postForm({}, headers))).headers.get('Location')).toBe('/desk')
    expect(await openTickets(whole.home.app.store)).toEqual([])
    // A lead may look back at it, and only that.
    const { text } = await whole.ask(path, { headers })
    expect(text).toContain('chỉ đọc')
    expect(text).not.toContain('id="tra-loi"')
    expect((await whole.ask(`${path}/reply`, postForm({ id: 'late', text: 'muộn' }, headers))).status).toBe(404)
  })

  test('shows a person’s words as words, never as markup', async () => {
    const whole = openWhole()
    const attack = '<script>alert(1)</script><img src=x onerror=alert(1)> "\' &lt; **đậm**'
    const path = await asked(whole, attack)
    const headers = { Cookie: await whole.signIn() }
    await whole.ask(`${path}/reply`, postForm({ id: ID, text: '<b>từ bàn</b>' }, headers))
    await whole.settle()
    for (const page of [path, '/desk']) {
      const { text } = await whole.ask(page, { headers })
      expect(text).not.toMatch(/<script>alert|<img src=x|<b>từ bàn|<b>đậm/)
    }
    expect((await whole.ask(path, { headers })).text).toContain('&lt;script&gt;alert(1)')
    expect((await whole.ask('/chat', { headers: { Cookie: `dh=${VISITOR}` } })).text).not.toMatch(
      /<script>alert|<b>từ bàn/,
    )
    const token = encodeURIComponent('"><script>alert(1)</script>')
    for (const path of ['/desk/setup', '/desk/invitation'])
      expect((await whole.ask(`${path}?token=${token}`)).text).not.toContain('<script>alert')
  })

  test('shows the tasks, and how far a Zalo bot is into its month', async () => {
    const whole = openWhole()
    const { home } = whole
    await home.say('an', 'chào')
    home.database.database.exec("insert into quota (channel, bot, month, sent) values ('zalo', 'zalo', '2026-11', 25)")
    home.database.database.exec(
      `insert into task (id, contact, reason, opened_at) values ('t', 'c', 'failed:blocked', ${home.clock.now})`,
    )
    expect(await allOf(home.database, task)).toHaveLength(1)
    const { text } = await whole.ask('/desk', { headers: { Cookie: await whole.signIn() } })
    expect(text).toContain('người nhận đã chặn kênh')
    expect(text).toContain('25 trong 30 tin của tháng này')
  })
})

describe('the way out of the list', () => {
  test('"Thoát" ends the session at once', async () => {
    const whole = openWhole()
    const cookie = await whole.signIn()
    expect((await whole.ask('/desk', { headers: { Cookie: cookie } })).status).toBe(200)
    await whole.ask('/desk/leave', postForm({}, { Cookie: cookie }))
    expect((await whole.ask('/desk', { headers: { Cookie: cookie } })).status).toBe(303)
  })

  test('a new one-time link ends the one before it', async () => {
    const whole = openWhole()
    const { store, vault } = whole.home.app
    await replaceSetupLink(store, vault.hashToken('old-link'))
    await replaceSetupLink(store, vault.hashToken('new-link'))
    expect((await whole.ask('/desk/invitation?token=old-link')).status).toBe(401)
    expect((await whole.ask('/desk/invitation?token=new-link')).status).toBe(200)
  })
})
