import type { Book } from '../engine/book.ts'
import { isOpen, type Patch, prefixOf } from '../engine/revised.ts'
import { bookFrom } from './book-data.ts'
import { check } from './check.ts'
import { compileBook } from './compile.ts'
import { type Draft, readDraft } from './draft.ts'
import { type Problem, problemAt, warningAt } from './problem.ts'
import { readTopicFields, type TopicFields, writeTopicFields } from './topic-fields.ts'

type Text = readonly [unit: string, text: string]

const HEAD = /^(---\n[\s\S]*?\n---\n)([\s\S]*)$/

/** The authored files and their rules, for editing one file at a time. */
export function openEditor(files: ReadonlyMap<string, string>) {
  const whole = once(() => readDraft(files))
  const book = once((): Book => bookFrom(compileBook(whole())))
  let baseline: { key: string; seen: ReadonlySet<string> } | null = null

  /** What is wrong already, whoever edits. */
  function known(others: readonly Text[], today: string): ReadonlySet<string> {
    const key = JSON.stringify([today, others])
    if (baseline?.key !== key)
      baseline = { key, seen: new Set(check(withTexts(whole(), others), today).map(nameOfProblem)) }
    return baseline.seen
  }

  /** A front matter that cannot be read hides its words from the rules: they are checked under the one before. */
  function wordProblems(
    unit: string,
    text: string,
    before: string,
    others: readonly Text[],
    today: string,
  ): readonly Problem[] {
    const [[, head] = [], [, fresh, body] = []] = [HEAD.exec(before) ?? [], HEAD.exec(text) ?? []]
    if (head === undefined || fresh === undefined || body === undefined) return []
    const moved = fresh.split('\n').length - head.split('\n').length
    return check(withTexts(whole(), [...others, [unit, `${head}${body}`]]), today)
      .filter(({ file, path }) => file === unit && path.startsWith('##'))
      .map((problem) => (problem.line === undefined ? problem : { ...problem, line: problem.line + moved }))
  }

  return {
    units() {
      return [...files.keys()]
        .filter((unit) => prefixOf(unit) !== null && isOpen(book(), unit))
        .map((unit) => ({ unit, ...nameOfUnit(whole(), unit) }))
    },
    sources: () => whole().sources.map(({ value: { id, title } }) => ({ id, title })),
    file: (unit: string) => (prefixOf(unit) !== null && isOpen(book(), unit) ? tidied(files.get(unit)) : null),
    /** The problems of this text, and those it brings to other files. */
    check(edited: { unit: string; text: string; before: string; others: readonly Text[]; today: string }) {
      const { unit, text, before, today } = edited
      const others = edited.others.filter(([other]) => other !== unit)
      const own = readDraft(new Map([[unit, text]]))
      const seen = known(others, today)
      const problems = check(withTexts(whole(), [...others, [unit, text]]), today).filter(
        (problem) => problem.file === unit || !seen.has(nameOfProblem(problem)),
      )
      const words = own.topics.length === 0 ? wordProblems(unit, text, before, others, today) : []
      return {
        findings: [...problems, ...words, ...checkSignature(unit, own, before), ...checkNumbers(own, before, unit)],
        patch: patchOf(unit, own),
      }
    },
    read: (_unit: string, text: string): TopicFields | null => readTopicFields(text),
    write: (_unit: string, text: string, fields: TopicFields): string => writeTopicFields(text, fields),
  }
}

/** A draft in which some files have other texts. */
function withTexts(whole: Draft, texts: readonly Text[]): Draft {
  if (texts.length === 0) return whole
  const units = new Set(texts.map(([unit]) => unit))
  const part = readDraft(new Map(texts))
  const kept = <T extends { place: { file: string } }>(entries: Iterable<readonly [string, T]>) =>
    [...entries].filter(([, { place }]) => !units.has(place.file))
  const topics = new Map(part.topics.map((topic) => [topic.place.file, topic]))
  return {
    ...whole,
    problems: [...whole.problems.filter(({ file }) => !units.has(file)), ...part.problems],
    // In the order of the files, on which some rules rest.
    topics: whole.topics.flatMap((topic) =>
      units.has(topic.place.file) ? (topics.get(topic.place.file) ?? []) : [topic],
    ),
    passages: new Map([...kept(whole.passages), ...part.passages]),
    labels: new Map([...kept(whole.labels), ...part.labels]),
  }
}

