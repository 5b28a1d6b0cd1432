import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dueContent, textsOn } from '../../src/authoring/content-due.ts'
import { readDraft } from '../../src/authoring/draft.ts'
import { ROOT } from '../../src/cli/files.ts'
import { bookFiles, TOPIC } from '../authoring/good-book.ts'

function content(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'src/cli/content.ts'), ...args], {
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

test('what falls due is listed with its day, the earliest first, and nothing later', () => {
  const draft = readDraft(
    bookFiles({
      'content/vi/topics/khac.md': TOPIC.replace('2027-02-21', '2026-12-01').replace('nói gì với con', 'gì khác'),
    }),
  )
  expect(dueContent(draft, '2026-12-31').map(({ id, on }) => [id, on])).toEqual([['khac', '2026-12-01']])
  expect(dueContent(draft, '2027-12-31').map(({ id }) => id)).toEqual(['khac', 'noi-voi-con'])
})

test('a law that ends brings every text that rests on it', () => {
  const draft = readDraft(
    bookFiles({
      'content/sources.yaml':
        'who: { title: WHO, kind: health, confidence: confirmed, in_force_from: "2020-01-01", in_force_to: "2026-12-20" }\n',
    }),
  )
  expect(textsOn(draft, 'who')).toEqual(['topic noi-voi-con'])
  expect(dueContent(draft, '2026-12-31')).toMatchObject([{ what: 'source', id: 'who', texts: ['topic noi-voi-con'] }])
})

test('of this book a law shows its tasks, and a wrong name says which there are', () => {
  const law = content('law', 'luat-120-2025')
  expect(law.status).toBe(0)
  expect(law.said).toContain('☐ paper cong-lap/ly-lich')
  expect(content('law', 'khong-co').said).toContain('luat-120-2025')
  expect(content('due', '--days', 'x').status).toBe(2)
  expect(content('due', '--days', '120', '--today', '2026-11-28').said).toContain('mục đến hạn trong 120 ngày')
})
