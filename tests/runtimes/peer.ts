import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../../src/cli/files.ts'
import { eventually, startService } from '../e2e/service.ts'

/** The service as its callers see it, whichever runtime carries it. */
export interface Peer {
  origin: string
  /** The path of the one-time set-up link, printed only on an empty database. */
  setupPath(): string | null
  output(): string
  stop(): Promise<void>
  kill(): Promise<void>
}

export type Start = (folder: string, env?: Readonly<Record<string, string>>) => Promise<Peer>

export const startNode: Start = async (folder, env = {}) => {
  const running = await startService(folder, env)
  return { ...running, stop: async () => void (await running.stop()) }
}

const started = new Set<ChildProcess>()

let prepared: string | null = null

/** Twenty migrations and a build take half a minute: made once, then copied into each new folder. */
function prepare(folder: string): void {
  if (prepared === null) {
    prepared = mkdtempSync(join(tmpdir(), 'dong-hanh-worker-'))
    execFileSync(process.execPath, ['src/cli/worker.ts', '--prepare', '--persist-to', prepared], { cwd: ROOT })
  }
  if (!existsSync(join(folder, 'built'))) cpSync(prepared, folder, { recursive: true })
}

/** `npm run worker` on a port and a folder of its own: wrangler and workerd in one process group. */
export const startWorker: Start = async (folder, env = {}) => {
  prepare(folder)
  const port = await freePort()
  const child = spawn(
    process.execPath,
    ['src/cli/worker.ts', '--port', `${port}`, '--persist-to', folder, '--no-cron', '--prepared'],
    {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
    },
  )
  started.add(child)
  let closed = false
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      printed += piece
    })
  over.then(() => {
    closed = true
    started.delete(child)
  })
  const origin = `http://127.0.0.1:${port}`
  await eventually(async () => {
    if (closed) throw new Error(`the worker ended before it listened:\n${printed}`)
    return (await fetch(`${origin}/readyz`).catch(() => null))?.ok
  })
  return {
    origin,
    setupPath: () => /\/desk\/setup\?token=[\w-]+/.exec(printed)?.[0] ?? null,
    output: () => printed,
    stop: async () => end(child, over, 'SIGTERM'),
    kill: async () => end(child, over, 'SIGKILL'),
  }
}

/** Ends whatever a failed test left behind. */
export function endWorkers(): void {
  for (const child of started) signalGroup(child, 'SIGKILL')
  if (prepared !== null) rmSync(prepared, { recursive: true, force: true })
  prepared = null
}

async function end(child: ChildProcess, over: Promise<void>, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  signalGroup(child, signal)
  await over
  signalGroup(child, 'SIGKILL')
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, signal)
  } catch {
    // The group is already gone.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
