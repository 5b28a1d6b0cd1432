import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { internal } from '../../src/app/handle.ts'
import { readConfig } from '../../src/config.ts'
import type { StaffAction } from '../../src/engine/conversation.ts'
import { openService, type Service } from '../../src/service.ts'
import { load } from '../../src/store/load.ts'
import { conversation, event, form, outbox, timer } from '../../src/store/schema.ts'
import { lastForm, openTickets } from '../../src/store/tickets.ts'
import { upgradeConversation, upgradeEvent } from '../../src/store/versions.ts'
import { allOf } from './turns.ts'

const FIXTURES = fileURLToPath(new URL('fixtures/', import.meta.url))
const RELEASED = readdirSync(FIXTURES).flatMap((name) => /^(released-\d+)\.sqlite$/.exec(name)?.[1] ?? [])
const KEY = Buffer.from('released fixtures use this key!!').toString('base64')
/** Monday 23/11/2026, 09:04 in Vietnam: right after the last message in the fixture. */
const LATER = Date.UTC(2026, 10, 23, 2, 4)
const MINUTE = 60_000

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Home {
  service: Service
  clock: { now: number }
  say(visitor: string, text: string): Promise<string>
  staff(visitor: string, action: StaffAction): Promise<void>
  /** What the bot or a counsellor last said to a visitor. */
  heard(visitor: string): Promise<string>
  contact(visitor: string): string
  pass(milliseconds: number): Promise<void>
}

/** Today's service on a copy of what a release left behind. */
async function open(released: string): Promise<Home> {
  const folder = mkdtempSync(join(tmpdir(), 'dong-hanh-released-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  for (const end of ['sqlite', 'keys.sqlite'])
    copyFileSync(`${FIXTURES}${released}.${end}`, join(folder, `data.${end}`))
  const config = readConfig({
    NODE_ENV: 'production',
    DATABASE_PATH: join(folder, 'data.sqlite'),
    KEYS_PATH: join(folder, 'data.keys.sqlite'),
    DATA_KEY: KEY,
    LOG_LEVEL: 'silent',
  })
  const clock = { now: LATER }
  const service = await openService(config, { now: () => clock.now })
  closing.push(() => service.close())
  let serial = 0
  const contact = (visitor: string) => service.app.vault.hashHandle('webchat', 'web', visitor)
  const settled = async () => {
    for (;;) {
      const waits = (await allOf(service.app.store, outbox)).filter(
        ({ state }) => state === 'queued' || state === 'leased',
      )
      if (waits.length === 0) return
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await service.recover()
  await settled()
  const heard = async (visitor: string) =>
    (await service.room.lines(visitor, null)).findLast(({ from }) => from !== 'you')?.text ?? ''
  return {
    service,
    clock,
    contact,
    heard,
    async say(visitor, text) {
      await service.room.post(visitor, { id: `later-${++serial}`, text })
      await settled()
      return heard(visitor)
    },
    async staff(visitor, action) {
      await internal(service.app, contact(visitor), `click-${++serial}`, { type: 'staff', by: 'lan', action })
      await settled()
    },
    async pass(milliseconds) {
      clock.now += milliseconds
      await service.tick()
      await settled()
    },
  }
}

test('there is a database of every release', () => {
  expect(RELEASED).toContain('released-0001')
})

describe.each(RELEASED)('%s', (released) => {
  test('opens, is brought to the present schema, and every conversation and event in it can be read', async () => {
    const { service } = await open(released)
    expect(await service.ready()).toBe(true)
    const bodies = await allOf(service.app.store, conversation)
    const events = await allOf(service.app.store, event)
    expect(bodies.length).toBeGreaterThan(3)
    for (const { body } of bodies) expect(upgradeConversation(body)).toMatchObject({ format: 1, locale: 'vi' })
    for (const row of events) expect(upgradeEvent(row).type).toBe(row.type)
  })

  test('goes on in the middle of a flow, with the answers given before', async () => {
    const home = await open(released)
    expect(await home.say('visitor-in-a-flow', 'lúc nào cũng được')).not.toContain('Đồng Hành là')
    await home.say('visitor-in-a-flow', 'không nói gì')
    expect(await openTickets(home.service.app.store)).toContainEqual(
      expect.objectContaining({ contact: home.contact('visitor-in-a-flow'), reason: 'callback' }),
    )
    const answers = await lastForm(home.service.app.store, home.contact('visitor-in-a-flow'), 'callback')
    expect(answers).toMatchObject({ hours: { type: 'code', value: 'luc-nao-cung-duoc' }, phone: { type: 'words' } })
    expect(await allOf(home.service.app.store, form)).toHaveLength(1)
  })

  test('a ticket that waited is taken and answered, and its person is heard', async () => {
    const home = await open(released)
    await home.staff('visitor-at-a-ticket', { type: 'reply', text: 'Chị Lan đây em.' })
    expect(await home.heard('visitor-at-a-ticket')).toBe('Chị Lan đây em.')
    await home.say('visitor-at-a-ticket', 'dạ em chào chị')
    expect(await home.heard('visitor-at-a-ticket')).toBe('Chị Lan đây em.')
    expect((await home.service.room.lines('visitor-at-a-ticket', null)).map(({ text }) => text)).toContain('gặp người')
  })

  test('a wait that ran when the old release stopped ends in time', async () => {
    const home = await open(released)
    const waits = async () => (await allOf(home.service.app.store, timer)).filter(({ kind }) => kind === 'unanswered')
    await home.pass(5 * MINUTE)
    expect(await waits()).toHaveLength(1)
    await home.pass(6 * MINUTE)
    expect(await waits()).toEqual([])
    const ticket = (await openTickets(home.service.app.store)).find(
      ({ contact }) => contact === home.contact('visitor-held'),
    )
    expect(ticket?.heldBy).toBeNull()
  })

  test('a ticket that waited then climbs its ladder now', async () => {
    const home = await open(released)
    await home.pass(MINUTE)
    const contact = home.contact('visitor-at-a-ticket')
    const ladder = async () => (await load(home.service.app.store, contact)).conversation.ticket?.ladder
    expect(await ladder()).toMatchObject({ round: 0 })
    expect((await allOf(home.service.app.store, timer)).filter((one) => one.contact === contact)).toMatchObject([
      { kind: 'ladder' },
    ])
  })

  test('an answer that the old release owed goes out', async () => {
    const home = await open(released)
    expect(await home.heard('visitor-unanswered')).not.toBe('')
    await home.say('visitor-unanswered', 'xoá')
    expect(await home.say('visitor-unanswered', 'có')).toMatch(/[A-Z2-9]{5}-[A-Z2-9]{5}/)
  })
})
