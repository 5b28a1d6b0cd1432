import { describe, expect, test } from 'vitest'
import type { Fetched } from '../../src/channels/channel.ts'
import { audit, recording } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { allOf } from '../store/turns.ts'
import { type DeskHouse, openDeskHouse } from './desk-house.ts'

const SOUND = Buffer.from('OggS-tieng-noi-rieng')
const VISITOR = 'V'.repeat(43)

/** Somebody on Telegram who speaks instead of writing, with the platform's next answers. */
async function spoke(answers: Fetched[]): Promise<{ house: DeskHouse; path: string }> {
  const house = openDeskHouse()
  const channel = {
    ...house.home.telegram,
    limits: { ...house.home.telegram.limits, voice: true },
    fetchVoice: async () => answers.shift()!,
  }
  house.home.app.channels = new Map([...house.home.app.channels, ['telegram', channel]])
  await house.home.say('an', 'gặp người')
  const event = { type: 'message', text: '', media: 'voice', voice: { ref: 'file-id', seconds: 4 } } as const
  await house.home.say('an', '', { event })
  const [ticket] = await openTickets(house.home.app.store)
  return { house, path: `/desk/tickets/${ticket!.id}` }
}

const here: Fetched = { type: 'voice', mime: 'audio/ogg', bytes: SOUND }
const playerIn = (text: string) => /<audio[^>]*src="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')

describe('a recording of a person', () => {
  test('is fetched after the turn, played at the desk, and listening is noted', async () => {
    const { house, path } = await spoke([here])
    const lan = house.as('lan')
    expect((await lan.read(path)).text).toContain('Đang tải tin thoại (4 giây)')
    await house.home.pass(1_000)
    const src = playerIn((await lan.read(path)).text)!
    const answer = await house.web.request(src, { headers: { Cookie: await house.cookie('lan') } })
    expect(answer.headers.get('Content-Type')).toBe('audio/ogg')
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    expect(Buffer.from(await answer.arrayBuffer()).equals(SOUND)).toBe(true)
    expect((await allOf(house.home.app.store, audit)).map(({ action }) => action)).toContain('voice.played')
    for (const name of ['ky', 'cong']) expect((await house.as(name).read(src)).status, name).toBe(403)
  })

  test('is played on phones that ask for it piece by piece', async () => {
    const { house, path } = await spoke([here])
    await house.home.pass(1_000)
    const src = playerIn((await house.as('lan').read(path)).text)!
    const Cookie = await house.cookie('lan')
    const piece = async (Range: string) => {
      const answer = await house.web.request(src, { headers: { Cookie, Range } })
      expect(answer.headers.get('Cache-Control')).toBe('no-store')
      expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
      return [answer.status, answer.headers.get('Content-Range'), await answer.text()]
    }
    const all = SOUND.toString()
    const n = all.length
    expect(await piece('bytes=0-1')).toEqual([206, `bytes 0-1/${n}`, all.slice(0, 2)])
    expect(await piece('bytes=5-')).toEqual([206, `bytes 5-${n - 1}/${n}`, all.slice(5)])
    expect(await piece('bytes=-3')).toEqual([206, `bytes ${n - 3}-${n - 1}/${n}`, all.slice(-3)])
    expect(await piece('bytes=0-9999')).toEqual([206, `bytes 0-${n - 1}/${n}`, all])
    expect(await piece(`bytes=${n}-`)).toEqual([416, `bytes */${n}`, ''])
    expect(await piece('bytes=0-1,4-5')).toEqual([200, null, all])
  })

  test('lies sealed, and goes with the person', async () => {
    const { house } = await spoke([here])
    await house.home.pass(1_000)
    const kept = JSON.stringify(await allOf(house.home.app.store, recording))
    for (const form of [SOUND.toString(), SOUND.toString('base64'), 'file-id']) expect(kept).not.toContain(form)
    expect(house.log()).not.toContain('file-id')
    for (const text of ['xoá', 'có']) await house.home.say('an', text)
    expect(await allOf(house.home.app.store, recording)).toEqual([])
  })

  test('is asked for again later, and in the end the counsellor is told what to ask for', async () => {
    const { house, path } = await spoke([
      { type: 'retry', reason: '502' },
      { type: 'lost', reason: 'too_big' },
    ])
    await house.home.pass(1_000)
    expect((await house.as('lan').read(path)).text).toContain('Đang tải tin thoại')
    await house.home.pass(1_000)
    expect((await house.as('lan').read(path)).text).toContain('Đang tải tin thoại')
    await house.home.pass(60_000)
    expect((await house.as('lan').read(path)).text).toContain('dài quá nên máy không giữ được')
  })

  test('that came after a ticket was over opens for nobody who may only look back', async () => {
    const { house, path } = await spoke([here, here])
    await house.home.pass(1_000)
    const lan = house.as('lan')
    const src = playerIn((await lan.read(path)).text)!
    await lan.send(`${path}/take`)
    await lan.send(`${path}/close`, { outcome: 'helped' })
    await house.home.pass(60_000)
    const before = await allOf(house.home.app.store, recording)
    const event = { type: 'message', text: '', media: 'voice', voice: { ref: 'file-id-2', seconds: 4 } } as const
    await house.home.say('an', '', { event })
    await house.home.pass(1_000)
    const later = (await allOf(house.home.app.store, recording)).find(({ id }) => !before.some((one) => one.id === id))!
    expect(later.state).toBe('kept')
    expect((await lan.read(src)).status).toBe(200)
    expect((await lan.read(`${path}/voice?dong=${later.id}`)).status).toBe(404)
  })

  test('a picture is named, so that staff see that something came', async () => {
    const { house, path } = await spoke([here])
    await house.home.say('an', '', { event: { type: 'message', text: '', media: 'photo' } })
    expect((await house.as('lan').read(path)).text).toContain('Đã gửi một ảnh. Máy không giữ ảnh.')
  })
})

