import { describe, expect, test } from 'vitest'
import { readPlace } from '../../src/engine/place.ts'
import { converse, directory } from './converse.ts'

function places(text: string): readonly string[] | string {
  const found = readPlace(text, directory)
  return found.type === 'commune' ? [found.id] : found.type === 'several' ? found.communes : found.type
}

describe('a place people name', () => {
  test.each([
    ['Lóng Sập', 'long-sap-son-la'],
    ['Chiềng Khừa', 'long-sap-son-la'],
    ['Lóng Sập, Sơn La', 'long-sap-son-la'],
    ['xa long sap', 'long-sap-son-la'],
    ['Lóng Sâp, Sơn La', 'long-sap-son-la'],
    ['Chiềng Khừa, Mộc Châu', 'long-sap-son-la'],
    ['xã Giao Thủy', 'giao-thuy-ninh-binh'],
    ['em ở phường Xuân Tân thành phố Long Khánh', 'hang-gon-dong-nai'],
    ['PHƯỜNG BẮC KẠN', 'bac-kan-thai-nguyen'],
  ])('"%s" is one commune', (text, id) => expect(places(text)).toEqual([id]))

  test.each([
    ['Giao Thủy', 'giao-thuy-ninh-binh', 7],
    ['Giao Thuỷ', 'giao-thuy-ninh-binh', 7],
    ['giao thuy', 'giao-thuy-ninh-binh', 7],
    ['em ở Sông Mã', 'song-ma-son-la', 9],
    ['huyện Sông Mã', 'song-ma-son-la', 9],
    ['Bắc Kạn', 'bac-kan-thai-nguyen', 3],
    ['tp bac kan', 'bac-kan-thai-nguyen', 3],
    ['Mộc Châu', 'moc-chau-son-la', 8],
    ['Xuân Tân', 'hang-gon-dong-nai', 2],
  ])('"%s" asks which, the commune that kept the name first', (text, first, count) => {
    expect(places(text)[0]).toBe(first)
    expect(places(text)).toHaveLength(count)
  })

  test.each(['Ninh Thuận', 'ninh thuan', 'tỉnh Ninh Thuận', 'Bình Phước', 'Sơn La', 'em ở Sơn La ạ', 'Khánh Hòa'])(
    '"%s" is a province, old or new',
    (text) => expect(places(text)).toBe('province'),
  )

  test.each(['ma tuy', 'ma túy', 'Hà Nội', 'em không có mà', 'gần trường thì báo ai', 'asdf'])(
    '"%s" is no place here',
    (text) => {
      expect(places(text)).toBe('unknown')
    },
  )

  test('what has no letters names nothing', () => {
    expect(places('👍')).toBe('nothing')
    expect(places('12')).toBe('nothing')
  })

  test('every commune is found by its own name and province, with and without marks', () => {
    const bare = (text: string) =>
      text
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .replaceAll('đ', 'd')
        .replaceAll('Đ', 'D')
    for (const { id, name, province } of directory.communes) {
      for (const text of [name, `${name}, ${province}`, bare(name), bare(`${name}, ${province}`).toLowerCase()])
        expect([text, places(text)]).toEqual([text, expect.arrayContaining([id])])
    }
  })
})

describe('the question for a place', () => {
  test('a province leads to the question for the commune, not to "unknown"', () => {
    const talk = converse().send('tìm điểm').send('Ninh Thuận')
    expect(talk.said).toEqual(['diem-tu-van.hoi-xa.lai', 'diem-tu-van.hoi-xa'])
    expect(talk.send('Phan Rang').said).toContain('he-thong.nhieu-noi')
  })

  test('a place nobody knows, and "all of them", take an earlier commune away', () => {
    for (const text of ['Hà Nội', 'xem tất cả']) {
      const talk = converse().send('tìm điểm').send('Lóng Sập').send('xã khác').send(text)
      expect(talk.said).toContain('diem-tu-van.chon-tat-ca')
      expect(talk.options).toContain('mau-phan-rang')
    }
  })

  test('where points are listed, a place or a part of a name chooses the point, shown or not', () => {
    for (const text of ['Giao Thủy', 'giao thuy', 'điểm tư vấn Giao Thủy', 'Giao Minh']) {
      const talk = converse().send('tìm điểm').send('tất cả').send(text)
      expect(talk.said[0]).toBe('diem-tu-van.hien')
    }
    expect(converse().send('tìm điểm').send('tất cả').send('điểm tư vấn').said).not.toContain('diem-tu-van.hien')
  })

  test('"another commune" is no commune', () => {
    for (const text of ['xã khác', 'xa khac', 'nơi khác ạ', 'tìm xã khác']) {
      const talk = converse().send('tìm điểm').send('Mộc Châu').send(text)
      expect(talk.said[0]).toBe('diem-tu-van.hoi-xa.lai')
      expect(talk.send('Lóng Sập').said).toContain('diem-tu-van.chon')
    }
  })

  test('another question in between is heard', () => {
    const talk = converse().send('tìm điểm').send('bóng cười có bị cấm không')
    expect(talk.said).toContain('topic.ve-bong-cuoi.card')
    expect(talk.send('thôi').said).toContain('diem-tu-van.hoi-xa')
  })
})
