import { existsSync, readFileSync } from 'node:fs'
import { checkCommunes } from '../authoring/check-places.ts'
import { readDraft } from '../authoring/draft.ts'
import { readSamples } from '../authoring/places-format.ts'
import { type Problem, printProblem, problemAt, sortProblems } from '../authoring/problem.ts'
import { ConfigError, readConfig } from '../config.ts'
import type { Directory } from '../engine/facts.ts'
import { openSqlite } from '../store/better-sqlite3.ts'
import { replacingDirectory } from '../store/directory.ts'
import type { Query } from '../store/query.ts'
import { readAuthored } from './files.ts'

type Places = Pick<Directory, 'points' | 'clubs' | 'services'>

/** Makes the file's points and clubs the only ones; a file with any mistake changes nothing. */
export async function loadPoints(file: string, env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const config = readSettings(env)
  if (config === null) return 1
  const places = readPlaces(file, config.production)
  if (places === null) return 1
  if (!existsSync(config.databasePath)) {
    console.error('Chưa có cơ sở dữ liệu. Hãy chạy dịch vụ một lần trước.')
    return 1
  }
  const store = openSqlite(config.databasePath)
  try {
    await store.batch(replacingDirectory(places, newVersion()))
  } finally {
    store.close()
  }
  console.log(`${counted(places)} Dịch vụ đang chạy tự đọc lại, không cần khởi động lại.`)
  return 0
}

/** For a database this machine cannot open: the same change as SQL, on the standard output. */
export function printPoints(file: string): number {
  const places = readPlaces(file, true)
  if (places === null) return 1
  for (const query of replacingDirectory(places, newVersion())) console.log(`${literal(query)};`)
  console.error(counted(places))
  return 0
}

function readSettings(env: Readonly<Record<string, string | undefined>>) {
  try {
    return readConfig(env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    return null
  }
}

/** The file as points and clubs, or null once every mistake in it was said. */
function readPlaces(file: string, real: boolean): Places | null {
  if (!existsSync(file)) {
    console.error(`Không có tệp ${file}.`)
    return null
  }
  const communes = new Set(readDraft(readAuthored()).communes.map(({ value }) => value.id))
  const problems: Problem[] = []
  const written = readSamples(file, readFileSync(file, 'utf8'), problems)
  problems.push(...checkCommunes(written, communes))
  for (const { value, place } of [...written.points, ...written.clubs, ...written.services]) {
    if (real && value.sample)
      problems.push(problemAt(place, 'Điểm, câu lạc bộ và nơi dịch vụ MẪU không được nạp khi chạy thật.'))
  }
  if (problems.length > 0) return tell(problems)
  return {
    points: written.points.map(({ value }) => value),
    clubs: written.clubs.map(({ value }) => value),
    services: written.services.map(({ value }) => value),
  }
}

function tell(problems: readonly Problem[]): null {
  for (const problem of sortProblems(problems)) console.error(printProblem(problem))
  console.error('Chưa nạp gì cả.')
  return null
}

function counted({ points, clubs, services = [] }: Places): string {
  return `Danh sách mới: ${points.length} điểm, ${clubs.length} câu lạc bộ${services.length > 0 ? `, ${services.length} nơi dịch vụ` : ''}.`
}

/** Any text unlike the one before it makes the service read the directory again. */
function newVersion(): string {
  return new Date().toISOString()
}

function literal({ sql, params }: Query): string {
  const values = [...params]
  return sql.replace(/\?/g, () => `'${String(values.shift()).replaceAll("'", "''")}'`)
}
