import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { bookFrom } from '../authoring/book-data.ts'
import { chance } from '../authoring/chance.ts'
import { compileBook } from '../authoring/compile.ts'
import { readDraft } from '../authoring/draft.ts'
import { readRows } from '../authoring/labelled.ts'
import { learnWhose } from '../authoring/learn-whose.ts'
import { whoseLessonsOf } from '../authoring/lessons.ts'
import { ROOT, readAuthored } from './files.ts'

const FOLDER = `${ROOT}/content/learned`
const FILE = `${FOLDER}/whose.json`
/** Where lines stand that somebody judged; those in `whose` teach nothing else. */
const JUDGED = [FOLDER, `${FOLDER}/waiting`, `${FOLDER}/whose`]
const SEED = 37

/**
 * `npm run learn:whose`: whose a danger is, from the lines that say it, in seconds; the same lines always give the same file.
 * `--check` tells whether the file is what they give.
 */
function main(): void {
  const { safety } = bookFrom(compileBook(readDraft(readAuthored())))
  if (!safety) throw new Error('no rules of safety')
  const lessons = whoseLessonsOf(JUDGED.flatMap(rowsIn), safety)
  const { before, weights } = learnWhose(lessons, chance(SEED))
  const lines = Object.entries(weights).map(([name, weight]) => `${JSON.stringify(name)}: ${weight}`)
  const text = `{"before": ${before}, "weights": {\n${lines.join(',\n')}\n}}\n`
  if (!process.argv.includes('--check')) {
    writeFileSync(FILE, text)
    console.log(`${lessons.length} bài, ${lines.length} nét`)
  } else if (!existsSync(FILE) || text !== readFileSync(FILE, 'utf8')) {
    console.error('content/learned/whose.json không phải từ các dòng đang có. Chạy: npm run learn:whose')
    process.exitCode = 1
  }
}

function rowsIn(folder: string) {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.tsv'))
    .sort()
  return files.flatMap((name) => readRows(readFileSync(`${folder}/${name}`, 'utf8')))
}

main()
