/**
 * Cuts a text into non-empty pieces of at most `limit` UTF-16 code units (two or more), at a paragraph, a line, a
 * sentence or a space, never inside a surrogate pair.
 */
export function split(text: string, limit: number): readonly string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    const cut = cutAt(rest, limit)
    pieces.push(rest.slice(0, cut).trimEnd())
    rest = rest.slice(cut).trimStart()
  }
  if (rest !== '') pieces.push(rest)
  return pieces
}

function cutAt(text: string, limit: number): number {
  const window = text.slice(0, limit + 1)
  for (const border of ['\n\n', '\n', '. ', ' ']) {
    const at = window.lastIndexOf(border)
    if (at > limit / 2) return Math.min(at + border.length, limit)
  }
  const code = text.charCodeAt(limit - 1)
  return limit > 1 && code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit
}
