import { randomUUID } from 'node:crypto'
import { raw } from 'hono/html'
import type { App } from '../../app/app.ts'
import { may } from '../../app/permissions.ts'
import type { Purpose } from '../../engine/consent.ts'
import type { Id } from '../../engine/content.ts'
import type { AnswerRef } from '../../engine/conversation.ts'
import { NO_PLAN, type Paper, runningClocks } from '../../engine/enrolment/clocks.ts'
import { ENROLMENT_STATES, type EnrolmentStep, enrolmentCode, isOver } from '../../engine/enrolment/enrolment.ts'
import { formatDateTime } from '../../engine/hours.ts'
import { shortCode } from '../../engine/short-code.ts'
import { consentsOf, type EnrolmentRow, type StepRow, stepsOf, type TransferReceipt } from '../../store/enrolments.ts'
import { openWords } from '../../store/lines.ts'
import { load } from '../../store/load.ts'
import { lastForm } from '../../store/tickets.ts'
import { type EnrolmentItem, type EnrolmentView, enrolmentPage } from '../pages/desk/enrolment.ts'
import type { Markup } from '../pages/layout.ts'
import { describeCall } from './describe.ts'
import {
  AGE_WORDS,
  aboutEnrolment,
  clockWords,
  NEED_WORDS,
  PURPOSE_RIGHTS,
  PURPOSE_WORDS,
  STEP_WORDS,
  TREATMENT_WORDS,
  WHOM_WORDS,
} from './enrolment-words.ts'
import { personOf } from './show-visits.ts'
import { readerOf, staffName, type Who } from './who.ts'

/** What a form that was not carried out gives back to the page. */
export interface KeptEnrolment {
  message?: string
  done?: string | null
  draft?: string
  /** The answer that is uncovered on this page. */
  reveal?: string
}

/** A request in a list: its code and where it stands, and nothing of the person. */
export function enrolmentItem(
  app: App,
  row: EnrolmentRow,
  steps: readonly { step: EnrolmentStep; at: number }[],
): EnrolmentItem {
  const clocks = clocksFor(app, row, steps).toSorted((a, b) => a.dueAt - b.dueAt)
  const [first] = isOver(row) ? [] : clocks
  const need = codeOf(row.answers.need_today)
  return {
    id: row.id,
    code: enrolmentCode(row.id),
    form: TREATMENT_WORDS[row.form] ?? row.form,
    state: STEP_WORDS[row.state],
    since: `từ ${formatDateTime(row.movedAt)}`,
    clock: first ? clockWords(first, app.now()) : null,
    urgent: row.state === 'asked' && need !== null && need !== 'khong',
    asked: row.transferTo !== null,
  }
}

export function receiptItem(app: App, { id, at, fromPoint, toPoint, enrolment }: TransferReceipt) {
  const name = (point: Id) => app.directory().points.find((one) => one.id === point)?.name ?? point
  return {
    code: `CN-${shortCode(id)}`,
    words: `${enrolmentCode(enrolment)}, ${formatDateTime(at)}: từ ${name(fromPoint)} sang ${name(toPoint)}`,
  }
}

const SHOWN_MS = 7 * 86_400_000

function clocksFor(app: App, row: EnrolmentRow, steps: readonly { step: EnrolmentStep; at: number }[]) {
  const plan = app.book().enrolment ?? NO_PLAN
  const operator = app.settings.operator.kind ?? null
  const running = runningClocks(plan, { form: row.form, operator, steps }, app.directory().calendar)
  // What nothing ends is shown for some days after its time.
  return running.filter(({ plan: { until }, dueAt }) => until.length > 0 || app.now() < dueAt + SHOWN_MS)
}

