import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRows } from '../../src/authoring/labelled.ts'
import { score } from '../../src/authoring/safety-score.ts'
import { assess } from '../../src/engine/safety/assess.ts'
import { detect } from '../../src/engine/safety/detect.ts'
import { LEVELS } from '../../src/engine/safety/rules.ts'
import { syllables } from '../../src/engine/text.ts'
import { book, converse, directory, MONDAY } from './converse.ts'

const rows = readRows(readFileSync(new URL('../../content/learned/open.tsv', import.meta.url), 'utf8'))
const level = (text: string) => assess(book, text).level
const bare = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')

/** Told outright: nobody who reads these doubts. */
const PLAIN = [
  'em muốn tự tử',
  'tôi không muốn sống nữa',
  'em vừa uống thuốc trừ sâu rồi',
  'em muốn chết',
  'chồng đang đánh em chảy máu',
  'bạn em bị sốc thuốc rồi',
  'nó không thở được',
  'em cắt tay máu chảy nhiều lắm',
]
const TELEX: Readonly<Record<string, string>> = {
  '\u0301': 's', '\u0300': 'f', '\u0309': 'r', '\u0303': 'x', '\u0323': 'j',
} // biome-ignore format: a table
const telex = (word: string) => {
  const parts = word.normalize('NFD')
  const tone = [...parts].map((c) => TELEX[c] ?? '').join('')
  const shaped = [...parts.replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '').normalize('NFC')]
    .map((c) => ({ â: 'aa', ă: 'aw', ê: 'ee', ô: 'oo', ơ: 'ow', ư: 'uw', đ: 'dd' })[c] ?? c)
    .join('')
  return shaped + tone
}

describe('the open file', () => {
  const result = score(rows, (text) => assess(book, text), null)

  test('no emergency is passed over in silence, and the bars hold', () => {
    expect(result.emergencies).toBe(38)
    expect(result.emergenciesCalledNone).toBe(0)
    expect(result.emergencyRecall).toBeGreaterThanOrEqual(0.98)
    expect(result.urgentRecall).toBeGreaterThanOrEqual(0.95)
    expect(result.negFalseAlarmRate).toBeLessThanOrEqual(0.05)
  })
})

/** Ways to type a text that leave its meaning alone. */
const TYPED: Readonly<Record<string, (text: string) => string>> = {
  'without marks': bare,
  'in capitals': (text) => text.toUpperCase(),
  'with dots inside the words': (text) => each(text, (word) => [...word].join('.')),
  'letter by letter': (text) => each(text, (word) => [...word].join(' ')),
  'with letters stretched': (text) => each(text, (word) => word + word.at(-1)!.repeat(3)),
  'with letters doubled': (text) => each(text, (word) => word + word.at(-1)!),
  'in raw telex': (text) => each(text, telex),
  'with marks apart from their letters': (text) => text.normalize('NFD'),
  'in teencode': (text) =>
    each(text, (word) => ({ không: 'ko', muốn: 'mún', rồi: 'r', em: 'e', tôi: 'tui', được: 'dc' })[word] ?? word),
  'with signs nobody sees': (text) => [...text].join('\u200b'),
  'in letters of another alphabet': (text) => text.replaceAll('o', 'о').replaceAll('a', 'а').replaceAll('e', 'е'),
}
const each = (text: string, change: (word: string) => string) => text.split(' ').map(change).join(' ')
const emergencies = rows.filter((row) => row.level === 'emergency').map(({ text }) => text)

describe('however a plain emergency is typed, it is heard', () => {
  test.each(Object.keys(TYPED))('%s', (way) => {
    expect(PLAIN.filter((text) => level(TYPED[way]!(text)) === 'none')).toEqual([])
  })

  test('also in two ways at once', () => {
    // A vowel doubled and bare is another word in telex: "thoo" is thô.
    const ways = Object.keys(TYPED)
      .filter((way) => way !== 'with letters doubled')
      .map((way) => TYPED[way]!)
    const missed = PLAIN.flatMap((text) =>
      ways.flatMap((way) => [bare(way(text)), way(text).toUpperCase()].filter((typed) => level(typed) === 'none')),
    )
    expect(missed).toEqual([])
  })

  test('politeness never makes less of it', () => {
    const less = [...PLAIN, ...emergencies].flatMap((text) =>
      ['ạ', 'nha', 'với', 'dạ', 'nhé', 'ạ.', 'ad ơi']
        .flatMap((polite) => [`${polite} ${text}`, `${text} ${polite}`])
        .filter((said) => LEVELS.indexOf(level(said)) < LEVELS.indexOf(level(text))),
    )
    expect(less).toEqual([])
  })

  // Without a stop "… ngoài hiên em muốn chết" may be said of the heat.
  test('amid much else too: before, after and between, with a stop, and most of them without', () => {
    const before = 'hôm nay trời mưa to quá, em đi chợ mua ít rau với cá về nấu canh chua cho cả nhà'
    const after = 'mai bé lớn thi cuối kỳ nên tối nay cả nhà ngủ sớm, con mèo nhà em thì vẫn nằm sưởi nắng ngoài hiên'
    const missed = PLAIN.flatMap((text) =>
      (text === 'em muốn chết' ? ['. '] : ['. ', ' ']).flatMap((stop) =>
        [
          [before, after, text],
          [text, before, after],
          [before, text, after],
          [before, after, before, text, after, before, after],
        ]
          .flatMap((parts) => [parts.join(stop), bare(parts.join(stop))])
          .filter((said) => level(said) === 'none'),
      ),
    )
    expect(missed).toEqual([])
    expect(level([before, after, before, after].join('. '))).toBe('none')
  })

  test.each(PLAIN)('and changes nothing of what is plain: %s', (text) => {
    for (const said of [`dạ ${text} ạ`, `${text} nha`, `${text} với`]) expect(level(said)).toBe(level(text))
  })
})

