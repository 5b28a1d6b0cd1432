import { Temporal } from 'temporal-polyfill'
import type { Instant } from '../content.ts'
import type { Day } from '../facts.ts'

/** The one zone of this service. */
const ZONE = 'Asia/Ho_Chi_Minh'

/** An instant on the wall clock of Vietnam. */
export function zoned(at: Instant): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE)
}

/** The instant at which a day in Vietnam reaches this many minutes after midnight. */
export function instantOn(day: Day | Temporal.PlainDate, minutes: number): Instant {
  const date = typeof day === 'string' ? Temporal.PlainDate.from(day) : day
  return date.toZonedDateTime({ timeZone: ZONE }).add({ minutes }).epochMilliseconds
}

/** The same wall-clock time so many days earlier, or later when negative. */
export function daysBefore(at: Instant, days: number): Temporal.PlainDate {
  return zoned(at).toPlainDate().subtract({ days })
}
