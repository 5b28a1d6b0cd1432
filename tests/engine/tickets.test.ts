import { describe, expect, test } from 'vitest'
import { converse, kinds, RECEIPT } from './converse.ts'

const take = { type: 'take' } as const
const hold = () => converse().send('gặp người').staff('lan', take)
const unanswered = (dueAt: number) => ({
  type: 'timer' as const,
  timer: { id: 'c:unanswered', kind: 'unanswered' as const, dueAt },
})

describe('a ticket', () => {
  test('taken twice at once has one owner, and the other is told no', () => {
    const talk = hold()
    talk.staff('minh', take)
    expect(talk.state.ticket?.heldBy).toBe('lan')
    expect(talk.events).toContainEqual({ type: 'ignored', reason: 'held_by_another' })
    talk.staff('minh', { type: 'reply', text: 'Chào em' })
    expect(kinds(talk)).not.toContain('staff_line_queued')
  })

  test('taken again by its owner changes nothing and says nothing', () => {
    expect(hold().staff('lan', take).said).toEqual([])
  })

  test('is taken by a reply, and a long reply goes out in pieces in order', () => {
    const talk = converse()
      .send('gặp người')
      .staff('lan', { type: 'reply', text: 'một câu dài. '.repeat(300) })
    const lines = talk.events.filter((e) => e.type === 'staff_line_queued')
    expect(talk.state.ticket?.heldBy).toBe('lan')
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.map((e) => e.words.text).join(' ')).toBe('một câu dài. '.repeat(300).trim())
  })

  test('that nobody holds cannot be handed back, and one that is not there cannot be taken', () => {
    expect(converse().send('gặp người').staff('lan', { type: 'hand_back' }).said).toEqual([])
    expect(converse().staff('lan', take).events).toContainEqual({ type: 'ignored', reason: 'no_ticket' })
  })

  test('opened once is not opened twice; an emergency raises it, and nothing lowers it', () => {
    const talk = converse().send('gặp người').send('gặp người')
    expect(kinds(talk)).not.toContain('ticket_opened')
    talk.send('em muốn chết')
    expect(talk.state.ticket).toMatchObject({ priority: 'emergency', reason: 'suicide' })
    expect(talk.send('gặp người').state.ticket?.priority).toBe('emergency')
  })

  test('that somebody else holds is not theirs to close', () => {
    const talk = hold().staff('hoa', { type: 'close' })
    expect(talk.events).toContainEqual({ type: 'ignored', reason: 'held_by_another' })
    expect(talk.state.ticket?.heldBy).toBe('lan')
  })

  test('that is over leaves no question from before waiting for the next "1": only what was just asked', () => {
    const closed = hold().staff('lan', { type: 'close' }).send('1')
    expect(closed.state.answers).toEqual({ helped: { type: 'code', value: 'co' } })
    expect(hold().staff('lan', { type: 'hand_back' }).send('1').said).toEqual(['gap-nguoi.viet'])
    const late = hold()
    late.wait(11).receive(unanswered(late.state.ticket!.answerBy!))
    expect(late.state.session).toBeNull()
    expect(late.send('1').state.answers).toEqual({})
  })
})

describe('holding is a lease', () => {
  test('ten minutes without a line tell the person and give the ticket back', () => {
    const talk = hold().send('chị ơi')
    const dueAt = talk.state.ticket!.answerBy!
    talk.receive(unanswered(dueAt))
    expect(talk.said).toEqual(['he-thong.chua-co-nguoi'])
    expect(talk.state.ticket).toMatchObject({ heldBy: null, answerBy: null })
  })

  test('writing again does not make the wait longer', () => {
    const talk = hold()
    const first = talk.state.ticket!.answerBy
    talk.wait(5).send('chị ơi').wait(4).send('chị còn đó không')
    expect(talk.state.ticket!.answerBy).toBe(first)
  })

  test('a line that went out while the timer was on its way keeps the ticket', () => {
    const talk = hold().send('chị ơi')
    const dueAt = talk.state.ticket!.answerBy!
    talk.staff('lan', { type: 'reply', text: 'Chị đây' }).receive(unanswered(dueAt))
    expect(talk.said).toEqual([])
    expect(talk.state.ticket?.heldBy).toBe('lan')
  })

  test('an old timer neither ends nor loses the wait that began after it', () => {
    const talk = hold().send('chị ơi')
    const old = talk.state.ticket!.answerBy!
    talk.staff('lan', { type: 'reply', text: 'Chị đây' }).wait(3).send('dạ')
    const dueAt = talk.state.ticket!.answerBy!
    expect(dueAt).toBeGreaterThan(old)
    talk.receive(unanswered(old))
    expect(talk.events).toContainEqual({ type: 'timer_set', id: 'c:unanswered', kind: 'unanswered', dueAt })
    expect(talk.receive(unanswered(dueAt)).said).toEqual(['he-thong.chua-co-nguoi'])
  })
})

