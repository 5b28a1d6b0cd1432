import { describe, expect, test } from 'vitest'
import { gainsOf, resultsOf } from '../../src/app/contest-figures.ts'
import type { Contest } from '../../src/engine/quiz/contest.ts'
import { itemsFor, questionOf } from '../../src/engine/quiz/quiz.ts'
import { contest, contestCode, contestMark } from '../../src/store/contest-tables.ts'
import { allContests, type Tally } from '../../src/store/contests.ts'
import { readDirectory } from '../../src/store/directory.ts'
import { audit } from '../../src/store/schema.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const QUESTIONS = itemsFor(book, 'phu-huynh')
  .slice(0, 5)
  .map(({ topic, n }) => `${topic}:${n}`)
const FORM = {
  title: 'Thi tìm hiểu MẪU',
  audience: 'phu-huynh',
  point: 'mai',
  from: '2026-11-20',
  to: '2026-11-30',
  kind: 'single',
  prize: '',
  prize_at: '',
  least: '',
}

function openHouse(): DeskHouse {
  const house = openDeskHouse()
  house.home.book.now = book
  return house
}

/** The running service reads the directory anew, as at a tick. */
async function refresh(house: DeskHouse): Promise<void> {
  const { app } = house.home
  const before = app.directory()
  const { contests } = (await readDirectory(app.store, null))!
  app.directory = () => ({ ...before, contests })
}

/** A form in which several boxes are ticked. */
async function post(house: DeskHouse, by: string, path: string, fields: Record<string, string>, questions = QUESTIONS) {
  const body = new URLSearchParams(fields)
  for (const one of questions) body.append('questions', one)
  return house.ask(path, { method: 'POST', headers: { Cookie: await house.cookie(by) }, body })
}

async function make(house: DeskHouse, change: Record<string, string> = {}, by = 'lan'): Promise<string> {
  const { status, headers } = await post(house, by, '/desk/cuoc-thi/moi', {
    id: `f${Math.random()}`,
    ...FORM,
    ...change,
  })
  expect(status).toBe(303)
  return headers.get('Location')!.replace(/\?.*/, '')
}

/** Somebody plays it in their own chat, with so many right answers, and takes a code where there is one. */
async function plays(house: DeskHouse, handle: string, right: number): Promise<string> {
  const { home } = house
  const [one] = await allContests(home.app.store)
  const says = async (text: string) => {
    home.clock.now += 1000
    await home.say(handle, text, { channel: 'webchat', bot: 'web' })
  }
  await says('cuộc thi')
  await says('làm bài')
  for (const [n, question] of one!.questions.entries())
    await says(String(n < right ? question.right : (question.right % question.answers.length) + 1))
  await says('lấy mã')
  await house.settle()
  return (await home.lines(handle, 'webchat')).join('\n')
}

