import type { Month, Scores, Side } from './accompany/progress.ts'
import type { Rhythm } from './accompany/supporter.ts'
import type { LegalGroup } from './clubs/club.ts'
import type { Purpose } from './consent.ts'
import type { Id, Instant, Message, Option } from './content.ts'
import type {
  AnswerRef,
  ContactKind,
  ContactOutcome,
  Media,
  MuteReason,
  Priority,
  Prose,
  Run,
  StaffAction,
  TimerKind,
} from './conversation.ts'
import type { Pace } from './courses/pace.ts'
import type { CourseEnd } from './courses/reading.ts'
import type { Enrolment, EnrolmentState } from './enrolment/enrolment.ts'
import type { Day } from './facts.ts'
import type { Phase } from './quiz/contest.ts'
import type { QuizItem } from './quiz/quiz.ts'
import type { CheckInEnd } from './referrals/check-ins.ts'
import type { Referral, ReferralState } from './referrals/referral.ts'
import type { Appointment, VisitMark } from './visits/appointment.ts'
import type { Milestones } from './visits/milestones.ts'
import type { Seat } from './visits/slots.ts'
import type { TraceStep } from './visits/trace.ts'

/** Crisis first; no lane waits for a lower one. */
export type Lane = 'crisis' | 'conversation' | 'unprompted'

/** What a message is, which decides what happens when its fate is uncertain. */
export type OutboundKind = 'answer' | 'emergency' | 'staff_reply' | 'reminder' | 'broadcast' | 'receipt'

/**
 * What happened, in the past tense. The list of a turn is its only output: `evolve` folds it into the next
 * conversation and the store projects it to rows.
 */
