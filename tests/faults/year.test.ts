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
  ? { people: 5_000, appointments: 20_000, days: 365, seed: 20_271, clubs: 300, perClub: 8 }
  : { people: 200, appointments: 800, days: 60, seed: 20_272, clubs: 20, perClub: 8 }

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

/** What a club's people were told of a meeting; null: of something else. */
const saidOf = (text: string): 'notice' | 'moved' | 'seat' | 'before' | 'same' | 'off' | null => {
  // What answers somebody who typed names no time.
  if (spokenOf(text) === null) return null
  if (/không còn nữa/.test(text)) return 'off'
  if (/đã có chỗ/.test(text)) return 'seat'
  if (/Bận thì nhắn lại/.test(text)) return /hôm nay/.test(text) ? 'same' : 'before'
  if (!/Nhắn lại giúp mình/.test(text)) return null
  return /đã đổi/.test(text) ? 'moved' : 'notice'
}

/** The same of the clubs: nobody twice, nobody who left or said stop, nothing in quiet time, and everybody who should. */
function checkClubs(year: Year): Readonly<Record<string, number>> {
  const { clubs, told, people, outage } = year
  const heard = new Map<string, number>()
  const counts: Record<string, number> = {}
  const wrong: unknown[] = []
  for (const { person, at, text } of told) {
    const kind = person < people.length ? null : saidOf(text)
    if (kind === null) continue
    counts[kind] = (counts[kind] ?? 0) + 1
    const startsAt = spokenOf(text)!
    const name = `${person}|${startsAt}|${kind}`
    heard.set(name, (heard.get(name) ?? 0) + 1)
    const one = clubs.of(person)!
    const meeting = [...clubs.held.values()].find(
      (each) => each.club === one.club && [each.startsAt, ...each.before.map((b) => b.startsAt)].includes(startsAt),
    )
    if (heard.get(name)! > 1) wrong.push(['twice', name])
    if (!meeting) wrong.push(['no meeting', name])
    if (!isCalm(year, 'ca-ngay', at)) wrong.push(['quiet', name, new Date(at).toISOString()])
    // That a meeting is called off still helps somebody who is on the way.
    if (at >= startsAt - (kind === 'off' ? 0 : 45 * MINUTE)) wrong.push(['late', name, new Date(at).toISOString()])
    if ((one.stoppedAt ?? Number.POSITIVE_INFINITY) < at) wrong.push(['stopped', name])
    if ((one.leftAt ?? Number.POSITIVE_INFINITY) < at) wrong.push(['left', name])
  }
  expect(wrong).toEqual([])

  let due = 0
  const missing: unknown[] = []
  for (const { club, startsAt, announcedAt: at, cancelledAt, before } of clubs.held.values()) {
    if (at === null || before.length > 0) continue
    const gone = cancelledAt ?? Number.POSITIVE_INFINITY
    const running = at + 3 * HOUR < outage.from || at > outage.to + DAY
    if (gone < at + LEEWAY || !running || !isCalm(year, 'ca-ngay', at) || !isCalm(year, 'ca-ngay', at + LEEWAY))
      continue
    for (const one of clubs.people) {
      const until = Math.min(one.leftAt ?? Number.POSITIVE_INFINITY, one.stoppedAt ?? Number.POSITIVE_INFINITY)
      if (one.club !== club || until < at + LEEWAY) continue
      due += 1
      if (!heard.has(`${one.person}|${startsAt}|notice`)) missing.push([one.person, new Date(startsAt).toISOString()])
    }
  }
  expect(missing).toEqual([])
  expect(clubs.overfull).toBe(0)
  expect(due).toBeGreaterThan(50)
  return { ...counts, meetings: clubs.held.size, due, missed: clubs.missed, followed: clubs.followed }
}

test('a year with outages, restarts, failing sends and a clock that jumps: each reminder once, none at a wrong moment', async () => {
  const year = await liveThrough(SIZE)
  const { people, made, told, outage } = year
  const reminders = told.filter(({ text, person }) => person < people.length && stepIn(text) !== null)
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
  expect(traces.n).toBe(missed + year.clubs.followed)
  const clubs = checkClubs(year)
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
      clubs,
      ...year.faults,
    }),
  )
}, 1_800_000)
