import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { newVersion } from '../../app/accounts.ts'
import type { App } from '../../app/app.ts'
import { prizeHash } from '../../app/contest-facts.ts'
import { FEWEST, gainsOf } from '../../app/contest-figures.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import { talkBook } from '../../app/talk-book.ts'
import { dayOf } from '../../engine/hours.ts'
import { CONTEST_PRIZE, CONTEST_TITLE, type Contest, ENTRANCE_OF_CONTEST, PHASES } from '../../engine/quiz/contest.ts'
import { itemsFor } from '../../engine/quiz/quiz.ts'
import {
  allContests,
  forgettingTries,
  handingPrize,
  placingContest,
  readCode,
  talliesOf,
} from '../../store/contests.ts'
import { bumpingDirectory } from '../../store/directory.ts'
import { type Form, readForm } from '../form-fields.ts'
import { contestsPage } from '../pages/desk/contest.ts'
import { audiencePage, type ContestDraft, contestFormPage } from '../pages/desk/contest-form.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { writtenDay } from './call-day.ts'
import {
  draftOf,
  draftOfContest,
  FEWEST_QUESTIONS,
  MOST_QUESTIONS,
  questionsFor,
  readContestForm,
} from './contest-form.ts'
import { goneFrom } from './contest-gone.ts'
import { CONTEST_AUDIENCES, stateWords } from './contest-words.ts'
import { idOfForm } from './id-of-form.ts'
import { showContest, showSheet } from './show-contest.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const LIST = '/desk/cuoc-thi'
const EMPTY: ContestDraft = {
  title: '',
  audience: '',
  point: '',
  from: '',
  to: '',
  kind: 'single',
  questions: [],
  prize: '',
  prizeAt: '',
  least: '',
}

export interface ContestPlaces {
  publicUrl: string | null
  telegram: string | null
}

