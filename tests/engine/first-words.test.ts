import { describe, expect, test } from 'vitest'
import { emptyConversation } from '../../src/engine/conversation.ts'
import { book, bookWith, type Conversing, converse, kinds, MONDAY, question, turn } from './converse.ts'

describe('the first message', () => {
  test('is greeted with who reads here, and asked one question', () => {
    const talk = converse().send('xin chào')
    expect(talk.said[0]).toBe('chao.gioi-thieu')
    expect(talk.options.length).toBeGreaterThan(2)
  })

  test('that already answers the first question is not asked it', () => {
    const flow = {
      chao: { type: 'say' as const, words: { key: 'chao.gioi-thieu' }, next: 'ai' },
      ai: question({ words: { key: 'goi-lai.gio' }, save: 'hours', choices: [{ id: 'sang', next: 'so' }] }),
      so: question({ words: { key: 'goi-lai.so' }, answer: 'phone', next: 'het' }),
      het: { type: 'end' as const },
    }
    const own = bookWith({ thu: flow }, { home: 'thu' })
    const talk = converse(own).send('buổi sáng ạ')
    expect(talk.said).toEqual(['chao.gioi-thieu', 'goi-lai.so'])
    expect(talk.state.answers).toMatchObject({ hours: { value: 'sang' } })
    for (const text of ['👍', '1', 'hai'])
      expect(converse(own).send(text).said).toEqual(['chao.gioi-thieu', 'goi-lai.gio'])
    expect(converse(own).send('asdf').said).toEqual(['chao.gioi-thieu', 'he-thong.chua-hieu-dau', 'goi-lai.gio'])
  })

  test('that asks something is answered, after who reads here was said', () => {
    const talk = converse().send('bóng cười có bị cấm không')
    expect(talk.said[0]).toBe('chao.gioi-thieu')
    expect(talk.said).toContain('topic.ve-bong-cuoi.card')
  })

  test('is the first one even when something else came before it', () => {
    const talk = converse().receive({ type: 'reach', reachable: true }).send('asdf')
    expect(talk.said[0]).toBe('chao.gioi-thieu')
  })

  test('that was not understood hears so; a greeting or a sign does not', () => {
    expect(converse().send('hôm qua con mèo nhà em leo lên mái').said).toContain('he-thong.chua-hieu-dau')
    for (const text of ['xin chào', 'chào ad ơi', '👍', 'menu', 'methadone là gì'])
      expect(converse().send(text).said).not.toContain('he-thong.chua-hieu-dau')
  })

  test.each([
    ['ai đọc tin nhắn của tôi', 'tro-giup.ai-doc'],
    ['bạn là người hay máy', 'tro-giup.ai-doc'],
    ['cong an co doc duoc khong', 'tro-giup.ai-doc'],
    ['tin nhắn lưu bao lâu vậy', 'tro-giup.ai-doc'],
    ['mua đá ở đâu', 'tu-choi.tu-choi'],
    ['chích thế nào cho an toàn', 'tu-choi.tu-choi'],
    ['bao lâu thì nước tiểu sạch', 'tu-choi.tu-choi'],
    ['tôi là công an, cho tôi danh sách người nghiện', 'khong-cap-danh-sach.khong-cap'],
    ['em muốn tố giác chỗ bán ma túy', 'bao-toi-pham.noi-bao'],
    ['cai nghiện mất bao lâu', 'dieu-tri.chon-phan'],
  ])('"%s" is answered after who reads here: %s', (text, key) =>
    expect(converse().send(text).said).toEqual(['chao.gioi-thieu', key]),
  )

  test('that is an emergency gets the card and nothing before it', () => {
    expect(converse().send('cứu em với').said).toEqual(['khan-cap.the'])
  })
})

describe('pictures, voice and edits', () => {
  test.each(['photo', 'voice', 'video', 'sticker', 'file', 'location', 'contact', 'unsupported'] as const)(
    'a %s is answered kindly and the question stays',
    (media) => {
      const talk = converse().send('gọi lại cho tôi').media(media)
      expect(talk.said).toEqual([`he-thong.media.${media}`, 'goi-lai.so'])
      expect(talk.send('0912345678').state.answers.phone?.type).toBe('words')
    },
  )

  test('a voice for whoever is to come is kept, and one too long is never dropped in silence', () => {
    const voice = { ref: 'f', seconds: 4 }
    const send = (talk: Conversing, more = {}) =>
      talk.receive({ type: 'message', text: '', media: 'voice', voice: { ...voice, ...more } }).said
    expect(send(converse().send('gặp người'))[0]).toBe('he-thong.media.voice-cho')
    expect(send(converse().send('gọi lại cho tôi'))[0]).toBe('he-thong.media.voice')
    for (const text of ['gặp người', 'gọi lại cho tôi'])
      expect(send(converse().send(text), { tooLong: true })[0]).toBe('he-thong.media.voice-dai')
  })

  test('what a channel hides from us may come from a child: a human is asked to look', () => {
    const talk = converse().media('unsupported')
    expect(talk.state.ticket).toMatchObject({ priority: 'urgent', reason: 'unsupported_message' })
    expect(converse().media('photo').state.ticket).toBeNull()
  })

  test('the words under a picture are read as any other', () => {
    expect(converse().send('nó không thở', { media: 'photo' }).state.ticket?.priority).toBe('emergency')
  })

  test('an edit changes no answer, but an emergency or a verb in it is heeded', () => {
    const talk = converse().send('gọi lại cho tôi').send('0987654321', { edited: true })
    expect(talk.said).toEqual(['he-thong.da-sua'])
    expect(talk.state.answers).toEqual({})
    expect(talk.send('em muốn chết', { edited: true }).state.ticket?.priority).toBe('emergency')
    expect(converse().send('gặp người', { edited: true }).state.ticket).not.toBeNull()
  })
})

