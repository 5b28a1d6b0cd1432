import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { createLog, LOG_FIELDS } from '../src/log.ts'

const WORDS = 'em tên là Hoàng Yến, số 0912345678'

/** As a caller uses it who thinks of nothing. */
type Careless = Record<'info' | 'warn' | 'error', (...args: readonly unknown[]) => void> & {
  child(fields: object): Careless
}

/** What the logger writes while `use` runs. */
function written(use: (log: Careless) => void): readonly Record<string, unknown>[] {
  const stream = new PassThrough()
  use(createLog('trace', stream) as unknown as Careless)
  const text = String(stream.read() ?? '')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('the log', () => {
  test('writes the fields it knows, with level and time', () => {
    const [line] = written((log) => log.info({ event: 'http', status: 200, ms: 3 }))
    expect(line).toEqual({ level: 'info', time: expect.stringMatching(/^\d{4}-/), event: 'http', status: 200, ms: 3 })
  })

  test.each<[string, (log: Careless) => void]>([
    ['a field of another name', (log) => log.warn({ event: 'x', text: WORDS, contact: WORDS })],
    ['a text', (log) => log.warn(WORDS)],
    ['a text beside fields', (log) => log.warn({ event: 'x' }, WORDS)],
    ['a text with something filled in', (log) => log.warn('said %s', WORDS)],
    ['an error', (log) => log.error(new Error(WORDS))],
    ['an error as a field', (log) => log.error({ err: new Error(WORDS), error: new Error(WORDS) })],
    ['something inside a known field', (log) => log.error({ what: { text: WORDS }, reason: [WORDS] })],
    ['a long text in a known field', (log) => log.error({ reason: `${WORDS} ${'x'.repeat(80)}` })],
    ['a child’s fields', (log) => log.child({ contact: WORDS, text: WORDS }).info({ event: 'x' })],
    ['nothing at all', (log) => log.error(undefined, WORDS)],
  ])('drops %s', (_, use) => {
    const lines = written(use)
    expect(lines).toHaveLength(1)
    expect(JSON.stringify(lines)).not.toMatch(/Hoàng|0912345678/)
    for (const name of Object.keys(lines[0]!)) expect(['level', 'time', ...LOG_FIELDS]).toContain(name)
  })

  test('keeps the kind of an error', () => {
    expect(written((log) => log.error(new TypeError(WORDS)))).toMatchObject([{ error: 'TypeError' }])
  })
})
