import type { Id } from './content.ts'
import type { Day } from './facts.ts'

/** Books that the plans ask a point to keep. None names anybody, and none holds anything clinical. */
export const REGISTERS = ['follow_up', 'files', 'licence', 'placements', 'before_release'] as const
export type Register = (typeof REGISTERS)[number]

/** The numbers of each book, in the order of its columns. A code stands for one person; without one it is a count of several. */
export const REGISTER_COLUMNS: Readonly<Record<Register, readonly string[]>> = {
  follow_up: ['contacts'],
  files: ['complete', 'known'],
  licence: [],
  placements: ['one_month', 'three_months', 'six_months'],
  before_release: ['meetings'],
}

export interface RegisterLine {
  id: Id
  point: Id
  register: Register
  day: Day
  /** A code of the point's own, never a name; empty for a count of several. */
  code: string
  /** The place whose licence it is; empty in other books. */
  service: Id
  numbers: Readonly<Record<string, number>>
}

/** Letters, digits and dashes with at least one digit: what looks like a name is no code. */
export const isRegisterCode = (text: string): boolean => /^(?=.*\d)[A-Z0-9-]{2,16}$/.test(text)
