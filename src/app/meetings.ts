import { occurrencesOf } from '../engine/clubs/series.ts'
import type { Calendar } from '../engine/facts.ts'
import { addingMeeting, announcingDue, isAnyNoticeDue, readSeries, type SeriesRow } from '../store/meetings.ts'
import type { Query } from '../store/query.ts'
import type { App } from './app.ts'

/** Meetings of a series stand on the list so many days ahead. */
const AHEAD_MS = 100 * 86_400_000

/** The meetings of a series in the weeks ahead, as rows; those there already stay as they are. */
export function meetingsAhead(
  { id, club, plan, ...rule }: SeriesRow,
  calendar: Calendar,
  now: number,
): readonly Query[] {
  return occurrencesOf(rule, calendar, now, now + AHEAD_MS).map(({ day, startsAt }) =>
    addingMeeting({ id: `${id}.${day}`, club, series: id, startsAt }, plan),
  )
}

/** Every series reaches as far ahead as it should. */
export async function continueSeries(app: App): Promise<void> {
  for (const series of await readSeries(app.store, null)) {
    const writes = meetingsAhead(series, app.directory().calendar, app.now())
    if (writes.length > 0) await app.store.batch(writes)
  }
}

/** Members of a club hear of a meeting when its notice is due. */
export async function announceMeetings(app: App): Promise<void> {
  const now = app.now()
  if (await isAnyNoticeDue(app.store, now)) await app.store.batch(announcingDue(now))
}
