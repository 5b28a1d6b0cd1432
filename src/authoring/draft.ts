import type { ApprovedReply, CampaignTemplate, Course, TalkKit } from '../engine/book.ts'
import type { EnrolmentPlan } from '../engine/enrolment/clocks.ts'
import type { Learned } from '../engine/learned/stack.ts'
import type { Whose } from '../engine/learned/whose.ts'
import type { SafetyRules } from '../engine/safety/rules.ts'
import type { Subject } from '../engine/shelves.ts'
import { DEFAULT_PLAN, type ReminderPlan } from '../engine/visits/reminders.ts'
import { type CalendarSource, NO_DAYS, readCalendar } from './calendar-format.ts'
import { readCampaigns } from './campaigns-format.ts'
import { readDiscreet } from './check-discreet.ts'
import { readCourses } from './courses-format.ts'
import { NO_ENROLMENT, readEnrolment } from './enrolment-format.ts'
import type { FlowSource } from './flow-format.ts'
import { readFlow } from './flow-format.ts'
import { type HardWord, readHardWords } from './hard-words-format.ts'
import { type Asked, type IntentRoutes, readAsked, readIntents } from './intents-format.ts'
import { readKits } from './kits-format.ts'
import { DEFAULT_LADDERS, type Ladders, readLadders } from './ladders-format.ts'
import { readLearned, readWhose } from './learned-format.ts'
import { type NeverRule, readNever } from './never-format.ts'
import type { CommuneRow, Samples } from './places-format.ts'
import { readCommunes, readSamples } from './places-format.ts'
import type { Problem } from './problem.ts'
import { warningAt } from './problem.ts'
import { readPromises } from './promises-format.ts'
import type { PublishedSource } from './published-format.ts'
import { readPublished } from './published-format.ts'
import { readReminders } from './reminders-format.ts'
import { readReplies } from './replies-format.ts'
import { NO_SAFETY, readCards, readConcepts, readSafetyRules, readScenes, readTeencode } from './safety-format.ts'
import { readSelfChecks, type WrittenSelfCheck } from './self-checks-format.ts'
import type { Contact, Located, Source } from './sources-format.ts'
import { readContacts, readSources } from './sources-format.ts'
import type { WordingRule } from './stigma-format.ts'
import { readWording } from './stigma-format.ts'
import { readSubjects } from './subjects-format.ts'
import type { TopicSource } from './topic-format.ts'
import { readTopic } from './topic-format.ts'
import type { TriggerSource } from './triggers-format.ts'
import { readTriggers } from './triggers-format.ts'
import type { Label, Passage } from './words-format.ts'
import { readWords } from './words-format.ts'

/**
 * Everything the authors wrote, as far as it could be read: checks go on past the first mistake, so that
 * an editor sees all of them at once.
 */
export interface Draft {
  /** Mistakes of form, found while reading. */
  problems: readonly Problem[]
  flows: ReadonlyMap<string, FlowSource>
  published: readonly PublishedSource[]
  triggers: readonly TriggerSource[]
  ladders: Ladders
  reminders: ReminderPlan
  /** Words that what is meant to give nothing away may not hold. */
  discreet: readonly string[]
  intents: IntentRoutes
  asked: Asked
  subjects: readonly Subject[]
  safety: SafetyRules
  /** Null until `npm run learn` has been run. */
  learned: Learned | null
  /** Null until `npm run learn:whose` has been run. */
  whose: Whose | null
  topics: readonly TopicSource[]
  replies: readonly Located<ApprovedReply>[]
  kits: readonly Located<TalkKit>[]
  campaigns: readonly Located<CampaignTemplate>[]
  courses: readonly Located<Course>[]
  enrolment: Located<EnrolmentPlan>
  selfChecks: readonly Located<WrittenSelfCheck>[]
  /** By full key, of flows and topics alike. */
  passages: ReadonlyMap<string, Passage>
  labels: ReadonlyMap<string, Label>
  sources: readonly Located<Source>[]
  contacts: readonly Located<Contact>[]
  communes: readonly Located<CommuneRow>[]
  calendar: CalendarSource
  samples: Samples
  wording: readonly WordingRule[]
  promises: readonly WordingRule[]
  never: readonly NeverRule[]
  hardWords: readonly HardWord[]
}

const FLOW = /^flows\/([a-z0-9-]+)\/flow\.yaml$/
const PUBLISHED = /^flows\/published\/([a-z0-9-]+)\/([0-9a-f]{12})\.json$/
const TOPIC = /^content\/vi\/topics\/([a-z0-9-]+)\.md$/
const WORDS = /^content\/vi\/([a-z0-9-]+)\.md$/
const OTHER = /(^|\/)(README\.md|[^/]+\.transcript|[^/]+\.schema\.json)$/

