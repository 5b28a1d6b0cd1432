import { describe, expect, test } from 'vitest'
import type { ServicePlace } from '../../src/engine/referrals/service.ts'
import { registerLine } from '../../src/store/referral-tables.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const PLACE: ServicePlace = {
  id: 'noi',
  name: 'MẪU – Nơi',
  kinds: ['arv'],
  address: 'x',
  phone: null,
  communes: [],
  shifts: [],
  licence: null,
  checkedOn: '2026-11-20',
  sample: true,
}
const BOOK = '/desk/so-theo-doi'
/** The house opens on Saturday 21/11/2026. */
const LINE = { day: '2026-11-20', point: 'mai', code: 'SC-07', contacts: '3' }

function openHouse(): DeskHouse {
  const house = openDeskHouse()
  const known = house.home.app.directory()
  house.home.app.directory = () => ({ ...known, services: [PLACE] })
  return house
}
const lines = (house: DeskHouse) => allOf(house.home.app.store, registerLine)

describe('the books that the plans ask for', () => {
  test('are counted, printed, and a mistake stays in sight without being counted', async () => {
    const house = openHouse()
    const lan = house.as('lan')
    expect((await lan.send(`${BOOK}/moi?so=follow_up`, LINE)).status).toBe(303)
    expect((await lan.send(`${BOOK}/moi?so=follow_up`, { ...LINE, code: '', contacts: '4' })).status).toBe(303)
    expect((await lan.read(BOOK)).text).toContain('<td>7</td>')
    const [first] = (await lines(house)).filter(({ code }) => code !== '')
    expect((await lan.send(`${BOOK}/rut`, { one: first!.id })).status).toBe(303)
    const { text } = await lan.read(BOOK)
    expect(text).toContain('đã rút')
    expect(text).toContain('<td>4</td>')
    const paper = await lan.read(`${BOOK}/in?so=follow_up`)
    expect(paper.text).toContain('Người lập sổ')
    expect(paper.text).not.toContain('SC-07')
  })

  test('keep five books apart', async () => {
    const house = openHouse()
    const lan = house.as('lan')
    const sent = [
      await lan.send(`${BOOK}/moi?so=files`, { ...LINE, complete: '8', known: '10' }),
      await lan.send(`${BOOK}/moi?so=licence`, { ...LINE, code: '', service: 'noi' }),
      await lan.send(`${BOOK}/moi?so=placements`, { ...LINE, one_month: '1', three_months: '1', six_months: '0' }),
      await lan.send(`${BOOK}/moi?so=before_release`, { ...LINE, meetings: '2' }),
    ]
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect((await lan.read(`${BOOK}?so=licence`)).text).toContain('MẪU – Nơi')
    expect((await lan.read(`${BOOK}?so=files`)).text).toContain('Hồ sơ đủ')
    expect((await lines(house)).map(({ register }) => register).toSorted()).toEqual([
      'before_release',
      'files',
      'licence',
      'placements',
    ])
  })

  test.each([
    ['a name in place of a code', 'follow_up', { code: 'Nguyễn Văn Nam' }, 'chưa phải mã'],
    ['a name without marks', 'follow_up', { code: 'NAM' }, 'chưa phải mã'],
    ['a number that is none', 'follow_up', { contacts: 'ba' }, 'là một số'],
    ['a day to come', 'follow_up', { day: '2026-12-30' }, 'chưa tới'],
    ['more files than people', 'files', { complete: '9', known: '3' }, 'nhiều hơn'],
    ['a place that is not listed', 'licence', { service: 'none' }, 'nơi dịch vụ'],
  ])('refuse %s where it was typed', async (_, book, wrong, why) => {
    const house = openHouse()
    const { status, text } = await house.as('lan').send(`${BOOK}/moi?so=${book}`, { ...LINE, ...wrong })
    expect([status, text.includes(why)]).toEqual([400, true])
    expect(await lines(house)).toEqual([])
  })

  test('are written by staff of the point, and by nobody else', async () => {
    const house = openHouse()
    for (const id of ['mo', 'chu'])
      expect([id, (await house.as(id).send(`${BOOK}/moi?so=follow_up`, LINE)).status]).toEqual([id, 403])
    expect((await house.as('chu').read(BOOK)).status).toBe(403)
    expect(await lines(house)).toEqual([])
  })
})
