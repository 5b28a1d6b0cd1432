import { checkCampaigns } from './campaigns-format.ts'
import { checkCalendar } from './check-calendar.ts'
import { checkContacts } from './check-contacts.ts'
import { checkDiscreet } from './check-discreet.ts'
import { checkLimits } from './check-limits.ts'
import { checkNever } from './check-never.ts'
import { checkPlaces } from './check-places.ts'
import { checkPromises } from './check-promises.ts'
import { checkQuiz } from './check-quiz.ts'
import { checkReading } from './check-reading.ts'
import { checkReplies } from './check-replies.ts'
import { checkReviews } from './check-reviews.ts'
import { checkSameQuestions } from './check-same-questions.ts'
import { checkScripts } from './check-scripts.ts'
import { checkSources } from './check-sources.ts'
import { checkTopicReach } from './check-topic-reach.ts'
import { checkTopics } from './check-topics.ts'
import { checkWording } from './check-wording.ts'
import { checkCourses } from './courses-format.ts'
import type { Draft } from './draft.ts'
import { checkEnrolment } from './enrolment-format.ts'
import { checkKits } from './kits-format.ts'
import type { Problem } from './problem.ts'
import { checkSelfChecks } from './self-checks-format.ts'

/** The rules of content by the names under which docs/content.md gives their reasons. */
export const CONTENT_RULES = {
  sources: checkSources,
  reviews: checkReviews,
  contacts: checkContacts,
  wording: checkWording,
  promises: checkPromises,
  never: checkNever,
  discreet: checkDiscreet,
  limits: checkLimits,
  topics: checkTopics,
  reading: checkReading,
  scripts: checkScripts,
  quiz: checkQuiz,
  reach: checkTopicReach,
  questions: checkSameQuestions,
  replies: checkReplies,
  kits: checkKits,
  campaigns: checkCampaigns,
  courses: checkCourses,
  enrolment: checkEnrolment,
  'self-checks': checkSelfChecks,
  places: checkPlaces,
  calendar: checkCalendar,
} satisfies Record<string, (draft: Draft, today: string) => readonly Problem[]>

/** Every mistake in what people read, whatever the flows around it. */
export function checkContent(draft: Draft, today: string): readonly Problem[] {
  return Object.values(CONTENT_RULES).flatMap((rule) => rule(draft, today))
}
