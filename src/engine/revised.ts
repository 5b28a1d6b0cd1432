import type { Book, Topic } from './book.ts'

/** What the text of one authored file makes in a book; plain JSON. */
export interface Patch {
  /** The file, such as `content/vi/topics/qua-lieu.md`. */
  unit: string
  /** Of a topic's file: what its front matter says. */
  topic: Topic | null
  words: Readonly<Record<string, readonly string[]>>
  synonyms: Readonly<Record<string, readonly string[]>>
  /** Which of the words are labels of choices. */
  labels: readonly string[]
}

const TOPIC = /^content\/vi\/topics\/([a-z0-9-]+)\.md$/
const WORDS = /^content\/vi\/([a-z0-9-]+)\.md$/
/** The emergency cards, the words of the machine itself, and those to staff on their phones. */
const CLOSED: readonly string[] = ['khan-cap', 'he-thong', 'dien-thoai']

/** What the keys of a file begin with; null for what is no file of words. */
export function prefixOf(unit: string): string | null {
  const [, topic] = TOPIC.exec(unit) ?? []
  if (topic !== undefined) return `topic.${topic}.`
  const [, words] = WORDS.exec(unit) ?? []
  return words === undefined ? null : `${words}.`
}

/**
 * May a revision change this file: every topic of the book, and the words of flows; never what speaks in an emergency,
 * and never what people say yes to, since their yes is kept with those words.
 */
export function isOpen(book: Book, unit: string): boolean {
  const [, id] = TOPIC.exec(unit) ?? []
  // One that is in no book waits for something else than an editor.
  if (id !== undefined) return book.topics.some((topic) => topic.id === id)
  const [, slug] = WORDS.exec(unit) ?? []
  if (slug === undefined || CLOSED.includes(slug)) return false
  const flow = book.flow(slug)
  const asksConsent = Object.values(flow?.nodes ?? {}).some((node) => node.type === 'ask' && node.consent !== undefined)
  return flow?.safety !== true && !asksConsent && !cardsOf(book).some((card) => card.startsWith(`${slug}.`))
}

function cardsOf({ triggers, safety }: Book): readonly string[] {
  return [
    ...triggers.flatMap(({ card }) => card ?? []),
    ...Object.values(safety?.cards ?? {}).flatMap(({ self, other }) => [self, other]),
  ]
}

/** A stored patch, or null when it is damaged or reaches beyond its own file. */
export function readPatch(unit: string, stored: string | null): Patch | null {
  const prefix = prefixOf(unit)
  const value = parse(stored)
  if (prefix === null || !isRecord(value) || value.unit !== unit) return null
  const { topic, words, synonyms, labels } = value
  if (!isTexts(words, prefix) || !isTexts(synonyms, prefix) || !isList(labels)) return null
  if (Object.values(words).some((paragraphs) => paragraphs.length === 0)) return null
  if (prefix.startsWith('topic.')) {
    const whole = ['card', 'more'].every((part) => `${prefix}${part}` in words)
    if (!whole || !isTopic(topic) || `topic.${topic.id}.` !== prefix) return null
    return { unit, topic, words, synonyms, labels }
  }
  return topic === null ? { unit, topic, words, synonyms, labels } : null
}

function parse(stored: string | null): unknown {
  try {
    return JSON.parse(stored ?? 'null')
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const isList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

function isTexts(value: unknown, prefix: string): value is Patch['words'] {
  return isRecord(value) && Object.entries(value).every(([key, list]) => key.startsWith(prefix) && isList(list))
}

function isTopic(value: unknown): value is Topic {
  if (!isRecord(value)) return false
  const { id, title, audiences, questions, sources, quiz, asOf, reviewBy, reviewed, articles } = value
  const quizzes = Array.isArray(quiz ?? [])
    ? ((quiz ?? []) as unknown[]).every(
        (one) =>
          isRecord(one) && typeof one.question === 'string' && isList(one.answers) && typeof one.why === 'string',
      )
    : false
  const signed = reviewed === null || (isRecord(reviewed) && [reviewed.role, reviewed.on].every(isText))
  return (
    [id, title, asOf, reviewBy].every(isText) &&
    [audiences, questions, sources].every(isList) &&
    (articles === undefined || (isRecord(articles) && Object.values(articles).every(isText))) &&
    quizzes &&
    signed
  )
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/**
 * The book with these texts in place of those of their files. A key that a text left out keeps the file's words, since
 * a key without words is silence; only the parts of a topic may go.
 */
export function revise(book: Book, patches: readonly Patch[]): Book {
  const cards = cardsOf(book)
  const used = patches.filter(({ unit, words }) => isOpen(book, unit) && !cards.some((card) => card in words))
  if (used.length === 0) return book
  const words = new Map(used.flatMap((patch) => Object.entries(patch.words)))
  const synonyms = new Map(used.flatMap((patch) => Object.entries(patch.synonyms)))
  const topics = new Map(used.flatMap(({ topic }) => (topic === null ? [] : [[topic.id, topic] as const])))
  const isGone = (key: string) => {
    const [first, id = ''] = key.split('.')
    return first === 'topic' && topics.has(id)
  }
  return {
    ...book,
    topics: book.topics.map((topic) => topics.get(topic.id) ?? topic),
    words: (key, locale) => words.get(key) ?? (isGone(key) ? undefined : book.words(key, locale)),
    synonyms: (key) => synonyms.get(key) ?? (words.has(key) ? [] : book.synonyms(key)),
  }
}
