import { Document, isMap, isScalar, parse } from 'yaml'

/** A topic as the fields of a form, each as it was typed. */
export interface TopicFields {
  title: string
  audiences: readonly string[]
  tags: string
  questions: string
  sources: readonly { id: string; article: string }[]
  asOf: string
  written: string
  reviewedRole: string
  reviewedOn: string
  reviewBy: string
  status: string
  quiz: readonly { question: string; answers: readonly string[]; right: string; why: string }[]
  card: string
  more: string
  loa: string
  poster: string
}

/** Parts of the text by field, in the order of the file. */
const PARTS = [
  ['card', 'card'],
  ['more', 'more'],
  ['loa', 'loa'],
  ['poster', 'ap-phich'],
] as const

/** The front matter an editor changes, in the order of the file. */
const ORDER = [
  'key',
  'title',
  'audiences',
  'tags',
  'locale',
  'level',
  'status',
  'questions',
  'quiz',
  'sources',
  'as_of',
  'written',
  'reviewed',
  'review_by',
] as const
type Key = (typeof ORDER)[number]

interface Piece {
  key: string
  lines: string
}

/** The fields of a topic's text; null when its front matter cannot be read. */
export function readTopicFields(text: string): TopicFields | null {
  const cut = cutTopic(text)
  if (cut === null) return null
  const { value, body } = cut
  const part = (name: string) => (body.find(({ key }) => key === name)?.lines ?? '').replace(/^.*\n?/, '').trim()
  const reviewed = isRecord(value.reviewed) ? value.reviewed : {}
  return {
    title: word(value.title),
    audiences: list(value.audiences).map(word),
    tags: list(value.tags).map(word).join(', '),
    questions: list(value.questions).map(word).join('\n'),
    sources: list(value.sources).map((one) =>
      isRecord(one) ? { id: word(one.id), article: word(one.article) } : { id: word(one), article: '' },
    ),
    asOf: word(value.as_of),
    written: word(value.written),
    reviewedRole: word(reviewed.role),
    reviewedOn: word(reviewed.on),
    reviewBy: word(value.review_by),
    status: word(value.status),
    quiz: list(value.quiz)
      .filter(isRecord)
      .map((one) => ({
        question: word(one.question),
        answers: list(one.answers).map(word),
        right: word(one.right),
        why: word(one.why),
      })),
    card: part('card'),
    more: part('more'),
    loa: part('loa'),
    poster: part('ap-phich'),
  }
}

/** The text with these fields; what they leave as it was stays letter by letter. */
export function writeTopicFields(text: string, wanted: TopicFields): string {
  const cut = cutTopic(text)
  const before = readTopicFields(text)
  if (cut === null || before === null) return text
  const fields = tidyFields(wanted)
  const same = (...names: readonly (keyof TopicFields)[]) =>
    names.every((name) => JSON.stringify(before[name]) === JSON.stringify(fields[name]))
  let head = cut.head
  const put = (key: Key, value: unknown, flow: boolean) => {
    head = replacePiece(head, key, isEmpty(value) && key !== 'reviewed' ? '' : entry(key, value, flow), ORDER)
  }
  if (!same('title')) put('title', fields.title, false)
  if (!same('audiences')) put('audiences', fields.audiences, true)
  if (!same('tags')) put('tags', split(fields.tags, /[,\n]/), true)
  if (!same('questions')) put('questions', split(fields.questions, /\n/), false)
  if (!same('sources'))
    put(
      'sources',
      fields.sources.map(({ id, article }) => (article === '' ? id : { id, article })),
      true,
    )
  if (!same('asOf')) put('as_of', fields.asOf, false)
  if (!same('written')) put('written', fields.written, false)
  if (!same('reviewedRole', 'reviewedOn')) {
    const { reviewedRole: role, reviewedOn: on } = fields
    put('reviewed', role === '' && on === '' ? null : { role, on }, true)
  }
  if (!same('reviewBy')) put('review_by', fields.reviewBy, false)
  if (!same('status')) put('status', fields.status, false)
  if (!same('quiz'))
    put(
      'quiz',
      fields.quiz.map((one) => ({ ...one, right: /^\d+$/.test(one.right) ? Number(one.right) : one.right })),
      false,
    )
  const changed = PARTS.filter(([field]) => before[field] !== fields[field])
  let body = cut.body
  for (const [field, heading] of changed)
    body = replacePiece(
      body,
      heading,
      fields[field] === '' ? '' : `## ${heading}\n${fields[field]}\n\n`,
      PARTS.map(([, one]) => one),
    )
  const joined = body.map(({ lines }) => lines).join('')
  return `---\n${head.map(({ lines }) => lines).join('')}---\n${changed.length === 0 ? joined : `${apart(joined).trimEnd()}\n`}`
}

