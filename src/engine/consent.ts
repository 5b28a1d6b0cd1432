import type { Id, Instant } from './content.ts'
import { fillsFor, placeholders } from './fill.ts'
import { wordsOf } from './safe-card.ts'
import { emit, nextId, type Turn } from './turn.ts'

/**
 * What somebody may say yes to, each for itself: explicit, informed, provable and withdrawable (Luật Bảo vệ dữ liệu cá
 * nhân 91/2025/QH15). Silence is no consent, and one yes never stands for another.
 */
export const PURPOSES = [
  'enrolment',
  'contact',
  'relative',
  'transfer',
  'referral',
  'follow_up',
  'progress',
  'supporter',
  'plan_share',
  'join',
] as const
export type Purpose = (typeof PURPOSES)[number]

/** A yes that stands: the row of the ledger, and the version of the text it was said to. */
export interface Consent {
  id: Id
  version: string
  at: Instant
}

/**
 * The text a person sees before they say yes or no, but for what is theirs alone: how they are addressed. A yes to an
 * introduction names the place and exactly what goes there; one to a supporter is to that one and no other.
 */
export function consentText(turn: Turn, key: string): string {
  const words = wordsOf(turn.book, key, turn.state.locale)
  const fills = fillsFor(placeholders(words), turn.state, turn.facts, turn.at)
  return words.join('\n\n').replace(/\{([^{}\s]+)\}/g, (whole, name: string) => {
    const value = fills[name]
    if (value?.type === 'words') return wordsOf(turn.book, value.key, turn.state.locale).join('\n')
    if (value?.type === 'words_list')
      return value.keys.map((each) => wordsOf(turn.book, each, turn.state.locale).join(' ')).join(', ')
    if (value?.type === 'point_line' && NAMED.includes(name))
      return turn.facts.directory.points.find(({ id }) => id === value.id)?.name ?? whole
    return value?.type === 'text' && NAMED.includes(name) ? value.text : whole
  })
}

/** To whom or to where exactly the yes is: a text without it asks for nothing any more. */
const NAMED: readonly string[] = ['referral_service', 'supporter_name', 'enrol_transfer']

export const shownVersion = (turn: Turn, key: string): string => versionOf(consentText(turn, key))

/** Is the yes to exactly one place or one person. */
export const namesOne = ({ book, state }: Turn, key: string): boolean =>
  placeholders(wordsOf(book, key, state.locale)).some((name) => NAMED.includes(name))

/** Names a text by its content (FNV-1a over its UTF-16 units, twice with other beginnings): another word, another version. */
export function versionOf(text: string): string {
  const half = (from: number) => {
    let hash = from
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    return (hash >>> 0).toString(16).padStart(8, '0')
  }
  return half(0x811c9dc5) + half(0x9747b28c)
}

export function consentTo({ state }: Turn, purpose: Purpose): Consent | null {
  return state.consents?.[purpose] ?? null
}

/**
 * Writes a yes into the ledger, with the text it was said to.
 * @param by null: the person themselves; else who heard it
 */
export function giveConsent(turn: Turn, purpose: Purpose, key: string, by: Id | null): void {
  const text = consentText(turn, key)
  // What was asked about is gone: there is nothing to say yes to.
  if (placeholders([text]).some((name) => NAMED.includes(name))) return
  const version = versionOf(text)
  if (consentTo(turn, purpose)?.version === version) return
  withdrawConsent(turn, purpose, by)
  emit(turn, { type: 'consent_given', id: nextId(turn), purpose, key, version, by, at: turn.at, text })
}

/** What is taken back ends; that it was once given stays in the ledger. */
export function withdrawConsent(turn: Turn, purpose: Purpose, by: Id | null): void {
  const given = consentTo(turn, purpose)
  if (given) emit(turn, { type: 'consent_withdrawn', id: given.id, purpose, by, at: turn.at })
}
