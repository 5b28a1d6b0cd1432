import { getTableColumns } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Enrolment } from '../../src/engine/enrolment/enrolment.ts'
import type { Event } from '../../src/engine/event.ts'
import { consent, consentText, enrolment, enrolmentStep } from '../../src/store/enrolment-tables.ts'
import {
  consentsOf,
  endedEnrolmentsAt,
  enrolmentOfContact,
  openEnrolmentsAt,
  readEnrolment,
  stepsOf,
  stepsOfEach,
  transferReceiptsAt,
} from '../../src/store/enrolments.ts'
import { load } from '../../src/store/load.ts'
import { personLines } from '../../src/store/person.ts'
import { event, ticket, words } from '../../src/store/schema.ts'
import type { Vault } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'
import type { Opened } from './contract.ts'
import { allOf, happens, NOW } from './turns.ts'

const MAI = { points: ['mai'] }

/** What every engine of the house promises about consents and requests. */
export function keepsTheEnrolmentContract(open: () => Promise<Opened>): void {
  let opened: Opened
  let store: Store
  let vault: Vault
  beforeEach(async () => {
    opened = await open()
    store = opened.store
    vault = opened.vault
  })
  afterEach(() => opened.close())

  const does = (contact: string, events: readonly Event[]) => happens({ store, vault }, contact, events)
  const yes = (contact: string, version = 'v1'): Event => ({
    type: 'consent_given',
    id: `${contact}.c`,
    purpose: 'enrolment',
    key: 'dang-ky.thong-bao',
    version,
    by: null,
    at: NOW,
    text: `lời hỏi ${version}`,
  })
  const one = (contact: string): Enrolment => ({
    id: `${contact}.e`,
    whom: 'minh',
    form: 'tai-nha',
    point: 'mai',
    state: 'asked',
    movedAt: NOW,
    papers: [],
    transferTo: null,
  })
  const asks = (contact: string): readonly Event[] => [
    yes(contact),
    {
      type: 'answer_saved',
      name: 'call_name',
      answer: { type: 'words', id: `${contact}.n` },
      words: { id: `${contact}.n`, text: 'Nam' },
    },
    {
      type: 'enrolment_requested',
      enrolment: one(contact),
      consent: `${contact}.c`,
      values: { call_name: { type: 'words', id: `${contact}.n` }, age_band: { type: 'code', value: 'du-18' } },
      by: null,
      at: NOW,
    },
  ]
  const step = (contact: string, to: Enrolment['state'], at: number, by: string | null = 'lan'): Event => ({
    type: 'enrolment_stepped',
    id: `${contact}.${to}`,
    enrolment: `${contact}.e`,
    to,
    by,
    at,
    words: { id: `${contact}.${to}.note`, text: 'ghi chú' },
  })

  describe('the ledger of consents', () => {
    it('keeps each yes with the text it was said to, once for each version', async () => {
      await does('an', asks('an'))
      await does('ba', [yes('ba')])
      expect(await allOf(store, consentText)).toEqual([
        { version: 'v1', key: 'dang-ky.thong-bao', text: 'lời hỏi v1', firstAt: NOW },
      ])
      expect(await consentsOf(store, 'an')).toMatchObject([
        { purpose: 'enrolment', version: 'v1', heardBy: null, withdrawnAt: null, text: 'lời hỏi v1' },
      ])
      const stored = (await allOf(store, event)).filter(({ type }) => type === 'consent_given')
      expect(stored).toHaveLength(2)
      expect(JSON.stringify(stored)).not.toContain('lời hỏi')
    })

    it('ends a yes that is taken back, and still knows that it was given', async () => {
      await does('an', [yes('an')])
      await does('an', [{ type: 'consent_withdrawn', id: 'an.c', purpose: 'enrolment', by: null, at: NOW + 5 }])
      await does('an', [{ type: 'consent_withdrawn', id: 'an.c', purpose: 'enrolment', by: 'lan', at: NOW + 9 }])
      expect(await consentsOf(store, 'an')).toMatchObject([{ givenAt: NOW, withdrawnAt: NOW + 5 }])
      expect((await load(store, 'an')).conversation.consents).toEqual({})
    })

    it('after an erasure leads back to nobody', async () => {
      await does('an', asks('an'))
      await does('an', [{ type: 'contact_erased', receipt: 'R' }])
      expect(await allOf(store, consent)).toMatchObject([{ contact: null, withdrawnAt: expect.any(Number) }])
      const [row] = await allOf(store, enrolment)
      expect(row).toMatchObject({ contact: null, answers: null, state: 'declined' })
      expect(await openEnrolmentsAt(store, MAI)).toEqual([])
      // The steps stay together for the counts, under a name that leads nowhere.
      const steps = await allOf(store, enrolmentStep)
      expect(steps.map((each) => each.enrolment)).toEqual(steps.map(() => row!.id))
      const left = [...(await allOf(store, consent)), ...steps, row]
      expect(JSON.stringify(left)).not.toMatch(/"an[.:]/)
    })
  })

  describe('a request', () => {
    it('is found by its point’s staff with every step, who and when', async () => {
      await does('an', asks('an'))
      await does('an', [step('an', 'answered', NOW + 1)])
      const [row] = await openEnrolmentsAt(store, MAI)
      expect(row).toMatchObject({ id: 'an.e', contact: 'an', point: 'mai', state: 'answered', form: 'tai-nha' })
      expect(row!.answers).toEqual({
        call_name: { type: 'words', id: 'an.n' },
        age_band: { type: 'code', value: 'du-18' },
      })
      expect(await stepsOf(store, 'an.e')).toMatchObject([
        { step: 'asked', by: null, at: NOW },
        { step: 'answered', by: 'lan', at: NOW + 1, note: 'an.answered.note' },
      ])
      expect((await stepsOfEach(store, ['an.e'])).get('an.e')?.map((each) => each.step)).toEqual(['asked', 'answered'])
      expect(await enrolmentOfContact(store, 'an')).toMatchObject({ id: 'an.e' })
    })

    it('moves to another point with a receipt that names nobody', async () => {
      await does('an', asks('an'))
      await does('an', [
        { type: 'enrolment_transfer_asked', id: 'an.t', enrolment: 'an.e', to: 'dao', by: 'lan', at: NOW + 1 },
      ])
      expect(await readEnrolment(store, 'an.e')).toMatchObject({ point: 'mai', transferTo: 'dao' })
      const moved = { enrolment: 'an.e', from: 'mai', to: 'dao', consent: 'an.c2', by: null, at: NOW + 2 } as const
      await does('an', [{ type: 'enrolment_transferred', id: 'an.m', ...moved }])
      expect(await readEnrolment(store, 'an.e')).toMatchObject({ point: 'dao', transferTo: null })
      const receipts = await transferReceiptsAt(store, ['dao'], NOW)
      expect(receipts).toEqual([{ id: 'an.m', enrolment: 'an.e', at: NOW + 2, fromPoint: 'mai', toPoint: 'dao' }])
    })

    it('is in its point’s list with all its steps however many older ones are open elsewhere', async () => {
      await does('an', asks('an'))
      const many = JSON.stringify(Array.from({ length: 505 }, (_, n) => `x${n}`))
      const columns = 'id, contact, whom, form, point, state, asked_at, moved_at, consent, chose_police'
      await store.batch([
        {
          sql: `insert into enrolment (${columns}) select value, 'an', 'minh', 'tai-nha', 'dao', 'asked', 1, 1, 'c', 0 from json_each(?)`,
          params: [many],
        },
        {
          sql: `insert into enrolment (${columns}) select 'e' || value, 'an', 'minh', 'tai-nha', 'dao', 'declined', 1, ${NOW + 9}, 'c', 0 from json_each(?)`,
          params: [many],
        },
        {
          sql: `insert into enrolment_step (id, enrolment, step, at) select a.value || b.value, a.value, 'asked', 1 from json_each(?) a, json_each('[1,2,3,4,5,6,7,8,9,10]') b`,
          params: [many],
        },
        {
          sql: `insert into enrolment_step (id, enrolment, step, at, from_point, to_point) select 't' || value, value, 'transferred', ${NOW + 9}, 'dao', 'xa' from json_each(?)`,
          params: [many],
        },
      ])
      const open = await openEnrolmentsAt(store, MAI)
      expect(open.map(({ id }) => id)).toEqual(['an.e'])
      expect((await stepsOfEach(store, ['an.e'])).get('an.e')?.map((each) => each.step)).toEqual(['asked'])
      await does('an', [step('an', 'declined', NOW + 3)])
      expect((await endedEnrolmentsAt(store, MAI, NOW)).map(({ id }) => id)).toEqual(['an.e'])
      await store.batch([
        {
          sql: `insert into enrolment_step (id, enrolment, step, at, from_point, to_point) values ('m', 'an.e', 'transferred', ?, 'mai', 'dao')`,
          params: [NOW + 4],
        },
      ])
      expect((await transferReceiptsAt(store, ['mai'], NOW)).map(({ id }) => id)).toEqual(['m'])
    })

    it('is listed for staff of the police only where they were chosen', async () => {
      await does('an', asks('an'))
      const [asked] = asks('ba').slice(-1)
      const police = asked?.type === 'enrolment_requested' ? { ...asked, chosePolice: true as const } : null
      await does('ba', [...asks('ba').slice(0, -1), police!])
      const ids = async (onlyChosen: boolean) =>
        (await openEnrolmentsAt(store, { ...MAI, onlyChosen })).map(({ id }) => id)
      expect(await ids(true)).toEqual(['ba.e'])
      expect(await ids(false)).toEqual(['an.e', 'ba.e'])
    })

    it('takes no choice of staff of the police to another point, nor does its talk', async () => {
      const chose = { chosePolice: true } as const
      const talk = { id: 'an.k', reason: 'enrolment', priority: 'routine', point: 'mai', ...chose, at: NOW } as const
      const request = asks('an').map((each) => (each.type === 'enrolment_requested' ? { ...each, ...chose } : each))
      await does('an', [...request, { type: 'ticket_opened', ...talk }])
      expect(await readEnrolment(store, 'an.e')).toMatchObject({ chosePolice: true })
      const moved = { enrolment: 'an.e', from: 'mai', to: 'dao', consent: 'an.c2', by: null, at: NOW + 2 } as const
      await does('an', [
        { type: 'enrolment_transferred', id: 'an.m', ...moved },
        { type: 'ticket_transferred', id: 'an.k', by: '', point: 'dao', to: null, chosePolice: false },
      ])
      expect(await readEnrolment(store, 'an.e')).toMatchObject({ point: 'dao', chosePolice: false })
      expect(await allOf(store, ticket)).toMatchObject([{ point: 'dao', chosePolice: false }])
    })

    it('that its person takes back keeps no answers, and its words are gone', async () => {
      await does('an', asks('an'))
      await does('an', [
        { type: 'enrolment_stepped', id: 'an.d', enrolment: 'an.e', to: 'declined', by: null, at: NOW + 3 },
        { type: 'answers_dropped', names: ['call_name'], texts: ['an.n'] },
      ])
      expect((await allOf(store, words)).map(({ id }) => id)).not.toContain('an.n')
      expect(await endedEnrolmentsAt(store, MAI, NOW)).toMatchObject([{ state: 'declined', answers: {} }])
      expect((await load(store, 'an')).conversation.answers.call_name).toBeUndefined()
    })

    it('and all else of its person is read as one line of time, the newest first, on every engine', async () => {
      await does('an', asks('an'))
      await does('an', [step('an', 'booked', NOW + 3)])
      const lines = await personLines(store, 'an')
      expect(lines[0]).toMatchObject({ part: 'request', code: 'booked', at: NOW + 3 })
      expect(lines.map(({ part }) => part)).toContain('consent_given')
      expect(await personLines(store, 'nobody')).toEqual([])
    })

    it('whose time is over leads back to nobody, and another of the same person stays', async () => {
      await does('an', asks('an'))
      await does('an', [step('an', 'answered', NOW + 1)])
      const made = asks('an').find((each) => each.type === 'enrolment_requested')!
      await does('an', [{ ...made, enrolment: { ...one('an'), id: 'an.f' } }])
      await does('an', [{ type: 'enrolment_expired', enrolment: 'an.e', at: NOW + 9 }])
      const rows = await allOf(store, enrolment)
      expect(rows.find(({ contact }) => contact === null)).toMatchObject({
        ...{ state: 'declined', answers: null, consent: '', transferTo: null, movedAt: NOW + 9 },
      })
      expect(rows.filter(({ contact }) => contact !== null)).toMatchObject([{ id: 'an.f', state: 'asked' }])
      const steps = await allOf(store, enrolmentStep)
      expect(steps.map((each) => [each.step, each.note]).toSorted()).toEqual([
        ['answered', null],
        ['asked', null],
        ['asked', null],
      ])
      expect(JSON.stringify([rows, steps])).not.toContain('an.e')
      expect((await allOf(store, words)).map(({ id }) => id)).not.toContain('an.answered.note')
    })

    it('that staff end keeps what was said', async () => {
      await does('an', asks('an'))
      await does('an', [step('an', 'started', NOW + 3)])
      expect(await endedEnrolmentsAt(store, MAI, NOW)).toMatchObject([{ state: 'started', answers: { age_band: {} } }])
    })

    it('has no column for what somebody used, since when or how, nor for a name', () => {
      const columns = [enrolment, enrolmentStep, consent].flatMap((table) => Object.keys(getTableColumns(table)))
      expect(columns.toSorted()).toEqual(
        [
          ...['id', 'contact', 'whom', 'form', 'point', 'transferTo', 'state', 'askedAt', 'movedAt', 'consent'],
          ...['chosePolice', 'answers'],
          ...['id', 'enrolment', 'step', 'at', 'by', 'fromPoint', 'toPoint', 'note'],
          ...['id', 'contact', 'purpose', 'version', 'heardBy', 'givenAt', 'withdrawnAt', 'withdrawnBy'],
        ].toSorted(),
      )
    })
  })
}
