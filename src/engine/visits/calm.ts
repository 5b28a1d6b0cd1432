import { instantOn, zoned } from '../clock/zone.ts'
import type { Instant } from '../content.ts'
import type { Calendar } from '../facts.ts'
import { holidayOn } from '../hours.ts'

/** Minutes after midnight between which somebody may be written to unasked; `to` exclusive. */
export interface Window {
  from: number
  to: number
}

/** Where nobody chose: between 07:00 and 21:00. */
export const DAYTIME: Window = { from: 7 * 60, to: 21 * 60 }

/** The parts of a day a person may choose for what comes unasked, by the answer's code. */
const CHOSEN: Readonly<Record<string, Window>> = {
  sang: { from: 7 * 60, to: 11 * 60 },
  trua: { from: 11 * 60, to: 14 * 60 },
  chieu: { from: 14 * 60, to: 18 * 60 },
  toi: { from: 18 * 60, to: 21 * 60 },
}

export function windowOf(code: string | null): Window {
  return (code !== null && CHOSEN[code]) || DAYTIME
}

/** The longest row of holidays with room on both sides. */
const LOOK_DAYS = 21
/** What moves earlier arrives this long before the window closes. */
const BEFORE_CLOSING = 60

/** May somebody be written to unasked at this instant: inside their hours, and on no public holiday. */
export function isCalm(at: Instant, window: Window, calendar: Calendar): boolean {
  return nextCalm(at, window, calendar) === at
}

/** This instant, or else the next at which somebody may be written to. */
export function nextCalm(at: Instant, { from, to }: Window, calendar: Calendar): Instant {
  const today = zoned(at).toPlainDate()
  for (let ahead = 0; ahead <= LOOK_DAYS; ahead++) {
    const day = today.add({ days: ahead })
    if (holidayOn(calendar, day.toString()) !== null) continue
    if (at < instantOn(day, to)) return Math.max(at, instantOn(day, from))
  }
  return instantOn(today.add({ days: LOOK_DAYS + 1 }), from)
}

/** The last good moment before this instant at which somebody may be written to; null when there is none for weeks. */
export function lastCalm(at: Instant, window: Window, calendar: Calendar): Instant | null {
  const today = zoned(at).toPlainDate()
  const late = Math.max(window.from, window.to - BEFORE_CLOSING)
  for (let back = 0; back <= LOOK_DAYS; back++) {
    const day = today.subtract({ days: back })
    if (holidayOn(calendar, day.toString()) !== null) continue
    const moment = instantOn(day, late)
    if (moment <= at) return moment
    if (instantOn(day, window.from) <= at) return at
  }
  return null
}

/**
 * When something is said that must be known before `latest`: as wanted, else earlier, else later; null when no moment
 * is left.
 */
export function momentFor(
  wanted: Instant,
  bounds: { earliest: Instant; latest: Instant },
  window: Window,
  calendar: Calendar,
): Instant | null {
  const within = (at: Instant | null) => at !== null && at >= bounds.earliest && at < bounds.latest
  if (within(wanted) && isCalm(wanted, window, calendar)) return wanted
  const earlier = lastCalm(wanted, window, calendar)
  if (within(earlier)) return earlier
  const later = nextCalm(Math.max(wanted, bounds.earliest), window, calendar)
  return within(later) ? later : null
}
