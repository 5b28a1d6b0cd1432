import { describe, expect, test } from 'vitest'
import { PLAN_KEPT_DAYS, PLAN_LIMIT } from '../../src/engine/accompany/plan.ts'
import { SCORES } from '../../src/engine/accompany/progress.ts'
import { SUPPORTER_BODIES, type Supporter } from '../../src/engine/accompany/supporter.ts'
import { type Conversation, emptyConversation, type StaffAction } from '../../src/engine/conversation.ts'
import type { Event } from '../../src/engine/event.ts'
import { book, type Conversing, converse, directory, kinds } from './converse.ts'

const DAY_MINUTES = 24 * 60
const supporter = (id: string, more: Partial<Supporter> = {}): Supporter => ({
  id,
  name: `MẪU ${id}`,
  organisation: 'hoi_phu_nu',
  point: 'mau-moc-chau',
  phone: null,
  active: true,
  ...more,
})
const where = { ...directory, supporters: [supporter('binh'), supporter('dung'), supporter('nghi', { active: false })] }
const talk = (start: Conversation = emptyConversation('c')) => converse(book, start, where)
const assign = (id: string, heard = false): StaffAction => ({ type: 'assign_supporter', supporter: id, heard })
const of = <T extends Event['type']>(one: Conversing, type: T) =>
  one.events.filter((event): event is Extract<Event, { type: T }> => event.type === type)
/** Somebody without a chat, as staff wrote them down. */
const record: Conversation = { ...emptyConversation('khach'), seq: 1, walkIn: { point: 'mau-moc-chau' } }
/** All five months' answers, each as the choice in this place. */
function month(one: Conversing, position: number): Conversing {
  return SCORES.reduce((so) => so.press(position), one)
}

describe('somebody to walk beside one', () => {
  test('is never of the police', () => {
    expect(SUPPORTER_BODIES.filter((body) => /cong_an|police/.test(body))).toEqual([])
  })

  test('is given only by the person’s own yes, after they read who it is', () => {
    const offered = talk().send('chào').staff('lan', assign('binh'))
    expect(offered.state.supporter).toBeUndefined()
    expect(of(offered, 'message_queued')[0]).toMatchObject({ lane: 'unprompted' })
    const asked = offered.send('người đồng hành')
    expect(asked.read()[0]?.paragraphs.join(' ')).toContain('MẪU binh** (Hội Phụ nữ)')
    const said = asked.send('có')
    expect(said.state.supporter).toMatchObject({ supporter: 'binh', every: 'tuan' })
    expect(of(said, 'consent_given')[0]).toMatchObject({ purpose: 'supporter', by: null })
  })

  test('the ledger holds whom the yes was to: another supporter is another text', () => {
    const first = talk().send('chào').staff('lan', assign('binh', true))
    const given = of(first, 'consent_given')[0]
    expect(given).toMatchObject({ by: 'lan', purpose: 'supporter' })
    expect(given?.text).toContain('MẪU binh')
    const second = first.staff('lan', assign('dung', true))
    expect(of(second, 'consent_given')[0]?.version).not.toBe(given?.version)
    expect(of(second, 'consent_withdrawn')[0]?.id).toBe(given?.id)
    expect(of(second, 'supporter_ended')[0]).toMatchObject({ how: 'changed' })
    expect(second.state.supporter?.supporter).toBe('dung')
  })

  test('a yes to one whose place another took meanwhile gives nobody: the other is asked about first', () => {
    const asked = talk().send('chào').staff('lan', assign('binh')).send('người đồng hành')
    const yes = asked.staff('lan', assign('dung')).send('có')
    expect(yes.state.supporter).toBeUndefined()
    expect(of(yes, 'consent_given')).toEqual([])
    expect(yes.read()[0]?.paragraphs.join(' ')).toContain('MẪU dung')
    expect(yes.send('có').state.supporter).toMatchObject({ supporter: 'dung' })
    const gone = talk().send('chào').staff('lan', assign('binh')).send('người đồng hành')
    const late = gone.staff('lan', { type: 'end_supporter' }).send('có')
    expect([late.state.supporter ?? null, late.state.consents?.supporter]).toEqual([null, undefined])
  })

  test('a no keeps nothing but that they were asked, and leaves who is there', () => {
    const no = talk().send('chào').staff('lan', assign('binh')).send('người đồng hành').send('không')
    expect([no.state.supporter, no.state.supporterOffer]).toEqual([undefined, null])
    expect(no.state.consents ?? {}).toEqual({})
    const kept = talk().send('chào').staff('lan', assign('binh', true)).staff('lan', assign('dung'))
    kept.send('người đồng hành').send('không')
    expect(kept.state.supporter?.supporter).toBe('binh')
    expect(kept.state.consents?.supporter).toBeDefined()
  })

  test('who stopped is given to nobody, and an offer of theirs is none any more', () => {
    expect(of(talk().send('chào').staff('lan', assign('nghi')), 'ignored')[0]?.reason).toBe('nobody_there')
    const offered = talk().send('chào').staff('lan', assign('binh')).state
    const later = converse(book, offered, { ...where, supporters: [supporter('binh', { active: false })] })
    expect(later.send('người đồng hành').said).toContain('nguoi-dong-hanh.chua-co')
  })

  test('somebody without a chat is asked in person or not at all', () => {
    expect(of(talk(record).staff('lan', assign('binh')), 'ignored')[0]?.reason).toBe('not_asked')
    const heard = talk(record).staff('lan', assign('binh', true))
    expect(heard.state.supporter?.supporter).toBe('binh')
    expect(of(heard, 'timer_set')[0]).toMatchObject({ kind: 'supporter_contact' })
    expect(of(heard, 'message_queued')).toEqual([])
  })

  test('the day to ask after them comes round as they chose, is no holiday, and calls who has no chat', () => {
    const given = talk(record).staff('lan', assign('binh', true))
    expect(given.state.supporter?.nextOn).toBe('2026-11-30')
    given.staff('lan', { type: 'schedule_supporter', every: 'thang' })
    expect(given.state.supporter?.nextOn).toBe('2026-12-23')
    given.staff('lan', { type: 'supporter_met', on: '2026-11-23' })
    expect(of(given, 'supporter_met')[0]).toMatchObject({ on: '2026-11-23', nextOn: '2026-12-23' })
    const dueAt = of(given, 'timer_set')[0]!.dueAt
    given
      .wait(30 * DAY_MINUTES)
      .receive({ type: 'timer', timer: { id: 'tham:khach', kind: 'supporter_contact', dueAt } })
    expect(of(given, 'call_planned')).toHaveLength(1)
    // 1/1/2027 is a public holiday.
    const before = converse(book, record, where, Date.UTC(2026, 11, 25, 3)).staff('lan', assign('binh', true))
    expect(before.state.supporter?.nextOn).toBe('2027-01-02')
  })

  test('another can be asked for at any time without a reason, and it ends at a word', () => {
    const given = talk().send('chào').staff('lan', assign('binh', true))
    expect(of(given.send('đổi người đồng hành'), 'ticket_opened')[0]?.reason).toBe('supporter_change')
    expect(given.state.supporter?.supporter).toBe('binh')
    given.send('thôi đồng hành').send('đúng')
    expect([given.state.supporter, given.state.consents?.supporter]).toEqual([null, undefined])
  })

  test('stays though nothing is written for longer than texts are kept', () => {
    const given = talk().send('chào').staff('lan', assign('binh', true))
    given.receive({ type: 'timer', timer: { id: 'c:retention', kind: 'retention', dueAt: 0 } })
    expect(kinds(given)).toContain('texts_erased')
    expect(given.state.supporter?.supporter).toBe('binh')
  })
})

