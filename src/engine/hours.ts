import type { Instant } from './content.ts'
import type { Calendar, Day, Hours, Shift } from './facts.ts'

const MINUTE = 60_000
const DAY = 86_400_000
/** Asia/Ho_Chi_Minh has been UTC+7 without summer time since 1975. */
const OFFSET = 7 * 60 * MINUTE

export interface LocalTime {
  year: number
  month: number
  day: number
  /** 1 = Monday … 7 = Sunday. */
  weekday: number
  /** Minutes after midnight. */
  minutes: number
}

/** The wall clock in Vietnam. */
export function localTime(at: Instant): LocalTime {
  const date = new Date(at + OFFSET)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay() === 0 ? 7 : date.getUTCDay(),
    minutes: date.getUTCHours() * 60 + date.getUTCMinutes(),
  }
}

/** The instant of a wall-clock time in Vietnam; minutes may pass midnight. */
export function instantOf(year: number, month: number, day: number, minutes = 0): Instant {
  return Date.UTC(year, month - 1, day) + minutes * MINUTE - OFFSET
}

/** The day in Vietnam as `2027-02-06`. */
export function dayOf(at: Instant): Day {
  return new Date(at + OFFSET).toISOString().slice(0, 10)
}

/** The holiday of this day; null on any other. */
export function holidayOn(calendar: Calendar, day: Day): string | null {
  return calendar.holidays.find((holiday) => holiday.day === day)?.name ?? null
}

/** An opening, as instants; `to` exclusive. */
interface Opening {
  from: Instant
  to: Instant
}

/**
 * The openings of the day that begins at `midnight`, in order. A point's own exception comes before the holidays of the
 * country, and these before its week.
 */
function openingsOn({ shifts, exceptions = [] }: Hours, calendar: Calendar, midnight: Instant): readonly Opening[] {
  const day = dayOf(midnight)
  const own = exceptions.find((one) => one.day === day)
  const weekday = calendar.swaps.find((one) => one.day === day)?.like ?? localTime(midnight).weekday
  const hours = own?.hours ?? (holidayOn(calendar, day) === null ? shifts.filter((s) => s.weekday === weekday) : [])
  return hours
    .map(({ from, to }) => ({ from: midnight + from * MINUTE, to: midnight + to * MINUTE }))
    .sort((a, b) => a.from - b.from)
}

const midnightOf = (at: Instant): Instant => Math.floor((at + OFFSET) / DAY) * DAY - OFFSET

/** Is somebody there at this instant. */
export function openAt(hours: Hours, calendar: Calendar, at: Instant): boolean {
  return openingsOn(hours, calendar, midnightOf(at)).some(({ from, to }) => from <= at && at < to)
}

/** When the opening that runs at this instant ends; null while nobody is there. */
export function closesAt(hours: Hours, calendar: Calendar, at: Instant): Instant | null {
  return openingsOn(hours, calendar, midnightOf(at)).find(({ from, to }) => from <= at && at < to)?.to ?? null
}

/** Longer than any row of holidays with a weekly shift on each side of it. */
const LOOK_AHEAD_DAYS = 35

/** When the next opening begins after this instant, or null when none is known. */
export function nextOpen(hours: Hours, calendar: Calendar, at: Instant): Instant | null {
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS; ahead++) {
    const next = openingsOn(hours, calendar, midnightOf(at) + ahead * DAY).find(({ from }) => from > at)
    if (next) return next.from
  }
  return null
}

/**
 * When so many working minutes have passed, counted from `at` over the hours of any of these points; null when they do
 * not work so long in the weeks ahead.
 */
export function afterWorking(
  hours: readonly Hours[],
  calendar: Calendar,
  at: Instant,
  minutes: number,
): Instant | null {
  let left = minutes * MINUTE
  let done = at
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS; ahead++) {
    const midnight = midnightOf(at) + ahead * DAY
    const openings = hours.flatMap((one) => openingsOn(one, calendar, midnight)).sort((a, b) => a.from - b.from)
    for (const { from, to } of openings) {
      // Where the hours of two points overlap, a minute counts once.
      const begin = Math.max(from, done)
      if (begin >= to) continue
      if (begin + left < to) return begin + left
      left -= to - begin
      done = to
    }
  }
  return null
}

const WEEKDAYS = ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật']

export function weekdayName(weekday: number): string {
  return WEEKDAYS[weekday - 1] ?? ''
}

/** `14:30`. */
export function formatClock(minutes: number): string {
  return `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** `thứ Hai 30/11/2026`. */
export function formatDate(at: Instant): string {
  const t = localTime(at)
  return `${weekdayName(t.weekday)} ${t.day}/${t.month}/${t.year}`
}

/** `14:30 thứ Hai 30/11/2026`. */
export function formatDateTime(at: Instant): string {
  return `${formatClock(localTime(at).minutes)} ${formatDate(at)}`
}

/** `Thứ Hai – thứ Sáu: 07:30–11:30, 13:30–17:00`, weekdays with the same hours together. */
export function formatShifts(shifts: readonly Shift[]): string {
  const days = new Map<number, string>()
  for (let weekday = 1; weekday <= 7; weekday++) {
    const hours = shifts
      .filter((s) => s.weekday === weekday)
      .sort((a, b) => a.from - b.from)
      .map((s) => `${formatClock(s.from)}–${formatClock(s.to)}`)
    if (hours.length > 0) days.set(weekday, hours.join(', '))
  }
  const runs: { from: number; to: number; hours: string }[] = []
  for (const [weekday, hours] of days) {
    const last = runs.at(-1)
    if (last && last.to === weekday - 1 && last.hours === hours) last.to = weekday
    else runs.push({ from: weekday, to: weekday, hours })
  }
  return runs
    .map((r) => `${weekdayName(r.from)}${r.to > r.from ? ` – ${weekdayName(r.to)}` : ''}: ${r.hours}`)
    .map((line) => line.charAt(0).toUpperCase() + line.slice(1))
    .join('\n')
}
