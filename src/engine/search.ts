import MiniSearch from 'minisearch'
import type { Book, Topic } from './book.ts'
import { fold } from './text.ts'

/** Syllables too common to tell one question from another. */
const COMMON = new Set(
  'la gi co khong ko toi em minh ban anh chi chau con cho cua va thi ma o a nhe lam sao the nao duoc bi nhu voi ve nay kia mot cac nhung muon can hoi hay roi da se dang nguoi nao vay ai day do khi neu thoi cung lai den tu de nhieu bao lau mat tien mien phi tiep'.split(
    ' ',
  ),
)

interface Index {
  /** How telling a syllable is. */
  weight: ReadonlyMap<string, number>
  found: MiniSearch<{ id: string; title: string; questions: string }>
  /** Titles and questions as they are written, folded. */
  written: ReadonlyMap<string, string>
}

const indexes = new WeakMap<Book, Index>()

function index(book: Book): Index {
  const made = indexes.get(book)
  if (made) return made
  const entries = book.topics.map(({ id, title, questions }) => ({ id, title, questions: questions.join(' . ') }))
  const found = new MiniSearch<(typeof entries)[number]>({
    fields: ['title', 'questions'],
    tokenize: terms,
    processTerm: (term) => term,
    searchOptions: { boost: { title: 2 } },
  })
  found.addAll(entries)
  const seen = new Map<string, number>()
  for (const { title, questions } of entries)
    for (const term of new Set(terms(`${title} ${questions}`))) seen.set(term, (seen.get(term) ?? 0) + 1)
  const weight = new Map([...seen].map(([term, count]) => [term, Math.log(1 + entries.length / count)]))
  const written = new Map(
    book.topics.flatMap(({ id, title, questions }) => [title, ...questions].map((text) => [fold(text), id] as const)),
  )
  const one = { weight, found, written }
  indexes.set(book, one)
  return one
}

/** Syllables and neighbouring pairs, folded: pairs tell "điều trị" from "điều kiện". */
function terms(text: string): string[] {
  const words = fold(text).split(' ').filter(Boolean)
  const singles = words.filter((word) => word.length > 1 && !COMMON.has(word))
  const pairs = words
    .slice(1)
    .flatMap((word, i) => (COMMON.has(word) && COMMON.has(words[i]!) ? [] : [`${words[i]} ${word}`]))
  return [...singles, ...pairs]
}

/** A word no topic has is as telling as the rarest. */
const UNKNOWN = 2.5
const OFFERED = 6

export interface Found {
  topic: Topic
  /** How much of what was asked the topic speaks of, by weight: 0 to 1. */
  share: number
  /** The rank of the search index, for comparing topics of one question. */
  rank: number
  /** The title says all that was asked ("methadone"). */
  named: boolean
}

/** The syllables of a question that tell something. */
export function telling(text: string): number {
  return new Set(terms(text.slice(0, 300)).filter((term) => !term.includes(' '))).size
}

/** Topics that share words with a question, best first (BM25). */
export function search(book: Book, text: string): readonly Found[] {
  const { weight, found } = index(book)
  const asked = new Set(terms(text.slice(0, 300)))
  const worth = (term: string) => weight.get(term) ?? (term.includes(' ') ? 0 : UNKNOWN)
  const tell = [...asked].filter((term) => !term.includes(' '))
  const total = [...asked].reduce((sum, term) => sum + worth(term), 0)
  if (total === 0) return []
  return found
    .search(text.slice(0, 300))
    .slice(0, OFFERED)
    .map(({ id, score, queryTerms }) => {
      const topic = book.topics.find((one) => one.id === id)!
      const title = new Set(terms(topic.title))
      return {
        topic,
        share: queryTerms.reduce((sum, term) => sum + worth(term), 0) / total,
        rank: score,
        named: tell.length > 0 && tell.every((term) => title.has(term)),
      }
    })
}

/** The topic that has this very question. */
export function written(book: Book, text: string): string | null {
  return index(book).written.get(fold(text.slice(0, 300))) ?? null
}
