import { drain } from '../../src/app/deliver.ts'
import { tick } from '../../src/app/tick.ts'
import type { Delivery, Part } from '../../src/channels/channel.ts'
import type { Point } from '../../src/engine/facts.ts'
import { NO_SWITCHES } from '../../src/engine/facts.ts'
import type { Booking } from '../../src/engine/visits/appointment.ts'
import { openApp, type SmallApp } from '../app/small-app.ts'
import { book, directory } from '../engine/converse.ts'
import { randomFrom } from './random.ts'
import { YearOfClubs } from './year-clubs.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const VIETNAM = 7 * HOUR

export interface Size {
  people: number
  appointments: number
  days: number
  seed: number
  clubs: number
  /** How many people each club has, beside those with appointments. */
  perClub: number
}

/** One message as it reached somebody, or may have. */
export interface Told {
  person: number
  at: number
  text: string
  certain: boolean
}

/** What staff and people did, as they know it themselves. */
export interface Made {
  person: number
  startsAt: number
  bookedAt: number
  remind: boolean
  /** When it stopped being due: moved, cancelled, marked. */
  endedAt: number | null
  missed: boolean
  /** The person said they will come. */
  confirmedAt: number | null
}

export interface Person {
  hours: 'ca-ngay' | 'sang' | 'toi'
  stoppedAt: number | null
  mutedAt: number | null
}

export interface Year {
  home: SmallApp
  clubs: YearOfClubs
  people: readonly Person[]
  made: readonly Made[]
  told: readonly Told[]
  holidays: ReadonlySet<string>
  /** From when till when nothing ran. */
  outage: { from: number; to: number }
  faults: { restarts: number; doubleTicks: number; retried: number; uncertain: number; refused: number }
}

/** A day in Vietnam, by plain arithmetic: this must not share the service's own. */
export const dayAt = (at: number): string => new Date(at + VIETNAM).toISOString().slice(0, 10)
export const minuteAt = (at: number): number => Math.floor((at + VIETNAM) / MINUTE) % (24 * 60)

/**
 * A year of one point of many places: people book, answer, move, stop; staff mark; sends fail, processes die, ticks come
 * twice, nothing runs for three days, and the clock is set back an hour.
 */
