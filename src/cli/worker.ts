import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { SETTING_NAMES } from '../config.ts'
import { ROOT } from './files.ts'

const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
const MINUTE_MS = 60_000
/** Nothing is sent to anybody, nothing is looked up: all of it runs on this machine. */
const QUIET = { WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', CLOUDFLARE_CF_FETCH_ENABLED: 'false' }

/** The Worker on this machine: workerd with a local D1 and R2, migrated, and a cron of its own. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env.PORT ?? '3000' },
    'persist-to': { type: 'string', default: '.wrangler/state' },
    'no-cron': { type: 'boolean', default: false },
    /** Migrates and builds into the folder, and ends. */
    prepare: { type: 'boolean', default: false },
    /** Runs what `--prepare` made, whatever was edited since: a later edit neither reloads the Worker nor, half done, stops it. */
    prepared: { type: 'boolean', default: false },
  },
})
const folder = resolve(ROOT, values['persist-to'])
mkdirSync(folder, { recursive: true, mode: 0o700 })

const built = join(folder, 'built')
if (!values.prepared) await migrate()
if (values.prepare) {
  await build()
  process.exit()
}
const dev = wrangler(
  [
    'dev',
    '--config',
    join(values.prepared ? built : ROOT, 'wrangler.toml'),
    '--local',
    '--ip',
    '127.0.0.1',
    '--port',
    values.port,
    '--inspector-port',
    '0',
  ].concat(['--persist-to', folder, '--env-file', writeSettings(), '--show-interactive-dev-session=false']),
  'inherit',
)
if (!values['no-cron']) setInterval(poke, MINUTE_MS).unref()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => dev.kill(signal))
process.exitCode = await end(dev)

async function migrate(): Promise<void> {
  const args = ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', folder]
  if ((await end(wrangler(args, 'ignore'))) === 0) return
  console.error('Không áp dụng được các bước chuyển cơ sở dữ liệu (migrations).')
  process.exit(1)
}

async function build(): Promise<void> {
  if ((await end(wrangler(['deploy', '--dry-run', '--outdir', built], 'ignore'))) !== 0) process.exit(1)
  const config = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')
    .replace(/^main = .*$/m, 'main = "worker.js"\nno_bundle = true')
    .replace(/^(\[build\]|command = .*|watch_dir = .*)\n/gm, '')
  writeFileSync(join(built, 'wrangler.toml'), config)
}

/** `CI` keeps it from asking questions. */
function wrangler(args: readonly string[], output: 'inherit' | 'ignore'): ChildProcess {
  const env = { ...process.env, ...QUIET, CI: '1' }
  return spawn(process.execPath, [WRANGLER, ...args], { cwd: ROOT, env, stdio: ['ignore', output, 'inherit'] })
}

function end(child: ChildProcess): Promise<number> {
  return new Promise((done) => child.once('close', (code) => done(code ?? 1)))
}

/** Settings of this shell, and a key that is made once and kept beside the local database. */
function writeSettings(): string {
  const path = join(folder, 'development.env')
  const kept = existsSync(path) ? /^DATA_KEY='(.+)'$/m.exec(readFileSync(path, 'utf8'))?.[1] : undefined
  const settings: Record<string, string> = {
    NODE_ENV: 'development',
    DATA_KEY: kept ?? randomBytes(32).toString('base64'),
  }
  for (const name of SETTING_NAMES) {
    const value = process.env[name]
    if (value !== undefined && value !== '') settings[name] = value
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name}='${value}'\n`)
  writeFileSync(path, lines.join(''), { mode: 0o600 })
  return path
}

/** Locally nobody else calls the cron. */
function poke(): void {
  for (const cron of ['* * * * *', ...(new Date().getMinutes() === 17 ? ['17 * * * *'] : [])]) {
    const url = `http://127.0.0.1:${values.port}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(cron)}`
    fetch(url).catch(() => undefined)
  }
}
