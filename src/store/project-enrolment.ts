import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Id } from '../engine/content.ts'
import type { Event } from '../engine/event.ts'
import { consent, consentText, enrolment, enrolmentStep } from './enrolment-tables.ts'
import { build, p, type Query, write } from './query.ts'
import { words } from './schema.ts'

export type EnrolmentEvent = Extract<
  Event,
  {
    type:
      | 'consent_given'
      | 'consent_withdrawn'
      | 'answers_dropped'
      | 'enrolment_requested'
      | 'enrolment_stepped'
      | 'paper_ticked'
      | 'enrolment_transfer_asked'
      | 'enrolment_transfer_ended'
      | 'enrolment_transferred'
      | 'enrolment_expired'
  }
>

const give = write(
  build.insert(consent).values({
    id: p('id'),
    contact: p('contact'),
    purpose: p('purpose'),
    version: p('version'),
    heardBy: p('by'),
    givenAt: p('at'),
  }),
)
const keepText = write(
  build
    .insert(consentText)
    .values({ version: p('version'), key: p('key'), text: p('text'), firstAt: p('at') })
    .onConflictDoNothing(),
)
const withdraw = write(
  build
    .update(consent)
    .set({ withdrawnAt: p('at'), withdrawnBy: p('by') } as never)
    .where(and(eq(consent.id, p('id')), isNull(consent.withdrawnAt))),
)
const dropWords = write(build.delete(words).where(and(eq(words.id, p('id')), eq(words.contact, p('contact')))))
const request = write(
  build.insert(enrolment).values({
    id: p('id'),
    contact: p('contact'),
    whom: p('whom') as never,
    form: p('form'),
    point: p('point'),
    state: 'asked',
    askedAt: p('at'),
    movedAt: p('at'),
    consent: p('consent'),
    chosePolice: p('chosePolice') as never,
    answers: p('answers'),
  }),
)
const addStep = write(
  build.insert(enrolmentStep).values({
    id: p('id'),
    enrolment: p('enrolment'),
    step: p('step'),
    at: p('at'),
    by: p('by'),
    fromPoint: p('from'),
    toPoint: p('to'),
    note: p('note'),
  }),
)
/** What is taken back by the person leaves no answers behind. */
const stand = write(
  build
    .update(enrolment)
    .set({
      state: p('to'),
      movedAt: p('at'),
      answers: sql`case when ${p('dropped')} then null else answers end`,
      form: sql`case when ${p('dropped')} then 'chua-biet' else form end`,
    } as never)
    .where(eq(enrolment.id, p('id'))),
)
const askTransfer = write(
  build
    .update(enrolment)
    .set({ transferTo: p('to') } as never)
    .where(eq(enrolment.id, p('id'))),
)
const moveTo = write(
  build
    .update(enrolment)
    // Who of the staff may read it was chosen for the old point.
    .set({ point: p('to'), transferTo: null, chosePolice: false, movedAt: p('at') } as never)
    .where(eq(enrolment.id, p('id'))),
)

/** The rows that follow from what somebody agreed to, and from their request. */
export function projectEnrolment(one: EnrolmentEvent, contact: Id): readonly Query[] {
  switch (one.type) {
    case 'consent_given': {
      const { id, purpose, version, key, text, by, at } = one
      return [give({ id, contact, purpose, version, by, at }), keepText({ version, key, text, at })]
    }
    case 'consent_withdrawn':
      return [withdraw({ id: one.id, by: one.by, at: one.at })]
    case 'answers_dropped':
      return one.texts.map((id) => dropWords({ id, contact }))
    case 'enrolment_requested': {
      const { id, whom, form, point } = one.enrolment
      const { consent: yes, values, by, at } = one
      const chosePolice = one.chosePolice ?? false
      return [
        request({ id, contact, whom, form, point, at, consent: yes, chosePolice, answers: JSON.stringify(values) }),
        addStep({ id: `${id}:asked`, enrolment: id, step: 'asked', at, by, from: null, to: point, note: null }),
      ]
    }
    case 'enrolment_stepped': {
      const { id, enrolment: of, to, by, at, words: note } = one
      return [
        stand({ id: of, to, at, dropped: to === 'declined' && by === null ? 1 : 0 }),
        addStep({ id, enrolment: of, step: to, at, by, from: null, to: null, note: note?.id ?? null }),
      ]
    }
    case 'enrolment_transfer_asked':
      return [askTransfer({ id: one.enrolment, to: one.to })]
    case 'enrolment_transfer_ended':
      return [askTransfer({ id: one.enrolment, to: null })]
    case 'enrolment_transferred': {
      const { id, enrolment: of, from, to, by, at } = one
      return [
        moveTo({ id: of, to, at }),
        addStep({ id, enrolment: of, step: 'transferred', at, by, from, to, note: null }),
      ]
    }
    case 'enrolment_expired':
      return expireOne.map((part) => part({ id: one.enrolment, contact, at: one.at }))
    // Kept in the conversation alone.
    case 'paper_ticked':
      return []
    default:
      return one satisfies never
  }
}

const drawn = sql`lower(hex(randomblob(12)))`
const mine = sql`select id from enrolment where contact = ${p('contact')}`
const thisOne = and(eq(enrolment.id, p('id')), eq(enrolment.contact, p('contact')))
/** The name that its steps are to have, too. */
const rename = { transferTo: drawn }
const renameStep = {
  id: drawn,
  enrolment: sql`(select transfer_to from enrolment e where e.id = enrolment_step.enrolment)`,
  note: null,
}
const letGo = {
  id: sql`transfer_to`,
  contact: null,
  consent: '',
  answers: null,
  transferTo: null,
  state: sql`case when state = 'started' then state else 'declined' end`,
  movedAt: sql`case when state in ('started', 'declined') then moved_at else ${p('at')} end`,
}
/** What the age of one request takes, of somebody who stays: as an erasure does, with what staff noted of it. */
const expireOne = [
  write(
    build
      .delete(words)
      .where(
        and(
          eq(words.contact, p('contact')),
          sql`${words.id} in (select note from enrolment_step where enrolment = ${p('id')})`,
        ),
      ),
  ),
  write(
    build
      .update(enrolment)
      .set(rename as never)
      .where(thisOne),
  ),
  write(
    build
      .update(enrolmentStep)
      .set(renameStep as never)
      .where(and(eq(enrolmentStep.enrolment, p('id')), sql`${enrolmentStep.enrolment} in (${mine})`)),
  ),
  write(
    build
      .update(enrolment)
      .set(letGo as never)
      .where(thisOne),
  ),
]
/**
 * What an erasure takes of them. A request keeps its steps for the counts under a name that is drawn anew, for the old
 * one is computed from the contact and would lead back.
 */
export const eraseEnrolments = [
  write(
    build
      .update(enrolment)
      .set(rename as never)
      .where(eq(enrolment.contact, p('contact'))),
  ),
  write(
    build
      .update(enrolmentStep)
      .set(renameStep as never)
      .where(sql`${enrolmentStep.enrolment} in (${mine})`),
  ),
  write(
    build
      .update(enrolment)
      .set(letGo as never)
      .where(eq(enrolment.contact, p('contact'))),
  ),
  write(
    build
      .update(consent)
      .set({ id: drawn, contact: null, withdrawnAt: sql`coalesce(withdrawn_at, ${p('at')})` } as never)
      .where(eq(consent.contact, p('contact'))),
  ),
]
