import { describe, expect, test } from 'vitest'
import { bookFrom } from '../../src/authoring/book-data.ts'
import { check, checkAllPublished } from '../../src/authoring/check.ts'
import { contactsToShow } from '../../src/authoring/contacts.ts'
import { readDraft } from '../../src/authoring/draft.ts'
import { type Loaded, load } from '../../src/authoring/load.ts'
import { printPublished } from '../../src/authoring/published-format.ts'
import { bookFiles, CHAO, CHAO_WORDS, CONTACTS, TODAY, TOPIC } from './good-book.ts'

function loaded(changes: Readonly<Record<string, string | null>> = {}): Loaded {
  const result = load(bookFiles(changes))
  if ('problems' in result) throw new Error(JSON.stringify(result.problems, null, 2))
  return result
}

describe('a good book', () => {
  test('loads, and the checks find nothing to say', () => {
    expect(check(readDraft(bookFiles()), TODAY)).toEqual([])
    const { book } = loaded()
    expect(book.flow('chao')?.nodes.ai).toMatchObject({ type: 'ask', save: 'who', words: { key: 'chao.ai' } })
    expect(book.words('chao.chao', 'vi')).toEqual(['Chào {bạn}, đây là **Đồng Hành**.'])
    expect(book.words('chao.ai.minh', 'vi')).toEqual(['Cho mình'])
    expect(book.synonyms('chao.ai.minh')).toEqual(['bản thân'])
    expect(book.words('topic.noi-voi-con.more', 'vi')).toEqual(['Nghe nhiều hơn nói.'])
    expect(book.home).toBe('chao')
  })

  test('reads hours as minutes and old names as aliases', () => {
    const { points, communes } = loaded().directory
    expect(points[0]).toMatchObject({ sample: true, shifts: [{ weekday: 1, from: 450, to: 690 }] })
    expect(communes).toEqual([{ id: 'xa-a', name: 'Xã A', province: 'Tỉnh B', aliases: ['A cũ'], confirmed: true }])
  })

  test('survives being carried as JSON', () => {
    const { data, book } = loaded()
    const carried = bookFrom(JSON.parse(JSON.stringify(data)))
    expect(carried.flow('chao')).toEqual(book.flow('chao'))
    expect(carried.words('chao.ai', 'vi')).toEqual(book.words('chao.ai', 'vi'))
    expect(carried.triggers).toEqual(book.triggers)
  })

  test('is the same whether typed with composed or decomposed marks and with any line ends', () => {
    const decomposed = CHAO_WORDS.normalize('NFD').replaceAll('\n', '\r\n')
    expect(loaded({ 'content/vi/chao.md': decomposed }).data).toEqual(loaded().data)
  })
})

