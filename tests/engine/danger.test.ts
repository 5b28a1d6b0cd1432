import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assess } from '../../src/engine/safety/assess.ts'
import { fold } from '../../src/engine/text.ts'
import { book, converse, kinds } from './converse.ts'

const reason = (text: string) => {
  const { level, reason } = assess(book, text)
  return level === 'emergency' || level === 'urgent' ? reason : null
}

/** Ways of saying it that stand in no list as they are. */
describe('a danger told in somebody’s own words is heard', () => {
  test.each([
    ['em bị chồng đánh hoài', 'violence'],
    ['chồng tui nó lại đánh tui nữa', 'violence'],
    ['no danh em chay mau', 'violence'],
    ['vợ em bị bố chồng đánh', 'violence'],
    ['tối nào ảnh cũng đánh em', 'violence'],
    ['toi bi chong danh tim mat', 'violence'],
    ['bạn trai đánh em bầm tay', 'violence'],
    ['em bị người yêu bóp cổ', 'violence'],
    ['con 12 tuổi, ba con đánh con', 'child'],
    ['bố cháu say rượu đêm nào cũng đánh cháu', 'child'],
    ['em học lớp 6, ba hay đánh em', 'child'],
    ['chau bi bo danh', 'child'],
    ['em vừa uống hết 30 viên paracetamol', 'overdose'],
    ['em lỡ uống 40 viên para', 'overdose'],
    ['em uống thuốc ngủ hết cả hộp rồi', 'poisoning'],
    ['bạn em vừa nuốt cả vỉ thuốc', 'poisoning'],
    ['em vừa cắt tay xong', 'self_harm'],
    ['chán rồi, sống chi nữa trời', 'suicide'],
    ['ước gì ngủ rồi không tỉnh dậy nữa', 'suicide'],
    ['em dang o tren cau', 'suicide'],
    ['trên sân thượng ạ', 'suicide'],
    ['nó nằm im không nhúc nhích', 'overdose'],
    ['goi hoai khong day', 'overdose'],
    ['vợ em có bầu 5 tháng đang lên cơn', 'medical'],
  ])('"%s": %s', (text, why) => expect(reason(text)).toBe(why))

  test.each(
    (
      'em uống 2 viên panadol rồi có sao không|bác sĩ kê uống 10 viên một tuần|em bị trường đánh trượt|cháu bị thầy đánh giá thấp|' +
      'chồng em đánh cờ giỏi|chong em danh dum tien cho con|cong ty bi lo danh sach khach hang|chồng em không đánh em|' +
      'hồi nhỏ em hay bị bố đánh|em bị dao cắt tay lúc nấu ăn|em đang ở trên cầu kẹt xe|sống làm gì cũng phải có tiền|' +
      'chồng em đánh xe đi làm|đánh em tin nhắn nhé|anh danh cho em mot cho|đi trên cầu mát quá|nói với mẹ là em ổn'
    ).split('|'),
  )('"%s" is left alone', (text) => expect(reason(text)).toBeNull())

  test('a child hears 111 before any other number', () => {
    const [card] = converse().send('bố cháu đánh cháu').read()
    expect(card?.paragraphs.join(' ').match(/\*\*\D*(11[1345])/)?.[1]).toBe('111')
  })
})

describe('a few words that are something else bring nobody running', () => {
  test('a code from a slip, whatever its letters spell', () => {
    const four = fc.string({ unit: fc.constantFrom(...'ABCDEFGHJKMNPQRSTUVWXYZ23456789'), minLength: 4, maxLength: 4 })
    const code = fc.tuple(fc.constantFrom('DH', 'dh', 'mã ĐH'), fc.constantFrom('-', ' '), four, four)
    fc.assert(
      fc.property(code, ([sign, between, first, second]) => {
        const talk = converse().send([sign, first, second].join(between))
        expect(kinds(talk)).not.toContain('ticket_opened')
      }),
      { numRuns: 400, examples: [[['DH', '-', 'AAAA', 'DES3']]] },
    )
  })

  test.each(['ĐH muốn chết', 'dh muon chet'])('"%s" is no code, and is heard', (text) => {
    expect(kinds(converse().send(text))).toContain('ticket_opened')
  })

  test.each([
    'số em là 0912 345 678',
    'so em la 0987 654 321',
    'gọi lại cho em số 0912345678',
    'em tên Lan, so em la 0912345678',
  ])('"%s", a number that is given', (text) => expect(reason(text)).toBeNull())

  test.each(['em đang ở nhà một mình', 'dạ em đang ở một mình', 'mình ở phòng trọ', 'em vừa đi làm về'])(
    '"%s" to somebody who listens',
    (text) => {
      const talk = converse()
        .send('gặp người')
        .staff('lan', { type: 'take' })
        .staff('lan', { type: 'reply', text: '?' })
      expect(kinds(talk.send(text))).not.toContain('ticket_raised')
    },
  )
})

