import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { streamSSE } from 'hono/streaming'
import { readEntrance } from '../engine/entrance.ts'
import { readSlipCode } from '../engine/slip.ts'
import { calendarFile } from './calendar-file.ts'
import { oncePerContent, readMessage } from './chat-message.ts'
import type { ChatRoom } from './chat-room.ts'
import { chatPage } from './pages/chat.ts'
import { errorPage } from './pages/error.ts'
import { LEAVE_TO } from './pages/layout.ts'
import type { Operator } from './pages/notice.ts'
import { answerSound } from './sounds.ts'
import { tail } from './tail.ts'
import { forgetVisitor, newVisitor, readVisitor, rememberVisitor } from './visitor.ts'

export interface ChatOptions {
  secureCookie: boolean
  operator: Operator
  streamSeconds: number
  pollMilliseconds: number
  /** Where a quick exit leads. */
  leaveTo?: string
  /** May somebody without a conversation begin one now. */
  admit?: (c: Context) => boolean
  /** How long a post without JavaScript waits for the answer before it shows the page again. */
  answerMilliseconds?: number
}

const HEARTBEAT_MILLISECONDS = 15_000

const REFUSED = 'Tin này chưa gửi được. Bạn thử viết lại, ngắn hơn một chút.'
const FULL =
  'Mạng này đang có quá nhiều người mới cùng lúc. Bạn chờ vài phút rồi gửi lại. Đang nguy hiểm thì đừng chờ: gọi 115 hoặc 113.'
const BUSY = 'Đang có nhiều tin cùng lúc. Bạn chờ vài giây rồi gửi lại giúp chúng tôi.'

/** The anonymous chat: a page, a door for messages, a stream of lines and a quick way out. */
export function chatRoutes(room: ChatRoom, options: ChatOptions): Hono {
  const app = new Hono()
  const { secureCookie: secure, leaveTo = LEAVE_TO, answerMilliseconds = 1500, admit = () => true } = options

  // `/chat/*` also matches `/chat`: nothing of a conversation stays in a cache.
  app.use('/chat/*', async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
  })

  app.get('/chat', (c) => showChat(c))

  app.post('/chat', async (c) => {
    const form: Record<string, unknown> = await c.req.parseBody().catch(() => ({}))
    const draft = typeof form.text === 'string' ? form.text : ''
    if (form.text === '' && form.choice === undefined) return c.redirect('/chat#cuoi', 303)
    const message = readMessage(form)
    if (message === null) {
      return draft === '' ? c.html(errorPage(400), 400) : showChat(c, { status: 400, message: REFUSED, draft })
    }
    const known = readVisitor(c, secure)
    if (known === null && !admit(c)) return showChat(c, { status: 429, message: FULL, draft })
    const visitor = known ?? newVisitor()
    const last = (await room.lines(visitor, null)).at(-1)?.id ?? null
    if ((await room.post(visitor, oncePerContent(message))) === 'busy') {
      return showChat(c, { status: 429, message: BUSY, draft })
    }
    rememberVisitor(c, visitor, secure)
    await answerOrPatience(visitor, last)
    return c.redirect('/chat#cuoi', 303)
  })

  app.post('/chat/messages', async (c) => {
    const isJson = c.req.header('Content-Type')?.startsWith('application/json')
    const message = readMessage(isJson ? await c.req.json().catch(() => null) : null)
    if (message === null) return c.json({ error: 'bad_request', message: REFUSED }, 400)
    const known = readVisitor(c, secure)
    if (known === null && !admit(c)) return c.json({ error: 'busy', message: FULL }, 429, { 'Retry-After': '300' })
    const visitor = known ?? newVisitor()
    if ((await room.post(visitor, message)) === 'busy') {
      return c.json({ error: 'busy', message: BUSY }, 429, { 'Retry-After': '5' })
    }
    rememberVisitor(c, visitor, secure)
    return c.json({ accepted: true }, 202)
  })

  app.get('/chat/events', (c) => {
    const visitor = readVisitor(c, secure)
    // 204 tells an EventSource to stop asking: without a cookie there is no conversation to follow.
    if (visitor === null) return c.body(null, 204)
    const after = cursorOf(c.req.header('Last-Event-ID')) ?? cursorOf(c.req.query('after'))
    c.header('X-Accel-Buffering', 'no')
    return streamSSE(c, async (stream) => {
      const gone = new AbortController()
      stream.onAbort(() => gone.abort())
      const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(options.streamSeconds * 1000)])
      let wroteAt = Date.now()
      await stream.write('retry: 1500\n\n')
      try {
        for await (const lines of tail(room, visitor, after, options.pollMilliseconds, signal)) {
          for (const line of lines) await stream.writeSSE({ id: line.id, data: JSON.stringify(line) })
          const idle = lines.length === 0 && Date.now() - wroteAt >= HEARTBEAT_MILLISECONDS
          if (idle) await stream.write(':\n\n')
          if (idle || lines.length > 0) wroteAt = Date.now()
        }
      } catch {
        // The stream just ends: the page comes back by itself and asks again after its last line.
      }
    })
  })

  app.get('/chat/voice/:line', async (c) => {
    const visitor = readVisitor(c, secure)
    const sound = visitor === null ? null : await room.voice?.(visitor, c.req.param('line'))
    if (!sound) return c.text('', 404)
    return answerSound(c, sound)
  })

  app.get('/chat/lich.ics', async (c) => {
    const visitor = readVisitor(c, secure)
    const visits = visitor === null ? [] : ((await room.visits?.(visitor)) ?? [])
    return visits.length === 0 ? c.redirect('/chat', 303) : calendarFile('Lịch của bạn', visits)
  })

  app.post('/chat/leave', (c) => {
    forgetVisitor(c, secure)
    return c.redirect('/chat/leave', 303)
  })

  // A browser that holds a form to `form-action 'self'` refuses its redirect to another site: the way out has a step.
  app.get('/chat/leave', (c) => {
    c.header('Refresh', `0; url=${leaveTo}`)
    return c.html(
      html`<!doctype html><html lang="vi"><meta charset="utf-8"><title>…</title><a href="${leaveTo}" rel="noreferrer">…</a></html>`,
    )
  })

  return app

  async function showChat(c: Context, problem?: { status: 400 | 429; message: string; draft: string }) {
    const visitor = readVisitor(c, secure)
    const slip = c.req.query('phieu') ?? ''
    const page = chatPage({
      operator: options.operator,
      lines: visitor === null ? [] : await room.lines(visitor, null),
      open: visitor !== null,
      calendar: visitor !== null && ((await room.visits?.(visitor)) ?? []).length > 0,
      formId: randomUUID(),
      now: Date.now(),
      leaveTo,
      ...(problem ? { problem } : {}),
      ...(slip !== '' && readSlipCode(slip) !== null ? { slip } : {}),
      entrance: readEntrance(c.req.query('vao') ?? ''),
    })
    return c.html(page, problem?.status ?? 200)
  }

  /** Without a script nothing can arrive later, so the page waits a moment for what the bot says at once. */
  async function answerOrPatience(visitor: string, after: string | null): Promise<void> {
    const signal = AbortSignal.timeout(answerMilliseconds)
    for await (const lines of tail(room, visitor, after, Math.min(options.pollMilliseconds, 250), signal)) {
      if (lines.some((line) => line.from !== 'you')) return
    }
  }
}

function cursorOf(value: string | undefined): string | null {
  return value !== undefined && /^[\w.:-]{1,64}$/.test(value) ? value : null
}