describe('revisions', () => {
  test('stay the same when words or the order of lines change, and change with the structure', () => {
    const revision = (changes: Readonly<Record<string, string>>) => loaded(changes).book.flow('chao')?.revision
    const base = revision({})
    expect(base).toMatch(/^[0-9a-f]{12}$/)
    expect(revision({ 'content/vi/chao.md': CHAO_WORDS.replace('Chào {bạn}', 'Xin chào {bạn}') })).toBe(base)
    expect(revision({ 'flows/chao/flow.yaml': CHAO.replace(/( {2}chao: .*\n)([\s\S]*)/, '$2$1') })).toBe(base)
    expect(
      revision({
        'flows/chao/flow.yaml': CHAO.replace('cases: { minh: hoc }', 'cases: { minh: nguoi }').replace(
          'else: nguoi',
          'else: hoc',
        ),
      }),
    ).not.toBe(base)
  })

  test('keep an old structure for the people inside it, and say where those of a withdrawn one go', () => {
    const old = loaded().book.flow('chao')!
    const path = `flows/published/chao/${old.revision}.json`
    const now = {
      'flows/chao/flow.yaml': CHAO.replace('save: who', 'save: whom').replace('answer: who', 'answer: whom'),
    }
    const kept = loaded({ ...now, [path]: printPublished({ flow: old, withdrawn: null }) }).book
    expect(kept.flow('chao')?.revision).not.toBe(old.revision)
    expect(kept.flow('chao', old.revision)).toEqual(old)
    expect(kept.withdrawn('chao', old.revision)).toBeNull()
    const withdrawn = { to: { ai: 'ai' }, else: 'human' as const }
    const gone = loaded({ ...now, [path]: printPublished({ flow: old, withdrawn }) }).book
    expect(gone.withdrawn('chao', old.revision)).toEqual(withdrawn)
    expect(gone.flow('chao', old.revision)).toEqual(old)
    expect(gone.flow('chao', '000000000000')).toBeUndefined()
  })

  test('must be published before they are used', () => {
    expect(checkAllPublished(readDraft(bookFiles())).map(({ file }) => file)).toContain('flows/chao/flow.yaml')
    const { flow } = readDraft(bookFiles()).flows.get('chao')!
    const path = `flows/published/chao/${flow.revision}.json`
    const draft = readDraft(bookFiles({ [path]: printPublished({ flow, withdrawn: null }) }))
    expect(checkAllPublished(draft).map(({ file }) => file)).not.toContain('flows/chao/flow.yaml')
  })

  test('cannot be changed by hand after they were published', () => {
    const { flow } = readDraft(bookFiles()).flows.get('chao')!
    const path = `flows/published/chao/${flow.revision}.json`
    const forged = printPublished({ flow: { ...flow, start: 'nguoi' }, withdrawn: null })
    expect(load(bookFiles({ [path]: forged }))).toMatchObject({ problems: [{ file: path, level: 'error' }] })
  })

  test('still need their words while somebody may be inside', () => {
    const { flow } = readDraft(bookFiles()).flows.get('chao')!
    const path = `flows/published/chao/${flow.revision}.json`
    const changes = {
      [path]: printPublished({ flow, withdrawn: null }),
      'flows/chao/flow.yaml': CHAO.replace('chao: { say: chao,', 'chao: { say: moi,'),
      'content/vi/chao.md': CHAO_WORDS.replace('## chao', '## moi'),
    }
    expect(load(bookFiles(changes))).toMatchObject({ problems: [{ file: path }] })
  })
})

describe('dates', () => {
  const expired = `${CONTACTS}het-han: { number: "0900 000 000", name: Cũ, hours: always, confidence: confirmed, verified_by: Lan, verified_on: 2020-01-01, expires_on: 2020-06-01, shown: true }\n`

  test('an expired contact never stops loading and never hides 113, 114, 115 or 111', () => {
    const { contacts } = loaded({ 'content/contacts.yaml': expired })
    const shown = contactsToShow(contacts, '2099-01-01').map(({ number }) => number)
    expect(shown).toEqual(['113', '114', '115', '111'])
  })

  test('the four numbers are shown even when the contacts file is lost', () => {
    const { contacts } = loaded({ 'content/contacts.yaml': null })
    expect(contactsToShow(contacts, TODAY).map(({ number }) => number)).toEqual(['113', '114', '115', '111'])
  })

  test('a verified number is shown until its last day', () => {
    const good = expired.replace('2020-01-01', '2026-11-01').replace('2020-06-01', '2027-04-30')
    const { contacts } = loaded({ 'content/contacts.yaml': good })
    const shownOn = (day: string) => contactsToShow(contacts, day).length
    expect(shownOn('2027-04-30')).toBe(5)
    expect(shownOn('2027-05-01')).toBe(4)
  })

  test('no date of the content stops the service', () => {
    const old = TOPIC.replace('2027-02-21', '2020-01-01')
    const ended = 'who: { title: WHO, kind: health, in_force_to: 2020-01-01, confidence: confirmed }\n'
    const { book } = loaded({ 'content/vi/topics/noi-voi-con.md': old, 'content/sources.yaml': ended })
    expect(book.topics.map(({ id }) => id)).toEqual(['noi-voi-con'])
  })
})

test('a place kept for a story is in no book until somebody has agreed to tell theirs', () => {
  const file = 'content/vi/topics/noi-voi-con.md'
  const kept = TOPIC.replace('review_by: 2027-02-21', 'review_by: 2027-02-21\nstory: null')
  const told = kept.replace('story: null', 'story: { consent: giấy số 3, on: 2026-11-20 }')
  expect(loaded({ [file]: kept }).book.topics).toEqual([])
  expect(loaded({ [file]: told }).book.topics.map(({ id }) => id)).toEqual(['noi-voi-con'])
})