describe('a few words in the midst of a talk are what they say', () => {
  test.each([
    'em sợ lắm',
    'em so qua',
    'tôi lo quá',
    'em 19 tuoi, em so qua',
    'em khóc',
    'em ổn rồi ạ',
    'anh ấy đi rồi',
    'mẹ em biết rồi',
  ])('"%s", said first, opens no ticket', (text) => expect(kinds(converse().send(text))).not.toContain('ticket_opened'))

  test.each(['giờ nó ngủ rồi', 'nó dậy rồi', 'rồi em gọi rồi', 'xe dang toi', 'em ở cạnh nó', 'ở phường 5 ạ'])(
    '"%s", after the card of an overdose, brings no card of another danger',
    (text) => expect(converse().send('bạn em lay không dậy, môi tím').send(text).said).toEqual(['he-thong.ghi-nhan']),
  )

  test.each(['cứu em với', 'nó không thở', 'nó sắp nhảy', 'em vừa uống rồi', 'no danh em'])(
    '"%s" is heard, however short',
    (text) => expect(reason(text)).not.toBeNull(),
  )
})

describe('a call for help', () => {
  test.each([
    'cần cấp cứu, giờ làm thế nào',
    'mẹ em nguy kịch rồi làm thế nào bây giờ',
    'em đang nguy hiểm, phải làm thế nào',
    'khẩn cấp, điện thoại em sắp hết pin',
    'gọi cấp cứu số nào',
    'cần cấp cứu mà em sợ có bị bắt không',
    'khan cap',
    'cấp cứu với',
  ])('"%s" brings the number', (text) => expect(assess(book, text).level).toBe('emergency'))

  test.each([
    'gọi cấp cứu có bị bắt không',
    'thuốc tránh thai khẩn cấp uống mấy lần',
    'pin điện thoại sắp chết rồi',
    'không phải khẩn cấp, em hỏi giấy tờ',
    'tàu phanh khẩn cấp vì con trâu trên đường ray',
    'máy bay hạ cánh khẩn cấp xuống Đà Nẵng',
    'khan cap ai con ve xe ve vinh khong',
  ])('"%s" is none', (text) => expect(assess(book, text).level).toBe('none'))
})

describe('a wish to die that is said outright is never met with silence', () => {
  const who = ['em', 'con gái tôi', 'chồng mình', 'bạn thân của cháu', 'ông xã nhà em']
  const what = ['muốn chết', 'muốn tự tử', 'đòi tự sát', 'định tự tử']
  const rest = ['', ' thì phải làm gì bây giờ', ' mấy hôm nay rồi, không ai biết', ', giờ làm sao hả anh chị ơi']
  const lines = who.flatMap((one) => what.flatMap((wish) => rest.map((end) => `${one} ${wish}${end}`)))

  test.each(lines.map((line) => [line, fold(line)] as const))('%s', (marked, bare) => {
    for (const text of [marked, bare]) expect(assess(book, text).level, text).not.toBe('none')
  })
})

describe('after the card', () => {
  const card = () => converse().send('em không muốn sống nữa')

  test.each(['chưa', 'không ạ', 'chua', 'em chưa an toàn'])('"%s" to "are you safe?" brings one thing to do', (text) =>
    expect(card().send(text).said).toEqual(['khan-cap.tu-tu.khong']),
  )

  test.each(['rồi', 'dạ rồi ạ', 'an toàn rồi'])('"%s" is heard as yes', (text) =>
    expect(card().send(text).said).toEqual(['khan-cap.tu-tu.co']),
  )

  test('anything else is kept for the staff, and no other card takes a no for an answer', () => {
    expect(card().send('em mệt mỏi vì mọi chuyện').said).toEqual(['he-thong.ghi-nhan'])
    expect(converse().send('nó không thở').send('chưa').said).toEqual(['he-thong.ghi-nhan'])
  })

  test('that it passed is answered, and the emergency stays on the list', () => {
    const talk = converse().send('nó không thở').send('nó tỉnh rồi')
    expect(talk.said).toEqual(['da-do.do-hon'])
    expect(talk.state.ticket?.priority).toBe('emergency')
    expect(talk.send('vẫn lơ mơ lắm').said).toEqual(['khan-cap.qua-lieu'])
  })
})
