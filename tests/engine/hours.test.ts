import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Calendar, EMPTY_CALENDAR, type Hours, type Shift } from '../../src/engine/facts.ts'
import { describePoint, deskAt } from '../../src/engine/fill.ts'
import {
  afterWorking,
  formatClock,
  formatDateTime,
  formatShifts,
  instantOf,
  localTime,
  nextOpen,
  openAt,
} from '../../src/engine/hours.ts'
import { converse, directory } from './converse.ts'

const NONE = EMPTY_CALENDAR
const shift = (weekday: number, from: number, to: number): Shift => ({ weekday, from: from * 60, to: to * 60 })
/** Monday to Friday with a lunch break, and Saturday morning. */
const OFFICE = [...[1, 2, 3, 4, 5].flatMap((d) => [shift(d, 7.5, 11.5), shift(d, 13.5, 17)]), shift(6, 7.5, 11.5)]
/** In November 2026: 23 is a Monday, 27 a Friday. */
const on = (day: number, hours: number) => instantOf(2026, 11, day, Math.round(hours * 60))

describe('opening hours', () => {
  test.each([
    [23, 7.5, true],
    [23, 11.49, true],
    [23, 11.5, false],
    [23, 12, false],
    [23, 13.5, true],
    [23, 17, false],
    [28, 9, true],
    [28, 14, false],
    [29, 9, false],
  ])('on the %i at %f o’clock: open %s', (day, hours, open) =>
    expect(openAt({ shifts: OFFICE }, NONE, on(day, hours))).toBe(open),
  )

  test.each([
    ['at lunch', 23, 12, '13:30 thứ Hai 23/11/2026'],
    ['before opening', 24, 0, '07:30 thứ Ba 24/11/2026'],
    ['in the evening', 23, 18, '07:30 thứ Ba 24/11/2026'],
    ['on Friday night', 27, 23.98, '07:30 thứ Bảy 28/11/2026'],
    ['over the weekend', 28, 12, '07:30 thứ Hai 30/11/2026'],
    ['while it is open', 23, 9, '13:30 thứ Hai 23/11/2026'],
  ])('the next opening %s', (_when, day, hours, next) => {
    expect(formatDateTime(nextOpen({ shifts: OFFICE }, NONE, on(day, hours))!)).toBe(next)
  })

  test('a point open once a week opens again in exactly a week; one without hours never', () => {
    const weekly = [shift(3, 18, 20)]
    expect(nextOpen({ shifts: weekly }, NONE, on(25, 18))).toBe(on(25, 18) + 7 * 86_400_000)
    expect(nextOpen({ shifts: [] }, NONE, on(25, 18))).toBeNull()
    expect(openAt({ shifts: [] }, NONE, on(25, 18))).toBe(false)
  })

  test('a shift may end at midnight, and the day after begins closed', () => {
    const late = [shift(5, 20, 24)]
    expect(openAt({ shifts: late }, NONE, on(27, 23.99))).toBe(true)
    expect(openAt({ shifts: late }, NONE, on(28, 0))).toBe(false)
  })

  test('are written as people write them', () => {
    expect(formatShifts(OFFICE)).toBe('Thứ Hai – thứ Sáu: 07:30–11:30, 13:30–17:00\nThứ Bảy: 07:30–11:30')
    expect(formatShifts([shift(7, 8, 9), shift(1, 8, 9), shift(3, 8, 9)])).toBe(
      'Thứ Hai: 08:00–09:00\nThứ Tư: 08:00–09:00\nChủ nhật: 08:00–09:00',
    )
    expect(formatShifts([])).toBe('')
    expect(formatClock(0)).toBe('00:00')
    expect(localTime(on(29, 23.99))).toMatchObject({ weekday: 7, day: 29, month: 11, minutes: 23 * 60 + 59 })
  })
})

