import { expect, test } from 'vitest'
import { previewTopic, TEXT_LIMITS } from '../../src/app/content-preview.ts'
import { readDraft } from '../../src/authoring/draft.ts'
import { telegram } from '../../src/channels/telegram.ts'
import { webchat } from '../../src/channels/webchat.ts'
import { zalo } from '../../src/channels/zalo.ts'
import { readAuthored } from '../../src/cli/files.ts'
import type { Patch } from '../../src/engine/revised.ts'
import { book } from '../engine/converse.ts'
import { openApp } from './small-app.ts'

const files = readAuthored()
/** What the editor makes of a text, without asking every rule. */
function patchOf(unit: string, text: string): Patch {
  const { topics, passages } = readDraft(new Map([[unit, text]]))
  const words = Object.fromEntries([...passages].map(([key, { paragraphs }]) => [key, paragraphs]))
  return { unit, topic: topics[0]!.topic, words, synonyms: {}, labels: [] }
}
const preview = (slug: string, change: (text: string) => string = (text) => text, pronoun: string | null = null) => {
  const home = openApp()
  home.book.now = book
  const unit = `content/vi/topics/${slug}.md`
  const before = files.get(unit)!
  return { home, parts: previewTopic(home.app, patchOf(unit, change(before)), pronoun) }
}

test('lengths are held against what the channels say they carry', () => {
  const token = { token: '1:t', secret: 'secret-secret', apiRoot: 'http://127.0.0.1:9', timeoutMs: 50 }
  const bots = [{ name: 'zalo', token: '2:t', secret: 'secret-secret' }]
  const channels = [telegram(token), zalo({ apiRoot: token.apiRoot, bots }), webchat()]
  expect(Object.fromEntries(channels.map(({ name, limits }) => [name, limits.textLength]))).toEqual(TEXT_LIMITS)
})

test('a topic is shown as people get it: what the engine says around it, its choices, and the longer read after them', () => {
  const { parts } = preview('qua-lieu', (text) => text.replace('gọi **115** ngay', 'MẪU & **115**'))
  expect(parts.map(({ name }) => name)).toEqual(['card', 'more'])
  const [telegramCard, zaloCard, webCard] = parts[0]!.messages
  expect(telegramCard).toMatchObject({ channel: 'telegram', buttons: ['Đọc thêm', 'Gặp người', 'Đủ rồi'] })
  expect(telegramCard!.text).toContain('MẪU &amp; <b>115</b>')
  expect(zaloCard!.text).toContain('MẪU & 115')
  expect(zaloCard!.text).toMatch(/1\. Đọc thêm\n2\. Gặp người\n3\. Đủ rồi$/)
  expect(zaloCard!.length).toBe(zaloCard!.text.length)
  expect(webCard!.text).toContain('21/11/2026')
  expect(parts[1]!.messages.some(({ text }) => text.includes('Nhận ra'))).toBe(true)
})

test('leaves the book, the rows and the people as they are', () => {
  const { home } = preview('qua-lieu')
  expect(home.app.book()).toBe(book)
  expect(home.database.database.prepare('select count(*) from event').pluck().get()).toBe(0)
})

test('every topic there is has a preview within the limits of every channel', () => {
  for (const [file] of files) {
    const slug = /^content\/vi\/topics\/(.*)\.md$/.exec(file)?.[1]
    if (slug === undefined || !book.topics.some(({ id }) => id === slug)) continue
    for (const { name, messages } of preview(slug, undefined, 'cháu').parts)
      for (const { channel, length, limit } of messages)
        expect([slug, name, channel, length > 0 && length <= limit]).toEqual([slug, name, channel, true])
  }
})
