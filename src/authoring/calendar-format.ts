import { z } from 'zod'
import type { Calendar } from '../engine/facts.ts'
import { idFormat } from './flow-format.ts'
import type { Problem } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'
import type { Located } from './sources-format.ts'
import { dayFormat } from './topic-format.ts'

const dayOff = z.strictObject({
  day: dayFormat,
  name: z.string().min(1).max(40),
  source: idFormat,
  confirmed: z.boolean().describe('false: chưa có thông báo chính thức, cán bộ phải kiểm tra'),
})
const swap = z.strictObject({
  day: dayFormat,
  like: z.number().int().min(1).max(7).describe('Làm theo giờ của thứ này: 1 = thứ Hai … 7 = Chủ nhật'),
  source: idFormat,
})
const calendarFormat = z.strictObject({ holidays: z.array(dayOff), swaps: z.array(swap) })

/** The days as written, each with its place in the file. */
export interface CalendarSource {
  holidays: readonly Located<z.infer<typeof dayOff>>[]
  swaps: readonly Located<z.infer<typeof swap>>[]
}

export const NO_DAYS: CalendarSource = { holidays: [], swaps: [] }

/** Public holidays and the days worked in exchange, as the Government announces them each year. */
export function readCalendar(file: string, text: string, problems: Problem[]): CalendarSource {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return NO_DAYS
  const written = shape(calendarFormat, yaml, [], yaml.value, problems)
  if (written === undefined) return NO_DAYS
  const located = <T>(list: string, rows: readonly T[]) =>
    rows.map((value, i) => ({ value, place: yaml.place([list, i]) }))
  return { holidays: located('holidays', written.holidays), swaps: located('swaps', written.swaps) }
}

export function calendarOf({ holidays, swaps }: CalendarSource): Calendar {
  return {
    holidays: holidays.map(({ value: { day, name } }) => ({ day, name })),
    swaps: swaps.map(({ value: { day, like } }) => ({ day, like })),
  }
}
