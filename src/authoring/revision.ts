import { createHash } from 'node:crypto'
import type { Node } from '../engine/book.ts'

/** Names a flow's structure by its content: the same nodes always have the same revision, on every machine. */
export function revisionOf(start: string, nodes: Readonly<Record<string, Node>>): string {
  return createHash('sha256').update(canonicalJson({ start, nodes })).digest('hex').slice(0, 12)
}

/** JSON with sorted keys, so that moving a line in the YAML is not a new revision. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`)
  return `{${entries.join(',')}}`
}