describe('an answer by voice', () => {
  const form = (sound: File | null, text = '', id = 'one') => {
    const body = new FormData()
    body.set('id', id)
    body.set('text', text)
    if (sound) body.set('sound', sound)
    return body
  }
  const file = (type = 'audio/ogg;codecs=opus', bytes: Uint8Array<ArrayBuffer> = new Uint8Array(SOUND)) =>
    new File([bytes], 'x', { type })
  const send = async (house: DeskHouse, path: string, body: FormData, name = 'lan') =>
    house.ask(`${path}/say`, { method: 'POST', body, headers: { Cookie: await house.cookie(name) } })

  test('goes out as a recording, once, and what was being written stays', async () => {
    const { house, path } = await spoke([])
    const sent = await send(house, path, form(file(), 'đang viết dở'))
    expect(sent.text).toContain('>đang viết dở</textarea>')
    await send(house, path, form(file(), ''))
    await house.home.settle()
    const voices = house.home.telegram.sent.filter(({ part }) => part.voice)
    expect(voices).toHaveLength(1)
    expect(Buffer.from(voices[0]!.part.voice!.bytes).equals(SOUND)).toBe(true)
    expect(playerIn((await house.as('lan').read(path)).text)).toContain(`${path}/voice?dong=`)
    // A colleague may listen and not answer: the same single answerer as for words.
    expect((await send(house, path, form(file(), '', 'two'), 'hanh')).status).toBe(409)
  })

  test('that did not arrive is sent again as the recording it was', async () => {
    const { house, path } = await spoke([])
    await house.as('lan').send(`${path}/take`)
    await house.home.settle()
    house.home.telegram.next.push({ type: 'uncertain', reason: 'timeout' })
    await send(house, path, form(file()))
    await house.home.settle()
    const line = /name="line" value="([^"]+)"/.exec((await house.as('lan').read(path)).text)![1]!
    await house.as('lan').send(`${path}/resend`, { line })
    await house.home.settle()
    const heard = house.home.telegram.sent.flatMap(({ part }) => (part.voice ? [Buffer.from(part.voice.bytes)] : []))
    expect(heard.map(String)).toEqual([SOUND.toString(), SOUND.toString()])
    expect((await house.as('lan').read(path)).text).not.toContain('name="line"')
  })

  test('is heard in the web chat by its visitor and by nobody else', async () => {
    const house = openDeskHouse()
    for (const [id, text] of ['chào', 'gặp người'].entries()) await house.home.room.post(VISITOR, { id: `${id}`, text })
    await house.settle()
    const [ticket] = await openTickets(house.home.app.store)
    expect((await send(house, `/desk/tickets/${ticket!.id}`, form(file('audio/mp4')))).status).toBe(303)
    await house.settle()
    await house.home.pass(1_000)
    const page = await house.ask('/chat', { headers: { Cookie: `dh=${VISITOR}` } })
    const src = playerIn(page.text)!
    const heard = await house.web.request(src, { headers: { Cookie: `dh=${VISITOR}` } })
    expect(Buffer.from(await heard.arrayBuffer()).equals(SOUND)).toBe(true)
    expect((await house.ask(src, { headers: { Cookie: `dh=${'W'.repeat(43)}` } })).status).toBe(404)
    expect((await house.ask(src)).status).toBe(404)
  })

  test.each([
    ['nothing', null, 'ghi âm hoặc chọn tệp trước'],
    ['silence of no bytes', file('audio/ogg', new Uint8Array()), 'ghi âm hoặc chọn tệp trước'],
    ['a picture', file('image/png'), 'không phải bản ghi âm'],
    ['too much', file('audio/ogg', new Uint8Array(700_001)), 'giới hạn là 700 kB'],
  ])('of %s is refused with what to do, and the draft stays', async (_, sound, words) => {
    const { house, path } = await spoke([])
    const answer = await send(house, path, form(sound, 'đang viết dở'))
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(words)
    expect(answer.text).toContain('>đang viết dở</textarea>')
  })

  test('is not offered where the channel carries none, and the page says so', async () => {
    const house = openDeskHouse()
    await house.home.say('an', 'gặp người', { channel: 'zalo' })
    const [ticket] = await openTickets(house.home.app.store)
    const path = `/desk/tickets/${ticket!.id}`
    expect((await house.as('lan').read(path)).text).toContain('Kênh này chưa gửi được tin thoại')
    expect((await send(house, path, form(file()))).text).toContain('kênh này chưa gửi được tin thoại')
  })
})