describe('what only looks like danger is left alone', () => {
  test.each([
    'từ từ thôi đừng vội',
    'tu tu roi tinh',
    'trời nóng muốn chết',
    'điện thoại sắp chết pin',
    'mai em phun thuốc trừ sâu cho ruộng lúa',
    'vận động viên nhảy cầu giành huy chương vàng',
    'quá liều là gì và phòng thế nào',
    'nhân vật chính tự sát ở cuối truyện',
    'mẹ cầm dao gọt trái cây',
  ])('%s', (text) => expect(level(text)).toBe('none'))
})

describe('what follows', () => {
  test('a burden told is with the staff at once, and the plain question is put', () => {
    const talk = converse().send('dạo này em hay nghĩ dại')
    expect(talk.state.ticket?.reason).toBe('suicide')
    expect(talk.said).toContain('hoi-thang.hoi')
    expect(talk.options).toEqual(['co', 'khong', 'khong-chac'])
  })

  test('somebody who writes for another is asked about the other', () => {
    expect(converse().send('bạn em cứ nói sống không còn ý nghĩa').said).toContain('hoi-ho.hoi')
    expect(converse().send('con gái tôi viết thư tuyệt mệnh').said).toEqual(['khan-cap.tu-tu-nguoi-khac'])
  })

  test('a craving is told to nobody until the person, told who reads, says yes; and no ticket names it', () => {
    const talk = converse().send('thèm đá quá không chịu nổi')
    expect(talk.state.ticket).toBeNull()
    expect(talk.press(2).state.ticket).toBeNull()
    expect(
      talk
        .read()
        .flatMap(({ paragraphs }) => paragraphs)
        .join(' '),
    ).toContain('cán bộ tư vấn mẫu')
    expect(talk.send('có').state.ticket).toMatchObject({ reason: 'person', priority: 'routine' })
  })

  test('who is drowning hears 114', () => {
    expect(converse().send('có đứa nhỏ rớt xuống sông').said).toEqual(['khan-cap.chay-nuoc'])
  })

  test('every card says first which number to call, and fits two screens of a phone', () => {
    const cards = Object.values(book.safety!.cards).flatMap(({ self, other }) => [self, other])
    for (const key of new Set(cards)) {
      const words = book.words(key, 'vi')!
      expect([key, words[0]]).toEqual([key, expect.stringMatching(/^[^.]{0,60}\*\*[^*]*11[1345]/)])
      expect([key, words.join('\n\n').length < 1_400]).toEqual([key, true])
    }
  })

  test('a card needs no directory and no line that is open now', () => {
    const bareBook = { ...book, contacts: [] }
    const talk = converse(bareBook, undefined, { ...directory, points: [], clubs: [], staff: [] })
    const [card] = talk.send('nó không thở, gọi không dậy').read()
    expect(card!.paragraphs[0]).toContain('115')
    expect(card!.paragraphs.join('')).not.toMatch(/\{|undefined/)
  })

  test('a line that listens now is on the card, and at another hour it is not', () => {
    const line = {
      number: '0900000001',
      name: 'MẪU',
      hours: [{ weekday: 1, from: 9 * 60, to: 10 * 60 }],
      for: ['suicide'],
      until: null,
    }
    const other = { ...line, number: '0900000003', for: ['violence'] }
    const withLine = { ...book, contacts: [...book.contacts, line, other] }
    const card = (from: number) => converse(withLine, undefined, directory, from).send('em muốn chết').read()[0]!
    expect(card(MONDAY).paragraphs.join(' ')).toContain('0900000001')
    expect(card(MONDAY).paragraphs.join(' ')).not.toContain('0900000003')
    expect(card(MONDAY + 3 * 3_600_000).paragraphs.join(' ')).not.toContain('0900000001')
  })

  test('where 115 is far the number on duty at night stands on the card of the person’s point', () => {
    const [point, ...others] = directory.points
    const near = { ...directory, points: [{ ...point!, nightPhone: '0200000002' }, ...others].slice(0, 2) }
    const card = converse(book, undefined, near).send('nó không thở, gọi không dậy').read()[0]!
    expect(card.paragraphs.join(' ')).toContain('0200000002')
  })

  test('after an emergency nothing unprompted is sent for three days', () => {
    const quiet = converse().send('em muốn chết').state.quietUntil! - MONDAY
    expect(Math.floor(quiet / 60_000)).toBe(72 * 60)
  })

  test('after a talk about a danger nobody is asked how it was', () => {
    const talk = converse()
      .send('dạo này em hay nghĩ dại')
      .staff('lan', { type: 'take' })
      .staff('lan', { type: 'reply', text: 'Chị đây' })
    expect(talk.staff('lan', { type: 'close', outcome: 'helped' }).said).toEqual(['he-thong.da-dong'])
  })

  test('a danger that comes up while a human answers raises the talk', () => {
    const talk = converse().send('gặp người').staff('lan', { type: 'take' }).send('dạo này em hay nghĩ dại')
    expect(talk.state.ticket).toMatchObject({ priority: 'urgent', reason: 'suicide', heldBy: 'lan' })
  })

  test('a word taken back is asked about again and closes nothing', () => {
    const talk = converse().send('em muốn chết').send('em nói gở thôi')
    expect(talk.said).toEqual(['noi-go.nghe', 'hoi-thang.hoi'])
    expect(talk.state.ticket?.priority).toBe('emergency')
  })
})

test.each(['thở', 'mẹ', 'nó', 'chị'])('the nets know a syllable with its tone over the last letter: %s', (text) => {
  expect(book.learned!.syllables.has(syllables(text)[0]!.marked)).toBe(true)
})

describe('any text whatever', () => {
  test('is read without a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => detect(book.safety!, text) !== null),
    )
  })

  test('of 100 kB, made to be hard, is read, and what stands in the middle is heard', () => {
    for (const hard of ['a', 't.', 't ', 'muốn ', 'chết', 'tutu', 'aaw', '\u0301', 'muon chet dc ']) {
      const many = hard.repeat(Math.ceil(50_000 / hard.length))
      expect(detect(book.safety!, `${many} em muốn tự tử ${many}`).level).not.toBe('none')
    }
  })
})

