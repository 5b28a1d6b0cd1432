import { describe, expect, test } from 'vitest'
import { directorySnapshot } from '../../src/app/directory-snapshot.ts'
import { topicRecording } from '../../src/store/loudspeaker-tables.ts'
import { audit } from '../../src/store/schema.ts'
import { enablingSpoken, placingSpoken } from '../../src/store/topic-recordings.ts'
import { book, directory } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const TOPIC = 'qua-lieu'
const QUESTION = book.topics.find(({ id }) => id === TOPIC)!.questions[0]!
const OGG = Buffer.from('OggS tiếng Mông')
const AAC = Buffer.from([0xff, 0xf1, 0x50, 0x80])
const file = (bytes: Buffer, type = 'audio/ogg') => new File([new Uint8Array(bytes)], 'x', { type })
const GOOD = {
  topic: TOPIC,
  language: 'mong',
  transcript: 'Gọi 115, đặt bạn nằm nghiêng.',
  speaker: 'Chị MẪU',
  recordedOn: '2026-11-20',
  consent: 'yes',
}

function openHouse(): DeskHouse {
  const house = openDeskHouse()
  house.home.book.now = book
  return house
}

async function upload(house: DeskHouse, sound: File | null, fields: Record<string, string> = {}, by = 'lan') {
  const body = new FormData()
  for (const [name, value] of Object.entries({ ...GOOD, ...fields })) body.set(name, value)
  if (sound) body.set('sound', sound)
  return house.ask('/desk/ban-ghi', { method: 'POST', headers: { Cookie: await house.cookie(by) }, body })
}
const kept = (house: DeskHouse) => allOf(house.home.app.store, topicRecording)
const KEY = { topic: TOPIC, language: 'mong', form: 'any' }

