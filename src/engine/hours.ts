import type { Instant } from './content.ts'
import type { Shift } from './facts.ts'

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

/** Is a shift running at this instant. */
export function openAt(shifts: readonly Shift[], at: Instant): boolean {
  const now = localTime(at)
  return shifts.some((s) => s.weekday === now.weekday && s.from <= now.minutes && now.minutes < s.to)
}

/** When the next shift begins after this instant, or null when there are no shifts. */
export function nextOpen(shifts: readonly Shift[], at: Instant): Instant | null {
  const midnight = Math.floor((at + OFFSET) / DAY) * DAY - OFFSET
  let next: Instant | null = null
  for (let ahead = 0; ahead <= 7; ahead++) {
    const day = midnight + ahead * DAY
    const weekday = localTime(day).weekday
    for (const shift of shifts) {
      const start = day + shift.from * MINUTE
      if (shift.weekday === weekday && start > at && (next === null || start < next)) next = start
    }
    if (next !== null) return next
  }
  return next
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