/** Of each file so many may be flagged. */
const EVERYDAY = [
  ['everyday', 2_500, 22],
  ['everyday-1500', 1_500, 4],
  ['everyday-2000', 2_000, 1],
  ['everyday-mix', 1_500, 14],
  ['everyday-2500', 2_500, 11],
  ['everyday-comments', 2_000, 12],
  ['everyday-six', 1_499, 7],
] as const

/** Files nobody who writes rules or lessons has read, and what must hold of each (tests/safety/README.md). */
const UNSEEN = [
  ['held-out', { emergencies: 93, unheard: 0, card: 0.98, urgent: 0.98, neg: 0.113, none: 0.073 }],
  ['unseen-first', { emergencies: 70, unheard: 1, card: 0.98, urgent: 0.82, neg: 0.03, none: 0.03 }],
  ['unseen-last', { emergencies: 120, unheard: 1, card: 0.98, urgent: 0.98, neg: 0.01, none: 0.025 }],
  ['danger-unseen', { emergencies: 148, unheard: 0, card: 0.98, urgent: 0.94, neg: null, none: null }],
  ['unseen-400', { emergencies: 122, unheard: 0, card: 0.98, urgent: 0.95, neg: 0.1, none: 0.056 }],
  ['unseen-458', { emergencies: 126, unheard: 0, card: 0.98, urgent: 0.98, neg: 0.04, none: 0.03 }],
  ['unseen-500', { emergencies: 141, unheard: 0, card: 0.98, urgent: 0.98, neg: 0.03, none: 0.025 }],
  ['unseen-450', { emergencies: 120, unheard: 0, card: 0.98, urgent: 0.97, neg: 0.02, none: 0.01 }],
  ['unseen-624', { emergencies: 163, unheard: 0, card: 0.98, urgent: 0.96, neg: 0.03, none: 0.02 }],
  ['unseen-600', { emergencies: 160, unheard: 0, card: 0.98, urgent: 0.98, neg: 0.03, none: 0.02 }],
  ['unseen-650', { emergencies: 170, unheard: 2, card: 0.98, urgent: 0.95, neg: 0.05, none: 0.03 }],
  ['unseen-700', { emergencies: 180, unheard: 1, card: 0.98, urgent: 0.96, neg: 0.06, none: 0.03 }],
  ['unseen-1080', { emergencies: 440, unheard: 1, card: 0.98, urgent: 0.97, neg: 0.03, none: 0.02 }],
  ['unseen-november', { emergencies: 170, unheard: 0, card: 0.98, urgent: 0.97, neg: 0.036, none: 0.02 }],
  ['families', { emergencies: 0, unheard: 0, card: null, urgent: null, neg: 0.05, none: 0.05 }],
] as const

