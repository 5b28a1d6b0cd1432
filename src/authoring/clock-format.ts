import { z } from 'zod'
import type { Shift } from '../engine/facts.ts'

/** A time of day as people write it; `24:00` ends a day. */
export const timeFormat = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Viết giờ theo mẫu "07:30", trong dấu ngoặc kép.')

export function toMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** One written shift as the engine counts it; one that passes midnight becomes two. */
export function shiftsOf(written: { weekday: number; from: string; to: string }): readonly Shift[] {
  const { weekday } = written
  const from = toMinutes(written.from)
  const to = toMinutes(written.to)
  if (from < to) return [{ weekday, from, to }]
  const before = { weekday, from, to: 24 * 60 }
  return to === 0 ? [before] : [before, { weekday: (weekday % 7) + 1, from: 0, to }]
}
