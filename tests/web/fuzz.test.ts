import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LOG_FIELDS } from '../../src/log.ts'
import { message } from '../channels/fixtures/telegram-updates.ts'
import { text as zaloText } from '../channels/fixtures/zalo-events.ts'
import { distorted } from '../channels/platform.ts'
import { openWhole, SECRETS, type WholeService } from './whole-service.ts'

const RUNS = 300
const JSON_TYPE = { 'Content-Type': 'application/json' }
const ID = '7f1b6a52-3f0e-4b7c-9d57-0d1f7a9a2c11'
const COOKIE = `dh=${'A'.repeat(43)}`

const deep = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth)
const WILD_TEXTS = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom(
    '\ud800',
    'a\udfff',
    '\u0000',
    '\u202e',
    '%00',
    '../../etc/passwd',
    '<script>',
    "'; drop table words",
    '1 nhé ạ',
  ),
  fc.constantFrom(' nhé ạ', ' a', '9', 'ạ', '🙂', '\n', '**', '{bạn}').map((unit) => unit.repeat(900)),
)
const WILD_VALUES: fc.Arbitrary<unknown> = fc.oneof(
  WILD_TEXTS,
  fc.jsonValue(),
  fc.constantFrom(1e308, -1e308, 2 ** 53, -0, 1e-308, 9e15, null, true, [], {}),
)
const WILD_BODIES = fc.oneof(
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(
    deep(20_000, '[', ']'),
    deep(5_000, '{"a":', '}'),
    '{"update_id":1e400}',
    '{"__proto__":{"x":1}}',
    '\ufeff{}',
    '',
    '{"id":',
    `{"id":"${ID}","text":"\\ud800"}`,
  ),
  fc.jsonValue().map((value) => JSON.stringify(value)),
)

/** Near-valid bodies: one place of a real one holds something else. */
const near = (body: unknown) => distorted(body).map((value) => JSON.stringify(value))

function checkAnswer(answer: Awaited<ReturnType<WholeService['ask']>>): void {
  expect(answer.status).toBeLessThan(500)
  expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
}

function expectNoFault(whole: WholeService): void {
  expect(
    whole
      .log()
      .split('\n')
      .filter((line) => /http_error|turn_parked|failed/.test(line)),
  ).toEqual([])
}

describe('a webhook', () => {
  const bodies = {
    telegram: [
      message({ text: 'chào' }),
      message({ caption: 'x', photo: [] }),
      { update_id: 1, callback_query: { id: '1' } },
    ],
    zalo: [zaloText('chào'), { event_name: 'message.image.received', message: {} }],
  }

  test.each(['telegram', 'zalo'] as const)(
    'of %s answers whatever it is sent, and never with a fault',
    async (name) => {
      const whole = openWhole()
      const [header, secret] = SECRETS[name]
      const body = fc.oneof(WILD_BODIES, ...bodies[name].map(near))
      await fc.assert(
        fc.asyncProperty(body, async (sent) => {
          const headers = { ...JSON_TYPE, [header]: secret }
          const answer = await whole.ask(`/webhooks/${name}`, { method: 'POST', headers, body: sent as string })
          checkAnswer(answer)
          expect([200, 400]).toContain(answer.status)
        }),
        { numRuns: RUNS },
      )
      await whole.settle()
      expectNoFault(whole)
    },
  )

  test.each(['telegram', 'zalo'] as const)(
    'of %s says 401 to a wrong secret before it looks at the body',
    async (name) => {
      const whole = openWhole()
      const [header, secret] = SECRETS[name]
      const wrong = fc.oneof(
        fc.constantFrom('', secret.slice(1), `${secret}x`, secret.toUpperCase()),
        fc.stringMatching(/^[!-~]{1,60}$/),
      )
      await fc.assert(
        fc.asyncProperty(wrong, WILD_BODIES, async (given, body) => {
          const headers = { ...JSON_TYPE, [header]: given }
          const answer = await whole.ask(`/webhooks/${name}`, { method: 'POST', headers, body: body as string })
          checkAnswer(answer)
          expect(answer.status).toBe(401)
        }),
        { numRuns: 100 },
      )
      expect((await whole.ask(`/webhooks/${name}`, { method: 'POST', body: 'x' })).status).toBe(401)
      await whole.settle()
      expect(
        await whole.home.app.store.read({ sql: 'select 1 from conversation', params: [], decode: () => 1 }),
      ).toEqual([])
    },
  )
})

