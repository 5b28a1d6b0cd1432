import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deidentify, isTelling } from '../../src/app/deidentify.ts'

describe('a line on its way out of the house', () => {
  test.each([
    ['gọi em 0912 345 678 hoặc 024.3733.2222', 'gọi em [số] hoặc [số]'],
    ['em tên là Nguyễn Văn Nam ở xã Chiềng Hắc', 'em tên là [tên] ở xã [nơi]'],
    ['em là nam, nhắn @nam_mc nhé', 'em là [tên], nhắn [liên kết] nhé'],
    ['hôm 21/11/2026 ở bản Áng, nhà anh Tuấn', 'hôm [ngày] ở bản [nơi], nhà anh [tên]'],
    ['xem https://fb.com/nam ngay', 'xem [liên kết] ngay'],
    ['Em không muốn sống nữa. Chắc tối nay', 'Em không muốn sống nữa. Chắc tối nay'],
    ['bạn em chơi thuốc xong gọi ko tỉnh, môi tím', 'bạn em chơi thuốc xong gọi ko tỉnh, môi tím'],
    ['em bị HIV 2 năm rồi', 'em bị HIV 2 năm rồi'],
  ])('%s becomes %s', (before, after) => {
    expect(deidentify(before)).toBe(after)
  })

  test('holds no telephone, however it is written and whatever stands around it', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 11 })
    const gaps = fc.constantFrom('', ' ', '.', '-')
    fc.assert(
      fc.property(fc.string(), digits, gaps, fc.string(), (before, number, gap, after) => {
        const phone = number.join(gap)
        const out = deidentify(`${before} ${phone} ${after}`)
        expect(out).not.toContain(phone)
        expect(isTelling(phone)).toBe(true)
      }),
    )
  })

  test('is done with a long one in one pass', () => {
    const long = 'em là Nam ở xã Chiềng Hắc 0912345678 '.repeat(3_000)
    expect(deidentify(long)).not.toMatch(/Nam|Chiềng|0912/)
  })
})
