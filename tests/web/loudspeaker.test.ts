import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { reading, readingPlan } from '../../src/store/loudspeaker-tables.ts'
import { outreachAct } from '../../src/store/outreach-tables.ts'
import { audit } from '../../src/store/schema.ts'
import { enablingSpoken, placingSpoken } from '../../src/store/topic-recordings.ts'
import { book } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

/** The house's clock stands at Saturday 21/11/2026. */
const WEEK = '2026-11-16'
const DAY = 86_400_000
const COMMUNES = ['moc-chau-son-la', 'van-ho-son-la']
const TOPIC = book.topics.find(({ id }) => book.words(`topic.${id}.loa`, 'vi'))!.id
const WORDS = book.words(`topic.${TOPIC}.loa`, 'vi')!
const FIRST_LINE = WORDS[0]!.split('\n')[0]!

function openHouse(): DeskHouse {
  const house = openDeskHouse()
  house.home.book.now = book
  const before = house.home.app.directory
  house.home.app.directory = () => ({
    ...before(),
    points: before().points.map((one) => (one.id === 'mai' ? { ...one, communes: COMMUNES } : one)),
    communes: [
      { id: 'moc-chau-son-la', name: 'phường Mộc Châu', province: 'Sơn La', aliases: [], confirmed: true },
      { id: 'van-ho-son-la', name: 'xã Vân Hồ', province: 'Sơn La', aliases: [], confirmed: true },
    ],
  })
  return house
}

/** A form with both communes, as a browser sends it. */
async function plan(house: DeskHouse, times: Record<string, string> = { [TOPIC]: '3' }, communes = COMMUNES) {
  const body = new URLSearchParams([
    ['week', WEEK],
    ['point', 'mai'],
    ...communes.map((one) => ['communes', one]),
    ...Object.entries(times).map(([topic, text]) => [`lan-${topic}`, text]),
  ])
  return house.ask('/desk/loa/lich', { method: 'POST', headers: { Cookie: await house.cookie('binh') }, body })
}

const TOLD = { week: WEEK, commune: 'van-ho-son-la', topic: TOPIC, day: '2026-11-18', times: '2', hamlet: '' }
const tell = (house: DeskHouse, fields: Record<string, string> = {}, by = 'lan') =>
  house.as(by).send('/desk/loa/da-phat', { ...TOLD, ...fields })
const acts = async (house: DeskHouse) => allOf(house.home.app.store, outreachAct)

/** The code at the end of the printed sheet. */
async function codeOf(house: DeskHouse): Promise<string> {
  const { text } = await house.as('lan').read(`/desk/loa/to/${WEEK}/van-ho-son-la`)
  return /gõ mã ([A-Z2-9]{4}-[A-Z2-9]{4})/.exec(text)![1]!
}
const post = (house: DeskHouse, path: string, fields: Record<string, string>) =>
  house.ask(path, { method: 'POST', body: new URLSearchParams({ id: 'f', ...fields }) })

