import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = new URL('../../', import.meta.url).pathname

interface Source {
  /** Below `src/`, with forward slashes. */
  path: string
  /** `engine`, `store` …, or the file itself for an entry. */
  folder: string
  imports: readonly string[]
}

const sources: readonly Source[] = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => {
    const path = posix.relative(join(ROOT, 'src'), posix.join(entry.parentPath, entry.name))
    return { path, folder: path.split('/')[0]!, imports: importsOf(readFileSync(join(ROOT, 'src', path), 'utf8')) }
  })

/** Static, dynamic and re-exporting imports, of types too. */
function importsOf(text: string): readonly string[] {
  const statements =
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"`]([^'"`]+)['"`]/g
  return [...text.matchAll(statements)].map((found) => found[1] ?? found[2] ?? found[3]!)
}

/** What an import of our own points at, below `src/`; null for a package. */
function target({ path }: Source, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.normalize(posix.join(dirname(path), specifier)) : null
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Every file and package that comes with a file when it runs; types cost nothing there. */
function reachOf(entry: string): readonly string[] {
  const reached = new Set([entry])
  for (const path of reached) {
    const source = sources.find((one) => one.path === path)
    if (!source) continue
    const text = readFileSync(join(ROOT, 'src', path), 'utf8').replace(/(^|\n)import type\b[^'"`]*['"][^'"]+['"]/g, '')
    for (const specifier of importsOf(text)) reached.add(target(source, specifier) ?? packageOf(specifier))
  }
  return [...reached]
}

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  authoring: ['engine'],
  store: ['engine'],
  channels: ['engine'],
  app: ['engine', 'store', 'channels'],
  web: ['engine', 'store', 'channels', 'app'],
  'log.ts': ['app'],
  'log-console.ts': ['app'],
  'config.ts': [],
}
/** They put the house together: they may import anything, and nothing imports them. */
const ENTRIES = ['node.ts', 'worker.ts', 'service.ts', 'bundle.d.ts', 'cli']

/** Packages, and the only places that may know them. */
const PACKAGES: readonly (readonly [string, RegExp])[] = [
  ['libphonenumber-js', /^engine\//],
  ['temporal-polyfill', /^engine\/clock\/(zone|recurrence)\.ts$/],
  ['rrule-temporal', /^engine\/clock\/recurrence\.ts$/],
  ['date-chinese', /^engine\/clock\/lunar\.ts$/],
  ['grammy', /^channels\/telegram[\w-]*\.ts$/],
  ['@grammyjs/types', /^channels\/telegram[\w-]*\.ts$/],
  ['better-sqlite3', /^(store\/(better-sqlite3|group-commit|sqlite-file|key-file)\.ts|cli\/|node\.ts$|service\.ts$)/],
  ['node:fs', /^(store\/(better-sqlite3|group-commit|sqlite-file|key-file)\.ts|cli\/|node\.ts$|service\.ts$)/],
  ['node:fs/promises', /^(store\/(better-sqlite3|group-commit|sqlite-file|key-file)\.ts|cli\/|node\.ts$|service\.ts$)/],
  ['drizzle-orm', /^store\//],
  ['hono', /^(web\/|node\.ts$|worker\.ts$)/],
  ['@hono/node-server', /^(node\.ts$|cli\/)/],
  ['prom-client', /^app\/metrics\.ts$/],
  ['pino', /^log\.ts$/],
  ['otplib', /^app\/second-factor\.ts$/],
  ['uqr', /^web\/(account-routes|desk\/(walk-ins|outreach|show-contest|reading-sheet|entrances))\.ts$/],
  ['ical-generator', /^web\/calendar-file\.ts$/],
  ['diff', /^web\/desk\/text-diff\.ts$/],
  ['docx', /^web\/(summary|sheet)-file\.ts$/],
  ['yaml', /^(authoring|cli)\//],
  ['marked', /^authoring\//],
  ['zod', /^(authoring|channels|web|cli)\/|^config\.ts$/],
]

describe('imports', () => {
  test('are read from every kind of statement', () => {
    const text =
      "import a from 'a'\nimport type { B } from './b.ts'\nexport { c } from 'c'\nimport 'd'\nconst e = await import('e')\n" +
      "import {\n  f,\n} from 'f'\nconst from = 'not'\n"
    expect(importsOf(text)).toEqual(['a', './b.ts', 'c', 'd', 'e', 'f'])
    expect(sources.length).toBeGreaterThan(60)
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(200)
  })

  test.each(Object.keys(MAY_IMPORT))('of %s stay within what the design allows', (folder) => {
    const allowed = [folder, ...MAY_IMPORT[folder]!]
    const wrong = sources
      .filter((source) => source.folder === folder)
      .flatMap((source) =>
        source.imports.flatMap((specifier) => {
          const to = target(source, specifier)
          return to === null || allowed.includes(to.split('/')[0]!) ? [] : [`${source.path} imports ${to}`]
        }),
      )
    expect(wrong).toEqual([])
  })

  test('know every folder of the house', () => {
    const known = [...Object.keys(MAY_IMPORT), ...ENTRIES]
    expect([...new Set(sources.map(({ folder }) => folder))].filter((folder) => !known.includes(folder))).toEqual([])
  })

  test('are never of an entry, except by another entry', () => {
    const wrong = sources
      .filter(({ folder }) => !ENTRIES.includes(folder))
      .flatMap((source) => source.imports.map((specifier) => [source.path, target(source, specifier)] as const))
      .filter(([, to]) => to !== null && ENTRIES.includes(to.split('/')[0]!))
    expect(wrong).toEqual([])
  })

  test('of the engine are no package but those that know phone numbers, time zones, recurring days and the moon calendar, and nothing of Node', () => {
    const packages = sources
      .filter(({ folder }) => folder === 'engine')
      .flatMap((one) => one.imports.filter((s) => !s.startsWith('.')))
    expect([...new Set(packages.map(packageOf))].sort()).toEqual([
      'date-chinese',
      'libphonenumber-js',
      'rrule-temporal',
      'temporal-polyfill',
    ])
  })

  test.each(PACKAGES)('of %s stay in their place', (name, place) => {
    const users = sources.filter(({ imports }) => imports.some((s) => !s.startsWith('.') && packageOf(s) === name))
    expect(users.map(({ path }) => path).filter((path) => !place.test(path))).toEqual([])
  })

  test('of other packages do not happen unseen', () => {
    const known = new Set(PACKAGES.map(([name]) => name))
    const others = sources.flatMap(({ imports }) =>
      imports.filter((s) => !s.startsWith('.') && !s.startsWith('node:')).map(packageOf),
    )
    expect([...new Set(others)].filter((name) => !known.has(name))).toEqual([])
  })

  test('of each entry bring in nothing of the other runtime', () => {
    const onNode = reachOf('node.ts')
    const onWorkers = reachOf('worker.ts')
    expect(onNode).toContain('store/better-sqlite3.ts')
    expect(onWorkers).toContain('store/d1.ts')
    const neither = (reach: readonly string[], names: RegExp) => reach.filter((name) => names.test(name))
    expect(neither(onNode, /^(worker\.ts|log-console\.ts|store\/(d1|key-bucket)\.ts|wrangler|@cloudflare.*)$/)).toEqual(
      [],
    )
    expect(neither(onWorkers, /better-sqlite3|key-file|^node:fs|^(pino|yaml|marked|log\.ts)$|^cli\//)).toEqual([])
  })

  test('of our own name the file they mean', () => {
    const paths = new Set(sources.map(({ path }) => path))
    const wrong = sources.flatMap((source) =>
      source.imports.flatMap((specifier) => {
        const to = target(source, specifier)
        return to === null || to.startsWith('..') || paths.has(to) ? [] : [`${source.path}: ${specifier}`]
      }),
    )
    expect(wrong).toEqual([])
  })
})
