import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CourseEnd } from '../../src/engine/courses/reading.ts'
import type { Event } from '../../src/engine/event.ts'
import { courseCount } from '../../src/store/course-tables.ts'
import { courseCounts } from '../../src/store/courses.ts'
import type { Vault } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'
import type { Opened } from './contract.ts'
import { allOf, happens, NOW } from './turns.ts'

/** What every engine of the house promises about courses. */
export function keepsTheCourseContract(open: () => Promise<Opened>): void {
  let opened: Opened
  let store: Store
  let vault: Vault
  beforeEach(async () => {
    opened = await open()
    store = opened.store
    vault = opened.vault
  })
  afterEach(() => opened.close())

  const does = (contact: string, events: readonly Event[]) => happens({ store, vault }, contact, events)
  const started = (course: string, at = NOW): Event => ({
    ...{ type: 'course_started', course, lesson: `${course}-1`, pace: 'moi-ngay', minutes: 480, nextAt: at, at },
  })
  const ended = (course: string, how: CourseEnd, at = NOW): Event => ({ type: 'course_ended', course, how, at })
  const months = (from = '2026-11', to = '2026-12') => courseCounts(store, from, to)

  it('counts what was begun and read to its end, by month in Vietnam and course', async () => {
    await does('an', [started('giu-nhip'), ended('giu-nhip', 'finished')])
    await does('binh', [started('giu-nhip')])
    await does('chi', [started('nguoi-nha')])
    // 30 November, 18:00 in London: already December here.
    await does('an', [started('giu-nhip', Date.UTC(2026, 10, 30, 18, 0))])
    expect(await months('2026-11', '2026-11')).toEqual([
      { course: 'giu-nhip', started: 2, finished: 1 },
      { course: 'nguoi-nha', started: 1, finished: 0 },
    ])
    expect(await months()).toMatchObject([{ course: 'giu-nhip', started: 3, finished: 1 }, { started: 1 }])
    expect(await months('2027-01', '2027-02')).toEqual([])
  })

  it('counts nowhere that a course was left, changed for another, or went', async () => {
    await does('an', [started('giu-nhip')])
    for (const how of ['left', 'changed', 'gone', 'expired'] as const) await does('an', [ended('giu-nhip', how)])
    expect(await months()).toEqual([{ course: 'giu-nhip', started: 1, finished: 0 }])
  })

  it('keeps nothing in the counts that leads to a person, before or after they are erased', async () => {
    await does('an', [started('giu-nhip')])
    const before = await allOf(store, courseCount)
    expect(before).toEqual([{ month: '2026-11', course: 'giu-nhip', started: 1, finished: 0 }])
    await does('an', [{ type: 'contact_erased', receipt: null }])
    expect(await allOf(store, courseCount)).toEqual(before)
  })
}
