import type { MiddlewareHandler } from 'hono'
import type { App } from '../app/app.ts'
import { type About, type Action, may } from '../app/permissions.ts'
import { ticketSubject } from '../store/ticket-subject.ts'
import { errorPage } from './pages/error.ts'
import { refusedPage } from './pages/refused.ts'
import { audited, memberOf } from './signed-in.ts'

const TICKET_ACTIONS: Readonly<Record<string, Action>> = {
  '': 'ticket.read',
  take: 'ticket.take',
  reply: 'ticket.reply',
  transfer: 'ticket.transfer',
  'hand-back': 'ticket.close',
  close: 'ticket.close',
  note: 'note.write',
  reveal: 'answer.reveal',
}

/**
 * Asks the permissions before anything of a ticket is read or done, and notes it. The action is read from the end of the
 * path; one that is not known is refused.
 */
export function requireTicket(app: App): MiddlewareHandler {
  return async (c, next) => {
    const [, , , id = '', ...rest] = c.req.path.split('/')
    const verb = rest.join('/')
    const action = Object.hasOwn(TICKET_ACTIONS, verb) ? TICKET_ACTIONS[verb] : undefined
    const ticket = await ticketSubject(app.store, decoded(id))
    if (!ticket) return c.html(errorPage(404), 404)
    const about: About = {
      heldBy: ticket.heldBy,
      point: ticket.point,
      days: ticket.closedAt === null ? 0 : Math.ceil((app.now() - ticket.closedAt) / 86_400_000),
    }
    const allowed = action !== undefined && may(action, memberOf(c), about)
    const noted = allowed ? action : 'refused'
    await audited(c, noted, ticket.contact, { about: ticket.id, point: ticket.point })
    return allowed ? next() : c.html(refusedPage(memberOf(c)), 403)
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