describe('days that differ', () => {
  /** Tuesday the 24th is free, Saturday the 28th is worked like a Tuesday. */
  const calendar: Calendar = {
    holidays: [{ day: '2026-11-24', name: 'ngày lễ' }],
    swaps: [{ day: '2026-11-28', like: 2 }],
  }
  const office: Hours = { shifts: OFFICE }

  test('nobody is there on a public holiday, and the next opening is the day after', () => {
    expect(openAt(office, calendar, on(24, 9))).toBe(false)
    expect(formatDateTime(nextOpen(office, calendar, on(23, 18))!)).toBe('07:30 thứ Tư 25/11/2026')
  })

  test('a day worked in exchange has the hours of the other day', () => {
    expect(openAt(office, NONE, on(28, 15))).toBe(false)
    expect(openAt(office, calendar, on(28, 15))).toBe(true)
  })

  test('a point’s own day comes before the holidays of the country and before its week', () => {
    const own: Hours = {
      shifts: OFFICE,
      exceptions: [
        { day: '2026-11-24', hours: [{ from: 8 * 60, to: 10 * 60 }] },
        { day: '2026-11-25', hours: [] },
      ],
    }
    expect(openAt(own, calendar, on(24, 9))).toBe(true)
    expect(openAt(own, calendar, on(24, 10))).toBe(false)
    expect(openAt(own, calendar, on(25, 9))).toBe(false)
  })

  test('the days around Tết are closed, and the way over them is found', () => {
    const at = instantOf(2027, 2, 4, 18 * 60)
    expect(openAt(office, directory.calendar, instantOf(2027, 2, 8, 9 * 60))).toBe(false)
    expect(formatDateTime(nextOpen(office, directory.calendar, at)!)).toBe('07:30 thứ Sáu 12/2/2027')
  })

  test.each([
    ['within a shift', 23, 9, 60, 23, 10],
    ['over lunch', 23, 11, 60, 23, 14],
    ['from the evening', 23, 18, 0, 25, 7.5],
    ['over a holiday', 23, 16.5, 60, 25, 8],
    ['to the very end of a shift is the next one’s beginning', 23, 11, 30, 23, 13.5],
  ])('working minutes %s', (_what, day, hour, minutes, thenDay, thenHour) => {
    expect(afterWorking([office], calendar, on(day, hour), minutes)).toBe(on(thenDay, thenHour))
  })

  test('minutes of points whose hours overlap count once; where nobody works there is no such time', () => {
    const late: Hours = { shifts: [shift(1, 10, 20)] }
    expect(afterWorking([office, late], calendar, on(23, 9), 120)).toBe(on(23, 11))
    expect(afterWorking([office, late], calendar, on(23, 11), 60)).toBe(on(23, 12))
    expect(afterWorking([], calendar, on(23, 9), 1)).toBeNull()
    expect(afterWorking([{ shifts: [] }], calendar, on(23, 9), 1)).toBeNull()
  })

  test('working time never runs backwards, ends in an opening, and adds up', () => {
    const minutes = fc.integer({ min: 0, max: 3_000 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 * 1440 }), minutes, minutes, (start, a, b) => {
        const at = instantOf(2026, 11, 16, start)
        const first = afterWorking([office], calendar, at, a)!
        expect(first).toBeGreaterThanOrEqual(at)
        expect(openAt(office, calendar, first)).toBe(true)
        expect(afterWorking([office], calendar, first, b)).toBe(afterWorking([office], calendar, at, a + b))
      }),
    )
  })
})

describe('what is said about a point', () => {
  const point = directory.points[0]!

  test('is true at the minute it is read', () => {
    expect(describePoint({ ...point, shifts: OFFICE }, NONE, on(23, 9))).toContain('đang mở')
    expect(describePoint({ ...point, shifts: OFFICE }, NONE, on(28, 12))).toContain('Mở lại: 07:30 thứ Hai 30/11/2026')
    expect(describePoint({ ...point, shifts: [] }, NONE, on(23, 9))).toContain('chưa có thông tin xác nhận')
  })

  test('the desk goes by the chosen point, and promises nothing without confirmed hours', () => {
    const { state } = converse()
    const two = [
      { ...point, id: 'a', shifts: OFFICE },
      { ...point, id: 'b', shifts: [] },
    ]
    const chose = (id: string) => ({ ...state, answers: { point: { type: 'code' as const, value: id } } })
    expect(deskAt(chose('a'), { ...directory, calendar: NONE, points: two }, on(23, 9)).type).toBe('open')
    expect(deskAt(chose('b'), { ...directory, calendar: NONE, points: two }, on(23, 9)).type).toBe('unknown')
    expect(deskAt(state, { ...directory, calendar: NONE, points: two }, on(23, 18))).toEqual({
      type: 'closed',
      nextAt: on(24, 7.5),
    })
  })
})
