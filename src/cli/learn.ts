import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { bookFrom } from '../authoring/book-data.ts'
import { compileBook } from '../authoring/compile.ts'
import { type Draft, readDraft } from '../authoring/draft.ts'
import { type Row, readRows } from '../authoring/labelled.ts'
import { type Lesson, learn } from '../authoring/learn.ts'
import { lessonsOf } from '../authoring/lessons.ts'
import { features } from '../engine/learned/features.ts'
import { ROOT, readAuthored } from './files.ts'

/** Chosen by leaving authors out, and with all measuring files but the last two in view (decision 031). */
const BARS = { danger: 3, perhaps: -0.25, emergency: -2, short: 2 }
const FOLDER = `${ROOT}/content/learned`
const FILE = `${FOLDER}/weights.json`

/**
 * `npm run learn`: weights from the lines in `content/learned`; the same lines always give the same file. `--check` tells
 * in seconds whether the file says it is from these lessons and this learner, and nobody changed it since.
 */
function main(): void {
  const draft = readDraft(readAuthored())
  const { safety } = bookFrom(compileBook(draft))
  if (!safety) throw new Error('no rules of safety')
  const rows = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .flatMap((name) => readRows(readFileSync(`${FOLDER}/${name}`, 'utf8')))
    .filter((row) => row.level !== null)
    .concat(places(draft))
  const { classes, lessons } = lessonsOf(rows, safety)
  const from = hashOf(classes, lessons)
  if (process.argv.includes('--check')) {
    const [head = '', ...body] = readFileSync(FILE, 'utf8').split('\n')
    if (head === headOf(from, body.join('\n'))) return
    console.error('content/learned/weights.json không phải từ các dòng đang có. Chạy: npm run learn')
    process.exitCode = 1
  } else {
    const net = learn(classes, lessons)
    const body = print({ ...net, bars: BARS })
    writeFileSync(FILE, `${headOf(from, body)}\n${body}`)
    console.log(`${rows.length} dòng, ${net.features.length} nét`)
  }
}

/** Names of places, which people type all day; none of them is a danger. Labels and titles stand in a file of their own. */
function places({ communes }: Draft): readonly Row[] {
  return [...new Set(communes.map(({ value }) => value.name))].map((text) => ({
    text,
    intent: null,
    level: 'none',
    note: '',
  }))
}

/** All that the file depends on: what the lessons hold, how they are learnt, and the bars. */
function hashOf(classes: readonly string[], lessons: readonly Lesson[]): string {
  const hash = createHash('sha256').update(JSON.stringify([classes, BARS]))
  hash.update(readFileSync(`${ROOT}/src/authoring/learn.ts`))
  for (const { ways, times, truth } of lessons)
    hash.update(`${times} ${truth.join()} ${ways.map((way) => [...features(way)].join()).join(';')}\n`)
  return hash.digest('hex')
}

/** The first line of the file: what it is from, and the mark of all that follows. */
function headOf(from: string, body: string): string {
  return `{"from": "${from}", "mark": "${createHash('sha256').update(body).digest('hex')}",`
}

/** One name a line, so that a change of the lines shows what came and went. */
function print({ features, vectors, ...head }: ReturnType<typeof learn> & { bars: typeof BARS }): string {
  const names = features.map((name) => `  ${JSON.stringify(name)}`).join(',\n')
  return `${JSON.stringify(head).slice(1, -1)},\n "features": [\n${names}\n ],\n "vectors": "${vectors}"}\n`
}

main()
