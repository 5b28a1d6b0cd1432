import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)

const numbered = (letter: string, last: number) => Array.from({ length: last }, (_, i) => `${letter}${i + 1}`)

/** The rows of the seed document, in its order. */
const ROWS = [
  ...numbered('A', 37),
  ...numbered('B', 22),
  ...numbered('C', 25),
  ...numbered('D', 14),
  ...numbered('E', 15).flatMap((row) => {
    if (row === 'E4') return ['E4a', 'E4b', 'E4c']
    if (row === 'E12') return ['E12a', 'E12b', 'E12c', 'E12d', 'E12e']
    return [row]
  }),
]

/** Duties of the police and the compulsory system; of B6 the management half. */
const FIREWALL = ['A23', 'A33', 'A35', 'B6', 'B12', 'C21', 'D11', 'D12']

const PARTS = ['desk', 'detection', 'appointments and clubs', 'enrolment and follow-up', 'library', 'reports']

const table = readFileSync(new URL('docs/coverage.md', root), 'utf8')
  .split('\n')
  .filter((line) => /^\| *[A-E]\d/.test(line))
  .map((line) => {
    const cells = line.split('|').slice(1, -1)
    const [id = '', duty = '', where = '', state = ''] = cells.map((cell) => cell.trim())
    return { id, duty, where, state, cells: cells.length }
  })

const state = (id: string) => table.find((row) => row.id === id)?.state ?? ''

describe('the coverage of the seed plans', () => {
  test('names every row of the five plans once, in their order', () => {
    expect(table.map((row) => row.id)).toEqual(ROWS)
  })

  test('says of every row what the duty is, where it is and how far it is', () => {
    for (const row of table) {
      expect(row, row.id).toMatchObject({
        cells: 4,
        duty: expect.stringMatching(/\S/),
        where: expect.stringMatching(/\S/),
      })
      expect(row.state, row.id).toMatch(/^(works|in part|planned|(in part; )?refused: firewall \(.+\))$/)
    }
  })

  test.each(FIREWALL)('refuses %s with a reason', (id) => {
    expect(state(id)).toMatch(/refused: firewall \(.+\)/)
  })

  test('refuses nothing else', () => {
    expect(table.filter((row) => row.state.includes('refused')).map((row) => row.id)).toEqual(
      ROWS.filter((id) => FIREWALL.includes(id)),
    )
  })

  test('gives every planned row a part of the product', () => {
    for (const row of table.filter((row) => row.state === 'planned')) {
      expect(
        PARTS.some((part) => row.where.startsWith(`planned: ${part}`)),
        row.id,
      ).toBe(true)
    }
  })

  test('claims for today only what lies in the repository', () => {
    for (const row of table.filter((row) => /works|in part/.test(row.state))) {
      for (const [path] of row.where.matchAll(/\b(?:flows|content)\/[\w./-]*\w/g)) {
        expect(existsSync(new URL(path, root)), `${row.id}: ${path}`).toBe(true)
      }
    }
  })
})
