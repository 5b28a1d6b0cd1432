import { parentPort } from 'node:worker_threads'
import { openEditor } from '../authoring/editor.ts'
import { readAuthored } from './files.ts'

export type EditorCall = { id: number; name: keyof ReturnType<typeof openEditor>; args: readonly unknown[] }
export type EditorAnswer = { id: number; value: unknown } | { id: number; failed: string }

const editor = openEditor(readAuthored())

parentPort?.on('message', ({ id, name, args }: EditorCall) => {
  try {
    const work = editor[name] as (...given: readonly unknown[]) => unknown
    parentPort?.postMessage({ id, value: work(...args) } satisfies EditorAnswer)
  } catch (error) {
    parentPort?.postMessage({ id, failed: error instanceof Error ? error.name : 'Error' } satisfies EditorAnswer)
  }
})
