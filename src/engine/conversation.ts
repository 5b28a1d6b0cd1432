import type { OwnPlan } from './accompany/plan.ts'
import type { Month, Progress, Scores, Side } from './accompany/progress.ts'
import type { Rhythm, SupporterOffer, Supporting } from './accompany/supporter.ts'
import type { LegalGroup, Membership } from './clubs/club.ts'
import type { Consent, Purpose } from './consent.ts'
import type { Id, Instant, Locale, Option } from './content.ts'
import type { CourseRun } from './courses/course.ts'
import type { Enrolment, EnrolmentState, TreatmentForm, Whom } from './enrolment/enrolment.ts'
import type { Day } from './facts.ts'
import type { Joining } from './join.ts'
import type { Trying } from './quiz/contest.ts'
import type { Practice } from './quiz/practice.ts'
import type { CheckIns } from './referrals/check-ins.ts'
import type { PassItem, Referral, ReferralState } from './referrals/referral.ts'
import type { ServiceKind } from './referrals/service.ts'
import type { Appointment, Booking, VisitMark } from './visits/appointment.ts'
import type { Milestones } from './visits/milestones.ts'
import type { TraceStep } from './visits/trace.ts'

/** Everything that can happen to a conversation; `key` makes it happen once. */
export interface Inbound {
  key: string
  contact: Id
  at: Instant
  event: InboundEvent
}

export type Media = 'photo' | 'voice' | 'video' | 'sticker' | 'file' | 'location' | 'contact' | 'unsupported'

/** A recording that waits at a platform: where it is fetched from, and how long it is. */
export interface VoiceNote {
  ref: string
  seconds: number | null
  /** The platform says that it is longer than may be kept. */
  tooLong?: true
}

/** Recorded sound, as base64. */
export interface Recording {
  mime: string
  data: string
}

export type InboundEvent =
  /** `choice` is `<question>.<option id>`, as the button carried it. */
  /** `entrance`: the code on the paper whose link or picture led here. */
  | {
      type: 'message'
      text: string
      choice?: string
      media?: Media
      voice?: VoiceNote
      edited?: true
      entrance?: string
    }
  | { type: 'timer'; timer: Timer }
  | { type: 'staff'; by: Id; action: StaffAction }
  /** The fate of a delivery that did not simply succeed. */
  | { type: 'delivery'; outbound: Id; outcome: 'failed' | 'uncertain'; reason: string }
  | { type: 'reach'; reachable: boolean }

export type StaffAction =
  | { type: 'take' }
  | { type: 'reply'; text: string; recording?: Recording }
  /** To a colleague, to another point, or to the tier above (`to: null`), with a word for whoever takes it. */
  | { type: 'transfer'; to: { staff: Id } | { point: Id } | null; note: string }
  | { type: 'note'; text: string }
  | { type: 'hand_back' }
  | { type: 'close'; outcome?: string }
  | { type: 'register'; walkIn: WalkIn }
  | { type: 'contact'; contact: StaffContact }
  | { type: 'make_slip'; slip: Slip }
  | { type: 'withdraw_slip' }
  | { type: 'unlink' }
  | { type: 'erase' }
  | { type: 'book_visit'; booking: Booking; place: string; note: string; moves?: Id; settings: ReminderSettings | null }
  | { type: 'confirm_visit'; visit: Id }
  | { type: 'cancel_visit'; visit: Id }
  | { type: 'mark_visit'; visit: Id; as: VisitMark }
  | { type: 'trace'; trace: Id; step: TraceStep; note: string; dueAt: Instant | null }
  | { type: 'set_milestones'; stage: string | null; days: Milestones }
  | { type: 'mute'; reason: MuteReason }
  | { type: 'unmute' }
  | { type: 'club_invite'; club: Id; group: LegalGroup }
  /** They said yes to a member of staff; `name`: how the club is to call them. */
  | { type: 'club_join'; club: Id; group: LegalGroup; name: string; followUp: boolean }
  | { type: 'club_leave' }
  /** They said yes to the notice that was read to them. */
  | { type: 'enrol_request'; request: HeardRequest }
  | { type: 'enrol_step'; enrolment: Id; to: EnrolmentState; note: string }
  | { type: 'enrol_paper'; enrolment: Id; paper: Id }
  /** `heard`: the person said yes to the member of staff; else they are asked. */
  | { type: 'enrol_transfer'; enrolment: Id; to: Id; heard: boolean }
  /** To be introduced to a place. `heard`: the person said yes to the member of staff; else they are asked. */
  | {
      type: 'refer'
      service: Id
      kind: ServiceKind
      passes: readonly PassItem[]
      point: Id
      heard: boolean
    }
  | { type: 'referral_step'; referral: Id; to: ReferralState; note: string }
  | { type: 'assign_supporter'; supporter: Id; heard: boolean }
  | { type: 'end_supporter' }
  | { type: 'schedule_supporter'; every: Rhythm }
  /** Somebody talked with them on that day. */
  | { type: 'supporter_met'; on: Day }
  /** `heard`: they said yes to being asked each month. */
  | { type: 'note_progress'; month: Month; side: Side; scores: Scores; heard: boolean }

