import type { Id } from './content.ts'

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/**
 * Four letters without look-alikes for a ticket, the same each time (FNV-1a, then mixed). Two open tickets may share
 * one: whoever reads a code asks then, and never guesses.
 */
export function shortCode(ticket: Id): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < ticket.length; i++) hash = Math.imul(hash ^ ticket.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  let rest = (hash ^ (hash >>> 16)) >>> 0
  let code = ''
  for (let i = 0; i < 4; i++) {
    code += LETTERS[rest % LETTERS.length]
    rest = Math.floor(rest / LETTERS.length)
  }
  return code
}
