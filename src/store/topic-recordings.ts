import { and, eq, isNotNull } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { Recording } from '../engine/conversation.ts'
import type { Day, TopicRecording } from '../engine/facts.ts'
import { topicRecording } from './loudspeaker-tables.ts'
import { build, p, type Query, select, write } from './query.ts'
import type { Store } from './store.ts'

/** `aac`: raw AAC, which Zalo asks for; `any`: what all other players take. */
export type SoundForm = 'any' | 'aac'

/** A text of the library as somebody speaks it. */
export interface SpokenTopic {
  topic: Id
  language: string
  form: SoundForm
  /** What is said, in Vietnamese. */
  transcript: string
  speaker: string
  recordedOn: Day
  mime: string
  by: Id
  at: Instant
  /** Null: nobody hears it yet. */
  enabledBy: Id | null
}

const columns = {
  topic: topicRecording.topic,
  language: topicRecording.language,
  form: topicRecording.form,
  transcript: topicRecording.transcript,
  speaker: topicRecording.speaker,
  recordedOn: topicRecording.recordedOn,
  mime: topicRecording.mime,
  by: topicRecording.by,
  at: topicRecording.at,
  enabledBy: topicRecording.enabledBy,
}
const order = [topicRecording.topic, topicRecording.language, topicRecording.form] as const
const this_ = and(
  eq(topicRecording.topic, p('topic') as never),
  eq(topicRecording.language, p('language') as never),
  eq(topicRecording.form, p('form') as never),
)
const all = select(
  build
    .select(columns)
    .from(topicRecording)
    .orderBy(...order),
)
const open = select(
  build
    .selectDistinct({ topic: topicRecording.topic, language: topicRecording.language })
    .from(topicRecording)
    .where(isNotNull(topicRecording.enabledBy))
    .orderBy(topicRecording.topic, topicRecording.language),
)
const sound = select(
  build
    .select({
      mime: topicRecording.mime,
      data: topicRecording.data,
      transcript: topicRecording.transcript,
      enabledBy: topicRecording.enabledBy,
    })
    .from(topicRecording)
    .where(this_),
)
const put = write(
  build
    .insert(topicRecording)
    .values({
      topic: p('topic'),
      language: p('language'),
      form: p('form'),
      transcript: p('transcript'),
      speaker: p('speaker'),
      recordedOn: p('recordedOn'),
      mime: p('mime'),
      data: p('data'),
      by: p('by'),
      at: p('at'),
      enabledBy: null,
    })
    .onConflictDoUpdate({
      target: [topicRecording.topic, topicRecording.language, topicRecording.form],
      set: {
        transcript: p('transcript'),
        speaker: p('speaker'),
        recordedOn: p('recordedOn'),
        mime: p('mime'),
        data: p('data'),
        by: p('by'),
        at: p('at'),
        enabledBy: null,
      } as never,
    }),
)
const enable = write(
  build
    .update(topicRecording)
    .set({ enabledBy: p('by') } as never)
    // What was listened to is what is let out: another sound may have taken its place meanwhile.
    .where(and(this_, eq(topicRecording.at, p('at') as never))),
)
const drop = write(build.delete(topicRecording).where(this_))

export type SoundKey = Pick<SpokenTopic, 'topic' | 'language' | 'form'>

export async function allSpoken(store: Store): Promise<readonly SpokenTopic[]> {
  return store.read(all({}))
}

/** The recordings that may be heard, each topic and language once. */
export async function heardTopics(store: Store): Promise<readonly TopicRecording[]> {
  return (await store.read(open({}))).map((one) => ({ id: `${one.topic}:${one.language}`, ...one }))
}

/** A recording as it was uploaded, whether it may be heard yet or not. */
export async function spokenSound(
  store: Store,
  key: SoundKey,
): Promise<(Recording & { transcript: string; enabled: boolean }) | null> {
  const row = (await store.read(sound({ ...key })))[0]
  return row ? { mime: row.mime, data: row.data, transcript: row.transcript, enabled: row.enabledBy !== null } : null
}

/** The sound of a recording that may be heard, in the first of these forms there is. @param id `topic:language` */
export async function heardSound(
  store: Store,
  id: Id,
  forms: readonly SoundForm[] = ['any', 'aac'],
): Promise<(Recording & { transcript: string; form: SoundForm }) | null> {
  const [topic = '', language = ''] = id.split(':')
  for (const form of forms) {
    const found = await spokenSound(store, { topic, language, form })
    if (found?.enabled) return { mime: found.mime, data: found.data, transcript: found.transcript, form }
  }
  return null
}

/** Keeps a recording; until a lead lets it be heard nobody does. The directory is to be read anew after each of these. */
export const placingSpoken = (one: Omit<SpokenTopic, 'enabledBy'> & Recording): Query => put({ ...one })

/** @param at of the sound that was listened to */
export const enablingSpoken = (key: SoundKey, at: Instant, by: Id): Query => enable({ ...key, at, by })

export const droppingSpoken = (key: SoundKey): Query => drop({ ...key })
