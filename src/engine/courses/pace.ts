import { daysBefore, instantOn } from '../clock/zone.ts'
import type { Instant } from '../content.ts'
import { holidayOn } from '../hours.ts'
import type { Turn } from '../turn.ts'
import { windowOf } from '../visits/calm.ts'

/** How often a lesson comes, as the person picks it. */
export const PACES = ['moi-ngay', 'cach-ngay', 'hai-lan-tuan', 'moi-tuan'] as const
export type Pace = (typeof PACES)[number]

/** Parts of a day, in minutes after midnight; any other hour may be written. */
export const PARTS: Readonly<Record<string, number>> = { sang: 8 * 60, trua: 12 * 60, toi: 19 * 60 + 30 }

/** Tuesday and Friday. */
const TWICE: readonly number[] = [2, 5]
/** The longest row of holidays with room on both sides. */
const LOOK_DAYS = 40
/** What is told of at the very end of the hours would wait for the next morning. */
const BEFORE_CLOSING = 15

type PlainDay = ReturnType<typeof daysBefore>

/** When the next lesson is told of: on a day of this pace that is no holiday, at their hour, as far as their hours allow. */
export function nextLessonAt(turn: Turn, pace: Pace, minutes: number, from: Instant): Instant {
  const { calendar } = turn.facts.directory
  for (let ahead = 1; ahead <= LOOK_DAYS; ahead++) {
    const day = daysBefore(from, -ahead)
    if (fits(pace, ahead, day) && holidayOn(calendar, day.toString()) === null) return atHour(turn, day, minutes)
  }
  return atHour(turn, daysBefore(from, -LOOK_DAYS), minutes)
}

function fits(pace: Pace, ahead: number, day: PlainDay): boolean {
  switch (pace) {
    case 'moi-ngay':
      return true
    case 'cach-ngay':
      return ahead >= 2
    case 'hai-lan-tuan':
      return TWICE.includes(day.dayOfWeek)
    case 'moi-tuan':
      return ahead >= 7
    default:
      return pace satisfies never
  }
}

function atHour(turn: Turn, day: PlainDay, minutes: number): Instant {
  const hours = turn.state.answers.reminder_hours
  const { from, to } = windowOf(hours?.type === 'code' ? hours.value : null)
  return instantOn(day, Math.min(Math.max(minutes, from), to - BEFORE_CLOSING))
}
