/** How near a danger is. `check`: not enough to act on, too much to pass over: one plain question is asked. */
export type Level = 'none' | 'check' | 'urgent' | 'emergency'

export const LEVELS: readonly Level[] = ['none', 'check', 'urgent', 'emergency']

export type Reason =
  | 'suicide'
  | 'self_harm'
  | 'overdose'
  | 'poisoning'
  | 'psychosis'
  | 'violence'
  | 'withdrawal'
  | 'child'
  | 'medical'
  | 'fire'
  | 'drowning'
  | 'lapse'
  | 'craving'
  | 'distress'
  | 'emergency'

/** Concepts that together mean a danger (`content/safety/rules.yaml`). */
export interface SafetyRule {
  id: string
  level: Exclude<Level, 'none'>
  reason: Reason
  /** Alternatives (any of them) in this order, each at most `within` syllables after the one before. */
  when: readonly (readonly string[])[]
  within: number
  /** Each of these (any of its alternatives) anywhere in the message. */
  with: readonly (readonly string[])[]
  unless: readonly string[]
  /**
   * The level it gives by itself, where it is right too seldom to decide alone (decision 030): its own level holds where
   * the weights call the message a danger as well, and in a message of a few words.
   */
  alone?: 'none' | 'check'
  /** Which card of `content/safety/cards.yaml`, where it is not the one of the reason (seizure, height). */
  card?: string
}

/** The words that go out first in an emergency: for who is in danger themselves, and for who stands beside them. */
export interface SafetyCard {
  self: string
  other: string
}

/** The reviewed words and rules of danger, as plain data. */
export interface SafetyRules {
  /** The day a clinician signed them; null while nobody has. */
  reviewed: string | null
  concepts: Readonly<Record<string, readonly string[]>>
  /** What a message is about, for the weights alone. */
  scenes: Readonly<Record<string, readonly string[]>>
  rules: readonly SafetyRule[]
  /** Short ways of typing and what they stand for. */
  teencode: Readonly<Record<string, string>>
  /** Cards by reason, or by the name a rule gives. */
  cards: Readonly<Record<string, SafetyCard>>
}
