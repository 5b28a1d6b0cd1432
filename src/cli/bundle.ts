import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from '../authoring/load.ts'
import { hashTexts } from './book-cache.ts'
import { ROOT, readAssets, readAuthored } from './files.ts'

/** What a Worker needs from the disk, as one file of JSON: the book, the places, the sample directory and the pages' files. */
const files = readAuthored()
const loaded = load(files)
if ('problems' in loaded) {
  for (const problem of loaded.problems) console.error(`${problem.file}: ${problem.path}: ${problem.message}`)
  process.exit(1)
}
const { data, directory } = loaded
mkdirSync(join(ROOT, 'dist'), { recursive: true })
writeFileSync(
  join(ROOT, 'dist/service.bundle.txt'),
  JSON.stringify({ book: data, directory, texts: hashTexts(files), assets: [...readAssets()] }),
)
