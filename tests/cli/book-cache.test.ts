import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { load } from '../../src/authoring/load.ts'
import { loadBook } from '../../src/cli/book-cache.ts'
import { readAuthored } from '../../src/cli/files.ts'

const folder = mkdtempSync(join(tmpdir(), 'dong-hanh-book-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The numbers of the net as text: as objects they would be millions of names. */
const plain = (book: object) =>
  JSON.parse(
    JSON.stringify(book, (_, value) =>
      ArrayBuffer.isView(value) ? Buffer.from(value.buffer).toString('base64') : value,
    ),
  )
const read = async (from = folder) => {
  const loaded = await loadBook(from)
  if ('problems' in loaded) throw new Error('the book has problems')
  return loaded
}

test('a kept book is the book that the files give, and it is really read from there', async () => {
  const fresh = load(readAuthored())
  if ('problems' in fresh) throw new Error('the book has problems')
  await read()
  const [kept] = readdirSync(folder)
  const again = await read()
  expect(plain(again.directory)).toEqual(plain(fresh.directory))
  expect(plain(again.book)).toEqual(plain(fresh.book))
  expect(again.book.words('chao.gioi-thieu', 'vi')).toEqual(fresh.book.words('chao.gioi-thieu', 'vi'))

  const path = join(folder, kept!)
  writeFileSync(path, readFileSync(path, 'utf8').replace('"home":"chao"', '"home":"khac"'))
  expect((await read()).book.home).toBe('khac')
})

test('a damaged file, or a folder that cannot be written, only costs the time to read anew', async () => {
  for (const name of readdirSync(folder)) writeFileSync(join(folder, name), '{"data":')
  expect((await read()).book.home).toBe('chao')
  expect(readdirSync(folder)).toHaveLength(1)
  expect((await read('/dev/null/nowhere')).book.home).toBe('chao')
})
