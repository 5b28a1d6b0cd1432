import { expect, test } from 'vitest'
import { emptyConversation } from '../../src/engine/conversation.ts'
import { book, converse, directory } from './converse.ts'

const off = { ...directory, switches: { noUnprompted: false, onlyHuman: true } }
const silent = () => converse(book, emptyConversation('c'), off)

test('with the bot switched off whoever writes gets a human, and hears so', () => {
  for (const text of ['xin chào', 'methadone là gì', '1', 'menu', 'asdf']) {
    const talk = silent().send(text)
    expect(talk.said).toEqual(['he-thong.chi-con-nguoi'])
    expect(talk.state.ticket).toMatchObject({ reason: 'person', priority: 'routine' })
  }
  const twice = silent().send('alo').send('có ai không')
  expect(twice.events.filter(({ type }) => type === 'ticket_opened')).toEqual([])
})

test('an emergency still has its card and its ticket in that same turn', () => {
  const talk = silent().send('em không muốn sống nữa')
  expect(talk.events.find((e) => e.type === 'message_queued')).toMatchObject({ lane: 'crisis', kind: 'emergency' })
  expect(talk.state.ticket?.priority).toBe('emergency')
})

test('a person can still delete, stop and take a request back', () => {
  expect(
    silent()
      .send('xoá')
      .send('có')
      .events.map(({ type }) => type),
  ).toContain('contact_erased')
  expect(silent().send('dừng nhận tin').said).not.toContain('he-thong.chi-con-nguoi')
  for (const text of ['huỷ yêu cầu', 'rút đăng ký', 'thôi hỏi thăm', 'tách kênh'])
    expect([text, silent().send('alo').send(text).said.includes('he-thong.chi-con-nguoi')]).toEqual([text, false])
})

test('a question that waited when it was switched off takes no later "1"', () => {
  const later = converse(book, converse().send('xin chào').state, off).send('1')
  expect(later.state.session).toBeNull()
  expect(later.said).toEqual(['he-thong.chi-con-nguoi'])
})

test('a human who holds the conversation is not disturbed by it', () => {
  const talk = silent().send('alo').staff('lan', { type: 'take' }).send('chị ơi')
  expect(talk.events).toContainEqual({ type: 'message_relayed', to: 'lan' })
  expect(talk.said).toEqual([])
})
