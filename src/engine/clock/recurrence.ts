import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import type { Day } from '../facts.ts'

/**
 * The days on which a rule falls, from `first` to `last`, both included.
 * @param rule RFC 5545, such as `FREQ=MONTHLY;BYDAY=1SA`
 * @param first also the day from which intervals are counted
 */
export function daysOf(rule: string, first: Day, last: Day, limit: number): readonly Day[] {
  // The day is all that is asked: midnight of a zone without daylight saving names it.
  const at = (day: Day) => Temporal.PlainDate.from(day).toZonedDateTime('UTC')
  const found = new RRuleTemporal({ rruleString: rule, dtstart: at(first), temporal: Temporal })
  const days: Day[] = []
  for (const one of found.between(at(first), at(last), true)) {
    if (days.length === limit) break
    days.push(one.toPlainDate().toString())
  }
  return days
}
