import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { check, checkAllPublished } from '../authoring/check.ts'
import { compileBook } from '../authoring/compile.ts'
import { type Draft, readDraft } from '../authoring/draft.ts'
import { drawFlow, drawMap } from '../authoring/draw.ts'
import { findBreaking, load } from '../authoring/load.ts'
import { play } from '../authoring/play.ts'
import { printProblem, sortProblems } from '../authoring/problem.ts'
import { type Published, printPublished } from '../authoring/published-format.ts'
import { schemaFiles } from '../authoring/schema.ts'
import { parseTranscript, printTranscript } from '../authoring/transcript.ts'
import { ROOT, readAuthored, readTranscripts } from './files.ts'

const USAGE = `npm run flows -- check [--today 2026-11-21]
npm run flows -- publish
npm run flows -- retire <luồng> <bản> [nút-cũ=nút-mới …]
npm run flows -- draw
npm run flows -- record          viết lại các hội thoại mẫu theo cách máy trả lời bây giờ; xem kỹ git diff`

function main(args: readonly string[]): number {
  const [command, ...rest] = args
  switch (command) {
    case 'check':
      return runCheck(rest)
    case 'publish':
      return publish()
    case 'retire':
      return retire(rest)
    case 'draw':
      return draw()
    case 'record':
      return record()
    default:
      console.error(USAGE)
      return 2
  }
}

/** The date is printed, so that a result can be had again with `--today`. */
function runCheck(args: readonly string[]): number {
  const at = args.indexOf('--today')
  const today = at >= 0 ? args[at + 1] : todayInVietnam()
  if (today === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(today)) {
    console.error(USAGE)
    return 2
  }
  const draft = readDraft(readAuthored())
  const problems = sortProblems([...check(draft, today), ...checkAllPublished(draft)])
  for (const problem of problems) console.log(printProblem(problem))
  const errors = problems.filter((problem) => problem.level === 'error').length
  console.log(`Ngày kiểm tra: ${today}. ${errors} lỗi, ${problems.length - errors} lưu ý.`)
  return errors > 0 ? 1 : 0
}

/** Keeps every structure that is new; nothing that was published is ever deleted or changed. */
function publish(): number {
  const draft = readDraft(readAuthored())
  const problems = findBreaking(draft)
  if (problems.length > 0) {
    for (const problem of sortProblems(problems)) console.error(printProblem(problem))
    return 1
  }
  const kept = new Set(draft.published.map(({ flow }) => pathOf(flow.id, flow.revision)))
  const fresh = [...draft.flows.values()].filter(({ flow }) => !kept.has(pathOf(flow.id, flow.revision)))
  for (const { flow } of fresh) write(pathOf(flow.id, flow.revision), printPublished({ flow, withdrawn: null }))
  for (const [path, text] of schemaFiles()) write(path, text)
  console.log(`Đã công bố ${fresh.length} bản mới.`)
  return 0
}

/** People inside a retired structure go to the named nodes of the present one; everyone else to a human. */
function retire(args: readonly string[]): number {
  const [id, revision, ...moves] = args
  const draft = readDraft(readAuthored())
  const found = draft.published.find(({ flow }) => flow.id === id && flow.revision === revision)
  const to = Object.fromEntries(moves.map((move) => move.split('=') as [string, string]))
  const fault = found === undefined ? 'Không có bản đã công bố như vậy.' : faultOfRetiring(draft, found, to)
  if (found === undefined || fault !== null) {
    console.error(`${fault}\n\n${USAGE}`)
    return 1
  }
  const { flow } = found
  write(pathOf(flow.id, flow.revision), printPublished({ flow, withdrawn: { to, else: 'human' } }))
  console.log(`Đã rút bản ${flow.revision} của luồng ${flow.id}.`)
  return 0
}

function faultOfRetiring(draft: Draft, { flow }: Published, to: Readonly<Record<string, string>>): string | null {
  const current = draft.flows.get(flow.id)?.flow
  if (current?.revision === flow.revision) return 'Đây là bản đang dùng. Hãy sửa luồng và công bố bản mới trước.'
  for (const [from, target] of Object.entries(to)) {
    if (!(from in flow.nodes)) return `Bản cũ không có nút “${from}”.`
    if (current?.nodes[target] === undefined) return `Luồng bây giờ không có nút “${target}”.`
  }
  return null
}

function draw(): number {
  const draft = readDraft(readAuthored())
  const { flows, triggers, words } = compileBook(draft)
  for (const flow of flows) write(`artifacts/flows/${flow.id}.svg`, drawFlow(flow, words.vi))
  write('artifacts/flows/ban-do.svg', drawMap(flows, triggers))
  console.log(`Đã vẽ ${flows.length} luồng và một bản đồ vào artifacts/flows/.`)
  return 0
}

/** Golden conversations are only worth something if a person reads what changed. */
function record(): number {
  const loaded = load(readAuthored())
  if ('problems' in loaded) {
    for (const problem of loaded.problems) console.error(printProblem(problem))
    return 1
  }
  const { directory } = loaded
  let changed = 0
  for (const [path, text] of readTranscripts()) {
    const parsed = parseTranscript(text)
    if ('message' in parsed) {
      console.error(`${path}: dòng ${parsed.line}: ${parsed.message}`)
      return 1
    }
    const now = printTranscript(play(parsed, loaded.book, directory).transcript)
    if (now === text) continue
    write(path, now)
    console.log(path)
    changed += 1
  }
  console.log(`Đã viết lại ${changed} hội thoại mẫu.`)
  return 0
}

function pathOf(id: string, revision: string): string {
  return `flows/published/${id}/${revision}.json`
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true })
  writeFileSync(join(ROOT, path), text)
}

function todayInVietnam(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date())
}

process.exitCode = main(process.argv.slice(2))