export async function liveThrough({
  people: count,
  appointments,
  days,
  seed,
  clubs: clubCount,
  perClub,
}: Size): Promise<Year> {
  const random = randomFrom(seed)
  let home = openApp()
  home.book.now = book
  const point: Point = {
    ...directory.points[0]!,
    id: 'mai',
    places: 29,
    shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 7 * 60, to: 18 * 60 })),
    exceptions: [],
  }
  const clubs = new YearOfClubs(clubCount, perClub, count, random)
  const known = { ...directory, points: [point], clubs: clubs.clubs, staff: [], switches: NO_SWITCHES }
  const told: Told[] = []
  const faults = { restarts: 0, doubleTicks: 0, retried: 0, uncertain: 0, refused: 0 }
  const replies: { at: number; person: number; text: string }[] = []
  const begin = Date.UTC(2027, 0, 3, 17) // Monday 4/1/2027 in Vietnam
  const people: Person[] = Array.from({ length: count }, () => ({
    hours: random.pick(['ca-ngay', 'ca-ngay', 'ca-ngay', 'sang', 'toi'] as const),
    stoppedAt: null,
    mutedAt: null,
  }))
  const open = new Map<string, Made>()
  const made: Made[] = []
  const nameOf = (person: number, startsAt: number) => `${person}|${startsAt}`

  const equip = () => {
    home.app.directory = () => known
    const telegram = {
      ...home.telegram,
      async send(_bot: string, handle: string, part: Part): Promise<Delivery> {
        if (random.chance(0.09)) {
          faults.retried += 1
          return { type: 'retry', reason: 'busy', notBefore: home.clock.now }
        }
        const lost = random.chance(0.01)
        if (lost) faults.uncertain += 1
        const [person, text] = [Number(handle), part.paragraphs.join('\n')]
        told.push({ person, at: home.clock.now, text, certain: !lost })
        answer(person, text)
        return lost ? { type: 'uncertain', reason: 'timeout' } : { type: 'sent', externalId: null }
      },
    }
    home.app.channels = new Map([...home.app.channels, ['telegram', telegram as typeof home.telegram]])
  }
  /** What somebody types to a reminder, some time later; most say nothing. */
  const answer = (person: number, text: string) => {
    const later = home.clock.now + random.below(10) * HOUR
    if (person >= count) {
      const reply = clubs.answer(text)
      if (reply) replies.push({ at: later, person, text: reply })
      return
    }
    if (!/Bận thì đổi giờ/.test(text)) return
    const said = random.next()
    const reply = said < 0.3 ? 'em đến' : said < 0.4 ? 'bận rồi' : said < 0.42 ? 'dừng' : null
    if (reply) replies.push({ at: later, person, text: reply })
  }
  equip()
  home.clock.now = begin
  for (let person = 0; person < count; person++) await home.say(String(person), 'chào')
  await clubs.open(home, known.calendar, begin)
  await home.settle()

  const perDay = appointments / (days - 10)
  let owed = 0
  const outage = { from: begin + Math.floor(days * 0.3) * DAY, to: begin + (Math.floor(days * 0.3) + 3) * DAY }
  const setBack = begin + Math.floor(days * 0.6) * DAY + 13 * HOUR
  let wasSetBack = false
  const end = begin + days * DAY
  for (home.clock.now = begin + HOUR; home.clock.now < end; home.clock.now += stepOf(home.clock.now)) {
    if (!wasSetBack && home.clock.now >= setBack) {
      wasSetBack = true
      home.clock.now -= HOUR
    }
    const now = home.clock.now
    if (now >= outage.from && now < outage.to) continue
    const minute = minuteAt(now)
    if (minute >= 8 * 60 && minute < 17 * 60) {
      owed += (perDay * stepOf(now)) / (9 * HOUR)
      for (; owed >= 1; owed -= 1) await bookOne(now)
      await markSome(now)
      await muteSome(now)
      await clubs.step(home, now)
    }
    for (const one of replies.splice(0)) {
      if (one.at > now) replies.push(one)
      else if (one.person >= count) await clubs.say(home, clubs.of(one.person)!, one.text)
      else await reply(one.person, one.text, now)
    }
    if (random.chance(0.01)) {
      home = home.restart()
      home.book.now = book
      equip()
      faults.restarts += 1
    }
    const twice = random.chance(0.1)
    if (twice) faults.doubleTicks += 1
    await Promise.all(twice ? [tick(home.app), tick(home.app)] : [tick(home.app)])
    await drain(home.app)
    await home.settle()
  }
  return {
    home,
    clubs,
    people,
    made,
    told,
    holidays: new Set(known.calendar.holidays.map(({ day }) => day)),
    outage,
    faults,
  }

  async function bookOne(now: number): Promise<void> {
    const person = random.below(count)
    const ahead = 1 + random.below(12)
    const startsAt = begin + Math.floor((now - begin) / DAY + ahead) * DAY + (8 * 60 + 15 * random.below(36)) * MINUTE
    if (startsAt >= end || open.has(nameOf(person, startsAt))) return
    const remind = !random.chance(0.1)
    const booking: Booking = {
      kind: 'individual',
      point: 'mai',
      staff: null,
      startsAt,
      minutes: 30,
      remind,
      mayVisit: false,
    }
    const settings = { style: random.pick(['kin', 'vua', 'ro']), hours: people[person]!.hours, label: '' }
    await home.staff(String(person), { type: 'book_visit', booking, place: '', note: '', settings })
    if (!(await isOpen(person, startsAt))) {
      faults.refused += 1
      return
    }
    const one: Made = { person, startsAt, bookedAt: now, remind, endedAt: null, missed: false, confirmedAt: null }
    made.push(one)
    open.set(nameOf(person, startsAt), one)
    if (random.chance(0.05)) {
      const [row] = rowsOf(person, startsAt)
      await home.staff(String(person), { type: 'cancel_visit', visit: row!.id })
      end_(one, now)
    }
  }

  function rowsOf(person: number, startsAt: number): readonly { id: string; state: string }[] {
    return home.database.database
      .prepare('select id, state from appointment where contact = ? and starts_at = ? and ended_at is null')
      .all(home.contact(String(person)), startsAt) as { id: string; state: string }[]
  }

  async function isOpen(person: number, startsAt: number): Promise<boolean> {
    return rowsOf(person, startsAt).length > 0
  }

  function end_(one: Made, now: number): void {
    one.endedAt = now
    open.delete(nameOf(one.person, one.startsAt))
  }

  async function markSome(now: number): Promise<void> {
    for (const one of [...open.values()]) {
      if (one.startsAt + HOUR > now || !random.chance(0.3)) continue
      const [row] = rowsOf(one.person, one.startsAt)
      if (!row) {
        end_(one, now)
        continue
      }
      const as = random.pick(['attended', 'attended', 'missed'] as const)
      await home.staff(String(one.person), { type: 'mark_visit', visit: row.id, as })
      one.missed = as === 'missed'
      end_(one, now)
    }
  }

  async function muteSome(now: number): Promise<void> {
    if (!random.chance(0.02)) return
    const person = random.below(count)
    if (people[person]!.mutedAt !== null) return
    await home.staff(String(person), { type: 'mute', reason: 'theo-yeu-cau' })
    people[person]!.mutedAt = now
  }

  async function reply(person: number, text: string, now: number): Promise<void> {
    await home.say(String(person), text)
    if (text === 'dừng') {
      people[person]!.stoppedAt ??= now
      return
    }
    const before = new Map([...open].filter(([, one]) => one.person === person))
    if (text === 'bận rồi') for (const said of ['1', 'đúng']) await home.say(String(person), said)
    // What the conversation made of it is read back: several may have been open, and it asked which.
    for (const one of before.values()) {
      const [row] = rowsOf(person, one.startsAt)
      if (!row) end_(one, now)
      else if (row.state === 'confirmed') one.confirmedAt ??= now
    }
    const rows = home.database.database
      .prepare('select starts_at as startsAt, remind from appointment where contact = ? and ended_at is null')
      .all(home.contact(String(person))) as { startsAt: number; remind: number }[]
    for (const { startsAt, remind } of rows) {
      if (open.has(nameOf(person, startsAt))) continue
      const one: Made = {
        person,
        startsAt,
        bookedAt: now,
        remind: remind === 1,
        endedAt: null,
        missed: false,
        confirmedAt: now,
      }
      made.push(one)
      open.set(nameOf(person, startsAt), one)
    }
  }
}

/** Finer by day, when things are due. */
function stepOf(now: number): number {
  const minute = minuteAt(now)
  return minute >= 6 * 60 && minute < 21 * 60 + 30 ? 30 * MINUTE : 90 * MINUTE
}
