import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDays, readSpans, readWeek, showDays, showSpans, showWeek } from '../../src/web/hours-form.ts'

const at = (hour: number, minute = 0) => hour * 60 + minute

describe('hours as people type them', () => {
  test.each([
    ['07:30-11:30, 13:30-17:00', [at(7, 30), at(11, 30), at(13, 30), at(17)]],
    ['7h30 – 11h30; 13h30–17h', [at(7, 30), at(11, 30), at(13, 30), at(17)]],
    ['8 đến 11 và 14-16.30', [at(8), at(11), at(14), at(16, 30)]],
    ['20:00-24:00', [at(20), at(24)]],
    ['', []],
  ])('“%s”', (text, wanted) => {
    const spans = readSpans(text)
    expect('value' in spans && spans.value.flatMap(({ from, to }) => [from, to])).toEqual(wanted)
  })

  test.each(['sáng', '7:30', '11:30-7:30', '8-25', '8:70-9', '8-10, 9-11', '22:00-02:00'])(
    '“%s” is refused with words, not guessed',
    (text) => expect(readSpans(text)).toEqual({ problem: expect.any(String) }),
  )

  test('days of one’s own are days that exist, each once', () => {
    expect(readDays('24/12/2026: nghỉ\n\n 5.1.2027 08:00-11:00')).toEqual({
      value: [
        { day: '2026-12-24', hours: [] },
        { day: '2027-01-05', hours: [{ from: at(8), to: at(11) }] },
      ],
    })
    for (const text of ['30/2/2027: nghỉ', 'mai nghỉ', '1/1/2027: nghỉ\n01/01/2027: nghỉ', '1/1/2027: sáng'])
      expect(readDays(text)).toEqual({ problem: expect.any(String) })
  })

  test('what is shown is read back as the same', () => {
    const span = fc
      .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 400 }))
      .map(([from, length]) => ({ from, to: Math.min(1440, from + length) }))
    const shifts = fc.array(span, { maxLength: 7 }).map((spans) => spans.map((one, i) => ({ weekday: i + 1, ...one })))
    fc.assert(
      fc.property(shifts, (week) => {
        expect(readWeek(showWeek(week))).toEqual({ value: week })
      }),
    )
    fc.assert(
      fc.property(span, (one) => {
        expect(readSpans(showSpans([one]))).toEqual({ value: [one] })
      }),
    )
    const day = fc
      .integer({ min: 0, max: 3_000 })
      .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
    fc.assert(
      fc.property(fc.uniqueArray(day, { maxLength: 5 }), span, (days, one) => {
        const own = days.sort().map((each, i) => ({ day: each, hours: i % 2 === 0 ? [] : [one] }))
        expect(readDays(showDays(own))).toEqual({ value: own })
      }),
    )
  })
})
