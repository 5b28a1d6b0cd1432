import type { Supporter } from './accompany/supporter.ts'
import type { BroadcastFact } from './broadcast.ts'
import type { MeetingFact } from './clubs/club.ts'
import type { Id, Instant } from './content.ts'
import type { OperatorKind } from './enrolment/enrolment.ts'
import type { Contest, ContestTry } from './quiz/contest.ts'
import type { ServicePlace } from './referrals/service.ts'
import type { StaffMember } from './staff.ts'

/** Minutes after midnight, Asia/Ho_Chi_Minh, `to` exclusive. */
export interface Shift {
  /** 1 = Monday … 7 = Sunday. */
  weekday: number
  from: number
  to: number
}

/** A day of the calendar in Vietnam, as `2027-02-06`. */
export type Day = string

/** One day on which a point keeps other hours than in its week; none at all when `hours` is empty. */
export interface Exception {
  day: Day
  hours: readonly { from: number; to: number }[]
}

/** When somebody is there: a week of shifts, and the days that differ. */
export interface Hours {
  shifts: readonly Shift[]
  exceptions?: readonly Exception[]
}

/**
 * Days that differ for everybody: public holidays, and the Saturdays that are worked in exchange for another day
 * (`like` is the weekday whose hours hold then).
 */
export interface Calendar {
  holidays: readonly { day: Day; name: string }[]
  swaps: readonly { day: Day; like: number }[]
}

export interface Point extends Hours {
  id: Id
  name: string
  address: string
  phone: string | null
  /** Who answers at night: the health station's number on duty. */
  nightPhone?: string
  communes: readonly Id[]
  /** "Trả lời qua điện thoại": staff here may read and answer on their own linked phone. */
  answerByPhone?: boolean
  /** How many people can be received at the same time; one where nothing is said. */
  places?: number
  /** How long an appointment takes that somebody chooses for themselves. */
  slotMinutes?: number
  /** One gentle "when would suit you?" after a missed appointment; none unless the point switched it on. */
  asksAfterMiss?: boolean
  /** The point of the tier above, whose duty person is called when nobody here answers. */
  above?: Id | null
  /** True for the plainly marked sample data of a development database. */
  sample: boolean
}

export interface Club {
  id: Id
  name: string
  commune: Id
  about: string
  /** The point that stands behind it; left out: the one that serves its commune. */
  point?: Id
  /** The decision of the commune's People's Committee that founded it. */
  decision?: { number: string; day: Day }
  /** Its board as the decision names it: names and posts. */
  board?: readonly string[]
  /** Accounts of staff who sit on the board. */
  keepers?: readonly Id[]
  /** Where it usually meets. */
  place?: string
  /** How many can usually come; left out: as many as like to. */
  capacity?: number
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

/** Points, clubs, staff, places, the calendar and the switches: an immutable snapshot, swapped when its version changes. */
export interface Directory {
  points: readonly Point[]
  clubs: readonly Club[]
  /** Places that people may be introduced to. */
  services?: readonly ServicePlace[]
  /** Who may walk beside people, those who stopped too; none in a small directory of a test. */
  supporters?: readonly Supporter[]
  /** Contests of knowledge that have not ended for good; none in a small directory of a test. */
  contests?: readonly Contest[]
  communes: readonly Commune[]
  calendar: Calendar
  staff: readonly StaffMember[]
  switches: Switches
  /** Laws said at the desk to end, with their last day, before a release says so. */
  endings?: Readonly<Record<Id, Day>>
  /** Topics taken down at the desk, until they are put back. */
  takenDown?: readonly Id[]
  /** Recorded greetings, which tell somebody who cannot read that someone will come. */
  greetings?: readonly Greeting[]
  /** Texts of the library that may be heard in a language; none in a small directory of a test. */
  recordings?: readonly TopicRecording[]
  /** Entrances made at the desk that are in use. */
  entrances?: readonly Entrance[]
}

/** A text of the library as somebody speaks it; the sound lies in the store. */
export interface TopicRecording {
  id: Id
  topic: Id
  language: string
}

/** A place whose cards lead here. */
export interface Entrance {
  code: string
  /** How staff call it. */
  name: string
  /** The shelf that is offered first; empty: none. */
  audience: string
}

export interface Greeting {
  id: Id
  point: Id
  language: string
}

/** What leads may switch for everybody, at once. */
export interface Switches {
  /** Nothing unprompted is sent. */
  noUnprompted: boolean
  /** The bot is silent but for the emergency card: whoever writes gets a human. */
  onlyHuman: boolean
}

export const NO_SWITCHES: Switches = { noUnprompted: false, onlyHuman: false }

export const EMPTY_CALENDAR: Calendar = { holidays: [], swaps: [] }

/** What a slip's code stands for. Whoever sends it learns nothing else. */
export type SlipFact =
  | { state: 'open'; code: string; walkIn: Id; point: Id }
  /** The code of another chat of theirs, which `walkIn` then is. */
  | { state: 'open'; code: string; walkIn: Id; point: null; chat: true }
  | { state: 'unknown' | 'used' | 'expired' | 'throttled' }

/** Who runs this service and reads in it, as the settings say; a sentence may name any of it. */
export interface ServiceFacts {
  operator: string
  operator_type: string
  readers: string
  retention_days: string
}

/** What `decide` may know beside the conversation. */
export interface Facts {
  directory: Directory
  /** A code to hand to a person whose texts are erased; drawn outside because the engine has no chance. */
  receipt: string
  /** The time of the person's last message before this one. */
  lastMessageAt: Instant | null
  /** The slip whose code this message is, or about which the person was asked; left out where there is none. */
  slip?: SlipFact
  /** Seats already given at the points this turn may choose from; left out where it chooses none. */
  taken?: ReadonlySet<string>
  /** Of the messages the conversation waits for an answer to, those that have been sent. */
  sent?: ReadonlySet<Id>
  /** When the weekly question that waits was sent; left out of any other turn. */
  sentAt?: ReadonlyMap<Id, Instant>
  /** The message to many that has come to this person; null when it is over. */
  broadcast?: BroadcastFact | null
  /** Meetings that this turn is about, by their ids; left out where it is about none. */
  meetings?: ReadonlyMap<Id, MeetingFact>
  /** Can nothing be brought to the person where they write: it is only shown when they return. */
  cannotPush?: boolean
  /** A fresh code for another chat of this person: how it is shown, and what is kept of it. */
  joinCode?: { shown: string; code: string }
  /** How this person's tries of the open contests stand, by `tryName`; left out of any other turn. */
  tries?: ReadonlyMap<string, ContestTry>
  /** A fresh code for a prize: how it is shown, and what is kept of it. */
  claimCode?: { shown: string; code: string }
  /** Does the other chat's yes to being joined still stand; left out where this one was not asked about it. */
  otherAgrees?: boolean
  /** What the house is that runs this service; null or left out: it has not said. */
  operator?: OperatorKind | null
  /** The settings that words may name; left out where nobody reads what is said. */
  service?: ServiceFacts
}
