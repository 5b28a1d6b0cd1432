import { describe, expect, test } from 'vitest'
import { drain } from '../../src/app/deliver.ts'
import { GENEROUS, INVOCATION, type Limits } from '../../src/app/limits.ts'
import { tick, tidy } from '../../src/app/tick.ts'
import { commit } from '../../src/store/commit.ts'
import { enrolment } from '../../src/store/enrolment-tables.ts'
import type { KeyStore } from '../../src/store/key-store.ts'
import { load } from '../../src/store/load.ts'
import { conversation, erasure, inbound, outbox, timer } from '../../src/store/schema.ts'
import { openVault } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'
import { heldTickets } from '../../src/store/tickets.ts'
import { allOf, nextTurn } from '../store/turns.ts'
import { DAY, MINUTE, openApp, type SmallApp } from './small-app.ts'
import { memberOf, openPhones } from './staff-phones.ts'

const names = (count: number, prefix = 'n') => Array.from({ length: count }, (_, i) => `${prefix}${i}`)

/** The next invocation on the same rows: an `App` of its own with these limits. */
function invocation(home: SmallApp, limits: Partial<Limits>): SmallApp {
  const next = home.with({})
  next.app.limits = { ...GENEROUS, ...limits }
  return next
}

async function run(home: SmallApp, limits: Partial<Limits>, work: (one: SmallApp) => Promise<unknown>) {
  const one = invocation(home, limits)
  await work(one)
  await one.settle()
}

const ticks = (home: SmallApp, limits: Partial<Limits>) => run(home, limits, (one) => tick(one.app))

async function waiting(home: SmallApp, who: readonly string[]): Promise<void> {
  for (const name of who) {
    await home.say(name, 'gặp người')
    await home.staff(name, { type: 'take' })
    await home.say(name, 'chị ơi')
  }
  await home.settle()
}

describe('what one invocation leaves, the next one does:', () => {
  test('due timers, oldest first', async () => {
    const home = openApp()
    await waiting(home, names(5))
    home.clock.now += 10 * MINUTE
    const left: number[] = []
    for (let i = 0; i < 3; i++) {
      await ticks(home, { timers: 2 })
      left.push((await allOf(home.database, timer)).filter(({ kind }) => kind === 'unanswered').length)
    }
    expect(left).toEqual([3, 1, 0])
  })

  test('rows to send, in each lane, however often one invocation is asked to drain', async () => {
    const home = openApp()
    const none = invocation(home, { rows: 0 })
    for (const name of names(5)) await none.say(name, 'chào')
    await none.settle()
    const sent: number[] = []
    for (let i = 0; i < 3; i++) {
      await run(home, { rows: 2 }, async ({ app }) => {
        await Promise.all([drain(app), drain(app)])
        await drain(app)
      })
      sent.push(home.telegram.sent.length)
    }
    expect(sent).toEqual([2, 4, 5])
  })

  test('leases that a person must judge', async () => {
    const home = openApp()
    for (const name of names(3)) await home.say(name, 'chào')
    await home.settle()
    home.clock.now += 31 * MINUTE
    for (const name of names(3)) {
      home.telegram.fates.set(name, 'lost')
      await home.broadcast(name)
    }
    void drain(home.app)
    await expect.poll(() => home.telegram.calls.length).toBe(6)
    home.clock.now += 2 * MINUTE
    const left: number[] = []
    for (let i = 0; i < 3; i++) {
      await ticks(home, { leases: 1, rows: 0 })
      left.push((await allOf(home.database, outbox)).filter(({ state }) => state === 'leased').length)
    }
    expect(left).toEqual([2, 1, 0])
  })

  test('erasures, until nothing is left of anybody', async () => {
    const home = openApp()
    for (const name of names(3)) {
      await home.say(name, 'chào')
      await home.say(name, 'xoá')
    }
    await home.settle()
    for (const name of names(3)) await home.say(name, 'có')
    await home.settle()
    const left: number[] = []
    for (let i = 0; i < 3; i++) {
      await ticks(home, { erasures: 1 })
      left.push((await allOf(home.database, erasure)).length)
    }
    expect(left).toEqual([2, 1, 0])
    expect(await allOf(home.database, conversation)).toEqual([])
  })

  test('texts that reached their age, and inbound keys', async () => {
    const home = openApp()
    for (const name of names(5)) await home.say(name, 'chào')
    await home.settle()
    home.clock.now += 31 * DAY
    const left: number[][] = []
    for (let i = 0; i < 3; i++) {
      await run(home, { expired: 2, inbound: 3 }, (one) => tidy(one.app))
      const keys = (await allOf(home.database, inbound)).filter(({ at }) => at < home.clock.now - 14 * DAY)
      left.push([5 - (await allOf(home.database, erasure)).length, keys.length])
    }
    expect(left).toEqual([
      [3, 2],
      [1, 0],
      [0, 0],
    ])
  })
})

