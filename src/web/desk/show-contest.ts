import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import type { App } from '../../app/app.ts'
import { prizeHash } from '../../app/contest-facts.ts'
import { FEWEST, resultsOf } from '../../app/contest-figures.ts'
import { may } from '../../app/permissions.ts'
import { ENTRANCE_PAYLOAD } from '../../engine/entrance.ts'
import { dayOf } from '../../engine/hours.ts'
import type { Contest } from '../../engine/quiz/contest.ts'
import { questionOf, sameQuestion } from '../../engine/quiz/quiz.ts'
import { countCodes, readCode, talliesOf } from '../../store/contests.ts'
import { contestPage, contestSheet } from '../pages/desk/contest.ts'
import { writtenDay } from './call-day.ts'
import { goneFrom } from './contest-gone.ts'
import { CONTEST_AUDIENCES, PHASE_WORDS, stateWords } from './contest-words.ts'
import type { ContestPlaces } from './contests.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const DONE: Readonly<Record<string, string>> = {
  luu: 'Đã lưu.',
  open: 'Đã mở. Trong vài giây nữa ai có mã đều vào được.',
  closed: 'Đã đóng.',
  ended: 'Đã kết thúc, đã xoá dấu ai đã thi.',
  trao: 'Đã ghi là đã trao quà.',
}

/** @param more the code that somebody brought */
export async function showContest(
  app: App,
  places: ContestPlaces,
  c: C,
  one: Contest,
  more: { typed?: string } = {},
): Promise<Response> {
  const above = app.directory().points.find(({ id }) => id === one.point)?.above
  const mayEdit = may('contest.edit', c.get('who').member, { point: one.point ?? '', above })
  const results = resultsOf(one, await talliesOf(app.store, [one.id]))
  const shown = results.filter(({ mean }) => mean !== null)
  const percent = (share: number | null) => (share === null ? '–' : `${share}%`)
  return c.html(
    contestPage({
      reader: readerOf(c.get('who')),
      id: one.id,
      formId: randomUUID(),
      title: one.title,
      facts: [
        ['Lúc này', stateWords(one, dayOf(app.now()), goneFrom(app, one))],
        ['Dành cho', CONTEST_AUDIENCES[one.audience] ?? one.audience],
        ['Ngày', `${writtenDay(one.from)} – ${writtenDay(one.to)}`],
        ['Mỗi người', one.phase === 'single' ? 'một lần' : 'hai lần: trước và sau buổi'],
        ['Tổ chức', app.directory().points.find(({ id }) => id === one.point)?.name ?? 'Tuyến trên'],
        ...(one.prize === '' ? [] : [['Quà', `${one.prize} · ${one.prizeAt}`] as const]),
      ],
      acts: mayEdit ? actsOf(one) : [],
      mayChange: mayEdit && one.state === 'draft',
      mayEnd: mayEdit && one.state !== 'ended' && one.state !== 'draft',
      mayHand: mayEdit,
      results: results.map(({ phase, tries, mean, going }) => ({
        phase: PHASE_WORDS[phase],
        tries: tries === null ? `<${FEWEST}` : String(tries),
        mean: percent(mean),
        going,
      })),
      phases: shown.map(({ phase }) => PHASE_WORDS[phase]),
      questions: one.questions.map((question, n) => ({
        question: question.question,
        answer: question.answers[question.right - 1] ?? '',
        topic: app.book().topics.find(({ id }) => id === question.topic)?.title ?? question.topic,
        changed: !sameQuestion(question, questionOf(app.book(), question)),
        shares: shown.map(({ questions }) => percent(questions[n] ?? null)),
      })),
      ways: waysInto(places, c, one),
      codes: one.prize === '' ? null : await countCodes(app.store, one.id),
      code: more.typed === undefined ? null : await codeOf(app, one, more.typed),
      fewest: FEWEST,
      done: DONE[c.req.query('xong') ?? ''] ?? null,
      problem: null,
    }),
  )
}

function actsOf({ state, phase }: Contest) {
  const open = (of: string, label: string, second = false) => ({ verb: 'mo', phase: of, label, second })
  const close = { verb: 'dong', label: 'Đóng', second: true }
  if (state === 'ended') return []
  if (phase === 'single') return state === 'open' ? [close] : [open('single', 'Mở cuộc thi')]
  if (state !== 'open') return [open('before', 'Mở phần trước buổi'), open('after', 'Mở phần sau buổi')]
  const other =
    phase === 'before' ? open('after', 'Chuyển sang phần sau buổi') : open('before', 'Về phần trước buổi', true)
  return [other, close]
}

async function codeOf(app: App, one: Contest, typed: string) {
  const hash = prizeHash(app, typed)
  const known = hash === null ? null : await readCode(app.store, one.id, hash)
  if (known === null) return { typed, words: 'Không có mã này trong cuộc thi này. Xem lại từng chữ.', mayHand: false }
  if (known.handedOn !== null)
    return { typed, words: `Mã này đã trao quà ngày ${writtenDay(known.handedOn)}.`, mayHand: false }
  return { typed, words: 'Mã đúng, chưa trao.', mayHand: true }
}

function waysInto({ publicUrl, telegram }: ContestPlaces, c: C, { entrance }: Contest) {
  return {
    web: `${publicUrl ?? new URL(c.req.url).origin}/chat?vao=${entrance}`,
    telegram: telegram === null ? null : `${telegram}?start=${ENTRANCE_PAYLOAD}${entrance}`,
  }
}

/** The sheet with the pictures of the ways in. */
export async function showSheet(places: ContestPlaces, c: C, one: Contest): Promise<Response> {
  const ways = waysInto(places, c, one)
  const { renderSVG } = await import('uqr')
  const all = [
    { name: 'Trên web, không cần cài gì', address: ways.web },
    ...(ways.telegram ? [{ name: 'Trên Telegram', address: ways.telegram }] : []),
  ]
  return c.html(
    contestSheet({
      id: one.id,
      title: one.title,
      until: writtenDay(one.to),
      questions: one.questions.length,
      ways: all.map((way) => ({ ...way, qr: renderSVG(way.address, { border: 2 }) })),
    }),
  )
}
