import type { MeetingFact } from '../engine/clubs/club.ts'
import type { Id, Instant } from '../engine/content.ts'
import type { Timer } from '../engine/conversation.ts'
import type { Event } from '../engine/event.ts'
import { seatKey } from '../engine/visits/slots.ts'
import type { MeetingWord } from './transcript.ts'

const MEETING = 'mau'
export const MEETING_TIMER = `buoi:${MEETING}:mau`
const SEATS = 12
const OTHERS: ReadonlySet<number> = new Set([1, 2, 3])
const ALL: ReadonlySet<number> = new Set(Array.from({ length: SEATS }, (_, i) => i + 1))

/** What the store would keep beside one conversation: its timers, the seats it holds, and what has been sent. */
export class PlayWorld {
  readonly #timers = new Map<Id, Timer>()
  readonly #seats = new Map<string, { appointment: Id | null; until: Instant }>()
  readonly sent = new Set<Id>()
  readonly sentAt = new Map<Id, Instant>()
  #meeting: Pick<MeetingFact, 'startsAt' | 'family' | 'state' | 'taken'> | null = null

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
