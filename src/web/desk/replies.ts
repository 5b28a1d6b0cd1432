import { Hono } from 'hono'
import type { App } from '../../app/app.ts'
import type { ApprovedReply } from '../../engine/book.ts'
import { dayOf } from '../../engine/hours.ts'
import { fold } from '../../engine/text.ts'
import { repliesPage } from '../pages/desk/replies.ts'
import type { ReplyChoice } from '../pages/desk/reply-picker.ts'
import { type DeskEnv, readerOf } from './who.ts'

/** The library of approved replies. */
export function replyRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  routes.get('/desk/replies', (c) => {
    const search = (c.req.query('tim') ?? '').slice(0, 100)
    return c.html(repliesPage({ reader: readerOf(c.get('who')), search, found: findReplies(app, search) }))
  })
  return routes
}

/** Approved replies that hold every word of the search, marks or no marks; all of them for an empty one. */
export function findReplies(app: App, search: string): readonly ReplyChoice[] {
  const wanted = fold(search).split(' ').filter(Boolean)
  const today = dayOf(app.now())
  return app
    .book()
    .replies.filter((one) => {
      const where = ` ${fold([one.title, one.text, ...one.keywords].join(' '))}`
      return wanted.every((word) => where.includes(` ${word}`))
    })
    .map((one) => toChoice(app, one, today))
}

function toChoice(app: App, one: ApprovedReply, today: string): ReplyChoice {
  const { id, title, text, keywords } = one
  return {
    id,
    title,
    text,
    keywords,
    source: one.sources.map((source) => app.book().source(source) ?? source).join('; '),
    asOf: written(one.asOf),
    signed: one.reviewedBy !== null,
    reviewBy: written(one.reviewBy),
    overdue: one.reviewBy < today,
  }
}

/** `2026-11-21` as 21/11/2026. */
function written(day: string): string {
  return day.split('-').reverse().join('/')
}
