import { expect, test } from 'vitest'
import { consoleLog } from '../src/log-console.ts'

function printed(level: string, write: (log: ReturnType<typeof consoleLog>) => void): readonly string[] {
  const lines: string[] = []
  write(consoleLog(level, (line) => lines.push(line)))
  return lines
}

test('writes only the fields that a log may carry, and no free text', () => {
  const [line] = printed('info', (log) =>
    log.info({
      event: 'http',
      status: 200,
      text: 'lời riêng',
      reason: 'lời riêng '.repeat(20),
      error: { m: 'lời riêng' },
    }),
  )
  expect(JSON.parse(line!)).toEqual({ level: 'info', time: expect.any(String), event: 'http', status: 200 })
})

test('writes the kind of an error, never its message', () => {
  const [line] = printed('info', (log) => log.error(new TypeError('lời riêng') as never))
  expect(line).not.toContain('lời riêng')
  expect(JSON.parse(line!)).toMatchObject({ level: 'error', error: 'TypeError' })
})

test.each([
  ['trace', 3],
  ['info', 3],
  ['warn', 2],
  ['error', 1],
  ['fatal', 0],
  ['silent', 0],
])('at %s writes %i of info, warn and error', (level, count) => {
  const lines = printed(level, (log) => {
    for (const write of [log.info, log.warn, log.error]) write({ event: 'x' })
  })
  expect(lines).toHaveLength(count)
})
