import type { Purpose } from './consent.ts'
import type { Id, Locale } from './content.ts'
import type { Priority } from './conversation.ts'
import type { EnrolmentPlan } from './enrolment/clocks.ts'
import type { Day, Shift } from './facts.ts'
import type { Weights } from './learned/stack.ts'
import type { Whose } from './learned/whose.ts'
import type { ActAudience, ActSetting } from './outreach.ts'
import type { SafetyRules } from './safety/rules.ts'
import type { SelfCheck } from './self-check.ts'
import type { Subject } from './shelves.ts'
import type { ReminderPlan } from './visits/reminders.ts'

/** A conversation as data: nodes and the routes between them. */
export interface Flow {
  id: string
  /** The hash of the compiled nodes and their content keys. */
  revision: string
  title: string
  /** Every route of a safety flow is covered by a golden transcript. */
  safety: boolean
  /** A greeting in the midst of it puts its question again instead of beginning anew. */
  resumes?: true
  start: string
  nodes: Readonly<Record<string, Node>>
}

export type AnswerKind = 'choice' | 'yes_no' | 'number' | 'phone' | 'date' | 'time' | 'text' | 'place' | 'slot'

/** Where a question's further choices come from. */
export type OptionSource =
  | { list: 'points' } // points near the commune in the answer `commune`, else all
  /** Topics of an audience by subject; of one subject where the answer of that name says which. */
  | { list: 'topics'; audience: string | null; subject?: string | undefined }
  /** The subjects that an audience has topics of. */
  | { list: 'subjects'; audience: string | null }
  /** What the last text most likely asked for. */
  | { list: 'suggestions' }
  /** The person's own appointments that lie ahead. */
  | { list: 'visits' }
  /** Three free times of the point the appointment is at. */
  | { list: 'slots' }
  /** The papers of the person's request, with what they ticked. */
  | { list: 'papers' }
  /** The courses there are. */
  | { list: 'courses' }
  /** The answers of the question that is practised now. */
  | { list: 'quiz' }
  /** The topics of the round that is over. */
  | { list: 'quiz_topics' }
  /** The contests that can be entered. */
  | { list: 'contests' }
  /** The answers of the question of a scored try. */
  | { list: 'contest' }

export type Node =
  | { type: 'say'; words: WordsRef; next: string }
  | {
      type: 'ask'
      answer: AnswerKind
      words: WordsRef
      /** The name the answer is kept under; null keeps nothing. */
      save: string | null
      /** Choices written in the flow; their labels are words `<key>.<id>`. */
      choices: readonly Choice[]
      from: OptionSource | null
      /** Where the answer leads when no choice says otherwise. */
      next: string | null
      /** Where a place that names no known commune leads. */
      unknown: string | null
      /** A yes here is written into the ledger for this purpose, with the version of these words. */
      consent?: Purpose
      /** A few words are asked for, as a name is: no sentence and no question is taken for it. */
      short?: true
    }
  | { type: 'branch'; on: Condition; cases: Readonly<Record<string, string>>; else: string }
  | { type: 'call'; flow: string; next: string }
  /** `else`: where it goes when what was asked for cannot be had any more. */
  | { type: 'submit'; form: string; values: readonly string[]; next: string; else?: string }
  | { type: 'handoff'; reason: string; priority: 'emergency' | 'urgent' | 'routine'; next: string }
  | { type: 'end' }

/** Words by key, or the card or longer read of the topic named in an answer. */
export type WordsRef = { key: string } | { topic: 'card' | 'more'; answer: string }

export interface Choice {
  id: string
  next: string
  /** Beside a free answer: this choice is an answer of its own, kept under this name ("buổi tối" beside "21h"). */
  save?: string
  /** This choice is meant by an age from one to the other, both included: "em 19 tuổi". */
  ages?: readonly [from: number, to: number]
}

