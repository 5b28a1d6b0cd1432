import type { Draft } from './draft.ts'
import type { Problem } from './problem.ts'
import { problemAt, warningAt } from './problem.ts'

const FILE = 'content/calendar.yaml'
const SOON_DAYS = 45

/** A wrong day off is a promise that nobody keeps: each has a source, none is written twice, and next year is ready in time. */
export function checkCalendar({ calendar, sources }: Draft, today: string): readonly Problem[] {
  const rows = [...calendar.holidays, ...calendar.swaps]
  const known = new Set(sources.map(({ value }) => value.id))
  const days = rows.map(({ value }) => value.day)
  const twice = rows
    .filter(({ value }, i) => days.indexOf(value.day) < i)
    .map(({ value, place }) => problemAt(place, `Ngày ${value.day} có hai lần.`))
  const unsourced = rows
    .filter(({ value }) => !known.has(value.source))
    .map(({ value, place }) => problemAt(place, `Không có nguồn “${value.source}” trong content/sources.yaml.`))
  const soon = daysAfter(today, SOON_DAYS)
  const unsure = calendar.holidays
    .filter(({ value }) => !value.confirmed && value.day >= today && value.day <= soon)
    .map(({ value, place }) =>
      warningAt(place, `Ngày ${value.day} (${value.name}) sắp tới mà chưa đọc thông báo chính thức. Hãy kiểm tra.`),
    )
  return [...twice, ...unsourced, ...unsure, ...checkEnd(calendar.holidays, today)]
}

function checkEnd(holidays: Draft['calendar']['holidays'], today: string): readonly Problem[] {
  if (holidays.length === 0 || holidays.some(({ value }) => value.day > daysAfter(today, 2 * SOON_DAYS))) return []
  return [warningAt({ file: FILE, path: 'holidays' }, 'Lịch nghỉ lễ sắp hết. Hãy thêm những ngày nghỉ của năm tới.')]
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}
