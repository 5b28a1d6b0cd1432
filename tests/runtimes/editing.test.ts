import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, expect, test } from 'vitest'
import { ROOT } from '../../src/cli/files.ts'
import { cleanUp, makeFolder } from '../e2e/service.ts'
import { acceptInvitation, hands } from '../web/sign-in.ts'
import { endWorkers, startWorker } from './peer.ts'
import { has, visit } from './visitor.ts'

const UNIT = 'content/vi/topics/noi-khong.md'
const FILE = readFileSync(join(ROOT, UNIT), 'utf8')
const QUESTION = /questions:\n {2}- (.+)\n/.exec(FILE)![1]!

afterEach(cleanUp)
afterAll(endWorkers)

test('on Workers a draft made from a file elsewhere is approved at the desk, and the next request says it', async () => {
  const folder = makeFolder()
  const path = join(folder, 'sua', UNIT)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, FILE.replace('## card\n', '## card\nMẪU lời từ tệp.\n\n'))
  const sql = execFileSync(process.execPath, ['src/cli/content.ts', 'import', '--d1', '--by', 'ha', path], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const peer = await startWorker(folder)
  const lead = hands((path, init) => fetch(peer.origin + path, init), { Origin: peer.origin })
  await acceptInvitation(lead, peer.setupPath()!)

  const database = new Database(databaseIn(folder))
  database.exec(sql)

  const page = '/desk/noi-dung/sua/bai/noi-khong/ban/1'
  const shown = await lead.ask(page)
  expect([shown.status, shown.text.includes('MẪU lời từ tệp.')]).toEqual([200, true])
  const before = visit(peer.origin)
  await before.say(QUESTION)
  const lines = await before.follow(has('bot', 'Thôi, mình không thử'))
  expect(lines.some(({ text }) => text.includes('MẪU lời từ tệp'))).toBe(false)

  const approved = await lead.ask(`${page}/duyet`, { read: 'yes' })
  expect([approved.status, approved.location]).toEqual([303, `${page}?xong=duyet`])
  const after = visit(peer.origin)
  await after.say(QUESTION)
  await after.follow(has('bot', 'MẪU lời từ tệp.'))

  database.prepare("update content_revision set patch = '{' where n = 1").run()
  database.prepare("update setting set value = 'later' where name = 'content_version'").run()
  database.close()
  const damaged = visit(peer.origin)
  await damaged.say(QUESTION)
  const told = await damaged.follow(has('bot', 'Thôi, mình không thử'))
  expect(told.some(({ text }) => text.includes('MẪU lời từ tệp'))).toBe(false)
  expect(peer.output()).toContain('revision_skipped')
  await peer.stop()
})

/** The file in which workerd keeps the one D1 database. */
function databaseIn(folder: string): string {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    ({ name, parentPath }) => name.endsWith('.sqlite') && parentPath.includes('d1') && name !== 'metadata.sqlite',
  )
  expect(found).toHaveLength(1)
  return join(found[0]!.parentPath, found[0]!.name)
}
