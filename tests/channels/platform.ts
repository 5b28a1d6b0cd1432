import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Arrival, Delivery, Receipt } from '../../src/channels/channel.ts'

export interface Settings {
  apiRoot: string
  now: () => number
  random: () => number
  timeoutMs: number
}

export const NOW = 1_790_000_000_000
const ROOT = 'https://platform.test'
const SEND = `${ROOT}/*/sendMessage`
const api = setupServer()

/** Stands in for the platform within one `describe`; real connections are tried outside, where nothing is intercepted. */
export function interceptApi(): void {
  beforeAll(() => api.listen({ onUnhandledFrame: 'error' }))
  afterEach(() => api.resetHandlers())
  afterAll(() => api.close())
}

export function settings(changes: Partial<Settings> = {}): Settings {
  return { apiRoot: ROOT, now: () => NOW, random: () => 0.5, timeoutMs: 2_000, ...changes }
}

export function webhook(header: string, secret: string | null, body: string): Request {
  const headers = new Headers({ 'content-type': 'application/json' })
  if (secret !== null) headers.set(header, secret)
  return new Request('https://dong-hanh.test/webhooks/x', { method: 'POST', headers, body })
}

export function arrivalOf(receipt: Receipt): Arrival {
  if (receipt.type !== 'accepted' || receipt.arrivals.length !== 1) throw new Error(JSON.stringify(receipt))
  return receipt.arrivals[0]!
}

/** Remembers what was sent to the API's method from now on, and answers each call with success. */
export function record(method: string, reply: object): readonly Record<string, unknown>[] {
  const bodies: Record<string, unknown>[] = []
  api.use(
    http.post(`${ROOT}/*/${method}`, async ({ request }) => {
      bodies.push((await request.json()) as Record<string, unknown>)
      return HttpResponse.json(reply)
    }),
  )
  return bodies
}

/** Answers the next message as the API would. */
export function answerOnce(body: object, status: number): void {
  answerTextOnce(JSON.stringify(body), status)
}

/** Answers the next message as something between us and the API would. */
export function answerTextOnce(text: string, status: number): void {
  api.use(http.post(SEND, () => HttpResponse.text(text, { status }), { once: true }))
}

export function notBefore(delivery: Delivery): number {
  if (delivery.type !== 'retry') throw new Error(JSON.stringify(delivery))
  return delivery.notBefore
}

export function countCalls(): () => number {
  let calls = 0
  api.use(http.all(`${ROOT}/*`, () => HttpResponse.json({ ok: true, calls: ++calls })))
  return () => calls
}

/** The body with one value somewhere inside replaced by something else. */
export function distorted(body: unknown): fc.Arbitrary<unknown> {
  const text = JSON.stringify(body)
  const values = [...text.matchAll(/(?<=":)("[^"]*"|-?\d+|true|false|\{|\[)/g)]
  return fc.tuple(fc.constantFrom(...values), fc.jsonValue()).map(([match, value]) => {
    const replaced = /[[{]/.test(match[0]) ? `${JSON.stringify(value)},"_":${match[0]}` : JSON.stringify(value)
    const changed = text.slice(0, match.index) + replaced + text.slice(match.index + match[0].length)
    return JSON.parse(changed) as unknown
  })
}

export async function closedPort(): Promise<string> {
  let root = ''
  await withServer('hang', async (apiRoot) => {
    root = apiRoot
  })
  return root
}

/** A server that takes a request whole and then never answers, or breaks the connection. */
export async function withServer(manner: 'hang' | 'reset', use: (apiRoot: string) => Promise<void>): Promise<void> {
  const server = createServer((request) => {
    request.resume().on('end', () => {
      if (manner === 'reset') request.socket.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
