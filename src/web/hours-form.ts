import type { Day, Exception, Shift } from '../engine/facts.ts'
import { formatClock } from '../engine/hours.ts'

/** Opening hours as people type and read them: `07:30-11:30, 13:30-17:00`, and days of one's own, one a line. */

export type Typed<T> = { value: T } | { problem: string }

const SPAN = /^(\d{1,2})(?:[:h.](\d{2})?)?\s*(?:-|–|đến|tới)\s*(\d{1,2})(?:[:h.](\d{2})?)?$/iu

/** The spans of one day, in order; empty when nobody is there. */
export function readSpans(text: string): Typed<readonly { from: number; to: number }[]> {
  const parts = text
    .normalize('NFC')
    .split(/[,;]|\s+và\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const spans: { from: number; to: number }[] = []
  for (const part of parts) {
    const [, fromHour, fromMinute = '0', toHour, toMinute = '0'] = SPAN.exec(part) ?? []
    const from = Number(fromHour) * 60 + Number(fromMinute)
    const to = Number(toHour) * 60 + Number(toMinute)
    if (fromHour === undefined || Number(fromMinute) > 59 || Number(toMinute) > 59 || to > 24 * 60)
      return { problem: `“${part}” chưa phải giờ. Hãy viết như 07:30-11:30.` }
    if (from >= to) return { problem: `“${part}”: giờ đóng phải sau giờ mở, trong cùng một ngày.` }
    spans.push({ from, to })
  }
  spans.sort((a, b) => a.from - b.from)
  const clash = spans.find((span, i) => i > 0 && span.from < spans[i - 1]!.to)
  return clash ? { problem: 'Hai khoảng giờ trong một ngày chồng lên nhau.' } : { value: spans }
}

export function showSpans(spans: readonly { from: number; to: number }[]): string {
  return [...spans]
    .sort((a, b) => a.from - b.from)
    .map(({ from, to }) => `${formatClock(from)}-${to === 1440 ? '24:00' : formatClock(to)}`)
    .join(', ')
}

/** The shifts of a week from seven lines, Monday first. */
export function readWeek(lines: readonly string[]): Typed<readonly Shift[]> {
  const shifts: Shift[] = []
  for (const [i, line] of lines.entries()) {
    const spans = readSpans(line)
    if ('problem' in spans) return spans
    shifts.push(...spans.value.map((span) => ({ weekday: i + 1, ...span })))
  }
  return { value: shifts }
}

export function showWeek(shifts: readonly Shift[]): readonly string[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => showSpans(shifts.filter((shift) => shift.weekday === weekday)))
}

const LINE = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*:?\s*(.*)$/

/** Days of one's own, one a line: `24/12/2026: nghỉ` or `24/12/2026: 08:00-11:00`. */
export function readDays(text: string): Typed<readonly Exception[]> {
  const days: Exception[] = []
  for (const line of text
    .normalize('NFC')
    .split('\n')
    .map((one) => one.trim())) {
    if (line === '') continue
    const [, date, month, year, rest = ''] = LINE.exec(line) ?? []
    const day = dayOf(Number(year), Number(month), Number(date))
    if (day === null) return { problem: `“${line}” chưa rõ ngày nào. Hãy viết như 24/12/2026: nghỉ.` }
    if (days.some((one) => one.day === day)) return { problem: `Ngày ${date}/${month}/${year} có hai dòng.` }
    const spans: Typed<Exception['hours']> = /^(?:nghỉ|nghi|đóng cửa)?$/iu.test(rest) ? { value: [] } : readSpans(rest)
    if ('problem' in spans) return spans
    days.push({ day, hours: spans.value })
  }
  return { value: days.sort((a, b) => (a.day < b.day ? -1 : 1)) }
}

export function showDays(days: readonly Exception[]): string {
  return days
    .map(({ day, hours }) => {
      const [year, month, date] = day.split('-').map(Number)
      return `${date}/${month}/${year}: ${hours.length === 0 ? 'nghỉ' : showSpans(hours)}`
    })
    .join('\n')
}

/** A day that exists, such as no 30/2. */
function dayOf(year: number, month: number, date: number): Day | null {
  const at = new Date(Date.UTC(year, month - 1, date))
  const exists = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date
  return exists ? at.toISOString().slice(0, 10) : null
}
