import { describe, expect, test } from 'vitest'
import { emptyConversation } from '../../src/engine/conversation.ts'
import type { Directory, Point } from '../../src/engine/facts.ts'
import { formatDateTime, instantOf } from '../../src/engine/hours.ts'
import type { StaffMember } from '../../src/engine/staff.ts'
import { book, type Conversing, converse, directory, kinds, MONDAY } from './converse.ts'

const shifts = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, from: 7 * 60 + 30, to: 11 * 60 + 30 },
  { weekday, from: 13 * 60 + 30, to: 17 * 60 },
])
const point = (id: string, more: Partial<Point> = {}): Point => ({
  id,
  name: `MẪU ${id}`,
  address: 'x',
  phone: null,
  communes: [],
  shifts,
  sample: true,
  ...more,
})
const member = (id: string, more: Partial<StaffMember> = {}): StaffMember => ({
  id,
  shownAs: 'Lan',
  affiliation: 'y_te',
  roles: ['counsellor'],
  point: 'a',
  duty: null,
  active: true,
  languages: [],
  ...more,
})
const NEVER = { shifts: [] }

/** Point `a` with one person on duty, one who is not, a lead who is not, and a tier above. */
const where: Directory = {
  ...directory,
  calendar: { holidays: [{ day: '2026-11-25', name: 'ngày lễ' }], swaps: [] },
  points: [point('a', { above: 'tren' }), point('b'), point('tren')],
  staff: [
    member('truc'),
    member('nghi', { duty: NEVER }),
    member('phu-trach', { roles: ['lead'], duty: NEVER }),
    member('tuyen-tren', { point: 'tren' }),
    member('diem-khac', { point: 'b' }),
    member('da-nghi', { active: false }),
    member('cong-an', { affiliation: 'cong_an' }),
    member('ky-thuat', { roles: ['admin'] }),
  ],
}

/** Somebody who chose point `a`. */
const chose = { ...emptyConversation('c'), introduced: true, answers: { point: { type: 'code' as const, value: 'a' } } }
const begin = (text: string, at = MONDAY, place: Directory = where) => converse(book, chose, place, at).send(text)
const called = (talk: Conversing) => talk.events.flatMap((e) => (e.type === 'staff_called' ? [e.staff] : []))
const due = (talk: Conversing) => formatDateTime(talk.state.ticket!.ladder!.dueAt!)

describe('a ticket that nobody takes', () => {
  test('in an emergency climbs in two, five and ten minutes, and then the person is told what is open', () => {
    const talk = begin('em không muốn sống nữa')
    expect(called(talk)).toEqual([['truc']])
    expect(called(talk.rung())).toEqual([['truc', 'nghi', 'phu-trach']])
    expect(called(talk.rung())).toEqual([['phu-trach']])
    expect(talk.said).toEqual([])
    talk.rung()
    expect(called(talk)).toEqual([['tuyen-tren']])
    expect(talk.said).toEqual(['he-thong.chua-ai-nhan'])
    const words = talk.read()[0]!.paragraphs.join('\n')
    expect(words).toContain('**115**')
    expect(words).toContain('**113**')
  })

  test('is called anew later, but the person is not told again', () => {
    const talk = begin('em không muốn sống nữa')
    for (let rung = 0; rung < 3; rung++) talk.rung()
    expect(called(talk.rung())).toEqual([['truc']])
    for (let rung = 0; rung < 3; rung++) expect(talk.rung().said).toEqual([])
  })

  test('waits for working time unless a life is in danger', () => {
    const night = instantOf(2026, 11, 23, 22 * 60)
    const routine = begin('gặp người', night)
    expect(called(routine)).toEqual([])
    expect(due(routine)).toBe('07:30 thứ Ba 24/11/2026')
    expect(called(routine.rung())).toEqual([['truc']])
    // Asleep, so nobody is on duty: everybody is called at once.
    expect(called(begin('em không muốn sống nữa', night))).toEqual([['truc', 'nghi', 'phu-trach']])
  })

  test('counts working minutes over lunch and over a public holiday', () => {
    const talk = begin('gặp người', instantOf(2026, 11, 24, 16 * 60 + 30))
    expect(due(talk)).toBe('08:00 thứ Năm 26/11/2026')
  })

  test('passes a rung where there is nobody at once; with nobody at all the person hears so, and it still climbs', () => {
    const alone = { ...where, staff: [member('tuyen-tren', { point: null })] }
    const talk = begin('em không muốn sống nữa', MONDAY, alone)
    expect(called(talk)).toEqual([['tuyen-tren']])
    const left = { ...where, staff: [member('truc', { active: false })] }
    const gone = begin('em không muốn sống nữa', MONDAY, left)
    expect(called(gone)).toEqual([])
    expect(gone.said).toContain('he-thong.khong-ai-truc')
    expect(gone.state.ticket?.ladder?.dueAt).not.toBeNull()
  })

  test('of somebody whose point is unknown goes to the staff of every point', () => {
    const talk = converse(book, { ...chose, answers: {} }, where).send('gặp người')
    expect(called(talk)).toEqual([['truc', 'tuyen-tren', 'diem-khac']])
  })

  test('at Tết is told the truth: the first call is on the first working day', () => {
    const tet = { ...where, calendar: directory.calendar }
    expect(due(begin('gặp người', instantOf(2027, 2, 6, 9 * 60), tet))).toBe('07:30 thứ Sáu 12/2/2027')
  })

  test('never calls the police unless the person chose them', () => {
    const talk = begin('em không muốn sống nữa')
    const all = [called(talk), called(talk.rung()), called(talk.rung()), called(talk.rung())].flat(2)
    expect(all).not.toContain('cong-an')
    const answers = { ...chose.answers, affiliation: { type: 'code' as const, value: 'cong_an' } }
    expect(called(converse(book, { ...chose, answers }, where).send('gặp người'))[0]).toContain('cong-an')
  })
})

