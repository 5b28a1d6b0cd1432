import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Conversation, InboundEvent, Media, StaffAction } from '../../src/engine/conversation.ts'
import { emptyConversation } from '../../src/engine/conversation.ts'
import type { Event } from '../../src/engine/event.ts'
import { fold } from '../../src/engine/evolve.ts'
import { isOwn } from '../../src/engine/own-words.ts'
import { MONDAY, type Turned, turn } from './converse.ts'

/** What may happen, described before it is known what choices will be on the screen. */
type Step =
  | { do: 'event'; event: InboundEvent }
  | { do: 'press'; nth: number; age: 'current' | 'stale' | 'forged'; labelled: boolean }
  | { do: 'timer'; late: number }
  | { do: 'wait'; minutes: number }
  /** 100 kB of it; spelled out only when played, so that a counterexample stays readable. */
  | { do: 'flood'; of: string }

const MEDIA: readonly Media[] = ['photo', 'voice', 'video', 'sticker', 'file', 'location', 'contact', 'unsupported']
const EMERGENCIES = ['em không muốn sống nữa', 'chong em bi qua lieu roi', 'cứu', 'SOS', 'nó đang cầm dao đuổi mẹ cháu']
const VERBS =
  'gặp người|gap nguoi|dừng|dung|xoá|xóa|xoa|quay lại|quay lai|trợ giúp|tro giup|thoát|thoat|menu|stop'.split('|')
const TALK = (
  'có|không|dạ|ok|đúng rồi|1|2|số hai|9|0912 345 678|01234567890|14:30|2 rưỡi chiều|mai|30/2|Giao Thủy|Lóng Sập, Sơn La|' +
  'Ninh Thuận|cho mình|con tôi|học|tìm điểm|gọi lại cho tôi|methadone là gì|quá liều là gì và phòng thế nào ạ|' +
  'em muốn đăng ký cai|cai bắt buộc khác gì|asdfgh|{phone} **x**|xem tất cả|thôi|xin chào|em muốn dừng lại'
).split('|')

