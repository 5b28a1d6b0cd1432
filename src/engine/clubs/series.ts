import { daysOf } from '../clock/recurrence.ts'
import { daysBefore, instantOn } from '../clock/zone.ts'
import type { Instant } from '../content.ts'
import type { Calendar, Day } from '../facts.ts'
import { holidayOn } from '../hours.ts'

/** What becomes of a meeting that falls on a public holiday. */
export const HOLIDAY_WAYS = ['bo', 'truoc', 'sau'] as const
export type HolidayWay = (typeof HOLIDAY_WAYS)[number]

/** How often a club meets. */
export interface MeetingRule {
  /** RFC 5545. */
  rule: string
  first: Day
  /** The last day on which it may fall; null: until somebody ends it. */
  last: Day | null
  /** Minutes after midnight. */
  time: number
  onHoliday: HolidayWay
}

export interface Occurrence {
  /** The day the rule gave: it names the meeting, wherever that moves. */
  day: Day
  startsAt: Instant
  /** The holiday it moved away from. */
  movedFrom: string | null
}

const MOST = 60
/** The longest row of public holidays, with room. */
const LOOK_DAYS = 14

/** The meetings of a rule between two instants; one that falls on a public holiday is left out or moved. */
export function occurrencesOf(
  rule: MeetingRule,
  calendar: Calendar,
  from: Instant,
  to: Instant,
): readonly Occurrence[] {
  const end = daysBefore(to, 0).toString()
  const last = rule.last !== null && rule.last < end ? rule.last : end
  if (last < rule.first) return []
  return daysOf(rule.rule, rule.first, last, 2_000)
    .flatMap((day): Occurrence[] => {
      const holiday = holidayOn(calendar, day)
      const on = holiday === null ? day : workingDay(day, rule.onHoliday, calendar)
      return on === null ? [] : [{ day, startsAt: instantOn(on, rule.time), movedFrom: holiday }]
    })
    .filter(({ startsAt }) => startsAt >= from && startsAt < to)
    .slice(0, MOST)
}

function workingDay(day: Day, way: HolidayWay, calendar: Calendar): Day | null {
  if (way === 'bo') return null
  for (let away = 1; away <= LOOK_DAYS; away++) {
    const near = daysBefore(instantOn(day, 0), way === 'truoc' ? away : -away).toString()
    if (holidayOn(calendar, near) === null) return near
  }
  return null
}
