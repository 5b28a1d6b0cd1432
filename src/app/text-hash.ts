import { createHash } from 'node:crypto'

/** A text the same to a reader has the same hash: line ends, marks of order and the form of accents do not count. */
export function textHash(text: string): string {
  return createHash('sha256').update(tidyText(text)).digest('hex').slice(0, 16)
}

export function tidyText(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .normalize('NFC')
}
