/** A message comes from outside: deeper nesting than any person writes is not followed. */
const DEPTH = 20

/** The words of a rich message without its form, so that a cry for help in one is still read. */
export function flattenRich(rich: unknown): string {
  return blocks(rich, 0).trim()
}

function blocks(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null || depth > DEPTH) return ''
  if (Array.isArray(value)) return lines(value.map((item) => blocks(item, depth + 1)))
  const { text, summary, caption, blocks: inner, items, cells } = value as Record<string, unknown>
  return lines([
    ...[summary, text].map((part) => inline(part, depth + 1)),
    ...[inner, items, cells].map((part) => blocks(part, depth + 1)),
    inline(caption, depth + 1),
  ])
}

function inline(value: unknown, depth: number): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || depth > DEPTH) return ''
  if (Array.isArray(value)) return value.map((item) => inline(item, depth + 1)).join('')
  return inline((value as Record<string, unknown>).text, depth + 1)
}

function lines(pieces: readonly string[]): string {
  return pieces.filter((piece) => piece !== '').join('\n')
}
