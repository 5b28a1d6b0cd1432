import { asc, desc, eq, sql } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import type { AnswerRef } from '../engine/conversation.ts'
import type { EnrolmentState, EnrolmentStep, TreatmentForm, Whom } from '../engine/enrolment/enrolment.ts'
import { consent, consentText, enrolment, enrolmentStep } from './enrolment-tables.ts'
import { build, p, select } from './query.ts'
import { conversation } from './schema.ts'
import type { Store } from './store.ts'

/** A request as staff of its point see it. */
export interface EnrolmentRow {
  id: Id
  contact: Id
  /** The turn their conversation stood at when this was read. */
  seq: number
  whom: Whom
  form: TreatmentForm
  point: Id
  transferTo: Id | null
  state: EnrolmentState
  askedAt: Instant
  movedAt: Instant
  chosePolice: boolean
  answers: Readonly<Record<string, AnswerRef>>
  ticket: Id | null
  walkIn: boolean
}

const rows = () =>
  build
    .select({
      id: enrolment.id,
      contact: sql<string>`${enrolment.contact}`.as('contact'),
      seq: conversation.seq,
      whom: enrolment.whom,
      form: sql<TreatmentForm>`${enrolment.form}`.as('form'),
      point: enrolment.point,
      transferTo: enrolment.transferTo,
      state: sql<EnrolmentState>`${enrolment.state}`.as('state'),
      askedAt: enrolment.askedAt,
      movedAt: enrolment.movedAt,
      chosePolice: sql<number>`${enrolment.chosePolice}`.as('chose_police'),
      answers: sql<string>`coalesce(${enrolment.answers}, '{}')`.as('answers'),
      ticket: conversation.ticket,
      walkIn: sql<number>`json_extract(${conversation.body}, '$.walkIn') is not null`.as('walk_in'),
    })
    .from(enrolment)
    .innerJoin(conversation, eq(conversation.contact, enrolment.contact))

const inPoints = sql`${enrolment.point} in (select value from json_each(${p('points')})) and (${p('onlyChosen')} = 0 or ${enrolment.chosePolice} = 1)`
const open = select(
  rows()
    .where(sql`${enrolment.state} not in ('started', 'declined') and ${inPoints}`)
    .orderBy(asc(enrolment.movedAt), asc(enrolment.id))
    .limit(500),
)
const ended = select(
  rows()
    .where(sql`${enrolment.state} in ('started', 'declined') and ${enrolment.movedAt} >= ${p('since')} and ${inPoints}`)
    .orderBy(desc(enrolment.movedAt))
    .limit(200),
)
const byId = select(rows().where(eq(enrolment.id, p('id') as never)))
const ofContact = select(
  rows()
    .where(eq(enrolment.contact, p('contact') as never))
    .orderBy(desc(enrolment.askedAt))
    .limit(1),
)

type Found = Omit<EnrolmentRow, 'chosePolice' | 'walkIn' | 'answers'> & {
  chosePolice: number
  walkIn: number
  answers: string
}
const toRow = ({ chosePolice, walkIn, answers, ...row }: Found): EnrolmentRow => ({
  ...row,
  chosePolice: chosePolice === 1,
  walkIn: walkIn === 1,
  answers: JSON.parse(answers) as EnrolmentRow['answers'],
})

/** Whose requests a list holds: those of these points, and for staff of the police only where they were chosen. */
export interface RequestsOf {
  points: readonly Id[]
  onlyChosen?: boolean
}

const boundTo = ({ points, onlyChosen = false }: RequestsOf) => ({
  points: JSON.stringify(points),
  onlyChosen: onlyChosen ? 1 : 0,
})

/** Requests that go on, the one that moved longest ago first. */
export async function openEnrolmentsAt(store: Store, whose: RequestsOf): Promise<readonly EnrolmentRow[]> {
  return (await store.read(open(boundTo(whose)))).map((row) => toRow(row as Found))
}

/** Requests that ended since then: begun, or given up. */
export async function endedEnrolmentsAt(
  store: Store,
  whose: RequestsOf,
  since: Instant,
): Promise<readonly EnrolmentRow[]> {
  return (await store.read(ended({ ...boundTo(whose), since }))).map((row) => toRow(row as Found))
}

export async function readEnrolment(store: Store, id: Id): Promise<EnrolmentRow | null> {
  const row = (await store.read(byId({ id })))[0]
  return row ? toRow(row as Found) : null
}

