/**
 * `node bench/danger/compare.ts`: how today's rules and weights hear the lines of authors they never saw, and how
 * a net would that learnt from all the other authors, by the same features and with no rule that decides alone.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { bookFrom } from '../../src/authoring/book-data.ts'
import { compileBook } from '../../src/authoring/compile.ts'
import { readDraft } from '../../src/authoring/draft.ts'
import { type Row, readRows } from '../../src/authoring/labelled.ts'
import { ROOT, readAuthored } from '../../src/cli/files.ts'
import { features } from '../../src/engine/learned/features.ts'
import { assess } from '../../src/engine/safety/assess.ts'
import { hear } from '../../src/engine/safety/detect.ts'
import { fold } from '../../src/engine/text.ts'
import { learnNet } from './net.ts'

/** In so many groups the authors are left out, one group after another. */
const GROUPS = 5
/** A feature of fewer lines than these is chance. */
const SHARED = 2

interface Line extends Row {
  author: string
  /** As it is written and without its marks, by the numbers of their features. */
  ways: readonly (readonly number[])[]
}

const book = bookFrom(compileBook(readDraft(readAuthored())))
const [known, fresh] = [`${ROOT}/content/learned`, `${ROOT}/bench/danger/lines`].map(linesIn) as [Line[], Line[]]
const size = numbered([...known, ...fresh])
const authors = [...new Set(fresh.map(({ author }) => author))]

/** A line that says nothing of danger (`ASKED`) is left out; plain text is harmless. */
function linesIn(folder: string): Line[] {
  return readdirSync(folder)
    .filter((name) => /\.(tsv|txt)$/.test(name))
    .flatMap((name) =>
      readRows(readFileSync(`${folder}/${name}`, 'utf8')).map((row) => ({ ...row, author: name, ways: [] })),
    )
    .filter(({ note }) => !/\bASKED\b/.test(note))
}

/** Numbers the features that enough lines share, and gives each line its own. */
function numbered(lines: Line[]): number {
  const names = lines.map(({ text }) =>
    [...new Set([text, fold(text)])].map((way) => {
      const { typed, concepts, danger } = hear(book.safety!, way)[0]!
      return [...features({ typed, concepts, level: danger.level, reason: danger.reason })]
    }),
  )
  const counts = new Map<string, number>()
  for (const ways of names) for (const name of new Set(ways.flat())) counts.set(name, (counts.get(name) ?? 0) + 1)
  const numbers = new Map([...counts].filter(([, count]) => count >= SHARED).map(([name], i) => [name, i]))
  for (const [i, ways] of names.entries())
    lines[i]!.ways = ways.map((way) => way.flatMap((name) => numbers.get(name) ?? []))
  return numbers.size
}

const odds = new Map<Line, number>()
for (let group = 0; group < GROUPS; group++) {
  const out = new Set(authors.filter((_, i) => i % GROUPS === group))
  const lessons = [...known, ...fresh.filter(({ author }) => !out.has(author))].flatMap(({ ways, level }) =>
    ways.map((way) => {
      const [danger, emergency] = [level === 'urgent' || level === 'emergency', level === 'emergency']
      return { features: way, danger: danger ? 1 : 0, emergency: emergency ? 1 : 0 } as const
    }),
  )
  const listen = learnNet(size, lessons)
  for (const line of fresh) if (out.has(line.author)) odds.set(line, listen(line.ways[0]!))
}

function show(name: string, flagged: (line: Line) => boolean): void {
  const rate = (fits: (line: Line) => boolean) => {
    const lines = fresh.filter(fits)
    return `${((100 * lines.filter(flagged).length) / lines.length).toFixed(1)} %`.padStart(7)
  }
  const harmless = (line: Line) => line.level === 'none' && !/ALT=/.test(line.note)
  console.log(
    name.padEnd(14),
    rate(({ level }) => level === 'emergency'),
    rate(({ level }) => level === 'urgent'),
    rate((line) => harmless(line) && /\bNEG\b/.test(line.note)),
    rate((line) => harmless(line) && !/\bNEG\b/.test(line.note)),
    rate(({ level }) => level === null),
  )
}

console.log('flagged         emergencies, urgent, harmless words of danger, other messages, everyday text')
show('today', ({ text }) => assess(book, text).level !== 'none')
for (const bar of [-2, -1.5, -1, -0.5, 0, 0.5, 1]) show(`net, bar ${bar}`, (line) => odds.get(line)! >= bar)