describe('a recording of a text', () => {
  test('is heard by nobody until a lead who listened lets it, and then by whoever opens it', async () => {
    const house = openHouse()
    expect((await upload(house, file(OGG))).status).toBe(303)
    const [row] = await kept(house)
    expect(row).toMatchObject({ language: 'mong', form: 'any', mime: 'audio/ogg', enabledBy: null, speaker: 'Chị MẪU' })
    const page = (await house.as('binh').read('/desk/ban-ghi')).text
    expect(page).toContain('CHƯA CHO DÙNG')
    const src = /<audio[^>]*src="([^"]+)"/.exec(page)![1]!.replaceAll('&amp;', '&')
    const heard = await house.web.request(src, { headers: { Cookie: await house.cookie('lan') } })
    expect(Buffer.from(await heard.arrayBuffer()).equals(OGG)).toBe(true)
    const open = `/nghe/${TOPIC}.mong.ogg`
    expect((await house.ask(open)).status).toBe(404)
    const at = String(row!.at)
    expect((await house.as('lan').send('/desk/ban-ghi/bat', { ...KEY, at, sure: 'yes' })).status).toBe(403)
    expect((await house.as('binh').send('/desk/ban-ghi/bat', { ...KEY, at })).status).toBe(400)
    expect((await house.as('binh').send('/desk/ban-ghi/bat', { ...KEY, at, sure: 'yes' })).status).toBe(303)
    expect((await house.ask(open)).status).toBe(200)
    const snapshot = directorySnapshot(directory)
    await snapshot.refresh(house.home.app.store)
    expect(snapshot.now().recordings).toEqual([{ id: `${TOPIC}:mong`, topic: TOPIC, language: 'mong' }])
    expect((await house.as('lan').send('/desk/ban-ghi/bo', KEY)).status).toBe(303)
    expect([await kept(house), (await house.ask(open)).status]).toEqual([[], 404])
    const noted = (await allOf(house.home.app.store, audit)).map(({ action }) => action)
    expect(noted.filter((one) => one.startsWith('recording'))).toEqual([
      'recording.write',
      'recording.enable',
      'recording.write',
    ])
  })

  test.each([
    ['no file', null, {}, 'chọn tệp'],
    ['a page that says it is sound', file(Buffer.from('<script>')), {}, 'không phải bản ghi âm'],
    ['no words in Vietnamese', file(OGG), { transcript: ' ' }, 'bằng tiếng Việt'],
    ['no consent of who speaks', file(OGG), { consent: '' }, 'đã đồng ý'],
    ['no speaker', file(OGG), { speaker: '' }, 'ai nói'],
    ['a day to come', file(OGG), { recordedOn: '2027-01-01' }, 'ngày đã ghi âm'],
    ['a language that is none', file(OGG), { language: 'sao-hoa' }, 'chọn tiếng'],
    ['a topic that is none', file(OGG), { topic: 'khong-co' }, 'chọn bài'],
    ['too much', file(Buffer.concat([OGG, Buffer.alloc(700_001)])), {}, 'giới hạn'],
  ])('is refused with %s, and what was typed stays', async (_, sound, fields, why) => {
    const house = openHouse()
    const { status, text } = await upload(house, sound, fields)
    expect([status, text.includes(why), text.includes('2026-11-20') || 'recordedOn' in fields]).toEqual([
      400,
      true,
      true,
    ])
    expect(await kept(house)).toEqual([])
  })

  test.each([
    ['ogg', OGG, 'audio/ogg', 'any'],
    ['mp3 with a tag', Buffer.from('ID3 x'), 'audio/mpeg', 'any'],
    ['mp3', Buffer.from([0xff, 0xfb, 0x90, 0x00]), 'audio/mpeg', 'any'],
    ['m4a', Buffer.from('....ftypM4A '), 'audio/mp4', 'any'],
    ['what a browser recorded', Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x01]), 'audio/webm', 'any'],
    ['raw aac', AAC, 'audio/aac', 'aac'],
  ])('is known as %s by what it is, whatever it says', async (_, bytes, mime, form) => {
    const house = openHouse()
    await upload(house, file(bytes, 'application/octet-stream'))
    expect(await kept(house)).toMatchObject([{ mime, form }])
  })

  test('is pointed out when its text was checked again after it was spoken', async () => {
    const house = openHouse()
    const topic = book.topics.find(({ id }) => id === TOPIC)!
    await upload(house, file(OGG), { recordedOn: '2020-01-01' })
    expect((await house.as('lan').read('/desk/ban-ghi')).text).toContain('sau khi ghi âm')
    await upload(house, file(OGG), { recordedOn: topic.asOf < '2026-11-21' ? '2026-11-21' : topic.asOf })
    expect((await house.as('lan').read('/desk/ban-ghi')).text).not.toContain('sau khi ghi âm')
  })

  test('is for those who write the library: no board of a club, no analyst, nobody without an account', async () => {
    const house = openHouse()
    for (const id of ['chu', 'ky']) {
      expect((await upload(house, file(OGG), {}, id)).status).toBe(403)
      expect((await house.as(id).send('/desk/ban-ghi/bo', KEY)).status).toBe(403)
      expect((await house.as(id).read(`/desk/ban-ghi/nghe?topic=${TOPIC}&language=mong&form=any`)).status).toBe(403)
    }
    expect((await house.ask('/desk/ban-ghi')).status).toBe(303)
  })
})

/** Somebody who speaks Mông opens the text on three channels. */
async function reading(form: 'any' | 'aac', publicUrl: string | null = 'https://dong-hanh.test') {
  const house = openHouse()
  const { home } = house
  const bytes = form === 'aac' ? AAC : OGG
  const spoken = {
    ...KEY,
    form,
    transcript: GOOD.transcript,
    speaker: 'Chị MẪU',
    recordedOn: '2026-11-20',
    mime: form === 'aac' ? 'audio/aac' : 'audio/ogg',
    data: bytes.toString('base64'),
    by: 'lan',
    at: 1,
  }
  await home.app.store.batch([placingSpoken(spoken), enablingSpoken(spoken, 1, 'binh')])
  const before = home.app.directory()
  home.app.directory = () => ({ ...before, recordings: [{ id: `${TOPIC}:mong`, topic: TOPIC, language: 'mong' }] })
  home.app.settings = { ...home.app.settings, publicUrl }
  const telegram = { ...home.telegram, limits: { ...home.telegram.limits, voice: true } }
  const zalo = { ...home.zalo, limits: { ...home.zalo.limits, voiceAddress: true } }
  home.app.channels = new Map([...home.app.channels, ['telegram', telegram], ['zalo', zalo]])
  for (const text of ['chào', 'em nói tiếng Mông', QUESTION]) {
    await home.say('an', text)
    await home.say('bình', text, { channel: 'zalo' })
  }
  await home.settle()
  return { house, home }
}

