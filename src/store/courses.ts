import { asc, sql } from 'drizzle-orm'
import type { Id } from '../engine/content.ts'
import type { Event } from '../engine/event.ts'
import { courseCount } from './course-tables.ts'
import { build, p, type Query, select, write } from './query.ts'
import type { Store } from './store.ts'
import { monthOf } from './usage.ts'

type CourseEvent = Extract<Event, { type: 'course_started' | 'course_ended' }>

const add = write(
  build
    .insert(courseCount)
    .values({ month: p('month'), course: p('course'), started: p('started'), finished: p('finished') })
    .onConflictDoUpdate({
      target: [courseCount.month, courseCount.course],
      set: {
        started: sql`${courseCount.started} + excluded.started`,
        finished: sql`${courseCount.finished} + excluded.finished`,
      },
    }),
)

/** One more in a count, and nothing that leads to who it was. A course that was left or changed is counted nowhere. */
export function projectCourse(one: CourseEvent): readonly Query[] {
  const started = one.type === 'course_started' ? 1 : 0
  const finished = one.type === 'course_ended' && one.how === 'finished' ? 1 : 0
  if (started + finished === 0) return []
  return [add({ month: monthOf(one.at), course: one.course, started, finished })]
}

export interface CourseCount {
  course: Id
  started: number
  finished: number
}

const counts = select(
  build
    .select({
      course: courseCount.course,
      started: sql<number>`sum(${courseCount.started})`.as('started'),
      finished: sql<number>`sum(${courseCount.finished})`.as('finished'),
    })
    .from(courseCount)
    .where(sql`${courseCount.month} between ${p('from')} and ${p('to')}`)
    .groupBy(courseCount.course)
    .orderBy(asc(courseCount.course)),
)

/** From one month to another, as `2026-11`, both included. */
export async function courseCounts(store: Store, from: string, to: string): Promise<readonly CourseCount[]> {
  return store.read(counts({ from, to }))
}
