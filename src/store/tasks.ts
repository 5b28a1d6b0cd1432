import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { build, p, type Query, select, write } from './query.ts'
import { seenBy, type Viewer, visible } from './queue.ts'
import { task, ticket } from './schema.ts'
import type { Store } from './store.ts'

export interface OpenTask {
  id: Id
  reason: string
  /** What it is about: a message, or a member of staff. */
  about: Id | null
  openedAt: Instant
  /** The open ticket of the person it is about. */
  ticket: Id | null
}

const open = select(
  build
    .select({ id: task.id, reason: task.reason, about: task.about, openedAt: task.openedAt, ticket: ticket.id })
    .from(task)
    .leftJoin(ticket, and(eq(ticket.contact, task.contact), isNull(ticket.closedAt)))
    .where(and(isNull(task.doneAt), visible))
    .orderBy(asc(task.openedAt))
    .limit(100),
)
const countOpen = select(
  build
    .select({ count: sql<number>`count(*)`.as('count') })
    .from(task)
    .leftJoin(ticket, and(eq(ticket.contact, task.contact), isNull(ticket.closedAt)))
    .where(and(isNull(task.doneAt), visible)),
)
const finish = write(
  build
    .update(task)
    .set({ doneAt: p('at') } as never)
    .where(and(eq(task.id, p('id')), isNull(task.doneAt))),
)
const finishAbout = write(
  build
    .update(task)
    .set({ doneAt: p('at') } as never)
    .where(and(eq(task.about, p('about')), isNull(task.doneAt))),
)

const addTask = write(
  build
    .insert(task)
    .values({ id: p('id'), contact: null, reason: p('reason'), about: p('about'), openedAt: p('at') })
    .onConflictDoNothing(),
)
/** A task that is about nobody who writes. */
export function houseTask(id: Id, reason: string, about: Id, at: Instant): Query {
  return addTask({ id, reason, about, at })
}

/** The oldest first. A task about a person is for those who may open that person's ticket. */
export async function readTasks(store: Store, viewer: Viewer): Promise<readonly OpenTask[]> {
  return store.read(open(seenBy(viewer)))
}

export async function countTasks(store: Store, viewer: Viewer): Promise<number> {
  return (await store.read(countOpen(seenBy(viewer))))[0]?.count ?? 0
}

/** Done once; a second press changes nothing. */
export async function finishTask(store: Store, id: Id, at: Instant): Promise<void> {
  await store.batch([finish({ id, at })])
}

/** What was about this message is dealt with: it was sent again. */
export async function finishTasksAbout(store: Store, about: Id, at: Instant): Promise<void> {
  await store.batch([finishAbout({ about, at })])
}
