import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DeskVisit, openDesk } from './desk-visit.ts'
import { cleanUp, eventually, makeFolder, type Running, startService } from './service.ts'

const TOKEN = '777000:e2e-token'
const SECRET = 'e2e-secret'
const PERSON = 424242

/** What the bot sent, as the foreign server keeps it. */
interface Sent {
  messageId: number
  message: {
    chat_id: string
    text: string
    reply_markup?: { inline_keyboard: { text: string; callback_data: string }[][] }
  }
}

let peer: ChildProcess
let peerOrigin: string
let service: Running
let read = 0

beforeAll(async () => {
  const port = await freePort()
  peerOrigin = `http://127.0.0.1:${port}`
  peer = fork(fileURLToPath(new URL('telegram-peer.mjs', import.meta.url)), {
    env: { PATH: process.env.PATH, PEER_PORT: String(port), PEER_SECRET: SECRET },
  })
  const ended = once(peer, 'exit').then(() => Promise.reject(new Error('the peer ended before it was ready')))
  await Promise.race([once(peer, 'message'), ended])
  service = await startService(makeFolder(), {
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    TELEGRAM_API_ROOT: peerOrigin,
  })
  await toPeer(`/bot${TOKEN}/setWebhook`, { url: `${service.origin}/webhooks/telegram` })
})

afterAll(async () => {
  await cleanUp()
  peer?.kill()
})

test('a person asks, reads, meets a human and is forgotten, all on Telegram', async () => {
  await command('/start')
  let said = await next()
  expect(said.message.text).toContain('<b>Đồng Hành</b>')
  expect(said.message.text).toContain('Mình không thể hứa giữ bí mật tuyệt đối')

  await press(said, 'Cho mình')
  said = await next()
  await press(said, 'Học và phòng ngừa')
  said = await next()
  await press(said, 'Ai cũng nên biết')
  said = await next()
  await press(said, 'Lúc nguy hiểm, quá liều')
  said = await next()
  await press(said, 'Quá liều: làm gì ngay')
  said = await next()
  expect(said.message.text).toContain('gọi <b>115</b> ngay')
  expect(said.message.text).toContain('Bài chưa được bác sĩ hoặc luật sư ký duyệt')

  await write('gap nguoi')
  said = await next()
  expect(said.message.text).toContain('muốn gặp người')

  const desk = await openDesk(service)
  // The service reads its directory again at every tick: from then on the person is told a name.
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  const ticket = await openTicket(desk, 'Muốn gặp người')
  expect(ticket).toContain('Telegram')
  expect(ticket).toContain('gap nguoi')
  await desk.submit(ticket, /reply/, { text: 'Chào bạn, mình là Lan. 1 < 2 & bạn cứ kể.' })
  const lines = [await next(), await next()].map(({ message }) => message.text)
  expect(lines.join('\n')).toContain('<b>Lan</b> (y tế) đang đọc')
  expect(lines.at(-1)).toBe('Chào bạn, mình là Lan. 1 &lt; 2 &amp; bạn cứ kể.')

  await write('dạ em cảm ơn')
  const answered = await eventually(async () => {
    const page = await openTicket(desk, 'Muốn gặp người')
    return page.includes('dạ em cảm ơn') && page
  })
  await desk.submit(answered, /close/)
  said = await next()
  expect(said.message.text).toContain('Cuộc trò chuyện với cán bộ đã xong')

  await write('xoá hết')
  said = await next()
  await press(said, 'Có, xoá hết')
  said = await next()
  expect(said.message.text).toMatch(/Mã biên nhận: <b>[A-Z0-9]{5}-[A-Z0-9]{5}<\/b>/)
  expect(await desk.read('/desk')).not.toContain('Muốn gặp người')

  expect(await unread()).toEqual([])
  expect(peer.exitCode).toBe(null) // every update was acknowledged: one refusal ends the peer
  const logged = service.output()
  for (const secret of [TOKEN, SECRET, String(PERSON), 'dạ em', 'Lan.']) expect(logged).not.toContain(secret)
})

async function openTicket(desk: DeskVisit, reason: string): Promise<string> {
  const list = await desk.read('/desk')
  const links = [...list.matchAll(/<a\b[^>]*href="(\/desk\/tickets\/[^"#?]+)"[^>]*>([\s\S]*?)<\/a>/g)]
  const link = links.find(([, , inside]) => inside?.includes(reason))?.[1]
  if (link === undefined) throw new Error(`no ticket “${reason}” on the desk`)
  return desk.read(link)
}

/** What the bot sent and the test has not looked at, in order. */
async function unread(): Promise<readonly Sent[]> {
  const { result } = (await toPeer('/getUpdatesHistory', { token: TOKEN })) as { result: Sent[] }
  return result.slice(read)
}

async function next(): Promise<Sent> {
  const sent = await eventually(async () => (await unread())[0])
  read += 1
  expect(sent.message.chat_id).toBe(String(PERSON))
  return sent
}

const person = { id: PERSON, first_name: 'Bình', is_bot: false }
const chat = { id: PERSON, type: 'private', first_name: 'Bình' }

function meta() {
  return { botToken: TOKEN, date: Math.floor(Date.now() / 1000) }
}

async function write(text: string): Promise<void> {
  await toPeer('/sendMessage', { ...meta(), from: person, chat, text })
}

async function command(text: string): Promise<void> {
  const entities = [{ type: 'bot_command', offset: 0, length: text.length }]
  await toPeer('/sendCommand', { ...meta(), from: person, chat, text, entities })
}

/** Presses the button with this label, as an app does: the question comes along. */
async function press(sent: Sent, label: string): Promise<void> {
  const buttons = sent.message.reply_markup?.inline_keyboard.flat() ?? []
  const button = buttons.find(({ text }) => text === label)
  if (!button) throw new Error(`no button “${label}” among: ${buttons.map(({ text }) => text).join(' · ')}`)
  const message = { message_id: sent.messageId, date: meta().date, chat, reply_markup: sent.message.reply_markup }
  await toPeer('/sendCallback', { ...meta(), from: person, message, data: button.callback_data })
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
