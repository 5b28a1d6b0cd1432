import { readdirSync, readFileSync } from 'node:fs'
import { getTableColumns, getTableName, is, Table } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { load } from '../../src/authoring/load.ts'
import { readAuthored } from '../../src/cli/files.ts'
import { SCORE_ANSWERS } from '../../src/engine/accompany/progress.ts'
import { MUTE_REASONS } from '../../src/engine/conversation.ts'

/**
 * Bộ luật Hình sự, Điều 256a, makes use during rehabilitation a crime: whatever records that a person used can cost them
 * their freedom. So nothing here has a name under which it could be kept.
 */
const TELLING = new Set(
  (
    'use uses used using user relapse relapses relapsed lapse lapses lapsed slip slipped craving craved drug drugs ' +
    'substance substances dose doses urine positive negative tested sober clean heroin meth ' +
    'diagnosis diagnosed addict addicted citizen cccd birth birthday movement movements rollcall surveillance escape ' +
    'dung dung-lai lai tai nghien truot them say sach duong tinh xet nghiem ma tuy'
  ).split(' '),
)
/** The few that say something else, each with what it says. */
const ELSE: Readonly<Record<string, string>> = {
  'ticket.lapses': 'how often a hold of staff ran out',
  slip: 'the paper with a code by which somebody’s chat is joined to their record',
  slip_made: 'that paper was printed',
  slips_withdrawn: 'that paper is worth nothing any more',
  'chat_link.slip': 'the paper a chat was joined by',
}

function telling(name: string): boolean {
  const words = (name.split('.').at(-1) ?? name).toLowerCase().split(/[_-]/)
  return words.some((word) => TELLING.has(word)) && !(name in ELSE)
}

const loaded = load(readAuthored())
if ('problems' in loaded) throw new Error('the flows cannot be read')
const nodes = [...readAuthored().keys()]
  .flatMap((path) => /^flows\/([a-z0-9-]+)\/flow\.yaml$/.exec(path)?.[1] ?? [])
  .flatMap((id) => Object.values(loaded.book.flow(id)?.nodes ?? {}))

test('no event has a name under which it could be kept that somebody used', () => {
  const types = [...readFileSync('src/engine/event.ts', 'utf8').matchAll(/type: '([a-z_]+)'/g)].map((one) => one[1]!)
  expect(types.length).toBeGreaterThan(80)
  expect(types.filter(telling)).toEqual([])
})

test('no table and no column has such a name', async () => {
  const files = readdirSync('src/store').filter((name) => name === 'schema.ts' || name.endsWith('-tables.ts'))
  const modules: readonly object[] = await Promise.all(
    files.map((name) => import(`../../src/store/${name.replace('.ts', '')}.ts`)),
  )
  const tables = modules.flatMap((module) => Object.values(module)).filter((one) => is(one, Table))
  expect(tables.length).toBeGreaterThan(40)
  const names = tables.flatMap((table) => [
    getTableName(table),
    ...Object.values(getTableColumns(table)).map((column) => `${getTableName(table)}.${column.name}`),
  ])
  expect(names.filter(telling)).toEqual([])
})

test('no answer, form, reason of a ticket or reason for silence has such a name', () => {
  const saved = nodes.flatMap((node) =>
    node.type === 'ask' ? [node.save, ...node.choices.map(({ save }) => save)].flatMap((name) => name ?? []) : [],
  )
  const forms = nodes.flatMap((node) => (node.type === 'submit' ? [node.form, ...node.values] : []))
  const reasons = nodes.flatMap((node) => (node.type === 'handoff' ? [node.reason] : []))
  expect(saved.length).toBeGreaterThan(30)
  expect([...saved, ...forms, ...reasons, ...MUTE_REASONS, ...SCORE_ANSWERS].filter(telling)).toEqual([])
})

test('the list would catch such a name', () => {
  for (const name of ['relapse_noted', 'person.used_on', 'last_use', 'dung-lai', 'xet_nghiem'])
    expect(telling(name)).toBe(true)
})

test('the questions of a month are about sleep, money, family, surroundings and oneself, in words without use', () => {
  const asked = ['giac-ngu', 'viec', 'nguoi-than', 'quanh-minh', 'thay-minh'].flatMap(
    (key) => loaded.book.words(`tien-bo.${key}`, 'vi') ?? [],
  )
  expect(asked).toHaveLength(SCORE_ANSWERS.length)
  expect(asked.join(' ')).not.toMatch(/dùng|thuốc|ma t[uú]|thèm|chơi|nghiện|xét nghiệm/i)
})
