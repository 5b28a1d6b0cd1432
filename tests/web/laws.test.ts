import { expect, test } from 'vitest'
import { readEndings } from '../../src/store/directory.ts'
import { book } from '../engine/converse.ts'
import { openDeskHouse } from './desk-house.ts'

const LAW = 'luat-120-2025'
const resting = book.topics.filter(({ sources }) => sources.includes(LAW))

function house() {
  const one = openDeskHouse()
  one.home.book.now = book
  return one
}

test('a law that ends is a list of every text that rests on it, each open until it is checked again', async () => {
  const its = house()
  await its.as('binh').send(`/desk/nguon/${LAW}`, { until: '2027-01-31' })
  const page = (await its.as('lan').read(`/desk/nguon/${LAW}`)).text
  for (const { id } of resting) expect(page).toContain(`href="/desk/noi-dung/${id}"`)
  expect(page).toContain('Hiệu lực đến hết 31/01/2027')
  expect(page).not.toContain('☑')

  const [first] = resting
  its.home.book.now = {
    ...book,
    topics: book.topics.map((topic) => (topic === first ? { ...topic, asOf: '2027-02-01' } : topic)),
  }
  expect((await its.as('lan').read(`/desk/nguon/${LAW}`)).text.match(/☑/g)).toHaveLength(1)
})

test('the day is taken back by an empty field, and a wrong one is refused with what to do', async () => {
  const its = house()
  const { store } = its.home.app
  await its.as('binh').send(`/desk/nguon/${LAW}`, { until: '2027-01-31' })
  expect(await readEndings(store)).toEqual({ [LAW]: '2027-01-31' })
  const refused = await its.as('binh').send(`/desk/nguon/${LAW}`, { until: '31-01' })
  expect([refused.status, refused.text.includes('Ngày chưa đúng')]).toEqual([400, true])
  await its.as('binh').send(`/desk/nguon/${LAW}`, { until: '' })
  expect(await readEndings(store)).toEqual({})
})

test('who may only read sees no form, and cannot set the day by sending one', async () => {
  const its = house()
  expect((await its.as('lan').read(`/desk/nguon/${LAW}`)).text).not.toContain('name="until"')
  expect((await its.as('lan').send(`/desk/nguon/${LAW}`, { until: '2027-01-31' })).status).toBe(403)
  expect(await readEndings(its.home.app.store)).toEqual({})
})
