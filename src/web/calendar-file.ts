import ical, { ICalCalendarMethod } from 'ical-generator'
import type { Instant } from '../engine/content.ts'

export interface CalendarEntry {
  id: string
  startsAt: Instant
  minutes: number
}

/** Appointments for the calendar of a phone. Their name says nothing: others look at it, and it travels to clouds. */
export function calendarFile(name: string, entries: readonly CalendarEntry[]): Response {
  const calendar = ical({ name, method: ICalCalendarMethod.PUBLISH, prodId: { company: 'Lich', product: 'Lich' } })
  for (const { id, startsAt, minutes } of entries) {
    const end = new Date(startsAt + minutes * 60_000)
    calendar.createEvent({ id, summary: name, start: new Date(startsAt), end })
  }
  return new Response(calendar.toString(), {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="lich.ics"',
      'Cache-Control': 'no-store',
    },
  })
}
