import { describe, expect, test } from 'vitest'
import { liveRevisions, openRevisions, readRevision, revisionsOf } from '../../src/store/content.ts'
import { TOPIC } from '../authoring/good-book.ts'
import { type EditingOffice, fieldsIn, openEditingOffice } from './editing-office.ts'

const TOPIC_UNIT = 'content/vi/topics/noi-voi-con.md'
const PATH = '/desk/noi-dung/sua/bai/noi-voi-con'
const WORDS = '/desk/noi-dung/sua/loi/chao'

const cardNow = (office: EditingOffice) => office.home.app.book().words('topic.noi-voi-con.card', 'vi')
const rowOf = (office: EditingOffice, n: number) => readRevision(office.home.app.store, TOPIC_UNIT, n)
/** Saved by one, approved by another. */
async function publish(office: EditingOffice, card: string): Promise<string> {
  const saved = await office.edit('ha', PATH, { card })
  expect(saved.status).toBe(303)
  const page = saved.to!.replace(/\?.*/, '')
  const approved = await office.send('sen', `${page}/duyet`, { read: 'yes' })
  expect([approved.status, approved.to]).toEqual([303, `${page}?xong=duyet`])
  return page
}

describe('a text edited at the desk', () => {
  test('is a draft that nobody reads until a second person approves it, and holds at once from then on', async () => {
    const office = openEditingOffice()
    const saved = await office.edit('ha', PATH, { card: 'MẪU lời mới.', note: 'ngắn hơn' })
    expect([saved.status, saved.to]).toEqual([303, `${PATH}/ban/1?xong=luu`])
    expect(cardNow(office)).toEqual(['Chọn lúc yên. Hỏi con một câu rồi nghe.'])
    expect((await office.read('sen', '/desk/noi-dung/sua')).text).toContain('ngắn hơn')
    const page = (await office.read('sen', `${PATH}/ban/1`)).text
    expect(page).toContain('<ins>MẪU')
    expect(page).toContain('Duyệt, cho máy dùng')

    expect((await office.send('sen', `${PATH}/ban/1/duyet`)).status).toBe(400)
    expect(cardNow(office)).toEqual(['Chọn lúc yên. Hỏi con một câu rồi nghe.'])
    await office.send('sen', `${PATH}/ban/1/duyet`, { read: 'yes' })
    expect(cardNow(office)).toEqual(['MẪU lời mới.'])
    expect(await rowOf(office, 1)).toMatchObject({ state: 'live', by: 'ha', approvedBy: 'sen', note: 'ngắn hơn' })
    const noted = office.home.database.database
      .prepare("select staff, action, about from audit where action like 'content.%'")
      .all()
    expect(noted).toEqual([
      { staff: 'ha', action: 'content.save', about: 'topics/noi-voi-con#1' },
      { staff: 'sen', action: 'content.approve', about: 'topics/noi-voi-con#1' },
    ])
  })

  test('is changed in nothing but what the form changed', async () => {
    const office = openEditingOffice()
    await office.edit('ha', PATH, { card: 'MẪU lời mới.' })
    expect((await rowOf(office, 1))!.text).toBe(
      TOPIC.replace('Chọn lúc yên. Hỏi con một câu rồi nghe.', 'MẪU lời mới.'),
    )
  })

  test('takes every field that an editor changes', async () => {
    const office = openEditingOffice()
    await office.edit('ha', PATH, {
      title: 'Tên: mới',
      audiences: ['phu-huynh', 'moi-nguoi'],
      tags: 'mot-nhom, hai',
      questions: 'hỏi một\r\nhỏi hai\r\n',
      source: ['who', '', ''],
      article: ['Điều 24', '', ''],
      asOf: '2026-11-20',
      written: '2026-11-19',
      reviewBy: '2027-03-01',
      reviewedRole: 'lawyer',
      reviewedOn: '2026-11-21',
      status: 'reviewed',
      'quiz-question': ['Câu hỏi MẪU?', '', '', ''],
      'quiz-answers': ['Có\r\nKhông', '', '', ''],
      'quiz-right': ['2', '1', '1', '1'],
      'quiz-why': ['Vì là mẫu.', '', '', ''],
      poster: 'Một dòng MẪU',
    })
    const row = (await rowOf(office, 1))!
    expect(row.problems).toBe(0)
    expect(JSON.parse(row.patch!).topic).toEqual({
      id: 'noi-voi-con',
      title: 'Tên: mới',
      audiences: ['phu-huynh', 'moi-nguoi'],
      tags: ['mot-nhom', 'hai'],
      level: 'education',
      questions: ['hỏi một', 'hỏi hai'],
      quiz: [{ question: 'Câu hỏi MẪU?', answers: ['Có', 'Không'], right: 2, why: 'Vì là mẫu.' }],
      asOf: '2026-11-20',
      written: '2026-11-19',
      status: 'reviewed',
      reviewed: { role: 'lawyer', on: '2026-11-21' },
      reviewBy: '2027-03-01',
      sources: ['who'],
      articles: { who: 'Điều 24' },
    })
    expect(row.text).toMatch(/## more\nNghe nhiều hơn nói\.\n\n## ap-phich\nMột dòng MẪU\n$/)
    const again = await office.formOf('sen', PATH)
    expect(again).toMatchObject({ title: ['Tên: mới'], tags: ['mot-nhom, hai'], poster: ['Một dòng MẪU'] })
  })

  test('reaches a message that was queued before it was approved', async () => {
    const office = openEditingOffice()
    await office.home.say('an', 'xin chào')
    const text = (await office.formOf('ha', WORDS)).text![0]!
    expect(text).toContain('đây là **Đồng Hành**')
    await office.edit('ha', WORDS, { text: text.replace('đây là **Đồng Hành**', 'MẪU lời vừa duyệt') })
    await office.send('sen', `${WORDS}/ban/1/duyet`, { read: 'yes' })
    // Until now the platform could not be reached.
    office.home.app.channels = new Map([['telegram', office.home.telegram]])
    office.home.clock.now += 5 * 60_000
    await office.settle()
    expect((await office.home.lines('an')).join('\n')).toContain('MẪU lời vừa duyệt')
  })

  test('of one’s own is approved by nobody but another: the page says so, and the table refuses it', async () => {
    const office = openEditingOffice()
    await office.edit('ha', PATH, { card: 'MẪU lời mới.' })
    const page = (await office.read('ha', `${PATH}/ban/1`)).text
    expect(page).toContain('cần một người khác đọc và duyệt')
    expect(page).not.toContain('Duyệt, cho máy dùng')
    expect((await office.send('ha', `${PATH}/ban/1/duyet`, { read: 'yes' })).status).toBe(403)
    expect((await rowOf(office, 1))?.state).toBe('draft')
    expect((await office.send('binh', `${PATH}/ban/1/duyet`, { read: 'yes' })).status).toBe(303)
  })

  test('is shown and edited by editors and leads alone', async () => {
    const office = openEditingOffice()
    await office.edit('ha', PATH, { card: 'MẪU lời mới.' })
    for (const path of ['/desk/noi-dung/sua', PATH, `${PATH}/ban/1`, `${PATH}/lich-su`])
      expect([path, (await office.read('lan', path)).status]).toEqual([path, 403])
    expect((await office.send('lan', `${PATH}/ban/1/duyet`, { read: 'yes' })).status).toBe(403)
    expect((await office.read('lan', '/desk/noi-dung/noi-voi-con')).text).not.toContain('Sửa bài này')
    expect((await office.read('binh', '/desk/noi-dung/noi-voi-con')).text).toContain(PATH)
  })
})

describe('the rules, while editing', () => {
  test('show each mistake at its field and line; the draft is kept, and cannot be approved', async () => {
    const office = openEditingOffice()
    const saved = await office.edit('ha', PATH, { more: 'Đừng gọi là con nghiện.', reviewBy: '' })
    expect(saved.status).toBe(303)
    const page = (await office.read('sen', `${PATH}/ban/1`)).text
    expect(page).toContain('2 chỗ cần sửa trước khi duyệt')
    expect(page).toContain('Đọc thêm, dòng 18: Không viết “con nghiện”')
    expect(page).toContain('Xem lại trước ngày')
    expect(page).not.toContain('Duyệt, cho máy dùng')
    expect((await office.send('sen', `${PATH}/ban/1/duyet`, { read: 'yes' })).status).toBe(409)
    expect(await liveRevisions(office.home.app.store)).toEqual([])
    const form = (await office.read('sen', PATH)).text
    expect(form).toContain('href="#more"')
    expect(form).toContain('Đừng gọi là con nghiện.')
  })

  test('hold for what a text brings to other files too, and for the other drafts that hold', async () => {
    const office = openEditingOffice()
    const text = (await office.formOf('ha', WORDS)).text![0]!
    await office.edit('ha', WORDS, { text: text.replace(/- nguoi-than.*\n/, '') })
    expect((await office.read('sen', `${WORDS}/ban/1`)).text).toContain('ở tệp flows/chao/flow.yaml')
    expect((await office.send('sen', `${WORDS}/ban/1/duyet`, { read: 'yes' })).status).toBe(409)
  })

  test('keep a signature from words that were changed after it', async () => {
    const signed = TOPIC.replace('status: draft', 'status: reviewed').replace(
      'reviewed: null',
      'reviewed: { role: lawyer, on: 2026-11-10 }',
    )
    const office = openEditingOffice({ [TOPIC_UNIT]: signed })
    await office.edit('ha', PATH, { card: 'MẪU lời mới.' })
    expect((await office.read('sen', `${PATH}/ban/1`)).text).toContain('Lời đã sửa sau khi ký')
    await office.edit('ha', PATH, { reviewedRole: '', reviewedOn: '', status: 'draft' })
    expect((await rowOf(office, 2))?.problems).toBe(0)
  })
})

describe('two editors at once', () => {
  test('the second is told, sees both texts and loses nothing; what was put aside stays in the history', async () => {
    const office = openEditingOffice()
    const [first, second] = [await office.formOf('ha', PATH), await office.formOf('sen', PATH)]
    await office.send('ha', PATH, { ...first, card: 'MẪU lời của Hà.' })
    const told = await office.send('sen', PATH, { ...second, card: 'MẪU lời của Sen.', more: 'Phần sau của Sen.' })
    expect(told.status).toBe(409)
    for (const words of ['ha đã lưu một bản khác', 'MẪU lời của Hà.', 'MẪU lời của Sen.', 'Phần sau của Sen.'])
      expect(told.text).toContain(words)
    const again = fieldsIn(told.text, 'class="edit"')
    expect([again.card, again.more]).toEqual([['MẪU lời của Sen.'], ['Phần sau của Sen.']])
    const saved = await office.send('sen', PATH, again)
    expect(saved.to).toBe(`${PATH}/ban/2?xong=luu`)
    const rows = await revisionsOf(office.home.app.store, TOPIC_UNIT)
    expect(rows.map(({ n, state, by }) => [n, state, by])).toEqual([
      [2, 'draft', 'sen'],
      [1, 'replaced', 'ha'],
    ])
    expect((await rowOf(office, 1))!.text).toContain('MẪU lời của Hà.')
  })

  test('a draft that was saved anew cannot be approved as it was before', async () => {
    const office = openEditingOffice()
    await office.edit('ha', PATH, { card: 'MẪU một.' })
    await office.edit('ha', PATH, { card: 'MẪU hai.' })
    expect((await office.send('sen', `${PATH}/ban/1/duyet`, { read: 'yes' })).status).toBe(409)
    expect(cardNow(office)).toEqual(['Chọn lúc yên. Hỏi con một câu rồi nghe.'])
  })

  test('a form sent twice is one draft, and one that changes nothing is none', async () => {
    const office = openEditingOffice()
    const form = { ...(await office.formOf('ha', PATH)), card: 'MẪU lời mới.' }
    const [once, twice] = [await office.send('ha', PATH, form), await office.send('ha', PATH, form)]
    expect([once.to, twice.to]).toEqual([`${PATH}/ban/1?xong=luu`, `${PATH}/ban/1?xong=luu`])
    expect((await office.edit('sen', PATH, {})).status).toBe(400)
    expect(await openRevisions(office.home.app.store)).toHaveLength(1)
  })
})

describe('going back', () => {
  test('brings an older text as a new draft, word by word, and needs two people again', async () => {
    const office = openEditingOffice()
    await publish(office, 'MẪU một.')
    await publish(office, 'MẪU hai.')
    const back = await office.send('ha', `${PATH}/ban/1/tra-lai`)
    expect(back.to).toBe(`${PATH}/ban/3?xong=luu`)
    expect(cardNow(office)).toEqual(['MẪU hai.'])
    expect((await office.send('ha', `${PATH}/ban/3/duyet`, { read: 'yes' })).status).toBe(403)
    await office.send('sen', `${PATH}/ban/3/duyet`, { read: 'yes' })
    expect(cardNow(office)).toEqual(['MẪU một.'])
    expect((await rowOf(office, 3))!.text).toBe((await rowOf(office, 1))!.text)
    const history = (await office.read('ha', `${PATH}/lich-su`)).text
    expect(history).toContain('Trở lại lời của bản 1')
    expect(history).toContain('Tệp của bản phát hành')
  })

  test('to the words of the release ends the revision, and the file holds again', async () => {
    const office = openEditingOffice()
    await publish(office, 'MẪU một.')
    await office.send('sen', `${PATH}/ban/0/tra-lai`)
    await office.send('ha', `${PATH}/ban/2/duyet`, { read: 'yes' })
    expect(cardNow(office)).toEqual(['Chọn lúc yên. Hỏi con một câu rồi nghe.'])
    expect((await rowOf(office, 2))?.state).toBe('released')
  })

  test('is not done over somebody’s draft that waits', async () => {
    const office = openEditingOffice()
    await publish(office, 'MẪU một.')
    await office.edit('sen', PATH, { card: 'MẪU đang viết.' })
    expect((await office.send('ha', `${PATH}/ban/0/tra-lai`)).status).toBe(409)
    expect((await rowOf(office, 2))?.state).toBe('draft')
    await office.send('ha', `${PATH}/ban/2/bo`)
    expect((await rowOf(office, 2))?.state).toBe('dropped')
    expect((await office.send('ha', `${PATH}/ban/0/tra-lai`)).status).toBe(303)
  })
})

test('what speaks in an emergency, the machine’s own words and what people say yes to have no page to be edited on', async () => {
  const office = openEditingOffice()
  for (const slug of ['khan-cap', 'he-thong', 'dien-thoai', 'gap-nguoi', 'khong-co', '..%2Ftopics%2Fnoi-voi-con'])
    for (const path of ['', '/lich-su', '/ban/0'])
      expect([slug, (await office.read('ha', `/desk/noi-dung/sua/loi/${slug}${path}`)).status]).toEqual([slug, 404])
})

test('a preview shows what each channel would bring: bold, numbered choices, the pronoun, and how long it is', async () => {
  const office = openEditingOffice()
  const text = (await office.formOf('ha', WORDS)).text![0]!
  await office.edit('ha', WORDS, { text: text.replace('{Bạn} hỏi cho ai?', '{Bạn} hỏi <giúp> **ai**?') })
  const page = (await office.read('sen', `${WORDS}/ban/1?xung=cháu`)).text
  expect(page).toContain('Cháu hỏi &lt;giúp&gt; <b>ai</b>?')
  expect(page).toContain('1. Cho mình\n2. Cho người thân')
  expect(page).toContain('<li>Cho mình</li>')
  expect(page).toContain(`${'Cháu hỏi <giúp> ai?'.length}/4096 ký tự`)
  expect(page).not.toContain('Chào cháu')
})

test('what was written when the session ended comes back to whoever wrote it', async () => {
  const office = openEditingOffice()
  const body = new URLSearchParams({ from: '0', title: 'Tên bài', card: 'MẪU lời chưa lưu', more: 'MẪU phần sau' })
  const { status, text } = await office.ask(PATH, { method: 'POST', body })
  expect(status).toBe(401)
  for (const words of ['MẪU lời chưa lưu', 'MẪU phần sau']) expect(text).toContain(words)
})

describe('where the authored files are not at hand', () => {
  test('nothing is edited, and a draft that was checked elsewhere is read and approved', async () => {
    const made = openEditingOffice()
    await made.edit('ha', PATH, { card: 'MẪU lời mới.' })
    const row = (await rowOf(made, 1))!
    const office = openEditingOffice({}, { editor: false })
    const { saving } = await import('../../src/store/content.ts')
    await office.home.app.store.batch(saving(row))
    expect((await office.read('sen', '/desk/noi-dung/sua')).text).toContain('chỉ duyệt được')
    expect((await office.read('sen', PATH)).status).toBe(303)
    expect((await office.send('sen', PATH, { card: 'x' })).status).toBe(403)
    expect((await office.read('sen', `${PATH}/ban/1`)).text).toContain('MẪU lời mới.')
    await office.send('sen', `${PATH}/ban/1/duyet`, { read: 'yes' })
    expect(cardNow(office)).toEqual(['MẪU lời mới.'])
  })
})
