import { zoned } from '../clock/zone.ts'
import type { Id, Instant } from '../content.ts'
import type { Calendar, Point } from '../facts.ts'
import { localTime, openAt } from '../hours.ts'

/**
 * A quarter of an hour in somebody's calendar, or in one of a point's places to receive people: what may be given once.
 * The key of its row refuses a second giving.
 */
export interface Seat {
  calendar: string
  /** Quarters of an hour since 1970. */
  quarter: number
}

const QUARTER_MS = 15 * 60_000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Nobody is offered a time sooner than this, or further away. */
const SOONEST_MS = 2 * HOUR_MS
export const FURTHEST_MS = 21 * DAY_MS
/** An appointment takes this long where its point says nothing else. */
export const USUAL_MINUTES = 30

export const seatKey = ({ calendar, quarter }: Seat): string => `${calendar}|${quarter}`

/** The calendars that an appointment can go into: the member's own, or any place of the point. */
export function calendarsOf(point: Pick<Point, 'id' | 'places'>, staff: Id | null): readonly string[] {
  if (staff !== null) return [`@${staff}`]
  return Array.from({ length: point.places ?? 1 }, (_, i) => `${point.id}#${i + 1}`)
}

/** The quarters that a stretch of time fills in one calendar. */
export function seatsIn(calendar: string, startsAt: Instant, minutes: number): readonly Seat[] {
  const first = Math.floor(startsAt / QUARTER_MS)
  const last = Math.ceil((startsAt + minutes * MINUTE_MS) / QUARTER_MS)
  return Array.from({ length: last - first }, (_, i) => ({ calendar, quarter: first + i }))
}

/** The seats of an appointment in the first calendar that has them all free; null when none has. */
export function findSeats(
  calendars: readonly string[],
  startsAt: Instant,
  minutes: number,
  taken: ReadonlySet<string>,
): readonly Seat[] | null {
  for (const calendar of calendars) {
    const seats = seatsIn(calendar, startsAt, minutes)
    if (seats.every((seat) => !taken.has(seatKey(seat)))) return seats
  }
  return null
}

export interface Wish {
  point: Point
  staff: Id | null
  minutes: number
  calendar: Calendar
  taken: ReadonlySet<string>
  now: Instant
}

/** Can the point receive somebody then: open for the whole of it, not too soon, and with a seat left. */
export function isFree({ point, staff, minutes, calendar, taken, now }: Wish, startsAt: Instant): boolean {
  return (
    startsAt >= now + SOONEST_MS &&
    openAt(point, calendar, startsAt) &&
    openAt(point, calendar, startsAt + minutes * MINUTE_MS - 1) &&
    findSeats(calendarsOf(point, staff), startsAt, minutes, taken) !== null
  )
}

/** Every free beginning from an instant on, in order. */
function* freeFrom(wish: Wish, from: Instant): Generator<Instant> {
  const step = Math.max(15, wish.point.slotMinutes ?? USUAL_MINUTES) * MINUTE_MS
  const begin = Math.max(from, wish.now + SOONEST_MS)
  const midnight = zoned(begin).startOfDay().epochMilliseconds
  const end = wish.now + FURTHEST_MS
  for (let at = midnight; at < end; at += step) if (at >= begin && isFree(wish, at)) yield at
}

/** Every free beginning of one day, for staff who choose. */
export function freeOn(wish: Wish, midnight: Instant): readonly Instant[] {
  const all: Instant[] = []
  for (const at of freeFrom(wish, midnight)) {
    if (at >= midnight + DAY_MS) break
    all.push(at)
  }
  return all
}

/**
 * Up to three times to choose from, in three different half-days where there are so many: a choice between 08:00, 08:30
 * and 09:00 is none.
 * @param near only from this instant on; null: from now on
 */
export function offers(wish: Wish, near: Instant | null = null, except: Instant | null = null): readonly Instant[] {
  const spread: Instant[] = []
  const rest: Instant[] = []
  const halves = new Set<string>()
  for (const at of freeFrom(wish, near ?? wish.now)) {
    if (at === except) continue
    const half = halfDay(at)
    if (halves.has(half)) {
      if (rest.length < THREE) rest.push(at)
    } else {
      halves.add(half)
      spread.push(at)
    }
    if (spread.length === THREE) break
  }
  return [...spread, ...rest].slice(0, THREE).sort((a, b) => a - b)
}

const THREE = 3

/** Free times of one day, the earliest first: those near the wished minute where one was named. */
export function offersOn(wish: Wish, midnight: Instant, minutes: number | null): readonly Instant[] {
  const all = freeOn(wish, midnight)
  if (minutes === null) return spreadOver(all)
  const wished = midnight + minutes * MINUTE_MS
  return [...all]
    .sort((a, b) => Math.abs(a - wished) - Math.abs(b - wished))
    .slice(0, THREE)
    .sort((a, b) => a - b)
}

function spreadOver(all: readonly Instant[]): readonly Instant[] {
  if (all.length <= THREE) return all
  return [all[0]!, all[Math.floor(all.length / 2)]!, all.at(-1)!]
}

function halfDay(at: Instant): string {
  const { year, month, day, minutes } = localTime(at)
  return `${year}-${month}-${day}-${minutes < 12 * 60 ? 'sang' : 'chieu'}`
}
