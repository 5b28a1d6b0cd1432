import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Rehearsal } from '../../src/authoring/rehearsal.ts'
import type { InputLine } from '../../src/authoring/transcript.ts'
import { versionOf } from '../../src/engine/consent.ts'
import type { StaffAction } from '../../src/engine/conversation.ts'
import { decide } from '../../src/engine/decide.ts'
import { runningClocks } from '../../src/engine/enrolment/clocks.ts'
import { enrolmentFills, IDENTITY_ANSWERS, REQUEST_ANSWERS } from '../../src/engine/enrolment/enrolment.ts'
import type { Event } from '../../src/engine/event.ts'
import { fold } from '../../src/engine/evolve.ts'
import { dayOf, instantOf } from '../../src/engine/hours.ts'
import { book, directory } from './converse.ts'

const at: InputLine = { type: 'at', day: '2026-11-25', time: '09:00' }
const say = (text: string): InputLine => ({ type: 'text', text })
const press = (position: number): InputLine => ({ type: 'press', position })

function begin(): Rehearsal {
  const one = new Rehearsal(book, directory)
  one.step(at)
  one.step(say('alo'))
  return one
}

const FORM = ['đăng ký', 'cho mình', 'tiếp', 'đồng ý', 'Nam', 'không nói', 'đủ 18', 'ở nhà', 'không', 'không']
/** A conversation in which a request has been sent. */
function asked(relative = 'không'): Rehearsal {
  const one = begin()
  for (const text of [...FORM.slice(0, -1), relative]) one.step(say(text))
  one.step(press(1))
  one.step(say('gửi'))
  expect(one.state.enrolment).toMatchObject({ state: 'asked', whom: 'minh', form: 'tai-nha' })
  return one
}
function staff(one: Rehearsal, action: StaffAction, by = 'lan'): readonly Event[] {
  const facts = { directory: one.known, receipt: '', lastMessageAt: null }
  const inbound = {
    key: 'x',
    contact: one.state.contact,
    at: one.at + 1,
    event: { type: 'staff', by, action },
  } as const
  const events = decide(book, one.state, facts, inbound)
  one.state = fold(one.state, events)
  return events
}

const TEXTS = [
  ...['đăng ký', 'cho mình', 'con 16 tuổi', 'chồng', 'tiếp', 'đồng ý', 'không', 'có', 'gửi', 'sửa', 'thôi', 'quay lại'],
  ...[
    'rút đăng ký',
    'rút',
    'thoát',
    'gặp người',
    'Nam',
    'không nói',
    'đủ 18',
    'ở nhà',
    'xoá',
    'đăng ký của tôi',
    'tên',
  ],
  ...['cai mất bao lâu', 'giấy tờ của tôi', 'hỏi ý tôi', 'dừng', '1', '2'],
]
const input: fc.Arbitrary<InputLine> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TEXTS).map(say) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 7 }).map(press) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }).map(say) },
)

