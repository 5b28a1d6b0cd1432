import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readUpdate } from '../../src/channels/telegram-update.ts'
import { countEntrances } from '../../src/store/outreach.ts'
import { entranceCount } from '../../src/store/outreach-tables.ts'
import { conversation } from '../../src/store/schema.ts'
import { allOf } from '../store/turns.ts'
import { openWhole, type WholeService } from './whole-service.ts'

/** What the page of an entrance sends without a script: its own hidden fields and a text. */
async function write(whole: WholeService, query: string, text: string, cookie = ''): Promise<string> {
  const page = (await whole.ask(`/chat${query}`, { headers: { Cookie: cookie } })).text
  const composer = /<form class="composer"[\s\S]*?<\/form>/.exec(page)![0]
  const hidden = [...composer.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
    name!,
    value!,
  ])
  const body = new URLSearchParams([...hidden, ['text', text]])
  const sent = await whole.ask('/chat', { method: 'POST', headers: { Cookie: cookie }, body })
  await whole.settle()
  return sent.headers.get('Set-Cookie')?.split(';')[0] ?? cookie
}

const entrances = async (whole: WholeService) =>
  (await allOf(whole.home.app.store, conversation)).map(({ body }) => JSON.parse(body).answers.entrance?.value)

describe('whoever comes by the code on a paper', () => {
  test('is known to have come by it from the first message on, and is counted once', async () => {
    const whole = openWhole()
    const cookie = await write(whole, '?vao=truong-hoc', 'chào')
    await write(whole, '?vao=truong-hoc', 'chào', cookie)
    await write(whole, '', 'chào')
    expect((await entrances(whole)).toSorted()).toEqual(['truong-hoc', undefined])
    expect([...(await countEntrances(whole.home.app.store))]).toEqual([['truong-hoc', 1]])
  })

  test('leaves a count that leads back to nobody once everything of them is erased', async () => {
    const whole = openWhole()
    const cookie = await write(whole, '?vao=truong-hoc', 'chào')
    await write(whole, '', 'xoá', cookie)
    await write(whole, '', 'có', cookie)
    expect(await allOf(whole.home.app.store, entranceCount)).toMatchObject([{ entrance: 'truong-hoc', count: 1 }])
  })

  test.each(['Nguyễn Văn A', '../x', '<b>', 'a'.repeat(50)])('a code that is none (%j) is dropped', async (code) => {
    const whole = openWhole()
    await write(whole, `?vao=${encodeURIComponent(code)}`, 'chào')
    expect(await entrances(whole)).toEqual([undefined])
  })

  test('a message that a script sends carries it too, and a wrong one loses no message', async () => {
    const whole = openWhole()
    for (const vao of ['thon-xom', '<script>']) {
      const sent = await whole.ask('/chat/messages', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ id: randomUUID(), text: 'chào', vao }),
      })
      expect(sent.status).toBe(202)
    }
    await whole.settle()
    expect((await entrances(whole)).toSorted()).toEqual(['thon-xom', undefined])
  })

  test('on Telegram it is the word after /start, which is no word of the person', () => {
    const update = (text: string) => ({
      update_id: 1,
      message: { message_id: 1, date: 1, chat: { id: 1, type: 'private' }, text },
    })
    expect(readUpdate(update('/start vao-truong-hoc'), 0)?.arrival?.event).toEqual({
      type: 'message',
      text: '/start',
      entrance: 'truong-hoc',
    })
    expect(readUpdate(update('/start DH-ABCD'), 0)?.arrival?.event).not.toHaveProperty('entrance')
    expect(readUpdate(update('vao-truong-hoc'), 0)?.arrival?.event).not.toHaveProperty('entrance')
  })
})
