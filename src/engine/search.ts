import type { Book, Topic } from './book.ts'
import { fold } from './text.ts'

interface Index {
  /** For each folded syllable, how telling it is. */
  weight: ReadonlyMap<string, number>
  entries: readonly { topic: Topic; phrases: readonly ReadonlySet<string>[] }[]
}

const indexes = new WeakMap<Book, Index>()

function index(book: Book): Index {
  let made = indexes.get(book)
  if (!made) {
    const entries = book.topics.map((topic) => ({
      topic,
      phrases: [topic.title, ...topic.questions].map((phrase) => new Set(terms(phrase))),
    }))
    const seen = new Map<string, number>()
    for (const entry of entries) {
      for (const term of new Set(entry.phrases.flatMap((p) => [...p]))) seen.set(term, (seen.get(term) ?? 0) + 1)
    }
    const weight = new Map([...seen].map(([term, count]) => [term, Math.log(1 + entries.length / count)]))
    made = { weight, entries }
    indexes.set(book, made)
  }
  return made
}

/** Syllables too common to tell one question from another. */
const COMMON = new Set(
  'la gi co khong ko toi em minh ban anh chi chau con cho cua va thi ma o a nhe lam sao the nao duoc bi nhu voi ve nay kia mot cac nhung muon can hoi hay roi da se dang nguoi'.split(
    ' ',
  ),
)

/** Syllables and neighbouring pairs, folded: pairs tell "điều trị" from "điều kiện". */
function terms(text: string): string[] {
  const words = fold(text).split(' ').filter(Boolean)
  const singles = words.filter((word) => word.length > 1 && !COMMON.has(word))
  return [...singles, ...words.slice(1).map((word, i) => `${words[i]} ${word}`)]
}

/** The topics a question most likely means, best first; empty when nothing is close enough to show. */
export function search(book: Book, text: string): readonly { topic: Topic; score: number }[] {
  const { weight, entries } = index(book)
  const asked = new Set(terms(text))
  const total = [...asked].reduce((sum, term) => sum + (weight.get(term) ?? 0.7), 0)
  if (total === 0) return []
  return entries
    .map(({ topic, phrases }) => ({
      topic,
      score: Math.max(...phrases.map((phrase) => overlap(asked, phrase, weight, total))),
    }))
    .filter(({ score }) => score >= 0.34)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
}

/** Shared weight against the weight of both sides (Dice). */
function overlap(
  asked: ReadonlySet<string>,
  phrase: ReadonlySet<string>,
  weight: ReadonlyMap<string, number>,
  total: number,
) {
  let shared = 0
  let own = 0
  for (const term of phrase) {
    const value = weight.get(term) ?? 0
    own += value
    if (asked.has(term)) shared += value
  }
  return (2 * shared) / (total + own)
}
