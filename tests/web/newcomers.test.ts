import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { createNewcomers } from '../../src/web/newcomers.ts'

const MINUTE = 60_000

function door(trustedProxy: boolean) {
  const clock = { now: 0 }
  const admit = createNewcomers(trustedProxy, () => clock.now)
  const app = new Hono().get('/', (c) => c.text(admit(c) ? 'vào' : 'chờ'))
  const knock = async (address: string, forwarded?: string) => {
    const headers = forwarded ? { 'X-Forwarded-For': forwarded } : {}
    return (await app.request('/', { headers }, { incoming: { socket: { remoteAddress: address } } })).text()
  }
  return { clock, knock }
}

async function knockMany(times: number, knock: () => Promise<string>): Promise<readonly string[]> {
  return Promise.all(Array.from({ length: times }, knock))
}

test('a flood of new visitors from one network waits, other networks do not', async () => {
  const { knock } = door(false)
  const answers = await knockMany(100, () => knock('203.0.113.7'))
  expect(answers.filter((one) => one === 'vào')).toHaveLength(60)
  expect(await knock('203.0.113.8')).toBe('vào')
})

test('after ten minutes the network is welcome again', async () => {
  const { knock, clock } = door(false)
  await knockMany(100, () => knock('203.0.113.7'))
  clock.now += 10 * MINUTE
  expect(await knock('203.0.113.7')).toBe('vào')
})

test('what a stranger writes into the forwarded address is believed only of a trusted proxy', async () => {
  const lying = door(false)
  let n = 0
  const answers = await knockMany(100, () => lying.knock('203.0.113.7', `198.51.100.${n++}`))
  expect(answers.filter((one) => one === 'chờ')).toHaveLength(40)
  const trusted = door(true)
  await knockMany(100, () => trusted.knock('127.0.0.1', '198.51.100.1, 203.0.113.7'))
  expect(await trusted.knock('127.0.0.1', '198.51.100.1, 203.0.113.7')).toBe('chờ')
  expect(await trusted.knock('127.0.0.1', '203.0.113.9')).toBe('vào')
})

test('this machine itself is never held back', async () => {
  const { knock } = door(false)
  expect(new Set(await knockMany(100, () => knock('127.0.0.1')))).toEqual(new Set(['vào']))
})
