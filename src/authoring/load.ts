import type { Book } from '../engine/book.ts'
import { type Directory, NO_SWITCHES } from '../engine/facts.ts'
import type { BookData } from './book-data.ts'
import { bookFrom } from './book-data.ts'
import { calendarOf } from './calendar-format.ts'
import { checkStructure } from './check-structure.ts'
import { checkWordsExist } from './check-words.ts'
import { compileBook } from './compile.ts'
import type { Draft } from './draft.ts'
import { readDraft } from './draft.ts'
import type { Problem } from './problem.ts'
import { sortProblems } from './problem.ts'
import type { Contact, Source } from './sources-format.ts'

export interface Loaded {
  book: Book
  data: BookData
  sources: readonly Source[]
  contacts: readonly Contact[]
  /** Places and days as written, with the sample points and clubs of a development database. */
  directory: Directory
}

/**
 * The book in force, or every mistake that would break a conversation. Nothing here looks at a calendar: a date
 * that has passed never stops the service.
 */
export function load(files: ReadonlyMap<string, string>): Loaded | { problems: readonly Problem[] } {
  const draft = readDraft(files)
  const problems = findBreaking(draft)
  if (problems.length > 0) return { problems: sortProblems(problems) }
  const data = compileBook(draft)
  return {
    book: bookFrom(data),
    data,
    sources: draft.sources.map(({ value }) => value),
    contacts: draft.contacts.map(({ value }) => value),
    directory: {
      points: draft.samples.points.map(({ value }) => value),
      clubs: draft.samples.clubs.map(({ value }) => value),
      services: draft.samples.services.map(({ value }) => value),
      communes: draft.communes.map(({ value: { id, name, province, aliases, confirmed } }) => ({
        id,
        name,
        province,
        aliases,
        confirmed,
      })),
      calendar: calendarOf(draft.calendar),
      staff: [],
      switches: NO_SWITCHES,
    },
  }
}

/** Mistakes with which a conversation could stop, loop or fall silent. */
export function findBreaking(draft: Draft): readonly Problem[] {
  return [...draft.problems, ...checkStructure(draft), ...checkWordsExist(draft)].filter(
    (problem) => problem.level === 'error',
  )
}
