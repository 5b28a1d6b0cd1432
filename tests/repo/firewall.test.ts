import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/**
 * The firewall (decision 023): nothing here performs, feeds or assists surveillance, surprise tests, compulsory files or
 * lists of people who use drugs; no list of people comes in, and no name goes out but to the person it belongs to.
 */

const root = new URL('../../src/', import.meta.url)
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes('migrations'))
  .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8') }))
const having = (pattern: RegExp, folder = '') =>
  files.filter(({ path, text }) => path.startsWith(folder) && pattern.test(text)).map(({ path }) => path)

/** Where the house counts for its reports: nothing in these queries may name anybody. */
const COUNTS = ['store/figures.ts', 'app/figures.ts', 'web/figure-routes.ts', 'web/pages/figures.ts']
/** Columns and functions that lead to a person, or to their words. */
const IDENTIFYING = /\b(contact|address|handle|sealed|words|openWords|answers|name|note|phone)\b/

describe('what leaves the house', () => {
  test('as a file is a person’s own calendar, their own sheet, a script of the library, or lines a human has read one by one', () => {
    expect(having(/Content-Disposition/, 'web/').toSorted()).toEqual([
      'web/calendar-file.ts',
      'web/desk/enrolment-summary.ts',
      'web/desk/reading-sheet.ts',
      'web/desk/reviews.ts',
    ])
  })

  test.each(COUNTS)('%s counts without a column that leads to anybody', (path) => {
    const { text } = files.find((one) => one.path === path)!
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    const named = [...code.matchAll(/\$\{(\w+)\.(\w+)\}|\b(\w+)\.(\w+),$/gm)].map((found) => found[2] ?? found[4] ?? '')
    expect(named.filter((name) => IDENTIFYING.test(name))).toEqual([])
    expect(code).not.toMatch(/openWords|openAnswer|readDialogue|\.unseal\(|vault/)
  })

  test('to an analyst is counts alone: of no role that reads them may anything of a person be read', () => {
    const { text } = files.find((one) => one.path === 'app/permissions.ts')!
    const granted = [...text.matchAll(/allow\('([\w.]+)', \[[^\]]*'analyst'/g)].map((found) => found[1])
    expect(granted.toSorted()).toEqual(['content.read', 'outreach.read', 'report.view'])
  })
})

describe('what comes in', () => {
  test('is never a list of people: the only files taken are sounds', () => {
    const inputs = files.flatMap(({ text }) => [...text.matchAll(/<input[^>]*type="file"[^>]*>/g)].map(([tag]) => tag))
    expect(inputs.length).toBeGreaterThan(0)
    expect(inputs.filter((tag) => !tag.includes('accept="audio/*"'))).toEqual([])
  })

  test('brings no reader of sheets or tables: nothing could read such a list', () => {
    const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', root), 'utf8')) as {
      dependencies: Record<string, string>
    }
    expect(Object.keys(dependencies).filter((name) => /csv|xlsx|excel|sheet/.test(name))).toEqual([])
  })
})
