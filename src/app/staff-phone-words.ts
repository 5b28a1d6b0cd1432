import type { Message } from '../engine/content.ts'
import type { InboundEvent } from '../engine/conversation.ts'

/** What a member means on their phone. A slip in a command is `unclear`, so that it never goes out as a reply. */
export type PhoneWord =
  | { type: 'take' | 'close' | 'hand_back' | 'switch'; code: string }
  | { type: 'list' | 'unlink' | 'help' | 'unclear' | 'nothing' }
  | { type: 'text'; text: string }

const VERBS = { NHAN: 'take', XONG: 'close', TRA: 'hand_back', CHUYEN: 'switch' } as const
const WITH_CODE = /^(NHAN|XONG|TRA|CHUYEN)\s+([A-Z2-9]{4})[.!]?$/
const NEARLY = /^(NHAN|XONG|TRA|CHUYEN|NGAT|DANH SACH|LIEN KET)\b/
const NEARLY_LENGTH = 24
const PRESSED = /\.nhan-([A-Z2-9]{4})$/

export function readPhone(event: InboundEvent): PhoneWord {
  if (event.type !== 'message') return { type: 'nothing' }
  const pressed = PRESSED.exec(event.choice ?? '')?.[1]
  if (pressed !== undefined) return { type: 'take', code: pressed }
  // A reply that already went out cannot be changed, and what is no text cannot be passed on.
  if (event.edited || event.media !== undefined || event.choice !== undefined) return { type: 'unclear' }
  const bare = bareCapitals(event.text).replace(/\s+/g, ' ')
  const [, verb, code] = WITH_CODE.exec(bare) ?? []
  if (verb !== undefined && code !== undefined) return { type: VERBS[verb as keyof typeof VERBS], code }
  if (/^DANH SACH[.!]?$/.test(bare)) return { type: 'list' }
  if (/^NGAT[.!]?$/.test(bare)) return { type: 'unlink' }
  if (/^(TRO GIUP|\/START|\/HELP|HELP)$/.test(bare)) return { type: 'help' }
  if (bare === '' || (NEARLY.test(bare) && bare.length <= NEARLY_LENGTH)) return { type: 'unclear' }
  return { type: 'text', text: event.text }
}

/** A text without marks, in capitals: how commands are read. */
export function bareCapitals(text: string): string {
  const plain = text.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
  return plain.replace(/[đĐ]/g, 'D').toUpperCase().trim()
}

/** A message of the service to a staff phone. */
export function saying(key: string, fills: Readonly<Record<string, string>> = {}): Message {
  const texts = Object.entries(fills).map(([name, text]) => [name, { type: 'text' as const, text }] as const)
  return { blocks: [texts.length > 0 ? { key, fills: Object.fromEntries(texts) } : { key }] }
}
