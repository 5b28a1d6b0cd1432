import type { Book, Course, Topic } from '../book.ts'
import type { Fills, Id, Instant } from '../content.ts'
import type { Conversation } from '../conversation.ts'
import type { Pace } from './pace.ts'

/** A course somebody reads at the pace they picked. Staff see nothing of it. */
export interface CourseRun {
  course: Id
  /** The lesson that comes next, and its place, should a later release have left it out. */
  lesson: Id
  place: number
  pace: Pace
  /** The hour they picked, in minutes after midnight. */
  minutes: number
  /** Nothing comes by itself until they say so. */
  paused: boolean
  /** When they are told of the next lesson. */
  nextAt: Instant | null
  /** What told them last of a lesson; it waits until the lesson is opened. */
  notice: { message: Id; seq: number; waits: boolean } | null
  /** How often they were told of a lesson they have not opened. */
  told: number
}

/** What is answered about a course is said anew each time, and is no answer for staff. */
export const COURSE_ANSWERS = ['course', 'course_pace', 'course_part', 'course_time', 'lesson'] as const

/** Where the words of courses stand; what they say is the person's alone. */
export const COURSE_FLOWS: readonly string[] = ['khoa-hoc', 'bai-hoc', 'nghi-hoc', 'thoi-hoc']

export const courseRunOf = ({ course }: Conversation): CourseRun | null => course ?? null

export const courseById = ({ courses = [] }: Pick<Book, 'courses'>, id: Id): Course | null =>
  courses.find((one) => one.id === id) ?? null

/** The lesson somebody comes to next; null when the course is no more. */
export function lessonOf(book: Pick<Book, 'courses'>, run: CourseRun): { course: Course; place: number } | null {
  const course = courseById(book, run.course)
  if (!course || course.lessons.length === 0) return null
  const found = course.lessons.indexOf(run.lesson)
  return { course, place: found >= 0 ? found : Math.min(run.place, course.lessons.length - 1) }
}

/** A topic that was written for a course: it is read there and found by a question, and fills no shelf. */
export function isLesson({ courses = [] }: Pick<Book, 'courses'>, { tags = [] }: Topic): boolean {
  return courses.some(({ id }) => tags.includes(id))
}

/** Does a passage speak of somebody's course. */
export const isOfCourse = (key: string): boolean => COURSE_FLOWS.includes(key.slice(0, key.indexOf('.')))

/** The values that words about a course may name: of the one just chosen, else of the one that is read. */
export function courseFills(state: Conversation): Fills {
  const run = courseRunOf(state)
  const chosen = state.answers.course
  const id = chosen?.type === 'code' && chosen.value !== '' ? chosen.value : run?.course
  if (id === undefined) return {}
  return {
    course_title: { type: 'words', key: `course.${id}.title` },
    course_about: { type: 'words', key: `course.${id}.about` },
    course_count: { type: 'words', key: `course.${id}.count` },
    ...(run ? { course_place: { type: 'text', text: String(run.place + 1) } } : {}),
    ...(run && run.nextAt !== null ? { course_next: { type: 'instant', at: run.nextAt, as: 'date_time' } } : {}),
  }
}

export type CourseFact = 'none' | 'on' | 'paused'

export function courseFact(state: Conversation): CourseFact {
  const run = courseRunOf(state)
  return run === null ? 'none' : run.paused ? 'paused' : 'on'
}