/** The page of one request for this member of staff. */
export async function showEnrolment(app: App, who: Who, row: EnrolmentRow, kept: KeptEnrolment = {}): Promise<Markup> {
  const { conversation } = await load(app.store, row.contact)
  const about = aboutEnrolment(app, row)
  const { points } = app.directory()
  const steps = await stepsOf(app.store, row.id)
  const plan = app.book().enrolment ?? NO_PLAN
  const callback = await lastForm(app.store, row.contact, 'callback')
  const ticked = conversation.enrolment?.id === row.id ? conversation.enrolment.papers : []
  const view: EnrolmentView = {
    reader: readerOf(who),
    path: `/desk/dang-ky/${row.id}`,
    callPath: row.ticket === null ? `/desk/dang-ky/${row.id}` : `/desk/tickets/${row.ticket}`,
    formId: randomUUID(),
    code: enrolmentCode(row.id),
    state: STEP_WORDS[row.state],
    over: isOver(row),
    facts: await factsOf(app, row, kept.reveal ?? null),
    callback: callback && (await describeCall(app, callback, kept.reveal === 'phone')),
    person: await personOf(app, who, row),
    clocks: clocksFor(app, row, steps).map((clock) => clockWords(clock, app.now())),
    papers: papersFor(app, row).map((paper) => ({ ...paper, rests: restsOn(paper), done: ticked.includes(paper.id) })),
    asOf: plan.asOf.split('-').reverse().join('/'),
    steps: await Promise.all(steps.map((step) => describeStep(app, step))),
    // What was agreed to for something else is not for whoever reads the request: its words may name a place or a person.
    consents: (await consentsOf(app.store, row.contact)).filter(isOfRequest).map((one) => ({
      words: PURPOSE_WORDS[one.purpose as Purpose] ?? one.purpose,
      when: `${formatDateTime(one.givenAt)}${one.heardBy === null ? ', chính người ấy' : `, ${staffName(app, one.heardBy)} nghe`}`,
      ended: one.withdrawnAt === null ? null : `thôi từ ${formatDateTime(one.withdrawnAt)}`,
      text: one.text,
    })),
    states: ENROLMENT_STATES.filter((state) => state !== row.state && state !== 'asked').map((state) => ({
      value: state,
      label: STEP_WORDS[state],
    })),
    points: points.filter(({ id }) => id !== row.point).map(({ id, name }) => ({ value: id, label: name })),
    transferTo: points.find(({ id }) => id === row.transferTo)?.name ?? null,
    mayWrite: may('enrolment.write', who.member, about),
    query: raw(`yc=${encodeURIComponent(row.id)}`),
    draft: kept.draft ?? '',
    message: kept.message ?? null,
    done: kept.done ?? null,
  }
  return enrolmentPage(view)
}

const isOfRequest = ({ purpose }: { purpose: string }): boolean =>
  PURPOSE_RIGHTS[purpose as Purpose] === 'enrolment.read'

/** The papers of the way this request is about. */
export function papersFor(app: App, { form }: Pick<EnrolmentRow, 'form'>): readonly Paper[] {
  const { papers } = app.book().enrolment ?? NO_PLAN
  return papers[form] ?? papers['chua-biet'] ?? []
}

const restsOn = ({ article, confirmed }: Paper): string => (confirmed ? article : `${article}; hỏi lại`)

async function describeStep(app: App, { step, at, by, note, toPoint }: StepRow) {
  const name = app.directory().points.find(({ id }) => id === toPoint)?.name
  return {
    words: step === 'transferred' && name ? `${STEP_WORDS[step]} sang ${name}` : STEP_WORDS[step],
    when: `${formatDateTime(at)} · ${by === null ? 'chính người ấy' : staffName(app, by)}`,
    note: note === null ? null : await openWords(app.store, app.vault, note),
  }
}

const codeOf = (answer: AnswerRef | undefined): string | null => (answer?.type === 'code' ? answer.value : null)

async function factsOf(app: App, row: EnrolmentRow, reveal: string | null): Promise<EnrolmentView['facts']> {
  const { answers } = row
  const { points, communes } = app.directory()
  const commune = codeOf(answers.commune)
  const plain = (name: string, value: string) => ({ name, value, covered: null })
  const called = answers.call_name
  const name =
    called?.type === 'words' && reveal === 'call_name'
      ? ((await openWords(app.store, app.vault, called.id)) ?? 'không còn giữ')
      : null
  return [
    called?.type === 'words'
      ? { name: 'Gọi là', value: name ?? '', covered: name === null ? 'call_name' : null }
      : plain('Gọi là', `mã ${enrolmentCode(row.id)}`),
    plain('Hỏi', WHOM_WORDS[row.whom]),
    plain('Cách mong muốn', TREATMENT_WORDS[row.form] ?? row.form),
    plain('Lúc gửi', NEED_WORDS[codeOf(answers.need_today) ?? 'khong'] ?? 'không nói'),
    ...(row.whom === 'minh' ? [plain('Tuổi', AGE_WORDS[codeOf(answers.age_band) ?? 'khong-noi'] ?? 'không nói')] : []),
    plain(
      'Xã, phường',
      codeOf(answers.no_home) === null
        ? (communes.find(({ id }) => id === commune)?.name ?? 'không nói')
        : 'chưa có chỗ ở ổn định',
    ),
    plain('Nói với người nhà', codeOf(answers.relative_may_know) === 'co' ? 'được' : 'không'),
    plain('Điểm nhận', points.find(({ id }) => id === row.point)?.name ?? row.point),
    ...(row.chosePolice ? [plain('Người nhận', 'người ấy chọn cán bộ công an')] : []),
    plain('Gửi lúc', formatDateTime(row.askedAt)),
  ]
}
