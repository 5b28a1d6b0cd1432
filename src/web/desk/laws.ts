import { type Context, Hono } from 'hono'
import { newVersion } from '../../app/accounts.ts'
import type { App } from '../../app/app.ts'
import { mayEver } from '../../app/permissions.ts'
import type { Source } from '../../engine/book.ts'
import type { Day } from '../../engine/facts.ts'
import { dayOf } from '../../engine/hours.ts'
import { type Resting, restingOn } from '../../engine/resting.ts'
import { readEndings, setEndings } from '../../store/directory.ts'
import { readForm } from '../form-fields.ts'
import { type LawTask, lawPage, lawsPage } from '../pages/desk/laws.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { isDay, writtenDay } from './call-day.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const LIST = '/desk/nguon'
const WHAT = { topic: 'bài', reply: 'câu mẫu', paper: 'giấy tờ', clock: 'thời hạn' } as const

/** Luật và nguồn: which law ends when, and every text that then has to be looked at. */
export function lawRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  routes.use(`${LIST}/*`, async (c, next) => (mayRead(c) ? next() : c.html(refusedPage(c.get('who').member), 403)))

  routes.get(LIST, async (c) => {
    if (!mayRead(c)) return c.html(refusedPage(c.get('who').member), 403)
    const endings = await readEndings(app.store)
    const items = (app.book().sources ?? []).flatMap((source) => {
      const texts = restingOn(app.book(), source.id)
      const end = endOf(source, endings)
      if (texts.length === 0) return []
      return [{ ...source, end: end && writtenDay(end), texts: texts.length, open: texts.filter(isOpen(end)).length }]
    })
    return c.html(lawsPage({ reader: readerOf(c.get('who')), items }))
  })
  routes.get(`${LIST}/:id`, (c) => show(c, null))
  routes.post(`${LIST}/:id`, async (c) => {
    const source = sourceOf(c)
    if (!source) return c.html(errorPage(404), 404)
    if (!mayEver('content.law', c.get('who').member)) return c.html(refusedPage(c.get('who').member), 403)
    const until = (await readForm(c)).one('until').trim()
    if (until !== '' && !isDay(until))
      return show(c, 'Ngày chưa đúng. Bạn chọn một ngày trong lịch, hoặc để trống nếu luật còn hiệu lực.', 400)
    const { [source.id]: _, ...others } = await readEndings(app.store)
    const endings = until === '' ? others : { ...others, [source.id]: until }
    await audited(c, 'content.law', null, { about: `${source.id}:${until}` }, setEndings(endings, newVersion(app)))
    return c.redirect(`${LIST}/${source.id}`, 303)
  })
  return routes

  async function show(c: C, problem: string | null, status: 200 | 400 = 200): Promise<Response> {
    const source = sourceOf(c)
    if (!source) return c.html(errorPage(404), 404)
    const said = (await readEndings(app.store))[source.id]
    const end = said ?? source.until
    const tasks = restingOn(app.book(), source.id)
      .map(
        (one): LawTask => ({
          href: one.what === 'topic' ? `/desk/noi-dung/${one.id}` : null,
          title: one.title,
          what: WHAT[one.what],
          checked: one.asOf === '' ? 'chưa ghi' : writtenDay(one.asOf),
          done: end !== null && !isOpen(end)(one),
        }),
      )
      .toSorted((a, b) => Number(a.done) - Number(b.done))
    const view = {
      reader: readerOf(c.get('who')),
      path: `${LIST}/${source.id}`,
      title: source.title,
      written: source.until && writtenDay(source.until),
      said: said ?? '',
      end: end && writtenDay(end),
      ended: end !== null && end < dayOf(app.now()),
      tasks,
      mayWrite: mayEver('content.law', c.get('who').member),
      problem,
    }
    return c.html(lawPage(view), status)
  }

  function sourceOf(c: C): Source | undefined {
    return app.book().sources?.find(({ id }) => id === c.req.param('id'))
  }
}

function endOf(source: Source, endings: Readonly<Record<string, Day>>): Day | null {
  return endings[source.id] ?? source.until
}

/** A text that was checked after the law ended stands on what came after it. */
const isOpen = (end: Day | null) => (one: Resting) => end !== null && one.asOf <= end

function mayRead(c: C): boolean {
  return mayEver('content.read', c.get('who').member)
}
