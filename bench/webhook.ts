import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figure, figure, goal, short, spread, table, whole } from './figures.ts'
import { runJson, type Server, startArgs, startServer } from './process.ts'
import type { Loaded, Plan } from './webhook/load.ts'
import { SECRET, TOKEN } from './webhook/talk.ts'

const DESIGNS = [
  { id: 'bare', name: 'bare Hono, JSON read' },
  { id: 'commit', name: 'raw commit per turn, our rows, nothing sent' },
  { id: 'book', name: 'raw commit per turn, and one more for the delivery' },
  { id: 'group', name: '**floor**: raw group commit, our SQL, our sealed bytes, delivery bookkeeping' },
  { id: 'ours', name: '**ours, complete**: decided, sealed, committed, sent and settled' },
] as const

type Id = (typeof DESIGNS)[number]['id']

interface Cell {
  rate: Figure
  p50: Figure
  p99: Figure
  memory: Figure
  refused: number
}

export interface WebhookResult {
  connections: readonly number[]
  cells: Record<string, Cell>
  /** Messages that reached the platform per turn accepted, while the load lasted. */
  sentShare: Record<string, number>
  fixed: { rate: number; ours: Cell & { late: number }; floor: Cell & { late: number } }
}

export interface WebhookPlan {
  rounds: number
  connections: readonly number[]
  seconds: number
  warmSeconds: number
  rate: number
}

export async function measureWebhook(plan: WebhookPlan): Promise<WebhookResult> {
  const runs = new Map<string, (Loaded & { memory: number })[]>()
  const sent = new Map<string, number[]>()
  const note = (name: string, one: Loaded & { memory: number }) => runs.set(name, [...(runs.get(name) ?? []), one])
  for (let round = 0; round < plan.rounds; round++) {
    for (const connections of plan.connections)
      for (const { id } of DESIGNS) {
        const load = { connections, rate: null, warmSeconds: plan.warmSeconds, seconds: plan.seconds }
        const { loaded, share } = await measureOne(id, load)
        note(`${id} ${connections}`, loaded)
        if (share !== null) sent.set(`${connections}`, [...(sent.get(`${connections}`) ?? []), share])
      }
    for (const id of ['group', 'ours'] as const) {
      const load = { connections: 32, rate: plan.rate, warmSeconds: plan.warmSeconds, seconds: plan.seconds }
      note(`${id} fixed`, (await measureOne(id, load)).loaded)
    }
    console.error(`webhook: round ${round + 1} of ${plan.rounds}`)
  }
  const cell = (name: string): Cell & { late: number } => {
    const all = runs.get(name)!
    const of = (pick: (one: Loaded & { memory: number }) => number) => figure(all.map(pick))
    return {
      rate: of((one) => one.perSecond),
      p50: of((one) => one.p50),
      p99: of((one) => one.p99),
      memory: of((one) => one.memory),
      refused: all.reduce((sum, one) => sum + one.refused, 0),
      late: all.reduce((sum, one) => sum + one.late, 0),
    }
  }
  return {
    connections: plan.connections,
    cells: Object.fromEntries(
      [...runs.keys()].filter((name) => !name.endsWith('fixed')).map((name) => [name, cell(name)]),
    ),
    sentShare: Object.fromEntries([...sent].map(([name, shares]) => [name, figure(shares).median])),
    fixed: { rate: plan.rate, ours: cell('ours fixed'), floor: cell('group fixed') },
  }
}

