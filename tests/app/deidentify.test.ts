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
    ['lúc 22h30 hoặc 9 giờ tối, đã 2 giờ rồi', 'lúc [giờ] hoặc [giờ] tối, đã 2 giờ rồi'],
    ['gọi ０９１２ ３４５ ６７８ đi', 'gọi [số] đi'],
    ['số em 09, 12, 34, 56, 78', 'số em [số]'],
    ['số em không chín một hai ba bốn', 'số em [số]'],
    ['zalo: namchieng nhé', 'zalo: [liên kết] nhé'],
    ['vào fb.com/nam hoặc nam_mc', 'vào [liên kết] hoặc [liên kết]'],
    ['uống hai ba viên, một mình, không ai biết', 'uống hai ba viên, một mình, không ai biết'],
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

  test.each([
    '０９１２３４５６７８',
    '09, 12, 34, 56, 78',
    '0\u200b9\u200b1\u200b2\u200b3\u200b4',
    '(09) 12 / 34 / 56',
    'không chín một hai ba bốn năm sáu',
    'khong chin mot hai ba bon',
    'nam_mc',
    'zalo là namchieng',
    't.me/nam',
  ])('may not leave with %s in it, whoever typed it back', (text) => {
    expect(isTelling(`gọi ${text} nhé`)).toBe(true)
  })

  test('may leave with the doses and the days that say how grave it is', () => {
    for (const text of ['uống 20 viên rồi, nằm 2 giờ', 'hai ba hôm nay không ngủ', 'em 17 tuổi, 3 ngày không ăn'])
      expect([text, isTelling(text)]).toEqual([text, false])
  })

  test('is done with a long one in one pass', () => {
    const long = 'em là Nam ở xã Chiềng Hắc 0912345678 '.repeat(3_000)
    expect(deidentify(long)).not.toMatch(/Nam|Chiềng|0912/)
  })
})
