import type { Place, Problem } from './problem.ts'
import { problemAt } from './problem.ts'

export interface Passage {
  paragraphs: readonly string[]
  /** The line of the file on which each paragraph begins; left out where the passage is a field of something else. */
  lines?: readonly number[]
  place: Place
}

export interface Label {
  label: string
  synonyms: readonly string[]
  place: Place
}

/** Words of one file under their full keys. */
export interface Words {
  passages: ReadonlyMap<string, Passage>
  labels: ReadonlyMap<string, Label>
}

const HEADING = /^## +(.+?) *$/
const KEY = /^[a-z0-9]+([-_][a-z0-9]+)*(\.[a-z0-9]+([-_][a-z0-9]+)*)*$/
const CHOICE = /^- +([a-z0-9]+(?:-[a-z0-9]+)*): +([^|]+?) *(?:\|(.*))?$/
const COMMENT = /<!--[\s\S]*?-->/g

interface Section {
  key: string
  place: Place
  lines: { text: string; at: number }[]
  choices: { id: string; label: Label }[]
}

/** Reads headings as keys, blank-line separated text as paragraphs and `- id: Label | synonyms` as choices. */
export function readWords(prefix: string, file: string, text: string, problems: Problem[], skipped = 0): Words {
  const passages = new Map<string, Passage>()
  const labels = new Map<string, Label>()
  for (const section of cut(file, text.replace(COMMENT, keepLines), problems, skipped)) {
    const key = `${prefix}.${section.key}`
    const complain = (message: string) => problems.push(problemAt(section.place, message))
    if (passages.has(key)) complain(`Tiêu đề “${section.key}” có hai lần trong tệp này.`)
    const written = toParagraphs(section.lines)
    const paragraphs = written.map(({ text }) => text)
    if (paragraphs.length === 0) complain('Dưới tiêu đề này chưa có câu nào.')
    for (const { text, at } of written)
      for (const fault of faultsIn(text)) problems.push(problemAt({ ...section.place, line: at }, fault))
    passages.set(key, { paragraphs, lines: written.map(({ at }) => at), place: section.place })
    for (const { id, label } of section.choices) {
      if (labels.has(`${key}.${id}`)) problems.push(problemAt(label.place, `Lựa chọn “${id}” được viết hai lần.`))
      labels.set(`${key}.${id}`, label)
    }
  }
  return { passages, labels }
}

function cut(file: string, text: string, problems: Problem[], skipped: number): readonly Section[] {
  const sections: Section[] = []
  text.split('\n').forEach((raw, i) => {
    const line = raw.trimEnd()
    const at = i + 1 + skipped
    const complain = (message: string) => problems.push(problemAt({ file, path: line.slice(0, 40), line: at }, message))
    const heading = HEADING.exec(line)
    const section = sections.at(-1)
    if (heading) {
      const key = heading[1]!
      if (!KEY.test(key)) complain('Tiêu đề ## là tên câu: chỉ dùng chữ thường không dấu, số và gạch nối.')
      sections.push({ key, place: { file, path: `## ${key}`, line: at }, lines: [], choices: [] })
    } else if (/^# /.test(line) && sections.length === 0) {
      // The page's own title is for readers of the file only.
    } else if (/^#/.test(line)) {
      complain('Chỉ dùng một tiêu đề # ở đầu tệp và các tiêu đề ## cho từng câu.')
    } else if (section === undefined) {
      if (line !== '') complain('Câu này chưa nằm dưới tiêu đề ## nào.')
    } else if (/^[-*+] /.test(line)) {
      const choice = CHOICE.exec(line)
      if (choice) section.choices.push(toChoice(choice, section, at))
      else complain('Dòng “- ” là một lựa chọn, viết “- ma: Nhãn | cách nói khác”. Liệt kê trong câu thì dùng “• ”.')
    } else {
      section.lines.push({ text: line, at })
    }
  })
  return sections
}

function toChoice(match: RegExpExecArray, section: Section, line: number): Section['choices'][number] {
  const id = match[1]!
  const synonyms = (match[3] ?? '')
    .split(',')
    .map((synonym) => synonym.trim())
    .filter((synonym) => synonym !== '')
  const place = { file: section.place.file, path: `## ${section.key} - ${id}`, line }
  return { id, label: { label: match[2]!, synonyms, place } }
}

/** Lines that stand together are one paragraph. */
function toParagraphs(lines: Section['lines']): readonly { text: string; at: number }[] {
  const paragraphs: { text: string; at: number }[] = []
  let open = false
  for (const { text, at } of lines) {
    if (text !== '' && open) paragraphs.at(-1)!.text += `\n${text}`
    else if (text !== '') paragraphs.push({ text, at })
    open = text !== ''
  }
  return paragraphs.map(({ text, at }) => ({ text: text.trim(), at }))
}

/** `**bold**` is the only markup that every channel can show. */
function faultsIn(paragraph: string): readonly string[] {
  const faults: string[] = []
  if ((paragraph.match(/\*\*/g) ?? []).length % 2 === 1) faults.push('Dấu ** mở mà chưa đóng (hoặc ngược lại).')
  else if (paragraph.replace(/\*\*[^*]+\*\*/g, '').includes('*'))
    faults.push('Chỉ được dùng **chữ đậm**, không để trống, không lồng nhau; dấu * khác sẽ hiện ra như một ngôi sao.')
  const plain = paragraph.replaceAll('**', '')
  if (/`|\]\(|(^|\s)_\S/.test(plain)) faults.push('Chỉ được dùng **chữ đậm**; bỏ các ký hiệu trình bày khác.')
  if (/\{[^}]*$|^[^{]*\}/.test(plain.replace(/\{[^{}]*\}/g, ''))) faults.push('Dấu { } chưa khớp đôi.')
  return faults
}

function keepLines(comment: string): string {
  return comment.replace(/[^\n]/g, '')
}
