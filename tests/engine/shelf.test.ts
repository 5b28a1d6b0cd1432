import { describe, expect, test } from 'vitest'
import { emptyConversation } from '../../src/engine/conversation.ts'
import { book, converse, directory } from './converse.ts'

const where = {
  ...directory,
  entrances: [
    { code: 'khu-nha-may', name: 'KCN MẪU', audience: 'nguoi-lao-dong' },
    { code: 'cho-phien', name: 'Chợ phiên MẪU', audience: '' },
  ],
}
const shelf = new Set(book.topics.filter(({ audiences }) => audiences.includes('nguoi-lao-dong')).map(({ id }) => id))
const comes = (entrance: string, text = 'chào', known = where) =>
  converse(book, emptyConversation('c'), known).receive({ type: 'message', text, entrance })

describe('whoever comes by the card of a place that named a shelf', () => {
  test.each(['chào', '/start', 'asdf ghjk'])('hears who reads here and sees that shelf first (%s)', (text) => {
    const talk = comes('khu-nha-may', text)
    expect(talk.said).toContain('chao.gioi-thieu')
    expect(talk.said.at(-1)).toBe('ngan-doc.ngan')
    const topics = talk.options.filter((id) => shelf.has(id))
    expect(topics.length).toBeGreaterThan(2)
    expect(talk.options).toEqual([...topics, 'tiep', 'muc-khac', 'gap-nguoi', 'khan-cap'])
  })

  test('reads a text by its number, or goes to all the rest, to a person, or to the emergency card', () => {
    expect(comes('khu-nha-may').send('1').said[0]).toMatch(/^(topic\.|he-thong\.chu-de)/)
    const other = (id: string) => {
      const talk = comes('khu-nha-may')
      return talk.press(talk.options.indexOf(id) + 1)
    }
    expect(other('muc-khac').said).toContain('muc-luc.ai')
    expect(other('gap-nguoi').state.ticket).not.toBeNull()
    expect(other('khan-cap').said.join()).toMatch(/khan-cap/)
    const more = other('tiep')
    expect(more.said).toContain('ngan-doc.ngan')
    expect(
      more.options.every((id) => shelf.has(id) || ['tiep', 'muc-khac', 'gap-nguoi', 'khan-cap'].includes(id)),
    ).toBe(true)
  })

  test('gets an answer at once where the first message is a question or a cry for help', () => {
    expect(comes('khu-nha-may', 'bạn em gọi không dậy').said.join()).toMatch(/khan-cap|ngung-tho|bat-tinh|cap-cuu/)
    const question = book.topics.find(({ id }) => id === 'qua-lieu')!.questions[0]!
    expect(comes('khu-nha-may', question).said).toContain('topic.qua-lieu.card')
  })

  test('is not led there a second time', () => {
    const talk = comes('khu-nha-may').send('mục khác').send('chào')
    expect(talk.said).not.toContain('ngan-doc.ngan')
  })
})

test.each([
  ['no shelf', 'cho-phien', where],
  ['a kit of the house', 'truong-hoc', where],
  ['a place that is in use no more', 'khu-nha-may', directory],
])('a card of %s leads to the greeting as always', (_, code, known) => {
  const talk = comes(code, 'chào', known as typeof where)
  expect(talk.said).toEqual(['chao.gioi-thieu', 'muc-luc.ai'])
  expect(talk.state.answers.entrance).toEqual({ type: 'code', value: code })
})
