import { describe, expect, test } from 'vitest'
import type { Conversation, InboundEvent } from '../../src/engine/conversation.ts'
import { emptyConversation } from '../../src/engine/conversation.ts'
import { COURSE_FLOWS, courseFact } from '../../src/engine/courses/course.ts'
import type { Event } from '../../src/engine/event.ts'
import { book, MONDAY, turn } from './converse.ts'

const say = (text: string): InboundEvent => ({ type: 'message', text })
const take: InboundEvent = { type: 'staff', by: 'lan', action: { type: 'take' } }

/** Every different place a conversation can come to by pressing, and by typing what opens questions need. */
function explore(): ReadonlyMap<string, Conversation> {
  const typed = [
    'xin chào',
    'gặp người',
    'dừng',
    'dung',
    'xoá',
    'trợ giúp',
    'tìm điểm',
    'gọi lại cho tôi',
    'học',
    'khoá học',
    'học tiếp',
    'đố vui',
  ]
  const answers = [
    'Lóng Sập',
    'Giao Thủy',
    'Hà Nội',
    '0912345678',
    '14:30',
    'có',
    'không',
    'em muốn hỏi',
    'em muốn chết',
    'asdf',
  ]
  const places = new Map<string, Conversation>([['mới', emptyConversation('c')]])
  const queue = [...places.values()]
  for (let state = queue.shift(); state; state = queue.shift()) {
    const session = state.session
    const presses = (session?.options ?? []).map(
      (o): InboundEvent => ({ type: 'message', text: '', choice: `${session!.wait}.${o.id}` }),
    )
    for (const event of [...presses, ...[...(session ? [] : typed), ...answers].map(say), take]) {
      const { after } = turn(state, event, MONDAY)
      const name = nameOf(after)
      if (places.has(name)) continue
      places.set(name, after)
      queue.push(after)
    }
  }
  return places
}

function nameOf(state: Conversation): string {
  const { session, ticket, stopped, confirm, enrolment } = state
  const top = session?.runs.at(-1)
  const at = top ? `${top.flow}/${top.node}` : '–'
  const held = ticket ? `${ticket.priority}${ticket.heldBy === null ? '' : ' giữ'}` : 'không phiếu'
  const asks = enrolment && enrolment.state !== 'declined' ? 'đăng ký' : ''
  // A course makes a difference where courses are spoken of, or nothing is asked; its end, like that of a round of
  // questions, comes with the last.
  const alone = !ticket && !stopped && !confirm
  const reads = alone && (!top || COURSE_FLOWS.includes(top.flow)) ? courseFact(state) : ''
  const lesson = reads === 'on' && top?.flow === 'bai-hoc' ? String(state.course?.place) : ''
  const round = alone ? String(session?.quiz?.at ?? '') : ''
  return [at, held, stopped ? 'dừng' : '', confirm ? 'hỏi lại' : '', asks, reads, lesson, round].join(' ')
}

const places = [...explore()]
const free = places.filter(([, state]) => !state.ticket?.heldBy)
const held = places.filter(([, state]) => state.ticket?.heldBy)
const questions = new Set(
  places.map(([, { session }]) => `${session?.runs.at(-1)?.flow}/${session?.runs.at(-1)?.node}`),
)

const relayed = (events: readonly Event[]) => events.some((e) => e.type === 'message_relayed')
const keys = (events: readonly Event[]) =>
  events.flatMap((e) => (e.type === 'message_queued' ? e.message.blocks.map((b) => b.key) : []))
/** Runs a check in each place and names the places where it fails. */
function failing(
  list: readonly (readonly [string, Conversation])[],
  check: (state: Conversation) => boolean,
): readonly string[] {
  return list.filter(([, state]) => !check(state)).map(([name]) => name)
}

