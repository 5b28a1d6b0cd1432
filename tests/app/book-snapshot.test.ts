import { describe, expect, test } from 'vitest'
import { bookSnapshot } from '../../src/app/book-snapshot.ts'
import { textHash } from '../../src/app/text-hash.ts'
import { openEditor } from '../../src/authoring/editor.ts'
import { load } from '../../src/authoring/load.ts'
import { wordsOf } from '../../src/engine/safe-card.ts'
import { approving, readRevision, saving } from '../../src/store/content.ts'
import { bookFiles, TODAY, TOPIC } from '../authoring/good-book.ts'
import { MORNING, openApp, type SmallApp } from './small-app.ts'

const UNIT = 'content/vi/topics/noi-voi-con.md'
const files = bookFiles()
const loaded = load(files)
if ('problems' in loaded) throw new Error('the small book has problems')
const { book } = loaded
const editor = openEditor(files)
const CARD = 'Chọn lúc yên. Hỏi con một câu rồi nghe.'

function patchOf(unit: string, text: string): string {
  return JSON.stringify(editor.check({ unit, text, before: text, others: [], today: TODAY }).patch)
}

/** As if it had been approved, whatever the desk would have said. */
async function live(home: SmallApp, unit: string, text: string, patch = patchOf(unit, text)): Promise<void> {
  const row = { unit, n: 1, text, hash: textHash(text), base: 'b', file: 'f', restores: null, note: '', by: 'ha' }
  await home.app.store.batch(saving({ ...row, createdAt: MORNING, patch, problems: 0 }))
  await home.app.store.batch(approving({ unit, n: 1 }, patch, 'sen', MORNING))
}

const open = (home: SmallApp, texts: Readonly<Record<string, string>> = {}) =>
  bookSnapshot(book, { log: home.app.log, now: home.app.now, files: texts })
const cardIn = (snapshot: ReturnType<typeof open>) => snapshot.now().words('topic.noi-voi-con.card', 'vi')

describe('the book with what was approved at the desk', () => {
  test('is another object as soon as its version changed, and the same while it did not', async () => {
    const home = openApp()
    const snapshot = open(home)
    await snapshot.refresh(home.app.store)
    expect(snapshot.now()).toBe(book)
    await live(home, UNIT, TOPIC.replace(CARD, 'MẪU lời mới.').replace('Nói chuyện với con', 'Tên MẪU'))
    await snapshot.refresh(home.app.store)
    const fresh = snapshot.now()
    expect(cardIn(snapshot)).toEqual(['MẪU lời mới.'])
    expect(fresh.topics.map(({ title }) => title)).toEqual(['Tên MẪU'])
    expect(fresh.words('chao.chao', 'vi')).toEqual(book.words('chao.chao', 'vi'))
    await snapshot.refresh(home.app.store)
    expect(snapshot.now()).toBe(fresh)
  })

  test('loses a part that was taken out of a topic, and never a key that a flow may need', async () => {
    const poster = `${TOPIC}\n## ap-phich\nMột dòng.\n`
    const longer = load(bookFiles({ [UNIT]: poster }))
    if ('problems' in longer) throw new Error('the small book has problems')
    const home = openApp()
    const snapshot = bookSnapshot(longer.book, { log: home.app.log, now: home.app.now, files: {} })
    expect(snapshot.now().words('topic.noi-voi-con.ap-phich', 'vi')).toEqual(['Một dòng.'])
    await live(home, UNIT, TOPIC)
    await live(home, 'content/vi/chao.md', '## chao\nMẪU chào {bạn}.\n')
    await snapshot.refresh(home.app.store)
    expect(snapshot.now().words('topic.noi-voi-con.ap-phich', 'vi')).toBeUndefined()
    expect(snapshot.now().words('chao.chao', 'vi')).toEqual(['MẪU chào {bạn}.'])
    expect(snapshot.now().words('chao.ai', 'vi')).toEqual(book.words('chao.ai', 'vi'))
    expect(snapshot.now().synonyms('chao.ai.minh')).toEqual(['bản thân'])
  })
})

