import type { Book, Topic } from './book.ts'
import { fold } from './text.ts'

interface Index {
  /** For each folded syllable, how telling it is. */
  weight: ReadonlyMap<string, number>
  entries: readonly { topic: Topic; title: ReadonlySet<string>; phrases: readonly ReadonlySet<string>[] }[]
}

const indexes = new WeakMap<Book, Index>()

function index(book: Book): Index {
  let made = indexes.get(book)
  if (!made) {
    const entries = book.topics.map((topic) => ({
      topic,
      title: new Set(terms(topic.title)),
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

/** Syllables too common to tell one question from another; nor do "mất bao lâu", "miễn phí". */
const COMMON = new Set(
  'la gi co khong ko toi em minh ban anh chi chau con cho cua va thi ma o a nhe lam sao the nao duoc bi nhu voi ve nay kia mot cac nhung muon can hoi hay roi da se dang nguoi bao lau nhieu mat tien mien phi'.split(
    ' ',
  ),
)

/** Syllables and neighbouring pairs, folded: pairs tell "điều trị" from "điều kiện". */
function terms(text: string): string[] {
  const words = fold(text).split(' ').filter(Boolean)
  const singles = words.filter((word) => word.length > 1 && !COMMON.has(word))
  const pairs = words
    .slice(1)
    .flatMap((word, i) => (COMMON.has(word) && COMMON.has(words[i]!) ? [] : `${words[i]} ${word}`))
  return [...singles, ...pairs]
}

/** Below this a topic is a guess, and a wrong card is worse than an honest "I did not understand". */
const FLOOR = 0.55
/** Sure enough only where no other topic is near. */
const NAMED = 0.58
const SHARED = 2

/**
 * The topics a question most likely means, best first; empty when nothing is close enough to show. One shared
 * syllable is a coincidence, unless all that was asked stands in a title and few topics speak of it ("methadone").
 */
export function search(book: Book, text: string): readonly { topic: Topic; score: number }[] {
  const { weight, entries } = index(book)
  const asked = new Set(terms(text))
  const total = [...asked].reduce((sum, term) => sum + (weight.get(term) ?? 0.7), 0)
  const telling = [...asked].filter((term) => !term.includes(' '))
  if (telling.length === 0) return []
  const rare = telling.some((term) => (weight.get(term) ?? 0) >= Math.log(1 + entries.length / 3))
  const names = (title: ReadonlySet<string>) => rare && telling.every((term) => title.has(term))
  return entries
    .map(({ topic, title, phrases }) => ({
      topic,
      score: Math.max(names(title) ? NAMED : 0, ...phrases.map((phrase) => overlap(asked, phrase, weight, total))),
    }))
    .filter(({ score }) => score >= FLOOR)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
}

/** Shared weight against the weight of both sides (Dice); nothing where too few telling syllables are shared. */
function overlap(
  asked: ReadonlySet<string>,
  phrase: ReadonlySet<string>,
  weight: ReadonlyMap<string, number>,
  total: number,
) {
  let shared = 0
  let own = 0
  let both = 0
  let telling = 0
  for (const term of phrase) {
    const value = weight.get(term) ?? 0
    const single = !term.includes(' ')
    own += value
    if (single) telling += 1
    if (!asked.has(term)) continue
    shared += value
    if (single) both += 1
  }
  return both < Math.min(SHARED, telling) ? 0 : (2 * shared) / (total + own)
}