export type Condition =
  | { answer: string }
  /** Can a person answer now: `open`, `closed` (and when it opens), or `unknown`. */
  | { fact: 'desk' }
  /** Is any point known for the commune in the answer: `yes` or `no`. */
  | { fact: 'points' }
  /** Is any point known at all: `yes` or `no`. */
  | { fact: 'any_points' }
  /** Is a ticket already open: `yes` or `no`. */
  | { fact: 'ticket' }
  /** What the staff were asked for and a person may take back: `waiting`, `emergency` (that stays) or `none`. */
  | { fact: 'request' }
  /** Was "dừng" said: `yes` or `no`. */
  | { fact: 'stopped' }
  /** How many appointments the person has ahead: `none`, `one` or `several`. */
  | { fact: 'visits' }
  /** What the chosen appointment is: `visit`, `meeting`, or `family_meeting` to which one may bring somebody. */
  | { fact: 'visit_is' }
  /** Has the person a seat in the chosen meeting: `yes`, `waiting` or `no`. */
  | { fact: 'seat' }
  /** How the person stands to a club: `none`, `invited` or `member`. */
  | { fact: 'club' }
  /** Has the point a free time in the weeks ahead: `yes` or `no`. */
  | { fact: 'slots' }
  /** How the person's request stands: `none`, `open`, `transfer` (they are asked about another point) or `over`. */
  | { fact: 'enrolment' }
  /** Has the person said yes to keeping what a request needs: `yes` or `no`. */
  | { fact: 'consent' }
  /** How this chat stands to another of the same person: `none`, `asked` or `joined`. */
  | { fact: 'joining' }
  /** Is any place of rehabilitation known to the directory: `yes` or `no`. */
  | { fact: 'facilities' }
  /** Is the person asked about an introduction (`offered`), has one (`open`), or `none`. */
  | { fact: 'referral' }
  /** Are they asked once a week how it goes: `on` or `off`. */
  | { fact: 'check_ins' }
  /** What stands about somebody to walk beside the person: `none`, `offered` or `assigned`. */
  | { fact: 'supporter' }
  /** Is the person asked each month how it goes: `off`, `due` or `done`. */
  | { fact: 'progress' }
  /** The person's own plan: `none`, `kept` or `shared`. */
  | { fact: 'plan' }
  /** The course the person reads: `none`, `on`, or `paused` (nothing comes by itself). */
  | { fact: 'course' }
  /** Is the person in danger now, or was lately: `yes` or `no`. */
  | { fact: 'crisis' }
  /** The round of practice (`none`, `going`, `over`), its last answer (`right`, `wrong`), and is any of its law or health unsigned or overdue. */
  | { fact: 'quiz' | 'quiz_answer' | 'quiz_doubt' }
  /**
   * How many contests can be entered (`none`, `one`, `several`); which try it is (`single`, `before`, `after` a talk); how it
   * stands: `going`, `full` (every question answered), `done`, `prize` (a code can be had), `taken` or `closed`.
   */
  | { fact: 'contests' | 'contest_phase' | 'contest_try' }

export type TriggerAction = { type: 'start'; flow: string } | { type: 'back' } | { type: 'exit' }

/**
 * Words that start or interrupt something. Phrases are compared as whole syllables; a syllable typed with
 * diacritics is trusted, a bare one matches any marks (see `text.ts`). In a phrase `…` stands for up to three
 * syllables and `[số]` for a number of two or three digits.
 */
export interface Trigger {
  id: string
  kind: 'emergency' | 'verb' | 'ordinary'
  /** `anywhere`: the phrase may stand inside a longer text; `whole`: it is the whole message, particles aside. */
  match: 'anywhere' | 'whole'
  phrases: readonly string[]
  /** Phrases that, typed bare, are an answer first and otherwise need confirming ("dung" is usually "đúng"). */
  ambiguous: readonly string[]
  /**
   * Harmless turns. One that holds a phrase of its own ("cười muốn chết") takes only that phrase out of the text; any
   * other, or one of a `whole` trigger, leaves the whole text alone.
   */
  unless: readonly string[]
  action: TriggerAction
  /** Emergency only: why, and which card. */
  reason: string | null
  card: string | null
}

export interface Topic {
  id: Id
  title: string
  audiences: readonly string[]
  /** What it belongs to, such as a course. */
  tags?: readonly string[]
  level?: 'education' | 'legal' | 'clinical' | 'safety'
  /** Other ways of asking for it. */
  questions: readonly string[]
  /** Questions to try oneself; `right` counts from one. */
  quiz?: readonly { question: string; answers: readonly string[]; right: number; why: string }[]
  /** The day the text was last checked against its sources, as `2026-11-21`. */
  asOf: Day
  written?: Day
  status?: 'draft' | 'reviewed'
  /** Who of which profession signed it, and when; null while nobody has. */
  reviewed: { role: 'editor' | 'lawyer' | 'clinician'; on: Day } | null
  reviewBy: Day
  sources: readonly string[]
  /** The articles of its sources that it rests on, by source. */
  articles?: Readonly<Record<string, string>>
}

/** A law, decree, plan or guidance, with its last day in force. */
export interface Source {
  id: Id
  title: string
  kind: 'law' | 'guidance' | 'health' | 'plan'
  until: Day | null
}

