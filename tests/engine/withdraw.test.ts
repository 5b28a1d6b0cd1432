import { describe, expect, test } from 'vitest'
import { converse, kinds } from './converse.ts'

/** A callback asked for in full. */
const asked = () => converse().send('gọi lại cho em').send('0912345678').send('đúng').send('tối').send('không nói gì')

describe('a callback', () => {
  test.each([
    'đừng gọi cho em nhé',
    'dung goi cho toi',
    'không cần gọi lại cho em đâu, chồng em biết thì chết',
    'em không muốn ai gọi cho em hết',
    'chưa gọi cho em vội',
  ])('"%s" never asks for a number', (text) => {
    expect(
      converse()
        .send(text)
        .said.filter((key) => key.startsWith('goi-lai.')),
    ).toEqual([])
  })

  test.each(['huỷ yêu cầu', 'hủy gọi lại', 'thôi đừng gọi nữa', 'không cần nữa', 'dung goi nua'])(
    '"%s" takes it back: the number goes and nobody will call',
    (text) => {
      const talk = asked().send(text)
      expect(talk.said).toEqual(['huy-yeu-cau.da-bo'])
      expect(kinds(talk)).toEqual(expect.arrayContaining(['form_withdrawn', 'ticket_closed']))
      expect(talk.state.ticket).toBeNull()
    },
  )

  test('taken back in an emergency loses its number, and the emergency stays', () => {
    const talk = asked().send('em muốn chết').send('đừng gọi cho em')
    expect(kinds(talk)).toContain('form_withdrawn')
    expect(talk.state.ticket?.priority).toBe('emergency')
  })

  test('can be given up at every question', () => {
    const talk = converse().send('gọi lại cho em')
    for (const answer of ['0912345678', 'đúng', 'tối']) {
      talk.send(answer)
      expect(talk.options).toContain('thoi')
    }
    expect(talk.press(talk.options.length).said).toEqual(['goi-lai.thoi'])
    expect(talk.state.ticket).toBeNull()
  })

  test('that still waits is named by the goodbye', () => {
    expect(asked().send('thoát').said).toEqual(['he-thong.tam-biet-con-phieu'])
    expect(asked().send('huỷ yêu cầu').send('thoát').said).toEqual(['he-thong.tam-biet'])
  })

  test.each([
    ['21h', 21 * 60],
    ['tối nay sau 9h', 21 * 60],
    ['7 giờ tối', 19 * 60],
  ])('takes "%s" where an hour is asked, though choices are shown', (text, minutes) => {
    const talk = converse().send('gọi lại cho em').send('0912345678').send('đúng').send(text)
    expect(talk.said).toEqual(['goi-lai.gio-dung'])
    expect(talk.state.answers.call_time).toEqual({ type: 'code', value: String(minutes) })
  })

  test('with a choice taken instead forgets the hour typed before', () => {
    const talk = converse().send('gọi lại cho em').send('0912345678').send('đúng').send('21h').send('đúng')
    talk.send('quay lại').send('quay lại').send('2')
    expect(talk.state.answers).toMatchObject({ hours: { value: 'chieu' }, call_time: { value: '' } })
  })

  test('takes the caller’s cover in the person’s own words', () => {
    const talk = converse()
      .send('gọi lại cho em')
      .send('0912345678')
      .send('đúng')
      .send('2')
      .send('Nói là bên giao hàng')
    expect(kinds(talk)).toContain('form_submitted')
    expect(talk.state.answers.cover_words?.type).toBe('words')
  })
})
