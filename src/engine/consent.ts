import { planPoint } from './accompany/plan.ts'
import type { FillValue, Id, Instant } from './content.ts'
import type { ServiceFacts } from './facts.ts'
import { compose, fillsFor, placeholders } from './fill.ts'
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
  /** Where it lets others read, as the text named it; null: it named no point yet. */
  point?: Id | null
}

/**
 * The text as it is read before a yes or no, with the names of this house and the pronoun it was shown with: who would
 * read, and where, can be proven by it. Only what is the person's own stays out, for the ledger outlives an erasure.
 */
export function consentText(turn: Turn, key: string, pronoun: string | null): string {
  const { book, facts, state, at } = turn
  const fills = fillsFor(placeholders(wordsOf(book, key, state.locale)), state, facts, at)
  const shown = Object.entries(fills).map(([name, value]): [string, FillValue] => [
    name,
    OWN.includes(name) || value.type === 'answer' || value.type === 'own_help'
      ? { type: 'text', text: `{${name}}` }
      : value,
  ])
  const service = facts.service ?? UNSET
  const context = { book, directory: facts.directory, pronoun, now: at, service, answer: () => undefined }
  return compose({ blocks: [{ key, fills: Object.fromEntries(shown) }] }, context).paragraphs.join('\n\n')
}

/** Codes that lead to one person. */
const OWN: readonly string[] = ['enrol_code', 'referral_code']
const UNSET: ServiceFacts = { operator: '', operator_type: '', readers: '', retention_days: '' }

/** To whom or to where exactly the yes is: a text without it asks for nothing any more. */
const NAMED: readonly string[] = ['referral_service', 'supporter_name', 'enrol_transfer']

export const shownVersion = (turn: Turn, key: string, pronoun: string | null): string =>
  versionOf(consentText(turn, key, pronoun))

const namedIn = ({ book, state }: Turn, key: string): readonly string[] =>
  placeholders(wordsOf(book, key, state.locale)).filter((name) => NAMED.includes(name))

/** Is the yes to exactly one place or one person. */
export const namesOne = (turn: Turn, key: string): boolean => namedIn(turn, key).length > 0

/** Is the place or person gone that the yes would be to. */
function isGone(turn: Turn, key: string): boolean {
  const fills = fillsFor(namedIn(turn, key), turn.state, turn.facts, turn.at)
  return namedIn(turn, key).some((name) => {
    const value = fills[name]
    if (value?.type === 'point_line') return !turn.facts.directory.points.some(({ id }) => id === value.id)
    return value === undefined
  })
}

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
 * @param pronoun how the text called them: what staff read out calls everybody the same
 */
export function giveConsent(
  turn: Turn,
  purpose: Purpose,
  key: string,
  by: Id | null,
  pronoun: string | null = by === null ? turn.state.pronoun : null,
): void {
  // There is nothing to say yes to any more.
  if (isGone(turn, key)) return
  const text = consentText(turn, key, pronoun)
  const version = versionOf(text)
  const where = purpose === 'plan_share' ? { point: planPoint(turn.state, turn.facts.directory) } : {}
  if (consentTo(turn, purpose)?.version === version) return
  withdrawConsent(turn, purpose, by)
  emit(turn, { type: 'consent_given', id: nextId(turn), purpose, key, version, by, at: turn.at, text, ...where })
}

/** What is taken back ends; that it was once given stays in the ledger. */
export function withdrawConsent(turn: Turn, purpose: Purpose, by: Id | null): void {
  const given = consentTo(turn, purpose)
  if (given) emit(turn, { type: 'consent_withdrawn', id: given.id, purpose, by, at: turn.at })
}