describe('a week of the loudspeaker', () => {
  test('is planned by a lead for every commune of the point, and shown with what is still to be read', async () => {
    const house = openHouse()
    const form = (await house.as('binh').read(`/desk/loa/lich?tuan=${WEEK}&diem=mai`)).text
    expect(form).toContain('16/11 đến 22/11/2026')
    expect([...form.matchAll(/name="communes" value="([\w-]+)" checked/g)].map(([, id]) => id)).toEqual(COMMUNES)
    expect((await plan(house)).status).toBe(303)
    expect((await plan(house)).status).toBe(303)
    expect(await allOf(house.home.app.store, readingPlan)).toHaveLength(2)
    const { text } = await house.as('lan').read(`/desk/loa?tuan=2026-11-19`)
    expect(text).toContain('xã Vân Hồ, Sơn La')
    expect(text.match(/chưa phát/g)).toHaveLength(2)
    expect(text).toContain('0/1 bài đã phát')
  })

  test.each([
    ['no number at all', {}, COMMUNES, 'ít nhất một bài'],
    ['a number that is none', { [TOPIC]: 'nhiều' }, COMMUNES, 'từ 1 đến 30'],
    ['no commune', { [TOPIC]: '3' }, [], 'ít nhất một xã'],
    ['a commune of another point', { [TOPIC]: '3' }, ['xa-la'], 'ít nhất một xã'],
  ])('is refused with %s, and what was typed stays', async (_, times, communes, why) => {
    const house = openHouse()
    const { status, text } = await plan(house, times, communes)
    expect([status, text.includes(why)]).toEqual([400, true])
    for (const typed of Object.values(times)) expect(text).toContain(`value="${typed}"`)
    expect(await allOf(house.home.app.store, readingPlan)).toEqual([])
  })

  test('counts what was read in the register once, whoever says so, and takes a mistake back', async () => {
    const house = openHouse()
    await plan(house)
    expect((await tell(house, { id: 'once' })).status).toBe(303)
    await tell(house, { id: 'once' })
    await tell(house, { id: 'again' }, 'hanh')
    expect(await acts(house)).toMatchObject([
      { kind: 'loudspeaker', commune: 'van-ho-son-la', day: '2026-11-18', content: TOPIC, note: '2 lần', by: 'lan' },
    ])
    expect((await house.as('lan').read(`/desk/loa?tuan=${WEEK}`)).text).toContain('Đã phát 18/11/2026: 2 lần · Lan ghi')
    expect((await house.as('lan').read('/desk/hoat-dong?tu=2026-11-01&den=2026-11-30')).text).toMatch(
      /Đọc loa truyền thanh<\/th><td>1<\/td>/,
    )
    const act = (await acts(house))[0]!.id
    expect((await house.as('mo').send('/desk/loa/rut', { week: WEEK, act })).status).toBe(403)
    expect((await house.as('hanh').send('/desk/loa/rut', { week: WEEK, act })).status).toBe(303)
    expect((await house.as('lan').read(`/desk/loa?tuan=${WEEK}`)).text).not.toContain('Đã phát 18/11')
    await tell(house, { times: '5' })
    expect((await acts(house)).filter(({ withdrawnBy }) => withdrawnBy === null)).toHaveLength(1)
    const noted = (await allOf(house.home.app.store, audit)).map(({ action }) => action)
    for (const action of ['loudspeaker.plan', 'loudspeaker.confirm']) expect(noted).toContain(action)
  })

  test('is not written into the register by hand a second time', async () => {
    const house = openHouse()
    await plan(house)
    await tell(house)
    const hand = { kind: 'loudspeaker', point: 'mai', setting: 'community', commune: 'xã Vân Hồ', content: TOPIC }
    const again = await house.as('hanh').send('/desk/hoat-dong/moi', { ...hand, day: '2026-11-18' })
    expect([again.status, again.text.includes('đếm hai lần')]).toEqual([400, true])
    expect((await house.as('hanh').send('/desk/hoat-dong/moi', { ...hand, day: '2026-11-19' })).status).toBe(303)
    // Told of afterwards, the act that is there already is the one that counts.
    await tell(house, { day: '2026-11-19' })
    expect(await acts(house)).toHaveLength(2)
    expect((await allOf(house.home.app.store, reading)).map(({ day }) => day)).toEqual(['2026-11-18', '2026-11-19'])
  })

  test.each([
    ['a day that has not come', { day: '2026-11-22' }, 'chưa tới'],
    ['a day of another week', { day: '2026-11-10' }, 'không thuộc tuần'],
    ['no day', { day: 'hôm qua' }, 'không có ngày'],
    ['no number', { times: '0' }, 'từ 1 đến 30'],
  ])('refuses %s', async (_, wrong, why) => {
    const house = openHouse()
    await plan(house)
    const { status, text } = await tell(house, wrong)
    expect([status, text.includes(why)]).toEqual([400, true])
    expect(await acts(house)).toEqual([])
  })

  test('is of one’s own point: others neither plan, nor see, nor tell', async () => {
    const house = openHouse()
    await plan(house)
    expect((await tell(house, {}, 'mo')).status).toBe(403)
    expect((await house.as('mo').read(`/desk/loa?tuan=${WEEK}`)).text).not.toContain('Vân Hồ')
    expect((await house.as('mo').read(`/desk/loa/to/${WEEK}/van-ho-son-la`)).status).toBe(403)
    expect((await house.as('lan').send('/desk/loa/lich', { week: WEEK, point: 'mai' })).status).toBe(403)
    for (const id of ['ky', 'chu']) expect((await house.as(id).read('/desk/loa')).status).toBe(403)
  })

  test('lets go of a script that was not read', async () => {
    const house = openHouse()
    await plan(house)
    const one = { week: WEEK, commune: 'van-ho-son-la', topic: TOPIC }
    expect((await house.as('lan').send('/desk/loa/bo', one)).status).toBe(403)
    expect((await house.as('binh').send('/desk/loa/bo', one)).status).toBe(303)
    expect((await allOf(house.home.app.store, readingPlan)).map(({ commune }) => commune)).toEqual(['moc-chau-son-la'])
  })
})