export type Event =
  /** `voice`: a recording is to be fetched. */
  | { type: 'message_received'; words: Prose | null; choice?: string; media?: Media; voice?: true; edited?: true }
  | { type: 'timer_fired'; timer: Id; kind: TimerKind }
  | { type: 'staff_acted'; by: Id; action: StaffAction['type'] }
  | { type: 'delivery_ended'; outbound: Id; outcome: 'failed' | 'uncertain'; reason: string }
  | { type: 'reach_changed'; reachable: boolean }
  | { type: 'pronoun_noticed'; pronoun: string }
  | { type: 'run_started'; flow: string; revision: string; node: string }
  | { type: 'moved'; flow: string; node: string; route: string; to: string }
  | { type: 'run_ended'; flow: string }
  | { type: 'runs_replaced'; runs: readonly Run[] }
  /** `text`: the version of the words shown, where a yes to them is written into the ledger. */
  /** `text`, `pronoun`: the version of the words as shown, and how they called the person, where a yes goes into the ledger. */
  | { type: 'asked'; flow: string; node: string; options: readonly Option[]; text?: string; pronoun?: string }
  | { type: 'answer_saved'; name: string; answer: AnswerRef; words?: Prose }
  | { type: 'answer_missed' }
  | { type: 'answer_understood' }
  | { type: 'went_back'; runs: readonly Run[] }
  | { type: 'session_ended'; reason: 'finished' | 'left' | 'replaced' | 'broken' }
  | { type: 'confirm_asked'; trigger: string }
  | { type: 'confirm_cleared' }
  | {
      type: 'message_queued'
      id: Id
      lane: Lane
      kind: OutboundKind
      message: Message
      dueAt?: Instant /** Worth nothing from then on. */
      expiresAt?: Instant
    }
  | { type: 'message_withdrawn'; id: Id }
  /** `voice`: the line is a recording. */
  | { type: 'staff_line_queued'; id: Id; by: Id; words: Prose; voice?: true; at: Instant }
  /** `phone`: the holder's point lets them read and answer on their own phone. */
  | { type: 'message_relayed'; to: Id; phone?: true }
  | { type: 'form_submitted'; id: Id; form: string; values: Readonly<Record<string, AnswerRef>>; at: Instant }
  /** What was filled in is taken back: its rows go. */
  | { type: 'form_withdrawn'; form: string }
  | {
      type: 'ticket_opened'
      id: Id
      reason: string
      priority: Priority
      point: Id | null
      chosePolice?: true
      at: Instant
    }
  | { type: 'staff_called'; id: Id; step: number; staff: readonly Id[] }
  /** An emergency: everybody who may be called hears of it at once, whatever the rung. */
  | { type: 'phones_rung'; id: Id; staff: readonly Id[] }
  | { type: 'ladder_climbed'; id: Id; from: Instant; step: number; round: number; dueAt: Instant | null }
  | { type: 'ticket_raised'; id: Id; reason: string; priority: Priority }
  | { type: 'ticket_taken'; id: Id; by: Id }
  /** `chosePolice`: what was chosen for the old point does not hold at the new one. */
  | { type: 'ticket_transferred'; id: Id; by: Id; point: Id | null; to: Id | null; chosePolice?: false }
  | { type: 'note_added'; by: Id; words: Prose }
  | { type: 'ticket_released'; id: Id; reason: 'handed_back' | 'unanswered' | 'holder_left' }
  | { type: 'ticket_closed'; id: Id; by: Id | null; outcome?: string }
  | { type: 'task_opened'; id: Id; reason: string; about: Id | null; at: Instant }
  | { type: 'timer_set'; id: Id; kind: TimerKind; dueAt: Instant }
  | { type: 'timer_cleared'; id: Id }
  | { type: 'walk_in_registered'; by: Id; point: Id; consent: string; at: Instant }
  /** Outside the chat; `reached`: a human did talk with them. The words may be empty. */
  | {
      type: 'contact_recorded'
      id: Id
      by: Id
      kind: ContactKind
      outcome: ContactOutcome
      reached: boolean
      point: Id | null
      words: Prose
      at: Instant
    }
  /** The next day to call, or none; `never`: they asked not to be called. */
  | { type: 'call_planned'; on: Day | null; never?: true }
  /** `by` null: the person's own, for another chat of theirs; the words are the code as they see it, sealed. */
  | { type: 'slip_made'; code: string; by: Id | null; at: Instant; expiresAt: Instant; words?: Prose }
  | { type: 'slips_withdrawn' }
  | { type: 'link_asked'; slip: string; walkIn: Id; chat?: true }
  | { type: 'link_settled' }
  /** This chat belongs to that record from now on; the slip is used up. */
  | { type: 'chat_linked'; slip: string; walkIn: Id; at: Instant }
  | { type: 'chats_unlinked' }
  /** The code of another chat was typed here with a yes; the other is asked too. */
  | { type: 'join_asked'; code: string; other: Id; at: Instant }
  | { type: 'join_heard'; code: string; other: Id; at: Instant }
  | { type: 'join_refused'; code: string }
  | { type: 'channels_joined'; code: string; other: Id; at: Instant }
  | { type: 'channels_parted'; at: Instant }
  /** The other chat parted, said no or let it lapse: this one is joined to none either. */
  | { type: 'join_over' }
  /** Seats kept for somebody who is still choosing. */
  | { type: 'slot_held'; seats: readonly Seat[]; until: Instant }
  /** `by`: null when the person chose it themselves. The words are for staff. */
  | {
      type: 'appointment_booked'
      appointment: Appointment
      seats: readonly Seat[]
      by: Id | null
      at: Instant
      words?: Prose
    }
  | { type: 'appointment_confirmed'; id: Id; by: Id | null }
  | { type: 'appointment_move_asked'; id: Id }
  | { type: 'appointment_moved'; id: Id; to: Id }
  | { type: 'appointment_cancelled'; id: Id; by: Id | null }
  /** `by`: null when nobody marked it in time. */
  | { type: 'appointment_marked'; id: Id; as: VisitMark; by: Id | null; at: Instant }
  | { type: 'reminder_asked'; id: Id; message: Id }
  /** A reminder that made no sense any more, and why. */
  | { type: 'reminder_dropped'; id: Id; step: string; reason: string; at: Instant }
  | { type: 'place_noted'; id: Id; words: Prose }
  /** A human is to look for somebody who did not come. */
  | { type: 'trace_opened'; id: Id; appointment: Id; point: Id; mayVisit: boolean; dueAt: Instant; at: Instant }
  | { type: 'trace_stepped'; id: Id; step: TraceStep; by: Id; dueAt: Instant | null; at: Instant; words: Prose }
  /** What the person said to a meeting; the seats are theirs from then on, and those they had are given back. */
  | {
      type: 'meeting_answered'
      id: Id
      as: 'confirmed' | 'waiting' | 'declined'
      seats: readonly Seat[]
      party: number
      at: Instant
    }
  | {
      type: 'meeting_moved'
      id: Id
      startsAt: Instant
      minutes: number
      place: string
      state: 'invited' | 'booked' | 'waiting'
    }
  | { type: 'milestones_set'; days: Milestones; by: Id }
  | { type: 'club_invited'; id: Id; club: Id; group: LegalGroup; by: Id; at: Instant }
  /** `by`: the member of staff who heard the yes; null: the person's own answer. The words are how the club calls them. */
  | {
      type: 'club_joined'
      id: Id
      club: Id
      name: Id | null
      followUp: boolean
      by: Id | null
      at: Instant
      words?: Prose
    }
  | { type: 'club_left'; id: Id; club: Id; by: Id | null; at: Instant }
  /** `by`: null when the person said so here; else who heard it. `text` goes to the ledger, once for each version. `point`: who may read what is shared. */
  | {
      type: 'consent_given'
      id: Id
      purpose: Purpose
      key: string
      version: string
      by: Id | null
      at: Instant
      text: string
      point?: Id | null
    }
  | { type: 'consent_withdrawn'; id: Id; purpose: Purpose; by: Id | null; at: Instant }
  /** Answers that are kept no longer, with the sealed words in them. */
  | { type: 'answers_dropped'; names: readonly string[]; texts: readonly Id[] }
  /** `consent`: the yes it rests on. The values are answers that the person gave after it. */
  | {
      type: 'enrolment_requested'
      enrolment: Enrolment
      consent: Id
      values: Readonly<Record<string, AnswerRef>>
      by: Id | null
      chosePolice?: true
      at: Instant
    }
  | {
      type: 'enrolment_stepped'
      id: Id
      enrolment: Id
      to: EnrolmentState
      by: Id | null
      at: Instant
      words?: Prose
    }
  | { type: 'paper_ticked'; enrolment: Id; paper: Id; done: boolean }
  | { type: 'enrolment_transfer_asked'; id: Id; enrolment: Id; to: Id; by: Id; at: Instant }
  | { type: 'enrolment_transfer_ended'; enrolment: Id; at: Instant }
  | {
      type: 'enrolment_transferred'
      id: Id
      enrolment: Id
      from: Id
      to: Id
      consent: Id
      by: Id | null
      at: Instant
    }
  /** It was kept as long as the person was told: nothing of it leads back to them any more. */
  | { type: 'enrolment_expired'; enrolment: Id; at: Instant }
  | { type: 'referral_offered'; referral: Referral; by: Id; at: Instant }
  /** `consent`: the yes it rests on. `by`: null when the person said so here; else who heard it. */
  | { type: 'referral_made'; id: Id; consent: Id; by: Id | null; at: Instant }
  | {
      type: 'referral_stepped'
      id: Id
      referral: Id
      to: ReferralState
      by: Id | null
      at: Instant
      words?: Prose
    }
  | { type: 'check_ins_started'; consent: Id; referral: Id | null; point: Id | null; nextAt: Instant; at: Instant }
  | { type: 'check_ins_stopped'; at: Instant }
  | {
      type: 'check_in_asked'
      id: Id
      message: Id
      referral: Id | null
      point: Id | null
      nextAt: Instant
      at: Instant
    }
  /** `line`: the words in which they answered. `supporter`: who is told that there was no answer. */
  | { type: 'check_in_ended'; id: Id; as: CheckInEnd; supporter: Id | null; line: Id | null; at: Instant }
  | { type: 'supporter_offered'; id: Id; supporter: Id; point: Id; by: Id; at: Instant }
  /** `by`: who heard the yes; null: the person's own answer. */
  | {
      type: 'supporter_assigned'
      id: Id
      supporter: Id
      point: Id
      every: Rhythm
      nextOn: Day
      consent: Id
      by: Id | null
      at: Instant
    }
  /** `withdrawn`: the offer was taken back for another; `changed`: another walks beside them now. */
  | {
      type: 'supporter_ended'
      id: Id
      how: 'declined' | 'withdrawn' | 'changed' | 'ended'
      by: Id | null
      at: Instant
    }
  | { type: 'supporter_scheduled'; id: Id; every: Rhythm; nextOn: Day; by: Id | null }
  | { type: 'supporter_met'; id: Id; on: Day; nextOn: Day; by: Id; at: Instant }
  | { type: 'progress_asked'; month: Month }
  | {
      type: 'progress_noted'
      id: Id
      month: Month
      side: Side
      scores: Scores
      club: Id | null
      by: Id | null
      at: Instant
    }
  | { type: 'plan_kept'; id: Id; club: Id | null; at: Instant }
  | { type: 'plan_dropped'; id: Id; at: Instant }
  /** What the person wrote in this line is theirs alone: staff do not see it. */
  | { type: 'line_closed'; id: Id }
  /** `nextAt` null: nothing comes by itself. What is said of courses names no answer and no wish of the person but these. */
  | { type: 'course_started'; course: Id; lesson: Id; pace: Pace; minutes: number; nextAt: Instant | null; at: Instant }
  | { type: 'lesson_told'; message: Id; told: number; nextAt: Instant; at: Instant }
  | { type: 'lesson_put_off'; nextAt: Instant | null }
  | { type: 'lesson_opened'; lesson: Id; place: number; nextAt: Instant | null }
  /** `lesson`: the one that comes after it. */
  | { type: 'lesson_read'; lesson: Id; place: number; nextAt: Instant | null; at: Instant }
  | { type: 'course_paced'; pace: Pace; minutes: number; nextAt: Instant | null }
  | { type: 'course_paused'; at: Instant }
  | { type: 'course_resumed'; nextAt: Instant; at: Instant }
  | { type: 'course_ended'; course: Id; how: CourseEnd; at: Instant }
  /** `id`: of its timer; it happens once. */
  | { type: 'broadcast_queued'; id: Id; broadcast: Id; message: Id }
  | { type: 'broadcast_skipped'; id: Id; broadcast: Id; reason: string }
  | { type: 'quiz_begun'; items: readonly QuizItem[] }
  /** `right` is for the turn alone: it is not stored. */
  | { type: 'quiz_answered'; right?: boolean }
  /** A scored try that nobody of this key has made yet. */
  | { type: 'contest_begun'; contest: Id; phase: Phase }
  /** At which question the try goes on; `done`: it was made already. */
  | { type: 'contest_entered'; contest: Id; phase: Phase; at: number; done: boolean }
  /** `right` is counted without this person and stands in no stored event. */
  | { type: 'contest_answered'; contest: Id; phase: Phase; n: number; right?: boolean }
  /** `claim` and the words, which are the score, stand in no stored event. */
  | { type: 'contest_finished'; contest: Id; phase: Phase; claim?: 'none' | 'open'; words: Prose }
  /** `code`: what is kept of the code; it stands in no stored event. */
  | { type: 'contest_claimed'; contest: Id; phase: Phase; code?: string; words: Prose }
  | { type: 'contact_muted'; reason: MuteReason; by: Id }
  | { type: 'contact_unmuted'; by: Id }
  | { type: 'contact_stopped' }
  | { type: 'contact_resumed' }
  /** After an emergency nothing unprompted is sent until then. */
  | { type: 'contact_quieted'; until: Instant }
  /** Texts reached their age while something of the person is still ahead; the sealed words in `keep` stay. */
  | { type: 'texts_erased'; keep: readonly Id[] }
  | { type: 'contact_erased'; receipt: string | null }
  | { type: 'parked'; reason: string }
  | { type: 'ignored'; reason: string }

export type EventType = Event['type']

/** The words that tell a person what this is and who reads; saying them is remembered. */
export const INTRODUCTION = 'chao.gioi-thieu'

/** The version written beside each stored event; a reader of older ones migrates from it. */
export const EVENT_VERSION = 1
