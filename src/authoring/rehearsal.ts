import type { Supporter } from '../engine/accompany/supporter.ts'
import type { Book } from '../engine/book.ts'
import type { Instant, Option } from '../engine/content.ts'
import { type Conversation, emptyConversation, type InboundEvent, type StaffAction } from '../engine/conversation.ts'
import { decide } from '../engine/decide.ts'
import type { EnrolmentState, OperatorKind } from '../engine/enrolment/enrolment.ts'
import type { Event } from '../engine/event.ts'
import { fold } from '../engine/evolve.ts'
import type { Directory, SlipFact } from '../engine/facts.ts'
import { instantOf } from '../engine/hours.ts'
import { currentReferral, type ReferralState } from '../engine/referrals/referral.ts'
import { openAppointments } from '../engine/visits/appointment.ts'
import { USUAL_MINUTES } from '../engine/visits/slots.ts'
import { MEETING_TIMER, PlayWorld } from './play-world.ts'
import { SAMPLE_SERVICE } from './service-words.ts'
import type { InputLine } from './transcript.ts'

/** Somebody who may walk beside the person of a rehearsal. */
const SUPPORTERS: readonly Supporter[] = ['MẪU – cô Bình', 'MẪU – anh Dũng'].map((name, i) => ({
  id: `mau-${i + 1}`,
  name,
  organisation: i === 0 ? 'hoi_phu_nu' : 'ccb',
  point: 'mau-moc-chau',
  phone: null,
  active: true,
}))
const CONTACT = 'mau'
/** The card by which the person of a rehearsal may have come. */
const CARD = 'the-mau'
const RECEIPT = 'MAU-0000'
/** Lines of one minute follow each other by seconds, so that order is never in doubt. */
const STEP_MS = 1_000

interface Shown {
  question: number
  options: readonly Option[]
}

/** A conversation in memory: a transcript's lines go in, and what happened comes out. */
export class Rehearsal {
  readonly #book: Book
  readonly #directory: Directory
  readonly #operator: OperatorKind | null
  readonly #world = new PlayWorld()
  #slip: SlipFact['state'] | null = null
  #lastMessageAt: Instant | null = null
  #shown: Shown = { question: 0, options: [] }
  state: Conversation = emptyConversation(CONTACT)
  known: Directory
  at: Instant = 0

  constructor(book: Book, directory: Directory, operator: OperatorKind | null = null) {
    this.#book = book
    this.#operator = operator
    this.#directory = { ...directory, supporters: SUPPORTERS }
    this.known = this.#directory
  }