function patchOf(unit: string, own: Draft): Patch | null {
  const { topic = null, waiting = false } = own.topics[0] ?? {}
  const labels = [...own.labels]
  const isTopic = prefixOf(unit)?.startsWith('topic.') === true
  if ((isTopic && topic === null) || waiting || own.passages.size === 0) return null
  return {
    unit,
    topic,
    words: Object.fromEntries([
      ...[...own.passages].flatMap(([key, { paragraphs }]) =>
        paragraphs.length === 0 ? [] : [[key, paragraphs] as const],
      ),
      ...labels.map(([key, { label }]) => [key, [label]] as const),
    ]),
    synonyms: Object.fromEntries(
      labels.filter(([, { synonyms }]) => synonyms.length > 0).map(([key, { synonyms }]) => [key, synonyms]),
    ),
    labels: labels.map(([key]) => key),
  }
}

/** What somebody of the profession signed were the words before. */
function checkSignature(unit: string, own: Draft, before: string): readonly Problem[] {
  const old = readDraft(new Map([[unit, before]]))
  const [now, was] = [own.topics[0], old.topics[0]]
  if (!now || !was) return []
  const problems: Problem[] = []
  const words = (draft: Draft) => JSON.stringify([...draft.passages].map(([key, { paragraphs }]) => [key, paragraphs]))
  const { reviewed } = now.topic
  if (reviewed !== null && JSON.stringify(reviewed) === JSON.stringify(was.topic.reviewed) && words(own) !== words(old))
    problems.push(
      problemAt(
        { ...now.place, path: 'reviewed' },
        'Lời đã sửa sau khi ký. Xin người chuyên môn ký lại và ghi ngày ký mới, hoặc bỏ tên người ký và để trạng thái còn nháp.',
      ),
    )
  return problems
}

/**
 * Where somebody in danger may read it, a number to call does not go by the way: safety cards, and the words of flows.
 * From any other text it may, and whoever approves is told.
 */
function checkNumbers(own: Draft, before: string, unit: string): readonly Problem[] {
  const old = readDraft(new Map([[unit, before]]))
  const topic = old.topics[0]?.topic
  return [...old.passages].flatMap(([key, passage]) => {
    const matters = topic === undefined || (topic.level === 'safety' && key.endsWith('.card'))
    const now = own.passages.get(key)
    const left = numbersIn(now?.paragraphs ?? [])
    const place = now?.place ?? passage.place
    return numbersIn(passage.paragraphs)
      .filter((number) => !left.includes(number))
      .map((number) =>
        matters
          ? problemAt(place, `Ở đây đang có số ${number}. Không được bỏ số cần gọi khi nguy hiểm.`)
          : warningAt(place, `Số ${number} không còn ở đây nữa.`),
      )
  })
}

function numbersIn(paragraphs: readonly string[]): readonly string[] {
  return [...new Set(paragraphs.join(' ').match(/(?<!\d)11[1345](?!\d)/g) ?? [])]
}

function nameOfUnit(whole: Draft, unit: string): { kind: 'topic' | 'words'; title: string } {
  const topic = whole.topics.find(({ place }) => place.file === unit)
  if (topic) return { kind: 'topic', title: topic.topic.title }
  const slug = unit.replace(/^.*\/|\.md$/g, '')
  return { kind: unit.includes('/topics/') ? 'topic' : 'words', title: whole.flows.get(slug)?.flow.title ?? slug }
}

/** Without its line, which moves. */
function nameOfProblem({ file, path, message }: Problem): string {
  return `${file}\0${path}\0${message}`
}

function tidied(text: string | undefined): string | null {
  return (
    text
      ?.replace(/^\ufeff/, '')
      .replaceAll('\r\n', '\n')
      .normalize('NFC') ?? null
  )
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
