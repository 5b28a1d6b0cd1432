import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { walkableRoutes } from '../../src/authoring/graph.ts'
import { play } from '../../src/authoring/play.ts'
import { parseTranscript } from '../../src/authoring/transcript.ts'
import { readTranscripts } from '../../src/cli/files.ts'
import type { Book } from '../../src/engine/book.ts'
import { zoned } from '../../src/engine/clock/zone.ts'
import { type Conversation, emptyConversation } from '../../src/engine/conversation.ts'
import { COURSE_FLOWS, isLesson } from '../../src/engine/courses/course.ts'
import { PACES } from '../../src/engine/courses/pace.ts'
import { tellingWords } from '../../src/engine/discreet.ts'
import type { Event } from '../../src/engine/event.ts'
import { drafts, withoutTopics } from '../../src/engine/topic.ts'
import { book, directory, MONDAY } from './converse.ts'
import { CourseTalk, DAY, HOUR, NOTICE, notices, START, said } from './course-talk.ts'

const of = <T extends Event['type']>(events: readonly Event[], type: T) =>
  events.filter((event): event is Extract<Event, { type: T }> => event.type === type)
/** The days and hours at which somebody was told, as `2026-12-01T08:00`. */
const times = (events: readonly Event[]) =>
  of(events, 'lesson_told').map(({ at }) => zoned(at).toPlainDateTime().toString().slice(0, 16))
/** Reads the lesson that waits, to its end, and leaves it at that. */
const readOne = (one: CourseTalk) => one.say('học tiếp', 'đọc cả bài', 'hẹn lần sau')

describe('a lesson that is due', () => {
  test('is told of in words that give nothing away, with a way to read it now, later, or rest; its text comes after', () => {
    const one = new CourseTalk().begin()
    const [told] = of(one.pass(DAY), 'message_queued')
    expect(told).toMatchObject({ lane: 'unprompted', kind: 'broadcast' })
    expect(told?.message.options?.map(({ id }) => id)).toEqual(['doc', 'de-sau', 'nghi'])
    expect(told?.message.blocks.map(({ key }) => key)).toEqual([NOTICE])
    const shown = [NOTICE, ...['doc', 'de-sau', 'nghi'].map((id) => `bai-hoc.nhac.${id}`)]
    const text = shown.flatMap((key) => book.words(key, 'vi') ?? []).join('\n')
    expect(tellingWords(text, book.discreet ?? [])).toEqual([])
    expect(text).not.toMatch(/học|khoá|giữ nhịp/i)
    expect(said(one.say('1'))).toContain('topic.giu-nhip-1-ban-do.card')
  })

  test('waits alone: whoever opens none is told once more a week later, and then no more', () => {
    const one = new CourseTalk().begin()
    expect(times(one.pass(120 * DAY))).toEqual(['2026-12-01T08:00', '2026-12-08T08:00'])
    expect(one.state.course).toMatchObject({ paused: true, lesson: 'giu-nhip-1-ban-do' })
    expect(one.timers).toEqual([])
  })

  test('that never left is told of again, and does not count as one that was passed over', () => {
    const one = new CourseTalk().begin()
    one.leaves = false
    const events = one.pass(30 * DAY)
    expect(times(events).length).toBeGreaterThan(3)
    expect(of(events, 'message_withdrawn').length).toBe(times(events).length - 1)
    expect(one.state.course).toMatchObject({ paused: false, told: 1 })
  })

  test.each([
    ['after “dừng”', { stopped: true }],
    ['to who is not to be written to', { muted: 'theo-yeu-cau' as const }],
    ['to who cannot be reached', { reachable: false }],
  ])('is told of to nobody %s, and the course rests', (_, change) => {
    const begun = new CourseTalk().begin()
    const one = new CourseTalk(book, { ...begun.state, ...change })
    const timer = begun.timers.find(({ kind }) => kind === 'lesson')!
    one.at = timer.dueAt
    const events = one.receive({ type: 'timer', timer })
    expect(notices(events)).toBe(0)
    expect(one.state.course).toMatchObject({ paused: true, lesson: 'giu-nhip-1-ban-do' })
  })

  test('waits for the quiet days after an emergency to pass', () => {
    const one = new CourseTalk().begin()
    one.say('em muốn chết')
    expect(times(one.pass(3 * DAY - 2 * HOUR))).toEqual([])
    expect(times(one.pass(2 * DAY))).toEqual(['2026-12-04T08:00'])
  })

  test('is told of once after an outage of weeks, whatever was missed', () => {
    const one = new CourseTalk().begin()
    one.at += 20 * DAY
    expect(notices(one.pass(0))).toBe(1)
  })

  test('does nothing when its timer was moved meanwhile, or the course is over', () => {
    const one = new CourseTalk().begin()
    const old = one.timers.find(({ kind }) => kind === 'lesson')!
    one.say('khoá học', 'đổi nhịp', 'mỗi tuần', 'sáng')
    one.at = old.dueAt
    expect(notices(one.receive({ type: 'timer', timer: old }))).toBe(0)
    one.say('thôi học', 'thôi hẳn')
    expect(of(one.receive({ type: 'timer', timer: old }), 'ignored')).toHaveLength(1)
    expect(one.pass(60 * DAY).filter(({ type }) => type === 'lesson_told')).toEqual([])
  })

  test('ends quietly when the course is no more', () => {
    const begun = new CourseTalk().begin()
    const one = new CourseTalk({ ...book, courses: [] }, begun.state)
    const timer = begun.timers.find(({ kind }) => kind === 'lesson')!
    one.at = timer.dueAt
    expect(of(one.receive({ type: 'timer', timer }), 'course_ended')[0]).toMatchObject({ how: 'gone' })
    expect(one.state.course).toBeNull()
  })

  test('whose delivery ended badly is no task for anybody; who blocked the service is told nothing more', () => {
    const one = new CourseTalk().begin()
    one.pass(DAY)
    const outbound = one.state.course!.notice!.message
    const events = one.receive({ type: 'delivery', outbound, outcome: 'failed', reason: 'blocked' })
    expect(of(events, 'task_opened')).toEqual([])
    expect(one.state.reachable).toBe(false)
    expect(notices(one.pass(30 * DAY))).toBe(0)
    const other = one.receive({ type: 'delivery', outbound: 'c.1.1', outcome: 'failed', reason: 'refused' })
    expect(of(other, 'task_opened')).toHaveLength(1)
  })
})

