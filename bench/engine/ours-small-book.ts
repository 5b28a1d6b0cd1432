import { type BookData, bookFrom } from '../../src/authoring/book-data.ts'
import { DEFAULT_LADDERS } from '../../src/authoring/ladders-format.ts'
import type { AnswerKind, Book, Node } from '../../src/engine/book.ts'
import { ASK_AGE, ASK_NAME, START } from './conversation.mjs'

const ask = (answer: AnswerKind, save: string, next: string): Node => ({
  type: 'ask',
  answer,
  words: { key: `hai-cau.${save}` },
  save,
  choices: [],
  from: null,
  next,
  unknown: null,
})

/** The two questions and the one trigger that starts them. */
export const data: BookData = {
  format: 1,
  home: 'hai-cau',
  flows: [
    {
      id: 'hai-cau',
      revision: 'r1',
      title: 'Hai câu',
      safety: false,
      start: 'ten',
      nodes: {
        ten: ask('text', 'ten', 'tuoi'),
        tuoi: ask('number', 'tuoi', 'xong'),
        xong: { type: 'say', words: { key: 'hai-cau.xong' }, next: 'het' },
        het: { type: 'end' },
      },
    },
  ],
  published: [],
  triggers: [
    {
      id: 'bat-dau',
      kind: 'verb',
      match: 'whole',
      phrases: [START],
      ambiguous: [],
      unless: [],
      action: { type: 'start', flow: 'hai-cau' },
      reason: null,
      card: null,
    },
  ],
  ladders: DEFAULT_LADDERS,
  contacts: [],
  replies: [],
  topics: [],
  words: {
    vi: {
      'hai-cau.ten': [ASK_NAME],
      'hai-cau.tuoi': [ASK_AGE],
      'hai-cau.xong': ['Cảm ơn {ten}, {tuoi} tuổi.'],
    },
  },
  synonyms: {},
  sources: [],
}

export const smallBook: Book = bookFrom(data)
