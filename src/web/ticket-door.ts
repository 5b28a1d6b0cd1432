import type { MiddlewareHandler } from 'hono'
import type { App } from '../app/app.ts'
import { type About, type Action, may } from '../app/permissions.ts'
import type { Instant } from '../engine/content.ts'
import { ticketSubject } from '../store/ticket-subject.ts'
import { refusedPage } from './pages/refused.ts'
import { audited, entryFor, memberOf } from './signed-in.ts'

const TICKET_ACTIONS: Readonly<Record<string, Action>> = {
  '': 'ticket.read',
  take: 'ticket.take',
  reply: 'ticket.reply',
  say: 'ticket.reply',
  voice: 'ticket.read',
  transfer: 'ticket.transfer',
  'hand-back': 'ticket.close',
  close: 'ticket.close',
  resend: 'ticket.reply',
  draft: 'ticket.read',
  note: 'note.write',
  contact: 'contact.record',
  reveal: 'answer.reveal',
}

const READING = ['', 'reveal', 'voice']
/** What is a turn of the conversation: its row of the audit is written with it, or not at all. */
const TURNS = ['take', 'reply', 'say', 'transfer', 'hand-back', 'close', 'resend', 'note', 'contact']

/**
 * Asks the permissions before anything of a ticket is read or done, and notes it. The action is read from the end of the
 * path; one that is not known is refused. A turn's row is handed on as `note`.
 */
export function requireTicket(app: App): MiddlewareHandler {
  return async (c, next) => {
    const [, , , id = '', ...rest] = c.req.path.split('/')
    const verb = rest.join('/')
    const action = Object.hasOwn(TICKET_ACTIONS, verb) ? TICKET_ACTIONS[verb] : undefined
    const ticket = await ticketSubject(app.store, decoded(id))
    // Never there, or erased: the page behind shows nothing of anybody, and gives back what was typed.
    if (!ticket || ticket.contact === null) return next()
    const over = ticket.closedAt !== null
    const about: About = {
      heldBy: over ? ticket.lastHeldBy : ticket.heldBy,
      point: ticket.point,
      above: app.directory().points.find(({ id }) => id === ticket.point)?.above,
      chosen: ticket.chosePolice,
      days: over ? daysSince(ticket.closedAt!, app.now()) : 0,
    }
    if (over) {
      // What is over is read by those who may look back, and nothing else is done with it.
      if (!READING.includes(verb)) return next()
      const allowed = may(action!, memberOf(c), about)
      await audited(c, allowed ? action! : 'refused', ticket.contact, { about: ticket.id, point: ticket.point })
      if (allowed) c.set('over', true)
      return next()
    }
    const allowed = action !== undefined && may(action, memberOf(c), about)
    const what = { about: ticket.id, point: ticket.point }
    if (allowed && TURNS.includes(verb)) c.set('note', entryFor(c, action, ticket.contact, what))
    else await audited(c, allowed ? action : 'refused', ticket.contact, what)
    return allowed ? next() : c.html(refusedPage(memberOf(c)), 403)
  }
}

/** Never nothing: a ticket that ended this very moment, or while a clock was ahead, is not open. */
export function daysSince(closedAt: Instant, now: Instant): number {
  return Math.max(Number.MIN_VALUE, (now - closedAt) / 86_400_000)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
