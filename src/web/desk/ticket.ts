import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { type App, channelOf } from '../../app/app.ts'
import type { Recording, StaffAction } from '../../engine/conversation.ts'
import { closedTicket } from '../../store/closed.ts'
import { undeliveredText } from '../../store/dialogue.ts'
import { type QueueRow, readTicket } from '../../store/queue.ts'
import { openRecording } from '../../store/recordings.ts'
import { finishTasksAbout } from '../../store/tasks.ts'
import { gonePage } from '../pages/desk/gone.ts'
import { audited } from '../signed-in.ts'
import { answerSound, readSound } from '../sounds.ts'
import { act, happened } from './act.ts'
import { showClosed } from './closed.ts'
import { contactDraft, readContact } from './contact-form.ts'
import { describe } from './describe.ts'
import { fieldsOf } from './field.ts'
import { OUTCOMES } from './labels.ts'
import { blockedWords, NOTHING_WRITTEN, REPLY_LIMIT, refusalWords, tooLong } from './refusals.ts'
import { type Kept, showTicket } from './show-ticket.ts'
import { type DeskEnv, readerOf, viewerOf } from './who.ts'

const NOTE_LIMIT = 2_000

type C = Context<DeskEnv>
type Fields = (name: string) => string

/** One ticket: reading it, and every form on its page. */
export function ticketRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/tickets/:id', async (c) => {
    const ticket = await find(c)
    return ticket ? page(c, ticket, { live: c.req.header('X-Part') === 'live', before: beforeOf(c) }) : over(c, false)
  })
  routes.get('/desk/tickets/:id/voice', async (c) => {
    const open = await find(c)
    const closed = !open && c.get('over') ? await closedTicket(app.store, c.req.param('id')) : null
    const contact = open?.contact ?? closed?.contact
    const line = c.req.query('dong') ?? ''
    // What came after a ticket was over belongs to a later one, and to whoever may read that.
    const sound = contact ? await openRecording(app.store, app.vault, contact, line, closed?.closedAt) : null
    if (!contact || sound === null) return c.text('', 404)
    await audited(c, 'voice.played', contact, { about: line.slice(0, 100) })
    return answerSound(c, sound)
  })
  // A reload of a page that answered a form.
  routes.get('/desk/tickets/:id/:verb', (c) =>
    c.redirect(`/desk/tickets/${encodeURIComponent(c.req.param('id'))}`, 303),
  )

  on('take', async (c, ticket, fields) => carryOut(c, ticket, { type: 'take' }, fields))
  on('reply', async (c, ticket, fields) => reply(c, ticket, fields('text').trim(), formOf(fields)))
  on('say', async (c, ticket, fields) => {
    const draft = fields('text')
    const { sound } = (await c.req.parseBody().catch(() => ({}))) as { sound?: unknown }
    const recording = await readSound(sound)
    if ('problem' in recording) return page(c, ticket, { message: `Chưa gửi: ${recording.problem}`, draft }, 400)
    const response = await speak(c, ticket, recording, formOf(fields), draft)
    if (response.status !== 303 || draft.trim() === '') return response
    // The line that was being written stays with whoever writes it.
    return page(c, (await find(c)) ?? ticket, { draft })
  })
  on('note', async (c, ticket, fields) => {
    const note = fields('note').trim()
    if (note === '') return page(c, ticket, { message: 'Ghi chú chưa có chữ nào nên chưa lưu.' }, 400)
    if (note.length > NOTE_LIMIT)
      return page(
        c,
        ticket,
        { message: `Chưa lưu: ghi chú dài ${note.length} ký tự, giới hạn là ${NOTE_LIMIT}.`, note },
        400,
      )
    return carryOut(c, ticket, { type: 'note', text: note }, fields, { note })
  })
  on('contact', async (c, ticket, fields) => {
    const read = readContact(app, ticket.point, fields)
    const contact = contactDraft(fields)
    if ('problem' in read) return page(c, ticket, { message: read.problem, contact }, 400)
    return carryOut(c, ticket, { type: 'contact', contact: read.contact }, fields, { contact })
  })
  on('transfer', async (c, ticket, fields) => {
    const note = fields('note').trim()
    const kept = { transferNote: note }
    const to = target(fields('to'))
    if (to === undefined)
      return page(c, ticket, { message: 'Chưa chuyển: bạn chọn người, điểm hoặc tuyến trên để chuyển.', ...kept }, 400)
    if (note.length > NOTE_LIMIT)
      return page(
        c,
        ticket,
        { message: `Chưa chuyển: lời nhắn dài ${note.length} ký tự, giới hạn là ${NOTE_LIMIT}.`, ...kept },
        400,
      )
    return carryOut(c, ticket, { type: 'transfer', to, note }, fields, kept)
  })
  on('hand-back', async (c, ticket, fields) => carryOut(c, ticket, { type: 'hand_back' }, fields))
  on('close', async (c, ticket, fields) => {
    const outcome = fields('outcome')
    const form = await c.req.parseBody().catch(() => ({}))
    if ('outcome' in form && !(outcome in OUTCOMES))
      return page(c, ticket, { message: 'Chưa kết thúc: bạn chọn kết quả trước.' }, 400)
    return carryOut(c, ticket, { type: 'close', ...(outcome === '' ? {} : { outcome }) }, fields)
  })
  on('resend', async (c, ticket, fields) => {
    const text = await undeliveredText(app.store, app.vault, ticket.contact, fields('line'))
    if (text === null)
      return page(c, ticket, { message: 'Tin này không cần gửi lại nữa: nó đã đi, hoặc đang được gửi.' }, 409)
    const recording = await openRecording(app.store, app.vault, ticket.contact, fields('line'))
    const form = `resend:${fields('line')}`
    const response = recording ? await speak(c, ticket, recording, form) : await reply(c, ticket, text, form)
    if (response.status === 303) await finishTasksAbout(app.store, fields('line'), app.now())
    return response
  })
  on('reveal', async (c, ticket, fields) => {
    const answer = fields('answer')
    // Which one is noted before it is shown; the name of the question, never the answer.
    if (/^[a-z_]{1,40}$/.test(answer))
      await audited(c, 'answer.shown', ticket.contact, { about: answer, point: ticket.point })
    return page(c, ticket, { reveal: answer, draft: fields('text') })
  })
  on('draft', async (c, ticket, fields) => {
    const chosen = app.book().replies.find(({ id }) => id === fields('chen'))
    const draft = [fields('text').trimEnd(), chosen?.text ?? ''].filter((part) => part !== '').join('\n\n')
    return page(c, ticket, { draft, search: chosen ? '' : fields('tim').slice(0, 100) })
  })
  return routes

  /** A form of the page. What was written in it comes back even when the ticket is over. */
  function on(verb: string, run: (c: C, ticket: QueueRow, fields: Fields) => Promise<Response>): void {
    routes.post(`/desk/tickets/:id/${verb}`, async (c) => {
      const fields = await fieldsOf(c)
      const ticket = await find(c)
      if (ticket) return run(c, ticket, fields)
      if (verb === 'reveal' && c.get('over')) return over(c, true)
      // The same form once more, such as a second press of "Kết thúc": it was done.
      if (fields('id') !== '' && (await happened(app, c.req.param('id')!, fields('id'))))
        return c.redirect('/desk', 303)
      return gone(c, fields('text') || fields('note') || fields('contact_note'))
    })
  }

  function find(c: C): Promise<QueueRow | null> {
    return readTicket(app.store, viewerOf(app, c.get('who')), c.req.param('id')!)
  }

  async function page(c: C, ticket: QueueRow, kept: Kept = {}, status: 200 | 400 | 403 | 409 = 200): Promise<Response> {
    // Of a turn only what it did is noted; what its answer shows has been read.
    if (c.get('note')) await audited(c, 'ticket.read', ticket.contact, { about: ticket.id, point: ticket.point })
    return c.html(await showTicket(app, c.get('who'), ticket, kept), status)
  }

  /** What is over is shown to whoever may look back; to others it is gone. */
  async function over(c: C, numbers: boolean): Promise<Response> {
    const closed = c.get('over') ? await closedTicket(app.store, c.req.param('id')!) : null
    return closed?.contact
      ? c.html(await showClosed(app, c.get('who'), closed, { numbers, before: beforeOf(c) }))
      : gone(c, '')
  }

  async function gone(c: C, draft: string): Promise<Response> {
    return c.html(gonePage({ reader: readerOf(c.get('who')), draft }), 404)
  }

  async function reply(c: C, ticket: QueueRow, text: string, form: string): Promise<Response> {
    if (text === '') return page(c, ticket, { message: NOTHING_WRITTEN }, 400)
    if (text.length > REPLY_LIMIT) return page(c, ticket, { message: tooLong(text.length), draft: text }, 400)
    if (!ticket.reachable && !(await happened(app, ticket.id, form))) {
      const { channel, callback } = await describe(app, c.get('who'), ticket)
      return page(c, ticket, { message: blockedWords(channel, callback !== null), draft: text }, 409)
    }
    return carryOut(c, ticket, { type: 'reply', text }, form, { draft: text })
  }

  async function speak(c: C, ticket: QueueRow, recording: Recording, form: string, draft = ''): Promise<Response> {
    if (channelOf(app, ticket.channel)?.limits.voice !== true)
      return page(c, ticket, { message: 'Chưa gửi: kênh này chưa gửi được tin thoại.', draft }, 400)
    if (!ticket.reachable && !(await happened(app, ticket.id, form))) {
      const { channel, callback } = await describe(app, c.get('who'), ticket)
      return page(c, ticket, { message: blockedWords(channel, callback !== null), draft }, 409)
    }
    return carryOut(c, ticket, { type: 'reply', text: 'Tin thoại', recording }, form, { draft })
  }

  async function carryOut(
    c: C,
    ticket: QueueRow,
    action: StaffAction,
    form: Fields | string,
    kept: Kept = {},
  ): Promise<Response> {
    const key = typeof form === 'string' ? form : formOf(form)
    const outcome = await act(app, c.get('who'), ticket, action, key, c.get('note')!)
    switch (outcome.type) {
      case 'gone':
        return gone(c, kept.draft ?? kept.note ?? kept.transferNote ?? kept.contact?.note ?? '')
      case 'refused':
        return refused(c, ticket, outcome.reason, kept)
      case 'done':
      case 'again':
        return c.redirect(afterwards(ticket.id, action), 303)
      default:
        return outcome satisfies never
    }
  }

  /** The page as it stands now, with what happened, what can be done, and all that was written. */
  async function refused(c: C, ticket: QueueRow, reason: string, kept: Kept = {}): Promise<Response> {
    const fresh = (await readTicket(app.store, viewerOf(app, c.get('who')), ticket.id)) ?? ticket
    const message = refusalWords(app, fresh, reason)
    return page(c, fresh, { ...kept, message }, reason === 'not_allowed' ? 403 : 409)
  }
}

/** A page kept from before forms had ids still works; it is only not protected against a second press. */
function formOf(fields: Fields): string {
  return fields('id').slice(0, 100) || randomUUID()
}

/** The line before which an older page of a talk ends. */
function beforeOf(c: C): number | undefined {
  const before = Number(c.req.query('truoc'))
  return Number.isSafeInteger(before) && before > 0 ? before : undefined
}

function target(to: string): { staff: string } | { point: string } | null | undefined {
  if (to === 'above') return null
  if (to.startsWith('staff:')) return { staff: to.slice('staff:'.length) }
  if (to.startsWith('point:')) return { point: to.slice('point:'.length) }
  return undefined
}

function afterwards(id: string, { type }: StaffAction): string {
  if (type === 'close' || type === 'hand_back') return '/desk'
  if (type === 'transfer') return '/desk?xong=chuyen'
  return `/desk/tickets/${id}#${type === 'note' || type === 'contact' ? 'loi' : 'cuoi'}`
}
