import { describe, expect, test } from 'vitest'
import { drain } from '../../src/app/deliver.ts'
import { receive } from '../../src/app/handle.ts'
import { EMPTY_CALENDAR, NO_SWITCHES } from '../../src/engine/facts.ts'
import type { Contest } from '../../src/engine/quiz/contest.ts'
import { itemsOf, questionOf } from '../../src/engine/quiz/quiz.ts'
import { contestMark } from '../../src/store/contest-tables.ts'
import { talliesOf } from '../../src/store/contests.ts'
import { readDialogue } from '../../src/store/dialogue.ts'
import { openWords } from '../../src/store/lines.ts'
import { words } from '../../src/store/schema.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { DAY, openApp, type SmallApp } from './small-app.ts'

const CONTEST: Contest = {
  id: 'thi',
  entrance: 'thi-mau',
  title: 'MẪU – Thi tìm hiểu',
  audience: 'moi-nguoi',
  point: null,
  from: '2026-11-20',
  to: '2026-11-30',
  state: 'open',
  phase: 'single',
  questions: itemsOf(book, 've-heroin').map((item) => ({ ...questionOf(book, item)!, ...item })),
  prize: 'một quyển sổ',
  prizeAt: 'điểm MẪU',
  least: 2,
}

function openContest(change: Partial<Contest> = {}): SmallApp {
  const home = openApp()
  home.book.now = book
  home.app.directory = () => ({
    points: [],
    clubs: [],
    contests: [{ ...CONTEST, ...change }],
    communes: [],
    calendar: EMPTY_CALENDAR,
    staff: [],
    switches: NO_SWITCHES,
  })
  return home
}

async function says(home: SmallApp, handle: string, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    home.clock.now += 1000
    await home.say(handle, text)
  }
  await drain(home.app)
  await home.settle()
}

const RIGHT = ['2', '2', '1'] as const
const counts = async ({ app }: SmallApp) =>
  (await talliesOf(app.store, ['thi'])).map(({ question, answered, correct }) => [question, answered, correct])

