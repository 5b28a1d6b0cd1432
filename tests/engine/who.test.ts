import { describe, expect, test } from 'vitest'
import { assess } from '../../src/engine/safety/assess.ts'
import { fold } from '../../src/engine/text.ts'
import { book } from './converse.ts'

/** Whoever writes of themselves must not be told how to lay somebody else on the side. */
describe('the card speaks to the one it must', () => {
  const self = [
    'bạn em rủ em chơi thử một viên, giờ tim em đập nhanh quá',
    'bạn trai em cho em uống viên gì mà giờ em khó thở',
    'em đi bay với bạn em xong giờ em khó thở quá',
    'em ở nhà bạn em, uống 2 viên kẹo giờ buồn nôn tim đập loạn',
    'chồng em đang đánh em',
    'bạn con rủ con chơi thử, giờ tim con đập nhanh quá',
    'chơi đá xong tim đập loạn quá',
    'chồng em không chịu đi cai còn đánh em',
    'em gái em rủ em uống viên lạ, giờ em khó thở',
    'ba em cho em uống ba viên thuốc, giờ em khó thở',
    'em mới cãi nhau với mẹ xong uống hết vỉ thuốc ngủ rồi',
  ]
  const other = [
    'bạn em rủ em chơi đá, giờ nó nằm im không dậy',
    'bạn em rủ em chơi, giờ bạn em khó thở',
    'em với bạn em chơi đồ, bạn em co giật',
    'em đang ở với chồng em, ảnh nằm im môi tím',
    'em đang ở nhà với mẹ em, mẹ khó thở quá',
    'bạn em kêu khó thở, em sợ quá',
    'vợ em cho con uống nhầm thuốc, giờ con khó thở',
    'mẹ em nằm im không dậy',
    'môi tím ngắt, gọi không dậy',
  ]
  const amid = 'hôm nay trời mưa to quá, em đi chợ mua ít rau với cá về nấu canh chua cho cả nhà ăn, mai mới đi làm lại'
  const ways = (texts: readonly string[]) => texts.flatMap((text) => [text, fold(text)])

  test.each(ways(self))('"%s": whoever writes', (text) => {
    expect(assess(book, text)).toMatchObject({ level: 'emergency', who: 'self' })
  })
  test.each(ways(other))('"%s": somebody beside them', (text) => {
    expect(assess(book, text)).toMatchObject({ level: 'emergency', who: 'other' })
  })

  test.each(['con em mất tích rồi', 'bé nhà em mất tích từ chiều'])('"%s", a call for help: the parent', (text) => {
    expect(assess(book, text)).toMatchObject({ level: 'emergency', reason: 'child', who: 'other' })
  })

  test('amid much else it is told by the part that tells of it', () => {
    expect(assess(book, `${amid}. bạn em nằm im gọi không dậy`)).toMatchObject({ level: 'emergency', who: 'other' })
    expect(assess(book, `bạn em rủ em qua chơi hồi sáng. ${amid}. em khó thở quá`)).toMatchObject({ who: 'self' })
  })

  test('and is no nearer for it: only who it is about is learnt', () => {
    const { whose, ...plain } = book
    for (const text of [...ways(self), ...ways(other)]) {
      const { who, ...heard } = assess(book, text)
      expect(assess(plain, text), text).toMatchObject(heard)
    }
    expect(assess(plain, 'chơi đá xong tim đập loạn quá').who).toBe('self')
  })
})
