import type { Turn } from '../turn.ts'
import { endCourse, openLesson, pauseCourse, readLesson, repaceCourse, resumeCourse, startCourse } from './reading.ts'

const FORMS = [
  'course_start',
  'course_open',
  'course_read',
  'course_pace',
  'course_pause',
  'course_resume',
  'course_end',
] as const
export type CourseForm = (typeof FORMS)[number]

export const isCourseForm = (form: string): form is CourseForm => (FORMS as readonly string[]).includes(form)

/** @returns false when there is no such course any more, or nothing to do */
export function submitCourse(turn: Turn, form: CourseForm): boolean {
  switch (form) {
    case 'course_start':
      return startCourse(turn)
    case 'course_open':
      return openLesson(turn)
    case 'course_read':
      return readLesson(turn)
    case 'course_pace':
      return repaceCourse(turn)
    case 'course_pause':
      return pauseCourse(turn)
    case 'course_resume':
      return resumeCourse(turn)
    case 'course_end':
      return endCourse(turn, 'left')
    default:
      return form satisfies never
  }
}
