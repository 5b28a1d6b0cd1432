import { type ChildProcess, execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSqlite } from '../../src/store/better-sqlite3.ts'
import { memberOf } from '../app/staff-phones.ts'
import { cleanUp, eventually, makeFolder, type Running, startService } from './service.ts'

const TOKEN = '777000:e2e-token'
const SECRET = 'e2e-secret'
const PERSON = 424242
const COUNSELLOR = 515151

interface Sent {
  messageId: number
  message: {
    chat_id: string
    text: string
    reply_markup?: { inline_keyboard: { text: string; callback_data: string }[][] }
  }
}

const folder = makeFolder()
let peer: ChildProcess
let peerOrigin: string
let service: Running

beforeAll(async () => {
  const port = await freePort()
  peerOrigin = `http://127.0.0.1:${port}`
  peer = fork(fileURLToPath(new URL('telegram-peer.mjs', import.meta.url)), {
    env: { PATH: process.env.PATH, PEER_PORT: String(port), PEER_SECRET: SECRET },
  })
  const ended = once(peer, 'exit').then(() => Promise.reject(new Error('the peer ended before it was ready')))
  await Promise.race([once(peer, 'message'), ended])
  const env = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_SECRET: SECRET, TELEGRAM_API_ROOT: peerOrigin }
  // The first start makes the database; the second finds a member of staff in it.
  await (await startService(folder, env)).stop()
  furnish()
  service = await startService(folder, env)
  await toPeer(`/bot${TOKEN}/setWebhook`, { url: `${service.origin}/webhooks/telegram` })
})

afterAll(async () => {
  await cleanUp()
  peer?.kill()
})

test('a counsellor away from the desk links a phone, is told, takes with the button and answers there', async () => {
  await write(COUNSELLOR, `liên kết ${await linkCode()}`)
  expect((await next(COUNSELLOR)).message.text).toContain('Đã liên kết')

  await write(PERSON, 'gặp người')
  expect((await next(PERSON)).message.text).toContain('muốn gặp người')
  const alert = await next(COUNSELLOR)
  expect(alert.message.text).toMatch(/^Có 1 cuộc cần hỗ trợ\.\n\nGõ <b>nhận [A-Z2-9]{4}<\/b> để nhận\.$/)
  const code = /[A-Z2-9]{4}(?=<)/.exec(alert.message.text)![0]

  await press(COUNSELLOR, alert, 'Nhận')
  expect((await next(PERSON)).message.text).toContain('đang đọc và sẽ trả lời')
  const told = [await next(COUNSELLOR), await next(COUNSELLOR)].map(({ message }) => message.text)
  expect(told).toEqual([`${code}: gặp người`, expect.stringContaining(`Cuộc ${code} là của bạn`)])

  await write(PERSON, 'em đang ở nhà một mình')
  expect((await next(COUNSELLOR)).message.text).toBe(`${code}: em đang ở nhà một mình`)
  await write(COUNSELLOR, 'Chị đây, em cứ kể.')
  expect((await next(PERSON)).message.text).toBe('Chị đây, em cứ kể.')
  expect((await next(COUNSELLOR)).message.text).toContain('Đã chuyển')

  await write(COUNSELLOR, `xong ${code}`)
  expect((await next(COUNSELLOR)).message.text).toBe(`Đã kết thúc cuộc ${code}.`)
  expect((await next(PERSON)).message.text).toContain('đã xong')
  expect(peer.exitCode).toBe(null)
  for (const secret of [String(COUNSELLOR), 'Chị đây', 'một mình']) expect(service.output()).not.toContain(secret)
})

/** A counsellor on duty at every hour, at the first point, which has switched answering by phone on. */
function furnish(): void {
  const store = openSqlite(join(folder, 'service.sqlite'))
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 24 * 60 }))
  const member = JSON.stringify(memberOf('lan', { duty: { shifts: always }, point: 'e2e' }))
  const point = { id: 'e2e', name: 'MẪU', address: 'MẪU', phone: null, communes: [], shifts: always, sample: true }
  store.database.exec(`delete from point;
    insert into point (id, body) values ('e2e', '${JSON.stringify({ ...point, answerByPhone: true })}');
    insert into staff (id, body) values ('lan', '${member}');
    update setting set value = 'e2e' where name = 'directory_version';`)
  store.close()
}

async function linkCode(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['src/cli/staff.ts', 'phone', 'lan'], {
    env: {
      PATH: process.env.PATH,
      DATABASE_PATH: join(folder, 'service.sqlite'),
      KEYS_PATH: join(folder, 'keys.sqlite'),
    },
  })
  return /liên kết ([A-Z2-9]{4}-[A-Z2-9]{4})/.exec(stdout)![1]!
}

const read = new Map<number, number>()

/** The next message to this chat, in order. */
async function next(chat: number): Promise<Sent> {
  const seen = read.get(chat) ?? 0
  const sent = await eventually(async () => {
    const { result } = (await toPeer('/getUpdatesHistory', { token: TOKEN })) as { result: Sent[] }
    return result.filter(({ message }) => message.chat_id === String(chat))[seen]
  })
  read.set(chat, seen + 1)
  return sent
}

function meta(id: number) {
  const chat = { id, type: 'private', first_name: 'Bình' }
  const from = { id, first_name: 'Bình', is_bot: false }
  return { botToken: TOKEN, date: Math.floor(Date.now() / 1000), from, chat }
}

async function write(id: number, text: string): Promise<void> {
  await toPeer('/sendMessage', { ...meta(id), text })
}

async function press(id: number, sent: Sent, label: string): Promise<void> {
  const button = sent.message.reply_markup?.inline_keyboard.flat().find(({ text }) => text === label)
  if (!button) throw new Error(`no button “${label}”`)
  const { chat, date, ...rest } = meta(id)
  const message = { message_id: sent.messageId, date, chat, reply_markup: sent.message.reply_markup }
  await toPeer('/sendCallback', { ...rest, date, message, data: button.callback_data })
}

async function toPeer(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(peerOrigin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.json()
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
