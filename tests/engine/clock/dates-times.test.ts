import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAge } from '../../../src/engine/clock/age.ts'
import { iso, readDate } from '../../../src/engine/clock/dates.ts'
import { nextLunar } from '../../../src/engine/clock/lunar.ts'
import { readNumber } from '../../../src/engine/clock/numbers.ts'
import { readTime } from '../../../src/engine/clock/times.ts'
import { readWhen } from '../../../src/engine/clock/when.ts'
import { formatClock, instantOf, localTime } from '../../../src/engine/hours.ts'

/** Wednesday 25/11/2026, 10:00. */
const NOW = instantOf(2026, 11, 25, 600)

describe('a time of day', () => {
  test.each(
    (
      '14:30=14:30|14.30=14:30|14h30=14:30|2h=14:00|2 giờ rưỡi chiều=14:30|2 rưỡi chiều=14:30|ba rưỡi=15:30|7 giờ kém 15=06:45|' +
      '1 giờ kém 15=12:45|8 giờ kém năm=07:55|7h30=07:30|19h30p=19:30|7g=07:00|10 giờ 5 phút=10:05|bảy giờ ba mươi=07:30|' +
      'mười một giờ=11:00|mười hai giờ trưa=12:00|mười giờ rưỡi=10:30|hai giờ chiều=14:00|sáu giờ sáng=06:00|9h sáng=09:00|' +
      'tối 7h=19:00|7 giờ tối=19:00|7pm=19:00|1h trưa=13:00|11h đêm=23:00|12 giờ đêm=00:00|1 giờ đêm=01:00|0h=00:00|24h=00:00|' +
      'gọi cho tôi lúc 7h=07:00|goi cho toi luc 7h=07:00|sau 7h toi=19:00|khoảng 8h=08:00|9=09:00'
    )
      .split('|')
      .map((pair) => pair.split('=') as [string, string]),
  )('"%s" is %s', (text, clock) => {
    const minutes = readTime(text)
    expect(minutes === null ? null : formatClock(minutes)).toBe(clock)
  })

  test.each(['25h', '14:75', 'asdf', '0912345678', '', 'sáng', '👍'])('"%s" is no time', (text) =>
    expect(readTime(text)).toBeNull(),
  )
})

describe('a date', () => {
  test.each(
    (
      'hôm nay=2026-11-25|tối nay=2026-11-25|mai=2026-11-26|sáng mai=2026-11-26|mốt=2026-11-27|ngày kia=2026-11-27|' +
      'thứ 6=2026-11-27|thu sau=2026-11-27|t7=2026-11-28|chủ nhật=2026-11-29|thứ hai này=2026-11-30|thứ 4=2026-12-02|' +
      'thứ 4 tuần này=2026-11-25|thứ 6 tuần sau=2026-12-04|thu 6 tuan toi=2026-12-04|cn tuần sau=2026-12-06|30/11=2026-11-30|' +
      '30-11=2026-11-30|30.11.2026=2026-11-30|30/11/26=2026-11-30|ngày 5 tháng 12=2026-12-05|mùng 5=2026-12-05|ngày 26=2026-11-26|' +
      'ngày 15=2026-12-15|1/1=2027-01-01|24/11=2027-11-24|25/12 25h=2026-12-25|25/12 26 giờ=2026-12-25|29/2/2028=2028-02-29|3 ngày nữa=2026-11-28|' +
      'ba hôm nữa=2026-11-28|hai tuần nữa=2026-12-09|một tuần nữa=2026-12-02|5 tây=2026-12-05|hôm 28=2026-11-28|ngày mùng năm=2026-12-05|' +
      'cuối tuần=2026-11-28|đầu tuần sau=2026-11-30|giữa tuần sau=2026-12-02|cuối tháng=2026-11-30|đầu tháng sau=2026-12-01|' +
      'ngày 10 tháng sau=2026-12-10|tháng sau ngày 10=2026-12-10|chủ nhật này=2026-11-29|thứ tư tuần sau=2026-12-02|' +
      'ngày hai mươi mốt tháng mười hai=2026-12-21|ngay 30 thang tu=2027-04-30|sang thu 7=2026-11-28|mơi=2026-11-26'
    )
      .split('|')
      .map((pair) => pair.split('=') as [string, string]),
  )('"%s" is %s', (text, day) => expect(readDate(text, NOW)).toBe(day))

  test.each([
    '30/2',
    '30 tháng 2',
    '31/4',
    'hôm kia',
    'hôm qua',
    'tuần trước',
    'cái đó mãi mới được',
    '29/2',
    '32/1',
    'tuần này',
    'năm nay',
    'tháng một',
    'asdf',
    '',
  ])('"%s" is refused', (text) => expect(readDate(text, NOW)).toBeNull())

  test('a day is read by the clock in Vietnam, also just after its midnight', () => {
    expect(readDate('hôm nay', instantOf(2026, 12, 1, 1))).toBe('2026-12-01')
    expect(readDate('mai', instantOf(2026, 12, 31, 23 * 60 + 59))).toBe('2027-01-01')
  })
})

