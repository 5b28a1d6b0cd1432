import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const BENCH = fileURLToPath(new URL('.', import.meta.url))
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

type Env = Readonly<Record<string, string>>

export interface Server {
  port: number
  /** Milliseconds from the start of the process to its port. */
  startedIn: number
  /** Resident memory now, in MB. */
  memory(): number
  stop(): Promise<void>
}

/** What follows `node` in `npm start`, so that what is measured runs as it runs for people. */
export function startArgs(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } }
  const args = / node (--.+)$/.exec(scripts.start)?.[1]?.split(' ')
  if (!args?.includes('src/node.ts')) throw new Error('npm start does not run src/node.ts any more')
  return args.filter((one) => !one.startsWith('--env-file'))
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a server of ours in a process of its own and waits until it says its port. */
export function startServer(args: readonly string[], env: Env = {}): Promise<Server> {
  const began = performance.now()
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
  })
  running.add(child)
  child.once('close', () => running.delete(child))
  return new Promise((resolve, reject) => {
    let printed = ''
    let found = false
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (piece: string) => {
        // Read on and forget: a full pipe would stand in the way of the service.
        if (found) return
        printed += piece
        const port = /"port":(\d+)/.exec(printed)?.[1]
        if (port === undefined) return
        found = true
        resolve({
          port: Number(port),
          startedIn: performance.now() - began,
          memory: () => memoryOf(child.pid!),
          stop: () => stop(child),
        })
      })
    child.once('close', () => {
      if (!found) reject(new Error(`${args.join(' ')} ended before it listened:\n${printed}`))
    })
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await closed
  clearTimeout(timer)
}

function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes ?? 0) / 1_024
}

/** Runs a program whose last line is JSON. */
export function runJson<T>(args: readonly string[], env: Env = {}): Promise<T> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
  })
  running.add(child)
  let out = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    out += piece
  })
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    errors += piece
  })
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      running.delete(child)
      const line = out.trimEnd().split('\n').at(-1) ?? ''
      if (code !== 0) return reject(new Error(`${args.join(' ')} ended with ${code}:\n${errors.slice(0, 2_000)}`))
      try {
        resolve(JSON.parse(line) as T)
      } catch {
        reject(new Error(`${args.join(' ')} printed no JSON: ${line.slice(0, 200)}`))
      }
    })
  })
}
