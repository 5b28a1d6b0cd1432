import type { Part } from './channel.ts'

const BOLD = /\*\*([^*]+)\*\*/g

/** Escapes the three characters that Telegram's HTML mode interprets. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Telegram HTML: everything is escaped first, then `**bold**` of reviewed words becomes `<b>`. */
export function toHtml(part: Part): string {
  const text = escapeHtml(wordsOf(part))
  return part.markup ? text.replace(BOLD, '<b>$1</b>') : text
}

/** Plain text: bold marks dropped; choices as numbered lines when the channel has no buttons. */
export function toPlain(part: Part, numbered: boolean): string {
  const text = wordsOf(part)
  const plain = part.markup ? text.replace(BOLD, '$1') : text
  if (!numbered || part.choices.length === 0) return plain
  return `${plain}\n\n${part.choices.map((choice, i) => `${i + 1}. ${choice.label.toWellFormed()}`).join('\n')}`
}

/** Half a character, as a broken keyboard sends it, would make a platform refuse the whole message. */
function wordsOf(part: Part): string {
  return part.paragraphs.join('\n\n').toWellFormed()
}