/** Somebody without a channel, as staff wrote them down with their yes: the least that is needed to find them again. */
export interface WalkIn {
  point: Id
  /** The version of the sentence that was read to them before they said yes. */
  consent: string
  pronoun: string | null
  /** Answers by the same names as in the call-back flow. */
  codes: Readonly<Record<string, string>>
  words: Readonly<Record<string, string>>
  note: string
  /** The first day to call them; null when they gave no number. */
  callOn: Day | null
}

/** A request as staff heard it in person, after the notice was read and the person said yes. */
export interface HeardRequest {
  point: Id
  whom: Whom
  form: TreatmentForm
  /** How they wish to be called; empty: by the code. */
  name: string
  /** Codes of the same answers as in the flow. */
  codes: Readonly<Record<string, string>>
  relativeMayKnow: boolean
}

/** How the person wishes to be reminded, as they told staff. */
export interface ReminderSettings {
  style: string
  hours: string
  label: string
  /** They said yes to being told of classes, meetings and the like. */
  news?: boolean
}

/** Why nothing unprompted is sent to somebody; no reason ever tells of use, a lapse, a test or a detention. */
export const MUTE_REASONS = ['theo-yeu-cau', 'chuyen-noi', 'khong-lien-lac-duoc', 'da-mat', 'khac'] as const
export type MuteReason = (typeof MUTE_REASONS)[number]

/** A call or a visit outside the chat, and what comes next. */
export interface StaffContact {
  kind: ContactKind
  outcome: ContactOutcome
  note: string
  /** The next day to call; null when none is planned. */
  callOn: Day | null
}

export const CONTACT_KINDS = ['call', 'visit', 'other'] as const
export type ContactKind = (typeof CONTACT_KINDS)[number]
export const CONTACT_OUTCOMES = ['reached', 'no_answer', 'someone_else', 'no_calls', 'met', 'other'] as const
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number]

/** The hash of a slip's code, and how long it may be used. */
export interface Slip {
  code: string
  expiresAt: Instant
}

export type TimerKind =
  /** A ticket waits and the time for the next rung has come. */
  | 'ladder'
  /** A ticket is held and the person has waited for a staff line. */
  | 'unanswered'
  /** Whoever holds a ticket left, or may not answer this person any more. */
  | 'holder_left'
  /** An appointment is to be spoken of. */
  | 'reminder'
  /** An appointment lies behind and nobody wrote down whether the person came. */
  | 'visit_over'
  /** A meeting of a club was announced, moved or called off, or has a seat for this person. */
  | 'meeting'
  /** So many days after or before a day of the person's own. */
  | 'milestone'
  /** A message to many comes to this person. */
  | 'broadcast'
  /** The papers for a request, as the person wished to be reminded. */
  | 'papers'
  /** A request has been kept as long as the person was told. */
  | 'request'
  /** Another chat of the same person typed the code of this one. */
  | 'join'
  /** Somebody wished to be asked how it goes, or has not answered. */
  | 'check_in'
  /** Somebody who has a supporter and no chat is to be called. */
  | 'supporter_contact'
  /** A lesson of a course is to be told of. */
  | 'lesson'
  /** A month is over, and the person wished to be asked how it goes. */
  | 'progress'
  /** The texts of a finished conversation have reached their age. */
  | 'retention'

/** `id` is computed, so setting the same timer again moves it. */
export interface Timer {
  id: Id
  kind: TimerKind
  dueAt: Instant
}

/** An answer: a code of the Book in the clear, or the id of a row of sealed words. */
export type AnswerRef = { type: 'code'; value: string } | { type: 'words'; id: Id }

/** A person's words on their way to the sealed table; nothing but `id` is ever part of a stored event. */
export interface Prose {
  id: Id
  text: string
  /** What came with them, or instead. */
  media?: Media
  voice?: VoiceNote
  recording?: Recording
}

export interface Run {
  flow: string
  revision: string
  node: string
}