/** Lessons that follow each other; each is a topic. Words: `course.<id>.title`, `.about`, `.count`. */
export interface Course {
  id: Id
  title: string
  audience: string
  lessons: readonly Id[]
}

/** What somebody takes along to a talk: the course of it, the cards of topics, and questions to ask. */
export interface TalkKit {
  id: Id
  title: string
  setting: ActSetting
  audiences: readonly ActAudience[]
  minutes: number
  before: readonly string[]
  outline: readonly { minutes: number; text: string }[]
  topics: readonly Id[]
  /** `right` counts from one; each rests on a topic. */
  quiz: readonly { question: string; answers: readonly string[]; right: number; why: string; topic: Id }[]
}

/** A text to many that comes round every year; what stands in `[…]` is filled in by whoever sends it. */
export interface CampaignTemplate {
  id: Id
  title: string
  from: { month: number; day: number }
  to: { month: number; day: number }
  text: string
}

/** Who is called, or told, so many minutes after a ticket began to wait. */
export interface Step {
  call: 'on_duty' | 'point' | 'lead' | 'above' | 'person'
  after: number
}

/** The way a waiting ticket climbs until a human takes it. */
export interface Ladder {
  /** `working`: minutes count only while the point is open. */
  clock: 'always' | 'working'
  steps: readonly Step[]
  /** Minutes after the last step at which it begins anew; null: it does not. */
  again: number | null
}

/** A telephone number that may be shown: reviewed, and not past its date. */
export interface Contact {
  number: string
  name: string
  hours: 'always' | readonly Shift[]
  /** The troubles it helps with, as reasons of a ticket. */
  for: readonly string[]
  /** The last day on which it may be shown; null: always. */
  until: Day | null
}

/** The topics and flows that answer an intent, the likeliest first; `straight`: the first is shown at once when sure. */
export interface IntentRoute {
  straight: boolean
  to: readonly Id[]
}

/** Words a counsellor may put into a reply: reviewed like a topic, sent by a human alone. */
export interface ApprovedReply {
  id: Id
  title: string
  text: string
  /** Other words a counsellor may look for. */
  keywords: readonly string[]
  sources: readonly string[]
  asOf: Day
  /** Who signed it; null while nobody of the profession has. */
  reviewedBy: string | null
  reviewBy: Day
}

/** The reviewed conversations and words in force: an immutable snapshot. */
export interface Book {
  flow(id: string, revision?: string): Flow | undefined
  /** Where people waiting in a withdrawn revision go: node to node of the present one, everyone else to a human. */
  withdrawn(id: string, revision: string): { to: Readonly<Record<string, string>>; else: 'human' } | null
  triggers: readonly Trigger[]
  ladders: Readonly<Record<Priority, Ladder>>
  /** The words and rules of danger; none in a small book of a test. */
  safety?: SafetyRules
  /** Weights learnt from written lines; none in a small book of a test. */
  learned?: Weights
  /** Whose a danger is, learnt likewise. */
  whose?: Whose
  /** Where each intent leads; none in a small book of a test. */
  intents?: Readonly<Record<string, IntentRoute>>
  /** For a flow, what people say who want it. */
  asked?: Readonly<Record<Id, readonly string[]>>
  /** What topics are about, in the order of the shelves. */
  subjects?: readonly Subject[]
  /** When appointments are spoken of; the built-in plan in a small book of a test. */
  reminders?: ReminderPlan
  /** What no text that comes unasked may say: others may read the lock screen. */
  discreet?: readonly string[]
  contacts: readonly Contact[]
  topics: readonly Topic[]
  replies: readonly ApprovedReply[]
  /** What is taken along to a talk; none in a small book of a test. */
  kits?: readonly TalkKit[]
  /** What may be read lesson by lesson; none in a small book of a test. */
  courses?: readonly Course[]
  /** Texts to many that come round with the calendar; none in a small book of a test. */
  campaigns?: readonly CampaignTemplate[]
  /** Questions somebody may ask themselves; only those that may be used. */
  selfChecks?: readonly SelfCheck[]
  /** Papers and times of a request; none in a small book of a test. */
  enrolment?: EnrolmentPlan
  /** Paragraphs for a key; undefined when there are none. */
  words(key: string, locale: Locale): readonly string[] | undefined
  /** Other ways people say the choice whose label has this key. */
  synonyms(key: string): readonly string[]
  /** The title of a law, decree or guidance that a topic rests on. */
  source(id: string): string | undefined
  /** Everything that texts may rest on; none in a small book of a test. */
  sources?: readonly Source[]
  /** The flow a first message starts. */
  home: string
}