describe('a contest at the desk', () => {
  test('is made once from the questions of the readings, waits to be opened, and is noted', async () => {
    const house = openHouse()
    const page = (await house.as('lan').read('/desk/cuoc-thi/moi?cho=phu-huynh')).text
    for (const value of QUESTIONS) expect(page).toContain(`value="${value}"`)
    for (let i = 0; i < 2; i++)
      expect((await post(house, 'lan', '/desk/cuoc-thi/moi', { id: 'once', ...FORM })).status).toBe(303)
    const [one, ...others] = await allContests(house.home.app.store)
    expect(others).toEqual([])
    expect(one).toMatchObject({ state: 'draft', title: FORM.title, phase: 'single', point: 'mai' })
    expect(one!.entrance).toMatch(/^thi-[a-z2-9]{6}$/)
    const [topic = '', n] = QUESTIONS[0]!.split(':')
    expect(one!.questions[0]).toMatchObject(questionOf(book, { topic, n: Number(n) })!)
    await refresh(house)
    expect(house.home.app.directory().contests).toEqual([])
    const { status } = await house.as('lan').send(`/desk/cuoc-thi/${one!.id}/mo`, { phase: 'single' })
    expect(status).toBe(303)
    await refresh(house)
    expect(house.home.app.directory().contests).toMatchObject([{ state: 'open' }])
    const noted = (await allOf(house.home.app.store, audit)).filter(({ action }) => action === 'contest.edit')
    expect(noted.length).toBe(3)
    // A form that lay open in another window does not take back what was opened.
    await post(house, 'lan', '/desk/cuoc-thi/moi', { id: 'once', ...FORM })
    expect((await allContests(house.home.app.store))[0]!.state).toBe('open')
  })

  test.each([
    ['four questions', {}, QUESTIONS.slice(0, 4), 'đang chọn 4 câu'],
    ['a question that is none', {}, [...QUESTIONS.slice(0, 4), 'khong-co:0'], 'đang chọn 4 câu'],
    ['a name that fits no button', { title: 'x'.repeat(41) }, QUESTIONS, 'tên cuộc thi'],
    ['a last day before the first', { from: '2026-11-29', to: '2026-11-28' }, QUESTIONS, 'đứng trước'],
    ['a last day that is over', { from: '2026-11-01', to: '2026-11-02' }, QUESTIONS, 'đã qua'],
    ['30 February', { to: '2027-02-30' }, QUESTIONS, 'ngày đầu và ngày cuối'],
    ['a prize that is nowhere', { prize: 'sổ' }, QUESTIONS, 'nơi trao'],
    ['more right answers than questions', { prize: 'sổ', prize_at: 'điểm', least: '6' }, QUESTIONS, 'từ 1 đến 5'],
  ])('refuses %s, and keeps what was typed and ticked', async (_, wrong, questions, why) => {
    const house = openHouse()
    const { status, text } = await post(house, 'lan', '/desk/cuoc-thi/moi', { ...FORM, ...wrong }, questions)
    expect([status, text.includes(why)]).toEqual([400, true])
    expect(text.match(/ checked/g)?.length).toBe(questions.filter((one) => !one.startsWith('khong')).length)
    expect(await allOf(house.home.app.store, contest)).toEqual([])
  })

  test('is for nobody of whom it would say that they use, or came home', async () => {
    const house = openHouse()
    for (const audience of ['nguoi-su-dung', 'sau-cai']) {
      const { status, text } = await post(house, 'lan', '/desk/cuoc-thi/moi', { ...FORM, audience })
      expect([status, text.includes('dành cho ai')]).toEqual([400, true])
      expect((await house.as('lan').read('/desk/cuoc-thi/moi')).text).not.toContain(audience)
    }
  })

  test('may be changed until it was opened, and its questions stay as they were then', async () => {
    const house = openHouse()
    const path = await make(house)
    expect((await post(house, 'hanh', `${path}/sua`, { ...FORM, title: 'Tên khác MẪU' })).status).toBe(303)
    await house.as('lan').send(`${path}/mo`, { phase: 'single' })
    await house.as('lan').send(`${path}/dong`)
    expect((await post(house, 'lan', `${path}/sua`, { ...FORM, title: 'Tên muộn MẪU' })).headers.get('Location')).toBe(
      path,
    )
    expect(await allContests(house.home.app.store)).toMatchObject([{ title: 'Tên khác MẪU', state: 'closed' }])
    house.home.book.now = {
      ...book,
      topics: book.topics.map((topic) => ({
        ...topic,
        quiz: (topic.quiz ?? []).map((one) => ({ ...one, question: 'Khác?' })),
      })),
    }
    const { text } = await house.as('lan').read(path)
    expect(text).toContain('thư viện đã sửa câu này')
    expect(text).not.toContain('Khác?')
  })

  test('is of one’s own point; every counsellor may read its counts', async () => {
    const house = openHouse()
    const path = await make(house)
    expect((await post(house, 'lan', '/desk/cuoc-thi/moi', { ...FORM, point: 'dao' })).status).toBe(403)
    expect((await house.as('mo').send(`${path}/mo`, { phase: 'single' })).status).toBe(403)
    expect((await house.as('mo').read(path)).status).toBe(200)
    expect((await house.as('mo').read(path)).text).not.toContain('Mở cuộc thi')
    expect((await house.as('binh').send(`${path}/mo`, { phase: 'single' })).status).toBe(303)
    expect((await house.as('chu').read('/desk/cuoc-thi')).status).toBe(403)
    expect((await house.as('lan').read('/desk/cuoc-thi/khong-co')).status).toBe(404)
  })

  test('prints its ways in', async () => {
    const house = openHouse()
    const path = await make(house)
    const [one] = await allContests(house.home.app.store)
    const sheet = (await house.as('lan').read(`${path}/to-in`)).text
    expect(sheet).toContain(`/chat?vao=${one!.entrance}`)
    expect(sheet).toContain('<svg')
    const chat = await house.ask(`/chat?vao=${one!.entrance}`)
    expect(chat.text).toContain('Vào cuộc thi')
    expect((await house.ask('/chat?vao=truong-hoc')).text).not.toContain('Vào cuộc thi')
  })
})