describe('the ladder', () => {
  test('stops when the ticket is taken, and begins again when the hold runs out', () => {
    const talk = begin('gặp người').staff('truc', { type: 'take' })
    expect(talk.events).toContainEqual({ type: 'timer_cleared', id: 'c:ladder' })
    expect(talk.state.ticket?.ladder).toBeNull()
    const dueAt = talk.state.ticket!.answerBy!
    talk.wait(10).receive({ type: 'timer', timer: { id: 'c:unanswered', kind: 'unanswered', dueAt } })
    expect(talk.said).toEqual(['he-thong.chua-co-nguoi'])
    expect(called(talk)).toEqual([['truc']])
  })

  test('climbs each rung once when two ticks bring the same timer, or an old one comes late', () => {
    const talk = begin('em không muốn sống nữa')
    const old = talk.state.ticket!.ladder!.dueAt!
    talk.rung()
    const again = { type: 'timer' as const, timer: { id: 'c:ladder', kind: 'ladder' as const, dueAt: old } }
    expect(kinds(talk.receive(again))).toEqual(['timer_fired', 'ignored'])
    talk.staff('truc', { type: 'take' })
    expect(kinds(talk.receive(again))).toEqual(['timer_fired', 'ignored'])
  })

  test('begins anew, without waiting for opening hours, when the ticket becomes an emergency', () => {
    const talk = begin('gặp người', instantOf(2026, 11, 23, 22 * 60))
    expect(called(talk)).toEqual([])
    expect(called(talk.send('em không muốn sống nữa'))).toEqual([['truc', 'nghi', 'phu-trach']])
  })

  test('rings every phone, of those above too, in the turn in which a held ticket becomes an emergency', () => {
    const talk = begin('gặp người').staff('truc', { type: 'take' }).send('em không muốn sống nữa')
    const rung = talk.events.flatMap((e) => (e.type === 'phones_rung' ? [e.staff] : []))
    expect(rung).toEqual([['truc', 'nghi', 'phu-trach', 'tuyen-tren']])
    expect(talk.state.ticket).toMatchObject({ heldBy: 'truc', priority: 'emergency', ladder: null })
  })

  test('ends when the person takes the request back', () => {
    const talk = begin('gặp người').send('huỷ yêu cầu')
    if (talk.options.length > 0) talk.press(1)
    expect(talk.state.ticket).toBeNull()
    expect(talk.events).toContainEqual({ type: 'timer_cleared', id: 'c:ladder' })
  })
})

