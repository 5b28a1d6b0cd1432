import type { Book, Flow, Trigger } from '../../src/engine/book.ts'
import { smallBook } from '../app/small-book.ts'

/** Words that make `decide` throw for whoever writes them, as a bug would. */
export const POISON = 'hỏng máy'

const poisoned: Flow = {
  id: 'hong',
  revision: 'r1',
  title: 'hong',
  safety: false,
  start: 'noi',
  nodes: { noi: { type: 'say', words: { key: 'hong.noi' }, next: 'het' }, het: { type: 'end' } },
}
const trigger: Trigger = {
  id: 'hong',
  kind: 'verb',
  match: 'anywhere',
  phrases: [POISON],
  ambiguous: [],
  unless: [],
  action: { type: 'start', flow: 'hong' },
  reason: null,
  card: null,
}

export const faultBook: Book = {
  ...smallBook,
  flow: (id, revision) => (id === 'hong' ? poisoned : smallBook.flow(id, revision)),
  triggers: [...smallBook.triggers, trigger],
  words(key, locale) {
    if (key === 'hong.noi') throw new TypeError('no such words')
    return smallBook.words(key, locale)
  },
}
