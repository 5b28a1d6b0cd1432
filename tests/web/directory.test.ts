import { describe, expect, test } from 'vitest'
import { directorySnapshot } from '../../src/app/directory-snapshot.ts'
import type { Point } from '../../src/engine/facts.ts'
import { allPoints, placingPoint, readSwitches } from '../../src/store/directory.ts'
import { audit, staff } from '../../src/store/schema.ts'
import { directory } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { openWhole, type WholeService } from './whole-service.ts'

const point: Point = {
  ...directory.points[0]!,
  sample: false,
  name: 'Điểm tư vấn Mộc Châu',
  shifts: [],
  exceptions: [],
}
const PATH = `/desk/directory/${point.id}`
const GOOD = {
  name: 'Điểm tư vấn Mộc Châu mới',
  address: 'Số 2',
  phone: '',
  communes: 'lóng sập\nThảo Nguyên',
  d1: '07:30-11:30, 13:30-17:00',
  d6: '8h-11h',
  days: '24/12/2026: nghỉ',
  above: '-',
  places: '2',
  slotMinutes: '45',
  asksAfterMiss: 'yes',
}

/** A service with one real point, and a lead above all points at the desk. */
async function open() {
  const whole = openWhole()
  const { app } = whole.home
  const snapshot = directorySnapshot(directory)
  app.directory = snapshot.now
  await app.store.batch(placingPoint(point, '1'))
  await snapshot.refresh(app.store)
  const headers = { Cookie: await whole.signIn() }
  const ask = (path: string, fields?: Readonly<Record<string, string>>) =>
    whole.ask(path, fields ? { method: 'POST', headers, body: new URLSearchParams(fields) } : { headers })
  return { whole, snapshot, ask, stored: async () => (await allPoints(app.store))[0]! }
}

const actions = async (whole: WholeService) => (await allOf(whole.home.app.store, audit)).map(({ action }) => action)

describe('a point', () => {
  test('is changed in a form, holds from the next tick on, and the change is in the log', async () => {
    const { whole, snapshot, ask, stored } = await open()
    expect((await ask(PATH, GOOD)).status).toBe(303)
    expect(await stored()).toMatchObject({
      name: GOOD.name,
      communes: ['long-sap-son-la', 'thao-nguyen-son-la'],
      exceptions: [{ day: '2026-12-24', hours: [] }],
      above: null,
      places: 2,
      slotMinutes: 45,
      asksAfterMiss: true,
    })
    expect((await stored()).shifts).toHaveLength(3)
    await snapshot.refresh(whole.home.app.store)
    expect(snapshot.now().points[0]?.name).toBe(GOOD.name)
    expect(await actions(whole)).toContain('directory.edit')
    const page = await ask(PATH)
    expect(page.text).toContain('07:30-11:30, 13:30-17:00')
    expect(page.text).toContain('24/12/2026: nghỉ')
  })

  test('has a number on duty at night, which stays until it is taken out', async () => {
    const { ask, stored } = await open()
    await ask(PATH, { ...GOOD, nightPhone: '0212 3 800 800' })
    expect((await stored()).nightPhone).toBe('0212 3 800 800')
    expect((await ask(PATH)).text).toContain('0212 3 800 800')
    await ask(PATH, { ...GOOD, nightPhone: '' })
    expect(await stored()).not.toHaveProperty('nightPhone')
  })

  test('saved as it is shown stays as it was', async () => {
    const { whole, ask } = await open()
    for (const one of directory.points) {
      await whole.home.app.store.batch(placingPoint(one, one.id))
      const { text } = await ask(`/desk/directory/${one.id}`)
      const typed = new Map<string, string>()
      for (const [, name, value] of text.matchAll(/<input id="(\w+)"[^>]*?value="([^"]*)"/g)) typed.set(name!, value!)
      for (const [, name, value] of text.matchAll(/<textarea id="(\w+)"[^>]*>([^<]*)</g)) typed.set(name!, value!)
      for (const [, name, of] of text.matchAll(/<select id="(\w+)"[^>]*>([\s\S]*?)<\/select>/g))
        typed.set(name!, /value="([^"]*)" selected/.exec(of!)?.[1] ?? '-')
      const answer = await ask(`/desk/directory/${one.id}`, { ...Object.fromEntries(typed), above: '-' })
      expect([one.id, answer.status]).toEqual([one.id, 303])
      const kept = (await allPoints(whole.home.app.store)).find(({ id }) => id === one.id)
      expect(kept).toEqual({
        ...one,
        communes: expect.arrayContaining([...one.communes]),
        above: null,
        answerByPhone: false,
        places: 1,
        slotMinutes: 30,
        asksAfterMiss: false,
      })
    }
  })

  test.each([
    ['hours that are none', { d2: 'buổi sáng' }, 'buổi sáng'],
    ['a place that does not exist', { communes: 'Xã Không Có Thật' }, 'Không có xã'],
    ['a day that does not exist', { days: '30/2/2027: nghỉ' }, '30/2/2027'],
    ['no name', { name: ' ' }, 'Tên điểm'],
  ])('with %s changes nothing, says what is wrong and keeps what was typed', async (_what, wrong, says) => {
    const { ask, stored } = await open()
    const answer = await ask(PATH, { ...GOOD, address: 'Số 99 đang gõ dở', ...wrong })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(says)
    expect(answer.text).toContain('Số 99 đang gõ dở')
    expect(await stored()).toEqual(point)
  })

  test('what people typed is text, never markup', async () => {
    const { ask } = await open()
    const attack = '"><script>alert(1)</script>'
    for (const fields of [
      { ...GOOD, name: attack, d1: 'x' },
      { ...GOOD, days: attack },
    ])
      expect((await ask(PATH, fields)).text).not.toContain('<script>alert')
  })
})

