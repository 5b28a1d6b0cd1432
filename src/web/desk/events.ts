import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { App } from '../../app/app.ts'
import { errorName } from '../../app/error-name.ts'
import { mayIfChosen } from '../../app/permissions.ts'
import { dayOf } from '../../engine/hours.ts'
import { changedTickets, type Pulse, readPulse } from '../../store/pulse.ts'
import { countQueue } from '../../store/queue.ts'
import { findSession } from '../../store/staff-sessions.ts'
import { staffOf } from '../signed-in.ts'
import { type DeskEnv, viewerOf } from './who.ts'

const HEARTBEAT_MS = 15_000

export interface EventOptions {
  streamSeconds: number
  pollMilliseconds: number
}

/** What moved at the desk: counts and ids of tickets, never a word of anybody. The page fetches the rest itself. */
export function eventRoutes(app: App, options: EventOptions): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  routes.get('/desk/events', (c) => {
    const { token } = staffOf(c).session
    const resumed = pulseOf(c.req.header('Last-Event-ID') ?? c.req.query('after'))
    c.header('X-Accel-Buffering', 'no')
    return streamSSE(c, async (stream) => {
      const gone = new AbortController()
      stream.onAbort(() => gone.abort())
      const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(options.streamSeconds * 1000)])
      await stream.write('retry: 1500\n\n')
      // The first message says where things stand, so that a page that slept catches up.
      let known: Pulse | null = null
      let wroteAt = Date.now()
      try {
        while (!signal.aborted) {
          // A line ends with the session; what it tells is what its reader may see at this moment.
          const present = await findSession(app.store, token, app.now())
          if (!present || !mayIfChosen('queue.view', present.member)) return
          const viewer = viewerOf(app, present)
          const pulse = await readPulse(app.store)
          const since = known ?? resumed ?? pulse
          if (known === null || pulse.event !== known.event || pulse.words !== known.words) {
            const changed = await changedTickets(app.store, viewer, since, app.now())
            const { waiting, emergency, mine } = await countQueue(app.store, viewer, dayOf(app.now()))
            const data = JSON.stringify({ waiting, emergency, mine, changed })
            await stream.writeSSE({ id: `${pulse.event}.${pulse.words}`, data })
            wroteAt = Date.now()
          } else if (Date.now() - wroteAt >= HEARTBEAT_MS) {
            await stream.write(':\n\n')
            wroteAt = Date.now()
          }
          known = pulse
          await nap(options.pollMilliseconds, signal)
        }
      } catch (error) {
        // The stream just ends: the page comes back by itself and asks again after its last message.
        app.log.warn({ event: 'desk_stream_ended', error: errorName(error) })
      }
    })
  })
  return routes
}

function pulseOf(id: string | undefined): Pulse | null {
  const [, event, words] = /^(\d{1,15})\.(\d{1,15})$/.exec(id ?? '') ?? []
  return event === undefined ? null : { event: Number(event), words: Number(words) }
}

function nap(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
}