export interface Session {
  /** The innermost run is last. */
  runs: readonly Run[]
  /** The sequence number at which the current question was asked. */
  wait: number
  /** The choices as shown with the current question. */
  options: readonly Option[]
  /** The version of the text as shown, where a yes to it goes into the ledger. */
  text?: string
  /** How that text called the person; left out: as nobody in particular. */
  pronoun?: string
  /** Answers in a row that were not understood. */
  misses: number
  /** Earlier questions, newest last, for "quay lại". */
  trail: readonly (readonly Run[])[]
  /** A round of questions to practise with. */
  quiz?: Practice
  /** A scored try of a contest; its score is not in here. */
  trying?: Trying
}

export type Priority = 'emergency' | 'urgent' | 'routine'

export interface Ticket {
  id: Id
  reason: string
  priority: Priority
  /** The point that is asked to answer; null: whichever serves the person. */
  point?: Id | null
  /** The person chose staff who belong to the police, knowing it. */
  chosePolice?: boolean
  /** How far the ladder was climbed; `dueAt` of its next rung, null when it has ended. */
  ladder?: { from: Instant; step: number; round: number; dueAt: Instant | null } | null
  openedAt: Instant
  /** Who answers now; null while it waits in the queue. */
  heldBy: Id | null
  /** An emergency card that waits a moment for the human who is answering; a staff line takes it back. */
  waitingCard?: Id | null
  /** The words of the emergency card shown last: it may have asked something. */
  card?: string | null
  /** When a staff member last wrote. */
  staffLineAt: Instant | null
  /** The turn in which they came or last wrote. */
  lineSeq?: number
  /** When the hold ends unless a staff line goes out; null while nobody waits for one. */
  answerBy: Instant | null
}

/** What the chat was asked: is it to be joined to the record that this slip belongs to. */
export interface Linking {
  slip: string
  walkIn: Id
  /** It is another chat's code, and no record's. */
  chat?: true
  /** The turn that asked; its choices carry it. */
  wait: number
}

export interface Conversation {
  format: 1
  contact: Id
  /** The number of turns so far. */
  seq: number
  locale: Locale
  /** Has the person been told that this is a machine and who reads. */
  introduced: boolean
  /** How the person speaks of themselves, once known. */
  pronoun: string | null
  answers: Readonly<Record<string, AnswerRef>>
  session: Session | null
  ticket: Ticket | null
  /** True after "dừng": nothing unprompted is sent. */
  stopped: boolean
  /** Until when nothing unprompted is sent, after an emergency. */
  quietUntil?: Instant
  /** Appointments that are ahead, or not marked yet. */
  appointments?: readonly Appointment[]
  /** Days of their own from which a word is counted, as they told staff. */
  milestones?: Milestones
  /** The club the person belongs to or is invited to. */
  club?: Membership | null
  /** What they said yes to, and have not taken back. */
  consents?: Readonly<Partial<Record<Purpose, Consent>>>
  /** Their request to be helped into treatment, the latest. */
  enrolment?: Enrolment | null
  /** Introductions to other places that have not ended. */
  referrals?: readonly Referral[]
  /** They wish to be asked once a week how it goes. */
  checkIns?: CheckIns | null
  /** Who walks beside them, by their own yes. */
  supporter?: Supporting | null
  /** Who is to walk beside them, while they have not said yes or no. */
  supporterOffer?: SupporterOffer | null
  /** How their months looked, as they answered. */
  progress?: Progress
  /** Their own plan; its words are among the answers. */
  plan?: OwnPlan | null
  /** The course they read. */
  course?: CourseRun | null
  /** The reminder whose appointment ended last, so that a late press on it is understood. */
  endedVisit?: { seq: number; how: 'moved' | 'cancelled' | 'past' } | null
  /** Nothing unprompted is sent, as staff set. */
  muted?: MuteReason | null
  /** False after the person blocked the service on their channel. */
  reachable: boolean
  /** A question the bot put outside any flow, e.g. to confirm an ambiguous word. */
  confirm: { trigger: string; wait: number } | null
  /** Another chat has typed this one's code. */
  joining?: Joining | null
  /** The sealed words of the code they were last given for another chat. */
  joinCode?: Id
  /** Another chat is known to be theirs. */
  joined?: boolean
  /** A slip's code was sent and the person has not said yes or no yet. */
  linking: Linking | null
  /** Somebody without a channel whom staff wrote down; the point they belong to. */
  walkIn: { point: Id } | null
}

export function emptyConversation(contact: Id): Conversation {
  return {
    format: 1,
    contact,
    seq: 0,
    locale: 'vi',
    introduced: false,
    pronoun: null,
    answers: {},
    session: null,
    ticket: null,
    stopped: false,
    reachable: true,
    confirm: null,
    linking: null,
    walkIn: null,
  }
}
