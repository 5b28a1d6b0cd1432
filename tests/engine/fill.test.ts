import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHtml } from '../../src/channels/render.ts'
import type { Message } from '../../src/engine/content.ts'
import { compose, fillsFor, placeholders } from '../../src/engine/fill.ts'
import { book, bookWith, converse, directory, MONDAY, question, RECEIPT } from './converse.ts'

const WORDS: Readonly<Record<string, readonly string[]>> = {
  so: ['Gọi số **{phone}** lúc {gio}, {bạn} nhé.', '{thieu}'],
  diem: ['{point}', '{commune}'],
  hoi: ['{Bạn} chọn đi.'],
  'hoi.a': ['Một'],
}
const own = { ...book, words: (key: string) => WORDS[key] }
const context = {
  book: own,
  directory,
  pronoun: null,
  now: MONDAY,
  service: { operator: 'Trạm *MẪU*', operator_type: 'đơn vị y tế', readers: 'tư vấn viên', retention_days: '30' },
  answer: (_id: string): string | undefined => undefined,
}
const message = (key: string, fills = {}): Message => ({ blocks: [{ key, fills }] })

describe('composing a message', () => {
  test('what a person typed is never markup and never a placeholder', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('*', '**', '{x}', '{bạn}', '{', '}', 'a', ' ', '\n', '<b>', '$&', '$1')),
        (parts) => {
          const typed = parts.join('')
          const { paragraphs } = compose(message('so', { phone: { type: 'answer', id: 'w' } }), {
            ...context,
            answer: () => typed,
          })
          const html = toHtml({ paragraphs: [...paragraphs], choices: [], markup: true })
          const shown = typed
            .replaceAll('*', '∗')
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replaceAll('>', '&gt;')
          expect(html).toContain(typed === '' ? 'Gọi số' : `<b>${shown}</b>`)
        },
      ),
    )
  })

  test('a missing answer leaves a gap without stars, and a paragraph that is nothing but the gap is left out', () => {
    const { paragraphs } = compose(message('so', { phone: { type: 'answer', id: 'gone' } }), context)
    expect(paragraphs).toEqual(['Gọi số  lúc , bạn nhé.'])
  })

  test('a page typed where a name was asked for is said back shortened, so that the message still goes out', () => {
    const long = { ...context, answer: () => 'Lan 😔'.repeat(1_000) }
    const { paragraphs } = compose(message('so', { phone: { type: 'answer', id: 'w' } }), long)
    expect(paragraphs[0]?.length).toBeLessThan(250)
    expect(paragraphs[0]).toContain('…**')
  })

  test('a star in the name of a point moves no bold', () => {
    const starred = { ...directory, points: directory.points.map((point) => ({ ...point, name: 'Điểm **A*' })) }
    const fills = { point: { type: 'point' as const, id: directory.points[0]!.id } }
    const { paragraphs } = compose(message('diem', fills), { ...context, directory: starred })
    expect(paragraphs[0]).toContain('**Điểm ∗∗A∗**')
  })

  test('the person is addressed as they speak of themselves, also at the beginning of a sentence', () => {
    expect(compose(message('hoi'), context).paragraphs).toEqual(['Bạn chọn đi.'])
    expect(compose(message('hoi'), { ...context, pronoun: 'cháu' }).paragraphs).toEqual(['Cháu chọn đi.'])
  })

  test('a choice carries the question it belongs to', () => {
    const options = [{ id: 'a', label: { type: 'words' as const, key: 'hoi.a' } }]
    expect(compose({ blocks: [], options, question: 7 }, context).choices).toEqual([{ data: '7.a', label: 'Một' }])
  })

  test('dates, times and places are written as people write them', () => {
    const state = {
      ...converse().state,
      answers: {
        ngay: { type: 'code' as const, value: '2026-11-30' },
        call_time: { type: 'code' as const, value: '405' },
        commune: { type: 'code' as const, value: 'long-sap-son-la' },
        trong: { type: 'code' as const, value: '' },
      },
    }
    const facts = { directory, receipt: RECEIPT }
    const words = { x: ['{ngay} {call_time} {commune} {receipt}'], y: ['{trong}'] }
    const fills = fillsFor([...placeholders(words.x), 'trong'], state, facts, MONDAY)
    const spoken = { ...context, book: { ...book, words: (key: string) => words[key as 'x'] } }
    expect(compose(message('x', fills), spoken).paragraphs).toEqual([
      `thứ Hai 30/11/2026 06:45 Xã Lóng Sập, Sơn La ${RECEIPT}`,
    ])
    expect(fills).not.toHaveProperty('trong')
  })

  test('whoever runs the service and reads in it is named as the settings say, and cannot move our bold', () => {
    const words = ['Kênh của **{operator}** ({operator_type}); {readers} đọc; giữ {retention_days} ngày.']
    const asked = { ...context, book: { ...own, words: () => words } }
    expect(compose(message('hoi'), asked).paragraphs).toEqual([
      'Kênh của **Trạm ∗MẪU∗** (đơn vị y tế); tư vấn viên đọc; giữ 30 ngày.',
    ])
  })

  test('a corrected text reaches a message that is already queued', () => {
    const later = { ...context, book: { ...own, words: () => ['Lời đã sửa.'] } }
    expect(compose(message('hoi'), later).paragraphs).toEqual(['Lời đã sửa.'])
  })
})

describe('queueing what is said', () => {
  test('a question whose words are missing still shows its choices', () => {
    const flow = {
      hoi: question({ words: { key: 'khong-co' }, choices: [{ id: 'a', next: 'het' }] }),
      het: { type: 'end' as const },
    }
    const talk = converse(bookWith({ thu: flow }, { home: 'thu' })).send('👍')
    expect(talk.options).toEqual(['a'])
    expect(talk.said).toEqual(['he-thong.lai.choice'])
  })

  test('long words become several messages, the choices with the last', () => {
    const flow = {
      mot: { type: 'say' as const, words: { key: 'dai' }, next: 'hoi' },
      hoi: question({ words: { key: 'dai' }, choices: [{ id: 'a', next: 'het' }] }),
      het: { type: 'end' as const },
    }
    const long = {
      ...bookWith({ thu: flow }, { home: 'thu' }),
      words: (key: string) => (key === 'dai' ? ['x'.repeat(1_000)] : book.words(key, 'vi')),
    }
    const queued = converse(long)
      .send('asdf')
      .events.filter((e) => e.type === 'message_queued')
    expect(queued.map((e) => e.message.options?.length ?? 0)).toEqual([0, 1])
  })
})
