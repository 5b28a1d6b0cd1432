import type { Course } from '../book.ts'
import type { Id, Instant } from '../content.ts'
import type { Conversation } from '../conversation.ts'
import { dropAnswers } from '../enrolment/request.ts'
import { emit, type Turn } from '../turn.ts'
import { COURSE_ANSWERS, type CourseRun, courseById, courseRunOf, lessonOf } from './course.ts'
import { nextLessonAt, PACES, PARTS, type Pace } from './pace.ts'

/** How a course ended; none of them is a failure of the reader. */
export type CourseEnd = 'finished' | 'left' | 'changed' | 'gone' | 'expired'

export const lessonTimer = (contact: Id): Id => `bai-hoc:${contact}`

/** Not after "dừng", not while muted, not to who cannot be reached; the gate keeps the days after an emergency. */
export const mayTell = ({ stopped, muted, reachable }: Conversation): boolean =>
  !stopped && (muted ?? null) === null && reachable

const codeOf = ({ state }: Turn, name: (typeof COURSE_ANSWERS)[number]): string | null => {
  const answer = state.answers[name]
  return answer?.type === 'code' && answer.value !== '' ? answer.value : null
}

const paceOf = (turn: Turn): Pace | null => PACES.find((one) => one === codeOf(turn, 'course_pace')) ?? null

function minutesOf(turn: Turn): number | null {
  const part = codeOf(turn, 'course_part')
  const time = codeOf(turn, 'course_time')
  return (part === null ? undefined : PARTS[part]) ?? (time === null ? null : Number(time))
}

/** One course at a time: what was read before ends where it is. Its first lesson is read at once, so nothing is told of it. */
export function startCourse(turn: Turn): boolean {
  const course = courseById(turn.book, codeOf(turn, 'course') ?? '')
  const [pace, minutes] = [paceOf(turn), minutesOf(turn)]
  const [lesson] = course?.lessons ?? []
  if (!course || lesson === undefined || pace === null || minutes === null) return false
  endCourse(turn, 'changed')
  const nextAt = mayTell(turn.state) ? tellAt(turn, pace, minutes) : null
  dropAnswers(turn, COURSE_ANSWERS)
  emit(turn, { type: 'course_started', course: course.id, lesson, pace, minutes, nextAt, at: turn.at })
  return true
}

/** The lesson that is next is put before them: whatever told them of it is taken back, and nothing else is told for now. */
export function openLesson(turn: Turn): boolean {
  const run = courseRunOf(turn.state)
  const found = run && lessonOf(turn.book, run)
  if (!run) return false
  if (!found) {
    endCourse(turn, 'gone')
    return false
  }
  withdrawNotice(turn)
  const lesson = found.course.lessons[found.place]!
  const nextAt = run.paused ? null : tellAt(turn, run.pace, run.minutes)
  emit(turn, { type: 'lesson_opened', lesson, place: found.place, nextAt })
  emit(turn, { type: 'answer_saved', name: 'lesson', answer: { type: 'code', value: lesson } })
  return true
}

/** They read it: the one after it is next, at their pace from today. After the last the course is over. */
export function readLesson(turn: Turn): boolean {
  const run = courseRunOf(turn.state)
  if (!run || run.lesson !== codeOf(turn, 'lesson')) return false
  const found = lessonOf(turn.book, run)
  const next = found ? nextOf(found.course, found.place) : null
  if (!next) {
    endCourse(turn, 'finished')
    return true
  }
  const nextAt = run.paused ? null : tellAt(turn, run.pace, run.minutes)
  emit(turn, { type: 'lesson_read', ...next, nextAt, at: turn.at })
  return true
}

function nextOf({ lessons }: Course, place: number): { lesson: Id; place: number } | null {
  const lesson = lessons[place + 1]
  return lesson === undefined ? null : { lesson, place: place + 1 }
}

/** Another pace or hour, from now on. */
export function repaceCourse(turn: Turn): boolean {
  const run = courseRunOf(turn.state)
  const [pace, minutes] = [paceOf(turn), minutesOf(turn)]
  if (!run || pace === null || minutes === null) return false
  withdrawNotice(turn)
  const nextAt = mayTell(turn.state) ? tellAt(turn, pace, minutes) : null
  dropAnswers(turn, COURSE_ANSWERS)
  emit(turn, { type: 'course_paced', pace, minutes, nextAt })
  return true
}

/** Nothing comes by itself any more; where they are stays as it is. */
export function pauseCourse(turn: Turn): boolean {
  const run = courseRunOf(turn.state)
  if (!run || run.paused) return false
  withdrawNotice(turn)
  emit(turn, { type: 'timer_cleared', id: lessonTimer(turn.state.contact) })
  emit(turn, { type: 'course_paused', at: turn.at })
  return true
}

/** On where they were. False while nothing may be told unasked: then they read by their own word. */
export function resumeCourse(turn: Turn): boolean {
  const run = courseRunOf(turn.state)
  if (!run?.paused || !mayTell(turn.state)) return false
  emit(turn, { type: 'course_resumed', nextAt: tellAt(turn, run.pace, run.minutes), at: turn.at })
  return true
}

/** It ends, and nothing of it is left but one more in a count. */
export function endCourse(turn: Turn, how: CourseEnd): boolean {
  const run = courseRunOf(turn.state)
  if (!run) return false
  withdrawNotice(turn)
  emit(turn, { type: 'timer_cleared', id: lessonTimer(turn.state.contact) })
  emit(turn, { type: 'course_ended', course: run.course, how, at: turn.at })
  return true
}

/** "Để sau": told again at the next time of their pace. */
export function putOff(turn: Turn, run: CourseRun): void {
  withdrawNotice(turn)
  emit(turn, { type: 'lesson_put_off', nextAt: run.paused ? null : tellAt(turn, run.pace, run.minutes) })
}

/** Setting a timer again never moves it later, so the old one goes first. */
export function setLessonTimer(turn: Turn, dueAt: Instant): Instant {
  const id = lessonTimer(turn.state.contact)
  emit(turn, { type: 'timer_cleared', id })
  emit(turn, { type: 'timer_set', id, kind: 'lesson', dueAt })
  return dueAt
}

const tellAt = (turn: Turn, pace: Pace, minutes: number): Instant =>
  setLessonTimer(turn, nextLessonAt(turn, pace, minutes, turn.at))

/** A notice that has not left says what is known by now. */
export function withdrawNotice(turn: Turn): void {
  const notice = courseRunOf(turn.state)?.notice
  if (notice?.waits) emit(turn, { type: 'message_withdrawn', id: notice.message })
}