describe('people inside a flow that changed', () => {
  const ask = question({ words: { key: 'goi-lai.gio' }, save: 'x', choices: [{ id: 'sang', next: 'het' }] })
  const flow = {
    cu: ask,
    moi: { ...ask, choices: [{ id: 'toi', next: 'het' }] },
    loi: { type: 'say' as const, words: { key: 'goi-lai.thoi' }, next: 'moi' },
    het: { type: 'end' as const },
  }
  const start = (revision: string, node: string) => ({
    ...emptyConversation('c'),
    seq: 3,
    session: {
      runs: [{ flow: 'thu', revision, node }],
      wait: 3,
      options: [{ id: 'sang', label: { type: 'words' as const, key: 'goi-lai.gio.sang' } }],
      misses: 0,
      trail: [],
    },
  })
  const withdraw = (to: Readonly<Record<string, string>>) =>
    bookWith({ thu: flow }, { withdrawn: (_id, revision) => (revision === 'r0' ? { to, else: 'human' } : null) })
  const said = (own = book, state = start('r0', 'cu'), text = 'asdf') => {
    const talk = converse(own, state).send(text)
    return { talk, node: talk.state.session?.runs.at(-1)?.node, revision: talk.state.session?.runs.at(-1)?.revision }
  }

  test('go to the place their old one maps to, and are shown its own choices', () => {
    const { talk, node, revision } = said(withdraw({ cu: 'moi' }))
    expect([node, revision]).toEqual(['moi', 'r1'])
    expect(talk.options).toEqual(['toi'])
  })

  test('are answered when that place is not a question', () => {
    const { talk, node } = said(withdraw({ cu: 'loi' }))
    expect(talk.said).toEqual(['goi-lai.thoi', 'goi-lai.gio'])
    expect(node).toBe('moi')
  })

  test('go to a human when theirs maps to none, and hear so once', () => {
    for (const own of [withdraw({}), withdraw({ cu: 'khong-co' })]) {
      const { talk } = said(own)
      expect(talk.said).toEqual(['he-thong.loi'])
      expect(talk.state).toMatchObject({ session: null, ticket: { priority: 'urgent' } })
    }
  })

  test('stay at their place in the present revision when theirs was lost, and go to a human when that is gone too', () => {
    const own = bookWith({ thu: flow })
    expect(said(own, start('mat', 'cu'), 'sáng').talk.state.answers).toMatchObject({ x: { value: 'sang' } })
    expect(said(own, start('mat', 'da-bo')).talk.said).toEqual(['he-thong.loi'])
    expect(said(bookWith({}), start('r1', 'cu')).talk.said).toEqual(['he-thong.loi'])
  })

  test('a flow that goes round for ever ends at a human, in a bounded turn', () => {
    const round = {
      a: { type: 'say' as const, words: { key: 'goi-lai.thoi' }, next: 'b' },
      b: { type: 'branch' as const, on: { answer: 'x' }, cases: {}, else: 'a' },
    }
    const talk = converse(bookWith({ thu: round }, { home: 'thu' })).send('asdf')
    expect(talk.said).toEqual(['he-thong.loi'])
    expect(kinds(talk)).toContain('parked')
    expect(talk.events.length).toBeLessThan(80)
  })

  test('a flow that is missing ends at a human', () => {
    const own = bookWith(
      { thu: { a: { type: 'call', flow: 'khong-co', next: 'b' }, b: { type: 'end' } } },
      { home: 'thu' },
    )
    expect(converse(own).send('asdf').said).toEqual(['he-thong.loi'])
    const { events } = turn(emptyConversation('c'), { type: 'message', text: 'asdf' }, MONDAY, {
      ...book,
      home: 'khong-co',
    })
    expect(events.some((e) => e.type === 'ticket_opened')).toBe(true)
  })
})

describe('whatever comes first is answered, and offers a person', () => {
  const long = 'a b '.repeat(25_000)
  test.each([
    ['nothing at all', ''],
    ['only signs', '👍👍👍'],
    ['a question mark', '?'],
    ['100 kB', long],
    ['English', 'hello, can you help me please'],
    ['Chinese', '你好 我需要帮助'],
    ['Tày', 'khỏi xo dụ cáy'],
    ['letters of several kinds', 'xin chào привет 안녕 مرحبا'],
    ['a number', '0912345678901234'],
    ['an address of the web', 'https://example.com/?q=1'],
    ['lines and tabs', 'a\n\n\t\tb\n'],
    ['half a surrogate', '\ud83d'],
  ])('%s', (_what, text) => {
    const talk = converse().send(text)
    expect(talk.read().length).toBeGreaterThan(0)
    expect(talk.state.ticket?.priority ?? 'none').not.toBe('emergency')
    expect(talk.options.some((id) => id === 'gap-nguoi' || id === 'co')).toBe(true)
  })

  test('who asks for help in another language and says a number of ours is told the numbers', () => {
    expect(converse().send('help').said).toEqual(['khan-cap.the'])
  })
})
