import { expect, test } from 'vitest'
import { segments as inBrowser } from '../../src/web/assets/chat.js'
import { clock, segments } from '../../src/web/pages/line-text.ts'

const CALLED: readonly [string, readonly string[]][] = [
  ['Gọi 115 ngay.', ['115']],
  ['115', ['115']],
  ['113, 114, 115 hoặc 111.', ['113', '114', '115', '111']],
  ['113/115', ['113', '115']],
  ['113 114', ['113', '114']],
  ['(115)', ['115']],
  ['Gọi **115** hoặc **bấm 113 ngay**', ['115', '113']],
  ['số 111: trẻ em', ['111']],
  ['Giá 115.000 đồng', []],
  ['115 nghìn', []],
  ['115 người', []],
  ['Điều 113 và khoản 111', []],
  ['Luật 113/2025', []],
  ['0912 113 115', []],
  ['11:30, 1150, 2115, B115, 115mg, 115%', []],
  ['ngày 11/5', []],
]

test.each(CALLED)('in "%s" calls %j, on the server and in the browser alike', (text, numbers) => {
  const found = segments(text, true)
  expect(found.filter((segment) => segment.call).map((segment) => segment.text)).toEqual(numbers)
  expect(found.map((segment) => segment.text).join('')).toBe(text.replaceAll('**', ''))
  expect(inBrowser(text, true)).toEqual(found)
})

test('reads no markup in what a person typed', () => {
  expect(segments('**115**', false)).toEqual(inBrowser('**115**', false))
  expect(segments('**đậm**', false)).toEqual([{ text: '**đậm**', bold: false, call: false }])
})

test('shows the time of Vietnam, with the day when it is another one', () => {
  const at = Date.UTC(2026, 10, 20, 17, 5)
  expect(clock(at, at)).toBe('00:05')
  expect(clock(at, at + 24 * 3_600_000)).toBe('00:05 21/11/2026')
})
