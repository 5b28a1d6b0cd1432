import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyConversation } from '../../src/engine/conversation.ts'
import type { Directory } from '../../src/engine/facts.ts'
import { LANGUAGES, readLanguage } from '../../src/engine/language.ts'
import type { StaffMember } from '../../src/engine/staff.ts'
import { book, type Conversing, converse, directory, MONDAY } from './converse.ts'

const point = {
  ...directory.points[0]!,
  id: 'diem',
  shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 24 * 60 })),
}
const member = (id: string, languages: readonly string[] = []): StaffMember => ({
  id,
  shownAs: id,
  affiliation: 'y_te',
  roles: ['counsellor'],
  point: 'diem',
  duty: null,
  active: true,
  languages,
})
const place = (staff: readonly StaffMember[], greetings: { id: string; point: string; language: string }[] = []) => ({
  ...directory,
  points: [point],
  staff,
  greetings,
})
const known = { ...emptyConversation('c'), introduced: true }
const begin = (where: Directory) => converse(book, known, where, MONDAY)
const called = (talk: Conversing) => talk.events.flatMap((one) => (one.type === 'staff_called' ? [one.staff] : []))

describe('a language is heard', () => {
  test.each([
    ['em nói tiếng Mông', 'mong'],
    ['co ai biet tieng thai ko', 'thai'],
    ["tiếng H'Mông", 'mong'],
    ['noi tieng e de duoc khong', 'e-de'],
    ['Tiếng Khmer ạ', 'khmer'],
  ])('in "%s"', (text, id) => {
    expect(readLanguage(text)?.id).toBe(id)
  })

  test.each([
    'có tiếng thái độ gì đâu nên mình thấy hơi khó chịu quá trời',
    'chồng em người Mông',
    'phim tiếng Thái hay quá',
    'em đang học tiếng Khmer',
    'tiếng đạo đức giả',
    'nghe tiếng hoà giải',
    'ăn cơm chưa',
  ])('not in "%s"', (text) => {
    expect(readLanguage(text)).toBe(null)
  })
})

describe('whoever asks for another language', () => {
  const lan = member('lan')
  const dua = member('dua', ['mong'])

  test('is told so and given a human; of those on duty who speaks it is called first, the others after', () => {
    const talk = begin(place([lan, dua])).send('em nói tiếng Mông')
    expect(talk.said.slice(0, 2)).toEqual(['he-thong.noi-tieng', 'gap-nguoi.da-ghi'])
    expect(talk.state.answers.language).toEqual({ type: 'code', value: 'mong' })
    expect(called(talk)).toEqual([['dua']])
    expect(called(talk.rung())).toEqual([['lan', 'dua']])
  })

  test('and waits already has those called who speak it, and keeps one ticket', () => {
    const talk = begin(place([lan, dua])).send('gặp người')
    expect(called(talk)).toEqual([['lan', 'dua']])
    expect(called(talk.send('tiếng mông'))).toEqual([['dua']])
    expect(talk.events.some(({ type }) => type === 'ticket_opened')).toBe(false)
  })

  test('in danger waits for no language: everybody is called at once', () => {
    const talk = begin(place([lan, dua]))
      .send('tiếng mông')
      .send('em không muốn sống nữa')
    expect(called(talk)[0]).toEqual(['lan', 'dua'])
  })

  test('hears the greeting of their point, once for each ask, and nothing where there is none', () => {
    const greetings = [
      { id: 'xa:mong', point: 'xa', language: 'mong' },
      { id: 'diem:thai', point: 'diem', language: 'thai' },
    ]
    const heard = (text: string) =>
      begin(place([dua], greetings))
        .send(text)
        .events.flatMap((one) => (one.type === 'message_queued' && one.message.greeting ? [one.message.greeting] : []))
    expect(heard('tiếng thái')).toEqual(['diem:thai'])
    expect(heard('tiếng mông')).toEqual(['xa:mong'])
    expect(heard('tiếng dao')).toEqual([])
  })

  test('never loses a rung by it: whoever would be called is called, and no rung comes later than without', () => {
    const ids = LANGUAGES.map(({ id }) => id)
    const nobody = fc.constant<string[]>([])
    fc.assert(
      fc.property(
        fc.array(fc.oneof(nobody, fc.subarray(ids)), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...ids),
        fc.constantFrom('gặp người', 'em không muốn sống nữa'),
        fc.nat(3),
        (spoken, wanted, cry, asksAfter) => {
          const staff = spoken.map((languages, i) => member(`s${i}`, languages))
          const rungs = (text: string | null) => {
            const talk = begin(place(staff)).send(cry)
            const all: { dueAt: number | null; staff: string[] }[] = []
            const note = () => all.push({ dueAt: talk.state.ticket?.ladder?.dueAt ?? null, staff: called(talk).flat() })
            note()
            for (let i = 0; i < 4 && talk.state.ticket?.ladder?.dueAt; i++) {
              if (i === asksAfter && text !== null) {
                talk.send(text)
                all.at(-1)!.dueAt = talk.state.ticket?.ladder?.dueAt ?? null
              }
              talk.rung()
              note()
            }
            return all
          }
          expect(rungs(LANGUAGES.find(({ id }) => id === wanted)!.name)).toEqual(rungs(null))
        },
      ),
      { numRuns: 100 },
    )
  })

  test('and asked before anything else has the same rungs at the same times; only the first calls fewer, and never nobody', () => {
    const begun = (text: string) => begin(place([lan, dua])).send(text)
    const [plain, asked] = [begun('gặp người'), begun('tiếng mông')]
    expect(called(asked)).toEqual([['dua']])
    for (let i = 0; i < 3; i++) {
      expect(asked.state.ticket!.ladder!.dueAt).toBe(plain.state.ticket!.ladder!.dueAt)
      expect(called(asked.rung())).toEqual(called(plain.rung()))
    }
    expect(called(begin(place([lan])).send('tiếng mông'))).toEqual([['lan']])
  })
})
