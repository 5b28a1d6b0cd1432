import { z } from 'zod'
import { type Calendar, EMPTY_CALENDAR } from '../engine/facts.ts'
import { idFormat } from './flow-format.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'
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

/** Public holidays and the days worked in exchange, as the Government announces them each year. */
export function readCalendar(file: string, text: string, problems: Problem[]): Calendar {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return EMPTY_CALENDAR
  const written = shape(calendarFormat, yaml, [], yaml.value, problems)
  if (written === undefined) return EMPTY_CALENDAR
  const seen = new Set<string>()
  for (const [list, rows] of Object.entries(written))
    for (const [i, { day }] of rows.entries()) {
      if (seen.has(day)) problems.push(problemAt(yaml.place([list, i]), `Ngày ${day} có hai lần.`))
      seen.add(day)
    }
  return {
    holidays: written.holidays.map(({ day, name }) => ({ day, name })),
    swaps: written.swaps.map(({ day, like }) => ({ day, like })),
  }
}
