import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { bookFrom } from '../authoring/book-data.ts'
import { compileBook } from '../authoring/compile.ts'
import { readDraft } from '../authoring/draft.ts'
import { readRows } from '../authoring/labelled.ts'
import { score } from '../authoring/safety-score.ts'
import { intentOf } from '../engine/retrieve.ts'
import { assess } from '../engine/safety/assess.ts'
import { ROOT, readAuthored } from './files.ts'

/** `npm run safety`: how often the detector is right on labelled lines, and how often it flags everyday text. */
function main(): void {
  const { values } = parseArgs({ options: { file: { type: 'string' }, json: { type: 'boolean', default: false } } })
  const file = values.file ?? `${ROOT}/content/learned/open.tsv`
  const book = bookFrom(compileBook(readDraft(readAuthored())))
  const result = score(
    readRows(readFileSync(file, 'utf8')),
    (text) => assess(book, text),
    (text) => intentOf(book, text),
  )
  console.log(values.json ? JSON.stringify(result, null, 1) : print(result))
}

function print(result: ReturnType<typeof score>): string {
  const { wrong, flaggedTexts, confusion, ...figures } = result
  return [
    ...Object.entries(figures).map(([name, value]) => `${name}\t${value}`),
    ...(confusion ? ['', 'confusion (label → detector)', JSON.stringify(confusion)] : []),
    '',
    ...wrong.map(({ text, expected, got, rule }) => `${expected} → ${got} (${rule ?? '–'})\t${text}`),
    ...flaggedTexts.map(({ text, got, rule }) => `${got} (${rule ?? '–'})\t${text}`),
  ].join('\n')
}

main()
