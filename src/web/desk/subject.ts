import type { App } from '../../app/app.ts'
import { may } from '../../app/permissions.ts'
import type { Id } from '../../engine/content.ts'
import { shortCode } from '../../engine/short-code.ts'
import { readAccompaniment } from '../../store/accompany.ts'
import { readEnrolment } from '../../store/enrolments.ts'
import { readTicket } from '../../store/queue.ts'
import { readVisit } from '../../store/visits.ts'
import { readWalkIn } from '../../store/walk-ins.ts'
import { aboutEnrolment } from './enrolment-words.ts'
import { viewerOf, type Who } from './who.ts'

/** Whose time is spoken of: whoever stands behind a ticket, a record, an appointment or a supporter this reader may open. */
export interface Subject {
  contact: Id
  /** The turn the conversation stood at when this was read. */
  seq: number
  point: Id | null
  /** The page this came from. */
  back: string
  /** How an address names them: `cuoc=…`, `khach=…`, `yc=…`, `doi=…` or `dh=…`. */
  query: string
  code: string
}

/** Reads who is meant by an address; null when there is nobody, or nobody this reader may know of. */
export async function readSubject(app: App, who: Who, named: (name: string) => string): Promise<Subject | null> {
  const [ticket, walkIn, visit, beside] = [named('cuoc'), named('khach'), named('doi'), named('dh')]
  if (ticket !== '') {
    const row = await readTicket(app.store, viewerOf(app, who), ticket)
    return row && toSubject(row, `/desk/tickets/${row.id}`, `cuoc=${encodeURIComponent(row.id)}`)
  }
  const above = (point: Id) => app.directory().points.find(({ id }) => id === point)?.above
  if (walkIn !== '') {
    const row = await readWalkIn(app.store, walkIn)
    const open = row !== null && may('walk_in.read', who.member, { point: row.point, above: above(row.point) })
    return open ? toSubject(row, `/desk/people/${row.contact}`, `khach=${encodeURIComponent(row.contact)}`) : null
  }
  const request = named('yc')
  if (request !== '') {
    const row = await readEnrolment(app.store, request)
    const open = row !== null && may('enrolment.write', who.member, aboutEnrolment(app, row))
    return open ? toSubject(row, `/desk/dang-ky/${row.id}`, `yc=${encodeURIComponent(row.id)}`) : null
  }
  if (beside !== '') {
    const row = await readAccompaniment(app.store, beside)
    const open = row !== null && may('accompany.read', who.member, { point: row.point, above: above(row.point) })
    return open ? toSubject(row, '/desk/dong-hanh', `dh=${encodeURIComponent(row.id)}`) : null
  }
  const row = visit === '' ? null : await readVisit(app.store, visit)
  const open = row?.contact != null && may('visit.book', who.member, { point: row.point, above: above(row.point) })
  return open ? toSubject(row, `/desk/lich/${row.id}`, `doi=${encodeURIComponent(row.id)}`) : null
}

function toSubject(
  { contact, seq, point }: { contact: Id; seq: number; point: Id | null },
  back: string,
  query: string,
): Subject {
  return { contact, seq, point, back, query, code: shortCode(contact) }
}