test('a call to staff costs a turn one statement more, however many phones are linked', async () => {
  const statements: number[] = []
  for (const linked of [[], ['telegram'], ['telegram', 'zalo']] as const) {
    const home = openPhones(['lan'])
    for (const channel of linked) await home.link('lan', channel)
    const { store, calls } = counting(home)
    const one = home.with({ store })
    Object.assign(one.app, { directory: home.app.directory, limits: { ...GENEROUS, rows: 0 } })
    await one.say('an', 'gặp người')
    await one.settle()
    expect((await allOf(home.database, outbox)).filter(({ kind }) => kind === 'staff_alert')).toHaveLength(
      linked.length,
    )
    statements.push(calls())
  }
  expect(new Set(statements).size).toBe(1)
})

describe('with turns under way in other processes', () => {
  const UNDERWAY = { underwayMs: 2 * MINUTE }

  test('the last key of an erased life outlives them, and goes after', async () => {
    const home = openApp()
    for (const text of ['chào', 'xoá', 'có']) await home.say('an', text)
    await home.settle()
    const keys = () => home.keys.newest(home.contact('an'))
    await ticks(home, UNDERWAY)
    expect(await allOf(home.database, conversation)).toEqual([])
    expect(await keys()).not.toBeNull()
    home.clock.now += 2 * MINUTE - 1
    await ticks(home, UNDERWAY)
    expect(await keys()).not.toBeNull()
    home.clock.now += 1
    await ticks(home, UNDERWAY)
    expect(await keys()).toBeNull()
    expect(await allOf(home.database, erasure)).toEqual([])
  })

  test('one that was decided before the removal and committed after it stays readable', async () => {
    const home = openApp()
    for (const text of ['chào', 'xoá', 'có']) await home.say('an', text)
    await home.settle()
    const before = await load(home.database, home.contact('an'))
    await ticks(home, UNDERWAY)
    await commit(home.database, home.app.vault, nextTurn('late', before, { text: 'mình quay lại', at: home.clock.now }))
    home.clock.now += 5 * MINUTE
    for (let i = 0; i < 2; i++) await ticks(home, UNDERWAY)
    expect(await allOf(home.database, erasure)).toEqual([])
    expect(await home.restart().lines('an')).toContain('you: mình quay lại')
  })
})

