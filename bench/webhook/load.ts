import { connect, type Socket } from 'node:net'
import { CHATS, FIRST_CHAT, PATH, SECRET, TEXTS } from './talk.ts'

/**
 * The load generator: one process, plain sockets kept alive, loopback only, bounded in time. Closed loop: each
 * connection sends its next update when the last was answered. Open loop: updates are due at a fixed rate and a
 * latency counts from when its update was due, so that waiting for a free connection is not hidden.
 */
export interface Plan {
  port: number
  connections: number
  /** Updates a second, or null for the closed loop. */
  rate: number | null
  warmSeconds: number
  seconds: number
}

export interface Loaded {
  perSecond: number
  p50: number
  p99: number
  max: number
  answered: number
  /** Answers other than 200. */
  refused: number
  /** Due but not answered when the time was up (open loop). */
  late: number
}

if (process.argv[2]) console.log(JSON.stringify(await run(JSON.parse(process.argv[2]) as Plan)))

interface Line {
  socket: Socket
  chats: readonly number[]
  next: number
  done: ((ok: boolean) => void) | null
  buffer: string
}

async function run(plan: Plan): Promise<Loaded> {
  const lines = await Promise.all(Array.from({ length: plan.connections }, (_, i) => open(plan, i)))
  const runId = Date.now() % 1_000_000_000
  let serial = 0
  const post = (line: Line): Promise<boolean> => {
    const step = line.next++
    const chat = line.chats[Math.floor(step / TEXTS.length) % line.chats.length]!
    serial += 1
    return send(line, body(runId * 1_000 + serial, chat, TEXTS[step % TEXTS.length]!))
  }
  await everybodyOnce(lines, post)
  await closed(lines, post, plan.warmSeconds * 1_000)
  const result =
    plan.rate === null
      ? await closed(lines, post, plan.seconds * 1_000)
      : await paced(lines, post, plan.seconds * 1_000, plan.rate)
  for (const { socket } of lines) socket.destroy()
  return result
}

/** Every chat has been here before the measuring begins: nobody is new, no key is made. */
async function everybodyOnce(lines: readonly Line[], post: (line: Line) => Promise<boolean>): Promise<void> {
  await Promise.all(
    lines.map(async (line) => {
      for (let i = 0; i < line.chats.length * TEXTS.length; i++) await post(line)
    }),
  )
}

async function closed(lines: readonly Line[], post: (line: Line) => Promise<boolean>, ms: number): Promise<Loaded> {
  const times: number[] = []
  let refused = 0
  const began = performance.now()
  const end = began + ms
  await Promise.all(
    lines.map(async (line) => {
      for (let now = performance.now(); now < end; ) {
        const ok = await post(line)
        const after = performance.now()
        if (ok) times.push(after - now)
        else refused += 1
        now = after
      }
    }),
  )
  return summary(times, refused, 0, performance.now() - began)
}

async function paced(
  lines: readonly Line[],
  post: (line: Line) => Promise<boolean>,
  ms: number,
  rate: number,
): Promise<Loaded> {
  const idle = [...lines]
  const due: number[] = []
  const times: number[] = []
  let refused = 0
  let made = 0
  const total = Math.floor((rate * ms) / 1_000)
  const began = performance.now()
  const pump = (): void => {
    while (idle.length > 0 && due.length > 0) {
      const line = idle.shift()!
      const at = due.shift()!
      post(line).then((ok) => {
        if (ok) times.push(performance.now() - at)
        else refused += 1
        idle.push(line)
        pump()
      })
    }
  }
  while (made < total) {
    const now = performance.now()
    for (; made < total && began + (made * 1_000) / rate <= now; made++) due.push(began + (made * 1_000) / rate)
    pump()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const elapsed = performance.now() - began
  const limit = performance.now() + 5_000
  while (times.length + refused < total && performance.now() < limit)
    await new Promise((resolve) => setTimeout(resolve, 5))
  return summary(times, refused, total - times.length - refused, elapsed)
}

function summary(times: number[], refused: number, late: number, ms: number): Loaded {
  const sorted = times.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const perSecond = (sorted.length / ms) * 1_000
  return { perSecond, p50: at(0.5), p99: at(0.99), max: at(1), answered: sorted.length, refused, late }
}

async function open(plan: Plan, i: number): Promise<Line> {
  const chats = Array.from({ length: CHATS }, (_, n) => FIRST_CHAT + n).filter((n) => n % plan.connections === i)
  const socket = connect(plan.port, '127.0.0.1').setNoDelay(true).setEncoding('latin1')
  const line: Line = { socket, chats, next: 0, done: null, buffer: '' }
  socket.on('data', (piece: string) => {
    line.buffer += piece
    const head = line.buffer.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = /\r\ncontent-length: *(\d+)/i.exec(line.buffer)?.[1]
    const whole =
      length === undefined ? line.buffer.endsWith('\r\n0\r\n\r\n') : line.buffer.length >= head + 4 + Number(length)
    if (!whole) return
    const ok = line.buffer.startsWith('HTTP/1.1 200')
    line.buffer = ''
    line.done?.(ok)
  })
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  return line
}

function send(line: Line, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    line.done = resolve
    line.socket.write(
      `POST ${PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
        `X-Telegram-Bot-Api-Secret-Token: ${SECRET}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    )
  })
}

function body(id: number, chat: number, text: string): string {
  const from = { id: chat, is_bot: false, first_name: 'Bình', language_code: 'vi' }
  const message = {
    message_id: id % 1_000_000_000,
    date: Math.floor(Date.now() / 1_000),
    chat: { id: chat, type: 'private', first_name: 'Bình' },
    from,
    text,
  }
  return JSON.stringify({ update_id: id, message })
}
