/** How free text finds the library, on `tests/engine/questions.tsv` or the files given; `--lines` prints what goes wrong. */
import { readFileSync } from 'node:fs'
import { bookFrom } from '../src/authoring/book-data.ts'
import { compileBook } from '../src/authoring/compile.ts'
import { readDraft } from '../src/authoring/draft.ts'
import { readQuestions, scoreQuestions } from '../src/authoring/question-score.ts'
import { readAuthored } from '../src/cli/files.ts'

const book = bookFrom(compileBook(readDraft(readAuthored())))
const args = process.argv.slice(2)
const named = args.filter((arg) => !arg.startsWith('--'))
const files = named.length > 0 ? named : [new URL('../tests/engine/questions.tsv', import.meta.url)]
for (const file of files) {
  const asked = readQuestions(readFileSync(file, 'utf8'))
  const halves = { all: asked, odd: asked.filter((_, i) => i % 2 === 0), even: asked.filter((_, i) => i % 2 === 1) }
  for (const [name, list] of Object.entries(halves)) {
    const { wrongSure, lost, ...figures } = scoreQuestions(book, list)
    console.log(name, JSON.stringify(figures))
    if (name !== 'odd' || !args.includes('--lines')) continue
    for (const { text, sure, leads } of wrongSure) console.log(`WRONG ${text} → ${sure} (${leads.join('|')})`)
    for (const { text, ids, leads } of lost) console.log(`LOST ${text} → ${ids.join(' ') || '–'} (${leads.join('|')})`)
  }
}