describe('a month looked back at', () => {
  const view = (scores = { sleep: 1 as const }, heard = false): StaffAction => ({
    type: 'note_progress',
    month: '2026-11',
    side: 'supporter',
    scores,
    heard,
  })

  test('is written down only after a yes, by whomever', () => {
    expect(of(talk().send('chào').staff('lan', view()), 'ignored')[0]?.reason).toBe('no_consent')
    const heard = talk(record).staff('lan', view({ sleep: 1 }, true))
    expect(kinds(heard)).toEqual(expect.arrayContaining(['consent_given', 'progress_noted']))
    const said = talk().send('chào').send('nhìn lại tháng').send('không')
    expect(said.state.consents ?? {}).toEqual({})
    expect(of(said, 'timer_set')).toEqual([])
  })

  test('shows in words how it goes, and leaves no answers lying about', () => {
    const first = month(talk().send('chào').send('nhìn lại tháng').send('có'), 2)
    expect(first.state.progress?.months).toEqual([
      { month: '2026-11', scores: { sleep: 1, work: 1, family: 1, around: 1, self: 1 } },
    ])
    expect(Object.keys(first.state.answers).filter((name) => name.startsWith('score_'))).toEqual([])
    const later = month(
      first
        .wait(31 * DAY_MINUTES)
        .send('nhìn lại tháng')
        .send('làm'),
      3,
    )
    expect(later.read()[0]?.paragraphs.join('\n')).toContain('Giấc ngủ: còn khó → tạm được')
  })

  test('a month of the future, or long past, is none', () => {
    const open = talk()
      .send('chào')
      .staff('lan', view({ sleep: 1 }, true))
    for (const wrong of ['2026-12', '2026-08'])
      expect(of(open.staff('lan', { ...view(), month: wrong } as StaffAction), 'ignored')[0]?.reason).toBe(
        'no_such_month',
      )
  })

  test('one word a month is sent, and none after three that nobody answered', () => {
    const asked = month(talk().send('chào').send('nhìn lại tháng').send('có'), 2)
    let timer = of(asked, 'timer_set').find(({ kind }) => kind === 'progress')
    let words = 0
    for (let i = 0; i < 6 && timer; i++) {
      asked.wait(31 * DAY_MINUTES)
      asked.receive({ type: 'timer', timer: { id: timer.id, kind: 'progress', dueAt: timer.dueAt } })
      words += of(asked, 'message_queued').length
      timer = of(asked, 'timer_set').find(({ kind }) => kind === 'progress')
    }
    expect(words).toBe(3)
    expect(asked.state.progress?.silent).toBe(3)
  })
})