async function measureOne(
  id: Id,
  load: Omit<Plan, 'port'>,
): Promise<{ loaded: Loaded & { memory: number }; share: number | null }> {
  const folder = mkdtempSync(join(tmpdir(), 'dong-hanh-bench-'))
  const api = id === 'ours' ? await startServer(['bench/webhook/telegram-api.mjs']) : null
  const server = await start(id, folder, api)
  try {
    const counting = api ? countDuring(api, load) : null
    const plan: Plan = { ...load, port: server.port }
    const loaded = await runJson<Loaded>(['bench/webhook/load.ts', JSON.stringify(plan)])
    const sent = counting ? await counting : null
    return {
      loaded: { ...loaded, memory: server.memory() },
      share: sent === null ? null : sent / (loaded.perSecond * load.seconds),
    }
  } finally {
    await server.stop()
    await api?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function start(id: Id, folder: string, api: Server | null): Promise<Server> {
  switch (id) {
    case 'bare':
      return startServer(['bench/webhook/bare.ts'])
    case 'commit':
    case 'book':
    case 'group':
      return startServer(['bench/webhook/raw.ts', id, folder])
    case 'ours':
      return startServer(startArgs(), serviceEnv(folder, api!.port))
    default:
      return id satisfies never
  }
}

/** The real service as `npm start` runs it: default log level, default settings. */
export function serviceEnv(folder: string, apiPort: number): Record<string, string> {
  return {
    PORT: '0',
    DATABASE_PATH: join(folder, 'ours.sqlite'),
    KEYS_PATH: join(folder, 'ours-keys.sqlite'),
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    TELEGRAM_API_ROOT: `http://127.0.0.1:${apiPort}`,
    NODE_COMPILE_CACHE: 'node_modules/.cache/compile',
  }
}

/** How many messages reached the platform while the measured part of the load ran. */
async function countDuring(api: Server, load: Omit<Plan, 'port'>): Promise<number> {
  const count = async () => Number(await (await fetch(`http://127.0.0.1:${api.port}/count`)).text())
  // The generator needs a moment to start; what is compared is a rate over the same length of time.
  await new Promise((resolve) => setTimeout(resolve, load.warmSeconds * 1_000 + 300))
  const before = await count()
  await new Promise((resolve) => setTimeout(resolve, load.seconds * 1_000 - 400))
  return ((await count()) - before) * (load.seconds / (load.seconds - 0.4))
}

/** Taken with the processor's and V8's own profilers; not measured anew by a run. */
const PROFILE = `Where the rest goes: a profile of \`ours\` at 32 connections, 2026-11-25, two cores. Main thread: reading the
database 11 %, the engine 9 %, HTTP in and its framework 12 %, the call to the platform 13 %, sealing, hashing and random
bytes 7 %, garbage 6 %, handing groups to the thread that writes 3 %, waiting for it 20 %; what is left are promises and
many small things, none above 2 %. The thread that writes is busy 60 % of the time, two thirds of that in commits. With the
load generator and the platform beside it both cores are full, so a turn is as fast as its code is short; the floor does
none of the former, it neither decides nor seals nor sends. A commit alone takes 0.6 ms on this disk (0.35 ms for the sync
and 6 µs more for each page): where the floor itself does not hold the fixed rate, no design with these rows can. What was
tried is in docs/decisions/008-a-thread-that-writes.md.`

export function showWebhook(result: WebhookResult): string {
  const rate = (id: Id, connections: number) => result.cells[`${id} ${connections}`]?.rate.median ?? 0
  const rows = result.connections.flatMap((connections) =>
    DESIGNS.map(({ id, name }) => {
      const cell = result.cells[`${id} ${connections}`]!
      return [
        String(connections),
        name,
        spread(cell.rate),
        `${short((100 * cell.rate.median) / rate('group', connections))} %`,
        `${short(cell.rate.median / rate('commit', connections))}×`,
        short(cell.p50.median),
        spread(cell.p99, short),
        whole(cell.memory.median),
      ]
    }),
  )
  const { fixed } = result
  const at = result.connections.includes(32) ? 32 : result.connections[0]!
  const ofFloor = rate('ours', at) / rate('group', at)
  const refused = Object.values(result.cells).reduce((sum, cell) => sum + cell.refused, 0)
  return [
    'One update of a known person in, one answer out. Load generator, platform and service are three processes on the same',
    'cores. The floor replays the statements our own code was seen to run, with fresh keys and ids. It seals, decides,',
    'composes, logs and sends nothing, and puts claims into the same transaction as turns.',
    '',
    table(
      [
        'connections',
        'design',
        'turns/s, median (spread)',
        'of the floor',
        'vs commit per turn',
        'p50 ms',
        'p99 ms',
        'RSS MB',
      ],
      rows,
    ),
    '',
    `Messages that reached the platform per accepted turn while the load lasted: ${result.connections
      .map((n) => `${short(result.sentShare[String(n)] ?? 0)} at ${n}`)
      .join(', ')}. What is below one waits in the outbox and goes out after the burst.`,
    `Answers other than 200: ${refused}.`,
    '',
    `**${whole(fixed.rate)} turns/s, fixed, 32 connections** (latency counted from when an update was due):`,
    '',
    table(
      ['design', 'turns/s', 'p50 ms', 'p99 ms', 'RSS MB', 'not answered in time'],
      [
        ['floor', fixed.floor],
        ['ours, complete', fixed.ours],
      ].map(([name, cell]) => {
        const { rate: done, p50, p99, memory, late } = cell as Cell & { late: number }
        return [name as string, spread(done), short(p50.median), spread(p99, short), whole(memory.median), String(late)]
      }),
    ),
    '',
    `- ${goal(`≥ 60 % of the floor at ${at} connections`, ofFloor >= 0.6)} (${short(100 * ofFloor)} %).`,
    `- ${goal('≥ 2× commit per turn', rate('ours', at) >= 2 * rate('commit', at))} (${short(rate('ours', at) / rate('commit', at))}×; ${short(rate('ours', at) / rate('book', at))}× one that also keeps the delivery's books).`,
    `- ${goal(`p99 ≤ 15 ms at ${whole(fixed.rate)} turns/s`, fixed.ours.p99.median <= 15)} (${short(fixed.ours.p99.median)} ms; the floor ${short(fixed.floor.p99.median)} ms).`,
    '',
    PROFILE,
  ].join('\n')
}
