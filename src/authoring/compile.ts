import type { BookData } from './book-data.ts'
import { showable } from './contacts.ts'
import type { Draft } from './draft.ts'
import { HOME } from './service-words.ts'

/** The draft as the plain data of a book; what could not be read is simply not in it. */
export function compileBook(draft: Draft): BookData {
  const labels = [...draft.labels]
  return {
    format: 1,
    home: HOME,
    flows: [...draft.flows.values()].map(({ flow }) => flow),
    published: draft.published.map(({ flow, withdrawn }) => ({ flow, withdrawn })),
    triggers: draft.triggers.map(({ trigger }) => trigger),
    ladders: draft.ladders,
    reminders: draft.reminders,
    discreet: draft.discreet,
    intents: draft.intents,
    asked: draft.asked,
    subjects: draft.subjects,
    safety: draft.safety,
    ...(draft.learned === null ? {} : { learned: draft.learned }),
    ...(draft.whose === null ? {} : { whose: draft.whose }),
    contacts: showable(draft.contacts.map(({ value }) => value)).map(
      ({ number, name, hours, for: helps, expiresOn }) => ({
        number,
        name,
        hours,
        for: helps,
        until: expiresOn,
      }),
    ),
    topics: draft.topics.filter(({ waiting }) => !waiting).map(({ topic }) => topic),
    replies: draft.replies.map(({ value }) => value),
    kits: draft.kits.map(({ value }) => value),
    campaigns: draft.campaigns.map(({ value }) => value),
    courses: draft.courses.map(({ value }) => value),
    enrolment: draft.enrolment.value,
    selfChecks: draft.selfChecks.filter(({ value }) => value.usable).map(({ value }) => value.check),
    words: {
      vi: Object.fromEntries([
        ...[...draft.passages].map(([key, passage]) => [key, passage.paragraphs] as const),
        ...labels.map(([key, { label }]) => [key, [label]] as const),
      ]),
    },
    sources: draft.sources.map(({ value: { id, title, kind, inForceTo } }) => ({ id, title, kind, until: inForceTo })),
    synonyms: Object.fromEntries(
      labels.filter(([, { synonyms }]) => synonyms.length > 0).map(([key, { synonyms }]) => [key, synonyms]),
    ),
  }
}
