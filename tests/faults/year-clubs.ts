import { continueSeries, meetingsAhead } from '../../src/app/meetings.ts'
import type { Calendar, Club } from '../../src/engine/facts.ts'
import { addingSeries, cancellingMeeting, changingMeeting, type SeriesRow } from '../../src/store/meetings.ts'
import type { SmallApp } from '../app/small-app.ts'
import type { Random } from './random.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface ClubPerson {
  person: number
  club: string
  followUp: boolean
  leftAt: number | null
  stoppedAt: number | null
}

/** A meeting as the board knows it. */
export interface Held {
  id: string
  club: string
  startsAt: number
  announcedAt: number | null
  cancelledAt: number | null
  /** Earlier times it had, each with the moment it lost it. */
  before: { startsAt: number; until: number }[]
}

/** The clubs of a simulated year: who belongs to them, what the boards do, and what people answer. */
export class YearOfClubs {
  readonly people: ClubPerson[] = []
  readonly held = new Map<string, Held>()
  readonly clubs: readonly Club[]
  missed = 0
  followed = 0
  /** Meetings found with more seats given than they have. */
  overfull = 0
  #at = 0
  readonly #perClub: number
  readonly #first: number
  readonly #random: Random

  constructor(count: number, perClub: number, first: number, random: Random) {
    this.#perClub = perClub
    this.#first = first
    this.#random = random
    this.clubs = Array.from({ length: count }, (_, i) => ({
      id: `c${i}`,
      name: `MẪU ${i}`,
      commune: 'x',
      about: '',
      point: 'mai',
      sample: true,
    }))
  }

  async open(home: SmallApp, calendar: Calendar, begin: number): Promise<void> {
    for (const [i, { id }] of this.clubs.entries()) {
      for (let j = 0; j < this.#perClub; j++) {
        const person = this.#first + i * this.#perClub + j
        const followUp = this.#random.chance(0.5)
        await home.say(String(person), 'chào')
        await home.staff(String(person), { type: 'club_join', club: id, group: 'voluntary', name: 'x', followUp })
        this.people.push({ person, club: id, followUp, leftAt: null, stoppedAt: null })
      }
      const series: SeriesRow = {
        id: `s${i}`,
        club: id,
        rule: this.#random.pick([
          'FREQ=MONTHLY;BYDAY=1SA',
          'FREQ=MONTHLY;BYMONTHDAY=30',
          'FREQ=WEEKLY;INTERVAL=4;BYDAY=WE',
        ]),
        first: new Date(begin + 9 * DAY).toISOString().slice(0, 10),
        last: null,
        time: this.#random.pick([8 * 60, 14 * 60, 18 * 60 + 30]),
        onHoliday: this.#random.pick(['bo', 'truoc', 'sau']),
        plan: {
          minutes: 90,
          place: 'nhà văn hoá',
          agenda: '',
          family: false,
          capacity: this.#random.chance(0.5) ? Math.ceil(this.#perClub / 2) : null,
          noticeDays: 7,
        },
      }
      await home.app.store.batch([addingSeries(series), ...meetingsAhead(series, calendar, home.clock.now)])
    }
    this.#read(home)
  }

  /** What somebody types to a notice, if anything. */
  answer(text: string): string | null {
    if (!/Nhắn lại giúp mình/.test(text)) return null
    const said = this.#random.next()
    return said < 0.5
      ? '1'
      : said < 0.65
        ? 'em bận rồi'
        : said < 0.66
          ? 'dừng nhận tin'
          : said < 0.67
            ? 'rời câu lạc bộ'
            : null
  }

  of(person: number): ClubPerson | undefined {
    return this.people[person - this.#first]
  }

  async say(home: SmallApp, one: ClubPerson, text: string): Promise<void> {
    await home.say(String(one.person), text)
    if (text === 'dừng nhận tin') one.stoppedAt ??= home.clock.now
    if (text !== 'rời câu lạc bộ' || one.leftAt !== null) return
    await home.say(String(one.person), 'đúng')
    one.leftAt = home.clock.now
  }

  /** A working hour of the boards. */
  async step(home: SmallApp, now: number): Promise<void> {
    if (now - this.#at >= 7 * DAY) {
      this.#at = now
      await continueSeries(home.app)
    }
    this.#read(home)
    for (const one of this.held.values()) {
      if (one.announcedAt === null || one.cancelledAt !== null) continue
      if (one.startsAt > now + DAY) await this.#change(home, one, now)
      else if (one.startsAt + 2 * HOUR < now && one.startsAt + 2 * DAY > now) await this.#mark(home, one)
    }
    const crowded = home.database.database
      .prepare(
        "select count(*) as n from (select m.id from meeting m join seat s on s.calendar = 'buoi:' || m.id where m.capacity is not null group by m.id having count(*) > m.capacity)",
      )
      .get() as { n: number }
    this.overfull += crowded.n
  }

  /** Now and then one is moved, and as often one is called off. */
  async #change(home: SmallApp, one: Held, now: number): Promise<void> {
    const chance = this.#random.next()
    if (chance > 0.001) return
    if (chance < 0.0005) return this.#move(home, one, now)
    await home.app.store.batch(cancellingMeeting(one.id, now))
    one.cancelledAt = now
  }

  async #move(home: SmallApp, one: Held, now: number): Promise<void> {
    one.before.push({ startsAt: one.startsAt, until: now })
    one.startsAt += DAY + 15 * MINUTE
    const row = home.database.database
      .prepare('select minutes, place, agenda, capacity, notice_at as noticeAt from meeting where id = ?')
      .get(one.id) as { minutes: number; place: string; agenda: string; capacity: number | null; noticeAt: number }
    await home.app.store.batch(changingMeeting(one.id, { ...row, startsAt: one.startsAt }, now))
  }

  async #mark(home: SmallApp, { id }: Held): Promise<void> {
    const open = home.database.database
      .prepare('select id, contact from appointment where meeting = ? and ended_at is null')
      .all(id) as { id: string; contact: string }[]
    for (const row of open) {
      const one = this.people.find(({ person }) => home.contact(String(person)) === row.contact)!
      const as = this.#random.pick(['attended', 'attended', 'missed'] as const)
      await home.staff(String(one.person), { type: 'mark_visit', visit: row.id, as })
      if (as !== 'missed') continue
      this.missed += 1
      if (one.followUp) this.followed += 1
    }
  }

  #read(home: SmallApp): void {
    const rows = home.database.database
      .prepare('select id, club, starts_at as startsAt, announced_at as announcedAt from meeting')
      .all() as { id: string; club: string; startsAt: number; announcedAt: number | null }[]
    for (const row of rows) {
      const known = this.held.get(row.id)
      if (known) known.announcedAt ??= row.announcedAt
      else this.held.set(row.id, { ...row, cancelledAt: null, before: [] })
    }
  }
}
