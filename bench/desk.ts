import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figure, figure, short, spread, table, whole } from './figures.ts'
import { runJson } from './process.ts'

const PAGES = ['queue', 'today', 'ticket', 'floor'] as const
type PageName = (typeof PAGES)[number]
const NAMES: Readonly<Record<PageName, string>> = {
  queue: '`/desk/queue`, the first page',
  today: '`/desk`, Hôm nay',
  ticket: 'one conversation',
  floor: '**floor**: a file of the same server',
}

/** One round: milliseconds of each page at three points of its spread, its size, and what the desks did meanwhile. */
export interface DeskRound {
  pages: Record<PageName, { p50: number; p95: number; p99: number; bytes: number; asked: number }>
  open: number
  desks: number
  refreshes: number
  messages: number
}

export interface DeskResult {
  open: number
  desks: number
  cells: Record<PageName, { p50: Figure; p95: Figure; p99: Figure; bytes: number }>
  refreshes: Figure
  messages: Figure
}

/** The desk with many open tickets and several desks that follow them, while people write. */
export async function measureDesk(plan: {
  rounds: number
  open: number
  desks: number
  seconds: number
}): Promise<DeskResult> {
  const folder = mkdtempSync(join(tmpdir(), 'dong-hanh-desk-'))
  const rounds: DeskRound[] = []
  try {
    for (let i = 0; i < plan.rounds; i++) {
      const args = ['bench/desk/run.ts', folder, plan.open, plan.desks, plan.seconds].map(String)
      rounds.push(await runJson<DeskRound>(args))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const cell = (name: PageName) => ({
    p50: figure(rounds.map(({ pages }) => pages[name].p50)),
    p95: figure(rounds.map(({ pages }) => pages[name].p95)),
    p99: figure(rounds.map(({ pages }) => pages[name].p99)),
    bytes: rounds[0]!.pages[name].bytes,
  })
  return {
    open: rounds[0]!.open,
    desks: rounds[0]!.desks,
    cells: Object.fromEntries(PAGES.map((name) => [name, cell(name)])) as DeskResult['cells'],
    refreshes: figure(rounds.map(({ refreshes }) => refreshes)),
    messages: figure(rounds.map(({ messages }) => messages)),
  }
}

export function showDesk({ open, desks, cells, refreshes, messages }: DeskResult): string {
  const ratio = cells.queue.p95.median / cells.floor.p95.median
  return [
    `The real service with ${whole(open)} open tickets; ${desks} desks follow it by their streams and fetch the queue again at every`,
    `change (${whole(refreshes.median)} times), while ${whole(messages.median)} messages arrive. Milliseconds until the last byte, median of the rounds.`,
    '',
    table(
      ['', 'median', '95th percentile', '99th', 'bytes'],
      PAGES.map((name) => {
        const { p50, p95, p99, bytes } = cells[name]
        return [NAMES[name], spread(p50, short), spread(p95, short), spread(p99, short), whole(bytes)]
      }),
    ),
    '',
    `- The queue page's 95th percentile is ${short(cells.queue.p95.median)} ms, ${short(ratio)}× the floor's.`,
  ].join('\n')
}
