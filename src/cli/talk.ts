import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs, styleText } from 'node:util'
import { load } from '../authoring/load.ts'
import { printProblem } from '../authoring/problem.ts'
import { isInput, printTranscript } from '../authoring/transcript.ts'
import { formatClock, localTime } from '../engine/hours.ts'
import { readAuthored } from './files.ts'
import { COMMANDS, readTyped } from './talk-line.ts'
import { type Heard, openTalk } from './talk-play.ts'

const USAGE = `npm run talk [-- --save TỆP] [--title LỜI HỨA]
  --save    ghi lại thành hội thoại mẫu, ví dụ flows/xoa/doi-y.transcript
  --title   hội thoại này hứa điều gì; không có thì máy hỏi

Trong lúc trò chuyện:
${COMMANDS}`

const WIDTH = 84
const terminal = process.stdin.isTTY === true

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (options === null) {
    console.error(USAGE)
    return 2
  }
  const { save } = options
  if (save !== undefined && existsSync(save)) {
    console.error(`Đã có tệp ${save}; hãy chọn tên khác để không ghi đè.`)
    return 2
  }
  const loaded = load(readAuthored())
  if ('problems' in loaded) {
    for (const problem of loaded.problems) console.error(printProblem(problem))
    return 1
  }
  const talk = openTalk(loaded.book, loaded.directory)
  talk.step({ type: 'at', ...today() })
  const input = createInterface({ input: process.stdin, output: process.stdout, terminal, prompt: '\n> ' })
  // Lines of a pipe that come before the loop below are kept by its iterator.
  const typed = input[Symbol.asyncIterator]()
  let title = options.title ?? ''
  if (terminal) console.log(`Trò chuyện thử, chỉ trong bộ nhớ; điểm tư vấn là điểm MẪU.\n${COMMANDS}`)
  if (save !== undefined && title === '') {
    process.stdout.write('Hội thoại này hứa điều gì? ')
    title = String((await typed.next()).value ?? '').trim()
    if (title === '') {
      console.error('Cần một lời hứa làm tên: --title "…".')
      input.close()
      return 2
    }
  }

  if (terminal) input.prompt()
  for (let next = await typed.next(); next.done !== true; next = await typed.next()) {
    const line = readTyped(next.value)
    if (line.type === 'leave') break
    if (!terminal && line.type !== 'empty') console.log(`\n> ${next.value.trim()}`)
    if (line.type === 'unknown') console.log(`Không có lệnh này.\n${COMMANDS}`)
    else if (line.type !== 'empty') for (const heard of talk.step(line)) console.log(`\n${show(heard)}`)
    if (terminal) input.prompt()
  }
  input.close()

  if (save === undefined || !talk.lines.some((line) => isInput(line) && line.type !== 'at')) return 0
  mkdirSync(dirname(save), { recursive: true })
  writeFileSync(save, printTranscript({ title, lines: talk.lines }))
  console.log(`\nĐã ghi ${save}. Hãy đọc lại từng dòng trước khi giữ.`)
  return 0
}

function readOptions(args: readonly string[]): { save?: string; title?: string } | null {
  try {
    return parseArgs({ args: [...args], options: { save: { type: 'string' }, title: { type: 'string' } } }).values
  } catch {
    return null
  }
}

/** The clock of the wall in Vietnam, to the minute, as a transcript writes it. */
function today(): { day: string; time: string } {
  const { year, month, day, minutes } = localTime(Date.now())
  const two = (value: number) => String(value).padStart(2, '0')
  return { day: `${year}-${two(month)}-${two(day)}`, time: formatClock(minutes) }
}

function show(heard: Heard): string {
  switch (heard.type) {
    case 'bot': {
      const { paragraphs, choices } = heard.composed
      const labels = choices.map(({ label }, i) => `${String(i + 1).padStart(4)}. ${label}`)
      return [paragraphs.map((text) => embolden(wrap(text, '  '))).join('\n\n'), ...labels].join('\n')
    }
    case 'staff':
      return wrap(`[cán bộ] ${heard.text}`, '  ')
    case 'note':
      return styleText('dim', `  ${heard.text}`, { stream: process.stdout })
    default:
      return heard satisfies never
  }
}

function embolden(text: string): string {
  return text.replace(/\*\*([^*]+)\*\*/g, (_, bold: string) => styleText('bold', bold, { stream: process.stdout }))
}

/** Breaks lines between words; the marks of bold take no room. */
function wrap(text: string, indent: string): string {
  const width = Math.min(process.stdout.columns || WIDTH, WIDTH) - indent.length
  const rows: string[] = []
  for (const paragraph of text.split('\n')) {
    let row = ''
    for (const word of paragraph.split(' ')) {
      const longer = row === '' ? word : `${row} ${word}`
      if (row !== '' && longer.replaceAll('**', '').length > width) {
        rows.push(row)
        row = word
      } else row = longer
    }
    rows.push(row)
  }
  return rows.map((row) => indent + row).join('\n')
}