describe('whoever answers', () => {
  test('is introduced by institution, and by first name if they wish', () => {
    const read = (by: string, place: Directory) =>
      begin('gặp người', MONDAY, place).staff(by, { type: 'take' }).read()[0]
    expect(read('truc', where)?.paragraphs[0]).toContain('**Lan** (y tế)')
    const shy = { ...where, staff: [member('truc', { shownAs: null })] }
    expect(read('truc', shy)?.paragraphs[0]).toContain('Một cán bộ tư vấn (y tế)')
  })

  test('holds no longer than their shift', () => {
    const talk = begin('gặp người', instantOf(2026, 11, 23, 16 * 60 + 55)).staff('truc', { type: 'take' })
    expect(formatDateTime(talk.state.ticket!.answerBy!)).toBe('17:00 thứ Hai 23/11/2026')
  })

  test('is neither somebody who left nor the police whom nobody chose', () => {
    for (const by of ['da-nghi', 'cong-an']) {
      const talk = begin('gặp người').staff(by, { type: 'take' })
      expect(talk.events).toContainEqual({ type: 'ignored', reason: 'not_allowed' })
      expect(talk.state.ticket?.heldBy).toBeNull()
    }
  })

  test('leaves notes that no person ever reads, and that hold nothing', () => {
    const talk = begin('gặp người').staff('nghi', { type: 'note', text: ' hẹn thứ Ba ' })
    expect(talk.events.find((e) => e.type === 'note_added')).toMatchObject({
      by: 'nghi',
      words: { text: 'hẹn thứ Ba' },
    })
    expect(talk.said).toEqual([])
    expect(talk.state.ticket?.heldBy).toBeNull()
  })
})

describe('a transfer', () => {
  const held = () => begin('gặp người').staff('truc', { type: 'take' })

  test('to a colleague calls them alone, then climbs on; the person is told and need not tell it again', () => {
    const talk = held().staff('truc', { type: 'transfer', to: { staff: 'nghi' }, note: 'nhờ chị' })
    expect(talk.said).toEqual(['he-thong.chuyen-nguoi'])
    expect(called(talk)).toEqual([['nghi']])
    expect(talk.state.ticket).toMatchObject({ heldBy: null, answerBy: null })
    expect(called(talk.rung())).toEqual([['truc', 'nghi', 'phu-trach']])
  })

  test('to another point calls its staff, and to the tier above those', () => {
    expect(called(held().staff('truc', { type: 'transfer', to: { point: 'b' }, note: '' }))).toEqual([['diem-khac']])
    expect(called(held().staff('truc', { type: 'transfer', to: null, note: '' }))).toEqual([['tuyen-tren']])
  })

  test('to nobody changes nothing', () => {
    for (const to of [{ staff: 'da-nghi' }, { staff: 'x' }, { point: 'x' }])
      expect(held().staff('truc', { type: 'transfer', to, note: '' }).events).toContainEqual({
        type: 'ignored',
        reason: 'nobody_there',
      })
  })
})

describe('when the human is done', () => {
  test('handed back, the talk goes on at the question that waited', () => {
    const talk = begin('gặp người').staff('truc', { type: 'take' }).staff('truc', { type: 'hand_back' })
    expect(talk.said).toEqual(['he-thong.tro-lai', 'gap-nguoi.trong-luc-cho'])
    expect(talk.state.ticket).toBeNull()
    expect(talk.press(1).said).toEqual(['gap-nguoi.viet'])
  })

  test('closed, one question asks whether it helped; after a crisis none does', () => {
    const talk = begin('gặp người').staff('truc', { type: 'take' }).staff('truc', { type: 'close', outcome: 'xong' })
    expect(talk.said).toEqual(['he-thong.da-dong', 'co-ich-khong.hoi'])
    expect(talk.press(1).events).toContainEqual(expect.objectContaining({ type: 'form_submitted', form: 'feedback' }))
    const crisis = begin('em không muốn sống nữa').staff('truc', { type: 'take' }).staff('truc', { type: 'close' })
    expect(crisis.said).toEqual(['he-thong.da-dong'])
  })
})
