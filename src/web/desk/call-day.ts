import type { App } from '../../app/app.ts'
import { zoned } from '../../engine/clock/zone.ts'
import type { Id, Instant } from '../../engine/content.ts'
import type { Day } from '../../engine/facts.ts'
import { dayOf, holidayOn, instantOf, nextOpen } from '../../engine/hours.ts'

const DAY_MS = 86_400_000
const FURTHEST_DAYS = 90

/** The first working day of a point after today; tomorrow where its hours are not known. */
export function nextCallDay(app: App, point: Id | null, after: Instant = endOf(dayOf(app.now()))): Day {
  const { calendar, points } = app.directory()
  const hours = points.find(({ id }) => id === point)
  const open = hours ? nextOpen(hours, calendar, after - 1) : null
  return dayOf(open ?? after)
}

/** A day to call as a form gives it: the day, or why it cannot be one, with the nearest that can. */
export function readCallDay(app: App, point: Id | null, text: string): { day: Day } | { problem: string } {
  const today = dayOf(app.now())
  if (!isDay(text)) return { problem: 'Ngày gọi chưa đúng. Bạn chọn một ngày trong lịch, ví dụ 30/11/2026.' }
  if (text < today) return { problem: `Ngày gọi ${writtenDay(text)} đã qua. Bạn chọn hôm nay hoặc một ngày sau.` }
  if (midnightOf(text) > app.now() + FURTHEST_DAYS * DAY_MS)
    return { problem: `Ngày gọi ${writtenDay(text)} xa quá ${FURTHEST_DAYS} ngày. Bạn chọn ngày gần hơn.` }
  const { calendar, points } = app.directory()
  const hours = points.find(({ id }) => id === point)
  const near = nextCallDay(app, point, midnightOf(text))
  const closed = hours && nextOpen(hours, calendar, midnightOf(text) - 1) !== null ? near !== text : false
  const holiday = holidayOn(calendar, text)
  if (closed || (holiday !== null && near !== text))
    return {
      problem: `Ngày ${writtenDay(text)} điểm nghỉ${holiday === null ? '' : ` (${holiday})`}. Ngày làm việc gần nhất là ${writtenDay(near)}.`,
    }
  return { day: text }
}

/** `2026-11-30` as 30/11/2026. */
export function writtenDay(day: Day): string {
  return day.split('-').reverse().join('/')
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayOf(midnightOf(text)) === text
}

export function midnightOf(day: Day): Instant {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return instantOf(year, month, date)
}

function endOf(day: Day): Instant {
  return midnightOf(day) + DAY_MS
}

/** Midnight of the Monday of a day's week; of this week where none is named. */
export function mondayOf(day: string | undefined, now: Instant): Instant {
  const date = zoned(day !== undefined && isDay(day) ? midnightOf(day) : now)
  return date.subtract({ days: date.dayOfWeek - 1 }).startOfDay().epochMilliseconds
}
