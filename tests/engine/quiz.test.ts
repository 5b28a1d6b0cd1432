import { describe, expect, test } from 'vitest'
import { SAMPLE_SERVICE } from '../../src/authoring/service-words.ts'
import type { Book } from '../../src/engine/book.ts'
import { emptyConversation } from '../../src/engine/conversation.ts'
import { decide } from '../../src/engine/decide.ts'
import { fold } from '../../src/engine/evolve.ts'
import type { Facts } from '../../src/engine/facts.ts'
import { compose } from '../../src/engine/fill.ts'
import { instantOf } from '../../src/engine/hours.ts'
import type { Contest } from '../../src/engine/quiz/contest.ts'
import { draw, itemsFor, itemsOf, questionOf } from '../../src/engine/quiz/quiz.ts'
import { withoutTopics } from '../../src/engine/topic.ts'
import { book, converse, directory, MONDAY, RECEIPT } from './converse.ts'

const TOPIC = 've-heroin'
const CONTEST: Contest = {
  id: 'thi',
  entrance: 'thi-mau',
  title: 'MẪU – Thi tìm hiểu',
  audience: 'moi-nguoi',
  point: null,
  from: '2026-11-20',
  to: '2026-11-23',
  state: 'open',
  phase: 'single',
  questions: itemsOf(book, TOPIC).map((item) => ({ ...questionOf(book, item)!, ...item })),
  prize: '',
  prizeAt: '',
  least: 0,
}
const withContests = (...contests: readonly Contest[]) => ({ ...directory, contests })

describe('a round of practice', () => {
  test('has questions of many readings before a second of any, and others each time', () => {
    const items = itemsFor(book, 'phu-huynh')
    expect(items.length).toBeGreaterThan(20)
    for (const { topic } of items) expect(book.topics.find(({ id }) => id === topic)?.audiences).toContain('phu-huynh')
    const rounds = Array.from({ length: 20 }, (_, seed) => draw(items, 5, seed))
    for (const round of rounds) expect(new Set(round.map(({ topic }) => topic)).size).toBe(5)
    expect(new Set(rounds.map((round) => JSON.stringify(round))).size).toBe(20)
    expect(new Set(rounds.flat().map(({ topic, n }) => `${topic}:${n}`)).size).toBeGreaterThan(items.length / 2)
    expect(draw(items, 5, 1)).toEqual(draw(items, 5, 1))
    expect(new Set(draw(items, items.length, 7)).size).toBe(items.length)
    const one = itemsOf(book, TOPIC)
    expect(draw(one, 5, 3).toSorted((a, b) => a.n - b.n)).toEqual(one)
  })

  test('leaves nothing of how it went in the conversation once it is over', () => {
    const one = converse()
    one.send('đố vui')
    one.press(1)
    for (let n = 0; n < 5; n++) {
      expect(one.state.session?.quiz?.at).toBe(n)
      one.press(1)
    }
    expect(one.read()[0]?.paragraphs.join(' ')).toMatch(/bạn đúng \*\*\d\/5\*\* câu/)
    one.send('đủ rồi')
    expect(JSON.stringify(one.state)).not.toMatch(/quiz|right/)
  })

  test('says the right answer and why, and reads the words of the answer without marks', () => {
    const one = converse()
    for (const text of ['heroin là gì', 'đọc thêm', 'thử']) one.send(text)
    one.send('khong co')
    const said = one.read()[0]!.paragraphs.join('\n')
    expect(said).toContain('Câu đúng: “Có: methadone, buprenorphine')
    expect(said).toContain('Theo WHO')
    one.send('RAT DE QUA LIEU, NGUNG THO')
    expect(one.said).toContain('do-vui.dung')
  })

  test('hears a cry that is no answer as everywhere else', () => {
    const one = converse()
    for (const text of ['heroin là gì', 'đọc thêm', 'thử', '2']) one.send(text)
    one.send('bạn em quá liều, ngừng thở rồi')
    expect(one.said[0]).toMatch(/^khan-cap\./)
    expect(one.state.session).toBeNull()
  })

  test('is neither offered nor begun for three days after an emergency', () => {
    const one = converse()
    one.send('bạn em ngừng thở rồi')
    one.staff('lan', { type: 'close', outcome: 'handled' })
    one.wait(24 * 60)
    one.send('đố vui')
    expect(one.said).toContain('do-vui.de-sau')
    expect(one.state.session).toBeNull()
    for (const text of ['heroin là gì', 'đọc thêm']) one.send(text)
    expect(one.options).not.toContain('thu-cau-hoi')
    one.wait(3 * 24 * 60)
    one.send('đố vui')
    expect(one.said).toContain('do-vui.cho-ai')
  })
})

