import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Scores, Side } from '../../src/engine/accompany/progress.ts'
import type { Event } from '../../src/engine/event.ts'
import {
  accompaniedAt,
  accompanimentOf,
  clubPlans,
  clubProgress,
  contactsDue,
  placingSupporter,
  progressOf,
  supporterLoads,
} from '../../src/store/accompany.ts'
import { accompaniment, ownPlan, progress } from '../../src/store/accompany-tables.ts'
import { readDialogue } from '../../src/store/dialogue.ts'
import { bumpingDirectory, readDirectory } from '../../src/store/directory.ts'
import { consent } from '../../src/store/enrolment-tables.ts'
import { lastLines } from '../../src/store/lines.ts'
import type { Vault } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'
import type { Opened } from './contract.ts'
import { allOf, happens, NOW } from './turns.ts'

/** What every engine of the house promises about walking beside somebody. */
export function keepsTheAccompanyContract(open: () => Promise<Opened>): void {
  let opened: Opened
  let store: Store
  let vault: Vault
  let keys = 0
  beforeEach(async () => {
    opened = await open()
    store = opened.store
    vault = opened.vault
  })
  afterEach(() => opened.close())

  const does = (contact: string, events: readonly Event[], text?: string) =>
    happens({ store, vault }, contact, events, text)
  const offered = (contact: string, supporter = 'binh'): Event => ({
    type: 'supporter_offered',
    id: `${contact}.s`,
    supporter,
    point: 'mai',
    by: 'lan',
    at: NOW,
  })
  const assigned = (contact: string, supporter = 'binh', nextOn = '2026-11-28'): readonly Event[] => [
    offered(contact, supporter),
    {
      type: 'consent_given',
      id: `${contact}.c`,
      purpose: 'supporter',
      key: 'k',
      version: supporter,
      by: null,
      at: NOW,
      text: supporter,
    },
    {
      type: 'supporter_assigned',
      id: `${contact}.s`,
      supporter,
      point: 'mai',
      every: 'tuan',
      nextOn,
      consent: `${contact}.c`,
      by: null,
      at: NOW,
    },
  ]
  const noted = (contact: string, side: Side, scores: Scores, month = '2026-11'): Event => ({
    type: 'progress_noted',
    id: `${contact}.${month}.${side}.${++keys}`,
    month,
    side,
    scores,
    club: 'clb',
    by: null,
    at: NOW,
  })
  const member = (contact: string): readonly Event[] => [
    { type: 'club_invited', id: `${contact}.m`, club: 'clb', group: 'young', by: 'lan', at: NOW },
    { type: 'club_joined', id: `${contact}.m`, club: 'clb', name: null, followUp: false, by: null, at: NOW },
  ]

  describe('walking beside somebody', () => {
    it('keeps who walks beside whom, with the day to ask after them, for the points it belongs to', async () => {
      await does('an', assigned('an'))
      await does('ba', [offered('ba')])
      expect(await accompaniedAt(store, ['dao'])).toEqual([])
      expect((await accompaniedAt(store, ['mai'])).map(({ contact, state }) => [contact, state])).toEqual([
        ['an', 'assigned'],
        ['ba', 'offered'],
      ])
      expect(await supporterLoads(store)).toEqual(new Map([['binh', 1]]))
      expect(await contactsDue(store, ['mai'], '2026-11-27')).toEqual([])
      expect(await contactsDue(store, ['mai'], '2026-11-28')).toMatchObject([{ contact: 'an', lastOn: null }])
    })

    it('moves the day on when somebody talked with them, and never backwards what was last', async () => {
      await does('an', assigned('an'))
      const met = (on: string, nextOn: string): Event => ({
        type: 'supporter_met',
        id: 'an.s',
        on,
        nextOn,
        by: 'lan',
        at: NOW,
      })
      await does('an', [met('2026-11-20', '2026-11-30')])
      await does('an', [met('2026-11-10', '2026-12-01')])
      expect(await accompanimentOf(store, 'an')).toMatchObject([{ lastOn: '2026-11-20', nextOn: '2026-12-01' }])
    })

    it('ends for good, and frees the supporter', async () => {
      await does('an', assigned('an'))
      await does('an', [{ type: 'supporter_ended', id: 'an.s', how: 'ended', by: null, at: NOW }])
      expect(await accompanimentOf(store, 'an')).toEqual([])
      expect(await supporterLoads(store)).toEqual(new Map())
      expect(await allOf(store, accompaniment)).toMatchObject([{ state: 'ended', nextOn: null }])
    })

    it('has its people in the directory, the latest as written', async () => {
      const binh = { id: 'binh', name: 'Bình', organisation: 'ccb', point: 'mai', phone: null, active: true } as const
      await store.batch([placingSupporter(binh), bumpingDirectory('7')])
      await store.batch([placingSupporter({ ...binh, active: false }), bumpingDirectory('8')])
      expect((await readDirectory(store, null))?.supporters).toEqual([{ ...binh, active: false }])
    })
  })

  describe('a month of somebody', () => {
    it('is one row for each side, and the latest word holds', async () => {
      await does('an', [noted('an', 'self', { sleep: 1 }), noted('an', 'supporter', { sleep: 3 })])
      await does('an', [noted('an', 'self', { sleep: 2 })])
      expect(await progressOf(store, 'an')).toEqual([
        { month: '2026-11', side: 'self', scores: { sleep: 2 } },
        { month: '2026-11', side: 'supporter', scores: { sleep: 3 } },
      ])
    })

    it('is counted once for a club, also when the person is gone', async () => {
      await does('an', [...member('an'), noted('an', 'self', { sleep: 1 }), noted('an', 'supporter', { sleep: 3 })])
      await does('ba', member('ba'))
      const counts = [{ month: '2026-11', members: 2, evaluated: 1 }]
      expect(await clubProgress(store, 'clb', ['2026-11', '2026-10'])).toEqual(counts)
      await does('an', [{ type: 'contact_erased', receipt: null }])
      expect(await clubProgress(store, 'clb', ['2026-11'])).toEqual(counts)
      expect(await allOf(store, progress)).toMatchObject([{ contact: null, scores: null, side: 'self' }])
    })
  })

  describe('a plan of one’s own', () => {
    const line = { id: 'an.1.0' }
    const writes = (): readonly Event[] => [
      { type: 'line_closed', id: line.id },
      {
        type: 'answer_saved',
        name: 'plan_helps',
        answer: { type: 'words', id: 'an.1.8' },
        words: { id: 'an.1.8', text: 'lời của kế hoạch' },
      },
      { type: 'plan_kept', id: 'an.p', club: 'clb', at: NOW },
    ]

    it('stands in the person’s own chat, and in no talk that staff read', async () => {
      await does('an', writes(), 'lời của kế hoạch')
      expect((await lastLines(store, vault, 'an', 10)).map(({ from, text }) => [from, text])).toEqual([
        ['you', 'lời của kế hoạch'],
      ])
      expect((await readDialogue(store, vault, 'an')).lines).toEqual([])
    })

    it('goes with its lines when it is thrown away', async () => {
      await does('an', writes(), 'lời của kế hoạch')
      expect(await clubPlans(store, 'clb')).toBe(1)
      await does('an', [
        { type: 'answers_dropped', names: ['plan_helps'], texts: ['an.1.8'] },
        { type: 'plan_dropped', id: 'an.p', at: NOW },
      ])
      expect((await lastLines(store, vault, 'an', 10)).map(({ text }) => text)).toEqual(['chào'])
      expect(await clubPlans(store, 'clb')).toBe(0)
    })
  })

  it('an erasure leaves counts that lead back to nobody', async () => {
    await does('an', [...assigned('an'), { type: 'plan_kept', id: 'an.p', club: null, at: NOW }])
    await does('an', [{ type: 'contact_erased', receipt: null }])
    expect(await allOf(store, accompaniment)).toMatchObject([
      { contact: null, consent: null, nextOn: null, state: 'ended' },
    ])
    expect(await allOf(store, ownPlan)).toMatchObject([{ contact: null, endedAt: NOW }])
    expect(await allOf(store, consent)).toMatchObject([{ contact: null, withdrawnAt: NOW }])
    const ids = [...(await allOf(store, accompaniment)), ...(await allOf(store, ownPlan))].map(({ id }) => id)
    expect(ids.filter((id) => id.startsWith('an'))).toEqual([])
  })
}
