import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { figuresOf, percentile } from '../../src/app/figures.ts'
import { instantOf } from '../../src/engine/hours.ts'
import { openSqlite } from '../../src/store/better-sqlite3.ts'
import { type CountedTicket, openedBetween, ticketsOpened } from '../../src/store/figures.ts'

const MINUTE = 60_000
const at = (hour: number, minute = 0) => instantOf(2026, 11, 25, hour * 60 + minute)
const ticket = (openedAt: number, more: Partial<CountedTicket> = {}): CountedTicket => ({
  priority: 'routine',
  reason: 'person',
  channel: 'webchat',
  openedAt,
  takenAt: null,
  answeredAt: null,
  closedAt: null,
  rungs: 0,
  lapses: 0,
  ...more,
})

describe('a percentile', () => {
  test('is a time that happened, with no more than the rest of the share above it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { minLength: 1 }), fc.constantFrom(0.5, 0.95), (times, share) => {
        const sorted = times.toSorted((a, b) => a - b)
        const value = percentile(sorted, share)!
        expect(sorted).toContain(value)
        expect(sorted.filter((one) => one <= value).length / sorted.length).toBeGreaterThanOrEqual(share)
        expect(sorted.filter((one) => one < value).length / sorted.length).toBeLessThan(share)
      }),
    )
    expect(percentile([], 0.5)).toBe(null)
  })
})

describe('the figures', () => {
  const tickets = [
    ticket(at(9), { priority: 'emergency', takenAt: at(9, 1), answeredAt: at(9, 2), closedAt: at(10) }),
    ticket(at(9, 30), { takenAt: at(9, 40), answeredAt: at(9, 50) }),
    ticket(at(23, 59), { closedAt: at(24, 5) }),
    ticket(at(0), { takenAt: at(8), closedAt: at(8, 30), rungs: 3, lapses: 2 }),
    ticket(at(14), { reason: 'callback', channel: 'zalo', rungs: 4 }),
  ]
  const steps = { emergency: 4, urgent: 5, routine: 4 }
  const { all, byPriority, byHour } = figuresOf(tickets, steps)

  test('count an answer by its first human line, and as abandoned only what nobody ever took', () => {
    expect(all).toEqual({
      opened: 5,
      answered: 2,
      abandoned: 1,
      open: 1,
      medianMs: 2 * MINUTE,
      p95Ms: 20 * MINUTE,
      lapsed: 1,
      toTheEnd: 1,
    })
  })

  test('stand by priority, and by the hour in Vietnam at which they were opened', () => {
    expect(byPriority.map(({ priority, figures }) => [priority, figures.opened])).toEqual([
      ['emergency', 1],
      ['urgent', 0],
      ['routine', 4],
    ])
    expect(byHour.map(({ hour, figures }) => [hour, figures.opened])).toEqual([
      [0, 1],
      [9, 2],
      [14, 1],
      [23, 1],
    ])
  })
})

describe('the figures by why and where', () => {
  test('name the most frequent first', () => {
    const { byReason, byChannel } = figuresOf(
      [ticket(at(1), { reason: 'callback', channel: 'zalo' }), ticket(at(2)), ticket(at(3), { channel: null })],
      { emergency: 4, urgent: 5, routine: 4 },
    )
    expect(byReason.map(({ reason, figures }) => [reason, figures.opened])).toEqual([
      ['person', 2],
      ['callback', 1],
    ])
    expect(byChannel.map(({ channel }) => channel)).toEqual(['zalo', 'webchat', null])
  })
})

describe('the query', () => {
  test('reads the days asked for and the points asked for, by an index whatever else there is', async () => {
    const store = openSqlite(':memory:')
    const put = store.database.prepare(
      "insert into ticket (id, reason, priority, point, opened_at, chose_police) values (?, 'person', 'routine', ?, ?, 0)",
    )
    for (const [i, point] of ['p1', 'p2', null].entries())
      for (const [j, hour] of [-1, 0, 12, 24].entries()) put.run(`${i}.${j}`, point, at(hour))
    const day = [at(0), at(24)] as const
    expect(await ticketsOpened(store, { everywhere: true }, ...day)).toHaveLength(6)
    expect(await ticketsOpened(store, { everywhere: false, points: ['p1'] }, ...day)).toHaveLength(2)
    const { sql, params } = openedBetween({ everywhere: 1, points: '[]', from: day[0], to: day[1] })
    const plan = store.database.prepare(`explain query plan ${sql}`).all(...params) as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join('\n')).toContain(
      'USING INDEX ticket_opened (opened_at>? AND opened_at<?)',
    )
    store.close()
  })
})