export function readDraft(files: ReadonlyMap<string, string>): Draft {
  const problems: Problem[] = []
  const flows = new Map<string, FlowSource>()
  const published: PublishedSource[] = []
  const topics: TopicSource[] = []
  const passages = new Map<string, Passage>()
  const labels = new Map<string, Label>()
  const rest = {
    triggers: [] as readonly TriggerSource[],
    ladders: DEFAULT_LADDERS,
    reminders: { ...DEFAULT_PLAN, steps: [] } as ReminderPlan,
    discreet: [] as readonly string[],
    intents: {} as IntentRoutes,
    asked: {} as Asked,
    subjects: [] as readonly Subject[],
    safety: NO_SAFETY,
    learned: null as Learned | null,
    whose: null as Whose | null,
    sources: [] as readonly Located<Source>[],
    contacts: [] as readonly Located<Contact>[],
    communes: [] as readonly Located<CommuneRow>[],
    calendar: NO_DAYS,
    samples: { points: [], clubs: [], services: [] } as Samples,
    wording: [] as readonly WordingRule[],
    promises: [] as readonly WordingRule[],
    never: [] as readonly NeverRule[],
    hardWords: [] as readonly HardWord[],
    replies: [] as readonly Located<ApprovedReply>[],
    kits: [] as readonly Located<TalkKit>[],
    campaigns: [] as readonly Located<CampaignTemplate>[],
    courses: [] as readonly Located<Course>[],
    enrolment: NO_ENROLMENT,
    selfChecks: [] as readonly Located<WrittenSelfCheck>[],
  }
  const addWords = (words: { passages: ReadonlyMap<string, Passage>; labels: ReadonlyMap<string, Label> }) => {
    for (const [key, passage] of words.passages) passages.set(key, passage)
    for (const [key, label] of words.labels) labels.set(key, label)
  }
  for (const [file, raw] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const text = raw
      .replace(/^\ufeff/, '')
      .replaceAll('\r\n', '\n')
      .normalize('NFC')
    const [, id, revision] = FLOW.exec(file) ?? PUBLISHED.exec(file) ?? TOPIC.exec(file) ?? WORDS.exec(file) ?? []
    if (id !== undefined && FLOW.test(file)) {
      const flow = readFlow(id, file, text, problems)
      if (flow) flows.set(id, flow)
    } else if (id !== undefined && revision !== undefined) {
      const one = readPublished(id, revision, file, text, problems)
      if (one) published.push(one)
    } else if (id !== undefined && TOPIC.test(file)) {
      const topic = readTopic(id, file, text, problems)
      if (topic) topics.push(topic)
      if (topic) addWords(topic.words)
    } else if (id !== undefined) addWords(readWords(id, file, text, problems))
    else if (file === 'flows/triggers.yaml') rest.triggers = readTriggers(file, text, problems)
    else if (file === 'flows/intents.yaml') rest.intents = readIntents(file, text, problems)
    else if (file === 'flows/asked.yaml') rest.asked = readAsked(file, text, problems)
    else if (file === 'flows/ladders.yaml') rest.ladders = readLadders(file, text, problems)
    else if (file === 'flows/reminders.yaml') rest.reminders = readReminders(file, text, problems)
    else if (file === 'content/discreet.yaml') rest.discreet = readDiscreet(file, text, problems)
    else if (file === 'content/safety/concepts.yaml')
      rest.safety = { ...rest.safety, ...readConcepts(file, text, problems) }
    else if (file === 'content/safety/scenes.yaml')
      rest.safety = { ...rest.safety, ...readScenes(file, text, problems) }
    else if (file === 'content/safety/rules.yaml')
      rest.safety = { ...rest.safety, ...readSafetyRules(file, text, rest.safety.concepts, problems) }
    else if (file === 'content/safety/cards.yaml')
      rest.safety = { ...rest.safety, cards: readCards(file, text, problems) }
    else if (file === 'content/safety/teencode.yaml')
      rest.safety = { ...rest.safety, teencode: readTeencode(file, text, problems) }
    // As it is: its names hold syllables with their tone at the end, which composing would move.
    else if (file === 'content/learned/weights.json') rest.learned = readLearned(file, raw, problems)
    else if (file === 'content/learned/whose.json') rest.whose = readWhose(file, raw, problems)
    else if (file === 'content/sources.yaml') rest.sources = readSources(file, text, problems)
    else if (file === 'content/contacts.yaml') rest.contacts = readContacts(file, text, problems)
    else if (file === 'content/places.yaml') rest.communes = readCommunes(file, text, problems)
    else if (file === 'content/calendar.yaml') rest.calendar = readCalendar(file, text, problems)
    else if (file === 'content/samples.yaml') rest.samples = readSamples(file, text, problems)
    else if (file === 'content/replies.yaml') rest.replies = readReplies(file, text, problems)
    else if (file === 'content/campaigns.yaml') rest.campaigns = readCampaigns(file, text, problems)
    else if (file === 'content/courses.yaml') {
      const { courses, words } = readCourses(file, text, problems)
      rest.courses = courses
      addWords(words)
    } else if (file === 'content/enrolment.yaml') rest.enrolment = readEnrolment(file, text, problems)
    else if (file === 'content/self-checks.yaml') rest.selfChecks = readSelfChecks(file, text, problems)
    else if (file === 'content/subjects.yaml') rest.subjects = readSubjects(file, text, problems)
    else if (file === 'content/kits.yaml') rest.kits = readKits(file, text, problems)
    else if (file === 'content/stigma.yaml') rest.wording = readWording(file, text, problems)
    else if (file === 'content/promises.yaml') rest.promises = readPromises(file, text, problems)
    else if (file === 'content/never.yaml') rest.never = readNever(file, text, problems)
    else if (file === 'content/hard-words.yaml') rest.hardWords = readHardWords(file, text, problems)
    else if (!OTHER.test(file))
      problems.push(warningAt({ file, path: '' }, 'Tệp này không được đọc: tên hoặc chỗ đặt chưa đúng.'))
  }
  return { problems, flows, published, topics, passages, labels, ...rest }
}
