import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Conversation, emptyConversation, type InboundEvent } from '../../src/engine/conversation.ts'
import { decide } from '../../src/engine/decide.ts'
import type { Event } from '../../src/engine/event.ts'
import { fold } from '../../src/engine/evolve.ts'
import { checkInsOf, supporterOf } from '../../src/engine/referrals/check-ins.ts'
import {
  openReferrals,
  PASS_ITEMS,
  passedOn,
  REFERRAL_STATES,
  type Referral,
} from '../../src/engine/referrals/referral.ts'
import { describeService, type ServicePlace } from '../../src/engine/referrals/service.ts'
import { book, directory, MONDAY } from './converse.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const place = directory.services![0]!

/** One person in memory, with the timers a store would keep; what is queued counts as sent unless it is said to wait. */
function person(sends = true) {
  let state: Conversation = emptyConversation('c')
  let at = MONDAY
  const timers = new Map<string, { id: string; kind: 'check_in'; dueAt: number }>()
  const sentAt = new Map<string, number>()
  const all: Event[] = []
  const one = {
    get state() {
      return state
    },
    get events(): readonly Event[] {
      return all
    },
    types: () => all.map(({ type }) => type),
    does(event: InboundEvent) {
      at += 1_000
      const facts = {
        directory,
        receipt: 'X',
        lastMessageAt: null,
        sent: new Set(sentAt.keys()),
        sentAt,
      }
      const inbound = { key: `k${state.seq}`, contact: 'c', at, event }
      const events = decide(book, state, facts, inbound)
      state = fold(state, events)
      for (const each of events) {
        all.push(each)
        if (each.type === 'timer_cleared') timers.delete(each.id)
        if (each.type === 'timer_set' && each.kind === 'check_in')
          timers.set(each.id, { id: each.id, kind: 'check_in', dueAt: each.dueAt })
        if (each.type === 'message_queued' && sends) sentAt.set(each.id, at)
      }
      return events
    },
    say: (text: string) => one.does({ type: 'message', text }),
    refers: (passes: Referral['passes'] = ['code'], heard = false) =>
      one.does({
        type: 'staff',
        by: 'lan',
        action: { type: 'refer', service: place.id, kind: place.kinds[0]!, passes, point: 'p', heard },
      }),
    steps: (to: Referral['state']) =>
      one.does({
        type: 'staff',
        by: 'lan',
        action: { type: 'referral_step', referral: openReferrals(state).at(-1)?.id ?? '', to, note: '' },
      }),
    until(wanted: number) {
      for (;;) {
        const due = [...timers.values()].filter(({ dueAt }) => dueAt <= wanted).sort((a, b) => a.dueAt - b.dueAt)[0]
        if (!due) break
        timers.delete(due.id)
        at = Math.max(at, due.dueAt)
        one.does({ type: 'timer', timer: due })
      }
      at = wanted
      return one
    },
    asksWeekly() {
      one.say('hỏi thăm mình')
      one.say('có')
      one.say('buổi sáng')
      return one
    },
    sent: sentAt,
  }
  return one
}

