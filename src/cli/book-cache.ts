import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { textHash } from '../app/text-hash.ts'
import { type BookData, bookFrom } from '../authoring/book-data.ts'
import type { Problem } from '../authoring/problem.ts'
import type { Book } from '../engine/book.ts'
import type { Directory } from '../engine/facts.ts'
import { ROOT, readAuthored } from './files.ts'

const FOLDER = join(ROOT, 'node_modules/.cache/dong-hanh')

/**
 * The book in force, as `load` gives it. Reading all the YAML takes a third of a start, so the compiled book is kept
 * under the hash of every file it was made from and by; a file that is missing, damaged or cannot be written only costs
 * that time.
 */
export async function loadBook(
  folder = FOLDER,
): Promise<
  { book: Book; directory: Directory; texts: Readonly<Record<string, string>> } | { problems: readonly Problem[] }
> {
  const files = readAuthored()
  const path = join(folder, `book-${hashOf(files)}.json`)
  const texts = hashTexts(files)
  const kept = read(path)
  if (kept) return { book: bookFrom(kept.data), directory: kept.directory, texts }
  const { load } = await import('../authoring/load.ts')
  const loaded = load(files)
  if ('problems' in loaded) return loaded
  keep(folder, path, { data: loaded.data, directory: loaded.directory })
  return { book: loaded.book, directory: loaded.directory, texts }
}

/** Hashes of the texts that may be edited at the desk, by path. */
export function hashTexts(files: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const texts = [...files].filter(([path]) => path.startsWith('content/vi/'))
  return Object.fromEntries(texts.map(([path, text]) => [path, textHash(text)]))
}

interface Kept {
  data: BookData
  directory: Directory
}

function hashOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256')
  for (const [path, text] of files) hash.update(`${path}\0${text}\0`)
  const code = join(ROOT, 'src/authoring')
  for (const name of readdirSync(code).sort()) hash.update(readFileSync(join(code, name)))
  return hash.digest('hex').slice(0, 16)
}

function read(path: string): Kept | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Kept
  } catch {
    return null
  }
}

/** Moved into place whole, since two processes may start at once. */
function keep(folder: string, path: string, kept: Kept): void {
  try {
    mkdirSync(folder, { recursive: true })
    for (const old of readdirSync(folder)) if (old.startsWith('book-')) rmSync(join(folder, old), { force: true })
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, JSON.stringify(kept))
    renameSync(draft, path)
  } catch {
    // A folder that cannot be written.
  }
}
