import { describe, expect, test } from 'vitest'
import { openEditor } from '../../src/authoring/editor.ts'
import { readTopicFields, writeTopicFields } from '../../src/authoring/topic-fields.ts'
import { readAuthored } from '../../src/cli/files.ts'
import { bookFiles, TODAY, TOPIC } from './good-book.ts'

const UNIT = 'content/vi/topics/noi-voi-con.md'
const topics = [...readAuthored()].filter(([file]) => file.startsWith('content/vi/topics/'))
const checked = (text: string, before = TOPIC) =>
  openEditor(bookFiles({ [UNIT]: before })).check({ unit: UNIT, text, before, others: [], today: TODAY })

describe('the form of a topic', () => {
  test('sent back as it was shown changes no letter of any topic there is', () => {
    expect(topics.length).toBeGreaterThan(60)
    for (const [file, text] of topics) {
      const fields = readTopicFields(text)
      expect([file, fields === null]).toEqual([file, false])
      expect([file, writeTopicFields(text, fields!) === text]).toEqual([file, true])
    }
  })

  test('changes only the lines of what was changed, and going back gives the same fields', () => {
    for (const [file, text] of topics) {
      const fields = readTopicFields(text)!
      const changed = writeTopicFields(text, { ...fields, card: 'MẪU thẻ.', asOf: '2026-12-24' })
      const old = new Set(text.split('\n'))
      const fresh = changed.split('\n').filter((line) => !old.has(line))
      expect([file, fresh]).toEqual([file, ['as_of: 2026-12-24', 'MẪU thẻ.']])
      expect([file, readTopicFields(writeTopicFields(changed, fields))]).toEqual([file, fields])
    }
  })

  test('writes what YAML would take for something else so that it is read back as it was typed', () => {
    const odd = 'a: b # c, [d] {e} "f" \'g\' - yes'
    const fields = {
      ...readTopicFields(TOPIC)!,
      title: odd,
      questions: `${odd}\n- hai\nnull\n2026-11-21`,
      tags: 'a, b',
    }
    const text = writeTopicFields(TOPIC, fields)
    expect(readTopicFields(text)).toEqual(fields)
    expect(checked(text).patch?.topic).toMatchObject({ title: odd, questions: [odd, '- hai', 'null', '2026-11-21'] })
  })

  test('cannot break out of its part: a heading typed into a text is a part of its own, and is complained of', () => {
    const fields = { ...readTopicFields(TOPIC)!, card: 'MẪU thẻ.\n\n## khac\nLời.' }
    expect(checked(writeTopicFields(TOPIC, fields)).findings.map(({ message }) => message)).toContain(
      'Không nút nào dùng “topic.noi-voi-con.khac”.',
    )
  })

  test('is none for a front matter that cannot be read', () => {
    expect(readTopicFields('---\ntitle: [\n---\n## card\nx\n')).toBeNull()
    expect(readTopicFields('## card\nx\n')).toBeNull()
  })
})

describe('an edited text is checked', () => {
  test('as the file would be: what is wrong already elsewhere is not its own', () => {
    const editor = openEditor(
      bookFiles({ 'content/vi/topics/khac.md': TOPIC.replace('noi-voi-con', 'sai-ten').replace('nói gì', 'khác gì') }),
    )
    const of = (text: string) =>
      editor.check({ unit: UNIT, text, before: TOPIC, others: [], today: TODAY }).findings.map(({ path }) => path)
    expect(of(TOPIC)).toEqual([])
    expect(of(TOPIC.replace('sources: [ who ]', 'sources: [ who, khong-co ]'))).toEqual(['sources'])
  })

  test('beside the other texts that hold, not beside their files', () => {
    const other = 'content/vi/topics/khac.md'
    const file = TOPIC.replace('key: noi-voi-con', 'key: khac').replace('nói gì với con', 'hỏi khác')
    const editor = openEditor(bookFiles({ [other]: file }))
    const text = TOPIC.replace('nói gì với con', 'trùng nhau')
    const others = [[other, file.replace('hỏi khác', 'trùng nhau')]] as const
    const messages = (beside: typeof others | []) =>
      editor
        .check({ unit: UNIT, text, before: TOPIC, others: beside, today: TODAY })
        .findings.map(({ message }) => message)
    expect(messages([])).toEqual([])
    expect(messages(others)).toEqual([expect.stringContaining('trùng nhau')])
  })

  test('for its words too while its front matter cannot be read, at the right lines', () => {
    const text = TOPIC.replace('as_of: 2026-11-21\n', '').replace('Nghe nhiều hơn nói.', 'Một con nghiện.')
    const { findings, patch } = checked(text)
    expect(patch).toBeNull()
    expect(findings.map(({ path, line }) => [path, line])).toEqual([
      ['as_of', 2],
      ['## more', text.split('\n').indexOf('Một con nghiện.') + 1],
    ])
  })

  test('for a number to call: it does not go from a safety card, nor from the words of a flow', () => {
    const safety = TOPIC.replace('level: education', 'level: safety').replace('Chọn lúc yên.', 'Gọi **115**.')
    expect(checked(safety.replace('Gọi **115**.', 'Đợi.'), safety).findings).toMatchObject([
      { path: '## card', level: 'error' },
    ])
    expect(checked(safety.replace('Gọi **115**.', 'Gọi 115 ngay.'), safety).findings).toEqual([])
    const plain = TOPIC.replace('Chọn lúc yên.', 'Gọi **111**.')
    expect(checked(plain.replace('Gọi **111**.', 'Đợi.'), plain).findings).toMatchObject([
      { path: '## card', level: 'warning' },
    ])
    const unit = 'content/vi/chua-hieu.md'
    const before =
      '## hoi\nMình chưa hiểu. Gọi 113.\n\n- nguoi: Hỏi người\n- het: Không cần\n\n## tam-biet\nTạm biệt.\n'
    const text = before.replace(' Gọi 113.', '')
    const editor = openEditor(bookFiles({ [unit]: before }))
    expect(editor.check({ unit, text, before, others: [], today: TODAY }).findings).toMatchObject([
      { path: '## hoi', level: 'error' },
    ])
  })
})

test('what may be edited is every topic, and the words of flows that are neither for an emergency nor ask for a yes', () => {
  const units = openEditor(readAuthored())
    .units()
    .map(({ unit }) => unit)
  for (const [file, text] of topics) expect([file, units.includes(file)]).toEqual([file, !text.includes('story: null')])
  for (const open of ['chao', 'chu-de', 'muc-luc']) expect(units).toContain(`content/vi/${open}.md`)
  for (const closed of ['khan-cap', 'he-thong', 'dien-thoai', 'gap-nguoi', 'luc-kho', 'xoa', 'dang-ky', 'noi-kenh'])
    expect(units).not.toContain(`content/vi/${closed}.md`)
})
