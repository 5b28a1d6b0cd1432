import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One call of sendMessage that reached the platform. */
export interface Call {
  /** The last part of the API root: which start of the service called. */
  start: number
  chat: string
  text: string
  messageId: number
  buttons: readonly { text: string; callback_data: string }[]
}

/** What happens to a call after the platform has taken it in. */
export type Manner = { type: 'answer'; afterMs: number } | { type: 'hold' }

export interface TelegramApi {
  /** The API root for the n-th start of the service, so that calls of a dead process are told apart. */
  root(start: number): string
  calls: readonly Call[]
  /** Decides about each call; by default it is answered at once. */
  decide(choose: (call: Call) => Manner): void
  close(): Promise<void>
}

/** A Bot API on loopback that remembers every message that reached it, answered or not. */
export async function startTelegramApi(): Promise<TelegramApi> {
  const calls: Call[] = []
  let choose: (call: Call) => Manner = () => ({ type: 'answer', afterMs: 0 })
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const answer = (result: unknown) => {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ ok: true, result }))
      }
      const [, start = '', method = ''] = /^\/(\d+)\/bot[^/]+\/(\w+)$/.exec(request.url ?? '') ?? []
      if (method !== 'sendMessage') return answer(true)
      const call = read(Number(start), Buffer.concat(chunks).toString('utf8'), calls.length + 1)
      calls.push(call)
      const manner = choose(call)
      const sent = {
        message_id: call.messageId,
        date: 0,
        chat: { id: Number(call.chat), type: 'private' },
        text: call.text,
      }
      if (manner.type === 'answer') setTimeout(() => answer(sent), manner.afterMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    root: (start) => `http://127.0.0.1:${port}/${start}`,
    calls,
    decide(how) {
      choose = how
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function read(start: number, body: string, messageId: number): Call {
  const { chat_id, text, reply_markup } = JSON.parse(body) as {
    chat_id: string
    text: string
    reply_markup?: { inline_keyboard: { text: string; callback_data: string }[][] }
  }
  return { start, chat: String(chat_id), text, messageId, buttons: reply_markup?.inline_keyboard.flat() ?? [] }
}

/** Posts an update as Telegram does; the status, or null when nobody answered. */
export async function postUpdate(origin: string, secret: string, update: object): Promise<number | null> {
  try {
    const response = await fetch(`${origin}/webhooks/telegram`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': secret },
      body: JSON.stringify(update),
    })
    await response.arrayBuffer()
    return response.status
  } catch {
    return null
  }
}

/** A private text message of a person. */
export function textUpdate(
  updateId: number,
  chat: number,
  text: string,
  atSeconds = Math.floor(Date.now() / 1000),
): object {
  return {
    update_id: updateId,
    message: {
      message_id: updateId,
      date: atSeconds,
      chat: { id: chat, type: 'private', first_name: 'Bình' },
      from: { id: chat, is_bot: false, first_name: 'Bình' },
      text,
    },
  }
}