describe('a revision that cannot be used', () => {
  const good = () => JSON.parse(patchOf(UNIT, TOPIC.replace(CARD, 'MẪU lời mới.')))
  const DAMAGED: Readonly<Record<string, () => string>> = {
    'is no JSON': () => '{"unit":',
    'is null': () => 'null',
    'is a list': () => '[]',
    'has no words': () => JSON.stringify({ ...good(), words: null }),
    'has empty words': () => JSON.stringify({ ...good(), words: { ...good().words, 'topic.noi-voi-con.card': [] } }),
    'has words that are no text': () =>
      JSON.stringify({ ...good(), words: { ...good().words, 'topic.noi-voi-con.card': [7] } }),
    'lacks its card': () => JSON.stringify({ ...good(), words: { 'topic.noi-voi-con.more': ['x'] } }),
    'is of another file': () => JSON.stringify({ ...good(), unit: 'content/vi/chao.md' }),
    'reaches beyond its file': () =>
      JSON.stringify({ ...good(), words: { ...good().words, 'he-thong.khan-cap': ['lời giả'] } }),
    'has a topic of no form': () => JSON.stringify({ ...good(), topic: { ...good().topic, questions: 'một' } }),
    'has another topic': () => JSON.stringify({ ...good(), topic: { ...good().topic, id: 'khac' } }),
  }

  test.each(Object.entries(DAMAGED))(
    'because it %s is left out and named in the log without its text; the file’s words stand',
    async (_, patch) => {
      const home = openApp()
      const snapshot = open(home)
      const text = TOPIC.replace(CARD, 'MẪU lời riêng.')
      await live(home, UNIT, text, patch())
      await live(home, 'content/vi/chao.md', '## chao\nMẪU chào {bạn}.\n')
      await snapshot.refresh(home.app.store)
      expect(cardIn(snapshot)).toEqual([CARD])
      expect(snapshot.now().words('chao.chao', 'vi')).toEqual(['MẪU chào {bạn}.'])
      expect(wordsOf(snapshot.now(), 'he-thong.khan-cap', 'vi')).toEqual(wordsOf(book, 'he-thong.khan-cap', 'vi'))
      expect(home.log()).toContain('"event":"revision_skipped"')
      expect(home.log()).toContain(`${UNIT}#1`)
      expect(home.log()).not.toContain('lời riêng')
      expect(home.log()).not.toContain('lời giả')
    },
  )

  test.each([
    ['content/vi/he-thong.md', '## khan-cap\nLời giả.\n', 'he-thong.khan-cap'],
    ['content/vi/khan-cap.md', '## hoi\nLời giả.\n', 'khan-cap.hoi'],
    ['content/vi/gap-nguoi.md', '## the\nLời giả.\n', 'gap-nguoi.the'],
    ['content/vi/dien-thoai.md', '## tin\nLời giả.\n', 'dien-thoai.tin'],
  ])('because %s speaks in an emergency changes nothing, whoever wrote the row', async (unit, text, key) => {
    const home = openApp()
    const snapshot = open(home)
    await live(home, unit, text)
    await snapshot.refresh(home.app.store)
    expect(snapshot.now()).toBe(book)
    expect(wordsOf(snapshot.now(), key, 'vi')).not.toContain('Lời giả.')
    expect(home.log()).toContain('"reason":"closed"')
  })

  test('does not keep the service from its book when the database gives none', async () => {
    const home = openApp()
    const snapshot = open(home)
    const broken = { ...home.app.store, read: () => Promise.reject(new Error('disk')) }
    await snapshot.refresh(broken)
    expect(snapshot.now()).toBe(book)
    expect(home.log()).toContain('"event":"revisions_unread"')
  })
})

test('a release whose file says the same ends the revision; one that says something else does not', async () => {
  const home = openApp()
  const text = TOPIC.replace(CARD, 'MẪU lời mới.')
  await live(home, UNIT, text)
  const forked = open(home, { [UNIT]: textHash(`${text}\nkhác\n`) })
  await forked.refresh(home.app.store)
  expect(cardIn(forked)).toEqual(['MẪU lời mới.'])
  expect((await readRevision(home.app.store, UNIT, 1))?.state).toBe('live')

  const windows = text.replaceAll('\n', '\r\n').normalize('NFD')
  await open(home, { [UNIT]: textHash(windows) }).refresh(home.app.store)
  expect(await readRevision(home.app.store, UNIT, 1)).toMatchObject({ state: 'released', endedAt: MORNING })
})
