import type { Instant } from '../content.ts'
import type { Calendar, Day } from '../facts.ts'
import { dayOf, holidayOn, localTime } from '../hours.ts'
import { daysBefore, instantOn } from './zone.ts'

/** Monday to Friday, but for holidays; a Saturday that is worked in exchange for another day counts as that day. */
export function isWorkingDay(day: Day, calendar: Calendar): boolean {
  if (holidayOn(calendar, day) !== null) return false
  const swap = calendar.swaps.find((one) => one.day === day)
  return (swap?.like ?? localTime(instantOn(day, 0)).weekday) <= 5
}

/**
 * The end of the working day that comes so many working days later. The day on which it began does not count
 * (Bộ luật Dân sự 2015, Điều 147, remembered), whether or not it is one.
 */
export function afterWorkingDays(from: Instant, count: number, calendar: Calendar): Instant {
  let day = dayOf(from)
  for (let left = count; left > 0; ) {
    day = nextDay(day)
    if (isWorkingDay(day, calendar)) left -= 1
  }
  return instantOn(nextDay(day), 0)
}

const nextDay = (day: Day): Day => daysBefore(instantOn(day, 0), -1).toString()
