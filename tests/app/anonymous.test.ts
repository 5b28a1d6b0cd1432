import { expect, test } from 'vitest'
import { anonymousBook } from '../../src/app/anonymous.ts'
import { load } from '../../src/authoring/load.ts'
import { readAuthored } from '../../src/cli/files.ts'
import type { Flow } from '../../src/engine/book.ts'
import { smallBook } from './small-book.ts'

/** For a number, or for a yes to keeping what identifies. */
const identifies = (flow: Flow | undefined) =>
  Object.values(flow?.nodes ?? {}).some(
    (node) => node.type === 'ask' && (node.answer === 'phone' || node.consent !== undefined),
  )

test('no flow of the anonymous book asks for a phone number or a consent, in no revision; the others are as they were', () => {
  const loaded = load(readAuthored())
  if ('problems' in loaded) throw new Error('the book has problems')
  const { book, data } = loaded
  const anonymous = anonymousBook(book)
  const asking = data.flows.filter(identifies)
  expect(asking.length).toBeGreaterThan(0)
  for (const { id, revision } of [...data.flows, ...data.published.map(({ flow }) => flow)]) {
    expect(identifies(anonymous.flow(id, revision)), id).toBe(false)
    if (!identifies(book.flow(id, revision))) expect(anonymous.flow(id, revision)).toBe(book.flow(id, revision))
  }
  expect(book.words('he-thong.khong-o-day', 'vi')).toBeDefined()
})

test('a run that began in the refusal finds it again', () => {
  const anonymous = anonymousBook(smallBook)
  const refusal = anonymous.flow('goi-lai')!
  expect(refusal.revision).not.toBe(smallBook.flow('goi-lai')!.revision)
  expect(anonymous.flow('goi-lai', refusal.revision)).toEqual(refusal)
  expect(anonymous.flow('nowhere')).toBeUndefined()
})
