import { describe, expect, test } from 'vitest'
import type { Conversation } from '../../src/engine/conversation.ts'
import { book, type Conversing, converse, directory, kinds } from './converse.ts'

const take = { type: 'take' } as const
const hold = () => converse().send('gặp người').staff('lan', take)
/** The same talk, with something of the person's own in it. */
const having = (more: Partial<Conversation>) => converse(book, { ...hold().state, ...more })
const isWithLan = (talk: Conversing) => talk.state.ticket?.heldBy === 'lan'
const relayed = { type: 'message_relayed', to: 'lan' }

describe('while a human holds the talk', () => {
  test.each([
    ['xoá', 'xoa.hoi'],
    ['Xoá hết', 'xoa.hoi'],
    ['rút đăng ký', 'rut-dang-ky.hoi'],
    ['tách kênh', 'tach-kenh.hoi'],
    ['dừng', 'dung.da-dung'],
    ['thôi hỏi thăm', 'thoi-hoi-tham.khong-co'],
    ['thôi chia sẻ kế hoạch', 'thoi-chia-se.khong-chia'],
    ['thôi đồng hành', 'thoi-dong-hanh.khong-co'],
    ['đừng gọi cho em', 'huy-yeu-cau.da-bo'],
    ['hỏi ý tôi', 'chuyen-diem.khong-co'],
  ])('"%s" does what it promises, and the human sees it and keeps the talk', (text, key) => {
    const talk = hold().send(text)
    expect(talk.said).toEqual([key])
    expect(talk.events).toContainEqual(relayed)
    expect(isWithLan(talk)).toBe(true)
  })

  test('everything is erased at the word and a yes', () => {
    const talk = hold().send('xoá').send('có')
    expect(kinds(talk)).toContain('contact_erased')
    expect(talk.said).toEqual(['xoa.xong'])
    expect(talk.state.ticket).toBeNull()
  })

  test('a pressed yes counts whatever was written between; a typed one is for the human who wrote last', () => {
    const asked = () => hold().send('xoá').staff('lan', { type: 'reply', text: 'Em có ăn gì chưa?' })
    const typed = asked().send('có')
    expect([typed.said, isWithLan(typed), kinds(typed).includes('message_relayed')]).toEqual([[], true, true])
    const { session } = asked().state
    expect(kinds(asked().send('Có, xoá hết', { choice: `${session?.wait}.co` }))).toContain('contact_erased')
  })

  test('when the flow is over the talk goes on with the human alone, whatever it was begun inside of', () => {
    const talk = hold().send('xoá').send('không')
    expect([talk.said, talk.state.session]).toEqual([['xoa.giu'], null])
    const next = talk.send('1')
    expect([next.said, next.events.filter(({ type }) => type === 'timer_set').length]).toEqual([[], 1])
    const inside = converse().send('gặp người').send('xin chào').send('người đồng hành').staff('lan', take)
    expect(inside.state.session?.runs.length).toBeGreaterThan(1)
    expect(inside.send('không').said).toEqual([])
    inside.send('Không', { choice: `${inside.state.session?.wait}.khong` })
    expect([inside.said, inside.state.session]).toEqual([['nguoi-dong-hanh.khong-can'], null])
  })

  test('a line that answers nothing, or only may be the word, is for the human and leaves the question open', () => {
    const talk = hold().send('xoá').send('chị ơi, xoá là sao')
    expect([talk.said, talk.events.includes(talk.events.find(({ type }) => type === 'timer_set')!)]).toEqual([[], true])
    expect(talk.send('không').said).toEqual(['xoa.giu'])
    for (const text of ['dung', 'thoát', 'menu', 'người đồng hành', 'xem giới thiệu'])
      expect([text, hold().send(text).said]).toEqual([text, []])
  })

  test('a line that the machine answers asks the human for none', () => {
    const talk = hold().staff('lan', { type: 'reply', text: 'Chị đây' }).send('dừng')
    expect([talk.said, talk.state.ticket?.answerBy]).toEqual([['dung.da-dung'], null])
  })

  test('danger comes before every word', () => {
    const talk = hold().send('xoá').send('em muốn chết')
    expect(talk.events.find((e) => e.type === 'message_queued')).toMatchObject({ kind: 'emergency' })
    expect([talk.state.session, isWithLan(talk)]).toEqual([null, true])
  })

  test('what staff ask is read and answered; who would ask a human first has one', () => {
    const [from, to] = directory.points
    const enrolment = {
      ...{ id: 'c.1.1', whom: 'minh', form: 'tai-nha', state: 'asked', movedAt: 0, papers: [] },
      ...{ point: from!.id, transferTo: to!.id },
    } as Conversation['enrolment']
    const talk = having({ enrolment: enrolment! }).send('hỏi ý tôi')
    expect(talk.said).toEqual(['chuyen-diem.hoi'])
    expect(talk.send('gặp người').said).toEqual([])
    expect([talk.state.session, talk.state.enrolment?.transferTo, isWithLan(talk)]).toEqual([null, to!.id, true])
    expect(talk.send('hỏi ý tôi').send('đồng ý').said).toEqual(['chuyen-diem.da-chuyen'])
    expect(talk.state.enrolment?.point).toBe(to!.id)
  })
})
