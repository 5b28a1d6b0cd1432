import { CalendarVietnamese } from 'date-chinese'
import type { Instant } from '../content.ts'
import { instantOf, localTime } from '../hours.ts'

/**
 * The day of the sun calendar for a day of the Vietnamese moon calendar, the next such day from `now` on; null where
 * there is none. Months are those that are not leap months: who means a leap month says so to a human.
 * Reckoned for the meridian of Vietnam (UTC+7), which parts from the Chinese calendar in some years.
 */
export function nextLunar(day: number, month: number, now: Instant): Instant | null {
  const today = localTime(now)
  for (const year of [today.year - 1, today.year, today.year + 1]) {
    const at = lunarDay(year, month, day)
    if (at !== null && at >= instantOf(today.year, today.month, today.day)) return at
  }
  return null
}

/** The last day of the moon year: giao thừa. */
export function nextNewYearsEve(now: Instant): Instant {
  const today = localTime(now)
  const eves = [today.year, today.year + 1].map((year) => {
    const t = localTime(lunarDay(year, 1, 1)!)
    return instantOf(t.year, t.month, t.day - 1)
  })
  return eves.find((at) => at >= instantOf(today.year, today.month, today.day)) ?? eves[1]!
}

/** The day on which the moon year that begins in this sun year has this day of this month. */
function lunarDay(year: number, month: number, day: number): Instant | null {
  if (month < 1 || month > 12 || day < 1 || day > 30) return null
  const calendar = new CalendarVietnamese()
  calendar.fromJDE(calendar.newYear(year))
  const [cycle, turn] = calendar.get()
  calendar.set(cycle, turn, month, false, day)
  const sun = calendar.toGregorian()
  const back = new CalendarVietnamese()
  back.fromGregorian(sun.year, sun.month, sun.day)
  const [, , same, , sameDay] = back.get()
  // A month of 29 days has no thirtieth.
  return same === month && sameDay === day ? instantOf(sun.year, sun.month, sun.day) : null
}