test('a commune that two points serve has one sheet a week, of the point that planned first', async () => {
  const house = openHouse()
  const known = house.home.app.directory
  const both = () => known().points.map((one) => ({ ...one, communes: COMMUNES }))
  house.home.app.directory = () => ({ ...known(), points: both() })
  await plan(house, { [TOPIC]: '3' }, ['van-ho-son-la'])
  const body = new URLSearchParams({ week: WEEK, point: 'dao', communes: 'van-ho-son-la', [`lan-${TOPIC}`]: '5' })
  const second = await house.ask('/desk/loa/lich', {
    method: 'POST',
    headers: { Cookie: await house.cookie('binh') },
    body,
  })
  expect([second.status, second.text.includes('do Điểm MẪU Mai xếp')]).toEqual([400, true])
  expect(await allOf(house.home.app.store, readingPlan)).toMatchObject([{ point: 'mai', times: 3 }])
})

describe('the sheet of a commune', () => {
  test('has the script whole, its minutes, its date, its sources, and says that nobody signed it', async () => {
    const house = openHouse()
    await plan(house)
    const { text } = await house.as('lan').read(`/desk/loa/to/${WEEK}/van-ho-son-la`)
    for (const part of [
      'xã Vân Hồ, Sơn La',
      '16/11 đến 22/11/2026',
      '3 lần trong tuần',
      'đã kiểm tra ngày',
      'nguồn:',
      'chưa có người chuyên môn ký duyệt',
      'Không thêm tên ai',
      FIRST_LINE,
    ])
      expect(text, part).toContain(part)
    expect(text).not.toMatch(/\{[^{}\s]*\}/)
  })

  test('is a Word file that holds the same words', async () => {
    const house = openHouse()
    await plan(house)
    const response = await house.web.request(`/desk/loa/to/${WEEK}/van-ho-son-la/to-doc-loa.docx`, {
      headers: { Cookie: await house.cookie('lan') },
    })
    expect(response.headers.get('Content-Disposition')).toContain('doc-loa-van-ho-son-la-2026-11-16.docx')
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
    const xml = new TextDecoder().decode(files['word/document.xml'])
    const said = [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, one]) => one).join('\n')
    for (const line of WORDS.flatMap((one) => one.split('\n'))) expect(said).toContain(line.replaceAll('*', ''))
    expect(said).toContain('chưa có người chuyên môn ký duyệt')
  })
})

