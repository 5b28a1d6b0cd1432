import type { Priority } from '../engine/conversation.ts'
import { localTime } from '../engine/hours.ts'
import type { CountedTicket } from '../store/figures.ts'

export const PRIORITIES: readonly Priority[] = ['emergency', 'urgent', 'routine']

/** How a group of tickets went. Times are milliseconds from opening to the first line of a human. */
export interface Figures {
  opened: number
  answered: number
  /** Closed, or taken back, before any human took it. */
  abandoned: number
  /** Neither: it still waits, or somebody has it and has not written. */
  open: number
  medianMs: number | null
  p95Ms: number | null
  /** Tickets of which a hold ran out at least once, and those that climbed to the last rung. */
  lapsed: number
  toTheEnd: number
}

export interface FigureTables {
  all: Figures
  byPriority: readonly { priority: Priority; figures: Figures }[]
  /** By the hour of the day in Vietnam at which they were opened, those with any. */
  byHour: readonly { hour: number; figures: Figures }[]
  /** The most frequent first. */
  byReason: readonly { reason: string; figures: Figures }[]
  byChannel: readonly { channel: string | null; figures: Figures }[]
}

/**
 * The tables of a stretch of days.
 * @param steps how many rungs each priority has
 */
export function figuresOf(tickets: readonly CountedTicket[], steps: Readonly<Record<Priority, number>>): FigureTables {
  const count = (some: readonly CountedTicket[]) => countOf(some, steps)
  const often = <T>(groups: Map<T, readonly CountedTicket[]>) => [...groups].sort(([, a], [, b]) => b.length - a.length)
  const hours = Map.groupBy(tickets, ({ openedAt }) => Math.floor(localTime(openedAt).minutes / 60))
  return {
    all: count(tickets),
    byPriority: PRIORITIES.map((priority) => ({
      priority,
      figures: count(tickets.filter((one) => one.priority === priority)),
    })),
    byHour: [...hours].map(([hour, some]) => ({ hour, figures: count(some) })).sort((a, b) => a.hour - b.hour),
    byReason: often(Map.groupBy(tickets, ({ reason }) => reason)).map(([reason, some]) => ({
      reason,
      figures: count(some),
    })),
    byChannel: often(Map.groupBy(tickets, ({ channel }) => channel)).map(([channel, some]) => ({
      channel,
      figures: count(some),
    })),
  }
}

function countOf(tickets: readonly CountedTicket[], steps: Readonly<Record<Priority, number>>): Figures {
  const times = tickets
    .flatMap(({ openedAt, answeredAt }) => (answeredAt === null ? [] : [answeredAt - openedAt]))
    .sort((a, b) => a - b)
  const abandoned = tickets.filter((one) => one.closedAt !== null && one.takenAt === null && one.answeredAt === null)
  return {
    opened: tickets.length,
    answered: times.length,
    abandoned: abandoned.length,
    open: tickets.filter(({ closedAt, answeredAt }) => closedAt === null && answeredAt === null).length,
    medianMs: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    lapsed: tickets.filter(({ lapses }) => lapses > 0).length,
    toTheEnd: tickets.filter(({ priority, rungs }) => rungs >= steps[priority]).length,
  }
}

/** The nearest rank: a time that really happened. `sorted` goes up; null when there is none. */
export function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}
