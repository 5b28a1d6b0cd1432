import { randomUUID } from 'node:crypto'
import type { ChatLine } from '../../src/web/chat-room.ts'
import { acceptInvitation, hands } from '../web/sign-in.ts'

/** Somebody with a browser of their own, over HTTP only. */
export interface Visitor {
  cookie(): string
  post(message: { id?: string; text?: string; choice?: string }): Promise<Response>
  say(text: string): Promise<void>
  press(label: string, lines: readonly ChatLine[]): Promise<void>
  /** Follows the stream after a line until `enough`, then closes it. */
  follow(enough: (lines: readonly ChatLine[]) => boolean, after?: string): Promise<readonly ChatLine[]>
  page(): Promise<string>
}

export function visit(origin: string): Visitor {
  let cookie = ''
  const headers = () => (cookie === '' ? {} : { Cookie: cookie })
  const post: Visitor['post'] = async ({ id = randomUUID(), ...message }) => {
    const response = await fetch(`${origin}/chat/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers() },
      body: JSON.stringify({ id, ...message }),
    })
    cookie ||= response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return response
  }
  const send = async (message: { text?: string; choice?: string }) => {
    const response = await post(message)
    if (response.status !== 202) throw new Error(`the chat answered ${response.status}`)
  }
  return {
    cookie: () => cookie,
    post,
    say: (text) => send({ text }),
    async press(label, lines) {
      const choice = lines.flatMap((line) => line.choices ?? []).findLast((one) => one.label === label)
      if (!choice) throw new Error(`no button ${label}`)
      await send({ choice: choice.id })
    },
    async follow(enough, after) {
      const gone = new AbortController()
      const last = after === undefined ? {} : { 'Last-Event-ID': after }
      const response = await fetch(`${origin}/chat/events`, { headers: { ...headers(), ...last }, signal: gone.signal })
      const lines: ChatLine[] = []
      try {
        for await (const line of events(response)) {
          lines.push(line)
          if (enough(lines)) return lines
        }
        throw new Error(`the stream ended after ${lines.length} lines`)
      } finally {
        gone.abort()
      }
    },
    page: async () => (await fetch(`${origin}/chat`, { headers: headers() })).text(),
  }
}

async function* events(response: Response): AsyncGenerator<ChatLine> {
  for await (const { data } of messages(response)) yield JSON.parse(data) as ChatLine
}

/** The messages of a stream of events, as they arrive. */
async function* messages(response: Response): AsyncGenerator<{ id: string; data: string }> {
  let rest = ''
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    rest += piece
    const blocks = rest.split('\n\n')
    rest = blocks.pop()!
    for (const block of blocks) {
      const [, id = ''] = /^id: (.*)$/m.exec(block) ?? []
      const [, data] = /^data: (.*)$/m.exec(block) ?? []
      if (data !== undefined) yield { id, data }
    }
  }
}

/** What the desk's stream tells: counts, and the tickets that changed. */
export interface News {
  id: string
  waiting: number
  changed: readonly string[]
}

export const has = (from: ChatLine['from'], words: string) => (lines: readonly ChatLine[]) =>
  lines.some((line) => line.from === from && line.text.includes(words))

/** A lead's browser, whose account was made with the one-time link. */
export interface Desk {
  list(): Promise<string>
  ticket(path: string): Promise<string>
  reply(path: string, text: string): Promise<void>
  /** Follows the stream from this place until `enough`, then closes it; the last message. */
  follow(enough: (news: News) => boolean, after?: string): Promise<News>
}

export async function openDesk(origin: string, setupPath: string): Promise<Desk> {
  const one = hands((path, init) => fetch(origin + path, init), { Origin: origin })
  await acceptInvitation(one, setupPath)
  const read = async (path: string) => (await one.ask(path)).text
  return {
    list: () => read('/desk'),
    ticket: read,
    async reply(path, text) {
      const { status } = await one.ask(`${path}/reply`, { text, id: randomUUID() })
      if (status !== 303) throw new Error(`the reply was refused with ${status}`)
    },
    async follow(enough, after) {
      const gone = new AbortController()
      const last = after === undefined ? {} : { 'Last-Event-ID': after }
      const headers = { Cookie: one.cookie(), ...last }
      const response = await fetch(`${origin}/desk/events`, { headers, signal: gone.signal, redirect: 'manual' })
      if (response.status !== 200) throw new Error(`the stream answered ${response.status}`)
      try {
        for await (const { id, data } of messages(response)) {
          const news = { id, ...JSON.parse(data) } as News
          if (enough(news)) return news
        }
        throw new Error('the stream ended')
      } finally {
        gone.abort()
      }
    },
  }
}