describe('one invocation of a Worker', () => {
  test('stays under a thousand calls with every limit used up and every send failing for good', async () => {
    const home = openApp()
    const lanes = ['crisis', 'answer', 'broadcast'].map((lane) => names(INVOCATION.rows + 2, lane))
    const [crisis, answer, broadcast] = lanes as [string[], string[], string[]]
    const lost = names(INVOCATION.leases + 2, 'lost')
    await waiting(home, names(INVOCATION.timers + 2, 'waiting'))
    for (const name of [...lanes.flat(), ...lost]) await home.say(name, 'chào')
    await home.settle()
    home.clock.now += 31 * MINUTE
    for (const name of lost) {
      home.telegram.fates.set(name, 'lost')
      await home.broadcast(name)
    }
    void drain(home.app)
    await expect
      .poll(() => home.telegram.calls.filter(({ handle }) => lost.includes(handle)).length)
      .toBe(2 * lost.length)
    home.clock.now += 2 * MINUTE
    const silent = invocation(home, { rows: 0 })
    for (const name of names(INVOCATION.erasures + 2, 'gone')) {
      for (const text of ['chào', 'xoá', 'có']) await silent.say(name, text)
    }
    for (const name of lanes.flat()) home.telegram.fates.set(name, { type: 'failed', reason: 'blocked' })
    for (const name of crisis) await silent.say(name, 'tôi muốn chết')
    for (const name of answer) await silent.say(name, 'chào')
    for (const name of broadcast) await silent.broadcast(name)
    await silent.settle()
    const before = home.telegram.calls.length

    const { one, calls, widest } = counted(home)
    // Whoever holds those whose timers are left is gone as well.
    const directory = { ...one.app.directory(), staff: [memberOf('lan', { active: false })] }
    one.app.directory = () => directory
    await tick(one.app)
    await one.settle()
    expect(home.telegram.calls.length - before).toBe(3 * INVOCATION.rows)
    expect(await heldTickets(home.database)).toEqual([])
    expect(calls()).toBeGreaterThan(500)
    expect(calls()).toBeLessThan(900)
    // D1 binds no more than a hundred.
    expect(widest()).toBeLessThanOrEqual(100)
  })

  test('stays under a thousand calls where every timer ends a request, and the next ones end the rest', async () => {
    const home = openApp()
    const said = { point: 'mai', whom: 'minh', form: 'tai-nha', name: 'Nam', codes: { age_band: 'du-18' } } as const
    for (const name of names(INVOCATION.timers + 2)) {
      await home.say(name, 'chào')
      await home.staff(name, { type: 'enrol_request', request: { ...said, relativeMayKnow: true } })
    }
    await home.settle()
    home.clock.now += 181 * DAY
    const { one, calls } = counted(home)
    await tick(one.app)
    await one.settle()
    const left = async () => (await allOf(home.database, enrolment)).filter(({ contact }) => contact !== null).length
    expect(await left()).toBe(2)
    expect(calls()).toBeLessThan(900)
    await ticks(home, INVOCATION)
    expect(await left()).toBe(0)
  })

  test('stays under a thousand calls in its hourly housekeeping too', async () => {
    const home = openApp()
    for (const name of names(INVOCATION.expired + 2)) await home.say(name, 'chào')
    await home.settle()
    home.clock.now += 31 * DAY
    const { one, calls } = counted(home)
    await tidy(one.app)
    await one.settle()
    expect(await allOf(home.database, erasure)).toHaveLength(INVOCATION.expired)
    expect(calls()).toBeGreaterThan(300)
    expect(calls()).toBeLessThan(900)
  })
})

/** An invocation with the limits of a Worker; how many calls it made, and the most parameters in one statement. */
function counted(home: SmallApp): { one: SmallApp; calls(): number; widest(): number } {
  const { store, keys, calls, widest } = counting(home)
  const one = home.with({ store, vault: openVault(Buffer.alloc(32, 9), keys, { alone: false }) })
  one.app.limits = INVOCATION
  return { one, calls, widest }
}

/** Counts at the dearest: every statement of a batch, every call of the bucket. */
function counting(home: SmallApp): { store: Store; keys: KeyStore; calls(): number; widest(): number } {
  let calls = 0
  let widest = 0
  const cost = <T>(n: number, work: Promise<T>): Promise<T> => {
    calls += n
    return work
  }
  const { database, keys } = home
  return {
    calls: () => calls,
    widest: () => widest,
    store: {
      read: (query) => cost(1, database.read(query)),
      returning: (query) => cost(1, database.returning(query)),
      batch: (writes) => {
        widest = Math.max(widest, ...writes.map(({ params }) => params.length))
        return cost(writes.length, database.batch(writes))
      },
      scrub: () => database.scrub(),
    },
    keys: {
      add: (row) => cost(2, keys.add(row)),
      newest: (contact) => cost(2, keys.newest(contact)),
      byId: (id) => cost(1, keys.byId(id)),
      destroy: (contact, which, inUse) => cost(2, keys.destroy(contact, which, inUse)),
    },
  }
}
