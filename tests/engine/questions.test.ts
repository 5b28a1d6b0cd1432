import { describe, expect, test } from 'vitest'
import { book, bookWith, converse, kinds, question } from './converse.ts'

const end = { type: 'end' as const }
const two = (a: string, b = a) => [
  { id: 'a', next: a },
  { id: 'b', next: b },
]
/** Three questions in a row, the last of free text. */
const FLOW = {
  mot: question({ words: { key: 'thu.mot' }, save: 'mot', choices: two('hai') }),
  hai: question({ words: { key: 'thu.hai' }, save: 'hai', answer: 'number', next: 'ba' }),
  ba: question({ words: { key: 'thu.ba' }, save: 'ba', answer: 'text', next: 'het' }),
  het: end,
}
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'thu.mot': ['Một?'],
  'thu.mot.a': ['Đỏ'],
  'thu.mot.b': ['Xanh'],
  'thu.hai': ['Mấy?'],
  'thu.ba': ['Gì?'],
}
const own = bookWith({ thu: FLOW }, { home: 'thu', words: (key, locale) => WORDS[key] ?? book.words(key, locale) })
const begin = () => converse(own).send('asdf')
const at = (talk: ReturnType<typeof converse>) => talk.state.session?.runs.at(-1)?.node ?? null

describe('a waiting question', () => {
  test('keeps codes in the clear and a person’s words only by reference', () => {
    const talk = begin().send('xanh').send('3').send('chuyện riêng')
    expect(talk.state.answers).toMatchObject({ mot: { type: 'code', value: 'b' }, hai: { type: 'code', value: '3' } })
    expect(talk.state.answers.ba?.type).toBe('words')
    expect(JSON.stringify(talk.state)).not.toContain('riêng')
  })

  test('that was missed is put again in one message, and the second time a person is offered', () => {
    const talk = begin().send('xanh').send('nhiều lắm')
    expect(talk.events.filter((e) => e.type === 'message_queued')).toHaveLength(1)
    expect(talk.said).toEqual(['he-thong.lai.number', 'thu.hai'])
    expect(talk.send('vô số').said).toEqual(['he-thong.lai-nua', 'thu.hai'])
    expect(talk.send('3').state.session?.misses).toBe(0)
  })

  test('that was missed a third time is given up: the numbers and a person come instead', () => {
    const talk = begin().send('xanh').send('nhiều lắm').send('vô số').send('không đếm nổi')
    expect(talk.said).toEqual(['chua-hieu.hoi'])
    expect(talk.options).toEqual(['menu', 'gap-nguoi', 'khan-cap'])
    expect(talk.read()[0]!.paragraphs.join(' ')).toContain('115')
    expect(talk.state.session?.runs.map((run) => run.flow)).toEqual(['chua-hieu'])
  })

  test('after a topic takes another sentence for a question of its own, not for a wrong choice', () => {
    expect(converse().send('methadone là gì').send('thế còn cái chuyện hôm nọ').said[0]).toBe('chu-de.them.lai')
  })

  test('is interrupted by a verb, also one where any text would be an answer', () => {
    const talk = begin().send('xanh').send('3').send('gặp người')
    expect(talk.state.ticket).not.toBeNull()
    expect(talk.state.answers).not.toHaveProperty('ba')
  })

  test('comes back after another question was heard in between', () => {
    const talk = begin().send('xanh').send('quá liều là gì và phòng thế nào ạ')
    expect(talk.said).toContain('topic.qua-lieu.card')
    talk.send('thôi')
    expect(at(talk)).toBe('hai')
    expect(talk.said.at(-1)).toBe('thu.hai')
    expect(talk.send('3').state.answers).toMatchObject({ hai: { value: '3' } })
  })

  test('does not pile up, however often something else is asked in between', () => {
    const talk = begin()
    for (let i = 0; i < 20; i++) talk.send('quá liều là gì và phòng thế nào ạ')
    expect(talk.state.session!.runs.map((run) => run.flow)).toEqual(['thu', 'chu-de'])
  })
})