describe('the results of a contest', () => {
  test('are counts, shown once it is closed, and not of fewer than five', async () => {
    const house = openHouse()
    const path = await make(house)
    await house.as('lan').send(`${path}/mo`, { phase: 'single' })
    await refresh(house)
    const row = async () =>
      /<th scope="row">Một lần<\/th><td>(.*?)<\/td><td>(.*?)<\/td>/
        .exec((await house.as('lan').read(path)).text)!
        .slice(1)
        .map((cell) => cell.replace('&lt;', '<'))
    expect(await row()).toEqual(['0', 'đang mở'])
    for (const [i, right] of [5, 4, 3, 5].entries()) await plays(house, `p${i}`, right)
    expect(await row()).toEqual(['<5', 'đang mở'])
    await house.as('lan').send(`${path}/dong`)
    expect(await row()).toEqual(['<5', '–'])
    await house.as('lan').send(`${path}/mo`, { phase: 'single' })
    await plays(house, 'p5', 3)
    expect(await row()).toEqual(['5', 'đang mở'])
    expect((await house.as('lan').read(path)).text).not.toContain('% đúng')
    await house.as('lan').send(`${path}/dong`)
    expect(await row()).toEqual(['5', '80%'])
    expect((await house.as('lan').read(path)).text).toContain('Một lần: 100% đúng')
    expect((await house.as('lan').read(path)).text).toContain('Một lần: 40% đúng')
  })

  test('before and after a talk are two tries, and their gain is shown for the audience', async () => {
    const house = openHouse()
    const path = await make(house, { kind: 'pair' })
    for (const [phase, right] of [
      ['before', 2],
      ['after', 4],
    ] as const) {
      await house.as('lan').send(`${path}/mo`, { phase })
      await refresh(house)
      for (let i = 0; i < 5; i++) await plays(house, `p${i}`, right)
    }
    expect((await house.as('lan').read('/desk/cuoc-thi')).text).toContain('Chưa có cuộc thi hai phần nào')
    await house.as('lan').send(`${path}/dong`)
    expect((await house.as('lan').read('/desk/cuoc-thi')).text).toMatch(
      /Cha mẹ, người thân<\/th><td>5<\/td><td>40%<\/td><td>5<\/td><td>80%<\/td><td>\+40 điểm phần trăm/,
    )
    expect((await house.as('lan').send(`${path}/mo`, { phase: 'single' })).headers.get('Location')).toBe(path)
    expect((await allContests(house.home.app.store))[0]).toMatchObject({ state: 'closed', phase: 'after' })
  })

  test('stay when it ends for good, and nothing of who tried does', async () => {
    const house = openHouse()
    const path = await make(house)
    await house.as('lan').send(`${path}/mo`, { phase: 'single' })
    await refresh(house)
    for (let i = 0; i < 5; i++) await plays(house, `p${i}`, 5)
    expect(await allOf(house.home.app.store, contestMark)).toHaveLength(5)
    await house.as('lan').send(`${path}/ket-thuc`)
    expect(await allOf(house.home.app.store, contestMark)).toEqual([])
    expect((await house.as('lan').read(path)).text).toContain('<td>5</td><td>100%</td>')
    await house.as('lan').send(`${path}/mo`, { phase: 'single' })
    expect(await allContests(house.home.app.store)).toMatchObject([{ state: 'ended' }])
  })

  test('are added up over the contests of an audience, weighed by tries and questions', () => {
    const one = (id: string, questions: number): Contest => ({
      ...{ id, entrance: `thi-${id}`, title: id, audience: 'hoc-sinh', point: null, from: '', to: '', state: 'closed' },
      ...{ phase: 'after', prize: '', prizeAt: '', least: 0 },
      questions: Array.from({ length: questions }, (_, n) => ({
        topic: 't',
        n,
        question: '',
        answers: [],
        right: 1,
        why: '',
      })),
    })
    const tally = (contest: string, phase: Tally['phase'], answered: number, correct: number): Tally => ({
      contest,
      phase,
      question: 0,
      answered,
      correct,
    })
    const tallies = [
      tally('a', 'before', 10, 20),
      tally('a', 'after', 10, 40),
      tally('b', 'before', 30, 150),
      tally('b', 'after', 20, 150),
      tally('few', 'before', 9, 9),
      tally('few', 'after', 4, 20),
    ]
    expect(gainsOf([one('a', 5), one('b', 10), one('few', 5)], tallies)).toEqual([
      { audience: 'hoc-sinh', before: 49, after: 76, tries: [40, 30] },
    ])
    expect(resultsOf(one('few', 5), tallies).map(({ tries, mean }) => [tries, mean])).toEqual([
      [9, 20],
      [null, null],
    ])
  })
})

