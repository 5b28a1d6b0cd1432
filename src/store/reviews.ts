import { and, asc, eq, gte, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { build, p, type Query, select, write } from './query.ts'
import { missedLine, outbox, review, staffCall, ticket, words } from './schema.ts'
import type { Vault } from './seal.ts'
import type { Store } from './store.ts'

export type Level = 'none' | 'urgent' | 'emergency'

/** What somebody found when they looked back at an emergency. */
export interface Finding {
  wasEmergency: 'yes' | 'no' | 'unsure'
  helped: 'yes' | 'no' | 'unknown'
  /** What was slow or missed, as codes. */
  missed: readonly string[]
}

export interface Review extends Finding {
  reviewedAt: Instant
  reviewedBy: Id
  note: Id | null
}

const byTicket = select(
  build
    .select({
      reviewedAt: review.reviewedAt,
      reviewedBy: review.reviewedBy,
      wasEmergency: review.wasEmergency,
      helped: review.helped,
      missed: review.missed,
      note: review.note,
    })
    .from(review)
    .where(eq(review.ticket, p('ticket') as never)),
)

/** Null while nobody has looked back at it. */
export async function readReview(store: Store, id: Id): Promise<Review | null> {
  const row = (await store.read(byTicket({ ticket: id })))[0]
  if (!row || row.reviewedAt === null || row.reviewedBy === null) return null
  const { reviewedAt, reviewedBy, note } = row
  const missed = row.missed === null || row.missed === '' ? [] : row.missed.split(',')
  return {
    reviewedAt,
    reviewedBy,
    note,
    missed,
    wasEmergency: row.wasEmergency ?? 'unsure',
    helped: row.helped ?? 'unknown',
  }
}

const put = write(
  build
    .insert(review)
    .values({
      ticket: p('ticket'),
      contact: p('contact'),
      dueAt: p('at'),
      reviewedAt: p('at'),
      reviewedBy: p('by'),
      wasEmergency: p('wasEmergency') as never,
      helped: p('helped') as never,
      missed: p('missed'),
      note: p('note'),
    })
    .onConflictDoUpdate({
      target: review.ticket,
      set: {
        reviewedAt: p('at'),
        reviewedBy: p('by'),
        wasEmergency: p('wasEmergency'),
        helped: p('helped'),
        missed: p('missed'),
        note: sql`coalesce(${p('note')}, note)`,
      } as never,
    }),
)
const addNote = write(
  build
    .insert(words)
    .values({ id: p('id'), contact: p('contact'), kind: 'answer', sealed: p('sealed'), at: p('at') })
    .onConflictDoUpdate({ target: words.id, set: { sealed: p('sealed'), at: p('at') } as never }),
)
const dropMarks = write(
  build.delete(missedLine).where(and(eq(missedLine.ticket, p('ticket') as never), isNull(missedLine.exportedAt))),
)
const addMark = write(
  build
    .insert(missedLine)
    .select(
      sql`select ${words.id}, ${words.contact}, ${p('ticket')}, ${p('level')}, ${p('by')}, ${p('at')}, null from ${words} where ${words.id} = ${p('line')} and ${words.contact} = ${p('contact')} and ${words.kind} = 'you'`,
    )
    .onConflictDoNothing(),
)

/** What is written when somebody has looked back: the finding, a sealed note, the lines that were misjudged. */
export async function reviewing(
  vault: Vault,
  about: { ticket: Id; contact: Id; by: Id; at: Instant },
  finding: Finding,
  note: string,
  lines: readonly { line: Id; level: Level }[],
): Promise<readonly Query[]> {
  const { ticket: id, contact, by, at } = about
  const noteId = note === '' ? null : `${id}:review`
  const sealed = noteId === null ? null : await vault.seal(contact, `words:${noteId}`, note)
  return [
    ...(sealed === null ? [] : [addNote({ id: noteId, contact, sealed, at })]),
    put({ ticket: id, contact, by, at, ...finding, missed: finding.missed.join(','), note: noteId }),
    dropMarks({ ticket: id }),
    ...lines.map(({ line, level }) => addMark({ ticket: id, contact, line, level, by, at })),
  ]
}

const marked = select(
  build
    .select({ id: missedLine.id, level: missedLine.level })
    .from(missedLine)
    .where(eq(missedLine.ticket, p('ticket') as never)),
)

/** The lines of a ticket that were marked, with the level that would have been right. */
export async function markedLines(store: Store, id: Id): Promise<readonly { id: Id; level: Level }[]> {
  return store.read(marked({ ticket: id }))
}

const cardSent = select(
  build
    .select({ at: sql<number | null>`min(${outbox.settledAt})`.as('at') })
    .from(outbox)
    .where(
      and(
        eq(outbox.contact, p('contact') as never),
        eq(outbox.kind, 'emergency'),
        eq(outbox.state, 'sent'),
        gte(outbox.settledAt, p('from') as never),
        lte(outbox.settledAt, p('to') as never),
      ),
    ),
)
const firstCall = select(
  build
    .select({ at: sql<number | null>`min(${staffCall.at})`.as('at') })
    .from(staffCall)
    .where(eq(staffCall.ticket, p('ticket') as never)),
)

/** When the emergency card left, and when somebody was first called; null for what did not happen. */
export async function momentsOf(
  store: Store,
  { id, contact, openedAt, closedAt }: { id: Id; contact: Id; openedAt: Instant; closedAt: Instant },
): Promise<{ cardAt: Instant | null; calledAt: Instant | null }> {
  const [card] = await store.read(cardSent({ contact, from: openedAt, to: closedAt }))
  const [call] = await store.read(firstCall({ ticket: id }))
  return { cardAt: card?.at ?? null, calledAt: call?.at ?? null }
}

const waiting = select(
  build
    .select({
      id: missedLine.id,
      contact: missedLine.contact,
      ticket: missedLine.ticket,
      point: ticket.point,
      level: missedLine.level,
      sealed: words.sealed,
      reason: ticket.reason,
    })
    .from(missedLine)
    .innerJoin(words, eq(words.id, missedLine.id))
    .innerJoin(ticket, eq(ticket.id, missedLine.ticket))
    .where(
      and(
        isNull(missedLine.exportedAt),
        sql`(${p('everywhere')} = 1 or ${ticket.point} in (select value from json_each(${p('points')})))`,
        sql`(${ticket.chosePolice} = 1 or ${p('all')} = 1)`,
      ),
    )
    .orderBy(asc(missedLine.at))
    .limit(50),
)
const exported = write(
  build
    .update(missedLine)
    .set({ exportedAt: p('at') } as never)
    .where(
      and(
        inArray(missedLine.id, sql`(select value from json_each(${p('ids')}))` as never),
        isNull(missedLine.exportedAt),
      ),
    ),
)

export interface MissedLine {
  id: Id
  contact: Id
  ticket: Id
  point: Id | null
  level: Level
  reason: string
  text: string
}

/** Marked lines that have not left yet, the oldest first, of these points. */
export async function missedLines(
  store: Store,
  vault: Vault,
  scope: { everywhere: boolean; points: readonly Id[]; police: boolean },
): Promise<readonly MissedLine[]> {
  const rows = await store.read(
    waiting({
      everywhere: scope.everywhere ? 1 : 0,
      points: JSON.stringify(scope.points),
      all: scope.police ? 0 : 1,
    }),
  )
  const lines: MissedLine[] = []
  for (const { sealed, ...row } of rows) {
    const opened = await vault.open(`words:${row.id}`, sealed)
    if (opened !== null) lines.push({ ...row, text: (JSON.parse(opened) as { text: string }).text })
  }
  return lines
}

/** These have left the house. */
export function markExported(ids: readonly Id[], at: Instant): Query {
  return exported({ ids: JSON.stringify(ids), at })
}