describe('whatever a person does', () => {
  test('nothing about who they are is asked, and no request is made, before the notice and their own yes', () => {
    fc.assert(
      fc.property(fc.array(input, { minLength: 5, maxLength: 40 }), fc.boolean(), (lines, ahead) => {
        const one = begin()
        // Half of the walks begin where the questions are.
        const start = ahead ? ['đăng ký', 'cho mình', 'tiếp', 'đồng ý'].map(say) : []
        for (const line of [...start, ...lines]) {
          for (const event of one.step(line)) {
            if (event.type === 'asked') {
              const node = book.flow(event.flow)?.nodes[event.node]
              if (node?.type === 'ask' && node.save !== null && IDENTITY_ANSWERS.includes(node.save))
                expect([event.node, one.state.consents?.enrolment]).toEqual([event.node, expect.anything()])
            }
            if (event.type === 'enrolment_requested') {
              expect(event.consent).toBe(one.state.consents?.enrolment?.id)
              expect(Object.keys(event.values).filter((name) => !REQUEST_ANSWERS.includes(name))).toEqual([])
            }
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  test('after the yes was taken back, “quay lại” leads to no question that rested on it', () => {
    const one = begin()
    for (const text of ['đăng ký', 'cho mình', 'tiếp', 'đồng ý', 'thôi', 'quay lại']) one.step(say(text))
    expect(one.state.consents?.enrolment).toBeUndefined()
    expect(one.state.session?.runs.at(-1)?.flow).not.toBe('dang-ky')
  })

  test.each([
    ['em 19', 'du-18'],
    ['19 tuoi', 'du-18'],
    ['mình 17 tuổi ạ', 'tu-12'],
    ['11t', 'duoi-12'],
    ['2', 'tu-12'],
    ['mười chín tuổi', 'du-18'],
    ['em sinh năm 2010', 'tu-12'],
    ['em học lớp 11', null],
  ])('an age is read as it is written: %s', (text, band) => {
    const one = begin()
    for (const line of [...FORM.slice(0, 6), text]) one.step(say(line))
    expect(one.state.answers.age_band?.type === 'code' ? one.state.answers.age_band.value : null).toBe(band)
  })

  test.each([
    ['con tôi 16 tuổi', 'con'],
    ['con em 20 tuổi', 'nguoi-lon'],
    ['chồng em 35 tuổi', 'nguoi-lon'],
    ['em 16 tuổi', 'minh'],
  ])('for whom somebody asks is heard beside an age: %s', (text, whom) => {
    const one = begin()
    for (const line of ['đăng ký', text]) one.step(say(line))
    expect(one.state.answers.enrol_whom).toEqual({ type: 'code', value: whom })
  })

  test.each([
    ['công an có biết không?'],
    ['công an có biết không'],
    ['em là con gái, em sợ công an biết lắm'],
    ['không đồng ý nữa'],
    ['em khong muon noi ten'],
    ['thôi'],
  ])('what is no name is not kept as one: %s', (text) => {
    const one = begin()
    for (const line of ['đăng ký', 'cho mình', 'tiếp', 'đồng ý', text]) one.step(say(line))
    expect(one.state.answers.call_name).toBeUndefined()
  })

  test('who may read it stands on the last look before it is sent', () => {
    const one = begin()
    for (const line of FORM) one.step(say(line))
    one.step(press(1))
    const readers = () => enrolmentFills(one.state).enrol_readers
    expect(book.words('dang-ky.xem-lai', 'vi')?.join(' ')).toContain('{enrol_readers}')
    expect(readers()).toEqual({ type: 'words', key: 'dang-ky.ai-nhan.khong-cong-an' })
    for (const line of ['sửa', 'ai nhận', 'công an']) one.step(say(line))
    expect(readers()).toEqual({ type: 'words', key: 'dang-ky.ai-nhan.cong-an' })
  })

  test('no question anywhere keeps an answer about use, a substance or a test', () => {
    const kept = [...bookFlows()].flatMap(({ nodes }) =>
      Object.values(nodes).flatMap((node) =>
        node.type === 'ask' ? [node.save ?? '', ...node.choices.map(({ save }) => save ?? '')] : [],
      ),
    )
    expect(
      kept.filter((name) => /use|used|drug|substance|history|test|dung_gi|chat_gi|tien_su|xet_nghiem/.test(name)),
    ).toEqual([])
  })
})

function* bookFlows() {
  const seen = new Set<string>()
  const waiting = [...book.triggers.flatMap(({ action }) => (action.type === 'start' ? [action.flow] : [])), book.home]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const flow = book.flow(id)
    if (!flow || seen.has(id)) continue
    seen.add(id)
    yield flow
    for (const node of Object.values(flow.nodes)) if (node.type === 'call') waiting.push(node.flow)
  }
}

describe('somebody who asks for another', () => {
  test.each([
    ['a wife for her husband', ['đăng ký', 'chồng']],
    ['a friend', ['đăng ký', 'bạn bè']],
    ['somebody who would invite', ['mời người thân', 'người lớn', '1', '2']],
    ['somebody who would hand over', ['bàn giao', 'có']],
  ])('%s leaves nothing behind of the other: no name, no place of theirs, no substance', (_, texts) => {
    const one = begin()
    const events = texts.flatMap((text) => one.step(say(text)))
    expect(events.filter(({ type }) => type === 'enrolment_requested' || type === 'consent_given')).toEqual([])
    const kept = Object.entries(one.state.answers).filter(([name]) => !['enrol_whom', 'who'].includes(name))
    expect(kept).toEqual([])
  })

  test('a parent of somebody of 12 to under 18 is written down under their own name alone', () => {
    const one = begin()
    for (const text of ['đăng ký', 'con', 'tiếp', 'đồng ý', 'mẹ Hoa', 'không nói', 'chưa biết', 'không'])
      one.step(say(text))
    one.step(press(1))
    const made = one.step(say('gửi')).find((event) => event.type === 'enrolment_requested')
    expect(made?.enrolment.whom).toBe('con')
    expect(Object.keys(made?.values ?? {}).toSorted()).toEqual(['call_name', 'need_today', 'treatment_form'])
  })
})

describe('a request', () => {
  test('is made once: while it is open a second one is not', () => {
    const one = asked()
    const again = staff(one, {
      type: 'enrol_request',
      request: { point: 'mau-bac-kan', whom: 'minh', form: 'tu-nhan', name: '', codes: {}, relativeMayKnow: false },
    })
    expect(again).toContainEqual({ type: 'ignored', reason: 'enrolment_open' })
    expect(one.state.enrolment).toMatchObject({ form: 'tai-nha' })
  })

  test('moves by itself when a human answers and when a meeting is booked, never backwards', () => {
    const one = asked()
    staff(one, { type: 'reply', text: 'Chào bạn' })
    expect(one.state.enrolment?.state).toBe('answered')
    staff(one, { type: 'enrol_step', enrolment: one.state.enrolment!.id, to: 'submitted', note: '' })
    staff(one, { type: 'reply', text: 'Đã nộp rồi nhé' })
    expect(one.state.enrolment?.state).toBe('submitted')
  })

  test('that is over, or of somebody else, is not stepped', () => {
    const one = asked()
    const { id } = one.state.enrolment!
    expect(staff(one, { type: 'enrol_step', enrolment: 'other', to: 'started', note: '' })).toContainEqual({
      type: 'ignored',
      reason: 'enrolment_over',
    })
    staff(one, { type: 'enrol_step', enrolment: id, to: 'started', note: '' })
    expect(staff(one, { type: 'enrol_step', enrolment: id, to: 'declined', note: '' })).toContainEqual({
      type: 'ignored',
      reason: 'enrolment_over',
    })
  })

  test('heard in person rests on a yes in the ledger too, by whoever heard it', () => {
    const one = begin()
    const events = staff(one, {
      type: 'enrol_request',
      request: {
        point: 'mau-bac-kan',
        whom: 'minh',
        form: 'thay-the',
        name: 'Nam',
        codes: { age_band: 'du-18', something_else: 'x' },
        relativeMayKnow: true,
      },
    })
    const types = events.map(({ type }) => type)
    expect(types.indexOf('consent_given')).toBeLessThan(types.indexOf('enrolment_requested'))
    const request = events.find((event) => event.type === 'enrolment_requested')
    expect(request).toMatchObject({ by: 'lan', consent: one.state.consents?.enrolment?.id })
    expect(Object.keys(request?.values ?? {}).toSorted()).toEqual(
      ['age_band', 'call_name', 'relative_may_know', 'treatment_form'].toSorted(),
    )
    expect(one.state.consents?.relative).toBeDefined()
  })

  test('heard in person holds what was said then, and nothing of an older one', () => {
    const one = asked('có')
    expect(one.state.consents?.relative).toBeDefined()
    expect(one.state.answers.call_name).toBeDefined()
    staff(one, { type: 'enrol_step', enrolment: one.state.enrolment!.id, to: 'started', note: '' })
    const request = { point: 'mau-bac-kan', whom: 'minh', form: 'tu-nhan', name: '', codes: {} } as const
    const events = staff(one, { type: 'enrol_request', request: { ...request, relativeMayKnow: false } })
    const made = events.find((event) => event.type === 'enrolment_requested')
    expect(Object.keys(made?.values ?? {}).toSorted()).toEqual(['relative_may_know', 'treatment_form'])
    expect(one.state.consents?.relative).toBeUndefined()
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'consent_withdrawn', purpose: 'relative', by: 'lan' }),
    )
    expect(one.state.answers.call_name).toBeUndefined()
  })

  test('goes to another point only by the person’s yes to that one move', () => {
    const one = asked()
    const { id, point } = one.state.enrolment!
    const other = one.known.points.find((each) => each.id !== point)!
    staff(one, { type: 'enrol_transfer', enrolment: id, to: other.id, heard: false })
    expect(one.state.enrolment?.point).toBe(point)
    one.step(say('hỏi ý tôi'))
    one.step(say('có'))
    expect(one.state.enrolment?.point).toBe(other.id)
    expect(one.state.consents?.transfer).toBeUndefined()
    staff(one, { type: 'enrol_transfer', enrolment: id, to: point, heard: false })
    expect(one.state.enrolment?.point).toBe(other.id)
  })

  test('is open to staff of the police where that was chosen for it, and nothing else is', () => {
    const one = begin()
    for (const text of FORM) one.step(say(text))
    one.step(press(1))
    for (const text of ['sửa', 'ai nhận', 'công an']) one.step(say(text))
    const sent = one.step(say('gửi'))
    expect(sent.find((event) => event.type === 'enrolment_requested')).toMatchObject({ chosePolice: true })
    expect(sent.find((event) => event.type === 'ticket_opened')).toMatchObject({ chosePolice: true })
    for (const text of ['không', 'để sau', 'rút đăng ký', 'rút']) one.step(say(text))
    expect(Object.keys(one.state.answers)).toEqual(['point'])
    const talk = one.step(say('gặp người')).find((event) => event.type === 'ticket_opened')
    expect(talk?.chosePolice).toBeUndefined()
    for (const text of FORM) one.step(say(text))
    one.step(press(1))
    const again = one.step(say('gửi')).find((event) => event.type === 'enrolment_requested')
    expect([again?.enrolment.state, again?.chosePolice]).toEqual(['asked', undefined])
  })

  test('that was transferred takes its person along: whom they ask for next is at the new point', () => {
    const one = asked()
    const { id, point } = one.state.enrolment!
    const other = one.known.points.find((each) => each.id !== point)!
    staff(one, { type: 'close' })
    staff(one, { type: 'enrol_transfer', enrolment: id, to: other.id, heard: true })
    const talk = one.step(say('gặp người')).find((event) => event.type === 'ticket_opened')
    expect(talk?.point).toBe(other.id)
  })

  test('that was transferred leaves alone another point which the person has chosen since', () => {
    const one = asked()
    const { id, point } = one.state.enrolment!
    const [to, third] = one.known.points.filter((each) => each.id !== point)
    const answers = { ...one.state.answers, point: { type: 'code' as const, value: third!.id } }
    one.state = { ...one.state, answers }
    staff(one, { type: 'enrol_transfer', enrolment: id, to: to!.id, heard: true })
    expect(one.state.answers.point).toEqual({ type: 'code', value: third!.id })
  })

  test('is not open to staff of the police at the point it goes to, nor is its talk, and people there are called', () => {
    const one = begin()
    for (const text of FORM) one.step(say(text))
    one.step(press(1))
    for (const text of ['sửa', 'ai nhận', 'công an', 'gửi']) one.step(say(text))
    const { id, point, chosePolice } = one.state.enrolment!
    expect([chosePolice, one.state.ticket?.chosePolice]).toEqual([true, true])
    staff(one, { type: 'take' })
    const other = one.known.points.find((each) => each.id !== point)!
    const moved = staff(one, { type: 'enrol_transfer', enrolment: id, to: other.id, heard: true })
    expect(one.state.enrolment).not.toHaveProperty('chosePolice')
    expect(one.state.ticket).toMatchObject({ chosePolice: false, point: other.id, heldBy: null })
    expect(moved.map(({ type }) => type)).toContain('ladder_climbed')
  })

  test('goes nowhere by a yes to another point than the one that was read, and the ledger names the point', () => {
    const one = asked()
    const { id, point } = one.state.enrolment!
    const [first, second] = one.known.points.filter((each) => each.id !== point)
    staff(one, { type: 'enrol_transfer', enrolment: id, to: first!.id, heard: false })
    one.step(say('hỏi ý tôi'))
    staff(one, { type: 'enrol_transfer', enrolment: id, to: second!.id, heard: false })
    expect(one.step(say('có')).map(({ type }) => type)).not.toContain('consent_given')
    expect(one.state.enrolment?.point).toBe(point)
    const given = one.step(say('có')).find((event) => event.type === 'consent_given')
    expect(given?.text).toContain(second!.name)
    expect(one.state.enrolment?.point).toBe(second!.id)
  })

  test('keeps its person beyond the age of texts as long as they were told, and no longer', () => {
    const one = asked()
    const expire = (days: number) => {
      const facts = { directory: one.known, receipt: '', lastMessageAt: null }
      const when = one.at + days * 86_400_000
      const timer = { id: 'r', kind: 'retention' as const, dueAt: when }
      return decide(book, one.state, facts, {
        key: 'r',
        contact: one.state.contact,
        at: when,
        event: { type: 'timer', timer },
      })
    }
    const kept = expire(40).find((event) => event.type === 'texts_erased')
    expect(kept).toMatchObject({ keep: expect.arrayContaining([expect.any(String)]) })
    expect(expire(181)).toContainEqual({ type: 'contact_erased', receipt: null })
  })
})

describe('a request whose time is over', () => {
  const DAY = 86_400_000
  const ask = { type: 'enrol_step', to: 'started', note: '' } as const
  const fire = (one: Rehearsal, kind: 'request' | 'retention', id: string, days: number) => {
    const when = one.at + days * DAY
    const facts = { directory: one.known, receipt: '', lastMessageAt: null }
    const event = { type: 'timer', timer: { id, kind, dueAt: when } } as const
    const events = decide(book, one.state, facts, { key: id, contact: one.state.contact, at: when, event })
    one.state = fold(one.state, events)
    return events
  }
  const timerOf = (events: readonly Event[]) =>
    events.findLast((event) => event.type === 'timer_set' && event.kind === 'request') as { id: string; dueAt: number }
  /** The same person, whom something else keeps: a membership, and, if wished, a supporter. */
  const member = (one: Rehearsal, more: object = {}): Rehearsal => {
    const club = { id: 'm', club: 'x', state: 'member', name: null, followUp: false } as const
    one.state = { ...one.state, ticket: null, club, ...more }
    return one
  }
  const yes = { id: 'y', version: 'v', at: 0 }

  test('goes with each yes and each answer given for it, though its person stays for another reason', () => {
    const one = member(asked())
    const contact = { phone: { type: 'words', id: 'p' }, call_time: { type: 'code', value: 'toi' } } as const
    one.state = { ...one.state, answers: { ...one.state.answers, ...contact } }
    one.state = {
      ...one.state,
      consents: { ...one.state.consents, contact: yes, relative: yes, transfer: yes, join: yes },
    }
    expect(fire(one, 'retention', 'r', 40).map(({ type }) => type)).not.toContain('enrolment_expired')
    const events = fire(one, 'retention', 'r', 200)
    expect(events.filter(({ type }) => type === 'consent_withdrawn')).toHaveLength(4)
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['enrolment_expired', 'texts_erased']))
    expect([one.state.enrolment, Object.keys(one.state.consents ?? {})]).toEqual([null, ['join']])
    expect(Object.keys(one.state.answers).filter((name) => name !== 'point')).toEqual([])
  })

  test('that staff ended is kept no longer, whoever goes on writing', () => {
    const one = member(asked())
    const { id } = one.state.enrolment!
    const { id: timer, dueAt } = timerOf(staff(one, { ...ask, enrolment: id }))
    expect(dueAt).toBe(one.state.enrolment!.movedAt + book.enrolment!.keepDays * DAY)
    one.step(say('chào'))
    expect(fire(one, 'request', timer, 179).map(({ type }) => type)).not.toContain('enrolment_expired')
    expect(one.state.enrolment?.state).toBe('started')
    fire(one, 'request', timer, 181)
    expect([one.state.enrolment, one.state.consents]).toEqual([null, {}])
    expect(Object.keys(one.state.answers).filter((name) => IDENTITY_ANSWERS.includes(name))).toEqual([])
  })

  test('leaves a supporter the name and the number they were given', () => {
    const supporter = { id: 's', supporter: 'binh', every: 'tuan', nextOn: '2026-12-01', since: 0 }
    const one = member(asked(), { supporter })
    fire(one, 'retention', 'r', 200)
    expect(Object.keys(one.state.answers).filter((name) => name !== 'point')).toEqual(['call_name'])
  })

  test('takes nothing of a later one', () => {
    const one = asked()
    const first = one.state.enrolment!
    const { id } = timerOf(staff(one, { ...ask, enrolment: first.id }))
    one.state = { ...one.state, enrolment: { ...first, id: 'later', state: 'asked' } }
    const before = one.state
    expect(fire(one, 'request', id, 181)).toContainEqual(
      expect.objectContaining({ type: 'enrolment_expired', enrolment: first.id }),
    )
    expect([one.state.enrolment, one.state.answers, one.state.consents]).toEqual([
      before.enrolment,
      before.answers,
      before.consents,
    ])
  })

  test('has its time from the last step: asked, moved, and gone to another point', () => {
    const one = asked()
    const { id, point } = one.state.enrolment!
    const to = one.known.points.find((each) => each.id !== point)!.id
    for (const action of [
      { type: 'enrol_step', enrolment: id, to: 'submitted', note: '' },
      { type: 'enrol_transfer', enrolment: id, to, heard: true },
    ] as const) {
      one.at += DAY
      expect(timerOf(staff(one, action)).dueAt).toBe(one.at + 1 + book.enrolment!.keepDays * DAY)
    }
  })
})

describe('the version of a text', () => {
  test('is the same for the same words and another for any other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(versionOf(a) === versionOf(b)).toBe(a === b)
      }),
    )
    expect(versionOf('không')).not.toBe(versionOf('khống'))
  })

  test('changes with what the house says it is', () => {
    const versions = [null, 'cong_an_xa', 'tram_y_te'].map((operator) => {
      const one = new Rehearsal(book, directory, operator as never)
      one.step(at)
      for (const text of ['alo', 'đăng ký', 'cho mình', 'tiếp', 'đồng ý']) one.step(say(text))
      return one.state.consents?.enrolment?.version
    })
    expect(new Set(versions).size).toBe(3)
  })
})