describe('the chat', () => {
  test('answers whatever a page could send, and never with a fault', async () => {
    const whole = openWhole()
    const wild = fc.record(
      { id: fc.oneof(fc.uuid(), WILD_VALUES), text: WILD_VALUES, choice: WILD_VALUES },
      { requiredKeys: [] },
    )
    const body = fc.oneof(
      WILD_BODIES,
      wild.map((value) => JSON.stringify(value)),
      near({ id: ID, text: 'chào', choice: '1.minh' }),
      fc.tuple(fc.uuid(), WILD_TEXTS).map(([id, text]) => JSON.stringify({ id, text })),
    )
    const type = fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      'text/plain',
      'multipart/form-data',
      'x',
    )
    await fc.assert(
      fc.asyncProperty(body, type, async (sent, contentType) => {
        const headers = { 'Content-Type': contentType, Cookie: COOKIE }
        const answer = await whole.ask('/chat/messages', { method: 'POST', headers, body: sent as string })
        checkAnswer(answer)
        expect([202, 400]).toContain(answer.status)
      }),
      { numRuns: RUNS },
    )
    await whole.settle()
    expect((await whole.ask('/chat', { headers: { Cookie: COOKIE } })).status).toBe(200)
    expectNoFault(whole)
  })

  test('is not frozen by a text that could be read in very many ways', async () => {
    const whole = openWhole()
    const tails = [' nhé ạ', ' a nhe', ' số', ' 1', ' không', ' tháng 1', ' giờ kém', '.. ', '((09', ' **']
    for (const tail of ['', ...tails]) {
      const body = JSON.stringify({ id: crypto.randomUUID(), text: `${`1${tail.repeat(900)}`.slice(0, 3_990)} zz` })
      const headers = { ...JSON_TYPE, Cookie: COOKIE }
      expect((await whole.ask('/chat/messages', { method: 'POST', headers, body })).status).toBe(202)
    }
  })

  test('lives with any form, any cookie and any query', async () => {
    const whole = openWhole()
    const line = fc.stringMatching(/^[!-~ ]{0,80}$/)
    const cookie = fc.oneof(
      line,
      line.map((value) => `dh=${value}`),
      fc.constantFrom(COOKIE, 'dh=%E0%A4%A', 'dh=;dh', '=;=;='),
    )
    const request = fc.oneof(
      fc.record({
        path: fc.oneof(
          fc.webPath(),
          fc.constantFrom('/chat/events', '/chat', '/', '/desk', '/desk/tickets/%E0%A4%A', '/assets/..%2f'),
        ),
        query: fc.oneof(
          fc.webQueryParameters(),
          fc.constantFrom('after=%00', 'after=1e999', 'token[]=1', 'x'.repeat(5_000)),
        ),
        method: fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'POST'),
      }),
      fc.record({
        path: fc.constantFrom(
          '/chat',
          '/chat/leave',
          '/desk/invitation',
          '/desk/sign-in',
          '/desk/sign-in/code',
          '/desk/leave',
        ),
        query: fc.constant(''),
        method: fc.constant('POST'),
      }),
    )
    const headers = fc.record({
      Cookie: cookie,
      Accept: fc.constantFrom('text/html', '*/*', ''),
      'Last-Event-ID': line,
      'Content-Type': fc.oneof(
        line,
        fc.constantFrom('multipart/form-data', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'),
      ),
    })
    await fc.assert(
      fc.asyncProperty(request, headers, WILD_BODIES, async ({ path, query, method }, sent, body) => {
        const quiet = { 'Last-Event-ID': sent['Last-Event-ID'].trim(), Cookie: sent.Cookie.trim() }
        const init = { method, headers: { ...sent, ...quiet }, ...(method === 'POST' ? { body: body as string } : {}) }
        checkAnswer(await whole.ask(`${path}?${query}`, init))
      }),
      { numRuns: RUNS },
    )
    expectNoFault(whole)
  })
})

describe('the log', () => {
  test('holds only its fields, and nobody’s words, tokens or tickets', async () => {
    const whole = openWhole()
    const cookie = await whole.signIn()
    await whole.ask('/chat/messages', {
      method: 'POST',
      headers: { ...JSON_TYPE, Cookie: COOKIE },
      body: JSON.stringify({ id: ID, text: 'gặp người Hoàng Yến' }),
    })
    await whole.home.room.post('A'.repeat(43), { id: '2', text: 'gặp người' })
    const desk = await whole.ask('/desk', { headers: { Cookie: cookie } })
    const path = /\/desk\/tickets\/[^"]+/.exec(desk.text)![0]
    await whole.ask(path, { headers: { Cookie: cookie } })
    await whole.ask(`${path}/close`, { method: 'POST', headers: { Cookie: cookie } })
    await whole.ask('/desk/setup?token=secret-token')
    await whole.ask('/chat/events?after=17', { headers: { Cookie: COOKIE } })
    await whole.ask('/someone/0912345678?q=Hoàng')
    await whole.settle()
    const lines = whole.log().trim().split('\n')
    expect(lines.length).toBeGreaterThan(6)
    for (const line of lines) {
      const fields = Object.keys(JSON.parse(line) as object)
      expect(
        fields.filter((name) => !['level', 'time', ...LOG_FIELDS].includes(name)),
        line,
      ).toEqual([])
    }
    const ticket = decodeURIComponent(path.slice('/desk/tickets/'.length))
    const secrets = ['Hoàng', 'A'.repeat(43), 'secret-token', '0912345678', ticket, ticket.split('.')[0]!, ID]
    for (const secret of secrets) expect(whole.log()).not.toContain(secret)
  })
})