describe('after an emergency', () => {
  test('what is written next goes to the people who were told, and the machine teaches nothing', () => {
    const talk = converse().send('chồng em bị quá liều')
    for (const text of ['quá liều thì làm gì', 'alo', 'asdf'])
      expect(talk.send(text).said).toEqual(['he-thong.ghi-nhan'])
    expect(talk.send('gặp cán bộ').said).toContain('gap-nguoi.dang-cho')
  })

  test('an emergency while a human holds is relayed and has its card at once', () => {
    const talk = hold().send('em muốn chết')
    expect(talk.events).toContainEqual({ type: 'message_relayed', to: 'lan' })
    expect(talk.events.find((e) => e.type === 'message_queued')).toMatchObject({ lane: 'crisis', kind: 'emergency' })
    expect(talk.state.ticket).toMatchObject({ priority: 'emergency', heldBy: 'lan' })
  })
})

describe('what else may happen', () => {
  test('a blocked delivery stops reminders and becomes a task for staff; writing again undoes the first', () => {
    const talk = converse().send('xin chào')
    talk.receive({ type: 'delivery', outbound: 'c.1.2', outcome: 'failed', reason: 'blocked' })
    expect(talk.state.reachable).toBe(false)
    expect(talk.events).toContainEqual(
      expect.objectContaining({ type: 'task_opened', about: 'c.1.2', reason: 'failed:blocked' }),
    )
    expect(talk.send('alo').state.reachable).toBe(true)
  })

  test('texts that reached their age go without a message, but never while a human holds', () => {
    const retention = { type: 'timer' as const, timer: { id: 'c:retention', kind: 'retention' as const, dueAt: 0 } }
    expect(hold().receive(retention).state.ticket).not.toBeNull()
    expect(converse().send('gặp người').receive(retention).state.ticket).toBeNull()
    const talk = converse().send('xin chào').receive(retention)
    expect(talk.said).toEqual([])
    expect(talk.state).toMatchObject({ seq: 2, session: null, answers: {} })
  })

  test('whoever was erased is greeted as somebody new', () => {
    const talk = converse().send('xin chào').send('xoá').send('có')
    expect(talk.events).toContainEqual({ type: 'contact_erased', receipt: RECEIPT })
    expect(talk.send('asdf').said).toContain('chao.gioi-thieu')
  })
})

describe('an emergency phrase to a human who is answering', () => {
  const card = (talk: ReturnType<typeof hold>) =>
    talk.events.find((e) => e.type === 'message_queued' && e.kind === 'emergency') as
      | { id: string; dueAt?: number }
      | undefined

  test('raises the ticket at once, and the card follows a minute later', () => {
    const talk = hold().staff('lan', { type: 'reply', text: 'Chào em' }).wait(1)
    talk.send('em không muốn sống nữa')
    expect(talk.state.ticket?.priority).toBe('emergency')
    const line = talk.state.ticket?.staffLineAt ?? 0
    expect(card(talk)?.dueAt).toBe(line + 60_000 + 1_000 + 60_000)
  })

  test('takes the card back when the human writes within that minute', () => {
    const talk = hold().staff('lan', { type: 'reply', text: 'Chào em' }).send('em không muốn sống nữa')
    const { id } = card(talk)!
    talk.staff('lan', { type: 'reply', text: 'Chị đây, em đang ở đâu?' })
    expect(talk.events).toContainEqual({ type: 'message_withdrawn', id })
    talk.staff('lan', { type: 'reply', text: 'Em nói tiếp đi' })
    expect(kinds(talk)).not.toContain('message_withdrawn')
  })

  test('shows the card at once when the human has been silent for five minutes or never wrote', () => {
    const silent = hold().staff('lan', { type: 'reply', text: 'Chào em' }).wait(6).send('em không muốn sống nữa')
    expect(card(silent)).toBeDefined()
    expect(card(silent)?.dueAt).toBeUndefined()
    expect(card(hold().send('em không muốn sống nữa'))?.dueAt).toBeUndefined()
  })
})
