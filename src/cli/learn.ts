import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { bookFrom } from '../authoring/book-data.ts'
import { compileBook } from '../authoring/compile.ts'
import { type Draft, readDraft } from '../authoring/draft.ts'
import { readRows } from '../authoring/labelled.ts'
import { type LearntNet, type Lesson, learnNet, readFeatures, stacked } from '../authoring/learn.ts'
import { type AuthoredRow, lessonsOf } from '../authoring/lessons.ts'
import { features, NETS } from '../engine/learned/features.ts'
import type { SafetyRules } from '../engine/safety/rules.ts'
import { ROOT, readAuthored } from './files.ts'

/** Chosen with all measuring files but the last two in view (decision 035). */
const BARS = { danger: 0, both: -2.5, emergency: -3, short: 0.9 }
const FOLDER = `${ROOT}/content/learned`
const FILE = `${FOLDER}/weights.json`

/**
 * `npm run learn`: weights from the lines in `content/learned`; the same lines always give the same file. `--check` tells
 * in seconds whether the file says it is from these lessons and this learner, and nobody changed it since.
 */
async function main(): Promise<void> {
  const { classes, lessons } = lessonsOf(...authored())
  const from = hashOf(classes, lessons)
  if (process.argv.includes('--check')) {
    const [head = '', ...body] = readFileSync(FILE, 'utf8').split('\n')
    if (head === headOf(from, body.join('\n'))) return
    console.error('content/learned/weights.json không phải từ các dòng đang có. Chạy: npm run learn')
    process.exitCode = 1
    return
  }
  const nets = await Promise.all(NETS.map((_, net) => learntBeside(net)))
  const { names } = readFeatures(lessons)
  const body = print({ ...stacked(classes, lessons, names, nets), bars: BARS })
  writeFileSync(FILE, `${headOf(from, body)}\n${body}`)
  console.log(`${lessons.length} dòng, ${nets.map(({ whole }) => whole.kept.length).join(' + ')} nét`)
}

/** One of the nets, learnt on a core of its own: each takes minutes. */
function learntBeside(net: number): Promise<LearntNet> {
  return new Promise((learnt, failed) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: net,
      resourceLimits: { maxOldGenerationSizeMb: 6000 },
    })
    worker.once('message', learnt)
    worker.once('error', failed)
  })
}

function beside(): void {
  const { classes, lessons } = lessonsOf(...authored())
  parentPort!.postMessage(learnNet(workerData as number, classes, lessons, readFeatures(lessons)))
}

/** The lines that teach, and the rules they are read by. */
function authored(): [readonly AuthoredRow[], SafetyRules] {
  const draft = readDraft(readAuthored())
  const { safety } = bookFrom(compileBook(draft))
  if (!safety) throw new Error('no rules of safety')
  const rows = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .flatMap((author) => readRows(readFileSync(`${FOLDER}/${author}`, 'utf8')).map((row) => ({ ...row, author })))
    .filter((row) => row.level !== null)
  return [[...rows, ...places(draft)], safety]
}

/** Names of places, which people type all day; none of them is a danger. Labels and titles stand in a file of their own. */
function places({ communes }: Draft): readonly AuthoredRow[] {
  return [...new Set(communes.map(({ value }) => value.name))].map((text) => ({
    author: 'places',
    text,
    intent: null,
    level: 'none',
    note: '',
  }))
}

/** All that the file depends on: what the lessons hold, how they are learnt, and the bars. */
function hashOf(classes: readonly string[], lessons: readonly Lesson[]): string {
  const hash = createHash('sha256').update(JSON.stringify([classes, BARS]))
  for (const file of ['learn', 'descend', 'learn-stack', 'chance'])
    hash.update(readFileSync(`${ROOT}/src/authoring/${file}.ts`))
  for (const { author, ways, times, truth } of lessons)
    hash.update(`${author} ${times} ${truth.join()} ${ways.map((way) => [...features(way)].join()).join(';')}\n`)
  return hash.digest('hex')
}

/** The first line of the file: what it is from, and the mark of all that follows. */
function headOf(from: string, body: string): string {
  return `{"from": "${from}", "mark": "${createHash('sha256').update(body).digest('hex')}",`
}

/** One name a line, so that a change of the lines shows what came and went. */
function print({ features, vectors, ...head }: ReturnType<typeof stacked> & { bars: typeof BARS }): string {
  const groups = features.map(({ nets, names }) => {
    const lines = names.map((name) => `  ${JSON.stringify(name)}`).join(',\n')
    return `{"nets": ${JSON.stringify(nets)}, "names": [\n${lines}\n ]}`
  })
  return `${JSON.stringify(head).slice(1, -1)},\n "features": [${groups.join(', ')}],\n "vectors": ${JSON.stringify(vectors, null, 1)}}\n`
}

if (isMainThread) await main()
else beside()
