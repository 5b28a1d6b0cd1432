import { describe, expect, test } from 'vitest'
import { readDate, readTime } from '../../src/engine/clock-words.ts'
import { formatClock, instantOf } from '../../src/engine/hours.ts'

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
      'ngày 15=2026-12-15|1/1=2027-01-01|24/11=2027-11-24|29/2/2028=2028-02-29|3 ngày nữa=2026-11-28'
    )
      .split('|')
      .map((pair) => pair.split('=') as [string, string]),
  )('"%s" is %s', (text, day) => expect(readDate(text, NOW)).toBe(day))

  test.each([
    '30/2',
    '30 tháng 2',
    '31/4',
    '29/2',
    '32/1',
    'một tuần nữa',
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
