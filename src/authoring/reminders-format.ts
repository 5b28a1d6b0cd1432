import { z } from 'zod'
import { MILESTONES } from '../engine/visits/milestones.ts'
import { DEFAULT_PLAN, type ReminderPlan, type ReminderStep } from '../engine/visits/reminders.ts'
import { idFormat } from './flow-format.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { readYaml, shape } from './read-yaml.ts'

const step = z.strictObject({
  id: idFormat.describe('Tên bước; lời nằm ở lich-hen.<tên>.<kin|vua|ro>'),
  days_before: z.number().int().min(0).max(30).optional().describe('Trước mấy ngày; cần thêm at'),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Giờ viết như “09:00”.')
    .optional(),
  minutes_before: z.number().int().min(30).max(2_880).optional().describe('Trước mấy phút'),
  only: z
    .enum(['always', 'unconfirmed'])
    .default('always')
    .describe('unconfirmed: chỉ khi người ấy chưa trả lời sẽ đến'),
})
const remindersFormat = z.strictObject({
  steps: z.array(step).max(5),
  latest_minutes: z.number().int().min(0).max(720).describe('Muộn hơn chừng này trước giờ hẹn thì không nhắc nữa'),
  over_minutes: z
    .number()
    .int()
    .min(60)
    .max(10_080)
    .describe('Sau chừng này mà chưa ai ghi thì là chưa rõ có đến không'),
  milestones: z
    .array(
      z.strictObject({
        id: idFormat.describe('Tên bước; lời nằm ở moc.<tên>.kin'),
        of: z
          .enum(MILESTONES)
          .describe('ve: ngày về; het-han: ngày hết một thời hạn; giay: ngày cuối phải trình một tờ giấy'),
        days: z.number().int().min(-180).max(365).describe('Sau mốc mấy ngày; số âm là trước mốc'),
        at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Giờ viết như “09:00”.'),
      }),
    )
    .max(10)
    .default([]),
  trace_hours: z.number().int().min(1).max(336).describe('Lỡ hẹn thì cán bộ tìm hiểu trong mấy giờ'),
})

/** When appointments are spoken of, as the editors wrote it. */
export function readReminders(file: string, text: string, problems: Problem[]): ReminderPlan {
  const yaml = readYaml(file, text)
  problems.push(...yaml.problems)
  if (yaml.problems.length > 0) return DEFAULT_PLAN
  const written = shape(remindersFormat, yaml, [], yaml.value, problems)
  if (written === undefined) return DEFAULT_PLAN
  const steps = written.steps.flatMap(({ id, days_before, at, minutes_before, only }, i): readonly ReminderStep[] => {
    if (days_before !== undefined && at !== undefined && minutes_before === undefined) {
      const [hours = 0, minutes = 0] = at.split(':').map(Number)
      return [{ id, only, when: { type: 'days_before', days: days_before, minutes: hours * 60 + minutes } }]
    }
    if (minutes_before !== undefined && days_before === undefined && at === undefined)
      return [{ id, only, when: { type: 'minutes_before', minutes: minutes_before } }]
    problems.push(problemAt(yaml.place(['steps', i]), 'Mỗi bước cần days_before cùng at, hoặc chỉ minutes_before.'))
    return []
  })
  const { latest_minutes: latestMinutes, over_minutes: overMinutes, trace_hours: traceHours } = written
  const milestones = written.milestones.map(({ at, ...step }) => {
    const [hours = 0, minutes = 0] = at.split(':').map(Number)
    return { ...step, minutes: hours * 60 + minutes }
  })
  return { steps, latestMinutes, overMinutes, traceHours, milestones }
}