describe('lines that nobody wrote a rule from are heard no worse than on the day this was written', () => {
  const unseen = (name: string, kind = 'tsv') => {
    const file = readFileSync(new URL(`../safety/${name}.${kind}`, import.meta.url), 'utf8')
    return score(readRows(file), (text) => assess(book, text), null)
  }

  test.each(UNSEEN)('%s', (name, bound) => {
    const result = unseen(name)
    expect(result.emergencies).toBe(bound.emergencies)
    expect(result.emergenciesCalledNone).toBeLessThanOrEqual(bound.unheard)
    if (bound.card !== null) expect(result.emergencyRecall).toBeGreaterThanOrEqual(bound.card)
    if (bound.urgent !== null) expect(result.urgentRecall).toBeGreaterThanOrEqual(bound.urgent)
    if (bound.neg !== null) expect(result.negFalseAlarmRate).toBeLessThanOrEqual(bound.neg)
    if (bound.none !== null) expect(result.noneFalseAlarmRate).toBeLessThanOrEqual(bound.none)
  })

  test.each(EVERYDAY)('everyday sentences, none of which is a danger: %s', (name, lines, most) => {
    const result = unseen(name, 'txt')
    expect(result.lines).toBe(lines)
    expect(result.flagged).toBeLessThanOrEqual(most)
  })
})

test('whose danger it is, is told rightly nine times in ten, with marks and without', () => {
  const file = readFileSync(new URL('../safety/unseen-1080.tsv', import.meta.url), 'utf8')
  const lines = readRows(file).flatMap(({ text, note }) => {
    const whose = /\b(SELF|OTHER)\b/.exec(note)?.[1]?.toLowerCase()
    return whose === undefined ? [] : [{ text, whose }]
  })
  expect(lines).toHaveLength(595)
  for (const way of [(text: string) => text, bare]) {
    const heard = lines
      .map(({ text, whose }) => ({ whose, ...assess(book, way(text)) }))
      .filter(({ level }) => level !== 'none')
    expect(heard.length).toBeGreaterThan(570)
    expect(heard.filter(({ who, whose }) => who === whose).length / heard.length).toBeGreaterThanOrEqual(0.9)
  }
})

test('a question about overdose is a question, and somebody who lies there is not', () => {
  for (const text of ['quá liều thì phải làm gì', 'qua lieu thi phai lam gi']) expect(level(text), text).toBe('none')
  for (const text of ['bạn em quá liều phải làm gì', 'nó bị quá liều rồi']) expect(level(text), text).toBe('emergency')
})

test('what is said plainly and calmly is heard: a denial that turns, a bare announcement, a threat without a weapon', () => {
  const texts = [
    'không có ý gì, chỉ là em muốn tự tử thôi',
    'em chết nghe anh, anh ở lại mạnh giỏi',
    'trễ thuốc một tiếng nữa là tao giết một đứa trong phòng khám',
    'tối nào dượng cũng kêu con qua ngủ chung rồi sờ con',
  ]
  for (const text of texts) for (const way of [text, bare(text)]) expect(level(way), way).not.toBe('none')
})

test('a live report of an ordinary day brings no card', () => {
  const texts = [
    'bác đang ở tiệm cắt tóc, lát bác gọi lại',
    'mẹ đang đưa em đi tiêm phòng, trưa về',
    'giữ cửa giùm em với, em bê thùng nước',
    'uống rồi, anh bảo vệ cũng thấy',
    'con ngủ rồi, anh về nhớ khoá cổng',
  ]
  // Without marks "bế con" may as well be a small child.
  expect(level('em đang bế con, nhắn chị sau nha')).toBe('none')
  for (const text of texts) for (const way of [text, bare(text)]) expect(level(way), way).toBe('none')
})

test('a child that is lost is a call for help, a cat is none', () => {
  const lost = [
    'con em mất tích từ trưa',
    'con gái tôi đi lạc rồi',
    'bé nhà em lạc đâu mất',
    'chưa tìm thấy, con em mất tích hai ngày',
  ]
  for (const text of lost) for (const way of [text, bare(text)]) expect(level(way), way).toBe('emergency')
  const quiet = [
    'con mèo nhà em mất tích',
    'con em mất tích hôm qua, tìm thấy rồi, cảm ơn chị',
    'con gà đi lạc sang vườn em',
  ]
  for (const text of quiet) for (const way of [text, bare(text)]) expect(level(way), way).toBe('none')
})