describe('an introduction', () => {
  test('is not made before the person said yes, whoever asks for it', () => {
    const an = person()
    an.refers()
    for (const to of ['accepted', 'attended', 'not_attended'] as const) an.steps(to)
    an.say('có')
    expect(an.types()).not.toContain('referral_made')
    an.say('xem giới thiệu')
    an.say('đồng ý')
    expect(an.types()).toContain('referral_made')
    expect(openReferrals(an.state)).toMatchObject([{ state: 'made', consentId: expect.any(String) }])
  })

  test('rests on a yes to words that name the place and exactly what goes there', () => {
    const an = person()
    an.refers(['code', 'phone'])
    an.say('xem giới thiệu')
    an.say('đồng ý')
    const yes = an.events.find((one) => one.type === 'consent_given')!
    expect(yes).toMatchObject({ purpose: 'referral', by: null, text: expect.stringContaining(place.name) })
    expect(yes).toMatchObject({ text: expect.stringContaining('mã giới thiệu, số điện thoại') })
    expect(JSON.stringify(yes)).not.toContain('tên gọi')
  })

  test('is not made by a yes to another one, which was read before it', () => {
    const an = person()
    an.refers(['code'])
    an.say('xem giới thiệu')
    an.steps('declined')
    an.refers(['code', 'phone'])
    an.say('đồng ý')
    expect(an.types()).not.toContain('referral_made')
    an.say('đồng ý')
    expect(an.types()).toContain('referral_made')
  })

  test('asks anew for the next place: one yes is for one introduction', () => {
    const an = person()
    an.refers(['code'], true)
    an.refers(['code'])
    expect(openReferrals(an.state).map(({ state }) => state)).toEqual(['made', 'offered'])
    expect(an.state.consents?.referral).toBeUndefined()
    an.say('xem giới thiệu')
    an.say('không')
    expect(openReferrals(an.state).map(({ state }) => state)).toEqual(['made'])
    expect(an.types().filter((type) => type === 'referral_made')).toHaveLength(1)
  })

  test('a no is kept, passes nothing on and takes nothing away', () => {
    const an = person()
    an.say('chào')
    const before = an.state
    an.refers(['call_name', 'phone'])
    an.say('xem giới thiệu')
    an.say('không')
    expect(an.events.findLast((one) => one.type === 'referral_stepped')).toMatchObject({ to: 'declined', by: null })
    expect(openReferrals(an.state)).toEqual([])
    const { ticket, appointments, club, answers } = an.state
    expect({ ticket, appointments, club, answers }).toEqual({
      ticket: before.ticket,
      appointments: before.appointments,
      club: before.club,
      answers: before.answers,
    })
  })

  test('of somebody without a chat is made only where their yes was heard', () => {
    const an = person()
    an.does({
      type: 'staff',
      by: 'lan',
      action: {
        type: 'register',
        walkIn: {
          point: 'p',
          consent: 'v',
          pronoun: null,
          codes: {},
          words: { called: 'Nam' },
          note: '',
          callOn: null,
        },
      },
    })
    an.refers(['code'], false)
    expect(openReferrals(an.state)).toEqual([])
    an.refers(['code'], true)
    expect(openReferrals(an.state)).toMatchObject([{ state: 'made' }])
  })

  test('asks one question at a time, and only about a place and a service that are in the list', () => {
    const an = person()
    an.refers()
    an.refers()
    expect(openReferrals(an.state)).toHaveLength(1)
    an.does({
      type: 'staff',
      by: 'lan',
      action: { type: 'refer', service: 'none', kind: 'arv', passes: ['code'], point: 'p', heard: true },
    })
    expect(openReferrals(an.state)).toHaveLength(1)
  })

  test('passes nothing on beyond what was agreed, and nothing at all before, whatever is known', () => {
    const items = fc.subarray([...PASS_ITEMS])
    const answers = {
      call_name: { type: 'words', id: 'w-name' },
      phone: { type: 'words', id: 'w-phone' },
      need_today: { type: 'words', id: 'w-need' },
      treatment_form: { type: 'code', value: 'thay-the' },
    } as const
    fc.assert(
      fc.property(items, fc.constantFrom(...REFERRAL_STATES), fc.boolean(), (passes, at, agreed) => {
        const one: Referral = {
          id: 'r',
          service: place.id,
          kind: place.kinds[0]!,
          point: 'p',
          state: at,
          consentId: agreed ? 'yes' : null,
          passes,
          code: 'GT-ABCD',
          offeredAt: 0,
          madeAt: null,
        }
        const passed = passedOn({ ...emptyConversation('c'), answers, referrals: [one] }, one)
        expect(passed.every(({ item }) => passes.includes(item))).toBe(true)
        expect(JSON.stringify(passed)).not.toMatch(/w-need|thay-the/)
        if (!agreed) expect(passed).toEqual([])
        if (!passes.includes('phone')) expect(JSON.stringify(passed)).not.toContain('w-phone')
        if (!passes.includes('call_name')) expect(JSON.stringify(passed)).not.toContain('w-name')
      }),
    )
  })

  test('a place never claims to be open unless its hours say so', () => {
    const unknown: ServicePlace = { ...place, shifts: [], exceptions: [] }
    for (let hour = 0; hour < 24 * 7; hour++) {
      const words = describeService(unknown, directory.calendar, MONDAY + hour * HOUR)
      expect(words).toContain('Chưa có giờ xác nhận')
      expect(words).not.toContain('đang mở')
    }
    expect(describeService(place, directory.calendar, MONDAY)).toContain('đang mở')
    expect(describeService(place, directory.calendar, MONDAY + 12 * HOUR)).not.toContain('đang mở')
  })
})

