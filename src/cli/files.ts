import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout this code runs from. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What the authors wrote, by path inside the project with forward slashes. */
export function readAuthored(root = ROOT): ReadonlyMap<string, string> {
  return new Map(['flows', 'content'].flatMap((folder) => readFolder(root, folder, /\.(yaml|yml|md|json|txt)$/)))
}

/** The golden conversations, by path. */
export function readTranscripts(root = ROOT): ReadonlyMap<string, string> {
  return new Map(readFolder(root, 'flows', /\.transcript$/))
}

function readFolder(root: string, folder: string, name: RegExp): readonly (readonly [string, string])[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')] as const)
}

const ASSET_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=UTF-8',
  '.js': 'text/javascript; charset=UTF-8',
  '.svg': 'image/svg+xml',
}

/** The files of the pages, by name, with their types. */
export function readAssets(root = ROOT): ReadonlyMap<string, { type: string; body: string }> {
  const folder = join(root, 'src/web/assets')
  return new Map(
    readdirSync(folder).flatMap((name) => {
      const type = ASSET_TYPES[extname(name)]
      return type === undefined ? [] : [[name, { type, body: readFileSync(join(folder, name), 'utf8') }] as const]
    }),
  )
}
