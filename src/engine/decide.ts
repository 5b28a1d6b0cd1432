import { progressDue } from './accompany/progress.ts'
import { contactDue } from './accompany/schedule.ts'
import type { Book } from './book.ts'
import { broadcastDue } from './broadcast.ts'
import { meetingDue } from './clubs/meetings.ts'
import type { Conversation, Inbound, InboundEvent } from './conversation.ts'
import { keepApart } from './courses/apart.ts'
import { courseRunOf } from './courses/course.ts'
import { lessonDue } from './courses/notice.ts'
import { requestDue } from './enrolment/expire.ts'
import { papersDue } from './enrolment/papers.ts'
import type { Event } from './event.ts'
import type { Facts } from './facts.ts'
import { joinDue } from './join.ts'
import { rungDue } from './ladder.ts'
import { message } from './message.ts'
import { checkInDue } from './referrals/check-ins.ts'
import { expire } from './retention.ts'
import { holdExpired, holderLeft, staffActs } from './ticket.ts'
import { beginTurn, emit, type Turn } from './turn.ts'
import { milestoneDue } from './visits/milestones.ts'
import { reminderDue, visitOver } from './visits/reminders.ts'

/**
 * What happens next, as a non-empty list of past-tense events. Pure: the same book, conversation, facts and inbound
 * always give the same events. The order of the rules is the policy (design, section 5).
 */
export function decide(book: Book, before: Conversation, facts: Facts, inbound: Inbound): readonly [Event, ...Event[]] {
  const turn = beginTurn(book, before, facts, inbound)
  react(turn, inbound.event)
  keepApart(turn, before)
  if (turn.events.length === 0) emit(turn, { type: 'ignored', reason: 'nothing' })
  return turn.events as [Event, ...Event[]]
}

function react(turn: Turn, event: InboundEvent): void {
  switch (event.type) {
    case 'message':
      return message(turn, event)
    case 'timer':
      emit(turn, { type: 'timer_fired', timer: event.timer.id, kind: event.timer.kind })
      switch (event.timer.kind) {
        case 'ladder':
          return rungDue(turn, event.timer)
        case 'unanswered':
          return holdExpired(turn, event.timer)
        case 'holder_left':
          return holderLeft(turn)
        case 'reminder':
          return reminderDue(turn, event.timer)
        case 'milestone':
          return milestoneDue(turn, event.timer)
        case 'meeting':
          return meetingDue(turn, event.timer)
        case 'broadcast':
          return broadcastDue(turn, event.timer)
        case 'join':
          return joinDue(turn, event.timer)
        case 'papers':
          return papersDue(turn, event.timer)
        case 'request':
          return requestDue(turn, event.timer)
        case 'check_in':
          return checkInDue(turn, event.timer)
        case 'lesson':
          return lessonDue(turn, event.timer)
        case 'supporter_contact':
          return contactDue(turn, event.timer)
        case 'progress':
          return progressDue(turn, event.timer)
        case 'visit_over':
          return visitOver(turn, event.timer)
        case 'retention':
          return expire(turn)
        default:
          return event.timer.kind satisfies never
      }
    case 'staff':
      return staffActs(turn, event.by, event.action)
    case 'delivery': {
      const { outbound, outcome, reason } = event
      emit(turn, { type: 'delivery_ended', outbound, outcome, reason })
      if (reason === 'blocked' && turn.state.reachable) emit(turn, { type: 'reach_changed', reachable: false })
      // That a lesson waits is the person's own: they are told again later, and nobody looks into it.
      if (courseRunOf(turn.state)?.notice?.message === outbound) return
      // Named for the message and not for the turn: two reports about one message are one task.
      const task = { id: `${outbound}:task`, reason: `${outcome}:${reason}`, about: outbound, at: turn.at }
      return emit(turn, { type: 'task_opened', ...task })
    }
    case 'reach':
      return emit(turn, { type: 'reach_changed', reachable: event.reachable })
    default:
      return event satisfies never
  }
}
