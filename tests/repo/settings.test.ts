import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ConfigError, OPERATOR_KINDS, readConfig, SETTING_NAMES } from '../../src/config.ts'
import { OPERATOR_KINDS as KINDS_OF_THE_ENGINE } from '../../src/engine/enrolment/enrolment.ts'

const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
const blocks = example.split(/\n\s*\n/).filter((block) => /^[A-Z_]+=/m.test(block))
const KEY = Buffer.alloc(32, 1).toString('base64')

/** What the service says when it refuses to start, or nothing. */
function refusal(env: Record<string, string>): string {
  try {
    readConfig(env)
    return ''
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as ConfigError).message
  }
}

describe('.env.example', () => {
  test('lists exactly the settings there are', () => {
    const listed = [...example.matchAll(/^([A-Z_]+)=/gm)].map((found) => found[1])
    expect(listed).toEqual([...SETTING_NAMES].sort((a, b) => listed.indexOf(a) - listed.indexOf(b)))
    expect([...listed].sort()).toEqual([...SETTING_NAMES].sort())
  })

  test('says of every setting what it is for', () => {
    for (const block of blocks) expect(block.trim(), block).toMatch(/^#/)
  })

  test('used as it is changes nothing', () => {
    expect(readConfig(parseEnv(example) as Record<string, string>)).toEqual(readConfig({}))
  })
})

test('the kinds of a house are those that the words know', () => {
  expect(OPERATOR_KINDS).toEqual(KINDS_OF_THE_ENGINE)
})

describe('a start', () => {
  test.each([
    ['PORT', '99999'],
    ['PORT', 'x'],
    ['PUBLIC_URL', 'dong-hanh.vn'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['TRUSTED_PROXY', 'yes'],
    ['DATA_KEY', 'abc'],
    ['LOG_LEVEL', 'loud'],
    ['RETENTION_DAYS', '0'],
    ['LEAVE_TO', 'x'],
    ['TELEGRAM_API_ROOT', 'ftp://x'],
    ['ZALO_BOTS', 'not json'],
    ['ZALO_BOTS', '[{"name":"a"}]'],
    ['ZALO_MESSAGES', '-1'],
  ])('names %s when it is %s', (name, value) => {
    expect(refusal({ [name]: value })).toContain(name)
  })

  test('names everything that is wrong at once, and quotes no secret', () => {
    const told = refusal({
      PORT: 'x',
      LOG_LEVEL: 'y',
      DATA_KEY: 'a-secret-canary',
      ZALO_BOTS: '[{"token":"a-secret-canary"}]',
    })
    for (const name of ['PORT', 'LOG_LEVEL', 'DATA_KEY', 'ZALO_BOTS']) expect(told).toContain(name)
    expect(told).not.toContain('canary')
  })

  test('in production needs the key', () => {
    expect(refusal({ NODE_ENV: 'production' })).toContain('DATA_KEY')
    expect(refusal({ NODE_ENV: 'production', DATA_KEY: KEY })).toBe('')
    expect(refusal({})).toBe('')
  })

  test.each(['TELEGRAM', 'ZALO'])('with a token of %s and no secret is refused, naming the secret', (channel) => {
    expect(refusal({ [`${channel}_BOT_TOKEN`]: '1:x' })).toContain(`${channel}_WEBHOOK_SECRET`)
    expect(refusal({ [`${channel}_BOT_TOKEN`]: '1:x', [`${channel}_WEBHOOK_SECRET`]: '' })).toContain(
      `${channel}_WEBHOOK_SECRET`,
    )
    expect(refusal({ [`${channel}_BOT_TOKEN`]: '1:x', [`${channel}_WEBHOOK_SECRET`]: 'long-enough' })).toBe('')
  })

  test('takes an empty setting for none', () => {
    expect(readConfig(Object.fromEntries(SETTING_NAMES.map((name) => [name, ''])))).toEqual(readConfig({}))
  })
})
