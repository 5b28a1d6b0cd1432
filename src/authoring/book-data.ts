import type {
  ApprovedReply,
  Book,
  CampaignTemplate,
  Contact,
  Course,
  Flow,
  IntentRoute,
  Ladder,
  Source,
  TalkKit,
  Topic,
  Trigger,
} from '../engine/book.ts'
import type { Locale } from '../engine/content.ts'
import type { Priority } from '../engine/conversation.ts'
import type { EnrolmentPlan } from '../engine/enrolment/clocks.ts'
import { type Learned, weightsOf } from '../engine/learned/stack.ts'
import type { Whose } from '../engine/learned/whose.ts'
import type { SafetyRules } from '../engine/safety/rules.ts'
import type { SelfCheck } from '../engine/self-check.ts'
import type { Subject } from '../engine/shelves.ts'
import type { ReminderPlan } from '../engine/visits/reminders.ts'
import type { Published } from './published-format.ts'

/** A book as plain JSON, so that a bundle without a disk can carry it. */
export interface BookData {
  format: 1
  home: string
  flows: readonly Flow[]
  published: readonly Published[]
  triggers: readonly Trigger[]
  ladders: Readonly<Record<Priority, Ladder>>
  /** The built-in plan in a small book of a test. */
  reminders?: ReminderPlan
  /** What no text that comes unasked may say. */
  discreet?: readonly string[]
  /** None in a small book of a test. */
  safety?: SafetyRules
  learned?: Learned
  whose?: Whose
  intents?: Readonly<Record<string, IntentRoute>>
  asked?: Readonly<Record<string, readonly string[]>>
  subjects?: readonly Subject[]
  contacts: readonly Contact[]
  topics: readonly Topic[]
  replies: readonly ApprovedReply[]
  kits?: readonly TalkKit[]
  campaigns?: readonly CampaignTemplate[]
  courses?: readonly Course[]
  enrolment?: EnrolmentPlan
  selfChecks?: readonly SelfCheck[]
  words: Readonly<Record<Locale, Readonly<Record<string, readonly string[]>>>>
  synonyms: Readonly<Record<string, readonly string[]>>
  sources: readonly Source[]
}

export function bookFrom(data: BookData): Book {
  const current = new Map(data.flows.map((flow) => [flow.id, flow]))
  const past = new Map(
    data.published.map((published) => [nameOf(published.flow.id, published.flow.revision), published]),
  )
  const titles = new Map(data.sources.map(({ id, title }) => [id, title]))
  const words = { vi: new Map(Object.entries(data.words.vi)) }
  const synonyms = new Map(Object.entries(data.synonyms))
  return {
    home: data.home,
    triggers: data.triggers,
    ladders: data.ladders,
    ...(data.reminders === undefined ? {} : { reminders: data.reminders }),
    discreet: data.discreet ?? [],
    ...(data.safety === undefined ? {} : { safety: data.safety }),
    ...(data.learned === undefined ? {} : { learned: weightsOf(data.learned) }),
    ...(data.whose === undefined ? {} : { whose: data.whose }),
    ...(data.intents === undefined ? {} : { intents: data.intents }),
    ...(data.asked === undefined ? {} : { asked: data.asked }),
    ...(data.subjects === undefined ? {} : { subjects: data.subjects }),
    contacts: data.contacts,
    topics: data.topics,
    replies: data.replies,
    kits: data.kits ?? [],
    campaigns: data.campaigns ?? [],
    courses: data.courses ?? [],
    ...(data.enrolment === undefined ? {} : { enrolment: data.enrolment }),
    selfChecks: data.selfChecks ?? [],
    flow(id, revision) {
      const now = current.get(id)
      if (revision === undefined || now?.revision === revision) return now
      return past.get(nameOf(id, revision))?.flow
    },
    withdrawn: (id, revision) => past.get(nameOf(id, revision))?.withdrawn ?? null,
    words: (key, locale) => words[locale].get(key),
    synonyms: (key) => synonyms.get(key) ?? [],
    sources: data.sources,
    source: (id) => titles.get(id),
  }
}

function nameOf(id: string, revision: string): string {
  return `${id}@${revision}`
}
