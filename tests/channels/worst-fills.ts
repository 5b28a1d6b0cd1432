import { FILLS } from '../../src/authoring/check-limits.ts'
import { sampleContests } from '../../src/authoring/play-world.ts'
import { PLAN_LIMIT, PLAN_PARTS } from '../../src/engine/accompany/plan.ts'
import { SCORES } from '../../src/engine/accompany/progress.ts'
import type { Book } from '../../src/engine/book.ts'
import type { Fills, FillValue } from '../../src/engine/content.ts'
import type { Directory, Point } from '../../src/engine/facts.ts'
import { type ComposeContext, compose } from '../../src/engine/fill.ts'
import { CONTEST_PRIZE, CONTEST_TITLE } from '../../src/engine/quiz/contest.ts'
import { itemsFor, type QuizPart } from '../../src/engine/quiz/quiz.ts'
import { PASS_ITEMS } from '../../src/engine/referrals/referral.ts'
import type { ServicePlace } from '../../src/engine/referrals/service.ts'
import { citation } from '../../src/engine/topic.ts'

/**
 * The longest that each placeholder can become: what forms and files take at most, hours that differ each day, and a
 * person who types a page into each field, with all that has ever broken markup in it.
 */
export const NASTY = '**<b>&amp;{bạn}</b>** *_`'
const upTo = (length: number) => `${NASTY} ${'Ưu '.repeat(length)}`.slice(0, length)
const LONG_ANSWER = `${NASTY} ${'đã '.repeat(5_000)}`
/** Chủ nhật, in a year of four digits: no instant is longer. */
const SUNDAY = Date.UTC(2026, 11, 27, 7, 30)

const SHIFTS = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [
  { weekday, from: 420 + weekday, to: 690 + weekday },
  { weekday, from: 780 + weekday, to: 1020 + weekday },
])

export function worstDirectory(directory: Directory): Directory {
  const point = (one: Point): Point => ({
    ...one,
    name: upTo(60),
    address: upTo(120),
    phone: '0912 345 678, 0987 654 321',
    nightPhone: '0912 345 678',
    shifts: SHIFTS,
  })
  const service = (one: ServicePlace): ServicePlace => ({
    ...one,
    name: upTo(80),
    address: upTo(120),
    phone: '0912 345 678, 0987 654',
    shifts: SHIFTS,
  })
  return {
    ...directory,
    points: directory.points.map(point),
    clubs: directory.clubs.map((club) => ({ ...club, name: upTo(120), place: upTo(200) })),
    services: (directory.services ?? []).map(service),
  }
}

export function worstContext(book: Book, directory: Directory): ComposeContext {
  return {
    book,
    directory: { ...worstDirectory(directory), contests: sampleContests(book, 'open') },
    pronoun: 'cháu',
    now: Date.UTC(2026, 11, 27, 17),
    service: { operator: upTo(80), operator_type: upTo(40), readers: upTo(60), retention_days: '3650' },
    answer: () => LONG_ANSWER,
  }
}

/**
 * By the name of each placeholder; one that is neither here nor counted by the checker makes the test that uses it fail.
 */
