/** Which way of finding a topic answers real questions best: MiniSearch, FTS5, our own index of lines and cards, and that with intents. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Database from 'better-sqlite3'
import { bookFrom } from '../src/authoring/book-data.ts'
import { compileBook } from '../src/authoring/compile.ts'
import { readDraft } from '../src/authoring/draft.ts'
import { readRows } from '../src/authoring/labelled.ts'
import { readAuthored } from '../src/cli/files.ts'
import { retrieve } from '../src/engine/retrieve.ts'
import { search } from '../src/engine/search.ts'
import { fold } from '../src/engine/text.ts'

const require = createRequire(new URL('./', import.meta.url))
const MiniSearch = require('minisearch')
const book = bookFrom(compileBook(readDraft(readAuthored())))
const file = process.argv[2] ?? new URL('../tests/safety/held-out.tsv', import.meta.url)
const topics = new Set(book.topics.map(({ id }) => id))
/** Calm questions of an intent that leads to topics; any of them is right. */
const questions = readRows(readFileSync(file, 'utf8')).flatMap(({ text, intent, level, note }) => {
  const to = book.intents?.[intent ?? '']?.to ?? []
  return level === 'none' && !/NEG/.test(note) && to.some((id) => topics.has(id)) ? [{ text, to }] : []
})

const mini = new MiniSearch({ fields: ['title', 'questions'], tokenize: (text: string) => fold(text).split(' ') })
mini.addAll(book.topics.map(({ id, title, questions: asked }) => ({ id, title, questions: asked.join(' \n ') })))
const db = new Database(':memory:')
db.exec('create virtual table topic using fts5(id unindexed, words)')
const put = db.prepare('insert into topic values (?, ?)')
for (const { id, title, questions: asked } of book.topics) put.run(id, fold([title, ...asked].join(' ')))
const ask = db.prepare('select id from topic where topic match ? order by bm25(topic) limit 3')

const WAYS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  'lines and cards': (text) => search(book, text).map(({ id }) => id),
  MiniSearch: (text) =>
    mini
      .search(fold(text))
      .slice(0, 3)
      .map(({ id }: { id: string }) => id),
  FTS5: (text) =>
    (
      ask.all(
        fold(text)
          .split(' ')
          .filter(Boolean)
          .map((word) => `"${word}"`)
          .join(' OR ') || '""',
      ) as { id: string }[]
    ).map(({ id }) => id),
  'lines, cards, intents': (text) => {
    const { sure, likely } = retrieve(book, text)
    return sure === null ? likely : [sure, ...likely.filter((id) => id !== sure)]
  },
}
console.log(`${questions.length} questions`)
for (const [name, find] of Object.entries(WAYS)) {
  const found = questions.map(({ text, to }) => ({ ids: find(text), to }))
  const first = found.filter(({ ids, to }) => to.includes(ids[0] ?? '')).length
  const three = found.filter(({ ids, to }) => ids.slice(0, 3).some((id) => to.includes(id))).length
  const wrong = found.filter(({ ids, to }) => ids.length > 0 && !ids.slice(0, 3).some((id) => to.includes(id))).length
  const begun = performance.now()
  for (let i = 0; i < 2_000; i++) find(questions[i % questions.length]!.text)
  const each = ((performance.now() - begun) / 2_000) * 1_000
  console.log(
    `${name.padEnd(22)} first ${first}, among three ${three}, only wrong ones ${wrong}, ${each.toFixed(0)} us`,
  )
}