test('a text that was taken down is heard by nobody: not from what waits, not at its address', async () => {
  const { house, home } = await reading('any')
  const open = `/nghe/${TOPIC}.mong.ogg`
  expect((await house.ask(open)).status).toBe(200)
  const known = home.app.directory()
  await home.say('chi', 'chào')
  await home.say('chi', 'em nói tiếng Mông')
  await home.settle()
  home.telegram.next.push({ type: 'retry', notBefore: home.clock.now + 1_000, reason: '429' })
  await home.say('chi', QUESTION)
  await home.settle()
  home.app.directory = () => ({ ...known, takenDown: [TOPIC] })
  await home.pass(60_000)
  const said = home.telegram.sent.filter(({ handle }) => handle === 'chi')
  expect(said.some(({ part }) => part.voice)).toBe(false)
  const texts = said.map(({ text }) => text).join('\n')
  expect(texts).not.toContain(GOOD.transcript)
  expect(texts).toContain(book.words('he-thong.chu-de-mat', 'vi')![0]!.slice(0, 12))
  expect((await house.ask(open)).status).toBe(404)
})

describe('somebody whose language is known and who opens a text', () => {
  test('hears it on Telegram, and reads what it says where no sound can be sent', async () => {
    const { home } = await reading('any')
    const voices = home.telegram.sent.filter(({ part }) => part.voice)
    expect(voices.map(({ part }) => Buffer.from(part.voice!.bytes).equals(OGG))).toEqual([true])
    expect(home.telegram.sent.at(-1)!.part.choices.length).toBeGreaterThan(1)
    expect(home.zalo.sent.some(({ part }) => part.voice)).toBe(false)
    const said = home.zalo.texts('bình').join('\n')
    for (const part of ['tiếng Mông', GOOD.transcript]) expect(said).toContain(part)
  })

  test('hears it on Zalo by an address that ends in .aac, where the house can be reached at one', async () => {
    const { house, home } = await reading('aac')
    const [voice] = home.zalo.sent.filter(({ part }) => part.voice)
    expect(voice!.part.voice!.address).toBe(`https://dong-hanh.test/nghe/${TOPIC}.mong.aac`)
    const heard = await house.web.request(`/nghe/${TOPIC}.mong.aac`)
    expect(Buffer.from(await heard.arrayBuffer()).equals(AAC)).toBe(true)
    const { home: unreached } = await reading('aac', null)
    expect(unreached.zalo.sent.some(({ part }) => part.voice)).toBe(false)
    expect(unreached.zalo.texts('bình').join('\n')).toContain(GOOD.transcript)
  })

  test('plays it in the web chat, and no longer once who speaks took their voice back', async () => {
    const { house, home } = await reading('any')
    const visitor = 'S'.repeat(43)
    for (const [i, text] of ['chào', 'em nói tiếng Mông', QUESTION].entries()) {
      await home.room.post(visitor, { id: String(i), text })
      await house.settle()
    }
    await home.pass(1_000)
    const page = await house.ask('/chat', { headers: { Cookie: `dh=${visitor}` } })
    expect(page.text).toContain('đặt bạn nằm nghiêng.')
    const src = /<audio[^>]*src="([^"]+)"/.exec(page.text)![1]!
    const listen = () => house.web.request(src, { headers: { Cookie: `dh=${visitor}` } })
    expect(Buffer.from(await (await listen()).arrayBuffer()).equals(OGG)).toBe(true)
    await house.as('lan').send('/desk/ban-ghi/bo', KEY)
    expect((await listen()).status).toBe(404)
  })
})