describe('a plan of one’s own', () => {
  const HELP = 'ra sân ngồi với mẹ'
  function planned(): Conversing {
    const one = talk().send('chào').send('kế hoạch của tôi').send('viết luôn').send('ngủ ngon hơn')
    return one.send('bỏ qua').send('bỏ qua').send('bỏ qua').send(HELP)
  }

  test('is shown to the person as one message, which no list of lines for staff holds', () => {
    const one = planned()
    expect(one.read()).toHaveLength(1)
    expect(one.read()[0]?.paragraphs.join('\n')).toContain(HELP)
    expect(one.read()[0]?.paragraphs.join('\n')).toContain('chưa ghi')
    expect(of(one, 'line_closed')).toHaveLength(1)
    expect(of(one, 'message_queued')[0]?.message.own).toBe(true)
  })

  test('a long part is cut to what can be shown again', () => {
    const one = talk().send('chào').send('kế hoạch').send('viết luôn').send('dài '.repeat(200))
    expect(of(one, 'answer_saved')[0]?.words?.text.length).toBeLessThanOrEqual(PLAN_LIMIT)
  })

  test('what is changed or thrown away leaves nothing of the old words', () => {
    const one = planned()
    const before = one.state.answers.plan_helps
    one.send('sửa').send('điều giúp mình').send('gọi chị Hai')
    expect(of(one, 'answers_dropped')[0]?.texts).toEqual([before?.type === 'words' ? before.id : ''])
    one.send('bỏ kế hoạch').send('đúng')
    expect(one.state.plan).toBeNull()
    expect(Object.keys(one.state.answers).filter((name) => name.startsWith('plan_'))).toEqual([])
  })

  test('is shared by a yes, and unshared by a word from anywhere', () => {
    const one = planned()
    expect(one.state.consents?.plan_share).toBeUndefined()
    one.send('cho xem').send('đồng ý')
    expect(one.state.consents?.plan_share).toBeDefined()
    one.send('tìm điểm').send('thôi chia sẻ kế hoạch')
    expect(one.state.consents?.plan_share).toBeUndefined()
    expect(one.state.plan).not.toBeNull()
  })

  test('is shown to the point that was named: where another took its place meanwhile, it is asked again', () => {
    const [first, second] = where.points
    const at = (point: string): Conversation['answers'] => ({ point: { type: 'code', value: point } })
    const asked = planned().send('cho xem')
    const named = converse(book, { ...asked.state, answers: { ...asked.state.answers, ...at(first!.id) } }, where)
    named.send('đồng ý')
    expect(of(named, 'consent_given')).toEqual([])
    expect(named.read()[0]?.paragraphs.join(' ')).toContain(`ở ${first!.name}, ${first!.address}`)
    named.send('đồng ý')
    expect(named.state.consents?.plan_share?.point).toBe(first!.id)
    const moved = { ...named.state, answers: { ...named.state.answers, ...at(second!.id) } }
    const later = converse(book, moved, where).send('kế hoạch của tôi')
    expect(later.read()[0]?.paragraphs.join(' ')).toContain(`đang cho xem cùng ở ${first!.name}`)
  })

  test('is kept for a year after it was last touched, and goes with its words after that', () => {
    const one = planned()
    const age = () => one.receive({ type: 'timer', timer: { id: 'c:retention', kind: 'retention', dueAt: 0 } })
    one.wait(40 * DAY_MINUTES)
    age()
    expect(of(one, 'texts_erased')[0]?.keep).toHaveLength(2)
    expect(one.state.answers.plan_helps?.type).toBe('words')
    one.wait(PLAN_KEPT_DAYS * DAY_MINUTES)
    age()
    expect(kinds(one)).toEqual(expect.arrayContaining(['plan_dropped', 'contact_erased']))
  })

  test('an emergency said in the midst of it is heard, and staff see that line', () => {
    const one = talk().send('chào').send('kế hoạch').send('viết luôn').send('em không muốn sống nữa')
    expect(one.state.ticket?.priority).toBe('emergency')
    expect(of(one, 'line_closed')).toEqual([])
  })

  test('in a hard moment the person’s own help comes back, after the warning that keeps them alive', () => {
    const one = planned().send('xong').send('em lỡ dùng lại rồi')
    expect(one.read()[0]?.paragraphs.join('\n')).toContain('lượng cũ có thể quá sức')
    expect(one.send('cách qua cơn').read()[0]?.paragraphs.join('\n')).toContain(`“${HELP}”`)
    expect(one.state.ticket).toBeNull()
    const none = talk().send('chào').send('em lỡ dùng lại rồi').send('cách qua cơn')
    expect(none.read()[0]?.paragraphs.join('\n')).not.toMatch(/tự ghi|undefined|\{/)
  })
})
