import { type Context, Hono } from 'hono'
import type { App } from '../app/app.ts'
import { mayWrite, openSheet, readSheetCode, shownCode } from '../app/sheet-code.ts'
import { readSpokenFile, spokenPath } from '../app/spoken.ts'
import { talkBook } from '../app/talk-book.ts'
import type { Id } from '../engine/content.ts'
import type { Day } from '../engine/facts.ts'
import { dayOf } from '../engine/hours.ts'
import { confirming, plansBetween, readingsBetween, type Sheet } from '../store/readings.ts'
import { allSpoken, heardSound } from '../store/topic-recordings.ts'
import { addressOf } from './address.ts'
import { isDay, midnightOf, writtenDay } from './desk/call-day.ts'
import { idOfForm } from './desk/id-of-form.ts'
import { communeName, later, MOST_TIMES, problemOfDay, readTimes, titleOf, weekWords } from './desk/loudspeaker.ts'
import { spokenName } from './desk/spoken-words.ts'
import { readForm } from './form-fields.ts'
import { errorPage } from './pages/error.ts'
import { enterCodePage, tellReadingPage } from './pages/reading.ts'
import { answerSound } from './sounds.ts'

/** Days after the Monday of its week on which a sheet still opens. */
const OPEN_DAYS = 20

/**
 * What whoever reads out for a commune needs, without an account: by the code of the sheet they say what was read, and
 * the recordings of the texts lie open to everybody. Nothing of any person is asked, kept or shown.
 */
export function readingRoutes(app: App, options: { trustedProxy: boolean }): Hono {
  const routes = new Hono()

  routes.use('/loa/*', async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
  })
  routes.get('/loa', (c) => c.html(enterCodePage(null)))
  routes.post('/loa', async (c) => {
    const code = readSheetCode((await readForm(c)).one('ma'))
    return code === null ? c.html(enterCodePage(WRONG), 400) : c.redirect(`/loa/${code}`, 303)
  })
  routes.get('/loa/:code', async (c) => {
    const sheet = await open(c)
    return sheet instanceof Response ? sheet : show(c, sheet, null, c.req.query('xong') === '1')
  })
  routes.post('/loa/:code', async (c) => {
    const sheet = await open(c)
    if (sheet instanceof Response) return sheet
    if (!(await mayWrite(app, addressOf(c, options.trustedProxy)))) return c.html(enterCodePage(WAIT), 429)
    const form = await readForm(c)
    const day = form.one('day')
    const plans = await plansOf(sheet)
    const told = plans.flatMap((plan) => {
      const text = form.one(`lan-${plan.topic}`).trim()
      return text === '' ? [] : [{ ...plan, times: readTimes(text) }]
    })
    const problem =
      problemOfDay(app, sheet.week, day) ??
      (told.length === 0 ? 'ghi số lần ở ít nhất một bài.' : null) ??
      (told.some(({ times }) => times === null) ? `số lần là một số từ 1 đến ${MOST_TIMES}.` : null)
    if (problem !== null) return show(c, sheet, `Chưa ghi: ${problem}`, false)
    const writes = told.flatMap(({ times, ...plan }) => {
      const act = idOfForm(app, 'sheet', sheet.week, sheet.commune, plan.topic, day, form.one('id').slice(0, 100))
      const note = `${times} lần; ghi bằng mã trên tờ đọc`
      return confirming({ ...plan, times: times ?? 1, day, hamlet: '', act, by: null, at: app.now(), note })
    })
    await app.store.batch(writes)
    return c.redirect(`/loa/${c.req.param('code')}?xong=1`, 303)
  })

  routes.get('/nghe/:file', async (c) => {
    const file = readSpokenFile(c.req.param('file'))
    // What people cannot read in the talk is not heard either.
    const shown = talkBook(app).topics.some(({ id }) => id === file?.id.split(':')[0])
    const sound = file && shown ? await heardSound(app.store, file.id, [file.form]) : null
    return sound ? answerSound(c, sound) : c.html(errorPage(404), 404)
  })
  return routes

  /** The sheet of the code in the path, while it may still be written on. */
  async function open(c: Context): Promise<Sheet | Response> {
    const found = await openSheet(app, c.req.param('code') ?? '', addressOf(c, options.trustedProxy))
    if (found === 'wait') return c.html(enterCodePage(WAIT), 429)
    if (found === 'unknown') return c.html(enterCodePage(WRONG), 404)
    return dayOf(app.now()) > lastDay(found.week) ? c.html(enterCodePage(OVER), 410) : found
  }

  async function plansOf({ week, commune, point }: Sheet) {
    return (await plansBetween(app.store, [point], week, week)).filter((one) => one.commune === commune)
  }

  async function show(c: Context, sheet: Sheet, problem: string | null, done: boolean): Promise<Response> {
    const { week, commune, point } = sheet
    const plans = await plansOf(sheet)
    const readings = await readingsBetween(app.store, [point], week, week)
    const last = [later(week, 6), dayOf(app.now())].toSorted()[0]!
    return c.html(
      tellReadingPage({
        path: `/loa/${c.req.param('code')}`,
        code: shownCode(readSheetCode(c.req.param('code') ?? '') ?? ''),
        commune: communeName(app, commune),
        weekWords: weekWords(week),
        days: last < week ? null : { from: week, to: last },
        // One form a day and what was told of it: sent twice, it is one.
        formId: String(app.now()),
        scripts: plans.map(({ topic, times }) => ({
          id: topic,
          title: titleOf(app, topic),
          times,
          read: readings
            .filter((one) => one.commune === commune && one.topic === topic)
            .map((one) => `${writtenDay(one.day)}: ${one.times} lần`),
        })),
        sounds: await soundsOf(
          app,
          plans.map(({ topic }) => topic),
        ),
        problem,
        done,
      }),
      problem === null ? 200 : 400,
    )
  }
}

const WRONG = 'Mã chưa đúng. Bạn xem lại 8 chữ và số in cuối tờ đọc.'
const WAIT = 'Có nhiều lần thử quá. Bạn chờ một phút rồi mở lại.'
const OVER = 'Tờ đọc này đã hết hạn ghi. Bạn báo điểm tư vấn để ghi giúp.'

/** The last day on which the sheet of a week may be written on. */
export function lastDay(week: Day): Day {
  return isDay(week) ? dayOf(midnightOf(week) + OPEN_DAYS * 86_400_000) : week
}

/** The recordings of these topics that may be heard. */
export async function soundsOf(
  app: App,
  topics: readonly Id[],
): Promise<readonly { title: string; language: string; src: string }[]> {
  const shown = talkBook(app).topics.map(({ id }) => id)
  const all = await allSpoken(app.store)
  return all
    .filter(({ topic, enabledBy }) => enabledBy !== null && topics.includes(topic) && shown.includes(topic))
    .map((one) => ({
      title: titleOf(app, one.topic),
      language: spokenName(one.language),
      src: spokenPath(one.topic, one.language, one.mime),
    }))
}
