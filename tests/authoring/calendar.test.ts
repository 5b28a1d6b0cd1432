import Holidays from 'date-holidays'
import { expect, test } from 'vitest'
import { load } from '../../src/authoring/load.ts'
import { readAuthored } from '../../src/cli/files.ts'

const loaded = load(readAuthored())
if ('problems' in loaded) throw new Error('the book has problems')
const days = loaded.directory.calendar.holidays.map(({ day }) => day)

/** The public holidays of a year by a library that computes the lunar ones; a row of days is spelled out. */
function computed(year: number): readonly string[] {
  return new Holidays('VN')
    .getHolidays(year)
    .filter(({ type }) => type === 'public')
    .flatMap(({ date, start, end }) => {
      const count = Math.round((end.getTime() - start.getTime()) / 86_400_000)
      const first = Date.parse(date.slice(0, 10))
      return Array.from({ length: count }, (_, i) => new Date(first + i * 86_400_000).toISOString().slice(0, 10))
    })
}

test.each([2027])('every public holiday of %i that can be computed is in the calendar, Tết and Giỗ Tổ too', (year) => {
  const expected = computed(year)
  expect(expected).toContain('2027-02-06')
  expect(expected).toContain('2027-04-16')
  expect(days).toEqual(expect.arrayContaining([...new Set(expected)]))
})

test('a holiday that falls on a weekend is made up for on a working day after it', () => {
  const weekend = days.filter((day) => [0, 6].includes(new Date(day).getUTCDay()) && day.startsWith('2027'))
  const workdaysOff = (from: string) =>
    days.filter((day) => day > from && Date.parse(day) - Date.parse(from) <= 7 * 86_400_000)
  expect(weekend.length).toBeGreaterThan(0)
  for (const day of weekend) expect(workdaysOff(day).length, day).toBeGreaterThan(0)
})
