import type { Conversation } from '../conversation.ts'
import type { Event } from '../event.ts'
import { emit, type Turn } from '../turn.ts'
import { COURSE_FLOWS } from './course.ts'

/** A longer text says more than which choice is meant. */
const SHORT = 60

/**
 * What somebody writes to choose, read or rest a course is theirs alone: staff do not see the line. Anything else they
 * write there, danger above all, stays to be read.
 */
export function keepApart(turn: Turn, before: Conversation): void {
  const heard = turn.events.find((one) => one.type === 'message_received')
  if (!heard?.words || heard.words.text.length > SHORT || !turn.events.some(isOfCourse)) return
  if (turn.state.ticket?.id !== before.ticket?.id || turn.state.ticket?.heldBy) return
  emit(turn, { type: 'line_closed', id: heard.words.id })
}

/** An answer that was taken there, or a word that led there. */
function isOfCourse(event: Event): boolean {
  switch (event.type) {
    case 'run_started':
    case 'moved':
      return COURSE_FLOWS.includes(event.flow)
    case 'lesson_put_off':
      return true
    default:
      return false
  }
}
