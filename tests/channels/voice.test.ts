import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { VOICE_BYTES } from '../../src/channels/download.ts'
import { telegram } from '../../src/channels/telegram.ts'
import { zalo } from '../../src/channels/zalo.ts'
import * as updates from './fixtures/telegram-updates.ts'
import { arrivalOf, webhook } from './platform.ts'

const TOKEN = '1:voice-token'
const SOUND = Buffer.from('OggS tiếng nói')
let server: Server | undefined
afterEach(() => server?.close())

/** A platform that holds one file, and takes one message. */
async function platform(answer: (method: string, request: IncomingMessage) => Promise<unknown> | unknown) {
  server = createServer(async (request, response) => {
    const path = request.url ?? ''
    const told = await answer(path, request)
    const body = Buffer.isBuffer(told) ? told : Buffer.from(JSON.stringify(told))
    const code = (told as { error_code?: number }).error_code ?? 200
    response.writeHead(code).end(body)
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return telegram({ token: TOKEN, secret: 'secret', apiRoot, timeoutMs: 2_000 })
}

describe('a recording that Telegram holds', () => {
  test('is named by the update, and fetched in two steps', async () => {
    const asked: string[] = []
    const channel = await platform((path) => {
      asked.push(path)
      return path.startsWith('/file/')
        ? SOUND
        : { ok: true, result: { file_id: 'f', file_unique_id: 'u', file_path: 'voice/file_1.oga', file_size: 20 } }
    })
    const update = updates.message(updates.CONTENTS.voice)
    const receipt = await channel.receive(webhook('X-Telegram-Bot-Api-Secret-Token', 'secret', JSON.stringify(update)))
    const { event } = arrivalOf(receipt)
    if (event.type !== 'message' || !event.voice) throw new Error('no voice')
    expect(event).toMatchObject({ media: 'voice', voice: { seconds: 3 } })
    const fetched = await channel.fetchVoice!('telegram', event.voice.ref)
    expect(fetched).toMatchObject({ type: 'voice', mime: 'audio/ogg' })
    expect(fetched.type === 'voice' && Buffer.from(fetched.bytes).equals(SOUND)).toBe(true)
    expect(asked).toEqual([`/bot${TOKEN}/getFile`, `/file/bot${TOKEN}/voice/file_1.oga`])
  })

  test('is known to be too long before anything is fetched', async () => {
    const channel = await platform(() => ({ ok: false, error_code: 500, description: 'not asked' }))
    const voiceOf = async (size: number) => {
      const sound = { ...updates.CONTENTS.voice.voice, file_size: size }
      const body = JSON.stringify(updates.message({ voice: sound }))
      const { event } = arrivalOf(await channel.receive(webhook('X-Telegram-Bot-Api-Secret-Token', 'secret', body)))
      return event.type === 'message' ? event.voice : null
    }
    expect(await voiceOf(VOICE_BYTES)).not.toHaveProperty('tooLong')
    expect(await voiceOf(VOICE_BYTES + 1)).toMatchObject({ tooLong: true })
  })

  test('is not fetched when it is too big, whether the platform says so or not', async () => {
    const said = await platform(() => ({ ok: true, result: { file_path: 'x', file_size: VOICE_BYTES + 1 } }))
    expect(await said.fetchVoice!('telegram', 'f')).toEqual({ type: 'lost', reason: 'too_big' })
    server?.close()
    const silent = await platform((path) =>
      path.startsWith('/file/') ? Buffer.alloc(VOICE_BYTES + 1) : { ok: true, result: { file_path: 'x' } },
    )
    expect(await silent.fetchVoice!('telegram', 'f')).toEqual({ type: 'lost', reason: 'too_big' })
  })

  test('is asked for again after a fault of the platform, and not after its refusal', async () => {
    const faulty = await platform(() => ({ ok: false, error_code: 502, description: 'Bad Gateway' }))
    expect(await faulty.fetchVoice!('telegram', 'f')).toMatchObject({ type: 'retry' })
    server?.close()
    const refusing = await platform(() => ({ ok: false, error_code: 400, description: 'Bad Request: wrong file_id' }))
    expect(await refusing.fetchVoice!('telegram', 'f')).toEqual({ type: 'lost', reason: 'gone' })
  })
})

describe('a recording for a person', () => {
  const part = (mime: string) => ({
    paragraphs: ['Tin thoại'],
    markup: false,
    choices: [],
    voice: { mime, bytes: SOUND },
  })

  test.each([
    ['audio/ogg', 'sendVoice', 'voice'],
    ['audio/mp4', 'sendVoice', 'voice'],
    ['audio/webm', 'sendDocument', 'document'],
    ['audio/aac', 'sendDocument', 'document'],
  ])('of %s goes out by %s, whole and protected', async (mime, method, field) => {
    const forms: { path: string; form: FormData }[] = []
    const channel = await platform(async (path, request) => {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece as Buffer)
      const type = request.headers['content-type'] ?? ''
      forms.push({
        path,
        form: await new Response(Buffer.concat(pieces), { headers: { 'content-type': type } }).formData(),
      })
      return { ok: true, result: { message_id: 7 } }
    })
    expect(await channel.send('telegram', '42', part(mime))).toEqual({ type: 'sent', externalId: '7' })
    const [{ path, form }] = forms as [{ path: string; form: FormData }]
    expect(path).toBe(`/bot${TOKEN}/${method}`)
    expect(form.get('chat_id')).toBe('42')
    expect(form.get('protect_content')).toBe('true')
    expect(Buffer.from(await (form.get(field) as File).arrayBuffer()).equals(SOUND)).toBe(true)
  })

  test('that a blocked chat refuses is told like any other line', async () => {
    const channel = await platform(() => ({
      ok: false,
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    }))
    expect(await channel.send('telegram', '42', part('audio/ogg'))).toEqual({ type: 'failed', reason: 'blocked' })
  })
})

test('nothing but Zalo’s own files is ever fetched, whatever an event names', async () => {
  const channel = zalo({ apiRoot: 'http://127.0.0.1:9', bots: [{ name: 'zalo', token: '2:t', secret: 'zalo-secret' }] })
  for (const ref of [
    'http://f2-voice-aac-dl.zdn.vn/x.aac',
    'https://zdn.vn.evil.test/x.aac',
    'https://evilzdn.vn/x.aac',
    'https://127.0.0.1/x.aac',
    'file:///etc/passwd',
    'không phải địa chỉ',
  ])
    expect(await channel.fetchVoice!('zalo', ref), ref).toEqual({ type: 'lost', reason: 'gone' })
})