  step(line: InputLine): readonly Event[] {
    switch (line.type) {
      case 'at':
        this.at = toInstant(line.day, line.time)
        return []
      case 'until':
        return this.#until(toInstant(line.day, line.time))
      case 'points':
        this.known = line.points === 'none' ? { ...this.#directory, points: [], clubs: [] } : this.#directory
        return []
      case 'slip':
        this.#slip = line.state
        return []
      case 'contest':
        this.#world.compete(line.what)
        return []
      case 'card':
        this.known = { ...this.known, entrances: [{ code: CARD, name: 'MẪU', audience: line.shelf }] }
        return []
      case 'spoken': {
        const { topic, language } = line
        this.known = { ...this.known, recordings: [{ id: `${topic}:${language}`, topic, language }] }
        return []
      }
      case 'meeting':
        this.at += STEP_MS
        this.#world.meet(line.what, line.day === '' ? null : toInstant(line.day, line.time))
        return this.#turn({ type: 'timer', timer: { id: MEETING_TIMER, kind: 'meeting', dueAt: this.at } })
      default:
        this.at += STEP_MS
        return this.#turn(toEvent(line, this.#shown, this.state, this.known))
    }
  }

  /** What falls due on the way happens when it does. */
  #until(wanted: Instant): readonly Event[] {
    const events: Event[] = []
    for (let timer = this.#world.nextDue(wanted); timer !== null; timer = this.#world.nextDue(wanted)) {
      this.at = Math.max(this.at, timer.dueAt)
      events.push(...this.#turn({ type: 'timer', timer }))
    }
    this.at = wanted
    return events
  }

  /** What the conversation knows of the world at this moment, with the contest of this one. */
  get directory(): Directory {
    return { ...this.known, contests: this.#world.contests(this.#book) }
  }

  #turn(event: InboundEvent): readonly Event[] {
    const facts = {
      directory: this.directory,
      tries: this.#world.tries,
      claimCode: { shown: 'QUA-MAUM-AUMA', code: 'mau-qua' },
      receipt: RECEIPT,
      operator: this.#operator,
      service: SAMPLE_SERVICE,
      joinCode: { shown: 'DH-MAUM-AUMA', code: 'mau-noi' },
      lastMessageAt: this.#lastMessageAt,
      taken: this.#world.taken,
      sent: this.#world.sent,
      sentAt: this.#world.sentAt,
      meetings: this.#world.meetings(this.known.clubs[0]?.id ?? '', this.known.points[0]?.id ?? ''),
      ...(this.#slip === null ? {} : { slip: factOf(this.#slip) }),
    }
    const inbound = { key: `${CONTACT}:${this.state.seq + 1}`, contact: CONTACT, at: this.at, event }
    const events = decide(this.#book, this.state, facts, inbound)
    this.state = fold(this.state, events)
    if (event.type === 'message') this.#lastMessageAt = this.at
    for (const one of events) {
      this.#world.see(one, this.at)
      if (one.type !== 'message_queued' || one.message.options === undefined) continue
      this.#shown = { question: one.message.question ?? 0, options: one.message.options }
    }
    return events
  }
}

function factOf(state: SlipFact['state']): SlipFact {
  return state === 'open' ? { state, code: 'phieu', walkIn: 'khach', point: 'diem' } : { state }
}

function toInstant(day: string, time: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return instantOf(year, month, date, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
}

function toEvent(
  line: Exclude<InputLine, { type: 'at' | 'until' | 'points' | 'slip' | 'contest' | 'card' | 'spoken' | 'meeting' }>,
  shown: Shown,
  state: Conversation,
  directory: Directory,
): InboundEvent {
  switch (line.type) {
    case 'text':
      return { type: 'message', text: line.text, ...(directory.entrances ? { entrance: CARD } : {}) }
    case 'press': {
      const option = shown.options[line.position - 1]
      return { type: 'message', text: '', choice: `${shown.question}.${option?.id ?? 'khong-co'}` }
    }
    case 'media':
      return { type: 'message', text: '', media: line.media }
    case 'staff':
      return { type: 'staff', by: line.by, action: toAction(line, state, directory) }
    default:
      return line satisfies never
  }
}

function toAction(
  { action, text }: Extract<InputLine, { type: 'staff' }>,
  state: Conversation,
  { points, clubs, services = [], supporters = [] }: Directory,
): StaffAction {
  const next = [...openAppointments(state)].sort((a, b) => a.startsAt - b.startsAt)[0]
  const visit = next?.id ?? ''
  switch (action) {
    case 'book':
    case 'move': {
      const [day = '', time = ''] = text.split(' ')
      const point = points[0]?.id ?? ''
      const minutes = USUAL_MINUTES
      const startsAt = toInstant(day, time)
      const booking = {
        kind: 'individual' as const,
        point,
        staff: null,
        startsAt,
        minutes,
        remind: true,
        mayVisit: false,
      }
      const moves = action === 'move' ? { moves: visit } : {}
      return { type: 'book_visit', booking, place: '', note: '', settings: null, ...moves }
    }
    case 'invite':
      return { type: 'club_invite', club: clubs[0]?.id ?? '', group: 'voluntary' }
    case 'enrol':
      return { type: 'enrol_step', enrolment: state.enrolment?.id ?? '', to: text as EnrolmentState, note: '' }
    case 'enrol_transfer': {
      const to = points.find(({ id }) => id !== state.enrolment?.point)?.id ?? ''
      return { type: 'enrol_transfer', enrolment: state.enrolment?.id ?? '', to, heard: false }
    }
    case 'refer': {
      const place = services[0]
      const passes = ['call_name', 'code'] as const
      const kind = place?.kinds[0] ?? 'health_station'
      const point = points[0]?.id ?? ''
      return { type: 'refer', service: place?.id ?? '', kind, passes, point, heard: text === 'heard' }
    }
    case 'referral': {
      const referral = currentReferral(state)?.id ?? ''
      return { type: 'referral_step', referral, to: text as ReferralState, note: '' }
    }
    case 'supporter': {
      const other = supporters.find(({ id }) => id !== state.supporter?.supporter)
      return { type: 'assign_supporter', supporter: other?.id ?? '', heard: text === 'heard' }
    }
    case 'cancel':
      return { type: 'cancel_visit', visit }
    case 'attended':
    case 'missed':
      return { type: 'mark_visit', visit, as: action }
    case 'reply':
      return { type: 'reply', text }
    default:
      return { type: action }
  }
}
