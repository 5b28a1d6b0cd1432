import { describe, expect, test } from 'vitest'
import { check } from '../../src/authoring/check.ts'
import { compileBook } from '../../src/authoring/compile.ts'
import { readDraft } from '../../src/authoring/draft.ts'
import { readAuthored } from '../../src/cli/files.ts'
import { readSelfCheck, type SelfCheck } from '../../src/engine/self-check.ts'
import { bookFiles, TODAY } from '../authoring/good-book.ts'
import { book } from '../engine/converse.ts'
import { openWhole } from './whole-service.ts'

/** MẪU: made up for this test, no tool of anybody; it asks nothing about use. */
const YAML = `mau:
  title: MẪU – giấc ngủ
  licence: mẫu của bài thử
  source: who
  official_wording: true
  reviewed_by: bác sĩ MẪU
  review_by: 2027-02-21
  intro: Vài câu về giấc ngủ.
  questions:
    - { text: Tuần này ngủ được không, answers: [ { text: Được, points: 0 }, { text: Không, points: 2 } ] }
    - { text: Có ai để nói chuyện không, answers: [ { text: Có, points: 0 }, { text: Không, points: 1 } ] }
  bands:
    - { from: 0, words: Mọi thứ có vẻ ổn. }
    - { from: 2, words: Bạn có thể nói với một người ở điểm tư vấn. }
`
const compiled = (yaml: string) =>
  compileBook(readDraft(bookFiles({ 'content/self-checks.yaml': yaml }))).selfChecks ?? []
const SAMPLE = compiled(YAML)[0] as SelfCheck

describe('a self-check', () => {
  test('of this book there is none: no licence and no official wording is confirmed', async () => {
    expect(compileBook(readDraft(readAuthored())).selfChecks).toEqual([])
    const whole = openWhole()
    expect((await whole.ask('/tu-kiem/assist', { headers: { Accept: 'text/html' } })).status).toBe(404)
  })

  test.each([
    ['a licence', 'licence: mẫu của bài thử', 'licence: null'],
    ['official wording', 'official_wording: true', 'official_wording: false'],
    ['a clinician’s name', 'reviewed_by: bác sĩ MẪU', 'reviewed_by: null'],
  ])('without %s stays switched off', (_, from, to) => {
    expect(compiled(YAML.replace(from, to))).toEqual([])
  })

  test('says something whatever is answered, and a next step', () => {
    expect(readSelfCheck(SAMPLE, [0, 0])).toBe('Mọi thứ có vẻ ổn.')
    expect(readSelfCheck(SAMPLE, [1, 0])).toContain('điểm tư vấn')
    expect(readSelfCheck(SAMPLE, [1])).toBeNull()
    expect(readSelfCheck(SAMPLE, [7, 0])).toBeNull()
    const broken = readDraft(bookFiles({ 'content/self-checks.yaml': YAML.replace('from: 0', 'from: 1') }))
    expect(check(broken, TODAY).map(({ message }) => message)).toContain(
      'Mức đầu phải từ 0 điểm: ai trả lời thế nào cũng có lời.',
    )
  })

  test('is added up in one request and kept nowhere', async () => {
    const whole = openWhole()
    whole.home.book.now = { ...book, selfChecks: [SAMPLE] }
    const tables = () =>
      whole.home.database.database
        .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
        .all()
        .map((row) => {
          const { name } = row as { name: string }
          return [name, whole.home.database.database.prepare(`select count(*) as n from "${name}"`).get()]
        })
    const before = tables()
    expect((await whole.ask('/tu-kiem/mau')).text).toContain('không được lưu')
    const half = await whole.ask('/tu-kiem/mau', { method: 'POST', body: new URLSearchParams({ c0: '1' }) })
    expect([half.status, half.text.includes('Còn câu chưa chọn')]).toEqual([400, true])
    expect(half.text).toContain('value="1" checked')
    const done = await whole.ask('/tu-kiem/mau', { method: 'POST', body: new URLSearchParams({ c0: '1', c1: '1' }) })
    expect(done.text).toContain('không phải chẩn đoán')
    expect(done.headers.get('Set-Cookie')).toBeNull()
    expect(tables()).toEqual(before)
    expect(whole.log()).not.toContain('c0')
  })
})
