/**
 * `node bench/danger.ts`: how the lines of each author are heard by nets that learnt from all the others, with the bars of
 * the day and with others. The rules are the same for all, and some of them were mended with these lines in view. A group of
 * authors takes half an hour; `node bench/danger.ts 1` leaves out the first alone.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { bookFrom } from '../src/authoring/book-data.ts'
import { compileBook } from '../src/authoring/compile.ts'
import { readDraft } from '../src/authoring/draft.ts'
import { type Row, readRows } from '../src/authoring/labelled.ts'
import { learn } from '../src/authoring/learn.ts'
import { lessonsOf } from '../src/authoring/lessons.ts'
import { ROOT, readAuthored } from '../src/cli/files.ts'
import { weightsOf } from '../src/engine/learned/stack.ts'
import { assess } from '../src/engine/safety/assess.ts'
import type { Level } from '../src/engine/safety/rules.ts'

/** In so many groups the authors are left out, one group after another. */
const GROUPS = 5
/** The odds of danger, and of danger and emergency in one, from which on it is urgent: around those of the day. */
const PAIRS = [
  [0, -4],
  [0, -3],
  [0, -2.5],
  [0, -2],
  [0, -1],
  [1, -2.5],
  [-1, -2.5],
] as const

const book = bookFrom(compileBook(readDraft(readAuthored())))
const folder = `${ROOT}/content/learned`
const rows = readdirSync(folder)
  .filter((name) => name.endsWith('.tsv'))
  .flatMap((author) => readRows(readFileSync(`${folder}/${author}`, 'utf8')).map((row) => ({ ...row, author })))
const authors = [...new Set(rows.map(({ author }) => author))].filter((name) => /^(author|everyday|answers)/.test(name))
const { classes, lessons } = lessonsOf(rows, book.safety!)
const bars = book.learned!.bars

const heard: { row: Row; levels: readonly Level[] }[] = []
for (let group = 0; group < Number(process.argv[2] ?? GROUPS); group++) {
  const out = new Set(authors.filter((_, i) => i % GROUPS === group))
  const net = learn(
    classes,
    lessons.filter((_, i) => !out.has(rows[i]!.author)),
  )
  const learned = weightsOf({ ...net, bars })
  const books = PAIRS.map(([danger, both]) => ({
    ...book,
    learned: { ...learned, bars: { ...bars, danger, both } },
  }))
  for (const row of rows)
    if (out.has(row.author)) heard.push({ row, levels: books.map((one) => assess(one, row.text).level) })
}

const rate = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)} %`.padStart(9)
const alt = ({ note }: Row) => /ALT=(\w+)/.exec(note)?.[1] ?? null
const everyday = ({ note }: Row) => /\bEVERYDAY\b/.test(note)
console.log('bars       unheard   card      urgent+   NEG       other     everyday')
for (const [i, pair] of PAIRS.entries()) {
  const share = (of: (row: Row) => boolean, fits: (got: Level, row: Row) => boolean) => {
    const lines = heard.filter(({ row }) => of(row))
    return rate(lines.filter(({ row, levels }) => fits(levels[i]!, row)).length, lines.length)
  }
  const loud = (got: Level, row: Row) => got !== 'none' && got !== alt(row)
  const harmless = (neg: boolean) => (row: Row) =>
    row.level === 'none' && !everyday(row) && /\bNEG\b/.test(row.note) === neg
  console.log(
    pair.join(', ').padEnd(10),
    share(
      ({ level }) => level === 'emergency',
      (got, row) => got === 'none' && alt(row) !== 'none',
    ),
    share(
      ({ level }) => level === 'emergency',
      (got, row) => got === 'emergency' || got === alt(row),
    ),
    share(
      ({ level }) => level === 'emergency' || level === 'urgent',
      (got, row) => got === 'urgent' || got === 'emergency' || got === alt(row),
    ),
    share(harmless(true), loud),
    share(harmless(false), loud),
    share(everyday, loud),
  )
}