describe('the weekly question', () => {
  test('comes to nobody who did not ask for it', () => {
    const an = person()
    an.refers(['code'], true)
    an.steps('attended')
    an.until(MONDAY + 60 * DAY)
    expect(an.types()).not.toContain('check_in_asked')
  })

  test('without an answer is no missed visit, opens no search and no ticket, and tells no authority', () => {
    const an = person()
    an.asksWeekly().until(MONDAY + 100 * DAY)
    const missed = an.events.filter((one) => one.type === 'check_in_ended')
    expect(missed).toHaveLength(4)
    expect(missed).toMatchObject([{ as: 'missed' }, { as: 'missed' }, { as: 'missed' }, { as: 'missed' }])
    for (const type of [
      'trace_opened',
      'appointment_marked',
      'ticket_opened',
      'staff_called',
      'phones_rung',
      'task_opened',
    ])
      expect(an.types()).not.toContain(type)
    expect(JSON.stringify(an.events)).not.toMatch(/cong_an|police/)
    expect(supporterOf(an.state)).toBeNull()
    expect(checkInsOf(an.state)).toBeNull()
  })

  test('is not missed before two days after it was sent, and not at all where it never was', () => {
    const waits = person(false)
    waits.asksWeekly().until(MONDAY + 13 * DAY)
    expect(waits.events.filter((one) => one.type === 'check_in_ended')).toMatchObject([{ as: 'unsent' }])
    const late = person(false)
    late.asksWeekly().until(MONDAY + 8 * DAY)
    const asked = checkInsOf(late.state)!.asked!
    late.sent.set(asked.message, asked.at + 60 * HOUR)
    late.until(asked.at + 60 * HOUR + 47 * HOUR)
    expect(late.types()).not.toContain('check_in_ended')
    late.until(asked.at + 60 * HOUR + 49 * HOUR)
    expect(late.events.at(-1)).toMatchObject({ type: 'check_in_ended', as: 'missed' })
  })

  test('“1” brings a human, also from who answers late', () => {
    const an = person()
    an.asksWeekly().until(MONDAY + 11 * DAY)
    expect(an.types()).toContain('check_in_ended')
    an.say('1')
    expect(an.state.ticket).toMatchObject({ reason: 'check_in_help', priority: 'urgent' })
  })

  test.each(['không ổn', 'em không ổn', 'cần giúp'])(
    '“%s” is heard as a call for help, never as all being well',
    (text) => {
      const an = person()
      an.asksWeekly().until(MONDAY + 8 * DAY)
      an.say(text)
      expect(an.state.ticket?.reason).toBe('check_in_help')
    },
  )

  test('takes no “1” that answers another question', () => {
    const an = person()
    an.asksWeekly().until(MONDAY + 8 * DAY)
    an.say('menu')
    an.say('1')
    expect(an.types()).not.toContain('ticket_opened')
    expect(an.types()).not.toContain('check_in_ended')
  })

  test('hears an answer in their own words, and answers a question of theirs as ever', () => {
    const an = person()
    an.asksWeekly().until(MONDAY + 8 * DAY)
    an.say('quá liều là gì và phòng thế nào ạ')
    expect(an.types()).not.toContain('check_in_ended')
    const binh = person()
    binh.asksWeekly().until(MONDAY + 8 * DAY)
    binh.say('tuần này em ngủ được hơn, còn ăn thì vẫn ít')
    const line = binh.events.findLast((one) => one.type === 'message_received')
    expect(binh.events.findLast((one) => one.type === 'check_in_ended')).toMatchObject({
      as: 'text',
      line: line?.words?.id,
    })
    const late = person()
    late.asksWeekly().until(MONDAY + 12 * DAY)
    late.say('tuần này em ngủ được hơn, còn ăn thì vẫn ít')
    expect(late.events.filter((one) => one.type === 'check_in_ended')).toMatchObject([{ as: 'missed' }])
  })

  test('is for danger what any other line is: the card comes first', () => {
    const an = person()
    an.asksWeekly().until(MONDAY + 8 * DAY)
    an.say('em không muốn sống nữa')
    expect(an.state.ticket?.priority).toBe('emergency')
  })

  test.each([
    ['“dừng nhận tin”', { type: 'message', text: 'dừng nhận tin' }],
    ['a mute', { type: 'staff', by: 'lan', action: { type: 'mute', reason: 'khac' } }],
    ['a block', { type: 'reach', reachable: false }],
    ['“thôi hỏi thăm”', { type: 'message', text: 'thôi hỏi thăm' }],
  ] satisfies [string, InboundEvent][])('stops with %s', (_, event) => {
    const an = person()
    an.asksWeekly()
    an.does(event)
    an.until(MONDAY + 60 * DAY)
    expect(an.types()).not.toContain('check_in_asked')
  })

  test('takes no “ok” under an emergency card: nobody is told “mừng cho bạn” there', () => {
    const an = person()
    an.asksWeekly().until(MONDAY + 8 * DAY)
    an.say('em uống hết vỉ thuốc ngủ rồi')
    an.say('ok')
    expect(an.types()).not.toContain('check_in_ended')
    expect(checkInsOf(an.state)?.asked).not.toBeNull()
  })

  test('that stopped by itself leaves a yes that can still be taken back', () => {
    const an = person()
    an.asksWeekly().until(MONDAY + 100 * DAY)
    expect(checkInsOf(an.state)).toBeNull()
    const said = JSON.stringify(an.say('thôi hỏi thăm'))
    expect(an.state.consents?.follow_up).toBeUndefined()
    expect(said).toContain('thoi-hoi-tham.da-thoi')
  })

  test('expires after three days, and is worded so that a stranger learns nothing', () => {
    const an = person()
    an.asksWeekly().until(MONDAY + 8 * DAY)
    const message = an.events.findLast((one) => one.type === 'message_queued')!
    const asked = checkInsOf(an.state)!.asked!
    expect(message).toMatchObject({ lane: 'unprompted', kind: 'broadcast', expiresAt: asked.at + 3 * DAY })
    expect(book.words('hoi-tham.tuan-nay.kin', 'vi')!.join(' ')).not.toMatch(/thuốc|điều trị|cai|HIV|ARV|tư vấn/i)
  })

  test('keeps what was asked for though nothing is written for longer than texts are kept', () => {
    const an = person()
    an.asksWeekly()
    an.does({ type: 'timer', timer: { id: 'c:retention', kind: 'retention', dueAt: MONDAY } })
    expect(an.types()).not.toContain('contact_erased')
    expect(checkInsOf(an.state)).not.toBeNull()
  })
})