describe('quay lại', () => {
  test('goes to the question before, as often as there is one, and then to the beginning', () => {
    const talk = begin().send('xanh').send('3')
    expect(at(talk.send('quay lại'))).toBe('hai')
    expect(at(talk.send('quay lai'))).toBe('mot')
    expect(talk.send('đỏ').state.answers).toMatchObject({ mot: { value: 'a' } })
    expect(at(begin().send('quay lại'))).toBe('mot')
  })

  test('outside any question begins anew', () => {
    expect(at(converse(own).send('quay lại'))).toBe('mot')
  })

  test('repeats a question that was put with a topic’s card', () => {
    const card = question({ words: { topic: 'card', answer: 'topic' }, choices: two('hai', 'hai') })
    const shown = bookWith(
      { thu: { mot: card, hai: question({ answer: 'text', next: 'het' }), het: end } },
      { home: 'thu' },
    )
    const talk = converse(shown).send('asdf').press(1).send('quay lại')
    expect(talk.said.length).toBeGreaterThan(0)
  })
})

describe('buttons', () => {
  test('of the question that waits answer it', () => {
    expect(begin().press(2).state.answers).toMatchObject({ mot: { value: 'b' } })
  })

  test('of an earlier question, and forged ones, change nothing and show the question again', () => {
    const talk = begin()
    const choice = `${talk.state.session!.wait}.b`
    talk.press(1)
    for (const old of [choice, '0.b', 'x', '', '..', `${talk.state.session!.wait}.khong-co`]) {
      talk.send('', { choice: old })
      expect(talk.state.answers).toEqual({ mot: { type: 'code', value: 'a' } })
      expect(talk.said).toEqual(['he-thong.nut-cu', 'thu.hai'])
    }
  })

  test('of an earlier question are read by their label where that means something', () => {
    expect(begin().send('Gặp người', { choice: '0.cu' }).state.ticket).not.toBeNull()
    expect(begin().send('Xanh', { choice: '0.b' }).state.answers).toMatchObject({ mot: { value: 'b' } })
    expect(begin().send('Khẩn cấp', { choice: '0.khan-cap' }).state.ticket?.priority).toBe('emergency')
  })

  test('with no question to go back to, an old one gets one message with a way on', () => {
    const talk = converse().send('xin chào').send('thoát').send('', { choice: '1.minh' })
    expect(talk.said[0]).toBe('he-thong.nut-cu')
    expect(talk.options).toContain('gap-nguoi')
    expect(talk.events.filter((e) => e.type === 'message_queued')).toHaveLength(1)
  })
})

describe('"dung"', () => {
  test('is asked about, and only its own yes stops', () => {
    const talk = begin().send('dung')
    expect(talk.state.confirm?.trigger).toBe('dung')
    expect(talk.press(1).state.stopped).toBe(true)
    expect(begin().send('dung').send('không').state).toMatchObject({ stopped: false, confirm: null })
  })

  test.each([
    ['a picture', { type: 'message', text: '', media: 'sticker' }],
    ['an edited message', { type: 'message', text: 'có', edited: true }],
    ['the button of another question', { type: 'message', text: 'Đúng', choice: '1.a' }],
  ] as const)('forgets its question after %s: a later "1" answers what waits', (_what, event) => {
    const talk = begin().send('dung').receive(event).send('1')
    expect(talk.state.stopped).toBe(false)
    expect(talk.state.answers).toMatchObject({ mot: { value: 'a' } })
  })

  test('typed with its mark stops at once, and a question of free text does not swallow it', () => {
    expect(begin().send('dừng').state.stopped).toBe(true)
    const talk = begin().send('xanh').send('3')
    expect(talk.send('dung').state.confirm?.trigger).toBe('dung')
    expect(kinds(talk)).not.toContain('answer_saved')
  })
})