/** A part that was last in its file has no empty line after it; one that follows it begins on its own. */
function apart(body: string): string {
  return body.replace(/([^\n])\n(## )/g, '$1\n\n$2')
}

function cutTopic(text: string): { head: Piece[]; value: Record<string, unknown>; body: Piece[] } | null {
  const [, head, body] = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(text) ?? []
  if (head === undefined || body === undefined) return null
  try {
    const value: unknown = parse(head)
    if (!isRecord(value)) return null
    return { head: cutAt(head, /^([a-z_]+):/), value, body: cutAt(body, /^## +(.+?) *$/) }
  } catch {
    return null
  }
}

/** Pieces that begin at a line of this form; what stands before the first has no name. */
function cutAt(text: string, start: RegExp): Piece[] {
  const pieces: Piece[] = []
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const key = start.exec(line.replace(/\n$/, ''))?.[1]
    const last = pieces.at(-1)
    if (key !== undefined || last === undefined) pieces.push({ key: key ?? '', lines: line })
    else last.lines += line
  }
  return pieces
}

/** Puts a piece in the place of the one of that name, or after those that come before it by order; an empty one goes. */
function replacePiece(pieces: readonly Piece[], key: string, lines: string, order: readonly string[]): Piece[] {
  const at = pieces.findIndex((piece) => piece.key === key)
  const kept = pieces.filter((piece) => piece.key !== key)
  if (lines === '') return kept
  const earlier = order.slice(0, order.indexOf(key))
  const place = at >= 0 ? at : kept.findLastIndex((piece) => piece.key === '' || earlier.includes(piece.key)) + 1
  const piece = { key, lines: lines.endsWith('\n') ? lines : `${lines}\n` }
  const before = kept.slice(0, place).map((one) => ({ ...one, lines: one.lines.replace(/[^\n]$/, '$&\n') }))
  return [...before, piece, ...kept.slice(place)]
}

function entry(key: Key, value: unknown, flow: boolean): string {
  const document = new Document({ [key]: value })
  const pair = isMap(document.contents) ? document.contents.items[0] : undefined
  if (flow && pair && typeof pair.value === 'object' && pair.value !== null && !isScalar(pair.value))
    (pair.value as { flow?: boolean }).flow = true
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

function tidyFields(fields: TopicFields): TopicFields {
  const line = (text: string) => tidy(text).replaceAll(/\s+/g, ' ').trim()
  const block = (text: string) =>
    tidy(text)
      .split('\n')
      .map((one) => one.trimEnd())
      .join('\n')
      .trim()
  return {
    title: line(fields.title),
    audiences: fields.audiences,
    tags: split(fields.tags, /[,\n]/).map(line).join(', '),
    questions: split(tidy(fields.questions), /\n/).map(line).join('\n'),
    sources: fields.sources
      .map(({ id, article }) => ({ id: line(id), article: line(article) }))
      .filter(({ id }) => id !== ''),
    asOf: line(fields.asOf),
    written: line(fields.written),
    reviewedRole: line(fields.reviewedRole),
    reviewedOn: line(fields.reviewedOn),
    reviewBy: line(fields.reviewBy),
    status: line(fields.status),
    quiz: fields.quiz
      .map(({ question, answers, right, why }) => ({
        question: line(question),
        answers: answers.map(line).filter((one) => one !== ''),
        right: line(right),
        why: line(why),
      }))
      .filter(({ question, answers, why }) => question !== '' || answers.length > 0 || why !== ''),
    card: block(fields.card),
    more: block(fields.more),
    loa: block(fields.loa),
    poster: block(fields.poster),
  }
}

function tidy(text: string): string {
  return text.replaceAll('\r\n', '\n').normalize('NFC')
}

function split(text: string, at: RegExp): readonly string[] {
  return text
    .split(at)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const word = (value: unknown): string => (value === null || value === undefined ? '' : String(value))
