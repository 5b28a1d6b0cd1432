import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../../src/cli/files.ts'

/** The real service in a process of its own, on a port the system chose. */
export interface Running {
  origin: string
  /** The path of the one-time set-up link, printed only on an empty database. */
  setupPath(): string | null
  /** Everything printed so far. */
  output(): string
  /** The log lines so far, parsed. */
  log(): readonly Record<string, unknown>[]
  /** Asks it to stop, as a supervisor does; the exit code. */
  stop(): Promise<number | null>
  pid: number
  /** Pulls the plug. */
  kill(): Promise<void>
  signal(name: NodeJS.Signals): void
}

export interface Starting {
  /** Rejects, with what was printed, when the process ends before it listens. */
  listening: Promise<Running>
  kill(): Promise<void>
}

export type Environment = Readonly<Record<string, string>>

const started = new Set<ChildProcess>()
const folders: string[] = []

/** A folder for the databases of one test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dong-hanh-service-'))
  folders.push(folder)
  return folder
}

/** Ends whatever a failed test left behind. */
export async function cleanUp(): Promise<void> {
  await Promise.all([...started].map((child) => end(child, 'SIGKILL')))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** Starts the service and waits until it listens. */
export function startService(folder: string, env: Environment, nodeArgs: readonly string[] = []): Promise<Running> {
  return spawnService(folder, env, nodeArgs).listening
}

/**
 * Starts the service; a test may pull the plug before it listens.
 * @param through a command that becomes the service, such as a tracer
 */
export function spawnService(
  folder: string,
  env: Environment,
  nodeArgs: readonly string[] = [],
  through: readonly string[] = [],
): Starting {
  const [command = '', ...args] = [...through, process.execPath, ...nodeArgs, 'src/node.ts']
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_PATH: join(folder, 'service.sqlite'),
      KEYS_PATH: join(folder, 'keys.sqlite'),
      LOG_LEVEL: 'info',
      ...env,
    },
  })
  started.add(child)
  child.once('close', () => started.delete(child))
  let printed = ''
  const listening = new Promise<Running>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (piece: string) => {
        printed += piece
        const port = portIn(printed)
        if (port !== null) resolve(running(child, port, () => printed))
      })
    }
    child.once('close', () => reject(new Error(`the service ended before it listened:\n${printed}`)))
  })
  listening.catch(() => undefined)
  return { listening, kill: async () => void (await end(child, 'SIGKILL')) }
}

function running(child: ChildProcess, port: number, output: () => string): Running {
  return {
    origin: `http://127.0.0.1:${port}`,
    setupPath: () => /\/desk\/setup\?token=[\w-]+/.exec(output())?.[0] ?? null,
    output,
    log: () => logLines(output()),
    stop: () => end(child, 'SIGTERM'),
    pid: child.pid!,
    kill: async () => void (await end(child, 'SIGKILL')),
    signal: (name) => void child.kill(name),
  }
}

function portIn(printed: string): number | null {
  const line = logLines(printed).find(({ event }) => event === 'listening')
  // The set-up link is printed right after; whole lines only.
  return line !== undefined && printed.includes('/desk') ? Number(line.port) : null
}

function logLines(printed: string): readonly Record<string, unknown>[] {
  const whole = printed.slice(0, printed.lastIndexOf('\n') + 1).split('\n')
  return whole.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>)
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.kill(signal)
  await closed
  return child.exitCode
}

/** Asks again until there is an answer; the runner's own limit ends a wait that is in vain. */
export async function eventually<T>(
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
): Promise<T> {
  for (;;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