/** Cuộc thi: made, opened and closed at the desk; what comes back is counts. */
export function contestRoutes(app: App, places: ContestPlaces): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get(LIST, async (c) => {
    if (!mayEver('contest.read', c.get('who').member)) return refuse(c)
    const contests = await allContests(app.store)
    const tallies = await talliesOf(
      app.store,
      contests.map(({ id }) => id),
    )
    const today = dayOf(app.now())
    const items = contests
      .toSorted((a, b) => (a.from < b.from ? 1 : -1))
      .map((one) => ({
        id: one.id,
        title: one.title,
        state: stateWords(one, today, goneFrom(app, one)),
        facts: [
          CONTEST_AUDIENCES[one.audience] ?? one.audience,
          `${writtenDay(one.from)} – ${writtenDay(one.to)}`,
          `${one.questions.length} câu`,
          one.phase === 'single' ? 'một lần' : 'trước và sau',
          keeperName(one.point),
        ].join(' · '),
      }))
    const gains = gainsOf(contests, tallies).map((one) => ({
      ...one,
      audience: CONTEST_AUDIENCES[one.audience] ?? one.audience,
    }))
    const mayAdd = mayEver('contest.edit', c.get('who').member)
    const done = c.req.query('xong') === 'luu' ? 'Đã lưu.' : null
    return c.html(contestsPage({ reader: readerOf(c.get('who')), items, gains, fewest: FEWEST, mayAdd, done }))
  })

  routes.get(`${LIST}/moi`, (c) => {
    if (!mayEver('contest.edit', c.get('who').member)) return refuse(c)
    const audience = c.req.query('cho') ?? ''
    if (!(audience in CONTEST_AUDIENCES)) {
      const audiences = Object.entries(CONTEST_AUDIENCES).map(([value, label]) => ({
        value,
        label,
        questions: itemsFor(talkBook(app), value).length,
      }))
      return c.html(audiencePage({ reader: readerOf(c.get('who')), audiences }))
    }
    const day = dayOf(app.now())
    const point = c.get('who').member.point ?? '-'
    return form(c, null, { ...EMPTY, audience, point, from: day, to: day }, randomUUID(), null)
  })
  routes.post(`${LIST}/moi`, (c) => (mayEver('contest.edit', c.get('who').member) ? save(c, null) : refuse(c)))

  routes.get(`${LIST}/:id`, (c) => withContest(c, 'contest.read', (one) => showContest(app, places, c, one)))
  routes.get(`${LIST}/:id/to-in`, (c) => withContest(c, 'contest.read', (one) => showSheet(places, c, one)))
  routes.get(`${LIST}/:id/sua`, (c) =>
    withContest(c, 'contest.edit', (one) =>
      one.state === 'draft' ? form(c, one, draftOfContest(one), randomUUID(), null) : back(c, one),
    ),
  )
  routes.post(`${LIST}/:id/sua`, (c) =>
    withContest(c, 'contest.edit', (one) => (one.state === 'draft' ? save(c, one) : back(c, one))),
  )
  routes.post(`${LIST}/:id/mo`, (c) =>
    change(c, (one, sent) => {
      const phase = sent.one('phase')
      const pair = one.phase !== 'single'
      const next = PHASES.find((each) => each === phase && (each !== 'single') === pair)
      return next === undefined || one.state === 'ended' ? null : { ...one, state: 'open', phase: next }
    }),
  )
  routes.post(`${LIST}/:id/dong`, (c) =>
    change(c, (one) => (one.state === 'open' ? { ...one, state: 'closed' } : null)),
  )
  routes.post(`${LIST}/:id/ket-thuc`, (c) =>
    change(c, (one) => (one.state === 'ended' ? null : { ...one, state: 'ended' })),
  )
  routes.post(`${LIST}/:id/ma`, (c) =>
    withContest(c, 'contest.edit', async (one) => {
      const typed = (await readForm(c)).one('code').slice(0, 20)
      return showContest(app, places, c, one, { typed })
    }),
  )
  routes.post(`${LIST}/:id/trao`, (c) =>
    withContest(c, 'contest.edit', async (one) => {
      const typed = (await readForm(c)).one('code').slice(0, 20)
      const hash = prizeHash(app, typed)
      const known = hash === null ? null : await readCode(app.store, one.id, hash)
      if (hash === null || known === null || known.handedOn !== null) return showContest(app, places, c, one, { typed })
      const { id } = c.get('who').member
      await audited(c, 'contest.edit', null, { about: one.id, point: one.point }, [
        handingPrize(one.id, hash, id, dayOf(app.now())),
      ])
      return c.redirect(`${LIST}/${one.id}?xong=trao`, 303)
    }),
  )
  // A reload of a page that answered a form.
  routes.get(`${LIST}/:id/:verb`, (c) => c.redirect(`${LIST}/${encodeURIComponent(c.req.param('id'))}`, 303))
  return routes

  async function withContest(
    c: C,
    action: Action,
    then: (one: Contest) => Response | Promise<Response>,
  ): Promise<Response> {
    if (!mayEver('contest.read', c.get('who').member)) return refuse(c)
    const one = (await allContests(app.store)).find(({ id }) => id === c.req.param('id'))
    if (!one) return c.html(errorPage(404), 404)
    return allowed(c, action, one.point) ? then(one) : refuse(c)
  }

  /** What a press makes of a contest; null where it has no meaning any more. */
  function change(c: C, make: (one: Contest, sent: Form) => Contest | null): Promise<Response> {
    return withContest(c, 'contest.edit', async (one) => {
      const next = make(one, await readForm(c))
      if (!next) return back(c, one)
      await audited(c, 'contest.edit', null, { about: one.id, point: one.point }, [
        placingContest(next),
        ...(next.state === 'ended' ? [forgettingTries(one.id)] : []),
        bumpingDirectory(newVersion(app)),
      ])
      return c.redirect(`${LIST}/${one.id}?xong=${next.state}`, 303)
    })
  }

  async function save(c: C, before: Contest | null): Promise<Response> {
    const sent = await readForm(c)
    const draft = draftOf(sent)
    const formId = sent.one('id').slice(0, 100) || randomUUID()
    const point = draft.point === '-' ? null : draft.point
    if (!allowed(c, 'contest.edit', point)) return refuse(c)
    const read = readContestForm(talkBook(app), draft, dayOf(app.now()))
    if ('problem' in read) return form(c, before, draft, formId, read.problem)
    const id = before?.id ?? idOfForm(app, 'contest', c.get('who').id, formId)
    const entrance = before?.entrance ?? `${ENTRANCE_OF_CONTEST}${entranceOf(app, id)}`
    // The same form sent twice must not take back what was opened meanwhile.
    const known = (await allContests(app.store)).find((one) => one.id === id)
    if (!known || known.state === 'draft')
      await audited(c, 'contest.edit', null, { about: id, point }, [
        placingContest({ ...read.contest, id, entrance, point, state: 'draft' }),
        bumpingDirectory(newVersion(app)),
      ])
    return c.redirect(`${LIST}/${id}?xong=luu`, 303)
  }

  async function form(
    c: C,
    before: Contest | null,
    draft: ContestDraft,
    formId: string,
    problem: string | null,
  ): Promise<Response> {
    const view = {
      reader: readerOf(c.get('who')),
      formId,
      path: before ? `${LIST}/${before.id}/sua` : `${LIST}/moi`,
      isNew: before === null,
      draft,
      audience: CONTEST_AUDIENCES[draft.audience] ?? '',
      points: keepers(c),
      topics: questionsFor(talkBook(app), draft.audience),
      fewest: FEWEST_QUESTIONS,
      most: MOST_QUESTIONS,
      longest: { title: CONTEST_TITLE, prize: CONTEST_PRIZE },
      problem,
    }
    return c.html(contestFormPage(view), problem === null ? 200 : 400)
  }

  function back(c: C, { id }: Contest): Response {
    return c.redirect(`${LIST}/${id}`, 303)
  }

  function allowed(c: C, action: Action, point: string | null): boolean {
    const above = app.directory().points.find(({ id }) => id === point)?.above
    return may(action, c.get('who').member, { point: point ?? '', above })
  }

  function keepers(c: C) {
    const points = app.directory().points.filter(({ id }) => allowed(c, 'contest.edit', id))
    const tier = allowed(c, 'contest.edit', null) ? [{ value: '-', label: 'Tuyến trên' }] : []
    return [...points.map(({ id, name }) => ({ value: id, label: name })), ...tier]
  }

  function keeperName(point: string | null): string {
    return app.directory().points.find(({ id }) => id === point)?.name ?? 'tuyến trên'
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}

const ENTRANCE_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A short code for paper, computed from the contest: it opens nothing but the contest. */
function entranceOf(app: App, id: string): string {
  return [...app.vault.hashToken(`entrance:${id}`).slice(0, 6)]
    .map((letter) => ENTRANCE_LETTERS[letter.charCodeAt(0) % ENTRANCE_LETTERS.length])
    .join('')
}