export function worstFills(
  book: Book,
  keys: readonly string[],
  context: ComposeContext,
): Readonly<Record<string, FillValue>> {
  const { points, communes, services = [] } = context.directory
  const text = (length: number): FillValue => ({ type: 'text', text: upTo(length) })
  const plain = (length: number): FillValue => ({ type: 'text', text: 'Ưu '.repeat(length).slice(0, length) })
  const answer: FillValue = { type: 'answer', id: 'a' }
  const ids = (list: readonly { id: string }[], count: number) => list.slice(0, count).map(({ id }) => id)
  const show = (value: FillValue) =>
    compose(
      { blocks: [{ key: 'x', fills: { x: value } }] },
      { ...context, book: { ...book, words: (key) => (key === 'x' ? ['{x}'] : book.words(key, 'vi')) } },
    ).paragraphs.join('\n\n').length
  const longest = (values: readonly FillValue[]) => values.toSorted((a, b) => show(b) - show(a))[0]!
  const ofKeys = (prefix: string) =>
    longest(
      keys
        .filter((key) => key.startsWith(prefix) && !key.endsWith('.lai'))
        .map((key): FillValue => ({ type: 'words', key })),
    )
  const when: FillValue = { type: 'instant', at: SUNDAY, as: 'date_time' }
  const day: FillValue = { type: 'text', text: '30/12/2026' }
  const place: FillValue = { type: 'point_line', id: points[0]!.id }
  const number: FillValue = { type: 'text', text: '20' }
  const ofQuiz = (part: QuizPart) =>
    longest(itemsFor(book, null).map(({ topic, n }): FillValue => ({ type: 'quiz', topic, n, part })))
  const commune = longest(communes.map(({ id }): FillValue => ({ type: 'commune', id })))
  const sources = longest(
    book.topics.map(
      (topic): FillValue => ({
        type: 'text',
        text: topic.sources
          .flatMap((id) => citation(book, topic, id) ?? [])
          .slice(0, 4)
          .join('; '),
      }),
    ),
  )
  return {
    // What the checker counts by name and nothing below makes longer is taken at that length.
    ...Object.fromEntries(Object.entries(FILLS).map(([name, length]) => [name, plain(length)])),
    as_of: day,
    review_by: day,
    call_time: { type: 'clock', minutes: 1430 },
    club_name: text(120),
    club_place: text(200),
    code: { type: 'text', text: 'ABCD-EFGH' },
    codes: { type: 'text', text: Array(20).fill('ABCD').join(', ') },
    commune,
    count: { type: 'text', text: '9999' },
    ended_on: day,
    enrol_age: ofKeys('dang-ky.tuoi.'),
    enrol_code: { type: 'text', text: 'ABCD-EFGH' },
    enrol_commune: commune,
    enrol_form: ofKeys('dang-ky.cach.'),
    enrol_name: answer,
    enrol_point: place,
    enrol_readers: ofKeys('dang-ky.ai-nhan.'),
    enrol_state: ofKeys('dang-ky.trang-thai.'),
    enrol_transfer: place,
    facilities_now: { type: 'services', ids: ids(services, 2) },
    join_code: answer,
    language: text(40),
    lines_now: { type: 'lines_now', for: 'suicide' },
    minutes: { type: 'text', text: '9999' },
    next_open: when,
    night_line: { type: 'night_line', points: ids(points, 3) },
    open_now: { type: 'open_now' },
    operator_notice: ofKeys('he-thong.don-vi.'),
    other: { type: 'text', text: 'ABCD' },
    own_help: { type: 'own_help', id: 'plan' },
    phone: answer,
    plan_point: place,
    point: { type: 'point', id: points[0]!.id },
    points: { type: 'points', ids: ids(points, 5) },
    priority: ofKeys('dien-thoai.muc.'),
    progress_month: { type: 'text', text: '12/2026' },
    contest_code: { type: 'text', text: 'QUA-ABCD-EFGH' },
    contest_least: number,
    contest_n: number,
    contest_of: number,
    contest_prize: text(CONTEST_PRIZE),
    contest_prize_at: text(CONTEST_PRIZE),
    contest_question: ofQuiz('question'),
    contest_score: number,
    contest_title: text(CONTEST_TITLE),
    contest_until: day,
    quiz_n: number,
    quiz_of: number,
    quiz_question: ofQuiz('question'),
    quiz_right: ofQuiz('right'),
    quiz_right_count: number,
    quiz_topic: longest(book.topics.map(({ id }): FillValue => ({ type: 'topic', id }))),
    quiz_why: ofQuiz('why'),
    receipt: { type: 'text', text: 'ABCDE-FGHJK' },
    referral_code: { type: 'text', text: 'ABCD-EFGH' },
    referral_passes: { type: 'words_list', keys: PASS_ITEMS.map((item) => `gioi-thieu.chuyen.${item}`) },
    referral_place: { type: 'service', id: services[0]!.id },
    referral_service: text(80),
    slot: when,
    sources,
    staff_institution: ofKeys('he-thong.noi-lam-viec.'),
    staff_name: text(40),
    supporter_body: ofKeys('nguoi-dong-hanh.to-chuc.'),
    supporter_every: ofKeys('nguoi-dong-hanh.hoi-tham.'),
    supporter_name: text(60),
    text: text(600),
    topic: longest(book.topics.map(({ id }): FillValue => ({ type: 'topic', id }))),
    visit_kind: ofKeys('lich-hen.loai.'),
    visit_label: answer,
    visit_place: text(200),
    visit_when: when,
    web: { type: 'text', text: `https://${'a'.repeat(47)}/chat` },
    ...Object.fromEntries(PLAN_PARTS.map((name) => [name, text(PLAN_LIMIT)])),
    ...Object.fromEntries(
      SCORES.flatMap((name) => ['then', 'now'].map((at) => [`progress_${name}_${at}`, ofKeys('tien-bo.muc.')])),
    ),
  } satisfies Fills
}
