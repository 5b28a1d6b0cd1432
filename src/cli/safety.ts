import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { bookFrom } from '../authoring/book-data.ts'
import { compileBook } from '../authoring/compile.ts'
import { readDraft } from '../authoring/draft.ts'
import { type Row, score } from '../authoring/safety-score.ts'
import { assess } from '../engine/safety/assess.ts'
import { ROOT, readAuthored } from './files.ts'

/** `npm run safety`: how often the detector is right on labelled lines, and how often it flags everyday text. */
function main(): void {
  const { values } = parseArgs({ options: { file: { type: 'string' }, json: { type: 'boolean', default: false } } })
  const file = values.file ?? `${ROOT}/tests/safety/open.tsv`
  const book = bookFrom(compileBook(readDraft(readAuthored())))
  const result = score(readRows(readFileSync(file, 'utf8')), (text) => assess(book, text), null)
  console.log(values.json ? JSON.stringify(result, null, 1) : print(result))
}

/** Lines of text, intent, level and note; or one text a line. */
function readRows(text: string): readonly Row[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
  const first = lines[0]?.split('\t') ?? []
  const labelled = lines.some((line) => /^(none|urgent|emergency)$/.test(line.split('\t')[2]?.trim() ?? ''))
  if (!labelled) return lines.map((line) => ({ text: line, intent: null, level: null, note: '' }))
  return lines.slice(first[0] === 'text' ? 1 : 0).map((line) => {
    const [words = '', intent = '', level = 'none', note = ''] = line.split('\t')
    return { text: words, intent, level: level.trim() as Row['level'], note }
  })
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
