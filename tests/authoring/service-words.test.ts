import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { schemaFiles } from '../../src/authoring/schema.ts'
import { CALLED_FLOWS, SERVICE_FLOWS, SERVICE_WORDS } from '../../src/authoring/service-words.ts'
import { readAuthored } from '../../src/cli/files.ts'

const sources = ['engine', 'app', 'web', 'channels', 'store']
  .flatMap((folder) => {
    const entries = readdirSync(`src/${folder}`, { withFileTypes: true, recursive: true })
    return entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  })
  .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))

test('every key that the code says is on the list that authors may not delete', () => {
  const keys = sources.flatMap((text) =>
    [...text.matchAll(/['"`](he-thong\.[a-z.-]+[a-z])['"`]/g)].map((found) => found[1]!),
  )
  expect(keys.length).toBeGreaterThan(5)
  for (const key of new Set(keys)) if (!/^he-thong\.xac-nhan\./.test(key)) expect(SERVICE_WORDS).toContain(key)
})

test('every flow that the code starts by name is on the list that authors may not delete', () => {
  const flows = sources.flatMap((text) =>
    [...text.matchAll(/startFlow\([^,()]+, '([a-z-]+)'/g)].map((found) => found[1]!),
  )
  expect(flows.length).toBeGreaterThan(1)
  for (const flow of flows) expect([...SERVICE_FLOWS, ...CALLED_FLOWS]).toContain(flow)
})

test('the JSON Schemas on disk are those of the formats', () => {
  const files = readAuthored()
  for (const [path, text] of schemaFiles()) expect(files.get(path), `${path}: npm run flows -- publish`).toBe(text)
})
