import { Worker } from 'node:worker_threads'
import type { Checked, EditedText, Editor, SourceName, TopicFields, Unit } from '../app/editing.ts'
import type { EditorAnswer, EditorCall } from './editor-thread.ts'

const IDLE_MS = 10 * 60_000

/**
 * The authored files and their rules in a thread of their own: reading and checking all of them takes a second, in which
 * nobody who writes may wait. It starts with the first edit, so a start costs nothing, and ends when nobody edits.
 */
export function threadEditor(): Editor & { close(): Promise<void> } {
  let worker: Worker | null = null
  let idle: ReturnType<typeof setTimeout> | undefined
  let serial = 0
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()

  function start(): Worker {
    const started = new Worker(new URL('editor-thread.ts', import.meta.url))
    started.on('message', (answer: EditorAnswer) => {
      const one = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('failed' in answer) one?.reject(new Error(answer.failed))
      else one?.resolve(answer.value)
      if (waiting.size === 0) rest(started)
    })
    // It holds nothing that is not in the files: what waits is told, and the next edit starts another.
    started.on('error', () => undefined)
    started.on('exit', () => {
      if (worker !== started) return
      worker = null
      for (const one of waiting.values()) one.reject(new Error('editor ended'))
      waiting.clear()
    })
    return started
  }

  function rest(started: Worker): void {
    started.unref()
    clearTimeout(idle)
    idle = setTimeout(() => void started.terminate(), IDLE_MS)
    idle.unref()
  }

  function ask<T>(name: EditorCall['name'], ...args: readonly unknown[]): Promise<T> {
    worker ??= start()
    worker.ref()
    clearTimeout(idle)
    const id = ++serial
    const answer = new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: (value) => resolve(value as T), reject })
    })
    worker.postMessage({ id, name, args } satisfies EditorCall)
    return answer
  }

  return {
    units: () => ask<readonly Unit[]>('units'),
    sources: () => ask<readonly SourceName[]>('sources'),
    file: (unit) => ask<string | null>('file', unit),
    check: (edited: EditedText) => ask<Checked>('check', edited),
    read: (unit, text) => ask<TopicFields | null>('read', unit, text),
    write: (unit, text, fields) => ask<string>('write', unit, text, fields),
    async close() {
      clearTimeout(idle)
      await worker?.terminate()
    },
  }
}
