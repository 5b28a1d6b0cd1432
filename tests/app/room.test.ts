import { describe, expect, test } from 'vitest'
import { event } from '../../src/store/schema.ts'
import { allOf } from '../store/turns.ts'
import { openApp } from './small-app.ts'

const HELLO = 'Chào bạn.\n\nBạn hỏi cho ai?'

describe('the web chat', () => {
  test('shows what was said and answered, with the choices of the last question', async () => {
    const home = openApp()
    expect(await home.room.post('khách', { id: '1', text: 'chào' })).toBe('accepted')
    await home.settle()
    const lines = await home.room.lines('khách', null)
    expect(lines.map(({ from, text }) => [from, text])).toEqual([
      ['you', 'chào'],
      ['bot', HELLO],
    ])
    expect(lines[1]?.choices?.map(({ label }) => label)).toEqual(['Cho mình', 'Cho người thân'])
    expect(await home.room.lines('khách', lines[0]!.id)).toEqual([lines[1]])
  })

  test('takes a pressed choice and shows its label as the person’s line', async () => {
    const home = openApp()
    await home.room.post('khách', { id: '1', text: 'chào' })
    await home.settle()
    const choice = (await home.room.lines('khách', null)).at(-1)!.choices![1]!.id
    await home.room.post('khách', { id: '2', choice })
    await home.settle()
    expect((await home.lines('khách', 'webchat')).slice(-2)).toEqual(['you: Cho người thân', 'bot: Cảm ơn bạn.'])
  })

  test('takes a message once, but never one visitor’s for another’s', async () => {
    const home = openApp()
    for (const visitor of ['khách', 'khách', 'người khác']) await home.room.post(visitor, { id: 'same', text: 'chào' })
    await home.settle()
    expect(await home.lines('khách', 'webchat')).toEqual(['you: chào', `bot: ${HELLO}`])
    expect(await home.lines('người khác', 'webchat')).toEqual(['you: chào', `bot: ${HELLO}`])
  })

  test('keeps no words of a made-up choice in the clear', async () => {
    const home = openApp()
    for (const choice of ['1.tôi tên là Nguyễn Văn An', '1. 0912345678 gọi tôi', `1.${'x'.repeat(200)}`])
      await home.room.post('khách', { id: choice, choice })
    const log = JSON.stringify(await allOf(home.database, event))
    for (const words of ['Nguyễn', '0912345678', 'xxxx']) expect(log).not.toContain(words)
  })

  test('answers while every platform is down', async () => {
    const home = openApp()
    home.telegram.fates.set('an', { type: 'retry', notBefore: home.clock.now + 1_000_000, reason: '502' })
    await home.say('an', 'chào')
    await home.room.post('khách', { id: '1', text: 'chào' })
    await home.settle()
    expect((await home.room.lines('khách', null)).at(-1)?.text).toBe(HELLO)
  })

  test('asks somebody with too many messages in flight to wait, and nobody else', async () => {
    const home = openApp()
    const posts = Array.from({ length: 12 }, (_, i) => home.room.post('khách', { id: `${i}`, text: `${i}` }))
    const other = home.room.post('người khác', { id: '1', text: 'chào' })
    expect((await Promise.all(posts)).filter((result) => result === 'busy')).toHaveLength(4)
    expect(await other).toBe('accepted')
    expect(await home.room.post('khách', { id: 'later', text: 'nữa' })).toBe('accepted')
  })

  test('wakes whoever follows when an answer is there, and leaves nobody waiting', async () => {
    const home = openApp()
    await home.room.post('khách', { id: '1', text: 'chào' })
    await home.settle()
    const woken = home.room.wake('khách', new AbortController().signal)
    await home.room.post('khách', { id: '2', text: 'cho mình' })
    await woken
    const gone = new AbortController()
    const left = home.room.wake('khách', gone.signal)
    gone.abort()
    await left
  })

  test.each(['x', '-1', '1e400', 'NaN', '99999999999999999999'])('lives with the cursor %s', async (cursor) => {
    const home = openApp()
    await home.room.post('khách', { id: '1', text: 'chào' })
    expect(Array.isArray(await home.room.lines('khách', cursor))).toBe(true)
  })
})
