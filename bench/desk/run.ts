import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { receive } from '../../src/app/handle.ts'
import { readConfig } from '../../src/config.ts'
import type { StaffMember } from '../../src/engine/staff.ts'
import { openService } from '../../src/service.ts'
import { openTickets } from '../../src/store/tickets.ts'
import { sessionCookie } from '../../tests/web/sessions.ts'
import type { DeskRound } from '../desk.ts'
import { startArgs, startServer } from '../process.ts'

/** One round of the desk: fills the database when it is empty, then measures the service as it runs for people. */
const [folder = '', openWanted = '2000', desksWanted = '10', seconds = '10'] = process.argv.slice(2)
const env = {
  DATABASE_PATH: join(folder, 'desk.sqlite'),
  KEYS_PATH: join(folder, 'keys.sqlite'),
  PORT: '0',
  LOG_LEVEL: 'info',
}
const visitor = (n: number) => String(n).padStart(43, 'v')
const open = Number(openWanted)
const desks = Number(desksWanted)

const { cookies, ticket } = await fill()
const server = await startServer(startArgs(), env)
const origin = `http://127.0.0.1:${server.port}`
const until = performance.now() + Number(seconds) * 1_000
let refreshes = 0
let messages = 0
try {
  const asked = { queue: '/desk/queue', today: '/desk', ticket: `/desk/tickets/${ticket}`, floor: '/assets/desk.css' }
  for (const path of Object.values(asked)) for (let i = 0; i < 5; i++) await timed(path, cookies[0]!)
  const gone = new AbortController()
  const following = cookies.map((cookie) => follow(cookie, gone.signal))
  const writing = write()
  const times: Record<string, number[]> = { queue: [], today: [], ticket: [], floor: [] }
  const bytes: Record<string, number> = {}
  for (let i = 0; performance.now() < until; i++)
    for (const [name, path] of Object.entries(asked)) {
      const one = await timed(path, cookies[i % cookies.length]!)
      times[name]!.push(one.millis)
      bytes[name] = one.bytes
    }
  await writing
  gone.abort()
  await Promise.allSettled(following)
  const pages = Object.fromEntries(
    Object.entries(times).map(([name, all]) => {
      const sorted = all.sort((a, b) => a - b)
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!
      return [name, { p50: at(0.5), p95: at(0.95), p99: at(0.99), bytes: bytes[name]!, asked: sorted.length }]
    }),
  )
  const round: DeskRound = { pages: pages as DeskRound['pages'], open, desks, refreshes, messages }
  console.log(JSON.stringify(round))
} finally {
  await server.stop()
}

/** People who asked for a human, each third of them in danger or holding on, and a desk for each counsellor. */
async function fill(): Promise<{ cookies: readonly string[]; ticket: string }> {
  const fresh = !existsSync(env.DATABASE_PATH)
  const service = await openService(readConfig({ ...env, LOG_LEVEL: 'silent' }))
  const { app } = service
  if (fresh)
    for (let n = 0; n < open; n++)
      for (const text of ['chào', n % 20 === 0 ? 'em không muốn sống nữa' : 'gặp người'])
        await receive(app, 'webchat', 'web', {
          key: randomUUID(),
          handle: visitor(n),
          at: app.now(),
          event: { type: 'message', text },
        })
  const cookies: string[] = []
  for (let n = 0; n < desks; n++) cookies.push(await sessionCookie(app, counsellor(n)))
  const [first] = await openTickets(app.store)
  await service.close()
  return { cookies, ticket: first!.id }
}

function counsellor(n: number): StaffMember {
  const rest = { shownAs: `Cán bộ ${n}`, affiliation: 'y_te', roles: ['counsellor'], point: null } as const
  return { id: `bench-${n}`, ...rest, duty: null, active: true, languages: [] }
}

async function timed(path: string, cookie: string): Promise<{ millis: number; bytes: number }> {
  const began = performance.now()
  const response = await fetch(origin + path, { headers: { Cookie: cookie, Accept: 'text/html' } })
  const { byteLength } = await response.arrayBuffer()
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`)
  return { millis: performance.now() - began, bytes: byteLength }
}

/** As the page's script does: one fetch after a change, and none more while it runs. */
async function follow(cookie: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${origin}/desk/events`, { headers: { Cookie: cookie }, signal })
  let busy = false
  for await (const piece of response.body!) {
    if (
      busy ||
      !Buffer.from(piece as Uint8Array)
        .toString()
        .includes('data:')
    )
      continue
    busy = true
    fetch(`${origin}/desk/queue`, { headers: { Cookie: cookie, 'X-Part': 'live', 'Sec-Fetch-Mode': 'cors' }, signal })
      .then((page) => page.arrayBuffer())
      .then(() => {
        refreshes += 1
      })
      .catch(() => undefined)
      .finally(() => {
        busy = false
      })
  }
}

/** Ten people a second write to somebody who is not there yet. */
async function write(): Promise<void> {
  while (performance.now() < until) {
    const n = messages % open
    const body = JSON.stringify({ id: randomUUID(), text: 'em vẫn chờ' })
    const headers = { 'Content-Type': 'application/json', Cookie: `dh=${visitor(n)}` }
    const response = await fetch(`${origin}/chat/messages`, { method: 'POST', headers, body })
    if (response.status !== 202) throw new Error(`the chat answered ${response.status}`)
    messages += 1
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