describe('a scored try', () => {
  test('is counted once for each person; a second is told kindly', async () => {
    const home = openContest()
    await says(home, 'an', 'cuộc thi', 'làm bài', ...RIGHT, 'không cần', 'thôi')
    await says(home, 'ba', 'cuộc thi', 'làm bài', '1', '2', '2')
    await says(home, 'an', 'cuộc thi', 'làm bài')
    expect((await home.lines('an')).findLast((line) => line.startsWith('bot:'))).toContain('Bạn đã làm bài này rồi')
    expect(await counts(home)).toEqual([
      [0, 2, 4],
      [1, 2, 1],
      [2, 2, 2],
      [3, 2, 1],
    ])
  })

  test('sent twice at once by a trembling hand counts once', async () => {
    const home = openContest()
    await says(home, 'an', 'cuộc thi')
    const twice = ['x', 'y'].map((key) => home.say('an', 'làm bài', { key }))
    await Promise.all(twice)
    await says(home, 'an', '2', '2', '1')
    expect((await counts(home))[0]).toEqual([0, 1, 3])
    expect(await allOf(home.app.store, contestMark)).toHaveLength(1)
  })

  test('of two processes at once is one try: the second goes on where the first stands', async () => {
    const home = openContest()
    await says(home, 'an', 'cuộc thi')
    const other = home.restart()
    other.app.directory = home.app.directory
    await Promise.all([home.say('an', 'làm bài'), other.say('an', 'làm bài')])
    const marks = await allOf(home.app.store, contestMark)
    expect(marks).toHaveLength(1)
    await says(home, 'an', '2', '2', '1')
    expect((await counts(home))[0]?.[1]).toBe(1)
  })

  test('leaves nowhere in the database who chose what, and the score only sealed, for the person alone', async () => {
    const home = openContest()
    await says(home, 'an', 'cuộc thi', 'làm bài', ...RIGHT, 'lấy mã', 'thôi')
    const [contact, { store, vault }] = [home.contact('an'), home.app]
    const tables = home.database.database
      .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
      .pluck()
      .all() as string[]
    const rows = tables.flatMap((name) =>
      home.database.database
        .prepare(`select * from "${name}"`)
        .all()
        .map((row) => ({ name, text: JSON.stringify(row) })),
    )
    const theirs = rows.filter(({ text }) => text.includes(contact))
    expect(theirs.length).toBeGreaterThan(20)
    for (const { text } of theirs) {
      // Neither the choice as a button carried it, nor right or wrong, nor the score, nor the code.
      expect(text).not.toMatch(/\\"right\\":|\\"correct\\":|\\"score\\":\d|\\"claim\\":|QUA-/)
      if (text.includes('message_received')) expect(text).not.toMatch(/\\"choice\\"/)
    }
    const counted = rows.filter(({ name }) => name.startsWith('contest'))
    expect(counted.length).toBeGreaterThan(4)
    for (const { text } of counted) expect(text).not.toContain(contact)
    // What is sealed: their own lines do not say what they chose, and one line of the bot, theirs alone, tells the score.
    const said = await Promise.all(
      (await allOf(store, words)).map(async ({ id, kind }) => ({
        kind,
        text: (await openWords(store, vault, id)) ?? '',
      })),
    )
    const own = said.filter(({ kind }) => kind === 'you').map(({ text }) => JSON.parse(text).text)
    expect(own.filter((text) => RIGHT.includes(text))).toEqual([])
    expect(own.filter((text) => text.startsWith('(Đã trả lời'))).toHaveLength(3)
    expect(said.filter(({ kind, text }) => kind === 'own_bot' && text.includes('3/3'))).toHaveLength(1)
    const { lines } = await readDialogue(store, vault, contact, {})
    expect(lines.map(({ text }) => text).join('\n')).not.toMatch(/[Bb]ạn đúng|QUA-/)
    expect(home.log()).not.toMatch(/QUA-|"right"/)
  })

  test('with a prize asks everybody alike: the question does not tell who had enough', async () => {
    const home = openContest()
    const asked = async (handle: string, ...answers: readonly string[]) => {
      await says(home, handle, 'cuộc thi', 'làm bài', ...answers)
      const log = home.database.database
        .prepare('select body from event where contact = ? order by seq, n')
        .pluck()
        .all(home.contact(handle)) as string[]
      return log.map((body) => body.replaceAll(home.contact(handle), '…'))
    }
    expect(await asked('an', '2', '2', '1')).toEqual(await asked('ba', '1', '1', '2'))
    await says(home, 'ba', 'lấy mã')
    expect((await home.lines('ba')).at(-1)).toContain('chưa đủ số câu')
  })

  test('pressed on a button leaves no choice behind', async () => {
    const home = openContest()
    await says(home, 'an', 'cuộc thi')
    const press = async (option: string) => {
      const body = home.database.database
        .prepare('select body from conversation where contact = ?')
        .pluck()
        .get(home.contact('an')) as string
      const choice = `${JSON.parse(body).session.wait}.${option}`
      const event = { type: 'message' as const, text: '', choice }
      const arrival = { key: `p${choice}`, handle: 'an', at: home.clock.now, event }
      await receive(home.app, 'telegram', 'telegram', arrival)
    }
    for (const option of ['bat-dau', '2', '2', '1']) await press(option)
    expect((await counts(home))[0]).toEqual([0, 1, 3])
    const kept = home.database.database
      .prepare("select body from event where type = 'message_received'")
      .pluck()
      .all() as string[]
    expect(kept.map((body) => JSON.parse(body).choice?.split('.')[1])).toEqual([
      undefined,
      'bat-dau',
      undefined,
      undefined,
      undefined,
    ])
  })

  test('after an erasure stays a count, and the person is somebody new', async () => {
    const home = openContest()
    await says(home, 'an', 'cuộc thi', 'làm bài', ...RIGHT, 'không cần', 'thôi')
    await says(home, 'an', 'xoá', 'có')
    await home.pass(DAY)
    expect((await counts(home))[0]).toEqual([0, 1, 3])
    await says(home, 'an', 'cuộc thi', 'làm bài')
    expect((await home.lines('an')).at(-1)).toContain('Câu 1/3')
    expect(await allOf(home.app.store, contestMark)).toHaveLength(2)
  })

  test('ends with its last day, also in the midst, and is then not counted', async () => {
    const home = openContest({ to: '2026-11-21' })
    await says(home, 'an', 'cuộc thi', 'làm bài', '2')
    home.clock.now += DAY
    await says(home, 'an', '2')
    expect((await home.lines('an')).at(-1)).toContain('Cuộc thi này vừa đóng')
    expect((await counts(home)).find(([question]) => question === 0)).toBeUndefined()
  })
})
