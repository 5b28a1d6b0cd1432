import { getTableColumns } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '../../src/engine/event.ts'
import type { Referral } from '../../src/engine/referrals/referral.ts'
import type { ServicePlace } from '../../src/engine/referrals/service.ts'
import { readCheckIn, seeingCheckIn, sentTimes, unseenCheckInsAt } from '../../src/store/check-ins.ts'
import { beginOnce, bumpingDirectory, readDirectory, replacingDirectory } from '../../src/store/directory.ts'
import { checkIn, referral, referralStep, registerLine } from '../../src/store/referral-tables.ts'
import {
  allServices,
  countReferrals,
  endedReferralsAt,
  openReferralsAt,
  placingService,
  readReferral,
  referralSteps,
} from '../../src/store/referrals.ts'
import type { Vault } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'
import type { Opened } from './contract.ts'
import { allOf, happens, NOW } from './turns.ts'

const PLACE: ServicePlace = {
  id: 'noi',
  name: 'MẪU nơi',
  kinds: ['arv'],
  address: 'x',
  phone: null,
  communes: [],
  shifts: [],
  licence: null,
  checkedOn: '2026-11-20',
  sample: true,
}

/** What every engine of the house promises about introductions and the weekly question. */
export function keepsTheReferralContract(open: () => Promise<Opened>): void {
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

  const does = (contact: string, events: readonly Event[]) => happens({ store, vault }, contact, events)
  const offered = (contact: string, point = 'mai'): Event => {
    const one: Referral = {
      id: `${contact}.r`,
      service: 'noi',
      kind: 'arv',
      point,
      state: 'offered',
      consentId: null,
      passes: ['call_name', 'code'],
      code: 'GT-ABCD',
      offeredAt: NOW,
      madeAt: null,
    }
    return { type: 'referral_offered', referral: one, by: 'lan', at: NOW }
  }
  const made = (contact: string): Event => ({
    type: 'referral_made',
    id: `${contact}.r`,
    consent: `${contact}.c`,
    by: null,
    at: NOW + 1,
  })
  const stepped = (contact: string, to: Referral['state'], note: string | null = null): Event => ({
    type: 'referral_stepped',
    id: `${contact}.s${++keys}`,
    referral: `${contact}.r`,
    to,
    by: 'lan',
    at: NOW + 2,
    ...(note === null ? {} : { words: { id: `${contact}.n${keys}`, text: note } }),
  })
  const asked = (contact: string): readonly Event[] => [
    { type: 'check_ins_started', consent: 'c', referral: null, point: 'mai', nextAt: NOW, at: NOW },
    {
      type: 'check_in_asked',
      id: `${contact}.q`,
      message: `${contact}.m`,
      referral: null,
      point: 'mai',
      nextAt: NOW + 1,
      at: NOW,
    },
  ]
  const ended = (contact: string, as: 'ok' | 'missed' | 'text'): Event => ({
    type: 'check_in_ended',
    id: `${contact}.q`,
    as,
    supporter: null,
    line: as === 'text' ? `${contact}.1.0` : null,
    at: NOW + 5,
  })
  const everything = async () =>
    JSON.stringify([await allOf(store, referral), await allOf(store, referralStep), await allOf(store, checkIn)])

  describe('an introduction', () => {
    it('is listed at its own point alone while it goes on, and among what ended afterwards', async () => {
      await does('an', [offered('an')])
      await does('binh', [offered('binh', 'dao')])
      expect((await openReferralsAt(store, ['mai'])).map(({ id }) => id)).toEqual(['an.r'])
      await does('an', [made('an'), stepped('an', 'accepted'), stepped('an', 'attended')])
      expect(await openReferralsAt(store, ['mai'])).toEqual([])
      expect(await endedReferralsAt(store, ['mai'], NOW)).toMatchObject([{ id: 'an.r', state: 'attended' }])
      expect(await endedReferralsAt(store, ['mai'], NOW + 10)).toEqual([])
    })

    it('keeps every step, with who and when, and what may be passed on as codes', async () => {
      await does('an', [offered('an'), made('an'), stepped('an', 'not_attended', 'kẹt việc')])
      const steps = await referralSteps(store, 'an.r')
      expect(steps.map(({ step, by }) => [step, by])).toEqual([
        ['offered', 'lan'],
        ['made', null],
        ['not_attended', 'lan'],
      ])
      expect(await readReferral(store, 'an.r')).toMatchObject({ passes: ['call_name', 'code'], state: 'not_attended' })
      expect(await everything()).not.toContain('kẹt việc')
    })

    it('is counted as made, accepted and attended, also of who was erased', async () => {
      await does('an', [offered('an'), made('an'), stepped('an', 'accepted')])
      await does('binh', [offered('binh'), made('binh'), stepped('binh', 'attended')])
      await does('chi', [offered('chi')])
      const count = () => countReferrals(store, ['mai'], NOW, NOW + 100)
      expect(await count()).toEqual([{ kind: 'arv', made: 2, accepted: 2, attended: 1 }])
      await does('binh', [{ type: 'contact_erased', receipt: null }])
      expect(await count()).toEqual([{ kind: 'arv', made: 2, accepted: 2, attended: 1 }])
    })

    it('leads back to nobody after an erasure', async () => {
      await does('an', [
        offered('an'),
        made('an'),
        stepped('an', 'accepted', 'lời'),
        ...asked('an'),
        ended('an', 'text'),
      ])
      await does('an', [{ type: 'contact_erased', receipt: null }])
      expect(await everything()).not.toMatch(/"an[".]/)
      expect(await everything()).not.toContain('GT-ABCD')
      expect(await unseenCheckInsAt(store, ['mai'])).toEqual([])
    })

    it('has no column for what somebody has, used or was tested for', () => {
      const columns = [referral, referralStep, checkIn, registerLine].flatMap((table) =>
        Object.keys(getTableColumns(table)),
      )
      expect(columns.join(' ')).not.toMatch(/diagnos|disease|drug|substance|dose|result|hiv|hcv|police/i)
    })
  })

  describe('the weekly question', () => {
    it('is looked at where it had no answer or one in words, and not where all is well', async () => {
      await does('an', [...asked('an'), ended('an', 'ok')])
      await does('binh', [...asked('binh'), ended('binh', 'missed')])
      await does('chi', [...asked('chi'), ended('chi', 'text')])
      const seen = async () =>
        (await unseenCheckInsAt(store, ['mai'])).map(({ id, state, point }) => [id, state, point])
      expect(await seen()).toEqual([
        ['binh.q', 'missed', 'mai'],
        ['chi.q', 'text', 'mai'],
      ])
      await store.batch([seeingCheckIn('binh.q', 'lan', NOW)])
      expect(await seen()).toEqual([['chi.q', 'text', 'mai']])
    })

    it('is on its point’s list however many older ones wait elsewhere, and of no point only where asked for', async () => {
      await does('an', [...asked('an'), ended('an', 'missed')])
      const many = JSON.stringify(Array.from({ length: 305 }, (_, n) => `x${n}`))
      const waiting = (point: string | null) => ({
        sql: `insert into check_in (id, contact, point, asked_at, state, ended_at) select coalesce(?, 'none') || value, 'an', ?, 1, 'missed', 1 from json_each(?)`,
        params: [point, point, point === null ? '["0"]' : many],
      })
      await store.batch([waiting('dao'), waiting(null)])
      const ids = async (...points: readonly (string | null)[]) =>
        (await unseenCheckInsAt(store, points)).map(({ id }) => id)
      expect(await ids('mai')).toEqual(['an.q'])
      expect(await ids('mai', null)).toEqual(['none0', 'an.q'])
      expect(await ids()).toEqual([])
    })

    it('answered late is no longer one without an answer', async () => {
      await does('an', [...asked('an'), ended('an', 'missed')])
      await does('an', [ended('an', 'ok')])
      expect(await unseenCheckInsAt(store, ['mai'])).toEqual([])
      expect(await readCheckIn(store, 'an.q')).toMatchObject({ state: 'ok' })
    })

    it('was sent at no time while it waits in the outbox', async () => {
      await does('an', asked('an'))
      expect(await sentTimes(store, ['an.1.1'])).toEqual(new Map())
    })
  })

  describe('the list of places', () => {
    it('is read with the directory, and comes back changed', async () => {
      await beginOnce(store, { points: [], clubs: [], services: [PLACE] }, 'link')
      expect((await readDirectory(store, null))?.services).toEqual([PLACE])
      await store.batch([placingService({ ...PLACE, name: 'MẪU khác' }), bumpingDirectory('2')])
      expect((await readDirectory(store, '1'))?.services).toMatchObject([{ name: 'MẪU khác' }])
    })

    it('stays when points are loaded from a file that names no places', async () => {
      await beginOnce(store, { points: [], clubs: [], services: [PLACE] }, 'link')
      await store.batch(replacingDirectory({ points: [], clubs: [] }, '2'))
      expect(await allServices(store)).toEqual([PLACE])
    })
  })
}