/** The latest request of this person. */
export async function enrolmentOfContact(store: Store, contact: Id): Promise<EnrolmentRow | null> {
  const row = (await store.read(ofContact({ contact })))[0]
  return row ? toRow(row as Found) : null
}

export interface StepRow {
  id: Id
  step: EnrolmentStep
  at: Instant
  by: Id | null
  fromPoint: Id | null
  toPoint: Id | null
  note: Id | null
}

const steps = select(
  build
    .select({
      id: enrolmentStep.id,
      step: sql<EnrolmentStep>`${enrolmentStep.step}`.as('step'),
      at: enrolmentStep.at,
      by: enrolmentStep.by,
      fromPoint: enrolmentStep.fromPoint,
      toPoint: enrolmentStep.toPoint,
      note: enrolmentStep.note,
    })
    .from(enrolmentStep)
    .where(eq(enrolmentStep.enrolment, p('id') as never))
    .orderBy(asc(enrolmentStep.at), asc(enrolmentStep.id)),
)

/** Every step of a request, the first one first. */
export async function stepsOf(store: Store, id: Id): Promise<readonly StepRow[]> {
  return store.read(steps({ id }))
}

const stepsOfMany = select(
  build
    .select({
      enrolment: enrolmentStep.enrolment,
      step: sql<EnrolmentStep>`${enrolmentStep.step}`.as('step'),
      at: enrolmentStep.at,
    })
    .from(enrolmentStep)
    .where(sql`${enrolmentStep.enrolment} in (select value from json_each(${p('ids')}))`)
    .orderBy(asc(enrolmentStep.enrolment), asc(enrolmentStep.at), asc(enrolmentStep.id)),
)

/** Every step of these requests, by request, the first one first: a clock counts from the last of them. */
export async function stepsOfEach(
  store: Store,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, readonly { step: EnrolmentStep; at: Instant }[]>> {
  const found = new Map<Id, { step: EnrolmentStep; at: Instant }[]>()
  for (const { enrolment: id, step, at } of await store.read(stepsOfMany({ ids: JSON.stringify(ids) }))) {
    const known = found.get(id)
    if (known) known.push({ step, at })
    else found.set(id, [{ step, at }])
  }
  return found
}

/** A receipt for a record that went from one point to another; it names nobody. */
export interface TransferReceipt {
  id: Id
  enrolment: Id
  at: Instant
  fromPoint: Id
  toPoint: Id
}

const points = sql`(select value from json_each(${p('points')}))`
const receipts = select(
  build
    .select({
      id: enrolmentStep.id,
      enrolment: enrolmentStep.enrolment,
      at: enrolmentStep.at,
      fromPoint: sql<string>`${enrolmentStep.fromPoint}`.as('from_point'),
      toPoint: sql<string>`${enrolmentStep.toPoint}`.as('to_point'),
    })
    .from(enrolmentStep)
    .where(
      sql`${enrolmentStep.step} = 'transferred' and ${enrolmentStep.at} >= ${p('since')} and (${enrolmentStep.fromPoint} in ${points} or ${enrolmentStep.toPoint} in ${points})`,
    )
    .orderBy(desc(enrolmentStep.at))
    .limit(200),
)

/** What was handed from or to one of these points since then, the newest first. */
export async function transferReceiptsAt(
  store: Store,
  points: readonly Id[],
  since: Instant,
): Promise<readonly TransferReceipt[]> {
  return store.read(receipts({ points: JSON.stringify(points), since }))
}

/** A yes as the ledger holds it. */
export interface ConsentRow {
  id: Id
  purpose: string
  version: string
  heardBy: Id | null
  givenAt: Instant
  withdrawnAt: Instant | null
  text: string
}

const consents = select(
  build
    .select({
      id: consent.id,
      purpose: consent.purpose,
      version: consent.version,
      heardBy: consent.heardBy,
      givenAt: consent.givenAt,
      withdrawnAt: consent.withdrawnAt,
      text: consentText.text,
    })
    .from(consent)
    .innerJoin(consentText, eq(consentText.version, consent.version))
    .where(eq(consent.contact, p('contact') as never))
    .orderBy(asc(consent.givenAt), asc(consent.id)),
)

/** Everything this person ever said yes to, with the text as it was shown. */
export async function consentsOf(store: Store, contact: Id): Promise<readonly ConsentRow[]> {
  return store.read(consents({ contact }))
}