const media = fc.constantFrom(...MEDIA)
const said = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...TALK) },
  { weight: 4, arbitrary: fc.constantFrom(...VERBS) },
  { weight: 1, arbitrary: fc.constantFrom(...EMERGENCIES) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('👍', '2️⃣', '💘💘', 'Привет 你好 สวัสดี أهلا', '\u0000\u200b\ud800', ' \n ', ''),
  },
)
const action: fc.Arbitrary<StaffAction> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<StaffAction>({ type: 'take' }) },
  fc.constantFrom('Chào em', '', 'dài '.repeat(1_000)).map((text): StaffAction => ({ type: 'reply', text })),
  fc.constantFrom<StaffAction>(
    { type: 'hand_back' },
    { type: 'close' },
    { type: 'note', text: 'đã gọi' },
    { type: 'contact', contact: { kind: 'call', outcome: 'reached', note: '', callOn: null } },
    { type: 'contact', contact: { kind: 'call', outcome: 'no_calls', note: 'đừng', callOn: null } },
    { type: 'make_slip', slip: { code: 'x', expiresAt: MONDAY } },
    { type: 'erase' },
    { type: 'transfer', to: null, note: '' },
    { type: 'transfer', to: { staff: 'minh' }, note: 'nhờ anh' },
    { type: 'transfer', to: { point: 'mau-van-ho' }, note: '' },
  ),
)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: said.map((text): Step => event({ type: 'message', text })) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('press' as const),
      nth: fc.nat(9),
      age: fc.constantFrom('current', 'current', 'stale', 'forged'),
      labelled: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(media, fc.constantFrom('', 'ảnh đây'))
      .map(([kind, text]): Step => event({ type: 'message', text, media: kind })),
  },
  { weight: 1, arbitrary: said.map((text): Step => event({ type: 'message', text, edited: true })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('lan', 'minh'), action)
      .map(([by, what]): Step => event({ type: 'staff', by, action: what })),
  },
  { weight: 1, arbitrary: fc.nat(3).map((late): Step => ({ do: 'timer', late })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('failed', 'uncertain')
      .map((outcome): Step => event({ type: 'delivery', outbound: 'c.1.1', outcome, reason: 'blocked' })),
  },
  { weight: 1, arbitrary: fc.boolean().map((reachable): Step => event({ type: 'reach', reachable })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('a', 'ma tuý 🙂 ', '1 ', '** {x} ', 'ừ').map((of): Step => ({ do: 'flood', of })),
  },
  { weight: 1, arbitrary: fc.nat(2_000).map((minutes): Step => ({ do: 'wait', minutes })) },
)
const steps = fc.array(step, { minLength: 1, maxLength: 14 })

function event(one: InboundEvent): Step {
  return { do: 'event', event: one }
}

/** The inbound a step means in this conversation; null when it is only time that passes. */
function inboundOf(one: Step, state: Conversation, past: readonly string[]): InboundEvent | null {
  switch (one.do) {
    case 'event':
      return one.event
    case 'press': {
      const options = state.session?.options ?? []
      const option = options[one.nth % Math.max(options.length, 1)]?.id ?? 'co'
      const wait = state.confirm?.wait ?? state.session?.wait ?? 0
      const choice = {
        current: `${wait}.${option}`,
        stale: past[one.nth % 10] ?? '0.x',
        forged: `${one.nth}.--.${option}`,
      }[one.age]
      return { type: 'message', text: one.labelled ? 'Gặp người' : '', choice }
    }
    case 'timer': {
      const rung = state.ticket?.ladder?.dueAt
      if (one.late < 2 && rung)
        return { type: 'timer', timer: { id: 'c:ladder', kind: 'ladder', dueAt: rung - one.late } }
      const dueAt = (state.ticket?.answerBy ?? MONDAY) - one.late * 60_000
      return { type: 'timer', timer: { id: 'c:unanswered', kind: one.late === 3 ? 'retention' : 'unanswered', dueAt } }
    }
    case 'flood':
      return { type: 'message', text: one.of.repeat(Math.ceil(100_000 / one.of.length)) }
    case 'wait':
      return null
    default:
      return one satisfies never
  }
}

/** Plays the steps from a new conversation; every turn is given to `check`. */
function play(
  list: readonly Step[],
  check: (turned: Turned, inbound: InboundEvent, at: number) => void = () => {},
): Conversation {
  let state = emptyConversation('c')
  let at = MONDAY
  const past: string[] = []
  for (const one of list) {
    at += one.do === 'wait' ? one.minutes * 60_000 : 1_000
    const inbound = inboundOf(one, state, past)
    if (!inbound) continue
    const turned = turn(state, inbound, at)
    for (const option of state.session?.options ?? []) past.push(`${state.session?.wait}.${option.id}`)
    check(turned, inbound, at)
    state = turned.after
  }
  return state
}

const says = (events: readonly Event[]) => events.filter((e) => e.type === 'message_queued')
const RUNS = { numRuns: 150 }

describe('whatever happens, in whatever order', () => {
  test('the same turn gives the same events, and survives being stored', () => {
    fc.assert(
      fc.property(steps, (list) => {
        play(list, ({ before, after, events }, inbound, at) => {
          const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value))
          expect(copy(events)).toEqual(events)
          expect(copy(after)).toEqual(after)
          expect(turn(copy(before), copy(inbound), at).events).toEqual(events)
          expect(fold(before, events)).toEqual(after)
          expect(after.seq).toBe(before.seq + 1)
          expect(events.length).toBeGreaterThan(0)
          expect(events.length).toBeLessThanOrEqual(60)
        })
      }),
      { numRuns: 120 },
    )
  })

  test('a person is never met with silence, and the service never breaks', () => {
    fc.assert(
      fc.property(steps, (list) => {
        play(list, ({ before, events }, inbound) => {
          expect(events.some((e) => e.type === 'parked')).toBe(false)
          if (inbound.type !== 'message') return
          const relayed = events.some((e) => e.type === 'message_relayed' && e.to === before.ticket?.heldBy)
          expect(relayed || says(events).length > 0).toBe(true)
        })
      }),
      RUNS,
    )
  })

  test('while a human holds the conversation the machine says nothing but the emergency card, that nobody came, and what a person’s own word calls for', () => {
    fc.assert(
      fc.property(steps, (list) => {
        play(list, ({ before, events }, inbound) => {
          if (!before.ticket?.heldBy || inbound.type === 'staff') return
          for (const one of says(events)) {
            const expired = inbound.type === 'timer' && one.message.blocks[0]?.key === 'he-thong.chua-co-nguoi'
            const own = inbound.type === 'message' && one.message.blocks.every(({ key }) => isOwn(key.split('.')[0]))
            expect(one.kind === 'emergency' || expired || own).toBe(true)
          }
        })
      }),
      RUNS,
    )
  })

  test('no id is made twice in the history of a conversation', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const made: string[] = []
        play(list, ({ events }) => {
          for (const one of events) {
            if (one.type === 'message_queued' || one.type === 'ticket_opened' || one.type === 'form_submitted')
              made.push(one.id)
            if ('words' in one && one.words) made.push(one.words.id)
          }
        })
        expect(new Set(made).size).toBe(made.length)
      }),
      RUNS,
    )
  })

  test('a conversation stays small, however long it goes on', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 60, maxLength: 90 }), (list) => {
        expect(JSON.stringify(play(list)).length).toBeLessThan(20_000)
      }),
      { numRuns: 15 },
    )
  })
})
