import type { Book } from '../engine/book.ts'
import { zoned } from '../engine/clock/zone.ts'
import type { Event } from '../engine/event.ts'
import type { Directory } from '../engine/facts.ts'
import { Rehearsal } from './rehearsal.ts'
import type { OutputLine, Transcript, TranscriptLine } from './transcript.ts'
import { isInput } from './transcript.ts'

export interface Played {
  transcript: Transcript
  /** `flow/node/route`, as walked. */
  routes: ReadonlySet<string>
}

/** Plays what the person and the staff do, and writes down what the service does. */
export function play(transcript: Transcript, book: Book, directory: Directory): Played {
  const lines: TranscriptLine[] = []
  const routes = new Set<string>()
  const rehearsal = new Rehearsal(book, directory)
  for (const line of transcript.lines.filter(isInput)) {
    lines.push(line)
    for (const one of rehearsal.step(line)) {
      if (one.type === 'moved') routes.add(`${one.flow}/${one.node}/${one.route}`)
      const output = toLine(one)
      if (output) lines.push(output)
    }
  }
  return { transcript: { title: transcript.title, lines }, routes }
}

/** What a reader of a golden conversation must see; bookkeeping stays out. */
export function toLine(event: Event): OutputLine | null {
  const happened = (...words: readonly string[]): OutputLine => ({ type: 'happened', event: words.join(' ') })
  switch (event.type) {
    case 'message_queued':
      return {
        type: 'said',
        keys: event.message.blocks.map((block) => block.key),
        options: (event.message.options ?? []).map((option) => option.id),
      }
    case 'ticket_opened':
    case 'ticket_raised':
      return happened(event.type, event.priority, event.reason)
    case 'ticket_taken':
      return happened(event.type, event.by)
    case 'ticket_released':
    case 'session_ended':
    case 'task_opened':
    case 'parked':
      return happened(event.type, event.reason)
    case 'form_submitted':
      return happened(event.type, event.form, ...Object.keys(event.values).sort())
    case 'pronoun_noticed':
      return happened(event.type, event.pronoun)
    case 'appointment_booked':
      return happened(
        event.type,
        event.appointment.state,
        zoned(event.appointment.startsAt).toPlainDateTime().toString(),
      )
    case 'appointment_marked':
      return happened(event.type, event.as)
    case 'consent_given':
    case 'consent_withdrawn':
      return happened(event.type, event.purpose)
    case 'answers_dropped':
      return happened(event.type, ...event.names)
    case 'enrolment_requested':
      return happened(event.type, event.enrolment.whom, event.enrolment.form, ...Object.keys(event.values).sort())
    case 'referral_stepped':
    case 'enrolment_stepped':
      return happened(event.type, event.to)
    case 'check_in_ended':
      return happened(event.type, event.as)
    case 'supporter_assigned':
      return happened(event.type, event.every)
    case 'supporter_ended':
      return happened(event.type, event.how)
    case 'course_started':
      return happened(event.type, event.course, event.pace, String(event.minutes))
    case 'course_ended':
      return happened(event.type, event.course, event.how)
    case 'lesson_opened':
    case 'lesson_read':
      return happened(event.type, event.lesson)
    case 'course_paced':
      return happened(event.type, event.pace, String(event.minutes))
    case 'lesson_told':
    case 'lesson_put_off':
    case 'course_paused':
    case 'course_resumed':
      return happened(event.type)
    case 'progress_noted':
      return happened(event.type, event.month, event.side, ...Object.keys(event.scores).sort())
    case 'supporter_offered':
    case 'supporter_met':
    case 'plan_kept':
    case 'plan_dropped':
    case 'line_closed':
      return happened(event.type)
    case 'reminder_dropped':
      return happened(event.type, event.step, event.reason)
    case 'contest_answered':
      return happened(event.type, String(event.n + 1), event.right ? 'right' : 'wrong')
    case 'contest_finished':
      return happened(event.type, event.phase, event.words.text)
    case 'quiz_answered':
      return happened(event.type, event.right ? 'right' : 'wrong')
    case 'contest_begun':
    case 'contest_claimed':
    case 'referral_offered':
    case 'referral_made':
    case 'check_ins_started':
    case 'check_ins_stopped':
    case 'check_in_asked':
    case 'join_asked':
    case 'join_refused':
    case 'channels_joined':
    case 'channels_parted':
    case 'join_over':
    case 'enrolment_transferred':
    case 'enrolment_expired':
    case 'enrolment_transfer_ended':
    case 'trace_opened':
    case 'appointment_confirmed':
    case 'appointment_move_asked':
    case 'appointment_moved':
    case 'appointment_cancelled':
    case 'message_withdrawn':
    case 'chat_linked':
    case 'ticket_closed':
    case 'staff_line_queued':
    case 'message_relayed':
    case 'contact_erased':
    case 'contact_stopped':
    case 'contact_resumed':
      return happened(event.type)
    default:
      return null
  }
}
