import type { Instant } from '../content.ts'
import { correcting } from './correction.ts'
import { dayIn, iso } from './dates.ts'
import { timeIn } from './times.ts'

/** A day, a time of day, or both, as one text names them. */
export interface When {
  /** As `2026-12-04`. */
  date: string | null
  /** Minutes after midnight. */
  time: number | null
  /** The day was named by the moon calendar. */
  lunar: boolean
  /** The text took back what it said first. */
  corrected: boolean
}

/**
 * The day and the time in a text ("thứ 6 tuần sau 2 rưỡi chiều", "mai 9h à nhầm 10h"); a part that was corrected keeps
 * what the first attempt said of the other. Null where neither is there. Always confirmed back to the person.
 */
export function readWhen(text: string, now: Instant): When | null {
  const date = correcting(text, (part) => dayIn(part, now))
  const time = correcting(text, (part) => timeIn(part, dayIn(part, now) !== null || date !== null))
  if (!date && !time) return null
  return {
    date: date && iso(date.value.at),
    time: time?.value ?? null,
    lunar: date?.value.lunar ?? false,
    corrected: (date?.corrected ?? false) || (time?.corrected ?? false),
  }
}
