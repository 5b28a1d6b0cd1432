import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { measureBoot, showBoot } from './boot.ts'
import { measureDesk, showDesk } from './desk.ts'
import { measureEngines, showEngines } from './engine.ts'
import { measureGrowth, showGrowth } from './growth.ts'
import { BENCH, ROOT } from './process.ts'
import { keepScore, showScore } from './scorecard.ts'
import { measureTimers, showTimers } from './timers.ts'
import { measureWebhook, showWebhook } from './webhook.ts'

/**
 * `npm run bench` measures everything and writes RESULTS.md. `-- --quick` is for developing the benchmarks, `-- --full`
 * takes growth to ten million messages, `-- --only=engine,webhook` runs some parts; the others keep their last figures.
 */
const quick = process.argv.includes('--quick')
const full = process.argv.includes('--full')
const only = process.argv
  .find((one) => one.startsWith('--only='))
  ?.slice(7)
  .split(',')
const mode = quick ? 'quick' : full ? 'full' : 'default'

interface Section<R> {
  title: string
  measure(): Promise<R>
  show(result: R): string
}

const section = <R>(one: Section<R>): Section<R> => one
const SECTIONS = {
  engine: section({
    title: 'Engine, one core',
    measure: () => measureEngines(quick ? 1 : 5, quick ? 400 : 1_500),
    show: showEngines,
  }),
  webhook: section({
    title: 'A durable webhook over HTTP',
    measure: () =>
      measureWebhook({
        rounds: quick ? 1 : 5,
        connections: quick ? [32] : [1, 32, 128],
        seconds: quick ? 2 : 3,
        warmSeconds: quick ? 1 : 3,
        rate: 3_000,
      }),
    show: showWebhook,
  }),
  growth: section({
    title: 'Growth',
    measure: () => measureGrowth(quick ? 'quick' : full ? 'full' : 'default'),
    show: showGrowth,
  }),
  desk: section({
    title: 'The desk with many who wait',
    measure: () =>
      measureDesk({ rounds: quick ? 1 : 5, open: quick ? 200 : 2_000, desks: 10, seconds: quick ? 3 : 15 }),
    show: showDesk,
  }),
  timers: section({
    title: 'Reminders that fall due',
    measure: () => measureTimers(quick ? 1 : 3, quick ? 5_000 : 100_000),
    show: showTimers,
  }),
  boot: section({
    title: 'Start and memory',
    measure: () => measureBoot(quick ? 2 : 5),
    show: showBoot,
  }),
  scorecard: section({ title: 'Correctness scorecard: twelve nasty scenarios', measure: keepScore, show: showScore }),
}
type Name = keyof typeof SECTIONS

interface Kept {
  at: string
  mode: string
  seconds: number
  result: unknown
}

const NOTES = `## How to read this

- A durable turn here is 8 to 13 rows: the inbound's key, one row for each event, the person's sealed words, the outbox
  row, the conversation; then a claim, a settled row and the bot's own sealed line. Fewer rows would be faster and would
  lose the audit trail that reports and transcripts are made from.
- The disk decides: a turn alone costs its sync and little else, and the floor moves with the disk's mood. Hence the
  interleaving, and hence ratios.`

const DATA = join(BENCH, 'data')
mkdirSync(DATA, { recursive: true })
installPeers()
for (const name of Object.keys(SECTIONS) as Name[]) {
  if (only && !only.includes(name)) continue
  console.error(`${name}: begins`)
  const began = performance.now()
  const result = await SECTIONS[name].measure()
  const kept: Kept = {
    at: new Date().toISOString(),
    mode,
    seconds: Math.round((performance.now() - began) / 1_000),
    result,
  }
  writeFileSync(fileOf(name), JSON.stringify(kept, null, 2))
}
writeFileSync(join(BENCH, 'RESULTS.md'), results())
console.error('bench/RESULTS.md written')

/** The peers live in a package of their own, so that nothing of the product depends on them. */
function installPeers(): void {
  if (existsSync(join(BENCH, 'node_modules/.package-lock.json'))) return
  const { status } = spawnSync('npm', ['ci', '--prefix', 'bench', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) console.error('the peers could not be installed; they are recorded as not run')
}

function fileOf(name: Name): string {
  return join(DATA, `${name}.json`)
}

function results(): string {
  const parts = (Object.keys(SECTIONS) as Name[]).map((name) => {
    if (!existsSync(fileOf(name))) return `## ${SECTIONS[name].title}\n\nNot measured yet.`
    const kept = JSON.parse(readFileSync(fileOf(name), 'utf8')) as Kept
    const when = `Measured ${kept.at.slice(0, 16).replace('T', ' ')} UTC, ${kept.mode} mode, ${kept.seconds} s.`
    const shown = SECTIONS[name].show(kept.result as never)
    return `## ${SECTIONS[name].title}\n\n${when}\n\n${shown}`
  })
  return `${[heading(), ...parts, NOTES].join('\n\n')}\n`
}

function heading(): string {
  const models = [...new Set(cpus().map((one) => one.model.trim()))].join(', ')
  const peers = ['@floip/flow-runner', 'xstate', 'grammy', '@grammyjs/conversations', 'rivescript']
  const ours = ['better-sqlite3', 'hono', '@hono/node-server', 'drizzle-orm', 'grammy']
  return [
    '# Figures',
    '',
    'Written by `npm run bench`; do not edit. Every figure is the median of interleaved runs (five unless it says so) with',
    'the lowest and highest beside it. Same conversation and same promise of durability on both sides; the load generator',
    'stays on loopback and within a fixed time. On a shared machine read ratios before figures.',
    '',
    `- Machine: ${cpus().length} cores (${models}), ${Math.round(totalmem() / 1024 ** 3)} GB, ${type()} ${release()}`,
    `- Node ${process.versions.node}; ${ours.map((name) => `${name} ${version(ROOT, name)}`).join(', ')}`,
    `- Peers: ${peers.map((name) => `${name} ${version(BENCH, name)}`).join(', ')}`,
    '- Again: `npm ci && npm run bench` (`-- --quick` to try it, `-- --full` for ten million messages,',
    '  `-- --only=engine` for one part)',
  ].join('\n')
}

function version(root: string, name: string): string {
  const path = join(root, 'node_modules', name, 'package.json')
  if (!existsSync(path)) return '(not installed)'
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}
