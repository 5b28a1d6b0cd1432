import { describe, expect, test } from 'vitest'
import { directorySnapshot } from '../../src/app/directory-snapshot.ts'
import { placingGreeting } from '../../src/store/greetings.ts'
import { audit, greeting } from '../../src/store/schema.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { directory } from '../engine/converse.ts'
import { allOf } from '../store/turns.ts'
import { openDeskHouse } from './desk-house.ts'
import { openOffice } from './office.ts'

const SOUND = Buffer.from('OggS-loi-chao')
const file = (type = 'audio/ogg') => new File([new Uint8Array(SOUND)], 'x', { type })
const form = (fields: Record<string, string | File>) => {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  return body
}

describe('a recorded greeting', () => {
  test('is put by a lead, heard on the page, told to the running service, and taken away', async () => {
    const office = await openOffice()
    const { whole, lead } = office
    const send = (path: string, body: FormData) =>
      whole.ask(path, { method: 'POST', body, headers: { Cookie: lead.cookie() } })
    const good = { language: 'mong', transcript: 'Chào bạn, sẽ có người nói tiếng Mông.', sound: file() }
    for (const [wrong, words] of [
      [{ language: 'sao-hoa' }, 'bạn chọn tiếng'],
      [{ transcript: '' }, 'nói gì bằng tiếng Việt'],
      [{ sound: file('text/html') }, 'không phải bản ghi âm'],
    ] as const) {
      const answer = await send('/desk/directory/p1/greeting', form({ ...good, ...wrong }))
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(words)])
    }
    expect((await send('/desk/directory/p1/greeting', form(good))).status).toBe(303)
    expect((await send('/desk/directory/p1/greeting', form({ ...good, transcript: 'Lời mới.' }))).status).toBe(303)
    expect(await allOf(whole.home.app.store, greeting)).toHaveLength(1)
    const page = (await lead.ask('/desk/directory/p1')).text
    expect(page).toContain('Lời mới.')
    const src = /<audio[^>]*src="([^"]+)"/.exec(page)![1]!
    const heard = await whole.web.request(src, { headers: { Cookie: lead.cookie() } })
    expect(Buffer.from(await heard.arrayBuffer()).equals(SOUND)).toBe(true)
    const snapshot = directorySnapshot(directory)
    await snapshot.refresh(whole.home.app.store)
    expect(snapshot.now().greetings).toEqual([{ id: 'p1:mong', point: 'p1', language: 'mong' }])
    const { one } = await office.join('anh-nam')
    expect(
      (
        await whole.ask('/desk/directory/p1/greeting', {
          method: 'POST',
          body: form(good),
          headers: { Cookie: one.cookie() },
        })
      ).status,
    ).toBe(403)
    await send('/desk/directory/p1/ungreet', form({ greeting: 'p1:mong' }))
    expect(await allOf(whole.home.app.store, greeting)).toEqual([])
    const noted = (await allOf(whole.home.app.store, audit)).map(({ action }) => action)
    expect(noted.filter((action) => action.startsWith('greeting'))).toEqual([
      'greeting.put',
      'greeting.put',
      'greeting.removed',
    ])
  })
})

test('a member declares what they speak, and the desk shows what a person asked for', async () => {
  const office = await openOffice()
  const { one } = await office.join('anh-nam')
  expect((await one.ask('/desk/account/languages', { languages: 'mong' })).status).toBe(303)
  expect((await one.ask('/desk/account')).text).toContain('Tiếng bạn nói được: tiếng Mông')
  const house = openDeskHouse()
  await house.home.say('an', 'gặp người')
  const [ticket] = await openTickets(house.home.app.store)
  house.home.database.database.exec(
    `update conversation set body = json_set(body, '$.answers.language', json('{"type":"code","value":"mong"}'))`,
  )
  for (const path of ['/desk', '/desk/queue', `/desk/tickets/${ticket!.id}`])
    expect((await house.as('lan').read(path)).text, path).toContain('tiếng Mông')
})

test('a greeting goes out as sound where the channel carries it, and as words where it does not', async () => {
  const house = openDeskHouse()
  const { home } = house
  await home.app.store.batch(
    placingGreeting(
      { point: 'mai', language: 'mong', transcript: 'Chào bạn', mime: 'audio/ogg', data: SOUND.toString('base64') },
      '2',
    ),
  )
  const directory = { ...home.app.directory(), greetings: [{ id: 'mai:mong', point: 'mai', language: 'mong' }] }
  home.app.directory = () => directory
  const telegram = { ...home.telegram, limits: { ...home.telegram.limits, voice: true } }
  home.app.channels = new Map([...home.app.channels, ['telegram', telegram], ['zalo', home.zalo]])
  await home.say('an', 'tiếng Mông')
  await home.say('bình', 'tiếng Mông', { channel: 'zalo' })
  await home.settle()
  const voices = home.telegram.sent.filter(({ part }) => part.voice)
  expect(voices.map(({ part }) => Buffer.from(part.voice!.bytes).toString())).toEqual([SOUND.toString()])
  expect(home.zalo.sent.some(({ part }) => part.voice)).toBe(false)
  expect(home.zalo.texts('bình').join('\n')).toContain('Sẽ có người trả lời')
  const visitor = 'G'.repeat(43)
  await home.room.post(visitor, { id: '1', text: 'tiếng Mông' })
  await house.settle()
  await home.pass(1_000)
  const page = await house.ask('/chat', { headers: { Cookie: `dh=${visitor}` } })
  const src = /<audio[^>]*src="([^"]+)"/.exec(page.text)![1]!
  const heard = await house.web.request(src, { headers: { Cookie: `dh=${visitor}` } })
  expect(Buffer.from(await heard.arrayBuffer()).equals(SOUND)).toBe(true)
})
