import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runJson, startArgs, startServer } from '../process.ts'
import { serviceEnv } from '../webhook.ts'

/** A start on an existing database, memory when nothing happens, and memory at the end of a load. */
const folder = mkdtempSync(join(tmpdir(), 'dong-hanh-boot-'))
const api = await startServer(['bench/webhook/telegram-api.mjs'])
const env = serviceEnv(folder, api.port)
await (await startServer(startArgs(), env)).stop()

const began = performance.now()
const server = await startServer(startArgs(), env)
await fetch(`http://127.0.0.1:${server.port}/healthz`)
const start = performance.now() - began
await new Promise((resolve) => setTimeout(resolve, 4_000))
const rest = server.memory()
const load = { port: server.port, connections: 32, rate: null, warmSeconds: 4, seconds: 4 }
await runJson(['bench/webhook/load.ts', JSON.stringify(load)])
const loaded = server.memory()
await server.stop()
await api.stop()
rmSync(folder, { recursive: true, force: true })
console.log(JSON.stringify({ start, rest, load: loaded }))