test('a contest stands still and says why when one of its texts is taken down', async () => {
  const house = openHouse()
  const path = await make(house)
  await house.as('lan').send(`${path}/mo`, { phase: 'single' })
  await refresh(house)
  const before = house.home.app.directory()
  const id = QUESTIONS[0]!.split(':')[0]!
  const title = book.topics.find((topic) => topic.id === id)!.title
  house.home.app.directory = () => ({ ...before, takenDown: [id] })
  expect((await house.as('lan').read(path)).text).toContain(`dừng lại, vì bài đã gỡ hoặc luật đã đổi: ${title}`)
  await house.home.say('an', 'cuộc thi', { channel: 'webchat', bot: 'web' })
  await house.settle()
  expect((await house.home.lines('an', 'webchat')).at(-1)).toContain('chưa có cuộc thi nào đang mở')
})

describe('a prize', () => {
  test('is handed over once for a code without a name, by the point that gives it', async () => {
    const house = openHouse()
    const path = await make(house, { prize: 'một quyển sổ.', prize_at: 'điểm MẪU.', least: '4' })
    await house.as('lan').send(`${path}/mo`, { phase: 'single' })
    await refresh(house)
    const code = /QUA-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(await plays(house, 'an', 4))![0]
    expect(await plays(house, 'ba', 3)).not.toMatch(/QUA-/)
    const [kept] = await allOf(house.home.app.store, contestCode)
    expect(JSON.stringify(kept)).not.toContain(code.slice(4))
    const check = async (typed: string, by = 'lan') => (await house.as(by).send(`${path}/ma`, { code: typed })).text
    expect(await check('QUA-AAAA-AAAA')).toContain('Không có mã này')
    expect(await check(code.toLowerCase().replaceAll('-', ' '))).toContain('Mã đúng, chưa trao')
    expect((await house.as('mo').send(`${path}/trao`, { code })).status).toBe(403)
    expect((await house.as('lan').send(`${path}/trao`, { code })).status).toBe(303)
    expect((await house.as('hanh').send(`${path}/trao`, { code })).text).toContain('đã trao quà ngày 21/11/2026')
    expect((await house.as('lan').read(path)).text).toContain('Đã đưa 1 mã, đã trao 1 phần')
  })
})