describe('the pace', () => {
  /** When somebody is told who reads each lesson as soon as they are told of it. */
  const reading = (pace: string, from: number) => {
    const one = new CourseTalk()
    one.at = from
    one.begin('1', pace, '17h')
    const told: string[] = []
    for (let hour = 0; hour < 24 * 24; hour++) {
      const now = times(one.pass(HOUR))
      told.push(...now.map((time) => time.slice(5)))
      if (now.length > 0) readOne(one)
    }
    return told
  }

  test.each([
    ['1', ['12-01T17:00', '12-02T17:00', '12-03T17:00']],
    ['2', ['12-02T17:00', '12-04T17:00', '12-06T17:00']],
    ['3', ['12-01T17:00', '12-04T17:00', '12-08T17:00']],
    ['4', ['12-07T17:00', '12-14T17:00', '12-21T17:00']],
  ])('%s comes on its days, at the hour that was picked', (pace, first) => {
    expect(reading(pace, START).slice(0, 3)).toEqual(first)
  })

  test.each([
    ['1', '11-25T17:00'],
    ['3', '11-27T17:00'],
  ])('%s passes over a public holiday: from Monday 23/11, the day before one', (pace, first) => {
    expect(reading(pace, MONDAY)[0]).toBe(first)
  })

  test.each([
    ['23h', '20:45'],
    ['5 giờ sáng', '07:00'],
  ])('at %s is told at %s: the hours of the night are nobody’s', (hour, told) => {
    const one = new CourseTalk().begin('1', '1', hour)
    expect(times(one.pass(4 * DAY))[0]?.slice(11)).toBe(told)
  })

  test('keeps to the part of the day that was chosen for all that comes unasked', () => {
    const start = emptyConversation('c')
    const answers = { reminder_hours: { type: 'code' as const, value: 'sang' } }
    const one = new CourseTalk(book, { ...start, answers }).begin('1', '1', 'tối')
    expect(times(one.pass(3 * DAY))[0]?.slice(11)).toBe('10:45')
  })

  test('goes on from the day a lesson was read, also when it was read ahead', () => {
    const one = new CourseTalk().begin('1', '4', 'sáng')
    one.pass(3 * DAY)
    readOne(one)
    expect(times(one.pass(6 * DAY))).toEqual([])
    expect(times(one.pass(DAY))).toEqual(['2026-12-10T08:00'])
    expect(one.state.course?.lesson).toBe('giu-nhip-2-con-song')
  })
})

