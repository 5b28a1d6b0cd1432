import { eq } from 'drizzle-orm'
import type { Id } from '../engine/content.ts'
import type { Recording } from '../engine/conversation.ts'
import type { Greeting } from '../engine/facts.ts'
import { build, p, type Query, select, write } from './query.ts'
import { greeting, setting } from './schema.ts'
import type { Store } from './store.ts'

export interface RecordedGreeting extends Greeting {
  /** What it says, in Vietnamese. */
  transcript: string
}

const all = select(
  build
    .select({ id: greeting.id, point: greeting.point, language: greeting.language, transcript: greeting.transcript })
    .from(greeting)
    .orderBy(greeting.id),
)
const sound = select(
  build
    .select({ mime: greeting.mime, data: greeting.data })
    .from(greeting)
    .where(eq(greeting.id, p('id') as never)),
)
const put = write(
  build
    .insert(greeting)
    .values({
      id: p('id'),
      point: p('point'),
      language: p('language'),
      transcript: p('transcript'),
      mime: p('mime'),
      data: p('data'),
    })
    .onConflictDoUpdate({
      target: greeting.id,
      set: { transcript: p('transcript'), mime: p('mime'), data: p('data') } as never,
    }),
)
const drop = write(build.delete(greeting).where(eq(greeting.id, p('id'))))
const version = write(
  build
    .insert(setting)
    .values({ name: 'directory_version', value: p('value') })
    .onConflictDoUpdate({ target: setting.name, set: { value: p('value') } as never }),
)

export async function allGreetings(store: Store): Promise<readonly RecordedGreeting[]> {
  return store.read(all({}))
}

export async function greetingSound(store: Store, id: Id): Promise<Recording | null> {
  return (await store.read(sound({ id })))[0] ?? null
}

/** Makes this the greeting of its point and language; a running service follows at its next tick. */
export function placingGreeting(one: Omit<RecordedGreeting, 'id'> & Recording, newVersion: string): Query[] {
  return [put({ id: `${one.point}:${one.language}`, ...one }), version({ value: newVersion })]
}

export function droppingGreeting(id: Id, newVersion: string): Query[] {
  return [drop({ id }), version({ value: newVersion })]
}