describe('from every place a conversation can come to', () => {
  test('(the exploration comes to every question of the book)', () => {
    const flows = new Set([...questions].map((name) => name.split('/')[0]!).filter((id) => book.flow(id)))
    const asked = [...flows].flatMap((id) =>
      Object.entries(book.flow(id)!.nodes).flatMap(([node, { type }]) => (type === 'ask' ? [`${id}/${node}`] : [])),
    )
    expect(asked.filter((one) => !questions.has(one))).toEqual([])
    expect(flows.size).toBeGreaterThanOrEqual(11)
    expect(held.length).toBeGreaterThan(10)
  })

  test.each([
    'em không muốn sống nữa',
    'chong em soc thuoc roi',
    'cứu',
    'e m m u ố n t ự t ử',
    'chong danh em chay mau, em tron trong nha tam',
    'con em 2 tuổi nuốt nhầm viên thuốc của bố',
    'bố em bỏ rượu 3 ngày nay co giật',
    'em vừa uống thuốc trừ sâu rồi',
    `${'chuyện dài '.repeat(2_000)} em muốn chết`,
  ])('an emergency brings the card and an open emergency ticket in that same turn (%#)', (text) => {
    const missing = failing(places, (state) => {
      const { after, events } = turn(state, say(text), MONDAY)
      const card = events.some((e) => e.type === 'message_queued' && e.lane === 'crisis' && e.kind === 'emergency')
      const told = !state.ticket?.heldBy || relayed(events)
      return card && told && after.ticket?.priority === 'emergency' && after.session === null
    })
    expect(missing).toEqual([])
  })

  test.each(['gặp người', 'gap nguoi', 'Dạ cho em gặp người ạ', 'GẶP CÁN BỘ'])(
    '"%s" leads to an open ticket',
    (text) => {
      expect(failing(free, (state) => turn(state, say(text), MONDAY).after.ticket !== null)).toEqual([])
    },
  )

  test.each([
    ['dừng', (after: Conversation) => after.stopped || after.session?.runs[0]?.flow === 'dung'],
    ['stop', (after: Conversation) => after.stopped || after.session?.runs[0]?.flow === 'dung'],
    ['xoá hết', (after: Conversation) => after.session?.runs[0]?.flow === 'xoa'],
    ['xóa', (after: Conversation) => after.session?.runs[0]?.flow === 'xoa'],
    ['trợ giúp', (after: Conversation) => after.session?.runs[0]?.flow === 'tro-giup'],
    ['tro giup', (after: Conversation) => after.session?.runs[0]?.flow === 'tro-giup'],
    ['thoát', (after: Conversation) => after.session === null],
    ['menu', (after: Conversation) => after.session !== null],
    ['quay lại', (after: Conversation) => after.session !== null],
  ])('"%s" interrupts', (text, done) => {
    expect(failing(free, (state) => done(turn(state, say(text), MONDAY).after))).toEqual([])
  })

  /** The machine was called and has asked since the human came. */
  const calledSince = ({ session, ticket }: Conversation) => (session?.wait ?? 0) > (ticket?.lineSeq ?? 0)

  test('every other verb is relayed, and answered by nobody else, while a human holds the conversation', () => {
    for (const text of ['gặp người', 'quay lại', 'thoát', 'menu', '1', 'asdf']) {
      const there = text === '1' ? held.filter(([, state]) => !calledSince(state)) : held
      expect(
        failing(there, (state) => {
          const { events } = turn(state, say(text), MONDAY)
          return relayed(events) && keys(events).length === 0
        }),
      ).toEqual([])
    }
  })

  test('"1" answers what a word of their own has asked while a human holds the conversation', () => {
    const there = held.filter(([, state]) => calledSince(state))
    expect(there.length).toBeGreaterThan(0)
    expect(failing(there, (state) => keys(turn(state, say('1'), MONDAY).events).length > 0)).toEqual([])
  })

  test.each([
    ['dừng', 'dung'],
    ['xoá', 'xoa'],
    ['rút đăng ký', 'rut-dang-ky'],
  ])('"%s" is relayed too, and does what was promised, while a human holds the conversation', (text, flow) => {
    expect(
      failing(held, (state) => {
        const { after, events } = turn(state, say(text), MONDAY)
        const said = keys(events)
        const own = said.length > 0 && said.every((key) => key.startsWith(`${flow}.`))
        return relayed(events) && own && after.ticket?.heldBy === state.ticket?.heldBy
      }),
    ).toEqual([])
  })

  test('a human is reached within two messages, whatever they are', () => {
    expect(
      failing(free, (state) => {
        const once = turn(state, say('asdf'), MONDAY).after
        return turn(once, say('gap nguoi'), MONDAY).after.ticket !== null
      }),
    ).toEqual([])
  })

  test('"dung" is đúng where yes or no is asked, and is asked about everywhere else', () => {
    const wrong = failing(free, (state) => {
      const top = state.session?.runs.at(-1)
      const node = top ? book.flow(top.flow)?.nodes[top.node] : undefined
      const { after, events } = turn(state, say('dung'), MONDAY)
      if (state.confirm) return after.stopped || after.session?.runs[0]?.flow === 'dung'
      if (node?.type === 'ask' && node.answer === 'yes_no')
        return (
          !events.some((e) => e.type === 'contact_stopped') &&
          events.some((e) => e.type === 'moved' && e.route === 'co')
        )
      return after.stopped === state.stopped && after.confirm?.trigger === 'dung'
    })
    expect(wrong).toEqual([])
  })

  test('erasing leaves nothing but the count of turns', () => {
    const kept = failing(free, (state) => {
      const asked = turn(state, say('xoá'), MONDAY).after
      const { after, events } = turn(asked, say('có'), MONDAY)
      const empty = emptyConversation('c')
      return (
        keys(events).includes('xoa.xong') && JSON.stringify(after) === JSON.stringify({ ...empty, seq: asked.seq + 1 })
      )
    })
    expect(kept).toEqual([])
  })

  test('what is no answer is answered too', () => {
    for (const event of [
      say('asdf'),
      say(''),
      { type: 'message', text: '', choice: '0.gia' },
      { type: 'message', text: '', media: 'sticker' },
    ] satisfies InboundEvent[]) {
      expect(failing(free, (state) => keys(turn(state, event, MONDAY).events).length > 0)).toEqual([])
    }
  })
})