describe('a course that rests', () => {
  const doing = fc.constantFrom('read', 'later', 'pass', 'look', 'rest', 'pace', 'alo')

  test('sends nothing and goes on at the same lesson, whenever and by whatever word it rested', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('1', '2', '3'),
        fc.constantFrom('1', '2', '3', '4'),
        fc.array(doing, { maxLength: 14 }),
        fc.constantFrom('nghỉ học', 'nghi hoc', 'tạm dừng khoá', 'dừng'),
        fc.integer({ min: 1, max: 90 }),
        (course, pace, steps, word, days) => {
          const one = new CourseTalk().begin(course, pace, 'sáng')
          for (const step of steps) {
            if (step === 'read') readOne(one)
            if (step === 'later') one.say('học tiếp', 'để sau')
            if (step === 'pass') one.pass(2 * DAY)
            if (step === 'look') one.say('khoá học')
            if (step === 'rest') one.say('nghỉ học', 'học tiếp')
            if (step === 'pace') one.say('khoá học', 'đổi nhịp', '2', '12h')
            if (step === 'alo') one.say('alo')
          }
          const at = one.state.course
          one.say(word)
          const quiet = one.pass(days * DAY)
          expect(notices(quiet)).toBe(0)
          expect(one.timers.filter(({ kind }) => kind === 'lesson')).toEqual([])
          if (!at) return expect(one.state.course ?? null).toBeNull()
          expect(one.state.course).toMatchObject({
            course: at.course,
            lesson: at.lesson,
            place: at.place,
            paused: true,
          })
          if (word === 'dừng') one.say('dừng', 'có')
          const events = one.say('học tiếp')
          expect(said(events)).toContain(`topic.${at.lesson}.card`)
          expect(one.state.course).toMatchObject({ lesson: at.lesson, paused: false, pace: at.pace })
          // A weekly lesson that would fall on Tết waits a week longer.
          expect(notices(one.pass(15 * DAY))).toBeGreaterThan(0)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('rests for good with “dừng”: taking that back brings no lesson until “học tiếp”', () => {
    const one = new CourseTalk().begin()
    one.say('dừng', 'dừng', 'có')
    expect(one.state.stopped).toBe(false)
    expect(notices(one.pass(60 * DAY))).toBe(0)
    expect(one.state.course).toMatchObject({ paused: true, place: 0 })
  })

  test('takes back what was still on its way', () => {
    const one = new CourseTalk().begin()
    one.leaves = false
    one.pass(DAY)
    const { message } = one.state.course!.notice!
    expect(of(one.say('nghỉ học'), 'message_withdrawn')).toEqual([{ type: 'message_withdrawn', id: message }])
  })
})

describe('a reply to a notice', () => {
  const told = () => {
    const one = new CourseTalk().begin()
    one.pass(DAY + HOUR)
    return one
  }

  test.each([
    ['1', 'lesson_opened'],
    ['đọc đi', 'lesson_opened'],
    ['2', 'lesson_put_off'],
    ['de sau', 'lesson_put_off'],
    ['số 3 ạ', 'course_paused'],
  ] as const)('typed as “%s” is understood', (text, happened) => {
    expect(of(told().say(text), happened)).toHaveLength(1)
  })

  test('by a button is understood for as long as it is the last one, also twice', () => {
    const one = told()
    const { seq } = one.state.course!.notice!
    expect(said(one.press(seq, 'doc'))).toContain('topic.giu-nhip-1-ban-do.card')
    one.say('đọc cả bài', 'hẹn lần sau')
    expect(said(one.press(seq, 'doc'))).toContain('topic.giu-nhip-2-con-song.card')
  })

  test('“1” belongs to a question that was asked later, and to a notice that has left', () => {
    const one = told()
    one.say('menu')
    const events = one.say('1')
    expect(of(events, 'lesson_opened')).toEqual([])
    const held = new CourseTalk().begin()
    held.leaves = false
    held.pass(DAY + HOUR)
    expect(of(held.say('1'), 'course_paused')).toEqual([])
  })

  test.each([
    ['the reminder of an appointment', 'appointment_confirmed'],
    ['the weekly question', 'check_in_ended'],
  ] as const)('“1” belongs to %s when that came later, and to the notice when it did not', (what, happened) => {
    for (const later of [true, false]) {
      const before = told()
      const seq = before.state.course!.notice!.seq + (later ? 1 : -1)
      const asked = { message: 'x.1', seq }
      const visit = {
        ...{ id: 'hen', kind: 'individual' as const, point: 'mau-moc-chau', staff: null, state: 'booked' as const },
        ...{ startsAt: before.at + DAY, minutes: 30, remind: true, mayVisit: false, asked, place: null, seats: [] },
      }
      const question = { id: 'x', at: before.at, ...asked }
      const checkIns = { consent: 'y', referral: null, point: null, nextAt: before.at, asked: question, misses: 0 }
      const state = { ...before.state, seq: seq + 5, session: null }
      const one = new CourseTalk(
        book,
        (what.includes('weekly') ? { ...state, checkIns } : { ...state, appointments: [visit] }) as Conversation,
      )
      one.at = before.at
      one.left('x.1').left(before.state.course!.notice!.message)
      const events = one.say('1')
      expect([of(events, happened).length, of(events, 'lesson_opened').length]).toEqual(later ? [1, 0] : [0, 1])
    }
  })

  test('“để sau” is told of again at the next time, and no sooner', () => {
    const one = told()
    one.say('2')
    expect(times(one.pass(20 * HOUR))).toEqual([])
    expect(times(one.pass(6 * HOUR))).toEqual(['2026-12-02T08:00'])
  })
})

describe('a course', () => {
  test('ends plainly after its last lesson, with a way to a person, and is counted once', () => {
    const one = new CourseTalk().begin('3')
    one.say('đọc cả bài')
    const events = Array.from({ length: 5 }, () => one.say('1', '1')).flat()
    expect(of(events, 'course_ended')).toMatchObject([{ course: 'duong-ve', how: 'finished' }])
    expect(one.state.course).toBeNull()
    expect(one.state.session?.options.map(({ id }) => id)).toContain('gap-nguoi')
    expect(notices(one.pass(60 * DAY))).toBe(0)
  })

  test('keeps no answer beside the place in it', () => {
    const one = new CourseTalk().begin()
    one.say('đọc cả bài', 'hẹn lần sau', 'thoát')
    expect(Object.keys(one.state.answers).filter((name) => /course|lesson/.test(name))).toEqual([])
  })

  test('goes on at its place when a release left the waiting lesson out', () => {
    const one = new CourseTalk().begin()
    readOne(one)
    const [course] = book.courses!
    const shorter: Book = {
      ...book,
      courses: [{ ...course!, lessons: course!.lessons.filter((id) => id !== 'giu-nhip-2-con-song') }],
    }
    const later = new CourseTalk(shorter, one.state)
    later.at = one.at
    expect(said(later.say('học tiếp'))).toContain('topic.giu-nhip-3-bon-chu.card')
  })

  test('goes on without a lesson that was taken down, and is offered no more once half of it is gone', () => {
    const one = new CourseTalk().begin()
    readOne(one)
    const without = withoutTopics(book, ['giu-nhip-2-con-song'])
    const later = new CourseTalk(without, one.state)
    later.at = one.at
    expect(said(later.say('học tiếp'))).toContain('topic.giu-nhip-3-bon-chu.card')
    expect(without.words('course.giu-nhip.count', 'vi')).toEqual(['7'])
    const left = withoutTopics(
      book,
      book.topics.flatMap(({ id }) => (/^giu-nhip-[1-4]/.test(id) ? [id] : [])),
    )
    expect(left.courses?.map(({ id }) => id)).toEqual(['nguoi-nha', 'duong-ve'])
    expect(withoutTopics(book, drafts(book)).courses).toEqual([])
    const nowhere = new CourseTalk(left, one.state)
    nowhere.at = one.at
    expect(said(nowhere.say('học tiếp'))).toContain('bai-hoc.chua-co')
    expect(nowhere.state.course).toBeNull()
  })

  test('shows the whole of the lesson that was opened, also after another text was read in between', () => {
    const one = new CourseTalk().begin()
    one.say('methadone là gì', 'đủ rồi')
    expect(said(one.say('đọc cả bài'))).toContain('topic.giu-nhip-1-ban-do.more')
    expect(one.state.course?.lesson).toBe('giu-nhip-2-con-song')
  })

  test('opens no ticket, and asks for none', () => {
    const one = new CourseTalk().begin()
    const events = [...one.say('đọc cả bài', '1', '1', 'nghỉ học', 'học tiếp', '2'), ...one.pass(30 * DAY)]
    expect(of(events, 'ticket_opened')).toEqual([])
    expect(of(events, 'task_opened')).toEqual([])
    expect(of(events, 'form_submitted')).toEqual([])
  })

  test('holds nobody beyond the age of texts, and of somebody who stays it goes', () => {
    const one = new CourseTalk().begin()
    const due = { type: 'timer' as const, timer: { id: 'giu', kind: 'retention' as const, dueAt: one.at } }
    expect(of(one.receive(due), 'contact_erased')).toHaveLength(1)
    expect(one.state).toEqual({ ...emptyConversation('c'), seq: one.state.seq })
    const begun = new CourseTalk().begin()
    const plan = { id: 'p', changedAt: begun.at }
    const kept = new CourseTalk(book, { ...begun.state, plan })
    kept.at = begun.at
    const events = kept.receive(due)
    expect(of(events, 'texts_erased')).toHaveLength(1)
    expect(of(events, 'course_ended')).toMatchObject([{ how: 'expired' }])
    expect(of(events, 'timer_cleared').map(({ id }) => id)).toContain('bai-hoc:c')
  })
})

describe('what staff see of a course', () => {
  const closed = (events: readonly Event[]) => of(events, 'line_closed').length
  const open = (events: readonly Event[]) => of(events, 'message_queued').filter(({ message }) => !message.own)

  test('is neither what the bot said of it nor the words that led there', () => {
    const one = new CourseTalk()
    one.say('chào')
    for (const text of ['khoá học', '1', '1', '8h', 'đọc cả bài', 'hẹn lần sau', 'nghỉ học', 'hoc tiep', 'thôi học']) {
      const events = one.say(text)
      expect([text, closed(events), open(events).length]).toEqual([text, 1, 0])
    }
    const told = new CourseTalk().begin()
    expect(open(told.pass(DAY + HOUR))).toEqual([])
    expect(closed(told.say('2'))).toBe(1)
  })

  test('is what else is written there: danger, a wish for a person, a longer text', () => {
    for (const text of [
      'em muốn chết',
      'gặp người',
      'hôm nay em đọc bài xong mà thấy trong người bồn chồn quá, tối qua cũng không ngủ được',
    ]) {
      const one = new CourseTalk().begin()
      expect([text, closed(one.say(text))]).toEqual([text, 0])
    }
  })

  test('is nothing of a lesson that was found by a question, for that is a talk like any other', () => {
    const one = new CourseTalk()
    one.say('chào')
    const events = one.say('bốn chữ đói bực cô đơn mệt nghĩa là gì')
    expect(said(events)).toContain('topic.giu-nhip-3-bon-chu.card')
    expect([closed(events), open(events).length]).toEqual([0, 1])
  })
})

describe('lessons', () => {
  test('stand on no shelf', () => {
    for (const { id, nodes } of ['hoc', 'muc-luc'].map((flow) => book.flow(flow)!))
      for (const [node, { type }] of Object.entries(nodes)) {
        if (type !== 'ask') continue
        const run = { flow: id, revision: book.flow(id)!.revision, node }
        const session = { runs: [run], wait: 0, options: [], misses: 0, trail: [] }
        const one = new CourseTalk(book, { ...emptyConversation('c'), introduced: true, session })
        const shown = of(one.say('asdf'), 'asked').flatMap(({ options }) => options.map((option) => option.id))
        expect(shown.filter((topic) => topic.startsWith('giu-nhip') || topic.startsWith('nguoi-nha-'))).toEqual([])
      }
    expect(book.topics.filter((topic) => isLesson(book, topic))).toHaveLength(19)
  })

  test('there is a golden conversation for every way through the flows of a course', () => {
    const walked = new Set(
      [...readTranscripts().values()].flatMap((text) => {
        const transcript = parseTranscript(text)
        if ('message' in transcript) throw new Error(transcript.message)
        return [...play(transcript, book, directory).routes]
      }),
    )
    /** Only where a course went from the book in the midst of a question. */
    const gone = ['khoa-hoc/bat-dau/else', 'khoa-hoc/doi/else', 'khoa-hoc/co-khoa/else', 'bai-hoc/mo/else']
    const never = ['bai-hoc/ghi/else', 'nghi-hoc/nghi/else', 'thoi-hoc/bo/else', ...gone]
    const missing = COURSE_FLOWS.flatMap((id) =>
      walkableRoutes(book.flow(id)!)
        .map(({ node, route }) => `${id}/${node}/${route}`)
        .filter((route) => !walked.has(route) && !never.includes(route)),
    )
    expect(missing).toEqual([])
  })

  test('every pace has a choice in both questions for it', () => {
    for (const node of ['nhip', 'nhip-moi']) {
      const asked = book.flow('khoa-hoc')!.nodes[node]
      expect(asked?.type === 'ask' ? asked.choices.map(({ id }) => id) : []).toEqual(expect.arrayContaining([...PACES]))
    }
  })
})
