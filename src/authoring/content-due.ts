import { restingOn } from '../engine/resting.ts'
import type { Draft } from './draft.ts'

/** Something that somebody has to look at by a day. */
export interface Due {
  on: string
  what: 'topic' | 'reply' | 'contact' | 'source'
  id: string
  title: string
  file: string
  /** Of a source: every text that rests on it. */
  texts: readonly string[]
}

/** What has a date up to then, the earliest first: reviews, numbers, and laws that end with every text resting on them. */
export function dueContent(draft: Draft, until: string): readonly Due[] {
  const rows: Due[] = [
    ...draft.topics.map(({ topic, place }) => ({
      on: topic.reviewBy,
      what: 'topic' as const,
      id: topic.id,
      title: topic.title,
      file: place.file,
      texts: [],
    })),
    ...draft.replies.map(({ value, place }) => ({
      on: value.reviewBy,
      what: 'reply' as const,
      id: value.id,
      title: value.title,
      file: place.file,
      texts: [],
    })),
    ...draft.contacts.flatMap(({ value, place }) =>
      value.shown && value.expiresOn !== null
        ? [
            {
              on: value.expiresOn,
              what: 'contact' as const,
              id: value.number,
              title: value.name,
              file: place.file,
              texts: [],
            },
          ]
        : [],
    ),
    ...draft.sources.flatMap(({ value, place }) => {
      const texts = textsOn(draft, value.id)
      return value.inForceTo !== null && texts.length > 0
        ? [{ on: value.inForceTo, what: 'source' as const, id: value.id, title: value.title, file: place.file, texts }]
        : []
    }),
  ]
  return rows
    .filter(({ on }) => on <= until)
    .toSorted((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1))
}

/** Every text that rests on a source, as `topic <id>`, `reply <id>`, `paper <form>/<id>`, `clock <id>`. */
export function textsOn(draft: Draft, source: string): readonly string[] {
  const shelf = {
    topics: draft.topics.map(({ topic }) => topic),
    replies: draft.replies.map(({ value }) => value),
    enrolment: draft.enrolment.value,
  }
  return restingOn(shelf, source).map(({ what, id }) => `${what} ${id}`)
}
