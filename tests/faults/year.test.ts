import { expect, test } from 'vitest'
import { dayAt, liveThrough, type Made, minuteAt, type Told, type Year } from './year.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** In so many hours a send that fails one time in ten, and a question that is waited for, are past. */
const LEEWAY = 5 * HOUR
/** `YEAR=full`: the size the figures in `bench/` are of; a tenth of it goes with every check. */
const FULL = process.env.YEAR === 'full'
const SIZE = FULL
  ? { people: 5_000, appointments: 20_000, days: 365, seed: 20_271 }
  : { people: 200, appointments: 800, days: 60, seed: 20_272 }

const WINDOWS = { 'ca-ngay': [7, 21], sang: [7, 11], toi: [18, 21] } as const

/** The appointment that a text speaks of, by the day and time it names. */
function spokenOf(text: string): number | null {
  const [, hours, minutes, day, month, year] =
    /(\d{2}):(\d{2}) (?:thứ \S+|Chủ nhật) (\d+)\/(\d+)\/(\d{4})/.exec(text) ?? []
  return day === undefined
    ? null
    : Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hours) - 7, Number(minutes))
}

const stepIn = (text: string): 'before' | 'same' | null =>
  !/Bận thì đổi giờ/.test(text) ? null : /hôm nay/.test(text) ? 'same' : 'before'

/** The moment the day before, as the plan says it and by arithmetic of this test's own. */
const planned = (one: Made, step: 'before' | 'same') =>
  step === 'same' ? one.startsAt - 3 * HOUR : Date.parse(`${dayAt(one.startsAt - DAY)}T09:00:00+07:00`)

function isCalm({ holidays }: Year, hours: keyof typeof WINDOWS, at: number): boolean {
  const [from, to] = WINDOWS[hours]
  return minuteAt(at) >= from * 60 && minuteAt(at) < to * 60 && !holidays.has(dayAt(at))
}

test('a year with outages, restarts, failing sends and a clock that jumps: each reminder once, none at a wrong moment', async () => {
  const year = await liveThrough(SIZE)
  const { people, made, told, outage } = year
  const reminders = told.filter(({ text }) => stepIn(text) !== null)
  const byName = new Map<string, Told[]>()
  for (const one of reminders) {
    const name = `${one.person}|${spokenOf(one.text)}|${stepIn(one.text)}`
    byName.set(name, [...(byName.get(name) ?? []), one])
  }
  const appointments = new Map<string, Made[]>()
  for (const one of made) {
    const name = `${one.person}|${one.startsAt}`
    appointments.set(name, [...(appointments.get(name) ?? []), one])
  }

  // None twice, none of what nobody made, none in quiet time, none after it could help, none to whom none is to go.
  const wrong: unknown[] = []
  for (const [name, all] of byName) {
    const [person, startsAt] = name.split('|').map(Number) as [number, number]
    const made = appointments.get(`${person}|${startsAt}`) ?? []
    if (all.length > made.length) wrong.push(['twice', name, all])
    if (made.length === 0 || !made.some(({ remind }) => remind)) wrong.push(['unwanted', name])
    for (const { at } of all) {
      const { hours, stoppedAt, mutedAt } = people[person]!
      if (!isCalm(year, hours, at)) wrong.push(['quiet', name, new Date(at).toISOString()])
      if (at >= startsAt - 45 * MINUTE) wrong.push(['late', name, new Date(at).toISOString()])
      if ((stoppedAt ?? Number.POSITIVE_INFINITY) < at) wrong.push(['stopped', name])
      if ((mutedAt ?? Number.POSITIVE_INFINITY) < at) wrong.push(['muted', name])
      if (made.every(({ endedAt }) => endedAt !== null && endedAt < at)) wrong.push(['ended', name])
    }
  }
  expect(wrong).toEqual([])

  // Every reminder that should have gone went: where nothing of the person or of the faults stood in its way.
  let due = 0
  const missing: unknown[] = []
  for (const one of made) {
    const { hours, stoppedAt, mutedAt } = people[one.person]!
    for (const step of ['before', 'same'] as const) {
      const at = planned(one, step)
      const gone = Math.min(
        stoppedAt ?? Number.POSITIVE_INFINITY,
        mutedAt ?? Number.POSITIVE_INFINITY,
        one.endedAt ?? Number.POSITIVE_INFINITY,
      )
      const free = gone > at + LEEWAY && one.bookedAt < at - HOUR && one.remind
      const still = step === 'before' || one.confirmedAt === null || one.confirmedAt > at + LEEWAY
      const running = at + 3 * HOUR < outage.from || at > outage.to + DAY
      if (!free || !still || !running || !isCalm(year, hours, at) || !isCalm(year, hours, at + 3 * HOUR)) continue
      due += 1
      if (!byName.has(`${one.person}|${one.startsAt}|${step}`))
        missing.push([step, new Date(one.startsAt).toISOString(), one])
    }
  }
  expect(missing).toEqual([])

  const missed = made.filter((one) => one.missed).length
  const traces = year.home.database.database.prepare('select count(*) as n from trace').get() as { n: number }
  expect(traces.n).toBe(missed)
  const uncertain = year.home.database.database
    .prepare("select count(*) as n from outbox where kind = 'reminder' and state = 'uncertain'")
    .get() as { n: number }
  const tasks = year.home.database.database
    .prepare("select count(*) as n from task where reason like 'uncertain:%'")
    .get() as { n: number }
  expect(tasks.n).toBe(uncertain.n)
  expect(due).toBeGreaterThan(made.length / 4)
  expect(missed).toBeGreaterThan(made.length / 20)
  console.info(
    JSON.stringify({
      ...SIZE,
      made: made.length,
      reminders: reminders.length,
      due,
      missed,
      traces: traces.n,

      ...year.faults,
    }),
  )
}, 1_800_000)
