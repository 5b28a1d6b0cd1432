import { describe, expect, test } from 'vitest'
import { afterWorkingDays, isWorkingDay } from '../../../src/engine/clock/working-days.ts'
import { dayOf, instantOf } from '../../../src/engine/hours.ts'

/** As the calendar of 2027 has it in the house's file: Tết from 5 to 11 February, here with a Saturday in exchange. */
const TET = ['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-02-09', '2027-02-10', '2027-02-11']
const CALENDAR = {
  holidays: TET.map((day) => ({ day, name: 'Tết' })),
  swaps: [{ day: '2027-02-20', like: 1 }],
}
const NONE = { holidays: [], swaps: [] }
/** The last day on which something is still in time. */
const lastDay = (from: number, count: number, calendar = CALENDAR) => dayOf(afterWorkingDays(from, count, calendar) - 1)

describe('working days', () => {
  test('are Monday to Friday, no holiday, and a Saturday that is worked in exchange', () => {
    expect(isWorkingDay('2027-02-04', CALENDAR)).toBe(true)
    expect(isWorkingDay('2027-02-05', CALENDAR)).toBe(false)
    expect(isWorkingDay('2027-02-13', CALENDAR)).toBe(false)
    expect(isWorkingDay('2027-02-20', CALENDAR)).toBe(true)
    expect(isWorkingDay('2027-02-20', NONE)).toBe(false)
  })

  test('are counted from the day after, whatever the hour', () => {
    expect(lastDay(instantOf(2026, 11, 25, 8 * 60), 1, NONE)).toBe('2026-11-26')
    expect(lastDay(instantOf(2026, 11, 25, 23 * 60 + 59), 1, NONE)).toBe('2026-11-26')
    expect(lastDay(instantOf(2026, 11, 27, 9 * 60), 1, NONE)).toBe('2026-11-30')
    expect(lastDay(instantOf(2026, 11, 28, 9 * 60), 1, NONE)).toBe('2026-11-30')
  })

  test('pass over Tết', () => {
    expect(lastDay(instantOf(2027, 2, 4, 10 * 60), 1)).toBe('2027-02-12')
    expect(lastDay(instantOf(2027, 2, 8, 10 * 60), 3)).toBe('2027-02-16')
  })

  test('count a swapped Saturday', () => {
    expect(lastDay(instantOf(2027, 2, 19, 10 * 60), 1)).toBe('2027-02-20')
    expect(lastDay(instantOf(2027, 2, 19, 10 * 60), 1, NONE)).toBe('2027-02-22')
  })

  test('end with the day in Vietnam, to the minute', () => {
    expect(afterWorkingDays(instantOf(2026, 11, 25), 1, NONE)).toBe(instantOf(2026, 11, 27))
  })
})
