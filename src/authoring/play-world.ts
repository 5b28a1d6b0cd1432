import type { Book } from '../engine/book.ts'
import type { MeetingFact } from '../engine/clubs/club.ts'
import type { Id, Instant } from '../engine/content.ts'
import type { Timer } from '../engine/conversation.ts'
import type { Event } from '../engine/event.ts'
import { type Contest, type ContestTry, tryName } from '../engine/quiz/contest.ts'
import { seatKey } from '../engine/visits/slots.ts'
import type { ContestWord, MeetingWord } from './transcript.ts'

const MEETING = 'mau'
export const MEETING_TIMER = `buoi:${MEETING}:mau`
const SEATS = 12
const OTHERS: ReadonlySet<number> = new Set([1, 2, 3])
const ALL: ReadonlySet<number> = new Set(Array.from({ length: SEATS }, (_, i) => i + 1))

const CONTEST = 'mau'
/** The topic whose first two questions it asks. */
const OF_CONTEST = 've-heroin'
/** The one contest of a rehearsal. */
export function sampleContests(book: Book, what: ContestWord): readonly Contest[] {
  const topic = book.topics.find(({ id }) => id === OF_CONTEST)
  if (!topic) return []
  return [
    {
      id: CONTEST,
      entrance: 'thi-mau',
      title: 'MẪU – Thi tìm hiểu',
      audience: topic.audiences[0] ?? 'moi-nguoi',
      point: null,
      from: '2026-11-01',
      to: '2026-12-31',
      state: what === 'closed' ? 'closed' : 'open',
      phase: what === 'before' || what === 'after' ? what : 'single',
      questions: (topic.quiz ?? []).slice(0, 2).map((one, n) => ({ ...one, topic: topic.id, n })),
      prize: what === 'prize' ? 'một quyển sổ MẪU.' : '',
      prizeAt: what === 'prize' ? 'điểm tư vấn MẪU.' : '',
      least: 2,
    },
  ]
}

const NEW_TRY: ContestTry = { answered: 0, correct: 0, done: false, claim: 'none' }

function tried(one: ContestTry, event: Event): ContestTry {
  switch (event.type) {
    case 'contest_answered':
      return { ...one, answered: one.answered + 1, correct: (one.correct ?? 0) + (event.right ? 1 : 0) }
    case 'contest_finished':
      return { ...one, correct: null, done: true, claim: event.claim ?? 'none' }
    case 'contest_claimed':
      return { ...one, claim: 'taken' }
    default:
      return one
  }
}

/** What the store would keep beside one conversation: its timers, the seats it holds, and what has been sent. */
export class PlayWorld {
  readonly #timers = new Map<Id, Timer>()
  readonly #seats = new Map<string, { appointment: Id | null; until: Instant }>()
  readonly sent = new Set<Id>()
  readonly sentAt = new Map<Id, Instant>()
  readonly tries = new Map<string, ContestTry>()
  #contest: ContestWord | null = null
  #meeting: Pick<MeetingFact, 'startsAt' | 'family' | 'state' | 'taken'> | null = null

  /** What the desk does with the one contest of this world, whose questions are of the book. */
  compete(what: ContestWord): void {
    this.#contest = what
  }

  contests(book: Book): readonly Contest[] {
    return this.#contest ? sampleContests(book, this.#contest) : []
  }

  /** What staff do with the one meeting of this world. */
  meet(what: MeetingWord, startsAt: Instant | null): void {
    const before = this.#meeting
    this.#meeting = {
      startsAt: startsAt ?? before?.startsAt ?? 0,
      family: what === 'family' || before?.family === true,
      state: what === 'cancelled' ? 'cancelled' : 'planned',
      taken: what === 'full' ? ALL : what === 'seat' ? OTHERS : (before?.taken ?? OTHERS),
    }
  }

  meetings(club: Id, point: Id): ReadonlyMap<Id, MeetingFact> {
    if (!this.#meeting) return new Map()
    const common = { id: MEETING, club, point, minutes: 90, place: 'Nhà văn hoá mẫu', capacity: SEATS, ahead: 0 }
    return new Map([[MEETING, { ...common, ...this.#meeting }]])
  }

  see(event: Event, at: Instant): void {
    switch (event.type) {
      case 'timer_set':
        this.#timers.set(event.id, { id: event.id, kind: event.kind, dueAt: event.dueAt })
        return
      case 'timer_cleared':
        this.#timers.delete(event.id)
        return
      case 'message_queued':
        this.sent.add(event.id)
        this.sentAt.set(event.id, at)
        return
      case 'contest_begun':
        return void this.tries.set(tryName(event.contest, event.phase), NEW_TRY)
      case 'contest_answered':
      case 'contest_finished':
      case 'contest_claimed': {
        const name = tryName(event.contest, event.phase)
        return void this.tries.set(name, tried(this.tries.get(name) ?? NEW_TRY, event))
      }
      case 'slot_held':
        return this.#give(event.seats.map(seatKey), null, event.until)
      case 'appointment_booked':
        return this.#give(event.seats.map(seatKey), event.appointment.id, Number.POSITIVE_INFINITY)
      case 'appointment_moved':
      case 'appointment_cancelled':
      case 'appointment_marked':
        for (const [key, one] of this.#seats) if (one.appointment === event.id) this.#seats.delete(key)
        return
      default:
    }
  }

  #give(keys: readonly string[], appointment: Id | null, until: Instant): void {
    for (const [key, one] of this.#seats) if (one.appointment === null) this.#seats.delete(key)
    for (const key of keys) this.#seats.set(key, { appointment, until })
  }

  /** Seats given to appointments; what is kept for this one person is free to them. */
  get taken(): ReadonlySet<string> {
    return new Set([...this.#seats].filter(([, one]) => one.appointment !== null).map(([key]) => key))
  }

  /** The timer due first up to this instant, taken out; null when none is. */
  nextDue(at: Instant): Timer | null {
    const due = [...this.#timers.values()].filter(({ dueAt }) => dueAt <= at).sort((a, b) => a.dueAt - b.dueAt)[0]
    if (!due) return null
    this.#timers.delete(due.id)
    return due
  }
}
