import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { bookFrom } from '../authoring/book-data.ts'
import { compileBook } from '../authoring/compile.ts'
import { type Draft, readDraft } from '../authoring/draft.ts'
import { type Row, readRows } from '../authoring/labelled.ts'
import { type Lesson, learn } from '../authoring/learn.ts'
import type { Seen } from '../engine/learned/features.ts'
import { hear } from '../engine/safety/detect.ts'
import type { SafetyRules } from '../engine/safety/rules.ts'
import { fold } from '../engine/text.ts'
import { ROOT, readAuthored } from './files.ts'

/** Chosen on lines set aside, so that about one in twenty hard harmless lines is asked about (decision 018). */
const BARS = { check: [2, 0, -1, -1], bare: 0.5, urgent: 0, emergency: -1 }
const FOLDER = `${ROOT}/content/learned`
const FILE = `${FOLDER}/weights.json`

/** The reason of a danger whose intent has another name; poisoning is told apart by the note alone. */
const REASONS: Readonly<Record<string, string>> = { child_safety: 'child', relapse: 'lapse' }
const INTENT_REASONS =
  'suicide self_harm overdose psychosis violence withdrawal medical child_safety relapse craving distress'.split(' ')

/**
 * `npm run learn`: weights from the lines in `content/learned`; the same lines always give the same file. `--check` only
 * tells whether the file is that.
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
  const intents = [...new Set(rows.flatMap(({ intent }) => intent ?? []))].filter((one) => one !== 'poisoning').sort()
  const reasons = [...INTENT_REASONS.map((intent) => REASONS[intent] ?? intent), 'poisoning']
  const classes = [
    'danger',
    'emergency',
    ...reasons.map((reason) => `reason ${reason}`),
    ...intents.map((intent) => `intent ${intent}`),
  ]
  const lessons = rows.map((row): Lesson => ({ ways: waysOf(row, safety), truth: truthOf(row, reasons, intents) }))
  const text = print({ ...learn(classes, lessons), bars: BARS })
  if (process.argv.includes('--check')) {
    if (readFileSync(FILE, 'utf8') === text) return
    console.error('content/learned/weights.json không phải từ các dòng đang có. Chạy: npm run learn')
    process.exitCode = 1
  } else {
    writeFileSync(FILE, text)
    console.log(`${rows.length} dòng, ${text.split('\n').length} nét`)
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

/** As it is written and without its marks: half of all people type none. */
function waysOf({ text }: Row, safety: SafetyRules): readonly Seen[] {
  return [...new Set([text, fold(text)])].map((way) => {
    const { typed, concepts, danger } = hear(safety, way)[0]!
    return { typed, concepts, level: danger.level, reason: danger.reason }
  })
}

function truthOf(
  { level, intent, note }: Row,
  reasons: readonly string[],
  intents: readonly string[],
): Lesson['truth'] {
  const poison = intent === 'poisoning' || /poison/.test(note)
  const reason = poison ? 'poisoning' : (REASONS[intent ?? ''] ?? intent)
  // A line that says only what is asked for teaches nothing about danger.
  const asked = /\bASKED\b/.test(note)
  return [
    asked ? null : level === 'none' ? 0 : 1,
    asked ? null : level === 'emergency' ? 1 : 0,
    // Which danger it is says nothing of a harmless line.
    ...reasons.map((one) => (level === 'none' ? null : one === reason ? 1 : 0)),
    ...intents.map((one) => (poison || intent === null ? null : one === intent ? 1 : 0)),
  ] as Lesson['truth']
}

/** One feature a line: a change of the lines shows what changed in the weights. */
function print({ weights, ...head }: ReturnType<typeof learn> & { bars: typeof BARS }): string {
  const rows = Object.entries(weights).map(([name, list]) => `  ${JSON.stringify(name)}: [${list.join(',')}]`)
  return `${JSON.stringify(head).slice(0, -1)},\n "weights": {\n${rows.join(',\n')}\n}}\n`
}

main()
