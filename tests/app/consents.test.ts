import { expect, test } from 'vitest'
import { enrolmentCode } from '../../src/engine/enrolment/enrolment.ts'
import { consent, consentText } from '../../src/store/enrolment-tables.ts'
import { book, converse, directory } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { openApp, type SmallApp } from './small-app.ts'

const NOTICE = ['chào', 'đăng ký', 'cho mình', 'tiếp']

async function asked(first: readonly string[] = NOTICE): Promise<SmallApp> {
  const home = openApp()
  home.book.now = book
  for (const text of first) await home.say('an', text)
  await home.settle()
  return home
}

const heard = (home: SmallApp) => home.telegram.texts('an').at(-1) ?? ''
const given = async (home: SmallApp) => {
  const rows = await allOf(home.app.store, consent)
  const texts = await allOf(home.app.store, consentText)
  return rows.map(({ version }) => texts.find((one) => one.version === version)?.text)
}

test('the ledger holds the notice word for word as it was read: who runs the house, and who reads', async () => {
  const home = await asked()
  const shown = heard(home)
  await home.say('an', 'đồng ý')
  const [text] = await given(home)
  expect(text).toContain('Trạm MẪU (đơn vị y tế)')
  expect(text).toContain('người đọc là **tư vấn viên**, ở nơi bạn chọn')
  expect(text).not.toMatch(/[{}]/)
  expect(shown).toContain(text)
})

test('where others read it is another text, and a yes to the first is no yes to it', async () => {
  const home = await asked()
  const { operator } = home.app.settings
  home.app.settings = { ...home.app.settings, operator: { ...operator, readers: 'người khác MẪU' } }
  await home.say('an', 'đồng ý')
  await home.settle()
  expect(await given(home)).toEqual([])
  expect(heard(home)).toContain('người đọc là **người khác MẪU**')
  await home.say('an', 'đồng ý')
  expect(await given(home)).toEqual([expect.stringContaining('người khác MẪU')])
})

test('a pronoun that is noticed in the yes itself neither puts the question again nor changes what was read', async () => {
  const home = await asked()
  await home.say('an', 'chị muốn đồng ý')
  const [text] = await given(home)
  expect(text).toContain('ở nơi bạn chọn')
  const elder = await asked(['chị muốn hỏi', ...NOTICE])
  const shown = heard(elder)
  await elder.say('an', 'đồng ý')
  const [own] = await given(elder)
  expect(own).toContain('ở nơi chị chọn')
  expect(shown).toContain(own)
})

test('a yes to a move names the place as it was read, and not the code that leads to the person', () => {
  const one = converse(book)
  for (const text of NOTICE) one.send(text)
  for (const text of ['đồng ý', 'Nam', 'không nói', 'đủ 18', 'ở nhà', 'không', 'không']) one.send(text)
  one.press(1).send('gửi')
  const { id, point } = one.state.enrolment!
  const other = directory.points.find((each) => each.id !== point)!
  one.staff('lan', { type: 'enrol_transfer', enrolment: id, to: other.id, heard: false }).send('hỏi ý tôi')
  expect(one.read()[0]?.paragraphs.join(' ')).toContain(enrolmentCode(id))
  const yes = one.send('có').events.find((event) => event.type === 'consent_given')
  expect(yes?.text).toContain(`**{enrol_code}** muốn chuyển sang: ${other.name}, ${other.address}`)
  expect(yes?.text).not.toContain(enrolmentCode(id))
})