describe('the times of a request', () => {
  const CALENDAR = {
    holidays: ['05', '06', '07', '08', '09', '10', '11'].map((day) => ({ day: `2027-02-${day}`, name: 'Tết' })),
    swaps: [{ day: '2027-02-20', like: 3 }],
  }
  const plan = () => book.enrolment!
  const clocks = (form: 'tai-nha' | 'thay-the', steps: Parameters<typeof runningClocks>[1]['steps'], operator = null) =>
    runningClocks(plan(), { form, operator, steps }, CALENDAR).map((one) => [one.plan.id, dayOf(one.dueAt - 1)])

  test('run over Tết in working days, and end with the step they wait for', () => {
    const sent = instantOf(2027, 2, 4, 16 * 60)
    expect(clocks('tai-nha', [{ step: 'asked', at: sent }])).toEqual([['tra-loi', '2027-02-12']])
    const answered = { step: 'answered' as const, at: instantOf(2027, 2, 12, 9 * 60) }
    expect(clocks('tai-nha', [{ step: 'asked', at: sent }, answered])).toEqual([['hen-gap', '2027-02-19']])
  })

  test('count a Saturday that is worked in exchange', () => {
    const booked = { step: 'booked' as const, at: instantOf(2027, 2, 12, 9 * 60) }
    expect(clocks('tai-nha', [booked])).toEqual([['hoi-lai', '2027-02-25']])
  })

  test('of law name their article; those of the house say that they are its own', () => {
    for (const one of plan().clocks) expect([one.id, one.source === null]).toEqual([one.id, one.article === null])
    const ready = { step: 'papers_ready' as const, at: instantOf(2027, 1, 31, 9 * 60) }
    const [law] = runningClocks(plan(), { form: 'tai-nha', operator: null, steps: [ready] }, CALENDAR)
    expect([law?.plan.article, law && dayOf(law.dueAt)]).toEqual(['Điều 31', '2027-07-31'])
  })
})

describe('a form that was begun', () => {
  const midway = () => {
    const one = begin()
    for (const line of FORM.slice(0, 6)) one.step(say(line))
    return one
  }
  const top = (one: Rehearsal) => one.state.session?.runs.at(-1)

  test('comes back when a question in the middle leads nowhere', () => {
    const one = midway()
    one.step(say('ai đọc tin nhắn của tôi'))
    expect(top(one)?.flow).toBe('ai-doc')
    for (let i = 0; i < 3; i++) one.step(say('zzzz qqqq'))
    expect(top(one)).toMatchObject({ flow: 'dang-ky', node: 'tuoi' })
  })

  test('waits beneath the way to a person when its own question is not understood', () => {
    const one = midway()
    for (let i = 0; i < 3; i++) one.step(say('zzzz qqqq'))
    expect(top(one)?.flow).toBe('chua-hieu')
    expect(one.state.session?.runs.some(({ flow }) => flow === 'dang-ky')).toBe(true)
    for (let i = 0; i < 3; i++) one.step(say('zzzz qqqq'))
    one.step(say('em 19'))
    expect(one.state.answers.age_band).toEqual({ type: 'code', value: 'du-18' })
  })
})
