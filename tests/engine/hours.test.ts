import { describe, expect, test } from 'vitest'
import type { Shift } from '../../src/engine/facts.ts'
import { describePoint, deskAt } from '../../src/engine/fill.ts'
import {
  formatClock,
  formatDateTime,
  formatShifts,
  instantOf,
  localTime,
  nextOpen,
  openAt,
} from '../../src/engine/hours.ts'
import { converse, directory } from './converse.ts'

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
  ])('on the %i at %f o’clock: open %s', (day, hours, open) => expect(openAt(OFFICE, on(day, hours))).toBe(open))

  test.each([
    ['at lunch', 23, 12, '13:30 thứ Hai 23/11/2026'],
    ['before opening', 24, 0, '07:30 thứ Ba 24/11/2026'],
    ['in the evening', 23, 18, '07:30 thứ Ba 24/11/2026'],
    ['on Friday night', 27, 23.98, '07:30 thứ Bảy 28/11/2026'],
    ['over the weekend', 28, 12, '07:30 thứ Hai 30/11/2026'],
    ['while it is open', 23, 9, '13:30 thứ Hai 23/11/2026'],
  ])('the next opening %s', (_when, day, hours, next) => {
    expect(formatDateTime(nextOpen(OFFICE, on(day, hours))!)).toBe(next)
  })

  test('a point open once a week opens again in exactly a week; one without hours never', () => {
    const weekly = [shift(3, 18, 20)]
    expect(nextOpen(weekly, on(25, 18))).toBe(on(25, 18) + 7 * 86_400_000)
    expect(nextOpen([], on(25, 18))).toBeNull()
    expect(openAt([], on(25, 18))).toBe(false)
  })

  test('a shift may end at midnight, and the day after begins closed', () => {
    const late = [shift(5, 20, 24)]
    expect(openAt(late, on(27, 23.99))).toBe(true)
    expect(openAt(late, on(28, 0))).toBe(false)
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

describe('what is said about a point', () => {
  const point = directory.points[0]!

  test('is true at the minute it is read', () => {
    expect(describePoint({ ...point, shifts: OFFICE }, on(23, 9))).toContain('đang mở')
    expect(describePoint({ ...point, shifts: OFFICE }, on(28, 12))).toContain('Mở lại: 07:30 thứ Hai 30/11/2026')
    expect(describePoint({ ...point, shifts: [] }, on(23, 9))).toContain('chưa có thông tin xác nhận')
  })

  test('the desk goes by the chosen point, and promises nothing without confirmed hours', () => {
    const { state } = converse()
    const two = [
      { ...point, id: 'a', shifts: OFFICE },
      { ...point, id: 'b', shifts: [] },
    ]
    const chose = (id: string) => ({ ...state, answers: { point: { type: 'code' as const, value: id } } })
    expect(deskAt(chose('a'), { ...directory, points: two }, on(23, 9)).type).toBe('open')
    expect(deskAt(chose('b'), { ...directory, points: two }, on(23, 9)).type).toBe('unknown')
    expect(deskAt(state, { ...directory, points: two }, on(23, 18))).toEqual({ type: 'closed', nextAt: on(24, 7.5) })
  })
})
