import type { Id, Instant } from './content.ts'

/** Minutes after midnight, Asia/Ho_Chi_Minh, `to` exclusive. */
export interface Shift {
  /** 1 = Monday … 7 = Sunday. */
  weekday: number
  from: number
  to: number
}

export interface Point {
  id: Id
  name: string
  address: string
  phone: string | null
  communes: readonly Id[]
  shifts: readonly Shift[]
  /** True for the plainly marked sample data of a development database. */
  sample: boolean
}

export interface Club {
  id: Id
  name: string
  commune: Id
  about: string
  sample: boolean
}

export interface Commune {
  id: Id
  name: string
  province: string
  /** Old and other names people still write. */
  aliases: readonly string[]
  /** False while the present name or boundary has no confirmed source. */
  confirmed: boolean
}

/** Points, clubs and places: an immutable snapshot, swapped when its version changes. */
export interface Directory {
  points: readonly Point[]
  clubs: readonly Club[]
  communes: readonly Commune[]
}

/** What `decide` may know beside the conversation. */
export interface Facts {
  directory: Directory
  /** A code to hand to a person whose texts are erased; drawn outside because the engine has no chance. */
  receipt: string
  /** The time of the person's last message before this one. */
  lastMessageAt: Instant | null
}