test('the duty of a member is theirs, whoever is called follows it, and anybody else is nobody', async () => {
  const { whole, ask } = await open()
  const [member] = await allOf(whole.home.app.store, staff)
  const path = `/desk/rota/${member!.id}`
  expect((await ask(path, { always: '', d1: '8-11', days: '' })).status).toBe(303)
  const kept = async () => JSON.parse((await allOf(whole.home.app.store, staff))[0]!.body)
  expect((await kept()).duty).toEqual({ shifts: [{ weekday: 1, from: 480, to: 660 }], exceptions: [] })
  expect((await ask(path, { always: '', d1: 'sớm', days: '' })).text).toContain('sớm')
  await ask(path, { always: 'yes', d1: '', days: '' })
  expect((await kept()).duty).toBeNull()
  expect((await ask('/desk/rota/nobody')).status).toBe(404)
})

test('each switch is turned on and off, at once on the page, and in the log', async () => {
  const { whole, snapshot, ask } = await open()
  const { store } = whole.home.app
  await ask('/desk/directory/switches', { name: 'onlyHuman', on: 'yes' })
  expect((await ask('/desk/directory')).text).toContain('Tắt “Máy chỉ còn thẻ khẩn cấp”')
  await ask('/desk/directory/switches', { name: 'noUnprompted', on: 'yes' })
  expect(await readSwitches(store)).toEqual({ noUnprompted: true, onlyHuman: true })
  await snapshot.refresh(store)
  expect(snapshot.now().switches.onlyHuman).toBe(true)
  await ask('/desk/directory/switches', { name: 'onlyHuman', on: 'no' })
  expect(await readSwitches(store)).toEqual({ noUnprompted: true, onlyHuman: false })
  expect((await ask('/desk/directory/switches', { name: 'else', on: 'yes' })).status).toBe(400)
  expect((await actions(whole)).filter((one) => one === 'switch.sending')).toHaveLength(3)
})

test('nobody who has not signed in sees or changes anything', async () => {
  const { whole, stored } = await open()
  for (const path of ['/desk/directory', PATH, '/desk/rota/x'])
    expect((await whole.ask(path)).headers.get('Location')).toMatch(/^\/desk\/sign-in/)
  expect((await whole.ask(PATH, { method: 'POST', body: new URLSearchParams(GOOD) })).status).toBe(401)
  expect(await stored()).toEqual(point)
})