describe('a day of the moon calendar', () => {
  test.each([
    ['mùng 3 Tết', '2027-02-08'],
    ['mung 3 tet', '2027-02-08'],
    ['mồng 5 tháng giêng', '2027-02-10'],
    ['rằm tháng 7', '2027-08-16'],
    ['rằm tháng giêng', '2027-02-20'],
    ['23 tháng chạp âm lịch', null],
    ['ngày 23 tháng chạp', '2027-01-30'],
    ['ngày 10 tháng 3 âm lịch', '2027-04-16'],
    ['giao thừa', '2027-02-05'],
    ['30 Tết', '2027-02-05'],
  ])('"%s" is %s and says that it is of the moon', (text, day) => {
    const when = readWhen(text, NOW)
    expect(when?.date ?? null).toBe(day)
    if (day !== null) expect(when?.lunar).toBe(true)
  })

  /** Tết as the Vietnamese calendar has it: 2007 and 2030 differ from the Chinese one. */
  test.each([
    [2007, '17/2'], [2020, '25/1'], [2021, '12/2'], [2022, '1/2'], [2023, '22/1'], [2024, '10/2'], [2025, '29/1'],
    [2026, '17/2'], [2027, '6/2'], [2028, '26/1'], [2029, '13/2'], [2030, '2/2'], [2031, '23/1'], [2032, '11/2'],
    [2033, '31/1'], [2034, '19/2'], [2035, '8/2'],
  ])('Tết of %i is on %s', (year, day) => {
    const at = localTime(nextLunar(1, 1, instantOf(year, 1, 1))!)
    expect(`${at.day}/${at.month}`).toBe(day)
  }) // biome-ignore format: a table

  test('a month of 29 days has no thirtieth', () => {
    const days = Array.from({ length: 12 }, (_, i) => nextLunar(30, i + 1, NOW))
    expect(days.some((at) => at === null || localTime(at).year > 2027)).toBe(true)
  })
})

describe('a day and a time together', () => {
  test.each([
    ['thứ 6 tuần sau 2 rưỡi chiều', '2026-12-04', 870],
    ['thu 6 tuan sau 2 ruoi chieu', '2026-12-04', 870],
    ['mai 9h', '2026-11-26', 540],
    ['9h sáng mai', '2026-11-26', 540],
    ['30/4 lúc 8 giờ rưỡi', '2027-04-30', 510],
    ['chiều thứ 2 lúc 3h', '2026-11-30', 900],
    ['mùng 3 Tết 10h sáng', '2027-02-08', 600],
    ['nửa đêm', null, 0],
    ['thứ năm', '2026-11-26', null],
  ])('"%s"', (text, date, time) => expect(readWhen(text, NOW)).toMatchObject({ date, time }))

  test.each(['', 'chưa biết', 'để em xem đã', 'sau giờ làm'])('"%s" is neither', (text) =>
    expect(readWhen(text, NOW)).toBeNull(),
  )
})

describe('a correction is a correction', () => {
  test.each([
    ['ngày 4 à nhầm, ngày 5', '2026-12-05'],
    ['à nhầm, ngày 5', '2026-12-05'],
    ['không phải thứ 5, thứ 6 cơ', '2026-11-27'],
    ['thứ 6 chứ không phải thứ 5', '2026-11-27'],
    ['mai, à không, mốt', '2026-11-27'],
  ])('"%s" is %s', (text, day) => expect(readDate(text, NOW)).toBe(day))

  test('of the time alone keeps the day', () => {
    expect(readWhen('mai 8h à không 9h', NOW)).toEqual({ date: '2026-11-26', time: 540, lunar: false, corrected: true })
  })
})

describe('numbers in words', () => {
  test.each([
    ['hai', 2], ['hai mươi mốt', 21], ['hai muoi mot', 21], ['ba trăm linh năm', 305], ['mười lăm', 15],
    ['ba chục', 30], ['hai trăm rưỡi', 250], ['năm trăm nghìn', 500_000], ['2tr', 2_000_000], ['10k', 10_000],
    ['một triệu rưỡi', 1_500_000], ['hai triệu ba trăm nghìn', 2_300_000], ['khoảng ba lần ạ', 3], ['khoảng 3 lần', 3],
    ['dạ bốn', 4], ['tư', 4], ['bà', null], ['hai hoặc ba lần', null], ['em có ba', null],
  ])('"%s" is %s', (text, value) => expect(readNumber(text as string)).toBe(value)) // biome-ignore format: a table
})

describe('an age', () => {
  test.each([
    ['em 17', 17], ['17t', 17], ['em 17 tuổi', 17], ['mười bảy tuổi', 17], ['sinh năm 2008', 18], ['2k8', 18],
    ['cháu 12 tuổi, ba con đánh con', 12], ['lớp 11', null], ['em 0912345678', null], ['', null],
  ])('"%s" is %s', (text, years) => expect(readAge(text as string, NOW)).toBe(years)) // biome-ignore format: a table
})

describe('whatever is typed', () => {
  const days = fc.integer({ min: 1, max: 364 }).map((ahead) => instantOf(2026, 11, 25 + ahead))
  test('a day in any of its spellings is that day', () => {
    fc.assert(
      fc.property(days, (at) => {
        const { day, month, year } = localTime(at)
        const spelled = [
          `${day}/${month}`, `${day}-${month}`, `${day}.${month}.${year}`, `ngày ${day} tháng ${month}`,
          `ngay ${day} thang ${month} nam ${year}`, `${day}/${month}/${year % 100}`, `hôm ${day}/${month}`,
          `em đến ngày ${day}/${month} nhé`, `à nhầm ngày ${day} tháng ${month}`, `${day} tháng ${month} ạ`,
        ] // biome-ignore format: a table
        for (const text of spelled) expect([text, readDate(text, NOW)]).toEqual([text, iso(at)])
      }),
    )
  })

  test('nothing throws, and a long text costs no more than its beginning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 250 }), (text) => {
        for (const read of [readWhen, readAge, readDate]) read(text, NOW)
        readNumber(text)
      }),
    )
    expect(readWhen(`${'ngày mai không phải '.repeat(6_000)}`, NOW)?.corrected ?? false).toBe(false)
  })
})
