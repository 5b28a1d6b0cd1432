import type { Part } from './channel.ts'

const BOLD = /\*\*([^*]+)\*\*/g

/** Escapes the three characters that Telegram's HTML mode interprets. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Telegram HTML: everything is escaped first, then `**bold**` of reviewed words becomes `<b>`. */
export function toHtml(part: Part): string {
  const text = escapeHtml(part.paragraphs.join('\n\n'))
  return part.markup ? text.replace(BOLD, '<b>$1</b>') : text
}

/** Plain text: bold marks dropped; choices as numbered lines when the channel has no buttons. */
export function toPlain(part: Part, numbered: boolean): string {
  const text = part.paragraphs.join('\n\n')
  const plain = part.markup ? text.replace(BOLD, '$1') : text
  if (!numbered || part.choices.length === 0) return plain
  return `${plain}\n\n${part.choices.map((choice, i) => `${i + 1}. ${choice.label}`).join('\n')}`
}

/**
 * Cuts a text into pieces of at most `limit` UTF-16 code units, at a paragraph, a line, a sentence or a space,
 * never inside a surrogate pair.
 */
export function split(text: string, limit: number): readonly string[] {
  const pieces: string[] = []
  let rest = text
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
  return code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit
}
