import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { INVOCATION } from '../../src/app/limits.ts'
import { cleanUp, eventually, makeFolder } from '../e2e/service.ts'
import { endWorkers, startWorker } from './peer.ts'
import { has, openDesk, visit } from './visitor.ts'

afterEach(cleanUp)
afterAll(endWorkers)

describe('workerd under SIGKILL', () => {
  test('has after each new start all that it acknowledged, once', async () => {
    const folder = makeFolder()
    const visitors = new Map<string, { cookie: string; texts: string[] }>()
    let serial = 0
    for (let round = 0; round < 4; round++) {
      const peer = await startWorker(folder)
      for (const { cookie, texts } of visitors.values()) {
        const page = await (await fetch(`${peer.origin}/chat`, { headers: { Cookie: cookie } })).text()
        for (const text of texts) expect(page.split(text).length - 1, `${text} after kill ${round}`).toBe(1)
      }
      if (round === 3) {
        await peer.stop()
        break
      }
      let dead = false
      let acknowledged = 0
      const work = Array.from({ length: 6 }, async () => {
        const one = visit(peer.origin)
        for (; !dead; serial++) {
          const text = `tin số ${serial}.`
          const response = await one.post({ text }).catch(() => null)
          if (response?.status !== 202) continue
          acknowledged++
          const kept = visitors.get(one.cookie()) ?? { cookie: one.cookie(), texts: [] }
          visitors.set(one.cookie(), { ...kept, texts: [...kept.texts, text] })
        }
      })
      await eventually(() => acknowledged >= 20 + 13 * round)
      await peer.kill()
      dead = true
      await Promise.all(work)
    }
    expect(serial).toBeGreaterThan(60)
  })
})

describe('a cron of workerd', () => {
  test('fires what is due, and what one invocation leaves is fired by the next', async () => {
    const folder = makeFolder()
    const count = INVOCATION.timers + 2
    const before = await startWorker(folder)
    const desk = await openDesk(before.origin, before.setupPath()!)
    const people = Array.from({ length: count }, () => visit(before.origin))
    for (const one of people) await one.say('gặp người')
    const tickets = [...(await desk.list()).matchAll(/href="(\/desk\/tickets\/[^"#]+)"/g)].map((found) => found[1]!)
    for (const path of new Set(tickets)) await desk.reply(path, 'Chào bạn.')
    for (const one of people) await one.say('mình đang chờ')
    await before.stop()
    const database = new Database(databaseIn(folder))
    // The wait of ten minutes is over; nobody's clock moves in workerd.
    database.exec(`update timer set due_at = 1; update conversation set body = json_set(body, '$.ticket.answerBy', 1)`)
    const waiting = () => database.prepare('select count(*) from timer').pluck().get()
    expect(waiting()).toBe(count)
    database.close()

    const after = await startWorker(folder)
    const tick = async () =>
      expect(
        (await fetch(`${after.origin}/cdn-cgi/local/scheduled?cron=${encodeURIComponent('* * * * *')}`)).status,
      ).toBe(200)
    const told = async () => {
      const pages = await Promise.all(
        people.map(async (one) => (await fetch(`${after.origin}/chat`, { headers: { Cookie: one.cookie() } })).text()),
      )
      return pages.filter((page) => page.includes('chưa trả lời kịp')).length
    }
    expect(await told()).toBe(0)
    await tick()
    await eventually(async () => (await told()) === INVOCATION.timers)
    await tick()
    await eventually(async () => (await told()) === count)
    await after.stop()
  })
})

describe('outside Vietnam', () => {
  const TOKENS = {
    TELEGRAM_BOT_TOKEN: '1:x',
    TELEGRAM_WEBHOOK_SECRET: 'long-enough',
    TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
  }
  const call = (origin: string) => fetch(`${origin}/webhooks/telegram`, { method: 'POST', body: '{}' })

  test('only the anonymous chat is served, and it asks for no phone number', async () => {
    const peer = await startWorker(makeFolder(), TOKENS)
    expect((await call(peer.origin)).status).toBe(404)
    const an = visit(peer.origin)
    await an.say('gọi lại cho tôi')
    const lines = await an.follow(has('bot', 'không nhận số điện thoại ở đây'))
    expect(lines.at(-1)!.text).not.toContain('để lại số điện thoại nào')
    expect(peer.output()).toContain('"what":"anonymous_only"')
    await peer.stop()
  })

  test('the operator may decide otherwise, and it is logged', async () => {
    const peer = await startWorker(makeFolder(), { ...TOKENS, ALLOW_DATA_ABROAD: 'true' })
    expect((await call(peer.origin)).status).toBe(401)
    expect(peer.output()).toContain('"what":"data_abroad"')
    await peer.stop()
  })
})

/** The file in which workerd keeps the one D1 database. */
function databaseIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  const found = files.filter(
    ({ name, parentPath }) => name.endsWith('.sqlite') && parentPath.includes('d1') && name !== 'metadata.sqlite',
  )
  expect(found).toHaveLength(1)
  return join(found[0]!.parentPath, found[0]!.name)
}