test('a script that was taken down, or whose law has ended, is planned by nobody and its lines are on no sheet', async () => {
  const house = openHouse()
  await plan(house)
  const known = house.home.app.directory
  const topic = book.topics.find(({ id }) => id === TOPIC)!
  const ended = Object.fromEntries(topic.sources.map((id) => [id, topic.asOf]))
  house.home.clock.now += 30 * DAY
  for (const [change, why] of [
    [{ takenDown: [TOPIC] }, 'đang được gỡ xuống. ĐỪNG ĐỌC'],
    [{ endings: ended }, 'đã hết hiệu lực sau ngày kiểm tra. ĐỪNG ĐỌC'],
  ] as const) {
    house.home.app.directory = () => ({ ...known(), ...change })
    const { text } = await house.as('lan').read(`/desk/loa/to/${WEEK}/van-ho-son-la`)
    expect([text.includes(why), text.includes(FIRST_LINE)]).toEqual([true, false])
  }
  house.home.app.directory = () => ({ ...known(), takenDown: [TOPIC] })
  expect((await house.as('binh').read('/desk/loa/lich?diem=mai')).text).not.toContain(`lan-${TOPIC}"`)
})

describe('whoever holds the sheet, without an account', () => {
  test('says what was read by its code, however it is typed, and it counts once beside what staff say', async () => {
    const house = openHouse()
    await plan(house)
    const code = await codeOf(house)
    const typed = await post(house, '/loa', { ma: ` ${code.toLowerCase()} ` })
    expect(typed.headers.get('Location')).toBe(`/loa/${code.replace('-', '')}`)
    const path = typed.headers.get('Location')!
    expect((await house.ask(path)).text).toContain('xã Vân Hồ, Sơn La')
    expect((await post(house, path, { day: '2026-11-20', [`lan-${TOPIC}`]: '2' })).status).toBe(303)
    await post(house, path, { day: '2026-11-20', [`lan-${TOPIC}`]: '2' })
    await tell(house, { day: '2026-11-20' })
    expect(await acts(house)).toMatchObject([{ by: 'sheet', commune: 'van-ho-son-la', hamlet: '' }])
    expect((await house.as('lan').read('/desk/hoat-dong')).text).toContain('ghi bằng mã trên tờ đọc loa')
    expect((await house.ask(path)).text).toContain('đã phát 20/11/2026: 2 lần')
  })

  test('can write nothing else: no words, no other commune, no other week, no day to come', async () => {
    const house = openHouse()
    await plan(house)
    const path = `/loa/${(await codeOf(house)).replace('-', '')}`
    const times = { [`lan-${TOPIC}`]: '1' }
    for (const day of ['2026-11-22', '2026-11-15', 'x'])
      expect((await post(house, path, { day, ...times })).status).toBe(400)
    expect((await post(house, path, { day: '2026-11-18' })).status).toBe(400)
    expect((await post(house, path, { day: '2026-11-18', 'lan-khac': '1' })).status).toBe(400)
    const stray = { commune: 'moc-chau-son-la', hamlet: 'Nguyễn Văn A', note: 'Nguyễn Văn A', week: '2026-11-09' }
    expect((await post(house, path, { day: '2026-11-18', ...times, ...stray })).status).toBe(303)
    expect(await acts(house)).toHaveLength(1)
    expect(JSON.stringify([await acts(house), await allOf(house.home.app.store, reading)])).not.toMatch(
      /Nguyễn|moc-chau/,
    )
  })

  test('finds nothing by a code that is wrong, was changed, or is over', async () => {
    const house = openHouse()
    await plan(house)
    const code = (await codeOf(house)).replace('-', '')
    expect((await house.ask('/loa/ABCDEFGH')).status).toBe(404)
    expect((await house.ask('/loa/x')).status).toBe(404)
    expect((await house.as('lan').send(`/desk/loa/to/${WEEK}/van-ho-son-la/ma`)).status).toBe(403)
    expect((await house.as('binh').send(`/desk/loa/to/${WEEK}/van-ho-son-la/ma`)).status).toBe(303)
    expect((await house.ask(`/loa/${code}`)).status).toBe(404)
    const fresh = (await codeOf(house)).replace('-', '')
    expect([fresh === code, (await house.ask(`/loa/${fresh}`)).status]).toEqual([false, 200])
    house.home.clock.now += 16 * DAY
    const over = await house.ask(`/loa/${fresh}`)
    expect([over.status, over.text.includes('hết hạn')]).toEqual([410, true])
    expect(house.log()).not.toContain(code)
    expect(house.log()).not.toContain(fresh)
  })

  test('is made to wait after many wrong codes, and whoever types the right one is not counted', async () => {
    const house = openHouse()
    await plan(house)
    const path = `/loa/${(await codeOf(house)).replace('-', '')}`
    for (let i = 0; i < 70; i++) expect((await house.ask(path)).status).toBe(200)
    const seen = new Set<number>()
    for (let i = 0; i < 70; i++)
      seen.add((await house.ask(`/loa/ABCDEF${'ABCDEFGHJK'[i % 10]}${'ABCDEFGH'[i >> 3] ?? '2'}`)).status)
    expect([...seen]).toEqual([404, 429])
  })
})

