import { parentPort, workerData } from 'node:worker_threads'
import { commitGroup, preparing } from './group-commit.ts'
import { emptyLog, openFile } from './sqlite-file.ts'
import type { Answer, Posted } from './writer.ts'

/** The one thread that writes: a group in, what became of each of its units out. */
const database = openFile((workerData as { path: string }).path)
const prepare = preparing(database)
const texts: string[] = []
const port = parentPort!

port.on('message', (posted: Posted) => {
  switch (posted.type) {
    case 'group':
      texts.push(...posted.statements)
      return port.postMessage(commitPosted(posted))
    case 'empty_log':
      emptyLog(database)
      return port.postMessage([])
    case 'close':
      database.close()
      return port.close()
    default:
      return posted satisfies never
  }
})

function commitPosted({ units }: Extract<Posted, { type: 'group' }>): readonly Answer[] {
  const group = units.map(({ rows, queries }) => ({
    rows,
    queries: queries.map(([text, params]) => ({ sql: texts[text]!, params })),
  }))
  return commitGroup(database, prepare, group).map((one) => ('error' in one ? { error: codeOf(one.error) } : one))
}

/** Callers never read an error of the database; its kind is enough for the log. */
function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? (error as Error).name)
}