describe('the door of a contest', () => {
  const enter = (entrance: string | undefined, text: string, contests = [CONTEST], before = emptyConversation('c')) => {
    const facts: Facts = { directory: withContests(...contests), receipt: RECEIPT, lastMessageAt: null }
    const event = { type: 'message' as const, text, ...(entrance === undefined ? {} : { entrance }) }
    const events = decide(book, before, facts, { key: 'k', contact: 'c', at: MONDAY, event })
    const keys = events.flatMap((one) =>
      one.type === 'message_queued' ? one.message.blocks.map(({ key }) => key) : [],
    )
    return { keys, after: fold(before, events) }
  }
  const other = { ...CONTEST, id: 'khac', entrance: 'thi-khac' }

  test('opens for who comes by its paper, new or known, and leads past other contests', () => {
    expect(enter('thi-mau', '/start', [CONTEST, other]).keys).toEqual(['chao.gioi-thieu', 'cuoc-thi.moi'])
    const known = enter(undefined, 'xin chào').after
    expect(enter('thi-mau', '/start', [other, CONTEST], known).keys).toEqual(['cuoc-thi.moi'])
    expect(enter('thi-mau', 'Vào cuộc thi', [other, CONTEST], known).after.answers.cuoc_thi).toEqual({
      type: 'code',
      value: 'thi',
    })
    expect(enter(undefined, 'cuộc thi', [CONTEST, other]).keys).toContain('cuoc-thi.chon')
  })

  test('does not stand in the way of a question, and still less of a cry', () => {
    expect(enter('thi-mau', 'heroin là gì').keys.join()).toContain('topic.ve-heroin.card')
    expect(enter('thi-mau', 'em muốn chết').keys).toEqual(['khan-cap.tu-tu'])
  })

  test.each([
    ['after its last day', { to: '2026-11-22' }],
    ['before its first', { from: '2026-11-24', to: '2026-11-30' }],
    ['while it is closed', { state: 'closed' as const }],
  ])('is shut %s, and says so', (_, change) => {
    expect(enter('thi-mau', 'cuộc thi', [{ ...CONTEST, ...change }]).keys).toContain('cuoc-thi.khong-co')
  })
})

describe('a question of a text that does not hold any more', () => {
  const later = instantOf(2026, 12, 10, 9 * 60)
  const said = (its: Book, endings: Readonly<Record<string, string>>, text: string) => {
    const contests = [{ ...CONTEST, to: '2026-12-31' }]
    const one = converse(its, emptyConversation('c'), { ...directory, contests, endings }, later)
    one.send(text)
    return one
  }
  const law = 'luat-120-2025'

  test('is asked in no contest: it stands still until the text is put right', () => {
    expect(said(book, {}, 'cuộc thi').said).toContain('cuoc-thi.moi')
    expect(said(withoutTopics(book, [TOPIC]), {}, 'cuộc thi').said).toContain('cuoc-thi.khong-co')
    expect(said(book, { [law]: '2026-12-01' }, 'cuộc thi').said).toContain('cuoc-thi.khong-co')
    expect(said(book, { [law]: '2026-12-31' }, 'cuộc thi').said).toContain('cuoc-thi.moi')
  })

  test('is practised by nobody', () => {
    const one = said(book, { [law]: '2026-12-01' }, 'heroin là gì')
    one.send('đọc thêm')
    expect(one.options).toEqual(['gap-nguoi', 'xong'])
    const round = said(
      book,
      Object.fromEntries(book.topics.flatMap(({ sources }) => sources.map((id) => [id, '2026-12-01']))),
      'đố vui',
    )
    round.press(6)
    expect(round.said[0]).toBe('do-vui.chua-co')
  })
})

describe('an answer of a scored try', () => {
  const entered = () => {
    const words = new Map<string, string>()
    let state = emptyConversation('c')
    const facts: Facts = {
      directory: withContests(CONTEST),
      receipt: RECEIPT,
      lastMessageAt: null,
      tries: new Map(),
      claimCode: { shown: 'QUA-AAAA-BBBB', code: 'h' },
    }
    const send = (text: string, more: Partial<Facts> = {}) => {
      const event = { type: 'message' as const, text }
      const events = decide(book, state, { ...facts, ...more }, { key: text, contact: 'c', at: MONDAY, event })
      state = fold(state, events)
      for (const one of events) if ('words' in one && one.words) words.set(one.words.id, one.words.text)
      return events
    }
    send('cuộc thi')
    return { send, words, state: () => state }
  }

  test('is kept neither in the line that said it nor in the conversation', () => {
    const { send, state } = entered()
    send('làm bài')
    const events = send('2')
    const heard = events.find((one) => one.type === 'message_received')
    expect(heard).toEqual({
      type: 'message_received',
      words: { id: expect.any(String), text: '(Đã trả lời, máy không lưu chọn câu nào.)' },
    })
    expect(events).toContainEqual({ type: 'contest_answered', contest: 'thi', phase: 'single', n: 0, right: true })
    expect(JSON.stringify(state())).not.toMatch(/"right":|"correct"|"score"/)
  })

  test('says nothing of right or wrong before the end, and the score to the person alone', () => {
    const { send, words } = entered()
    send('làm bài')
    const blocks = (events: ReturnType<typeof send>) =>
      events.flatMap((one) => (one.type === 'message_queued' ? [one.message] : []))
    expect(blocks(send('2'))[0]?.blocks.map(({ key }) => key)).toEqual(['cuoc-thi.cau'])
    send('2', { tries: new Map([['thi:single', { answered: 1, correct: 1, done: false, claim: 'none' }]]) })
    const [last] = blocks(
      send('3', { tries: new Map([['thi:single', { answered: 2, correct: 2, done: false, claim: 'none' }]]) }),
    )
    expect(last?.own).toBe(true)
    const context = {
      book,
      directory: withContests(CONTEST),
      pronoun: null,
      now: MONDAY,
      service: SAMPLE_SERVICE,
      answer: (id: string) => words.get(id),
    }
    expect(compose(last!, context).paragraphs.join(' ')).toContain('**2/3** câu')
  })

  test('that is a question or a cry is heard as such, and the same question comes again', () => {
    const { send, state } = entered()
    send('làm bài')
    const asked = send('gặp người')
    expect(asked.some(({ type }) => type === 'ticket_opened')).toBe(true)
    expect(asked[0]).toMatchObject({ type: 'message_received', words: { text: 'gặp người' } })
    expect(asked.some(({ type }) => type === 'contest_answered')).toBe(false)
    expect(state().ticket).not.toBeNull()
  })

  test('is not taken where nothing is known of the tries: nobody is scored by mistake', () => {
    const { send } = entered()
    const events = send('làm bài', { tries: undefined as never })
    expect(events.some(({ type }) => type === 'contest_begun')).toBe(false)
  })
})