describe('the month', () => {
  test('says how many communes were planned and read, the share, and which are missing', async () => {
    const house = openHouse()
    const month = async () => (await house.as('lan').read('/desk/loa?thang=2026-11')).text
    expect(await month()).toMatch(/Có lịch đọc loa<\/th><td>0<\/td><td>0%/)
    await plan(house)
    await tell(house)
    const text = await month()
    expect(text).toMatch(/Thuộc các điểm của bạn<\/th><td>2<\/td>/)
    expect(text).toMatch(/Có lịch đọc loa<\/th><td>2<\/td><td>100%/)
    expect(text).toMatch(/Đã xác nhận phát ít nhất một bài<\/th><td>1<\/td><td><b>50%/)
    expect(text).toMatch(/chưa đạt/)
    expect(text).toMatch(
      /Có lịch mà chưa ghi đã phát <span class="count">1<\/span><\/summary><ul><li>phường Mộc Châu, Sơn La/,
    )
    await tell(house, { commune: 'moc-chau-son-la' })
    expect(await month()).toMatch(/được đọc: <b>đạt<\/b>/)
    expect((await house.as('lan').read('/desk/loa?thang=2026-10')).text).toMatch(/Có lịch đọc loa<\/th><td>0<\/td>/)
  })
})

test('recordings of the week’s scripts can be played and taken along, from the sheet and by its code', async () => {
  const house = openHouse()
  await plan(house)
  const spoken = {
    topic: TOPIC,
    language: 'mong',
    form: 'any',
    transcript: 'Lời',
    speaker: 'Chị MẪU',
    recordedOn: '2026-11-20',
    mime: 'audio/ogg',
    data: Buffer.from('OggS').toString('base64'),
    by: 'lan',
    at: 1,
  } as const
  await house.home.app.store.batch([placingSpoken(spoken)])
  const src = `/nghe/${TOPIC}.mong.ogg`
  const sheet = async () => (await house.as('lan').read(`/desk/loa/to/${WEEK}/van-ho-son-la`)).text
  expect(await sheet()).not.toContain(src)
  expect((await house.ask(src)).status).toBe(404)
  await house.home.app.store.batch([enablingSpoken(spoken, 1, 'binh')])
  expect(await sheet()).toContain(`<a class="more" href="${src}" download>`)
  expect((await house.ask(`/loa/${(await codeOf(house)).replace('-', '')}`)).text).toContain('tiếng Mông')
  const heard = await house.ask(src)
  expect([heard.status, heard.text, heard.headers.get('Content-Type')]).toEqual([200, 'OggS', 'audio/ogg'])
})
